"""One process at a time: a lock that PostgreSQL holds, or the file system beside an SQLite file.

The lock goes with its holder: a process that is killed leaves nothing behind that others wait for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from .errors import LedgerLocked, LedgerUnreachable

# Any number: all dabi processes that link reports in one PostgreSQL database wait on it for each other.
_LOCK = 0x6C696E6B
# Another: only one process gathers into one database.
_GATHERING = 0x67617468
# Seconds between looks whether the file is free. Who holds it often leaves it alone for longer in between.
LOOKS = 0.01


@contextmanager
def exclusively(engine: Engine, url: URL, patience: float) -> Iterator[None]:
    """Hold the lock. Raises LedgerLocked after `patience` seconds of waiting."""
    if engine.dialect.name == "sqlite":
        with _file_held(Path(f"{url.database}-linking"), patience):
            yield
        return
    # The engine's connections give up waiting after `patience`.
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield


@contextmanager
def gathering_alone(engine: Engine, url: URL) -> Iterator[None]:
    """Be the one process that gathers into this ledger, for however long. Raises LedgerLocked when there is one."""
    taken = "the ledger {}: another process is gathering into it"
    if engine.dialect.name == "sqlite":
        with _file_held(Path(f"{url.database}-gathering"), 0.0, taken.format(url.database)):
            yield
        return
    # Held by the session, not by a transaction: one that is open for days would keep old rows from being cleared away.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _GATHERING}).scalar_one()
        if not held:
            raise LedgerLocked(taken.format(url.database))
        try:
            yield
        finally:
            with suppress(DBAPIError):  # a connection that is lost has lost the lock with it
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _GATHERING})


@contextmanager
def _file_held(path: Path, patience: float, taken: str | None = None) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: linking in two processes at once is not kept apart there
        yield
        return
    until = time.monotonic() + patience
    try:
        opened = path.open("ab")
    except OSError as error:
        raise LedgerUnreachable(f"the ledger's lock {path}: {error.strerror or error}") from error
    with opened as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise LedgerLocked(taken or f"the ledger {path.name}: another process is linking reports") from None
                time.sleep(LOOKS)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
