"""First and last day of an EDTF expression, so that databases can compare dates as text (YYYY-MM-DD)."""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(\d{3}[\dX]|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?[?~%]?")
# EDTF codes for parts of a year that are not months: level 1 seasons, level 2 quarters and halves.
_PARTS = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (12, 14),  # December to February
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    40: (1, 6),
    41: (7, 12),
}
Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)


def days(edtf: str | None) -> Days:
    """First and last day; None for an open or unknown end, (None, None) for what is no date.

    2024-11 → 2024-11-01, 2024-11-30; 2024-10/.. → 2024-10-01, None; 202X → 2020-01-01, 2029-12-31.
    """
    if not edtf:
        return UNKNOWN
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return _date(first)[0], _date(last)[1]
    return _date(edtf)


def _date(text: str) -> Days:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return UNKNOWN
    year, month, day = found.groups()
    low, high = year.replace("X", "0"), year.replace("X", "9")
    if low == "0000" or month is None or month == "XX" or low != high:
        return (None, None) if high == "0000" else (f"{low if low != '0000' else '0001'}-01-01", f"{high}-12-31")
    number = int(month)
    if number in _PARTS:
        first, last = _PARTS[number]
        return f"{year}-{first:02}-01", _last_day(int(year), last)
    if not 1 <= number <= 12:
        return UNKNOWN
    if day is None or day == "XX":
        return f"{year}-{month}-01", _last_day(int(year), number)
    if not 1 <= int(day) <= monthrange(int(year), number)[1]:
        return UNKNOWN
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def _last_day(year: int, month: int) -> str:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"
