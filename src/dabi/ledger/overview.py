"""What a page shows of many articles at once, without their texts: heads, newest figures, counts, facets."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, exists, func, literal, select, union_all

from . import derived
from .dates import days
from .records import Change, ClaimRecord, Hit, Media, Query
from .rows import claim_record
from .schema import CLAIMS_PER_READING, articles, changes, claims, current, pages, reports
from .search import Position, claim_keys, claim_select, hit_select, hits, on_values

if TYPE_CHECKING:
    from .store import Ledger

_BATCH = 500
# Facets of a search count at most so many of the claims or articles found, those added last.
FACETED = 5000

FACETS = ("outlet", "event", "kind", "status")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A reading without its text: what a list shows of it."""

    key: int
    article: str
    version: int
    latest: bool
    media: Media
    source: str | None
    outlet: str | None
    headline: str | None
    published: str | None
    day: str | None
    claims: int = 0
    fetched: str | None = None

    @property
    def coded(self) -> bool:
        return self.media == "coded"


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    value: str
    claims: int


class ArticleFacet(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    value: str
    articles: int


def newest_day(ledger: Ledger) -> str | None:
    """The day of the newest article, YYYY-MM-DD."""
    with ledger.reading() as connection:
        found = connection.execute(select(func.max(articles.c.day))).scalar_one_or_none()
    return None if found is None else str(found)


def newest_reading(ledger: Ledger) -> int:
    """The number of the reading added last; 0 in an empty ledger. What stands now changes only with a new reading."""
    with ledger.reading() as connection:
        return connection.execute(select(func.max(articles.c.key))).scalar_one_or_none() or 0


def current_reading(ledger: Ledger, article: str) -> int | None:
    """The number of the reading that stands for an article; None where there is no such article."""
    chosen = select(current.c.article).join(pages, pages.c.key == current.c.page).where(pages.c.article == article)
    with ledger.reading() as connection:
        found = connection.execute(chosen).scalar_one_or_none()
    return None if found is None else int(found)


def heads(ledger: Ledger, keys: Iterable[int]) -> dict[int, Head]:
    """Readings by number."""
    found: dict[int, Head] = {}
    count = select(func.count()).where(claims.c.article == articles.c.key).scalar_subquery()
    with ledger.reading() as connection:
        for part in _parts(keys):
            chosen = _head_select(count.label("claims")).where(articles.c.key.in_(part))
            for row in connection.execute(chosen).mappings():
                found[row["key"]] = Head(**row)
    return found


def running(ledger: Ledger, *, since: str | None, limit: int) -> list[str]:
    """Stories told by more than one report, those with the newest report first; then the others, to fill the limit."""
    table, member = derived.stories, derived.story_reports
    told = func.count(member.c.report)
    chosen = (
        select(table.c.id, told)
        .join_from(table, member, member.c.story == table.c.id)
        .group_by(table.c.id, table.c.last_day)
        .order_by((told > 1).desc(), func.coalesce(table.c.last_day, "").desc(), told.desc(), table.c.id)
        .limit(limit)
    )
    if since is not None:
        chosen = chosen.where(table.c.last_day >= since)
    with ledger.reading() as connection:
        return [story for story, _ in connection.execute(chosen)]


def newest_heads(ledger: Ledger, limit: int) -> list[Head]:
    """The articles added last."""
    with ledger.reading() as connection:
        chosen = _current_heads().order_by(articles.c.key.desc()).limit(limit)
        return [Head(**row) for row in connection.execute(chosen).mappings()]


def current_heads(ledger: Ledger) -> Iterator[Head]:
    """The reading that stands of each article, in the order they were added."""
    with ledger.reading() as connection:
        chosen = _current_heads().order_by(articles.c.key)
        for row in connection.execution_options(yield_per=_BATCH).execute(chosen).mappings():
            yield Head(**row)


def _current_heads() -> Select[Any]:
    count = select(func.count()).where(claims.c.article == articles.c.key).scalar_subquery()
    return _head_select(count.label("claims")).where(current.c.article.is_not(None))


def _head_select(*more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            articles.c.key,
            pages.c.article,
            reports.c.version,
            current.c.article.is_not(None).label("latest"),
            reports.c.media,
            reports.c.source,
            articles.c.outlet,
            articles.c.headline,
            articles.c.published,
            articles.c.day,
            reports.c.fetched,
            *more,
        )
        .join_from(articles, reports, reports.c.key == articles.c.report)
        .join(pages, pages.c.key == reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=True)
    )


def series_of_reports(ledger: Ledger, readings: Iterable[int]) -> dict[int, set[str]]:
    """The series that the claims of readings are in, by reading."""
    member = derived.series_claims
    first = articles.c.key * CLAIMS_PER_READING
    inside = member.c.claim.between(first, first + (CLAIMS_PER_READING - 1))
    found: dict[int, set[str]] = defaultdict(set)
    with ledger.reading() as connection:
        for part in _parts(readings):
            chosen = select(articles.c.key, member.c.series).join_from(articles, member, inside).distinct()
            for report, series in connection.execute(chosen.where(articles.c.key.in_(part))):
                found[report].add(series)
    return found


def newest_claims(ledger: Ledger, series: Iterable[str]) -> dict[str, ClaimRecord]:
    """Of each series the claim of its newest report."""
    member = derived.series_claims
    chosen: dict[int, str] = {}
    with ledger.reading() as connection:
        for part in _parts(series):
            place = (
                func.row_number()
                .over(
                    partition_by=member.c.series,
                    order_by=(
                        func.coalesce(articles.c.day, "").desc(),
                        func.coalesce(articles.c.published, "").desc(),
                        articles.c.key.desc(),
                        claims.c.in_headline,
                        claims.c.key,
                    ),
                )
                .label("place")
            )
            ranked = (
                select(member.c.series, member.c.claim, place)
                .join_from(member, claims, claims.c.key == member.c.claim)
                .join(articles, articles.c.key == claims.c.article)
                .where(member.c.series.in_(part))
                .subquery()
            )
            rows = connection.execute(select(ranked.c.series, ranked.c.claim).where(ranked.c.place == 1))
            chosen.update({claim: name for name, claim in rows})
    if not chosen:
        return {}
    return {chosen[record.key]: record for record in ledger.claims(keys=chosen)}


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How large a series is and how often its figures stand in which way."""

    claims: int = 0
    reports: int = 0
    outlets: int = 0
    relations: dict[str, int] = {}


def tallies(ledger: Ledger, series: Iterable[str]) -> dict[str, Tally]:
    """The size of each series and how often its figures move, conflict …"""
    member, relation = derived.series_claims, derived.relations
    wanted = list(dict.fromkeys(series))
    sizes: dict[str, tuple[int, int, int]] = {}
    labels: dict[str, dict[str, int]] = defaultdict(dict)
    with ledger.reading() as connection:
        for part in _parts(wanted):
            counted = (
                select(
                    member.c.series,
                    func.count(),
                    func.count(claims.c.article.distinct()),
                    func.count(articles.c.outlet.distinct()),
                )
                .join_from(member, claims, claims.c.key == member.c.claim)
                .join(articles, articles.c.key == claims.c.article)
                .where(member.c.series.in_(part))
                .group_by(member.c.series)
            )
            for name, held, in_reports, outlets in connection.execute(counted):
                sizes[name] = (held, in_reports, outlets)
            related = (
                select(relation.c.series, relation.c.relation, func.count())
                .where(relation.c.series.in_(part))
                .group_by(relation.c.series, relation.c.relation)
            )
            for name, label, count in connection.execute(related):
                labels[name][label] = count
    return {
        name: Tally(claims=held, reports=in_reports, outlets=outlets, relations=labels.get(name, {}))
        for name, (held, in_reports, outlets) in sizes.items()
    }


class Step(msgspec.Struct, frozen=True):
    """Two claims of a series, by key, that stand in a relation."""

    series: str
    a: int
    b: int
    superseded: bool


def steps(ledger: Ledger, label: Literal["moved", "conflicts"], *, since: str | None, most: int) -> list[Step]:
    """Pairs of claims in this relation, of at most so many series: the newest that have one and a report since then."""
    series, relation = derived.series, derived.relations
    chosen = (
        select(series.c.id)
        .where(exists().where(relation.c.series == series.c.id, relation.c.relation == label))
        .order_by(series.c.last_day.desc().nulls_last(), series.c.id)
        .limit(most)
    )
    if since is not None:
        chosen = chosen.where(series.c.last_day >= since)
    columns = (relation.c.series, relation.c.a, relation.c.b, relation.c.detail)
    found: list[Step] = []
    with ledger.reading() as connection:
        for part in _parts(connection.execute(chosen).scalars()):
            pairs = select(*columns).where(relation.c.series.in_(part), relation.c.relation == label)
            for name, a, b, detail in connection.execute(pairs):
                found.append(Step(name, a, b, bool(msgspec.json.decode(detail).get("superseded"))))
    return found


def corrections(ledger: Ledger, *, since: str | None, limit: int) -> list[Change]:
    """What was changed in claims between two versions of a page, the newest first; `since`: seen on or after."""
    chosen = (
        select(
            pages.c.article,
            reports.c.version,
            reports.c.added.label("seen"),
            *(changes.c[n] for n in ("kind", "before", "after", "fields", "what")),
        )
        .join(reports, reports.c.key == changes.c.report)
        .join(pages, pages.c.key == reports.c.page)
        .order_by(changes.c.key.desc())
        .limit(limit)
    )
    if since is not None:
        chosen = chosen.where(reports.c.added >= since)
    with ledger.reading() as connection:
        return [
            Change(**{**row, "fields": tuple(msgspec.json.decode(row["fields"]))})
            for row in connection.execute(chosen).mappings()
        ]


def claims_page(
    ledger: Ledger,
    query: Query,
    *,
    after: Position | None,
    limit: int,
    newest_first: bool = False,
    among: Select[tuple[int]] | None = None,
) -> tuple[list[ClaimRecord], Position | None]:
    """Claims from a position on, and the position of the next page if there is one: those that fit the words best
    first; the newest first where there are no words, or where so asked. `among`: none but those with these keys."""
    with ledger.reading() as connection:
        dialect = connection.dialect.name
        # First which ones: to sort the keys of many claims is quicker than to sort the claims.
        chosen = claim_keys(query, dialect, after=after, newest_first=newest_first).limit(limit + 1)
        if among is not None:
            chosen = chosen.where(claims.c.key.in_(among))
        found = _claims_in_order(connection, list(connection.execute(chosen).scalars()))
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], Position(last.day or "", last.report, last.key)


def claims_found(
    ledger: Ledger, query: Query, *, newest_first: bool = False, among: Select[tuple[int]] | None = None
) -> Iterator[ClaimRecord]:
    """All that `claims_page` gives page by page, in its order. Of those to come only the keys are in memory."""
    with ledger.reading() as connection:
        chosen = claim_keys(query, connection.dialect.name, after=None, newest_first=newest_first)
        if among is not None:
            chosen = chosen.where(claims.c.key.in_(among))
        keys = array("q", connection.execution_options(yield_per=_BATCH).execute(chosen).scalars())
    for at in range(0, len(keys), _BATCH):
        with ledger.reading() as connection:
            part = _claims_in_order(connection, keys[at : at + _BATCH])
        yield from part


def _claims_in_order(connection: Connection, keys: Sequence[int]) -> list[ClaimRecord]:
    chosen = claim_select(Query(history=True), connection.dialect.name, keys=keys)
    by_key = {row["key"]: claim_record(row) for row in connection.execute(chosen).mappings()}
    return [by_key[key] for key in keys]


def hits_page(
    ledger: Ledger, query: Query, *, after: Position | None, limit: int, newest_first: bool = False
) -> tuple[list[Hit], Position | None]:
    """Articles, as `claims_page` does claims."""
    asked = msgspec.structs.replace(query, limit=limit + 1)
    with ledger.reading() as connection:
        found = list(hits(connection, asked, after=after, newest_first=newest_first))
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], Position(days(last.published)[0] or "", last.key, 0)


def facets(ledger: Ledger, query: Query) -> tuple[list[Facet], bool]:
    """How many of the claims found have which outlet, event, kind, status; and whether not all were counted."""
    with ledger.reading() as connection:
        found = (
            claim_select(msgspec.structs.replace(query, limit=None), connection.dialect.name)
            .order_by(None)
            .order_by(claims.c.key.desc())
            .limit(FACETED)
            .cte("found")
        )
        arms = [
            select(literal(field).label("field"), found.c[field].label("value"), func.count().label("claims"))
            .where(found.c[field].is_not(None))
            .group_by(found.c[field])
            for field in FACETS
        ]
        everything = select(literal("").label("field"), literal("").label("value"), func.count().label("claims"))
        rows = connection.execute(union_all(*arms, everything.select_from(found))).all()
    total = next(count for field, _, count in rows if field == "")
    listed = [Facet(field=field, value=value, claims=count) for field, value, count in rows if field]
    return sorted(listed, key=lambda facet: (FACETS.index(facet.field), -facet.claims, facet.value)), total >= FACETED


def article_facets(ledger: Ledger, query: Query) -> tuple[list[ArticleFacet], bool]:
    """How many of the articles found have which outlet, or such a claim as asked of which event, kind, status: so many
    are left when the query is narrowed to that; and whether not all were counted."""
    with ledger.reading() as connection:
        unlimited = msgspec.structs.replace(query, limit=None)
        newest = hit_select(unlimited, connection.dialect.name).order_by(articles.c.key.desc()).limit(FACETED)
        found = newest.cte("found")
        counted = func.count(articles.c.key.distinct()).label("articles")
        arms = []
        for field in FACETS:
            value = articles.c.outlet if field == "outlet" else claims.c[field]
            arm = select(literal(field).label("field"), value.label("value"), counted)
            arm = arm.join_from(found, articles, articles.c.key == found.c.key)
            if field != "outlet":
                arm = arm.join(claims, claims.c.article == articles.c.key).where(*on_values(query))
            arms.append(arm.where(value.is_not(None)).group_by(value))
        everything = select(literal("").label("field"), literal("").label("value"), func.count().label("articles"))
        rows = connection.execute(union_all(*arms, everything.select_from(found))).all()
    total = next(count for field, _, count in rows if field == "")
    listed = [ArticleFacet(field=field, value=value, articles=count) for field, value, count in rows if field]
    return sorted(listed, key=lambda facet: (FACETS.index(facet.field), -facet.articles, facet.value)), total >= FACETED


def keys_of(ledger: Ledger, ids: Iterable[str]) -> dict[str, int]:
    """The newest claim of each claim id."""
    found: dict[str, int] = {}
    with ledger.reading() as connection:
        for part in _parts(ids):
            chosen = select(claims.c.id, func.max(claims.c.key)).where(claims.c.id.in_(part)).group_by(claims.c.id)
            found.update((name, key) for name, key in connection.execute(chosen))
    return found


def all_keys_of(ledger: Ledger, ids: Iterable[str]) -> dict[str, list[int]]:
    """The claims of each claim id, one of every reading that has it."""
    found: dict[str, list[int]] = defaultdict(list)
    with ledger.reading() as connection:
        for part in _parts(ids):
            for name, key in connection.execute(select(claims.c.id, claims.c.key).where(claims.c.id.in_(part))):
                found[name].append(key)
    return found


def _parts(values: Iterable[Any], size: int = _BATCH) -> Iterator[Sequence[Any]]:
    listed = list(dict.fromkeys(values))
    for at in range(0, len(listed), size):
        yield listed[at : at + size]
