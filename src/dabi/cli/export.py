"""`dabi export`: what leaves the ledger for other programs and other people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from .commands import Lang, _opened, app
from .ledger import (
    About,
    Counted,
    Database,
    Event,
    High,
    History,
    Kind,
    Low,
    Outlet,
    Person,
    Place,
    Since,
    Source,
    Status,
    Unit,
    Until,
    Words,
    _ledger,
    _query,
)

if TYPE_CHECKING:
    from ..ledger import Ledger

ClaimFormat = Literal["csv", "jsonl", "parquet", "jsonld", "ftm"]
TableFormat = Literal["csv", "jsonl", "parquet"]
ChartFormat = Literal["svg", "vl", "meta"]

Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead.", show_default=False)
]
_FORM = "Unless the name given to --output says it: "
Table = Annotated[TableFormat | None, typer.Option("--format", help=_FORM + "csv.", show_default=False)]
# Endings that say a form by themselves, longest first.
_ENDINGS = {
    ".vl.json": "vl",
    ".meta.json": "meta",
    ".ftm.json": "ftm",
    ".ftm": "ftm",
    ".ijson": "ftm",
    ".jsonld": "jsonld",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".csv": "csv",
    ".svg": "svg",
}
_OF_OTHERS = (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".png", ".tsv")

exports = typer.Typer(
    help="Write claims, charts and dossiers for other programs and other people.",
    short_help="Write tables, linked data, charts and dossiers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(exports, name="export")


@exports.command(
    epilog="""\b
Examples:
  dabi export claims -o claims.csv
  dabi export claims --event death --since 2025-01-01 -o deaths.parquet
  dabi export claims --format jsonld > claims.jsonld
"""
)
def claims(
    words: Words = None,
    db: Database = None,
    person: Person = None,
    place: Place = None,
    source: Source = None,
    event: Event = None,
    counted: Counted = None,
    unit: Unit = None,
    kind: Kind = None,
    status: Status = None,
    low: Low = None,
    high: High = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    outlet: Outlet = None,
    history: History = False,
    form: Annotated[
        ClaimFormat | None,
        typer.Option(
            "--format",
            help=_FORM + "csv. jsonld: schema.org Claim; ftm: FollowTheMoney entities.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Write the claims asked for (all without a question), one row each, with their sentences."""
    query = _query({**locals(), "limit": None})
    chosen = form or _form(output, get_args(ClaimFormat), "csv")
    with _clearly(), _current(db) as ledger, _opened(output, []) as out:
        from ..service.exporting import export_claims

        count = export_claims(ledger, query, chosen, out)  # type: ignore[arg-type]
    _told(output, count)


@exports.command()
def relations(db: Database = None, form: Table = None, output: Output = None) -> None:
    """Write how claims stand to each other: agrees, refines, moved, conflicts, echo."""
    _table(db, "relations", form, output)


@exports.command()
def reports(db: Database = None, form: Table = None, output: Output = None) -> None:
    """Write the list of reports, without their texts."""
    _table(db, "reports", form, output)


@exports.command()
def series(db: Database = None, form: Table = None, output: Output = None) -> None:
    """Write the list of series: what is counted, where, from when to when."""
    _table(db, "series", form, output)


@exports.command(
    epilog="""\b
Examples:
  dabi export chart 670a9df6bd3b5d7f -o deaths.svg
  dabi export chart 670a9df6bd3b5d7f --lang en -o deaths.vl.json
  dabi export chart 670a9df6bd3b5d7f -o deaths.meta.json
"""
)
def chart(
    id: Annotated[str, typer.Argument(metavar="SERIES", help="The id of a series.", show_default=False)],
    db: Database = None,
    form: Annotated[
        ChartFormat | None,
        typer.Option(
            "--format",
            help=_FORM + "svg. vl: the Vega-Lite specification; meta: method and sources.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    lang: Lang = "en",
) -> None:
    """Write the chart of a series."""
    chosen = form or _form(output, get_args(ChartFormat), "svg")
    with _clearly(), _current(db) as ledger:
        from ..service.exporting import series_chart

        made = series_chart(ledger, id, chosen, lang)  # type: ignore[arg-type]
    with _opened(output, []) as out:
        out.write(made.encode("utf-8", "replace") + b"\n")


@exports.command(
    epilog="""\b
Examples:
  dabi export story 6cf2229b17 -o ferry.html
  dabi export story 6cf2229b17 --lang bn -o ferry.html
"""
)
def story(
    id: Annotated[str, typer.Argument(metavar="STORY", help="The id of a story.", show_default=False)],
    db: Database = None,
    output: Output = None,
    lang: Lang = "en",
) -> None:
    """Write the dossier of a story: one page to mail or print, with its charts, claims and reports."""
    from datetime import date

    with _clearly(), _current(db) as ledger:
        from ..service.exporting import story_dossier

        pieces = list(story_dossier(ledger, id, lang, made=date.today().isoformat()))
    with _opened(output, []) as out:
        for piece in pieces:
            out.write(piece.encode("utf-8", "replace"))


def _table(
    db: str | None, name: Literal["relations", "reports", "series"], form: TableFormat | None, output: str | None
) -> None:
    chosen = form or _form(output, get_args(TableFormat), "csv")
    with _clearly(), _current(db) as ledger, _opened(output, []) as out:
        from ..service.exporting import export_table

        count = export_table(ledger, name, chosen, out)  # type: ignore[arg-type]
    _told(output, count)


@contextmanager
def _current(db: str | None) -> Iterator[Ledger]:
    """The ledger, its series and stories brought up to date with its reports."""
    from ..reconciliation.keeping import update

    with _ledger(db) as ledger:
        update(ledger)
        yield ledger


@contextmanager
def _clearly() -> Iterator[None]:
    """A library that isn't installed ends the command with a line that says what to install."""
    from ..export.extras import MissingExtra

    try:
        yield
    except MissingExtra as error:
        typer.echo(f"dabi: {error}", err=True)
        raise typer.Exit(1) from None


def _form(output: str | None, allowed: tuple[str, ...], otherwise: str) -> str:
    """The form that a file's name asks for. Raises BadParameter when it asks for one that there isn't here."""
    if output is None:
        return otherwise
    name = output.lower()
    found = next((form for ending, form in _ENDINGS.items() if name.endswith(ending)), otherwise)
    if name.endswith(_OF_OTHERS):
        found = name.rpartition(".")[2]
    if found not in allowed:
        raise typer.BadParameter(
            f"{output} ends like {found}; here there are {', '.join(allowed)}.", param_hint="--output"
        )
    return found


def _told(output: str | None, count: int) -> None:
    if output is not None and sys.stderr.isatty():
        typer.echo(f"dabi: {count} written to {output}", err=True)
