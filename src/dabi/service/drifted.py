"""The outlets whose pages no longer read as they should, kept at hand for a page that many look at."""

from __future__ import annotations

import threading
import time

import msgspec

from ..ledger import Ledger
from ..ledger.overview import current_reading
from .drift import OutletCheck, check_ledger

DAYS = 7  # those that `dabi outlets check` looks at by itself
_FRESH = 3600.0  # seconds; what drifts does so over days


class Drifted(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet that drifted, and the reading of the page that shows it; None where that has another address."""

    check: OutletCheck
    reading: int | None


class Drifting:
    """Checks a ledger's outlets when asked and not more often than every hour: that reads how all pages of the last
    weeks were read. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._known: tuple[float, tuple[Drifted, ...]] | None = None

    def outlets(self) -> tuple[Drifted, ...]:
        """Those that drifted, by name."""
        with self._lock:  # others wait for the one that checks
            now = time.monotonic()
            if self._known is None or now - self._known[0] > _FRESH:
                self._known = (now, tuple(self._checked()))
            return self._known[1]

    def _checked(self) -> list[Drifted]:
        found = [check for check in check_ledger(self._ledger, days=DAYS, hints=False) if check.status == "drifted"]
        return [
            Drifted(check=check, reading=current_reading(self._ledger, check.example) if check.example else None)
            for check in found
        ]
