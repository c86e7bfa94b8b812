"""Points in time as written: the elements in the order in which they stand.

Each element fills the slots of a `Moment` that are still empty; the first that cannot ends the point.
"""

from __future__ import annotations

from collections.abc import Collection

from .clock import CLOCK_WORDS
from .dates import NAMED_DAYS, day_month, numeric
from .hours import clock_element, filler, part_element
from .lexer import (
    APPROXIMATIONS,
    DAY_PARTS,
    FILLERS,
    MODIFIERS,
    MONTHS,
    NAMED_YEARS,
    PHASES,
    PRAYERS,
    RELATIVE_DAYS,
    TAILS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from .moment import Element, Moment
from .numbers import CARDINALS
from .portions import EDGES, ORDINALS, edge_element, phase_element, portion
from .weekdays import KAL, THIS, relative_day, week_element, weekday_element
from .years import APOSTROPHES, era_after, year_element

# The elements in the order in which they are tried, each with the words that it can begin at.
ELEMENTS: tuple[tuple[Element, Collection[str]], ...] = (
    (numeric, ()),
    (year_element, {*NAMED_YEARS, *APOSTROPHES} | MODIFIERS.first_words() | UNITS.first_words()),
    (week_element, MODIFIERS.first_words()),
    (day_month, {*NAMED_DAYS, *CARDINALS} | MODIFIERS.first_words() | UNITS.first_words() | MONTHS.first_words()),
    (weekday_element, MODIFIERS.first_words() | WEEKDAYS.first_words()),
    (relative_day, RELATIVE_DAYS.first_words() | {KAL, *THIS}),
    (edge_element, EDGES),
    (portion, ORDINALS),
    (phase_element, PHASES.first_words()),
    (part_element, PRAYERS.first_words() | DAY_PARTS.first_words()),
    (clock_element, {*CLOCK_WORDS, *CARDINALS} | APPROXIMATIONS.first_words()),
    (filler, ZONES.first_words() | FILLERS.first_words()),
)
_AT_DIGITS = (numeric, year_element, day_month, clock_element)
_AT_GENITIVES = (filler,)  # যুক্তরাষ্ট্রের স্থানীয় সময়


def _by_word() -> dict[str, tuple[Element, ...]]:
    table: dict[str, tuple[Element, ...]] = {}
    for word in {word for _, words in ELEMENTS for word in words}:
        genitive = word.endswith("র")
        table[word] = tuple(e for e, words in ELEMENTS if word in words or (genitive and e in _AT_GENITIVES))
    return table


_BY_WORD = _by_word()


def elements_at(word: str) -> tuple[Element, ...]:
    """The elements that a word may begin."""
    found = _BY_WORD.get(word)
    if found is not None:
        return found
    if word[0].isdecimal():
        return _AT_DIGITS
    return _AT_GENITIVES if word[-1] == "র" else ()


def read_moment(words: list[str], start: int) -> Moment | None:
    """The longest run of elements that make one point, from token `start`; None if there is none."""
    n = len(words)
    if start >= n or not elements_at(words[start]):
        return None
    m = Moment(start)
    i = start
    while i < n:
        for element in elements_at(words[i]):
            end = element(m, words, i)
            if end > i:
                break
        else:
            end = _bracketed(m, words, i) or _after_comma(m, words, i)
            if not end:
                break
        i = m.end = end
    return m if m.end > start and _stands(m, words) else None


def _stands(m: Moment, words: list[str]) -> bool:
    """Whether what was read is a time by itself."""
    if m.has_day or m.year is not None or m.year_shift or m.week_shift or m.month_shift:
        return m.weekday is None or m.weekday_modifier != "short" or m.has_day
    if m.month is not None:
        if m.direction or m.month_to or m.phase or m.end - m.start > 1:
            return True
        if m.month.calendar == "hijri":
            return False
        word = words[m.start]
        if m.month.calendar == "bangla":
            return m.case in ("locative", "genitive") and word[:5] != "কার্ত"
        tail = TAILS.at(words, m.end)  # জুলাই সনদ, জুলাই মঞ্চ and লং মার্চ are names
        return m.case != "" or (tail is not None and tail[0].value in ("from", "until") and word != "মে")
    if m.dial is not None or m.prayer:
        return True
    return m.part is not None and m.part.alone and m.phase == "" and _part_stands(m, words)


def _part_stands(m: Moment, words: list[str]) -> bool:
    """সকালে, দুপুরের দিকে, রাত পর্যন্ত; but not সকাল সকাল, রাতের ভোট, দুপুর."""
    if m.case == "locative":
        return True
    tail = TAILS.at(words, m.end)
    return tail is not None and tail[0].value in ("from", "until", "around", "within")


def _bracketed(m: Moment, words: list[str], i: int) -> int:
    """A date after its weekday, or a weekday after its date, in brackets: সোমবার (২৩ ফেব্রুয়ারি)."""
    if words[i] != "(" or not (m.has_day or m.month is not None):
        return 0
    inner = Moment(i + 1)
    j = i + 1
    limit = min(len(words), i + 12)
    while j < limit and words[j] != ")":
        for element in (numeric, day_month, weekday_element, relative_day, year_element, part_element):
            end = element(inner, words, j)
            if end > j:
                break
        else:
            if words[j] == "," and j > i + 1:
                j += 1
                continue
            return 0
        j = end
    if j >= limit or j == i + 1 or not _merge(m, inner):
        return 0
    m.date_at = i
    return j + 1


def _merge(m: Moment, inner: Moment) -> bool:
    if not inner.has_day:
        return False
    for slot in ("day", "month", "date", "weekday", "relative", "year"):
        value = getattr(inner, slot)
        if value is not None:
            if getattr(m, slot) is not None:
                return False
            setattr(m, slot, value)
    m.direction = m.direction or inner.direction
    m.entries += inner.entries
    m.case = ""
    return True


def _after_comma(m: Moment, words: list[str], i: int) -> int:
    """A weekday and its date, or a date and its year, may be parted by a comma: শুক্রবার, ১২ জুলাই."""
    if words[i] != "," or i + 1 >= len(words) or m.case not in ("",) or m.dial is not None or m.part is not None:
        return 0
    if m.weekday is not None and m.day is None and m.date is None:
        return max(day_month(m, words, i + 1), 0) if words[i + 1][0].isdecimal() and m.month is None else 0
    if m.day is not None and m.weekday is None and words[i + 1] in WEEKDAYS.single:
        return weekday_element(m, words, i + 1) if m.weekday is None else 0
    if m.month is not None and m.day is not None and m.year is None and words[i + 1].isdecimal():
        year = int(words[i + 1]) if len(words[i + 1]) == 4 else 0
        if 1300 <= year <= 2100:
            m.year = year
            m.case = ""
            return era_after(m, words, i + 2)
    return 0
