"""Addresses that hold a day, of lists that an outlet makes anew each day: …/{year}-{month}-{day}/sitemap.xml."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

FIELDS = ("year", "month", "day")
_FIELD = re.compile(r"\{([^{}]*)\}")


def is_daily(url: str) -> bool:
    """Whether an address names a field of a day."""
    return any(f"{{{field}}}" in url for field in FIELDS)


def on_day(url: str, day: date) -> str:
    """The address of a day's list: the year in four digits, month and day in two."""
    for field, value in zip(FIELDS, (f"{day:%Y}", f"{day:%m}", f"{day:%d}"), strict=True):
        url = url.replace(f"{{{field}}}", value)
    return url


def check_daily(url: str) -> None:
    """Raises ValueError, with what is wrong in words, for braces that do not name a whole day behind the host."""
    named = _FIELD.findall(url)
    if set("{}") & set(_FIELD.sub("", url)):
        raise ValueError("a brace that is opened must be closed: {year}, {month} and {day} stand for the day")
    if unknown := [field for field in named if field not in FIELDS]:
        raise ValueError(f"there is no {{{unknown[0]}}}: {{year}}, {{month}} and {{day}} stand for the day")
    if missing := [f"{{{field}}}" for field in FIELDS if field not in named] if named else []:
        raise ValueError(f"it names no whole day, without {' and '.join(missing)}")
    if named and "{" in urlsplit(url).netloc:
        raise ValueError("the day must stand behind the host")
