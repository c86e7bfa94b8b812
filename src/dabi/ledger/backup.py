"""Copies of a whole ledger, made while others read and write, checked before they get their name; and back again.

SQLite's own backup takes one state of the file, PostgreSQL's `pg_dump` one state of the database.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import inspect
from sqlalchemy.engine import URL

from .engine import PATIENCE, connect, failing_clearly, location, shown
from .errors import LedgerDamaged, LedgerError, LedgerFull, LedgerMissing, LedgerUnreachable
from .store import open_ledger

Kind = Literal["sqlite", "postgresql"]
# How the files begin: https://www.sqlite.org/fileformat.html, and the archives of pg_dump -Fc.
_MAGIC: tuple[tuple[bytes, Kind], ...] = ((b"SQLite format 3\0", "sqlite"), (b"PGDMP", "postgresql"))


def back_up(where: str | Path, copy: Path, *, replace: bool = False) -> int:
    """Copy the ledger into a file; returns its size in bytes. Others may write meanwhile.

    Raises LedgerError when there is a file already and `replace` is false, or when pg_dump is not installed;
    LedgerDamaged when the copy does not pass its check, and the other errors of a ledger. Then no file is there.
    """
    url = location(where)
    if copy.exists() and not replace:
        raise LedgerError(f"there is a file {copy} already")
    with _becoming(copy) as part:
        if url.drivername == "sqlite":
            _copy_sqlite(Path(url.database or ""), part)
            _check_sqlite(part)
        else:
            _run(url, "pg_dump", "--format=custom", "--no-owner", f"--file={part}", f"--dbname={_public(url)}")
            _run(url, "pg_restore", f"--file={os.devnull}", str(part))  # reads all of it
    return copy.stat().st_size


def restore(copy: Path, where: str | Path) -> dict[str, int]:
    """Make a ledger out of a copy where there is none; returns how much it holds (`Ledger.counts`, and the judgements).

    Raises LedgerError when something is there already or the copy is for the other database, LedgerDamaged when the
    copy is not whole. Then nothing is there that was not before.
    """
    url = location(where)
    kind = _kind(copy)
    wanted = "sqlite" if url.drivername == "sqlite" else "postgresql"
    if kind != wanted:
        names = {"sqlite": "a file (SQLite)", "postgresql": "PostgreSQL"}
        raise LedgerError(f"{copy} is the copy of a ledger in {names[kind]}, and can't go to {names[wanted]}")
    if kind == "sqlite":
        path = Path(url.database or "")
        there = [p for p in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))) if p.exists()]
        if there:
            raise LedgerError(f"there is a file {there[0]} already: move it away first")
        with _becoming(path) as part:
            _check_sqlite(copy)
            shutil.copyfile(copy, part)
    else:
        _check_empty(url)
        command = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run(url, "pg_restore", *command, f"--dbname={_public(url)}", str(copy))
    with open_ledger(where, create=False) as ledger:
        return {**ledger.counts(), "judgements": len(list(ledger.judgements))}


@contextmanager
def _becoming(file: Path) -> Iterator[Path]:
    """A file beside the one wanted, which takes its name when it is complete and on the disk."""
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        yield part
        for place in (part, file.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        part.replace(file)
    except OSError as error:
        kind = LedgerFull if error.errno == 28 else LedgerUnreachable
        raise kind(f"the copy {part}: {error.strerror or error}") from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + end).unlink(missing_ok=True)


def _copy_sqlite(path: Path, part: Path) -> None:
    if not path.exists():
        raise LedgerMissing(f"there is no ledger at {path} yet: `dabi add` or `dabi follow` makes one")
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            # All pages in one step: in several, every writer in between would make it begin again.
            source.backup(target, pages=-1)
            # A copy is one file, without a log beside it; opened as a ledger it gets its log again.
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise _explained(error, path, part) from error


def _explained(error: sqlite3.Error, path: Path, part: Path) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", None)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return LedgerFull(f"the copy {part}: the disk is full")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LedgerDamaged(f"the ledger {path}: the file is damaged or is no ledger")
    return LedgerUnreachable(f"the ledger {path} can't be copied: {error}")


def _check_sqlite(file: Path) -> None:
    """Read all of a copy. Raises LedgerDamaged when anything is wrong with it, or it is no ledger."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            wrong = [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]
            wrong += [f"a broken reference in {row[0]}" for row in copy.execute("PRAGMA foreign_key_check")]
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise LedgerDamaged(f"{file}: {error}") from error
    if wrong:
        raise LedgerDamaged(f"{file}: {wrong[0]}")


def _check_empty(url: URL) -> None:
    """Raises LedgerError where a database holds tables already, and the errors of one that can't be reached."""
    engine = connect(url, create=False)
    try:
        with failing_clearly(url):
            there = sorted(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    if "alembic_version" in there and "pages" in there:
        raise LedgerError(f"there is a ledger in {shown(url)} already: restore into an empty database")
    if there:
        tables = ", ".join(there[:3]) + (" …" if len(there) > 3 else "")
        raise LedgerError(f"there are tables in {shown(url)} already ({tables}): restore into an empty database")


def _kind(copy: Path) -> Kind:
    try:
        with copy.open("rb") as file:
            begin = file.read(16)
    except OSError as error:
        raise LedgerMissing(f"{copy}: {error.strerror or error}") from error
    for magic, kind in _MAGIC:
        if begin.startswith(magic):
            return kind
    raise LedgerDamaged(f"{copy} is no copy of a ledger")


def _public(url: URL) -> str:
    """The database for PostgreSQL's own programs. The password goes through the environment: arguments can be seen."""
    query = {name: value for name, value in url.query.items() if name != "password"}
    public = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return public.render_as_string()


def _run(url: URL, program: str, *arguments: str) -> None:
    command = [program, *arguments]
    if shutil.which(program) is None:
        raise LedgerError(
            f"{program} is not installed here (on Debian: postgresql-client). Where it is, run: {shlex.join(command)}"
        )
    password = url.password or url.query.get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or [f"status {done.returncode}"]
        raise LedgerError(f"{lines[0].removeprefix(f'{program}: ')} (by {program})")
