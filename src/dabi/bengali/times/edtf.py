"""Values of time: points at a precision, intervals and lengths, written as EDTF level 1 and ISO 8601."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from ..calendar import add_months, days_in_month

Clock = tuple[int, int, int | None]  # hour 0-23, minute, second


class Point(NamedTuple):
    """A year, month or day, with a clock time if known. A clock time alone has no year.

    `blurred` counts the last digits of the year that are unknown: 1 for a decade (196X), 2 for a century (19XX).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: Clock | None = None
    blurred: int = 0
    approximate: bool = False

    @property
    def date(self) -> Date | None:
        """The day, if the point is one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return Date(self.year, self.month, self.day)

    @property
    def first(self) -> Date:
        """The first day that the point covers; the point must have a year."""
        return Date((self.year or 1) // 10**self.blurred * 10**self.blurred or 1, self.month or 1, self.day or 1)

    @property
    def last(self) -> Date:
        """The last day that the point covers; the point must have a year."""
        year = (self.year or 1) // 10**self.blurred * 10**self.blurred + 10**self.blurred - 1
        month = self.month or 12
        return Date(year, month, self.day or days_in_month(year, month))

    @property
    def edtf(self) -> str:
        """The point as EDTF; a clock time without a day as T20:30."""
        text = ""
        if self.year is not None:
            text = f"{self.year:04d}"
            if self.blurred:
                text = text[: 4 - self.blurred] + "X" * self.blurred
            if self.month is not None:
                text += f"-{self.month:02d}"
                if self.day is not None:
                    text += f"-{self.day:02d}"
        if self.clock is not None:
            hour, minute, second = self.clock
            text += f"T{hour:02d}:{minute:02d}" + (f":{second:02d}" if second is not None else "")
        return text + ("~" if self.approximate else "")


def of_date(day: Date, clock: Clock | None = None) -> Point:
    """A day as a point."""
    return Point(day.year, day.month, day.day, clock)


def shift(point: Point, unit: str, count: float) -> Point | None:
    """The point that lies some units later, at the precision of the unit; None if it leaves the calendar.

    Half years and half months go to the finer unit: one and a half years before 2024-08 is 2023-02.
    """
    if point.year is None:
        return None
    if unit in ("decade", "century", "dozen"):
        unit, count = "year", count * {"decade": 10, "century": 100, "dozen": 12}[unit]
    if unit == "year" and count != int(count):
        unit, count = "month", count * 12
    if unit == "year":
        year = point.year + int(count)
        return Point(year) if 1 <= year <= 9999 else None
    if unit == "month" and count == int(count):
        year, month = add_months(point.year, point.month or 1, int(count))
        return Point(year, month) if 1 <= year <= 9999 else None
    day = point.date
    if day is None:
        return None
    days = {"month": 30, "week": 7, "day": 1}.get(unit)
    if days is None:
        return None
    try:
        return of_date(day + timedelta(round(count * days)))
    except OverflowError:
        return None


def duration(unit: str, count: float) -> str:
    """A number of units as an ISO 8601 duration: 1.5 years is P1Y6M."""
    if unit in ("decade", "century", "dozen"):
        unit, count = "year", count * {"decade": 10, "century": 100, "dozen": 12}[unit]
    whole, part = int(count), count - int(count)
    smaller = ""
    if part:
        letter, size = {
            "year": ("M", 12), "month": ("D", 30), "week": ("D", 7), "day": ("H", 24), "hour": ("M", 60),
            "minute": ("S", 60), "second": ("", 1),
        }[unit]  # fmt: skip
        rest = round(part * size)
        if unit == "week":
            return f"P{round(count * 7)}D"
        smaller = ("T" if unit == "day" else "") + f"{rest}{letter}" if rest and letter else ""
    letter = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}[unit]
    time = "T" if unit in ("hour", "minute", "second") else ""
    main = f"{whole}{letter}" if whole or not smaller else ""
    return f"P{time}{main}{smaller}"
