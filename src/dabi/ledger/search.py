"""Queries to SQL: the same conditions on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from . import fulltext
from .excerpt import excerpt
from .records import Hit, Query
from .rows import unpacked
from .schema import articles, claims, current, pages, reports
from .words import Term, name_terms, terms

# Under another name where a function has a parameter of that one.
_reports = reports
_BATCH = 100  # texts in memory at a time
_CLAIM_COLUMNS = [column for column in claims.c if column.name != "article"]
# Unknown days come last on both databases. In these words SQLite takes the order from the index on days.
NEWEST_FIRST = (articles.c.day.desc().nulls_last(), articles.c.key.desc())
_LATEST = case((current.c.article.is_not(None), True), else_=False).label("latest")


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of claims or articles ended: day ("" where unknown), reading, claim (0 for articles)."""

    day: str
    reading: int
    claim: int


def claim_select(
    query: Query,
    dialect: str,
    *,
    keys: Sequence[int] | None = None,
    reports: Sequence[int] | None = None,
    newest_first: bool = False,
) -> Select[Any]:
    """The columns of `ClaimRecord`."""
    chosen = (
        select(
            *_CLAIM_COLUMNS,
            claims.c.article.label("report"),
            *_report_columns(),
            (_reports.c.media == "coded").label("coded"),
        )
        .join_from(claims, articles, articles.c.key == claims.c.article)
        .join(_reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=query.history)
        .where(*_on_claims(query, dialect), *_on_articles(query))
    )
    if keys is not None:
        chosen = chosen.where(claims.c.key.in_(keys))
    if reports is not None:
        chosen = chosen.where(claims.c.article.in_(reports))
    chosen = chosen.order_by(*NEWEST_FIRST, claims.c.key) if newest_first else chosen.order_by(claims.c.key)
    return chosen.limit(query.limit)


def newest_claims(query: Query, dialect: str) -> Select[Any]:
    """The same, the newest first. Where only some are asked for, these are chosen before their columns are fetched:
    sorting whole rows would cost ten times as much."""
    chosen = claim_select(query, dialect, newest_first=True)
    if query.limit is None:
        return chosen
    some = chosen.with_only_columns(claims.c.key, maintain_column_froms=True).subquery()
    return claim_select(Query(history=True), dialect, newest_first=True).where(claims.c.key.in_(select(some.c.key)))


def report_select(
    *,
    article: str | None,
    keys: Sequence[int] | None,
    since: str | None,
    until: str | None,
    coded: bool | None,
    history: bool,
) -> Select[Any]:
    """The columns of `ReportRecord`, the texts as they are stored: `raw` and `own`."""
    chosen = (
        select(
            articles.c.key,
            *_report_columns(),
            _reports.c.media,
            _reports.c.source,
            _reports.c.fetched,
            _reports.c.added,
            _reports.c.sha256,
            articles.c.extractor,
            articles.c.added.label("read"),
            articles.c.language,
            articles.c.given,
            _reports.c.text.label("raw"),
            articles.c.text.label("own"),
            articles.c.analysis,
        )
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=history or keys is not None)
        .where(*_on_articles(Query(article=article, since=since, until=until, coded=coded)))
        .order_by(articles.c.key)
    )
    return chosen if keys is None else chosen.where(articles.c.key.in_(keys))


def claim_keys(query: Query, dialect: str, *, after: Position | None, newest_first: bool) -> Select[Any]:
    """The keys of claims: those that fit the words best, or the newest first; `after`: those behind this one."""
    weights, others = _weights(query, dialect, fulltext.CLAIMS, newest_first)
    chosen = claim_select(others, dialect).with_only_columns(claims.c.key, maintain_column_froms=True).order_by(None)
    if weights is not None:
        chosen = chosen.join(weights, weights.c.key == claims.c.key)
    if after is not None:
        same = and_(articles.c.key == after.reading, claims.c.key > after.claim)
        chosen = chosen.where(_behind(or_(_older(after), same), weights, after.claim))
    return chosen.order_by(*_best_first(weights), *NEWEST_FIRST, claims.c.key)


def hits(
    connection: Connection, query: Query, *, after: Position | None = None, newest_first: bool = False
) -> Iterator[Hit]:
    """Articles, those that fit the words best or the newest first, with an excerpt around the first word found;
    `after`: those behind this one."""
    weights, others = _weights(query, connection.dialect.name, fulltext.ARTICLES, newest_first)
    some = hit_select(others, connection.dialect.name).limit(query.limit)
    if weights is not None:
        some = some.join(weights, weights.c.key == articles.c.key)
    if after is not None:
        some = some.where(_behind(_older(after), weights, after.reading))
    some = some.order_by(*_best_first(weights), *NEWEST_FIRST)
    keys = connection.execute(some).scalars().all()
    asked = _claim_terms(query)
    for at in range(0, len(keys), _BATCH):
        part = keys[at : at + _BATCH]
        found = {row.key: row for row in connection.execute(_shown().where(articles.c.key.in_(part)))}
        for row in (found[key] for key in part):
            text = unpacked(row.own if row.own is not None else row.raw)
            yield Hit(
                key=row.key,
                article=row.article,
                version=row.version,
                outlet=row.outlet,
                headline=row.headline,
                published=row.published,
                excerpt=excerpt(text, asked),
                claims=row.claims,
            )


def hit_select(query: Query, dialect: str) -> Select[Any]:
    """The keys of the articles that hold the words and at least one claim as asked."""
    chosen = (
        select(articles.c.key)
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=query.history)
        .where(*_on_articles(query), *fulltext.found(articles.c.key, dialect, fulltext.ARTICLES, _claim_terms(query)))
    )
    if conditions := on_values(query):
        chosen = chosen.where(exists().where(claims.c.article == articles.c.key, *conditions))
    return chosen


def _shown() -> Select[Any]:
    """What a hit shows, its text as it is stored: `raw` and `own`."""
    count = select(func.count()).where(claims.c.article == articles.c.key).scalar_subquery()
    return (
        select(
            articles.c.key,
            pages.c.article,
            _reports.c.version,
            articles.c.outlet,
            articles.c.headline,
            articles.c.published,
            _reports.c.text.label("raw"),
            articles.c.text.label("own"),
            count.label("claims"),
        )
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
    )


def _report_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        pages.c.article.label("article"),
        _reports.c.version,
        _LATEST,
        articles.c.outlet,
        articles.c.headline,
        articles.c.published,
        articles.c.day,
    )


def _weights(query: Query, dialect: str, index: str, newest_first: bool) -> tuple[CTE | None, Query]:
    """How well the words fit what they are found in, and the query without them; None where the newest come first."""
    asked = terms(query.words) if query.words and not newest_first else []
    if not asked:
        return None, query
    return fulltext.ranked(dialect, index, asked), msgspec.structs.replace(query, words=None)


def _best_first(weights: CTE | None) -> tuple[ColumnElement[Any], ...]:
    return () if weights is None else (weights.c.weight.desc(),)


def _behind(newer: ColumnElement[bool], weights: CTE | None, key: int) -> ColumnElement[bool]:
    """What comes after the entry with this key. Its weight is asked anew: in SQLite every weight shifts with what was
    added meanwhile, those that were equal stay so."""
    if weights is None:
        return newer
    last = select(weights.c.weight).where(weights.c.key == key).scalar_subquery()
    return or_(weights.c.weight < last, and_(weights.c.weight == last, newer))


def _older(after: Position) -> ColumnElement[bool]:
    """Readings that come after this one with the newest first."""
    undated = articles.c.day.is_(None)
    if not after.day:
        return and_(undated, articles.c.key < after.reading)
    same = and_(articles.c.day == after.day, articles.c.key < after.reading)
    return or_(articles.c.day < after.day, same, undated)


def _claim_terms(query: Query) -> list[Term]:
    return [
        *(terms(query.words) if query.words else ()),
        *(name_terms(query.person, "people") if query.person else ()),
        *(name_terms(query.place, "places") if query.place else ()),
        *(name_terms(query.source, "sources") if query.source else ()),
    ]


def _on_claims(query: Query, dialect: str) -> list[ColumnElement[bool]]:
    return [
        *on_values(query),
        *fulltext.found(claims.c.key, dialect, fulltext.CLAIMS, _claim_terms(query)),
    ]


def on_values(query: Query) -> list[ColumnElement[bool]]:
    """What is asked of one claim beside its words."""
    conditions: list[ColumnElement[bool]] = [
        claims.c[field] == value
        for field in ("event", "counted", "unit", "kind", "status")
        if (value := getattr(query, field)) is not None
    ]
    if query.claim is not None:
        conditions.append(claims.c.id == query.claim)
    if query.low is not None:
        conditions.append(or_(claims.c.high.is_(None), claims.c.high >= query.low))
    if query.high is not None:
        conditions.append(or_(claims.c.low.is_(None), claims.c.low <= query.high))
    if query.about_since is not None:
        conditions.append(claims.c.date_start.is_not(None) | claims.c.date_end.is_not(None))
        conditions.append(or_(claims.c.date_end.is_(None), claims.c.date_end >= query.about_since))
    if query.about_until is not None:
        conditions.append(claims.c.date_start.is_not(None) | claims.c.date_end.is_not(None))
        conditions.append(or_(claims.c.date_start.is_(None), claims.c.date_start <= query.about_until))
    return conditions


def _on_articles(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.outlet is not None:
        conditions.append(articles.c.outlet == query.outlet)
    if query.article is not None:
        conditions.append(pages.c.article == query.article)
    if query.since is not None:
        conditions.append(articles.c.day >= query.since)
    if query.until is not None:
        conditions.append(articles.c.day <= query.until)
    if query.coded is not None:
        conditions.append((_reports.c.media == "coded") == query.coded)
    return [and_(*conditions)] if conditions else []
