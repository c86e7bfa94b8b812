"""A series as people look at it: its figures in order, how they stand to each other, its sums, its judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ..ledger import ClaimRecord, Judgement, Ledger, LedgerMissing
from ..ledger.overview import Tally, keys_of, newest_claims, tallies
from ..ledger.results import Finding, Place, Relation, Series, Sum
from .findings import findings_between
from .labels import labels
from .paging import all_pages, page_of

_AT_ONCE = 200


class SeriesLine(msgspec.Struct, frozen=True, kw_only=True):
    """A series in a list, with its newest figure."""

    id: str
    label: str | None
    event: str | None
    counted: str | None
    place: str | None
    unit: str | None
    first_day: str | None
    last_day: str | None
    origins: int
    tally: Tally
    newest: ClaimRecord | None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a series. `relation` is how it stands to the figure before it, `against` the claims it conflicts
    with; `superseded`: its own source has given a later figure."""

    claim: ClaimRecord
    relation: str | None = None
    to: int | None = None
    against: tuple[int, ...] = ()
    superseded: bool = False


class SumLine(msgspec.Struct, frozen=True, kw_only=True):
    """A stated total and its stated parts."""

    whole: ClaimRecord
    parts: tuple[ClaimRecord, ...]
    adds_up: bool


class SeriesView(msgspec.Struct, frozen=True, kw_only=True):
    """`findings`: what does not fit between its reports."""

    line: SeriesLine
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    sums: tuple[SumLine, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...] = ()


def order(claim: ClaimRecord) -> tuple[str, str, int]:
    """By publication, then article, then place in it; undated ones last."""
    return claim.published or "~", claim.article, claim.start or 0


def newest_series(
    ledger: Ledger, *, since: str | None = None, after: Place | None = None, limit: int
) -> tuple[list[SeriesLine], Place | None]:
    """Series, the newest first, from a place on; and the place where the list goes on, if it does."""
    held = ledger.results.series(since=since, after=after, limit=limit + 1)
    shown, following = page_of(held, limit)
    return series_lines(ledger, shown), following


def all_series(ledger: Ledger, *, since: str | None = None) -> Iterator[SeriesLine]:
    """All series, the newest first, few in memory at a time."""
    for lines in all_pages(lambda after: newest_series(ledger, since=since, after=after, limit=_AT_ONCE)):
        yield from lines


def series_lines(ledger: Ledger, held: Sequence[Series]) -> list[SeriesLine]:
    """Series for a list, in the order given."""
    ids = [series.id for series in held]
    counted, newest, called = tallies(ledger, ids), newest_claims(ledger, ids), labels(ledger)
    return [
        SeriesLine(
            id=series.id,
            label=called.get(series.id, series.label),
            event=series.event,
            counted=series.counted,
            place=series.place,
            unit=series.unit,
            first_day=series.first_day,
            last_day=series.last_day,
            origins=int(series.detail.get("origins", 0)),
            tally=counted.get(series.id, Tally()),
            newest=newest.get(series.id),
        )
        for series in held
    ]


def series_view(ledger: Ledger, id: str) -> SeriesView:
    """One series, by its id or by the id of a claim in it: a series is called after its first claim, and that may be
    another one after a report was added. Raises LedgerMissing when there is none."""
    found = ledger.results.series([id])
    if not found and (keys := keys_of(ledger, [id])):
        found = ledger.results.series(claims=keys.values())
    if not found:
        raise LedgerMissing(f"there is no series {id}")
    series, id = found[0], found[0].id
    members = sorted(ledger.claims(keys=series.claims), key=order) if series.claims else []
    relations = ledger.results.relations([id])
    ids = {claim.id for claim in members} | {id}
    return SeriesView(
        line=series_lines(ledger, [series])[0],
        figures=figures(members, relations),
        relations=tuple(relations),
        sums=tuple(_sums(ledger, members)),
        judgements=tuple(j for j in ledger.judgements.standing() if j.a in ids or j.b in ids),
        findings=tuple(findings_between(ledger, [id])),
    )


def figures(members: Sequence[ClaimRecord], relations: Iterable[Relation]) -> tuple[Figure, ...]:
    """The claims of a series in order, each with how it stands to the one before it and what it conflicts with."""
    by_pair: dict[frozenset[int], Relation] = {}
    against: dict[int, list[int]] = defaultdict(list)
    overtaken: set[int] = set()
    for relation in relations:
        by_pair[frozenset((relation.a, relation.b))] = relation
        if relation.relation == "conflicts":
            against[relation.a].append(relation.b)
            against[relation.b].append(relation.a)
        elif relation.detail.get("superseded"):
            overtaken.add(relation.a)
    found = []
    before: ClaimRecord | None = None
    for claim in members:
        relation_before = by_pair.get(frozenset((before.key, claim.key))) if before is not None else None
        found.append(
            Figure(
                claim=claim,
                relation=relation_before.relation if relation_before is not None else None,
                to=before.key if before is not None and relation_before is not None else None,
                against=tuple(sorted(against[claim.key])) if claim.key in against else (),
                superseded=claim.key in overtaken,
            )
        )
        before = claim
    return tuple(found)


def _sums(ledger: Ledger, members: Sequence[ClaimRecord]) -> list[SumLine]:
    by_key = {claim.key: claim for claim in members}
    held: list[Sum] = [s for s in ledger.results.sums({c.report for c in members}) if s.whole in by_key]
    return sum_lines(ledger, held, by_key)


def sum_lines(ledger: Ledger, held: Sequence[Sum], known: dict[int, ClaimRecord]) -> list[SumLine]:
    """Sums with their claims; one that names a claim no longer there, or repeats the figures of another one, also
    another report's, is left out."""
    missing = {key for made in held for key in (made.whole, *made.parts)} - known.keys()
    claims = {**known, **{c.key: c for c in ledger.claims(keys=missing)}} if missing else known
    lines: dict[tuple[object, ...], SumLine] = {}
    for made in held:
        keys = (made.whole, *made.parts)
        if all(key in claims for key in keys):
            told = tuple((claims[key].low, claims[key].high, claims[key].hedge) for key in keys)
            line = SumLine(whole=claims[made.whole], parts=tuple(claims[p] for p in made.parts), adds_up=made.adds_up)
            lines.setdefault(told, line)
    return list(lines.values())
