"""Connecting to the database that holds a ledger, and its errors in words."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import exc as sql
from sqlalchemy.engine import URL, make_url

from .errors import (
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    LedgerTooSlow,
    LedgerUnreachable,
)
from .exclusive import LOOKS

_PASSWORD = re.compile(r"(?<=:)(?!//)[^:]*(?=@)|(?<=password=)[^&]*")
# How long a writer waits for another, seconds.
PATIENCE = 30.0


class Pooling(msgspec.Struct, frozen=True, kw_only=True):
    """The connections of one process, and how long they may be used.

    `size` are kept open, `overflow` more are opened when all are in use; who then asks waits `wait` seconds. On
    PostgreSQL a connection older than `recycle` seconds is made anew, and a question that only reads ends after
    `reading` seconds (0: never), so that one careless search does not hold the server.
    """

    size: int = 5
    overflow: int = 10
    wait: float = 30.0
    recycle: int = 1800
    reading: float = 0.0

    @classmethod
    def of(cls, most: int, *, recycle: int, reading: float) -> Pooling:
        """At most so many connections, a third of them kept open."""
        size = max(1, most // 3)
        return cls(size=size, overflow=most - size, recycle=recycle, reading=reading)


def location(where: str | Path) -> URL:
    """The database's URL: a file path or sqlite:///path, or postgresql://user@host/name."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser().absolute()))
    try:
        url = make_url(where)
    except (sql.ArgumentError, ValueError) as error:
        raise LedgerError(f"this is not a database URL: {_PASSWORD.sub('***', where)}") from error
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url.set(database=str(Path(url.database).absolute()))
    raise LedgerError(f"a ledger lives in a file or in PostgreSQL, not in {url.drivername}")


def shown(url: URL) -> str:
    """The database as people are told of it: without the driver's name, a password or other settings."""
    if url.drivername == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def connect(url: URL, *, create: bool, patience: float = PATIENCE, pooling: Pooling | None = None) -> Engine:
    """An engine whose transactions are as the ledger needs them.

    Transactions of connections with the execution option `writes` take the write lock at their start, so that what
    they read before writing still holds when they write.
    """
    pool = pooling or Pooling()
    pooled: dict[str, Any] = {"pool_size": pool.size, "max_overflow": pool.overflow, "pool_timeout": pool.wait}
    if url.drivername == "sqlite":
        path = Path(url.database or "")
        if path.is_dir():
            raise LedgerError(f"{path} is a folder, not a ledger")
        if not path.exists():
            if not create:
                raise LedgerMissing(f"there is no ledger at {path} yet: `dabi add` or `dabi follow` makes one")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LedgerUnreachable(f"the ledger {path}: {error.strerror or error}") from error
        engine = create_engine(url, connect_args={"timeout": patience}, **pooled)
        event.listen(engine, "connect", partial(_prepare_sqlite, patience))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = {"lock_timeout": patience, "statement_timeout": pool.reading}
    options = [*_listed(url.query.get("options")), *(f"-c {name}={int(s * 1000)}" for name, s in limits.items())]
    arguments: dict[str, Any] = {"options": " ".join(options)}
    for name, value in (("connect_timeout", 10), ("application_name", "dabi")):
        if name not in url.query:
            arguments[name] = value
    engine = create_engine(
        url, connect_args=arguments, pool_pre_ping=True, pool_recycle=pool.recycle, pool_use_lifo=True, **pooled
    )
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _listed(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else given


def _begin_postgres(connection: Connection) -> None:
    """The limit on questions is not for those who write: linking a large story takes its time."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def _prepare_sqlite(patience: float, connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours to say, see _begin_sqlite
    _write_ahead(connection, patience)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32768"):
        connection.execute(f"PRAGMA {pragma}").close()


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Have the file written ahead of (WAL), waiting for who writes in it.

    SQLite itself does not wait here: a connection that reads and is about to become the one that writes is told at
    once that the file is locked (measured: 2 of 480 processes opening a new file together).
    """
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(LOOKS)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_BY_MESSAGE: tuple[tuple[str, type[LedgerError], str], ...] = (
    ("database is locked|database table is locked", LedgerLocked, "another process is writing to it"),
    ("database or disk is full", LedgerFull, "the disk is full"),
    ("disk I/O error", LedgerFull, "the disk is full or failing"),
    ("malformed|not a database|file is encrypted|corrupt", LedgerDamaged, "the file is damaged or is no ledger"),
    ("readonly|read-only", LedgerReadOnly, "it may not be written"),
    ("unable to open database file", LedgerUnreachable, "the file can't be opened"),
    ("append-only", LedgerError, "statements are never changed"),
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_CODE: dict[str, tuple[type[LedgerError], str]] = {
    "53100": (LedgerFull, "the disk of the server is full"),
    "55P03": (LedgerLocked, "another process is writing to it"),
    "40P01": (LedgerLocked, "another process is writing to it"),
    "57014": (LedgerTooSlow, "the question took longer than is allowed"),
    "53300": (LedgerUnreachable, "the server has no connection left"),
    "25006": (LedgerReadOnly, "it may not be written"),
    "42501": (LedgerReadOnly, "the user may not write there"),
    "XX001": (LedgerDamaged, "the database is damaged"),
    "XX002": (LedgerDamaged, "an index of the database is damaged"),
    "3D000": (LedgerMissing, "the server has no such database"),
}


@contextmanager
def failing_clearly(url: URL) -> Iterator[None]:
    """Turns the database's errors into the ledger's, with its name and the original words."""
    name = shown(url)
    try:
        yield
    except sql.DBAPIError as error:
        kind, words = _explain(error)
        first = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else ""
        raise kind(f"the ledger {name}: {words} ({first})") from error
    except sql.TimeoutError as error:
        raise LedgerLocked(f"the ledger {name}: all connections are in use") from error


def _explain(error: sql.DBAPIError) -> tuple[type[LedgerError], str]:
    code = getattr(error.orig, "sqlstate", None)
    if code in _BY_CODE:
        return _BY_CODE[code]
    message = str(error.orig)
    for pattern, kind, words in _BY_MESSAGE:
        if re.search(pattern, message):
            return kind, words
    if isinstance(error, sql.OperationalError):
        return LedgerUnreachable, "the database does not answer"
    return LedgerError, "the database refuses"
