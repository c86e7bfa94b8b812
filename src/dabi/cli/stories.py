"""The commands that show what reports say against each other: stories, series, comparisons, findings, the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer

from .commands import Lang, _opened, app
from .ledger import Database, Form, Since, _by_place, _ledger
from .listing import Column, list_records

if TYPE_CHECKING:
    from ..export.wording import Language
    from ..ledger import ClaimRecord, Ledger

Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]

_LABELS: tuple[Literal["conflicts", "moved"], ...] = ("conflicts", "moved")


class StoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A story in a list."""

    id: str
    title: str | None
    first_day: str | None
    last_day: str | None
    reports: int
    outlets: tuple[str, ...]
    origins: int
    series: int


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a series, with how it stands to the one before."""

    published: str | None
    outlet: str | None
    low: float | int | None
    high: float | int | None
    hedge: str
    unit: str | None
    status: str
    text: str
    source: str | None
    via: tuple[str, ...]
    relation: str | None
    superseded: bool
    sentence: str
    article: str
    claim: str


class SeriesRow(msgspec.Struct, frozen=True, kw_only=True):
    """A series in a list."""

    id: str
    label: str | None
    first_day: str | None
    last_day: str | None
    claims: int
    origins: int
    moved: int
    conflicts: int
    newest: str | None


class ComparedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A thing counted in two articles: what either says of it and on whose word, first the two that stand so."""

    standing: str
    relation: str | None
    slip: int | None
    counted: str | None
    a: tuple[str, ...]
    b: tuple[str, ...]
    sentence_a: str | None
    sentence_b: str | None


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not fit, inside one report or between two."""

    kind: str
    what: str
    sentences: tuple[str, ...]
    claims: tuple[str, ...]
    articles: tuple[str, ...]


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """Two figures of one series of which the later is news. `odd`: what does not fit between them."""

    relation: str
    superseded: bool
    label: str | None
    before: str
    after: str
    outlet_before: str | None
    outlet_after: str | None
    published_before: str | None
    published_after: str | None
    sentence: str
    series: str
    odd: str | None


@app.command(
    epilog="""\b
Examples:
  dabi stories
  dabi stories --since 2025-06-01 --format csv > stories.csv
"""
)
def stories(db: Database = None, since: Since = None, limit: Limit = 50, form: Form = None, lang: Lang = "en") -> None:
    """List running stories: the reports of one event, the newest first."""
    from ..export.wording import digits
    from ..service.stories import stories as found

    columns: list[Column[StoryRow]] = [
        Column("From", 1.2, lambda row: _day(row.first_day, lang)),
        Column("To", 1.2, lambda row: _day(row.last_day, lang)),
        Column("Story", 4, lambda row: row.title, "bold"),
        Column("Reports", 0.8, lambda row: digits(str(row.reports), lang)),
        Column("Outlets", 0.8, lambda row: digits(str(len(row.outlets)), lang)),
        Column("Origins", 0.8, lambda row: digits(str(row.origins), lang)),
        Column("Series", 0.7, lambda row: digits(str(row.series), lang)),
        Column("Id", 1, lambda row: row.id, "dim", 10),
    ]
    with _current(db) as ledger, _opened(None, []) as out:
        told, _ = found(ledger, since=_first_day(since), limit=limit)
        rows = (StoryRow(**{name: getattr(line, name) for name in StoryRow.__struct_fields__}) for line in told)
        list_records(rows, form or _by_place(out), out, columns, StoryRow.__struct_fields__)


@app.command(short_help="Show one story: its reports, what does not fit, its series.")
def story(
    id: Annotated[str, typer.Argument(metavar="STORY", help="The id of a story.", show_default=False)],
    db: Database = None,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """Show one story: its reports with their echoes, what does not fit, and the series of its figures."""
    from ..export.translated import translated
    from ..service.series import series_view
    from ..service.stories import story_view

    with _current(db) as ledger, _opened(None, []) as out:
        view = story_view(ledger, id)
        found = view.findings
        chosen = form or _by_place(out)
        if chosen in ("json", "jsonl"):
            out.write(msgspec.json.encode(view) + b"\n")
            return
        rows = [
            row
            for line in view.series
            for row in _figure_rows(series_view(ledger, line.id).figures)
        ]  # fmt: skip
        if chosen == "csv":
            list_records(rows, chosen, out, [], FigureRow.__struct_fields__)
            return
        out.write(f"{view.line.title or view.line.id}\n".encode())
        voices = f"{_counted(view.line.reports, 'report')}, {_counted(view.line.origins, 'origin')}"
        out.write(f"{voices}\n\n".encode())
        for told in view.told:
            echoes = "".join(f"\n    = {e.outlet or e.article}" for e in told.echoes)
            head = " · ".join(
                filter(None, [_day(told.report.published, lang), told.report.outlet, told.report.headline])
            )
            out.write(f"  {head or told.report.article}{echoes}\n".encode("utf-8", "replace"))
        if found:
            out.write(b"\nDoes not fit:\n")
        for finding in found:
            out.write(
                f"  {finding.kind.replace('_', ' ')}: {translated(finding.what, lang)}\n".encode("utf-8", "replace")
            )
        for line in view.series:
            _show_series(ledger, line.id, out, lang)


@app.command(
    short_help="List the series of figures, or show one of them.",
    epilog="""\b
Examples:
  dabi series
  dabi series 3f9a0c2be1d47a60
  dabi series --format jsonl > series.jsonl
""",
)
def series(
    id: Annotated[
        str | None,
        typer.Argument(metavar="[SERIES]", help="The id of a series, or of a claim in it.", show_default=False),
    ] = None,
    db: Database = None,
    since: Since = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.", show_default=False)] = None,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """List the series of figures that count the same thing, or show one of them by report date."""
    from ..service.series import series_lines as lines_of
    from ..service.series import series_view

    with _current(db) as ledger, _opened(None, []) as out:
        chosen = form or _by_place(out)
        if id is not None:
            name = _series_id(ledger, id)
            if chosen == "table":
                _show_series(ledger, name, out, lang)
            elif chosen == "jsonl":
                _json_lines(ledger, ledger.results.series([name]), out)
            else:
                rows = _figure_rows(series_view(ledger, name).figures)
                list_records(rows, chosen, out, [], FigureRow.__struct_fields__)
            return
        first = _first_day(since)
        if chosen == "jsonl":
            every = first is None and limit is None
            _json_lines(ledger, None if every else ledger.results.series(since=first, limit=limit), out)
            return
        columns: list[Column[SeriesRow]] = [
            Column("From", 1.2, lambda row: _day(row.first_day, lang)),
            Column("To", 1.2, lambda row: _day(row.last_day, lang)),
            Column("What", 3, lambda row: row.label, "bold"),
            Column("Newest", 1.5, lambda row: row.newest),
            Column("Claims", 0.8, lambda row: str(row.claims)),
            Column("Origins", 0.8, lambda row: str(row.origins)),
            Column("Moved", 0.7, lambda row: str(row.moved), "yellow"),
            Column("Conflicts", 0.9, lambda row: str(row.conflicts), "red"),
            Column("Id", 1.5, lambda row: row.id, "dim", 16),
        ]
        held = lines_of(ledger, ledger.results.series(since=first, limit=limit))
        listed = (
            SeriesRow(
                id=line.id,
                label=line.label,
                first_day=line.first_day,
                last_day=line.last_day,
                claims=line.tally.claims,
                origins=line.origins,
                moved=line.tally.relations.get("moved", 0),
                conflicts=line.tally.relations.get("conflicts", 0),
                newest=line.newest.text if line.newest is not None else None,
            )
            for line in held
        )
        list_records(listed, chosen, out, columns, SeriesRow.__struct_fields__)


@app.command(short_help="Compare the figures of two articles.")
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="An article: its id or the end of its path.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another article.")],
    db: Database = None,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """Compare two articles: the figures that agree, that differ, that only one of them has."""
    from ..export.claim_words import claim_chain, claim_subject
    from ..service.comparing import comparison

    columns: list[Column[ComparedRow]] = [
        Column("", 1.2, lambda row: row.standing.replace("_", " ") + (f" (×{row.slip})" if row.slip else ""), "bold"),
        Column("Of what", 1.5, lambda row: row.counted),
        Column("A", 2, lambda row: "; ".join(row.a)),
        Column("B", 2, lambda row: "; ".join(row.b)),
        Column("How", 1, lambda row: row.relation),
        Column("Sentence of A", 3, lambda row: row.sentence_a),
        Column("Sentence of B", 3, lambda row: row.sentence_b),
    ]

    def said(claim: ClaimRecord) -> str:
        who = claim_chain(claim, lang) or ("headline" if claim.in_headline else None)
        return _amount(claim, lang) + (f" ({who})" if who else "")

    def rows(ledger: Ledger) -> Iterator[ComparedRow]:
        one, other = (ledger.report(ledger.article(name)).key for name in (a, b))
        for row in comparison(ledger, one, other).rows:
            known = row.a or row.b
            yield ComparedRow(
                standing=row.standing,
                relation=row.relation,
                slip=row.slip,
                counted=claim_subject(known, lang) if known is not None else None,
                a=tuple(said(claim) for claim in (row.a, *row.more_a) if claim is not None),
                b=tuple(said(claim) for claim in (row.b, *row.more_b) if claim is not None),
                sentence_a=row.a.sentence if row.a is not None else None,
                sentence_b=row.b.sentence if row.b is not None else None,
            )

    with _ledger(db) as ledger, _opened(None, []) as out:
        list_records(rows(ledger), form or _by_place(out), out, columns, ComparedRow.__struct_fields__)


@app.command(short_help="Say what does not fit in one article.")
def check(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, or the end of its path.")],
    db: Database = None,
    form: Form = None,
) -> None:
    """Check one article: headline against body, totals against parts, shares against counts, slips of scale, totals
    that fall; the last two against other reports too."""
    from ..service.findings import article_findings

    columns: list[Column[FindingRow]] = [
        Column("What", 1.2, lambda row: row.kind.replace("_", " "), "bold"),
        Column("", 4, lambda row: row.what, "yellow"),
        Column("Sentences", 5, lambda row: " … ".join(row.sentences)),
    ]
    with _current(db) as ledger, _opened(None, []) as out:
        key = ledger.report(ledger.article(article)).key
        found = article_findings(ledger, key)
        named = {claim for finding in found for claim in finding.claims}
        claims = {claim.key: claim for claim in ledger.claims(keys=named)} if named else {}
        rows = (
            FindingRow(
                kind=finding.kind,
                what=finding.what,
                sentences=tuple(dict.fromkeys(claims[c].sentence for c in finding.claims if c in claims)),
                claims=tuple(claims[c].id for c in finding.claims if c in claims),
                articles=tuple(dict.fromkeys(claims[c].article for c in finding.claims if c in claims)),
            )
            for finding in found
        )
        list_records(rows, form or _by_place(out), out, columns, FindingRow.__struct_fields__)


@app.command(short_help="Show what moved and what conflicts.")
def desk(
    db: Database = None,
    since: Since = None,
    limit: Limit = 50,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """Show what moved and what conflicts: since a day, or since the day before the newest report."""
    from ..export.translated import translated
    from ..service.desk import movements

    columns: list[Column[DeskRow]] = [
        Column("", 1, _stands, "bold"),
        Column("What", 2, lambda row: row.label),
        Column("Before", 1.3, lambda row: row.before),
        Column("Who", 1.3, lambda row: row.outlet_before, "green"),
        Column("Now", 1.3, lambda row: row.after, "bold"),
        Column("Who", 1.3, lambda row: row.outlet_after, "green"),
        Column("Date", 1.2, lambda row: _day(row.published_after, lang)),
        Column("Sentence", 4, lambda row: row.sentence),
        Column("Series", 1.2, lambda row: row.series, "dim", 16),
    ]
    with _current(db) as ledger, _opened(None, []) as out:
        start = _first_day(since) or _yesterday(ledger)
        found = [(label, m) for label in _LABELS for m in movements(ledger, label, since=start, limit=limit)]
        rows = [
            DeskRow(
                relation=label,
                superseded=moved.superseded,
                label=moved.label,
                before=_amount(moved.before, lang),
                after=_amount(moved.after, lang),
                outlet_before=moved.before.outlet,
                outlet_after=moved.after.outlet,
                published_before=moved.before.published,
                published_after=moved.after.published,
                sentence=moved.after.sentence,
                series=moved.series,
                odd=translated(moved.odd.what, lang) if moved.odd is not None else None,
            )
            for label, moved in found
        ]
        list_records(rows, form or _by_place(out), out, columns, DeskRow.__struct_fields__)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _stands(row: DeskRow) -> str:
    notes = [*(["superseded"] if row.superseded else []), *([row.odd] if row.odd else [])]
    return row.relation + (f" ({'; '.join(notes)})" if notes else "")


@contextmanager
def _current(db: str | None) -> Iterator[Ledger]:
    """The ledger, its series and stories brought up to date with its reports."""
    from ..reconciliation.keeping import update

    with _ledger(db) as ledger:
        update(ledger)
        yield ledger


def _json_lines(ledger: Ledger, held: Any, out: Any) -> None:
    from ..reconciliation.lines import series_lines

    for line in series_lines(ledger, held):
        out.write(msgspec.json.encode(line) + b"\n")
    out.flush()


def _show_series(ledger: Ledger, id: str, out: Any, lang: Language) -> None:
    """A series as a table by report date, under a line that shows how its figures run."""
    from ..service.series import series_view
    from .sparkline import sparkline

    view = series_view(ledger, id)
    rows = _figure_rows(view.figures)
    line = view.line
    run = sparkline([_middle(row) for row in rows])
    voices = f"{_counted(line.tally.outlets, 'outlet')}, {_counted(line.origins, 'origin')}"
    out.write(f"\n{line.label or line.id}   {run}   {voices}\n".encode("utf-8", "replace"))
    out.flush()
    claims = {figure.claim.id: figure.claim for figure in view.figures}
    columns: list[Column[FigureRow]] = [
        Column("Date", 1.2, lambda row: _day(row.published, lang)),
        Column("How much", 1.5, lambda row: _amount(claims[row.claim], lang), "bold"),
        Column("Stands", 1, lambda row: (row.relation or "") + (" (superseded)" if row.superseded else ""), "yellow"),
        Column("Who says", 2, lambda row: " ← ".join(filter(None, [row.source, *row.via])), "green"),
        Column("Outlet", 1.2, lambda row: row.outlet),
        Column("Sentence", 4, lambda row: row.sentence),
    ]
    list_records(rows, "table", out, columns, FigureRow.__struct_fields__)
    for made in view.sums:
        verdict = "adds up" if made.adds_up else "does not add up"
        parts = " + ".join(part.text for part in made.parts)
        out.write(f"  {made.whole.text} = {parts}: {verdict}\n".encode("utf-8", "replace"))
    out.flush()


def _figure_rows(figures: Any) -> list[FigureRow]:
    from ..export.claim_words import claim_name

    return [
        FigureRow(
            published=figure.claim.published,
            outlet=figure.claim.outlet or figure.claim.coded_report,
            low=figure.claim.low,
            high=figure.claim.high,
            hedge=figure.claim.hedge,
            unit=figure.claim.unit,
            status=figure.claim.status,
            text=figure.claim.text,
            source=claim_name(figure.claim),
            via=figure.claim.via,
            relation=figure.relation,
            superseded=figure.superseded,
            sentence=figure.claim.sentence,
            article=figure.claim.article,
            claim=figure.claim.id,
        )
        for figure in figures
    ]


def _series_id(ledger: Ledger, id: str) -> str:
    """The id of a series, given its id or that of a claim in it."""
    from ..ledger import LedgerMissing
    from ..service.judging import claims_by_id

    if ledger.results.series([id]):
        return id
    keys = [claim.key for claim in claims_by_id(ledger, [id]).values()]
    held = ledger.results.series(claims=keys) if keys else []
    if not held:
        raise LedgerMissing(f"there is no series {id}")
    return held[0].id


def _middle(row: FigureRow) -> float | None:
    ends = [float(value) for value in (row.low, row.high) if value is not None]
    return sum(ends) / len(ends) if ends else None


def _amount(claim: ClaimRecord, lang: Language) -> str:
    """How much; and what has not happened: promised, expected, denied."""
    from ..export.claim_words import claim_amount
    from ..export.wording import word

    if claim.status in ("happened", "ongoing"):
        return claim_amount(claim, lang)
    return f"{claim_amount(claim, lang)}, {word(f'status.{claim.status}', lang)}"


def _day(edtf: str | None, lang: Language) -> str | None:
    from ..export.wording import moment

    return moment(edtf[:10], lang) if edtf else None


def _first_day(date: str | None) -> str | None:
    """The first day of a date given as an option."""
    from ..ledger.dates import days

    if date is None:
        return None
    first, _ = days(date)
    if first is None:
        raise typer.BadParameter(f"{date!r} is not a date like 2024-11-30.", param_hint="--since")
    return first


def _yesterday(ledger: Ledger) -> str | None:
    """The day before the newest report."""
    from datetime import date, timedelta

    from ..ledger.overview import newest_day

    newest = newest_day(ledger)
    try:
        return (date.fromisoformat(newest) - timedelta(days=1)).isoformat() if newest else None
    except (ValueError, OverflowError):
        return None
