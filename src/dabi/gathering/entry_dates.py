"""The dates that feeds and sitemaps give: RFC 822, ISO 8601, or as people write them in Bengali or English."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from ..bengali.calendar import Country
from ..reading.dates import as_edtf

LONGEST = 120  # characters; weekday, date in two calendars and time fit
CLOCKS: dict[Country, timezone] = {"BD": timezone(timedelta(hours=6)), "IN": timezone(timedelta(hours=5, minutes=30))}
# How far in the future a date may lie before its zone is doubted: clocks of servers are off by minutes.
_SLACK = timedelta(minutes=30)

_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}\b")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?", re.S)
_GMT = re.compile(r"(?:\b(?:GMT|UTC?)|Z|[+-]00:?00)\s*$", re.I)
_SPACED_ZONE = re.compile(r"\s+([+-]\d{2}:?\d{2})$")


class EntryDate(NamedTuple):
    """A date of an entry: `edtf` in the outlet's own clock time, as articles have it, and the instant (UTC).

    A date without a time is the beginning of its day.
    """

    edtf: str
    instant: datetime


def entry_date(written: str | None, country: Country, seen: datetime | None = None) -> EntryDate | None:
    """What a date in a feed means; None for what is none.

    A time without a zone is the outlet's own, not UTC. So is one that calls itself GMT and would lie in the future of
    `seen`, when the list was fetched: many outlets write local time and call it GMT.
    """
    if not written or len(written) > LONGEST:
        return None
    text = " ".join(written.split())
    zone = CLOCKS[country]
    moment = _machine(text, zone)
    if moment is None:
        return _human(text, country)
    if seen is not None and _GMT.search(text) and moment > seen + _SLACK:
        local = moment.replace(tzinfo=zone)
        if local <= seen + _SLACK:
            moment = local
    try:
        return EntryDate(moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M").rjust(16, "0"), moment.astimezone(UTC))
    except (OverflowError, ValueError):
        return None


def iso(instant: datetime) -> str:
    """An instant as the ledger writes it."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_day(instant: datetime, country: Country) -> date:
    """The day that it is in a country at an instant."""
    return instant.astimezone(CLOCKS[country]).date()


def _machine(text: str, zone: timezone) -> datetime | None:
    """A date with a time as machines write it."""
    try:
        if _RFC_822.match(text) and _CLOCK.search(text):
            found = parsedate_to_datetime(text)
        elif _ISO.fullmatch(text) and len(text) > 10:
            found = datetime.fromisoformat(_SPACED_ZONE.sub(r"\1", text))
        else:
            return None
        return found if found.tzinfo is not None else found.replace(tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _human(text: str, country: Country) -> EntryDate | None:
    """A date as people write it, or a day alone."""
    try:
        edtf = as_edtf(text, country)
    except (ValueError, OverflowError):
        return None
    if edtf is None:
        return None
    try:
        # A month or year alone says too little to go by.
        start = datetime.fromisoformat(edtf).replace(tzinfo=CLOCKS[country])
        return EntryDate(edtf, start.astimezone(UTC)) if len(edtf) >= 10 else None
    except (ValueError, OverflowError):
        return None
