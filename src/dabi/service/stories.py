"""Stories as people look at them: their reports, echoes folded, and the series of their figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ..ledger import Ledger, LedgerMissing
from ..ledger.overview import Head, heads, series_of_reports
from ..ledger.results import Echo, Finding, Place, Series, Story
from .findings import inside_and_between
from .labels import labels
from .paging import all_pages, page_of
from .series import SeriesLine, series_lines

# Reports and series that a page shows of one story; the rest is counted, and the API gives it.
_MOST_SERIES = 60
_AT_ONCE = 200
_FIRST = (
    "death", "missing", "injury", "affected", "stranded", "displacement", "infection", "arrest", "release", "loss",
)  # fmt: skip


class StoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """A story in a list, with its leading series. `origins`: reports less those that repeat another's words."""

    id: str
    title: str | None
    first_day: str | None
    last_day: str | None
    reports: int
    outlets: tuple[str, ...]
    origins: int
    series: int
    leading: SeriesLine | None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A report and the reports that repeat its words."""

    report: Head
    echoes: tuple[Head, ...] = ()


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """`findings`: what does not fit inside its reports, echoes left out, then between them."""

    line: StoryLine
    told: tuple[Told, ...]
    series: tuple[SeriesLine, ...]
    findings: tuple[Finding, ...] = ()


def stories(
    ledger: Ledger, *, since: str | None = None, after: Place | None = None, limit: int
) -> tuple[list[StoryLine], Place | None]:
    """Stories, the newest first, from a place on; and the place where the list goes on, if it does."""
    held = ledger.results.stories(since=since, after=after, limit=limit + 1)
    shown, following = page_of(held, limit)
    return story_lines(ledger, shown), following


def all_stories(ledger: Ledger, *, since: str | None = None) -> Iterator[StoryLine]:
    """All stories, the newest first, few in memory at a time."""
    for lines in all_pages(lambda after: stories(ledger, since=since, after=after, limit=_AT_ONCE)):
        yield from lines


def story_lines(ledger: Ledger, held: Sequence[Story]) -> list[StoryLine]:
    """Stories for a list, in the order given."""
    readings = [report for story in held for report in story.reports]
    inside = series_of_reports(ledger, readings)
    repeated = {echo.report for echo in ledger.results.echoes(readings)} if readings else set()
    carried = {story.id: _carried(story, inside) for story in held}
    candidates = {id: _most_carried(counts) for id, counts in carried.items()}
    names = {name for listed in candidates.values() for name in listed}
    known = {series.id: series for series in ledger.results.series(names)} if names else {}
    leading = {
        id: min(listed, key=lambda name: _rank(known[name]))
        for id, listed in candidates.items()
        if listed and known.keys() >= set(listed)
    }
    lines = {line.id: line for line in series_lines(ledger, [known[name] for name in dict.fromkeys(leading.values())])}
    called = labels(ledger)
    return [
        _line(story, called, repeated, len(carried[story.id]), lines.get(leading.get(story.id, ""))) for story in held
    ]


def _line(
    story: Story, called: dict[str, str], repeated: set[int], series: int, leading: SeriesLine | None
) -> StoryLine:
    return StoryLine(
        id=story.id,
        title=called.get(story.id, story.title),
        first_day=story.first_day,
        last_day=story.last_day,
        reports=len(story.reports),
        outlets=tuple(story.detail.get("outlets", ())),
        origins=len(story.reports) - len(repeated.intersection(story.reports)),
        series=series,
        leading=leading,
    )


def _carried(story: Story, inside: dict[int, set[str]]) -> Counter[str]:
    """In how many of its reports each series of a story is."""
    return Counter(name for report in story.reports for name in inside.get(report, ()))


def _most_carried(counts: Counter[str]) -> list[str]:
    most = max(counts.values(), default=0)
    return [name for name, count in counts.items() if count == most]


def _rank(series: Series) -> tuple[int, int, str]:
    """Of series that equally many reports carry, what a desk asks for first; then the one told most often."""
    weight = _FIRST.index(series.event) if series.event in _FIRST else len(_FIRST)
    return weight, -len(series.claims), series.id


def story_view(ledger: Ledger, id: str) -> StoryView:
    """One story. Raises LedgerMissing when there is none of that id."""
    found = ledger.results.stories([id])
    if not found:
        raise LedgerMissing(f"there is no story {id}")
    (story,) = found
    carried = _carried(story, series_of_reports(ledger, story.reports))
    held = _heaviest(ledger, carried)
    lines = series_lines(ledger, held)
    leading = min((series for series in held if series.id in _most_carried(carried)), key=_rank, default=None)
    echoes = ledger.results.echoes(story.reports) if story.reports else []
    line = _line(
        story,
        labels(ledger),
        {echo.report for echo in echoes},
        len(carried),
        next((line for line in lines if leading is not None and line.id == leading.id), None),
    )
    told = _told(heads(ledger, story.reports), echoes)
    shown = sorted(lines, key=_weight)
    return StoryView(
        line=line,
        told=tuple(told),
        series=tuple(shown),
        findings=tuple(inside_and_between(ledger, [one.report.key for one in told], [one.id for one in shown])),
    )


def carried_series(ledger: Ledger, held: Sequence[Story]) -> list[Series]:
    """The series that most reports of these stories carry."""
    inside = series_of_reports(ledger, [report for story in held for report in story.reports])
    return _heaviest(ledger, Counter(name for names in inside.values() for name in names))


def _heaviest(ledger: Ledger, carried: Counter[str]) -> list[Series]:
    heaviest = sorted(carried, key=lambda name: (-carried[name], name))[:_MOST_SERIES]
    return ledger.results.series(heaviest) if heaviest else []


def _weight(line: SeriesLine) -> tuple[int, int, str]:
    """Series that most reports carry first, among them those in dispute."""
    return -line.tally.reports, -line.tally.relations.get("conflicts", 0), line.id


def _told(known: dict[int, Head], echoes: Iterable[Echo]) -> list[Told]:
    origin: dict[int, int] = {}
    for echo in sorted(echoes, key=lambda e: (e.report, -e.similarity)):
        origin.setdefault(echo.report, echo.of)

    def first(report: int) -> int:
        seen = {report}
        while report in origin and origin[report] in known and origin[report] not in seen:
            report = origin[report]
            seen.add(report)
        return report

    behind: dict[int, list[Head]] = defaultdict(list)
    for key, head in known.items():
        if first(key) != key:
            behind[first(key)].append(head)
    firsts = [head for key, head in known.items() if first(key) == key]
    return [
        Told(report=head, echoes=tuple(sorted(behind.get(head.key, ()), key=_by_time)))
        for head in sorted(firsts, key=_by_time)
    ]


def _by_time(head: Head) -> tuple[str, int]:
    return head.published or "~", head.key
