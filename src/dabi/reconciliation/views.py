"""The questions that people ask of a ledger's results, answered as plain records: what the commands and pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..ledger.errors import LedgerError
from ..ledger.schema import CLAIMS_PER_READING
from . import comparison
from .checks import check
from .keeping import report_of
from .statement import Statement

if TYPE_CHECKING:
    from ..ledger import ClaimRecord, Ledger
    from ..ledger.results import Relation, Series, Story, Sum


class StoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One story in a list. `origins`: its reports less those that are near-copies of others."""

    id: str
    title: str | None
    first_day: str | None
    last_day: str | None
    reports: int
    outlets: int
    origins: int
    series: int


class SeriesLine(msgspec.Struct, frozen=True, kw_only=True):
    """One series in a list, with its latest figure."""

    id: str
    label: str | None
    first_day: str | None
    last_day: str | None
    claims: int
    outlets: int
    origins: int
    latest: str
    unit: str | None
    moved: int
    conflicts: int


class FigureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a series, by the day of its report: value with hedge, source, chain, outlet, and how it stands to
    the figure before it."""

    article: str
    outlet: str | None
    published: str | None
    low: float | int | None
    high: float | int | None
    hedge: str
    unit: str | None
    text: str
    source: str | None
    via: tuple[str, ...]
    relation: str | None
    superseded: bool
    sentence: str
    claim: str


class SeriesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A series with its figures in order, and the sums in which they are the total."""

    line: SeriesLine
    figures: tuple[FigureLine, ...]
    sums: tuple[SumLine, ...]


class SumLine(msgspec.Struct, frozen=True, kw_only=True):
    """A total against its parts, as the report writes them."""

    article: str
    whole: str
    parts: tuple[str, ...]
    adds_up: bool


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a story; `echo_of` is the article of which it is a near-copy."""

    article: str
    outlet: str | None
    published: str | None
    headline: str | None
    echo_of: str | None


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A story: its reports in order, and its series."""

    line: StoryLine
    reports: tuple[ReportLine, ...]
    series: tuple[SeriesPage, ...]


class FindingLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something inside one report that does not fit."""

    article: str
    kind: str
    what: str
    sentences: tuple[str, ...]


class ComparedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of two articles: agrees, differs, only_a or only_b."""

    standing: str
    a: str | None
    b: str | None
    counted: str | None
    relation: str | None
    slip: int | None
    sentence_a: str | None
    sentence_b: str | None


class DeskLine(msgspec.Struct, frozen=True, kw_only=True):
    """Two figures of one series of which the later is new: what moved, or what conflicts."""

    relation: str
    series: str
    label: str | None
    before: FigureLine
    after: FigureLine


def stories(ledger: Ledger, *, since: str | None = None, limit: int | None = None) -> list[StoryLine]:
    """The stories, the newest first; `since`: with a report on or after that day."""
    found = ledger.results.stories(since=since, limit=limit)
    return [_story_line(ledger, story) for story in found]


def story_page(ledger: Ledger, id: str) -> StoryPage:
    """One story with its reports and series. Raises LedgerError when there is none of that id."""
    found = ledger.results.stories([id])
    if not found:
        raise LedgerError(f"there is no story {id}")
    story = found[0]
    records = {record.key: record for record in _claims_of(ledger, story.reports)}
    echoes = {echo.report: echo.of for echo in ledger.results.echoes(story.reports)}
    heads = {record.report: record for record in records.values()}
    lines = []
    for number in story.reports:
        head = heads.get(number)
        if head is None:
            continue
        original = heads.get(echoes.get(number, -1))
        lines.append(
            ReportLine(
                article=head.article,
                outlet=head.outlet,
                published=head.published,
                headline=head.headline,
                echo_of=original.article if original is not None else None,
            )
        )
    held = ledger.results.series(claims=sorted(records))
    pages = series_pages(ledger, held)
    return StoryPage(
        line=_story_line(ledger, story), reports=tuple(lines), series=tuple(sorted(pages, key=_page_order))
    )


def _page_order(page: SeriesPage) -> tuple[int, int, str]:
    """Series that many outlets carry and that are in dispute first."""
    return -page.line.conflicts, -page.line.claims, page.line.id


def _story_line(ledger: Ledger, story: Story) -> StoryLine:
    copies = len({echo.report for echo in ledger.results.echoes(story.reports)})
    first = [number * CLAIMS_PER_READING for number in story.reports]
    outlets = story.detail.get("outlets", [])
    return StoryLine(
        id=story.id,
        title=story.title,
        first_day=story.first_day,
        last_day=story.last_day,
        reports=len(story.reports),
        outlets=len(outlets),
        origins=len(story.reports) - copies,
        series=len(first) and int(story.detail.get("series", 0)),
    )


def series_list(ledger: Ledger, *, since: str | None = None, limit: int | None = None) -> list[SeriesPage]:
    """All series, the newest first."""
    return series_pages(ledger, ledger.results.series(since=since, limit=limit))


def series_page(ledger: Ledger, id: str) -> SeriesPage:
    """One series, named by its id or by a claim in it. Raises LedgerError when there is none."""
    found = ledger.results.series([id])
    if not found:
        keys = [record.key for record in ledger.claims() if record.id == id]
        found = ledger.results.series(claims=keys) if keys else []
    if not found:
        raise LedgerError(f"there is no series {id}")
    return series_pages(ledger, found[:1])[0]


def series_pages(ledger: Ledger, held: Sequence[Series]) -> list[SeriesPage]:
    """Series with their figures, relations and sums."""
    keys = [key for series in held for key in series.claims]
    records = {record.key: record for record in ledger.claims(keys=keys)} if keys else {}
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in ledger.results.relations([series.id for series in held]):
        related[relation.series].append(relation)
    sums: dict[int, list[Sum]] = defaultdict(list)
    readings = sorted({key // CLAIMS_PER_READING for key in keys})
    for made in ledger.results.sums(readings) if readings else []:
        sums[made.whole].append(made)
    parts = sorted({part for made in sums.values() for one in made for part in one.parts} - records.keys())
    texts = {record.key: record.text for record in [*records.values(), *(ledger.claims(keys=parts) if parts else ())]}
    return [_series_page(series, records, related[series.id], sums, texts) for series in held]


def _series_page(
    series: Series,
    records: dict[int, ClaimRecord],
    relations: Sequence[Relation],
    sums: dict[int, list[Sum]],
    texts: dict[int, str],
) -> SeriesPage:
    members = sorted((records[key] for key in series.claims if key in records), key=_order)
    by_pair = {frozenset((r.a, r.b)): r for r in relations}
    figures = []
    before: ClaimRecord | None = None
    for record in members:
        relation = by_pair.get(frozenset((before.key, record.key))) if before is not None else None
        figures.append(figure(record, relation))
        before = record
    labels = [r.relation for r in relations]
    return SeriesPage(
        line=SeriesLine(
            id=series.id,
            label=series.label,
            first_day=series.first_day,
            last_day=series.last_day,
            claims=len(members),
            outlets=len({record.outlet or record.article for record in members}),
            origins=int(series.detail.get("origins", 0)),
            latest=members[-1].text if members else "",
            unit=series.unit,
            moved=labels.count("moved"),
            conflicts=labels.count("conflicts"),
        ),
        figures=tuple(figures),
        sums=tuple(
            SumLine(
                article=records[key].article,
                whole=records[key].text,
                parts=tuple(texts.get(part, "") for part in made.parts),
                adds_up=made.adds_up,
            )
            for key in series.claims
            for made in sums.get(key, ())
        ),
    )


def _order(record: ClaimRecord) -> tuple[str, str, int]:
    return record.published or "~", record.article, record.start or 0


def figure(record: ClaimRecord, relation: Relation | None = None) -> FigureLine:
    """A claim as a line of a table."""
    return FigureLine(
        article=record.article,
        outlet=record.outlet,
        published=record.published,
        low=record.low,
        high=record.high,
        hedge=record.hedge,
        unit=record.unit,
        text=record.text,
        source=record.speaker or record.source,
        via=record.via,
        relation=relation.relation if relation is not None else None,
        superseded=bool(relation is not None and relation.detail.get("superseded")),
        sentence=record.sentence,
        claim=record.id,
    )


def scored(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Every series as a line of `dabi series --format jsonl`: members, relations and sums by article and span; claims
    coded elsewhere by their id. Totals that are in no series come last, alone."""
    held = ledger.results.series()
    records = {record.key: record for record in ledger.claims()}
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in ledger.results.relations():
        related[relation.series].append(relation)
    sums: dict[int, list[Sum]] = defaultdict(list)
    for made in ledger.results.sums():
        sums[made.whole].append(made)

    def place(key: int) -> list[Any]:
        record = records[key]
        return [record.article, record.start, record.end] if not record.coded else [record.id]

    def line(id: str, label: str | None, keys: Sequence[int]) -> dict[str, Any]:
        return {
            "series": id,
            "label": label,
            "members": [
                {"claim": records[key].id}
                if records[key].coded
                else {"article": records[key].article, "start": records[key].start, "end": records[key].end}
                for key in keys
                if key in records
            ],
            "relations": [
                {"a": place(r.a), "b": place(r.b), "relation": r.relation, **r.detail}
                for r in related.get(id, ())
                if r.a in records and r.b in records
            ],
            "sums": [
                {"whole": place(key), "parts": [place(part) for part in made.parts], "adds_up": made.adds_up}
                for key in keys
                for made in sums.pop(key, ())
                if key in records and all(part in records for part in made.parts)
            ],
        }

    for series in held:
        yield line(series.id, series.label, sorted(series.claims, key=lambda key: _order(records[key])))
    for key in sorted(sums):
        if key in records:
            yield line(records[key].id, None, [key])


def findings(ledger: Ledger, article: str) -> list[FindingLine]:
    """What does not fit inside one article of the ledger."""
    report = report_of(ledger.report(ledger.article(article)))
    by_key = {s.key: s for s in report.statements}
    return [
        FindingLine(
            article=report.id,
            kind=found.kind,
            what=found.what,
            sentences=tuple(dict.fromkeys(by_key[key].evidence for key in found.figures)),
        )
        for found in check(report)
    ]


def compared(ledger: Ledger, a: str, b: str) -> list[ComparedLine]:
    """The figures of two articles of the ledger side by side."""
    one, other = (report_of(ledger.report(ledger.article(name))) for name in (a, b))
    return [
        ComparedLine(
            standing=row.standing,
            a=row.a.text if row.a is not None else None,
            b=row.b.text if row.b is not None else None,
            counted=_counted(row.a or row.b),
            relation=row.relation.relation if row.relation is not None else None,
            slip=row.slip,
            sentence_a=row.a.evidence if row.a is not None else None,
            sentence_b=row.b.evidence if row.b is not None else None,
        )
        for row in comparison.compare(one, other)
    ]


def _counted(statement: Statement | None) -> str | None:
    if statement is None:
        return None
    return statement.counted or statement.clues.happening or next(iter(statement.clues.things), None)


def desk(ledger: Ledger, *, since: str) -> list[DeskLine]:
    """What moved or conflicts in reports of `since` (YYYY-MM-DD) and later: each new figure against the last before."""
    held = {series.id: series for series in ledger.results.series(since=since)}
    wanted = [r for r in ledger.results.relations(held) if r.relation in ("moved", "conflicts")] if held else []
    keys = sorted({key for r in wanted for key in (r.a, r.b)})
    records = {record.key: record for record in ledger.claims(keys=keys)} if keys else {}
    nearest: dict[tuple[str, str, int], tuple[tuple[str, str, int], Relation]] = {}
    for relation in wanted:
        if relation.a not in records or relation.b not in records:
            continue
        first, second = sorted((relation.a, relation.b), key=lambda key: _order(records[key]))
        if (records[second].day or "") < since or records[first].article == records[second].article:
            continue
        place = (relation.relation, records[second].article, second)
        before = _order(records[first])
        if place not in nearest or nearest[place][0] < before:
            nearest[place] = (before, relation)
    lines = []
    seen = set()
    for _, relation in nearest.values():
        first, second = sorted((relation.a, relation.b), key=lambda key: _order(records[key]))
        told = (relation.series, relation.relation, records[first].text, records[second].text, records[second].article)
        if told not in seen:
            seen.add(told)
            lines.append(
                DeskLine(
                    relation=relation.relation,
                    series=relation.series,
                    label=held[relation.series].label,
                    before=figure(records[first]),
                    after=figure(records[second]),
                )
            )
    return sorted(lines, key=lambda line: (line.relation, line.label or "", line.after.published or "", line.series))


def _claims_of(ledger: Ledger, readings: Sequence[int]) -> list[ClaimRecord]:
    return list(ledger.claims(reports=readings)) if readings else []
