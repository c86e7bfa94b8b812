"""The commands that copy a whole ledger and make one out of a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from .commands import app
from .ledger import Database

Copy = Annotated[Path, typer.Argument(metavar="FILE", help="The copy.", show_default=False)]


@app.command(
    short_help="Copy the ledger into one file and check the copy.",
    epilog="""\b
Examples:
  dabi backup news-2025-06-01.db --db news.db
  dabi backup news.dump --db postgresql://desk@localhost/news
In PostgreSQL this is pg_dump -Fc, with a check of what it wrote.
""",
)
def backup(
    file: Copy,
    db: Database = None,
    replace: Annotated[bool, typer.Option("--replace", help="Where there is such a file, take its place.")] = False,
) -> None:
    """Copy the ledger into one file, while others read and write, and check the copy."""
    from ..ledger.backup import back_up
    from ..ledger.home import default_ledger

    with _told():
        size = back_up(db or default_ledger(), file, replace=replace)
        typer.echo(f"dabi: {file}, {size / 1e6:,.1f} MB, checked", err=True)


@app.command(
    epilog="""\b
Examples:
  dabi restore news-2025-06-01.db --db restored.db
  createdb restored && dabi restore news.dump --db postgresql://desk@localhost/restored
"""
)
def restore(file: Copy, db: Database = None) -> None:
    """Make a ledger out of a copy, where there is none."""
    from ..ledger import backup as ledger_backup
    from ..ledger.home import default_ledger

    with _told():
        counts = ledger_backup.restore(file, db or default_ledger())
        told = ", ".join(f"{n:,} {what}" for what, n in counts.items())
        typer.echo(f"dabi: restored: {told}", err=True)


@contextmanager
def _told() -> Iterator[None]:
    from ..ledger import LedgerError

    try:
        yield
    except LedgerError as error:
        typer.echo(f"dabi: {error}", err=True)
        raise typer.Exit(1) from None
