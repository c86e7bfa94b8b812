"""How often each client may write: one count for all processes of a service."""

from __future__ import annotations

import logging
import sqlite3
import time
import weakref
from collections.abc import Callable

log = logging.getLogger("dabi.web")

_PERIOD = 60.0  # seconds in which a client that has used up its writes gets all of them back
_PATIENCE = 1.0  # seconds to wait for a process that is counting; it takes microseconds
# Nothing in it need outlive the machine; with a log a process that is killed while it writes spoils nothing.
_TABLE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS clients (client TEXT PRIMARY KEY, free REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS clients_free ON clients (free);
"""


class Rate:
    """A bucket of writes for each client that refills within a minute.

    Processes that are given the same `place`, a file in a folder of their own, count together; without one this
    process counts alone. `clock` in seconds, the same for all processes of the machine. Where the file can't be used
    (a full disk, a folder that was cleared away), each process goes on counting for itself.
    """

    def __init__(
        self, per_minute: int, place: str | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._each = _PERIOD / per_minute
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
        try:
            return self._taken(client)
        except sqlite3.Error as error:
            self._count_alone(error)
            return self._taken(client)

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

    def _count_in(self, place: str) -> None:
        counts = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, counts.close)
        counts.executescript(_TABLE)
        self._counts = counts

    def _count_alone(self, error: sqlite3.Error) -> None:
        log.warning("writes are counted by each process for itself from now on: %s", error)
        self._count_in(":memory:")
