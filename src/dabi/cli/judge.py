"""The commands by which people decide about links and labels."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from .commands import _opened, app
from .ledger import Database, Form, _by_place, _ledger
from .listing import Column, list_records

judgements = typer.Typer(
    name="judge",
    help="Decide what the machine can't: recorded with who and when, reversible, never overwritten.",
    short_help="Decide what the machine can't, and take it back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(judgements)

Who = Annotated[
    str | None,
    typer.Option("--who", envvar="DABI_USER", help="Your name, if not that of your login.", show_default=False),
]
Why = Annotated[str | None, typer.Option("--why", help="In your own words.", show_default=False)]
One = Annotated[str, typer.Argument(metavar="A", help="The id of a claim.", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="B", help="The id of another claim.", show_default=False)]


@judgements.command()
def link(a: One, b: Other, who: Who = None, why: Why = None, db: Database = None) -> None:
    """Claims A and B count the same thing."""
    from ..service.judging import judge

    with _ledger(db) as ledger:
        _done(judge(ledger, "link", a=a, b=b, who=_name(who), why=why).number)


@judgements.command()
def split(a: One, b: Other, who: Who = None, why: Why = None, db: Database = None) -> None:
    """Claims A and B do not count the same thing."""
    from ..service.judging import judge

    with _ledger(db) as ledger:
        _done(judge(ledger, "split", a=a, b=b, who=_name(who), why=why).number)


@judgements.command()
def relabel(
    a: Annotated[str, typer.Argument(metavar="ID", help="Of a claim, series or story.", show_default=False)],
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What it is to be called.", show_default=False)],
    who: Who = None,
    why: Why = None,
    db: Database = None,
) -> None:
    """Call a claim, series or story something else."""
    from ..service.judging import judge

    with _ledger(db) as ledger:
        _done(judge(ledger, "relabel", a=a, label=label, who=_name(who), why=why).number)


@judgements.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of a judgement.", show_default=False)],
    who: Who = None,
    why: Why = None,
    db: Database = None,
) -> None:
    """Take back a judgement; the record of it stays."""
    from ..service.judging import judge

    with _ledger(db) as ledger:
        _done(judge(ledger, "undo", undoes=number, who=_name(who), why=why).number)


@judgements.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="Those taken back too.")] = False,
    db: Database = None,
    form: Form = None,
) -> None:
    """List the judgements that stand."""
    from ..ledger import Judgement

    columns: list[Column[Judgement]] = [
        Column("Number", 0.7, lambda j: str(j.number)),
        Column("What", 1, lambda j: j.kind + ("" if j.stands else " (taken back)"), "bold"),
        Column("Of", 3, lambda j: " · ".join(filter(None, [j.a, j.b])) or f"judgement {j.undoes}"),
        Column("Label", 2, lambda j: j.label),
        Column("Who", 1, lambda j: j.who),
        Column("When", 1.5, lambda j: j.at),
        Column("Why", 2, lambda j: j.why),
    ]
    with _ledger(db) as ledger, _opened(None, []) as out:
        found = list(ledger.judgements) if everything else ledger.judgements.standing()
        list_records(found, form or _by_place(out), out, columns, Judgement.__struct_fields__)


def _name(who: str | None) -> str:
    try:
        return who or getpass.getuser()
    except (KeyError, OSError):
        raise typer.BadParameter("say who you are.", param_hint="--who") from None


def _done(number: int) -> None:
    typer.echo(f"dabi: judgement {number} is written; `dabi judge undo {number}` takes it back", err=True)
