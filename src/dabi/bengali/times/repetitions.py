"""Repetition: প্রতিদিন, প্রতি মাসে, প্রতি শুক্রবার, প্রতি দুই বছর পরপর, সপ্তাহে তিন দিন."""

from __future__ import annotations

from typing import NamedTuple

from ..lexicon import rows
from .edtf import duration
from .lexer import DAY_PARTS, EVERY, RELATIVE_DAYS, UNITS, WEEKDAYS, Table
from .numbers import number_at

_SPEED = ("কিলোমিটার", "কিমি", "কি", "মাইল", "মিটার", "নটিক্যাল", "ঘন", "লাখ", "হাজার", "কিউসেক")
_APART = frozenset({"পরপর", "অন্তর", "পর", "অন্তর অন্তর"})
_PERIODS = {
    "second": "PT1S",
    "minute": "PT1M",
    "hour": "PT1H",
    "day": "P1D",
    "week": "P1W",
    "month": "P1M",
    "year": "P1Y",
}


class Repetition(NamedTuple):
    """An ISO 8601 period and where it is written."""

    period: str
    start: int
    end: int
    entries: tuple[str, ...]


def _table() -> Table[str]:
    table: Table[str] = Table("repetitions.tsv")
    for row in rows("repetitions.tsv"):
        table.add(row["word"], row["period"])
    return table


REPETITIONS = _table()


def read_repetition(words: list[str], i: int) -> Repetition | None:
    """A repetition from token i."""
    found = REPETITIONS.at(words, i)
    if found is not None:
        return Repetition(found[0].value, i, found[1], (found[0].entry,))
    every = EVERY.single.get(words[i])
    if every is not None:
        return _every(words, i)
    unit = UNITS.single.get(words[i])
    if unit is not None and unit.case == "locative" and unit.value in ("week", "month", "year", "day"):
        return _times_in(words, i, unit.value, unit.entry)
    return None


def _every(words: list[str], i: int) -> Repetition | None:
    """প্রতি মাসে, প্রতি শুক্রবার, প্রতি রাতে, প্রতি ১৫ দিনে, প্রতি দুই বছর অন্তর."""
    j = i + 1
    if j >= len(words):
        return None
    unit = UNITS.at(words, j)
    if unit is not None:
        period = _PERIODS.get(unit[0].value)
        if period is None or (unit[0].case == "" and unit[0].value in ("second", "minute", "hour")):
            return None
        number = number_at(words, unit[1]) if unit[0].value in ("second", "minute", "hour") else None
        if number is not None and number.end < len(words) and words[number.end].startswith(_SPEED):
            return None  # a speed: প্রতি ঘণ্টায় ৬০ কিলোমিটার
        return Repetition(period, i, unit[1], (f"time_words.tsv: {words[i]}", unit[0].entry))
    weekday = WEEKDAYS.at(words, j)
    if weekday is not None and not weekday[0].value.short:
        return Repetition("P1W", i, weekday[1], (weekday[0].entry,))
    part = DAY_PARTS.at(words, j)
    if part is not None and part[0].value.alone:
        return Repetition("P1D", i, part[1], (part[0].entry,))
    number = number_at(words, j)
    if number is not None and number.value > 0:
        unit = UNITS.at(words, number.end)
        if unit is not None and unit[0].value in _PERIODS:
            end = unit[1]
            if end < len(words) and words[end] in _APART:
                end += 1
            elif unit[0].case != "locative":
                return None
            return Repetition(duration(unit[0].value, number.value), i, end, (unit[0].entry,))
    return None


def _times_in(words: list[str], i: int, unit: str, entry: str) -> Repetition | None:
    """সপ্তাহে দুই দিন, সপ্তাহে শনি ও সোমবার; মাসে একবার is left to the quantities."""
    number = number_at(words, i + 1)
    if number is not None:
        day = UNITS.at(words, number.end)
        if day is not None and day[0].value == "day" and day[0].case in ("", "locative"):
            return Repetition(_PERIODS[unit], i, day[1], (entry, day[0].entry))
        return None
    j = i + 1
    while True:
        weekday = WEEKDAYS.at(words, j)
        if weekday is None:
            break
        j = weekday[1]
        if j < len(words) and words[j] in (",", "ও", "এবং") and WEEKDAYS.at(words, j + 1) is not None:
            j += 1
    return Repetition(_PERIODS[unit], i, j, (entry,)) if j > i + 1 else None


__all__ = ["REPETITIONS", "RELATIVE_DAYS", "Repetition", "read_repetition"]
