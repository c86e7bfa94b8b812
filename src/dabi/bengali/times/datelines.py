"""Dates as pages print them above an article: a day written out in full, perhaps with a weekday and a clock time.

Unlike times in running text, these are read without an anchor, and 17:28 is a clock time by itself.
"""

from __future__ import annotations

from datetime import date

from ..calendar import Country, from_bangla, from_hijri, gregorian
from ..passage import passage
from .lexer import DAY_PARTS, ERAS, MONTHS, Month

_DATE_ENDINGS = frozenset(["ই", "লা", "রা", "ঠা", "শে", "তারিখ"])
_ERAS = frozenset(ERAS.first_words())
_SEPARATORS = frozenset(",()।-–—:/.")
_NUMERIC = frozenset("-/.–")


def parse_date(text: str, country: Country = "BD") -> str | None:
    """The EDTF date, or date and time, of a dateline; None if no full date stands in it.

    A Gregorian date wins over a Bangla one, and that over a Hijri one; of several alike the first is taken.
    """
    tokens = passage(text)
    words = tokens.words
    touching = [i for i in range(len(words)) if tokens.touches(i)]
    best: tuple[int, int, date, int] | None = None
    glued = frozenset(touching)
    for i in range(len(words)):
        found = _numeric(words, i, glued) or _written(words, i, country)
        if found is not None and (best is None or found[0] < best[0]):
            best = (found[0], i, found[1], found[2])
            if best[0] == 0:
                break
    if best is None:
        return None
    _, start, day, end = best
    clock = _clock(words, end, len(words)) or _clock(words, 0, start)
    return f"{day.isoformat()}T{clock}" if clock else day.isoformat()


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) <= 4 else None


def _numeric(words: list[str], i: int, glued: frozenset[int]) -> tuple[int, date, int] | None:
    """15-08-2024, 21/10/2024, 2024-08-15, 13.07.2025."""
    if not words[i][0].isdecimal():
        return None
    if words[i].count(".") == 2:
        parts, end = words[i].split("."), i + 1
    elif i + 4 < len(words) and words[i + 1] in _NUMERIC and words[i + 3] == words[i + 1] and i + 4 in glued:
        parts, end = [words[i], words[i + 2], words[i + 4]], i + 5
    else:
        return None
    if not all(part.isdecimal() for part in parts):
        return None
    found = numeric_date(parts)
    return (0, found, end) if found else None


def numeric_date(parts: list[str]) -> date | None:
    """Three numbers as day, month, year (or year, month, day), the month second as in Bangladesh and India."""
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return gregorian(a, b, c)
    if len(parts[2]) == 4:
        return gregorian(c, b, a)
    if len(parts[2]) == 2 and len(parts[0]) <= 2:
        return gregorian(2000 + c, b, a)
    return None


def _written(words: list[str], i: int, country: Country) -> tuple[int, date, int] | None:
    """১৭ এপ্রিল ২০২২, সেপ্টেম্বর ২, ২০২২, ০৩ আষাঢ় ১৪৩২, ২০২৪ সালের ৫ আগস্ট."""
    number = _number(words[i])
    if number is not None:
        if number > 99:
            j = _skip(words, i + 1, _ERAS)
            day = _number(words[j]) if j < len(words) else None
            month = MONTHS.at(words, _skip(words, j + 1, _DATE_ENDINGS)) if day else None
            return _as_date(number, month[0].value, day or 0, month[1], country) if month else None
        month = MONTHS.at(words, _skip(words, i + 1, _DATE_ENDINGS))
        if month is None:
            return None
        year_at = _skip(words, month[1], _SEPARATORS)
        year = _number(words[year_at]) if year_at < len(words) else None
        return _as_date(year, month[0].value, number, year_at + 1, country) if year else None
    month = MONTHS.at(words, i)
    if month is None or month[1] >= len(words):
        return None
    day = _number(words[month[1]])
    year_at = _skip(words, _skip(words, month[1] + 1, _DATE_ENDINGS), _SEPARATORS)
    year = _number(words[year_at]) if year_at < len(words) else None
    return _as_date(year, month[0].value, day, year_at + 1, country) if year and day else None


def _as_date(year: int, month: Month, day: int, end: int, country: Country) -> tuple[int, date, int] | None:
    if year < 100:
        year += 2000 if month.calendar == "gregorian" else 1400
    if month.calendar == "gregorian":
        found, rank = gregorian(year, month.number, day), 0
    elif month.calendar == "bangla":
        found, rank = from_bangla(year, month.number, day, country), 1
    else:
        found, rank = from_hijri(year, month.number, day), 2
    return (rank, found, end) if found else None


def _skip(words: list[str], i: int, skipped: frozenset[str]) -> int:
    while i < len(words) and words[i] in skipped:
        i += 1
    return i


def _clock(words: list[str], first: int, last: int) -> str | None:
    """The first clock time among tokens first..last-1, as HH:MM."""
    for i in range(first, last):
        word = words[i]
        if not word[0].isdecimal():
            continue
        end = i + 1
        if i + 2 < last and words[i + 1] == ":" and len(words[i + 2]) == 2 and words[i + 2].isdecimal():
            hour, minute, end = word, words[i + 2], i + 3
            if end + 1 < last and words[end] == ":" and words[end + 1].isdecimal():
                end += 2
        elif word.count(".") == 1 and (len(word.split(".")[1]) == 2):
            hour, minute = word.split(".")
        elif len(word) == 4 and word.isdecimal() and words[i + 1 : i + 2] == ["ঘণ্টা"] and i + 1 < last:
            hour, minute, end = word[:2], word[2:], i + 2  # ১৬১১ ঘণ্টা
        elif i + 1 < last and words[i + 1] in ("টা", "টায়"):
            hour, minute, end = word, "0", i + 2
            if end + 1 < last and words[end].isdecimal() and words[end + 1] in ("মিনিট", "মিনিটে"):
                minute, end = words[end], end + 2
        else:
            continue
        before = DAY_PARTS.at(words, i - 1) if i > first else None
        after = _half_day(words, end, last)
        if word.count(".") and not (before or after):
            continue
        start = after if after is not None else before[0].value.start if before else 0
        return _reading(int(hour), int(minute), start, bool(before or after is not None))
    return None


def _half_day(words: list[str], i: int, last: int) -> int | None:
    if i + 3 < last + 1 and words[i : i + 1] and words[i].lower() in ("a", "p") and words[i + 1] == ".":
        return 12 if words[i].lower() == "p" else 0
    part = DAY_PARTS.at(words, i) if i < last else None
    return part[0].value.start if part else None


def _reading(hour: int, minute: int, start: int, on_dial: bool) -> str | None:
    if hour > 24 or minute > 59:
        return None
    if on_dial and hour <= 12:
        hour = start + (hour - start) % 12
    return f"{hour % 24:02d}:{minute:02d}"
