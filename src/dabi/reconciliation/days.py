"""EDTF values as ranges of days: proleptic Gregorian ordinals, so that they can be compared and subtracted."""

from __future__ import annotations

import calendar
import re
from datetime import date

Days = tuple[int | None, int | None]
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def day_of(edtf: str | None) -> int | None:
    """The first day of an EDTF value, None when it names none."""
    first, last = days(edtf)
    return first if first is not None else last


def days(edtf: str | None) -> Days:
    """First and last day of an EDTF date or interval; None for an open or unknown end."""
    if not edtf:
        return None, None
    if "/" in edtf:
        left, right = edtf.split("/", 1)
        return _point(left)[0], _point(right)[1]
    return _point(edtf)


def _point(edtf: str) -> Days:
    text = edtf.strip().replace("X", "0")
    found = _POINT.match(text)
    if found is None:
        return None, None
    year, month, day = int(found[1]), found[2], found[3]
    if not 1 <= year <= 9999:
        return None, None
    if month is None:
        last = year + (9 if edtf[3:4] == "X" else 0)
        return date(year, 1, 1).toordinal(), date(min(last, 9999), 12, 31).toordinal()
    if not 1 <= int(month) <= 12:  # seasons 21..24 and worse
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    length = calendar.monthrange(year, int(month))[1]
    if day is None:
        return date(year, int(month), 1).toordinal(), date(year, int(month), length).toordinal()
    at = date(year, int(month), min(max(int(day), 1), length)).toordinal()
    return at, at
