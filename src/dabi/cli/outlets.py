"""The commands that tell of outlets: which dabi knows, and whether their pages still read as they should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from .commands import AllowPrivate, UserAgent, _opened, _Run, _web, app
from .ledger import Database, Form, _by_place, _ledger
from .listing import Column, list_records

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..service.drift import OutletCheck, OutletRow

outlets_app = typer.Typer(
    rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
app.add_typer(outlets_app, name="outlets")


@outlets_app.callback(
    invoke_without_command=True,
    short_help="List the outlets that dabi knows; check how they read.",
    epilog="""\b
Examples:
  dabi outlets
  dabi outlets --db news.db --format csv > outlets.csv
  dabi outlets check --days 7
""",
)
def outlets(context: typer.Context, db: Database = None, form: Form = None) -> None:
    """List the outlets that dabi knows: domains, feeds, pages in the ledger; or check how their pages read."""
    if context.invoked_subcommand is not None:
        return
    from ..service.drift import OutletRow, list_outlets

    def rows() -> Iterator[OutletRow]:
        if db is None and not _default_is_there():
            yield from list_outlets()
            return
        with _ledger(db) as ledger:
            yield from list_outlets(ledger)

    columns = [
        Column[OutletRow]("Outlet", 1.4, lambda row: row.name, "bold"),
        Column[OutletRow]("Country", 0.5, lambda row: row.country),
        Column[OutletRow]("Domains", 1.6, lambda row: " ".join(row.domains)),
        Column[OutletRow]("Feeds", 2.6, lambda row: " ".join(row.feeds)),
        Column[OutletRow]("Pages", 0.4, lambda row: str(row.pages) if row.pages is not None else None),
    ]
    with _opened(None, []) as out:
        list_records(rows(), form or _by_place(out), out, columns, OutletRow.__struct_fields__)


@outlets_app.command(
    epilog="""\b
Drifted: something that the outlet's file says must be found is not, or the text is much shorter than
in the weeks before. Hints: the pages read right, but the file's selectors find nothing any more.
Silent: no pages now, but in the weeks before. Few: too few pages to tell.
Examples:
  dabi outlets check
  dabi outlets check --days 3 --outlet jugantor --outlet Samakal
  dabi outlets check page.html --outlet "Prothom Alo"
  dabi outlets check https://www.example.org/news/17
"""
)
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PAGE",
            help="Files, folders or addresses of pages to check; without any, the ledger's pages.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Check the pages fetched in the last so many days.")] = 7,
    outlet: Annotated[
        list[str] | None,
        typer.Option(help="Only this outlet; for files, the one they are of.", show_default=False),
    ] = None,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
    form: Form = None,
) -> None:
    """Say whose pages no longer read as they should, since when, with an example; exit with 1 when any do not."""
    names = [_named(said) for said in outlet or []]
    if paths and len(names) > 1:
        raise typer.BadParameter("pages are of one outlet.", param_hint="--outlet")

    from ..service import drift

    run = _Run(None)
    drifted = 0

    def counted(checks: Iterator[OutletCheck]) -> Iterator[OutletCheck]:
        nonlocal drifted
        for one in checks:
            drifted += one.status == "drifted"
            yield one

    columns = _check_columns(example_of=None if paths else ("drifted", "hints"))
    fields = drift.OutletCheck.__struct_fields__
    with _opened(None, paths or []) as out:
        chosen = form or _by_place(out)
        if paths:
            found = run.succeeded(
                drift.check_files(paths, outlet=names[0] if names else None, web=_web(user_agent, allow_private)),
                paths,
                chosen == "table",
            )
            list_records(counted(found), chosen, out, columns, fields)
        else:
            list_records(counted(_of_ledger(db, days, names)), chosen, out, columns, fields)
    if drifted:
        typer.echo(f"dabi: {drifted} {'does' if drifted == 1 else 'do'} not read as expected", err=True)
    run.finish()
    if drifted:
        raise typer.Exit(1)


def _of_ledger(db: str | None, days: int, names: list[str]) -> Iterator[OutletCheck]:
    from ..service import drift

    def checked(ledger: Ledger) -> list[OutletCheck]:
        return drift.check_ledger(ledger, days=days, outlets=names)

    with _ledger(db) as ledger:
        found = checked(ledger)
    if not found:
        typer.echo("dabi: the ledger holds no pages of outlets of these days", err=True)
    yield from found


def _check_columns(example_of: tuple[str, ...] | None) -> list[Column[OutletCheck]]:
    """`example_of`: the statuses for which an example is shown, None for all."""

    def example(row: OutletCheck) -> str | None:
        return row.example if example_of is None or row.status in example_of else None

    return [
        Column("Outlet", 1.1, lambda row: row.outlet, "bold"),
        Column("Status", 0.6, lambda row: row.status),
        Column("Pages", 0.5, lambda row: str(row.pages)),
        Column("Head", 0.45, lambda row: _share(row.headline)),
        Column("Date", 0.45, lambda row: _share(row.date)),
        Column("By", 0.45, lambda row: _share(row.byline)),
        Column("Para", 0.4, lambda row: f"{row.paragraphs:g}" if row.paragraphs is not None else None),
        Column("Claims", 0.65, lambda row: f"{row.claims:g}" if row.claims is not None else None),
        Column("What is wrong", 2.6, _wrong),
        Column("Since", 0.8, lambda row: row.since),
        Column("For example", 1.8, example),
    ]


def _share(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"


def _wrong(row: OutletCheck) -> str:
    found = list(row.problems)
    if row.missed:
        found.append(f"its selectors find nothing: {', '.join(row.missed)}")
    return "; ".join(found)


def _named(said: str) -> str:
    from ..service.drift import outlet_name

    try:
        return outlet_name(said)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--outlet") from None


def _default_is_there() -> bool:
    from ..ledger.home import default_ledger

    return default_ledger().exists()
