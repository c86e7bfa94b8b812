"""What can go wrong with a ledger, in words that say what to do. After any of these the data are as they were."""

from __future__ import annotations


class LedgerError(Exception):
    """Base of all errors of the ledger."""


class LedgerRefused(LedgerError):
    """What was to be written can't be kept or makes no sense; other things can still be written."""


class LedgerMissing(LedgerError):
    """There is no ledger at the place named, or no such thing in it."""


class LedgerLocked(LedgerError):
    """Another process is writing and did not finish in time."""


class LedgerTooSlow(LedgerError):
    """A question took longer than whoever runs the ledger allows."""


class LedgerFull(LedgerError):
    """The disk is full or the file may not grow."""


class LedgerDamaged(LedgerError):
    """The file is not a ledger, or parts of it are not readable."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer dabi."""


class LedgerUnreachable(LedgerError):
    """The database server does not answer or refuses."""


class LedgerReadOnly(LedgerError):
    """The ledger may be read but not written."""
