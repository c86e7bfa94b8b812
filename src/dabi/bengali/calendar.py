"""The calendars that Bengali news is dated in: Gregorian, the two Bangla calendars, and Hijri.

Bangladesh counts by the Bangla Academy's rules of 2019 (six months of 31 days from 14 April, then 30, with Falgun
29 or, in a leap year, 30): 21 February is always 8 Falgun. They are applied to earlier years as well.
West Bengal keeps the sidereal year of the Surya Siddhanta: a month begins on the day after the sun enters its
sign, days counted from midnight (Dershowitz and Reingold, Calendrical Calculations, ch. 20, with the Bengal rule).
Hijri dates are those of the tabular Islamic calendar, which may differ by a day from the sighting of the moon.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Calendar = Literal["gregorian", "bangla", "hijri"]
Country = Literal["BD", "IN"]

_BANGLA_MONTH_STARTS = (
    (4, 14), (5, 15), (6, 15), (7, 16), (8, 16), (9, 16),
    (10, 17), (11, 16), (12, 16), (1, 15), (2, 14), (3, 15),
)  # fmt: skip
BANGLA_ERA = 593  # Gregorian year in which Bangla year 0 begins

_HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram 1, civil, in the proleptic Gregorian calendar


def is_leap(year: int) -> bool:
    """Whether a Gregorian year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The length of a Gregorian month."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def gregorian(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month):
        return date(year, month, day)
    return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The (year, month) that lies `count` months later, or earlier if negative."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


# --- Bangladesh --------------------------------------------------------------------------------------------------


def bangladesh_month_length(year: int, month: int) -> int:
    """Days of a month (1 = Boishakh) of a Bangla year in Bangladesh."""
    if month <= 6:
        return 31
    if month == 11:
        return 30 if is_leap(year + BANGLA_ERA + 1) else 29
    return 30


def from_bangladesh(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of Bangladesh's Bangla calendar; None if there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= bangladesh_month_length(year, month):
        return None
    start_month, start_day = _BANGLA_MONTH_STARTS[month - 1]
    start = gregorian(year + BANGLA_ERA + (month >= 10), start_month, start_day)
    return start + timedelta(day - 1) if start else None


def to_bangladesh(day: date) -> tuple[int, int, int]:
    """(year, month, day) in Bangladesh's Bangla calendar."""
    year = day.year - BANGLA_ERA - ((day.month, day.day) < (4, 14))
    for month in range(12, 0, -1):
        start = from_bangladesh(year, month, 1)
        if start and start <= day:
            return year, month, (day - start).days + 1
    raise ValueError(f"no Bangla date for {day}")


# --- West Bengal -------------------------------------------------------------------------------------------------

# Surya Siddhanta constants (Calendrical Calculations, 4th ed., 20.1-20.26); day numbers are those of `date`.
_SIDEREAL_YEAR = Fraction(1577917828, 4320000)
_ANOMALISTIC_YEAR = Fraction(1577917828000, 4320000000 - 387)
_KALI_YUGA = -1132959  # midnight at Ujjain before 18 February 3102 BCE (Julian)
_KALI_ERA = 3694  # Kali years elapsed when Bangla year 0 begins
_ANOMALY_AT_KALI_YUGA = float((1955880000 * _SIDEREAL_YEAR / _ANOMALISTIC_YEAR) % 1)


def _solar_longitude(moment: float) -> float:
    """The sun's sidereal longitude in degrees at a moment in days (Surya Siddhanta, one epicycle)."""
    since = moment - _KALI_YUGA
    mean = 360 * ((since / float(_SIDEREAL_YEAR)) % 1)
    anomaly = 360 * ((_ANOMALY_AT_KALI_YUGA + since / float(_ANOMALISTIC_YEAR)) % 1)
    offset = math.sin(math.radians(anomaly))
    size = 14 / 360 - abs(offset) / 42 * (14 / 360)
    return (mean - math.degrees(math.asin(offset * size))) % 360


@lru_cache(maxsize=8192)
def _west_bengal_month_start(year: int, month: int) -> date:
    """The first day of a month: the one after the civil day on which the sun enters the month's sign."""
    low = _KALI_YUGA + (year + _KALI_ERA + (month - 1) / 12) * float(_SIDEREAL_YEAR) - 7.0  # equation of centre < 3°
    high = low + 14.0
    target = (month - 1) * 30.0
    for _ in range(40):
        middle = (low + high) / 2
        if (_solar_longitude(middle) - target) % 360 < 180:
            high = middle
        else:
            low = middle
    return date.fromordinal(math.floor(high) + 1)


def from_west_bengal(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of West Bengal's Bangla calendar; None if there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= 32 or not 1 <= year <= 2000:
        return None
    found = _west_bengal_month_start(year, month) + timedelta(day - 1)
    following = _west_bengal_month_start(year + month // 12, month % 12 + 1)
    return found if found < following else None


def to_west_bengal(day: date) -> tuple[int, int, int]:
    """(year, month, day) in West Bengal's Bangla calendar."""
    year = day.year - BANGLA_ERA
    if _west_bengal_month_start(year, 1) > day:
        year -= 1
    for month in range(12, 0, -1):
        start = _west_bengal_month_start(year, month)
        if start <= day:
            return year, month, (day - start).days + 1
    raise ValueError(f"no Bangla date for {day}")


# --- both Bangla calendars ---------------------------------------------------------------------------------------


def from_bangla(year: int, month: int, day: int, country: Country) -> date | None:
    """The Gregorian date of a Bangla date as it is counted in a country."""
    return (from_west_bengal if country == "IN" else from_bangladesh)(year, month, day)


def to_bangla(day: date, country: Country) -> tuple[int, int, int]:
    """(year, month, day) in the Bangla calendar of a country."""
    return (to_west_bengal if country == "IN" else to_bangladesh)(day)


# --- Hijri -------------------------------------------------------------------------------------------------------


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of the tabular Islamic calendar; None if there is no such day."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    ordinal = _HIJRI_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date.fromordinal(ordinal) if ordinal < date.max.toordinal() else None
