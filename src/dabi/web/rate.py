"""How often each client may write, or be wrong: one count for all processes of a service."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
log = logging.getLogger("dabi.web")

_PERIOD = 60.0  # seconds in which a client that has used up what it may gets all of it back
_PATIENCE = 1.0  # seconds to wait for a process that is counting; it takes microseconds
# Nothing in it need outlive the machine; with a log a process that is killed while it writes spoils nothing.
_TABLE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS clients (client TEXT PRIMARY KEY, free REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS clients_free ON clients (free);
"""


class Rate:
    """A bucket for each client that refills within a minute: of writes, or of what else is `counted`.

    Processes that are given the same `place`, a file in a folder of their own, count together; without one this
    process counts alone. `clock` in seconds, the same for all processes of the machine. Where the file can't be used
    (a full disk, a folder that was cleared away), each process goes on counting for itself. Safe to use from several
    threads.
    """

    def __init__(
        self,
        per_minute: int,
        place: str | None = None,
        *,
        counted: str = "writes",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each = _PERIOD / per_minute
        self._counted = counted
        self._lock = threading.Lock()
        self._clock = clock
        self._counts: sqlite3.Connection
        if place is None:
            self._count_in(":memory:")
            return
        try:
            self._count_in(place)
        except sqlite3.Error as error:
            self._count_alone(error)

    def take(self, client: str) -> float:
        """0 when allowed, else the seconds to wait."""
        return self._counting(self._taken, client)

    def give_back(self, client: str) -> None:
        """Undo one `take` that was allowed."""
        self._counting(self._given_back, client)

    def _counting(self, count: Callable[[str], T], client: str) -> T:
        with self._lock:
            try:
                return count(f"{self._counted} {client}")
            except sqlite3.Error as error:
                self._count_alone(error)
                return count(f"{self._counted} {client}")

    def _taken(self, client: str) -> float:
        """The generic cell rate algorithm: what is kept of a client is when its bucket is full again."""
        counts = self._counts
        with counts:
            counts.execute("BEGIN IMMEDIATE")
            now = self._clock()
            row = counts.execute("SELECT free FROM clients WHERE client = ?", (client,)).fetchone()
            free = max(row[0], now) + self._each if row else now + self._each
            if (wait := free - _PERIOD - now) > 1e-6:
                return float(wait)
            if row is None:  # somebody new, so that there are never more than came within the last minute
                counts.execute("DELETE FROM clients WHERE free <= ?", (now,))
            counts.execute("INSERT OR REPLACE INTO clients VALUES (?, ?)", (client, free))
        return 0.0

    def _given_back(self, client: str) -> None:
        self._counts.execute("UPDATE clients SET free = free - ? WHERE client = ?", (self._each, client))

    def _count_in(self, place: str) -> None:
        counts = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, counts.close)
        counts.executescript(_TABLE)
        self._counts = counts

    def _count_alone(self, error: sqlite3.Error) -> None:
        log.warning("%s are counted by each process for itself from now on: %s", self._counted, error)
        self._count_in(":memory:")
