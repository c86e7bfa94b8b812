"""The outlets whose pages no longer read as they should, kept at hand for a page that many look at."""

from __future__ import annotations

import logging
import threading
import time

import msgspec

from ..ledger import Ledger, LedgerError
from ..ledger.overview import current_reading
from .drift import OutletCheck, check_ledger

log = logging.getLogger("dabi.service")

DAYS = 7  # those that `dabi outlets check` looks at by itself
_FRESH = 3600.0  # seconds; what drifts does so over days


class Drifted(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet that drifted, and the reading of the page that shows it; None where that has another address."""

    check: OutletCheck
    reading: int | None


class Drifting:
    """Checks a ledger's outlets beside those who ask, not more often than every hour: that reads how all pages of the
    last weeks were read, some eight thousand a second. Safe to use from several threads.

    Who asks waits `patience` seconds for a check that runs and then gets what the one before found, at first nothing.
    """

    def __init__(self, ledger: Ledger, patience: float = 2.0) -> None:
        self._ledger = ledger
        self._patience = patience
        self._lock = threading.Lock()
        self._checking: threading.Thread | None = None
        self._checked: float | None = None
        self._found: tuple[Drifted, ...] = ()

    def outlets(self) -> tuple[Drifted, ...]:
        """Those that drifted, by name."""
        with self._lock:
            old = self._checked is None or time.monotonic() - self._checked > _FRESH
            if old and self._checking is None:
                self._checking = threading.Thread(target=self._check, name="drift", daemon=True)
                self._checking.start()
            checking = self._checking
        if checking is not None:
            checking.join(self._patience)
        return self._found

    def _check(self) -> None:
        try:
            checks = check_ledger(self._ledger, days=DAYS, hints=False)
            self._found = tuple(
                Drifted(check=check, reading=current_reading(self._ledger, check.example) if check.example else None)
                for check in checks
                if check.status == "drifted"
            )
        except LedgerError as error:
            log.warning("outlets could not be checked: %s", error)
        finally:
            with self._lock:
                self._checked, self._checking = time.monotonic(), None
