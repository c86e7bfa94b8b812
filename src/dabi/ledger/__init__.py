"""The ledger: every report and claim for ever, append-only, in SQLite or PostgreSQL.

The database libraries are loaded when a ledger is opened, not when this package is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import (
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    LedgerRefused,
    LedgerTooNew,
    LedgerTooSlow,
    LedgerUnreachable,
)
from .records import Added, Change, ClaimRecord, Hit, Judgement, Query, ReportRecord, Submission

if TYPE_CHECKING:
    from .store import Ledger, open_ledger

__all__ = [
    "open_ledger",
    "Ledger",
    "Submission",
    "Added",
    "Change",
    "Query",
    "Hit",
    "ReportRecord",
    "ClaimRecord",
    "Judgement",
    "LedgerError",
    "LedgerMissing",
    "LedgerLocked",
    "LedgerFull",
    "LedgerDamaged",
    "LedgerTooNew",
    "LedgerTooSlow",
    "LedgerUnreachable",
    "LedgerReadOnly",
    "LedgerRefused",
]


def __getattr__(name: str) -> Any:
    if name in ("Ledger", "open_ledger"):
        from . import store

        return getattr(store, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
