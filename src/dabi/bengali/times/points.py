"""Points in time as written: the elements in the order in which they stand.

Each element fills the slots of a `Moment` that are still empty; the first that cannot ends the point.
"""

from __future__ import annotations

from .dates import day_month, numeric
from .hours import clock_element, filler, part_element
from .lexer import TAILS, WEEKDAYS
from .moment import Element, Moment
from .portions import edge_element, phase_element, portion
from .weekdays import relative_day, week_element, weekday_element
from .years import era_after, year_element

ELEMENTS: tuple[Element, ...] = (
    numeric,
    year_element,
    week_element,
    day_month,
    weekday_element,
    relative_day,
    edge_element,
    portion,
    phase_element,
    part_element,
    clock_element,
    filler,
)


def read_moment(words: list[str], start: int) -> Moment | None:
    """The longest run of elements that make one point, from token `start`; None if there is none."""
    m = Moment(start)
    i = start
    n = len(words)
    while i < n:
        for element in ELEMENTS:
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
