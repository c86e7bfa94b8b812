"""The part of the day and the clock time of a point, and the words that may stand between them."""

from __future__ import annotations

from .clock import dial_at
from .lexer import DAY_PARTS, FILLERS, MODIFIERS, PRAYERS, RELATIVE_DAYS, TAILS, WEEKDAYS, ZONES
from .moment import Moment


def part_element(m: Moment, words: list[str], i: int) -> int:
    """সকাল, দুপুর, দিবাগত রাত, বাদ আসর."""
    if m.part is not None or m.dial is not None or m.prayer:
        return i
    prayer = PRAYERS.at(words, i)
    if prayer is not None:
        m.prayer = True
        m.note(prayer[0])
        return prayer[1]
    found = DAY_PARTS.at(words, i)
    if found is None or (not m.has_calendar and found[0].word.isascii()):
        return i
    m.part = found[0].value
    m.note(found[0])
    return found[1]


def clock_element(m: Moment, words: list[str], i: int) -> int:
    """The clock time, after its part of the day or by itself."""
    if m.dial is not None or m.prayer:
        return i
    strong = m.part is not None and m.case != "genitive"
    dial = dial_at(words, i, strong=strong)
    if dial is None:
        return i
    if m.part is None:
        after = DAY_PARTS.at(words, dial.end)
        if after is not None and not after[0].value.alone:
            m.part = after[0].value
            dial = dial._replace(end=after[1])
        elif not m.has_calendar and not (dial.case or dial.minutes_written) and TAILS.at(words, dial.end) is None:
            return i
    m.dial = dial
    m.case = dial.case
    return dial.end


def filler(m: Moment, words: list[str], i: int) -> int:
    """স্থানীয় সময়, প্রথম কার্যদিবসে: only between the parts of a time."""
    if not (m.has_day or _leads(words, i)) or m.dial is not None:
        return i
    found = ZONES.at(words, i) or (FILLERS.at(words, i) if m.has_day else None)
    if found is None and m.has_day and words[i].endswith("র") and i + 1 < len(words):
        found = ZONES.at(words, i + 1)  # যুক্তরাষ্ট্রের স্থানীয় সময়
    return found[1] if found is not None else i


def _leads(words: list[str], i: int) -> bool:
    found = ZONES.at(words, i)
    if found is None or found[1] >= len(words):
        return False
    following = words[found[1]]
    return (
        following in DAY_PARTS.single
        or following in WEEKDAYS.single
        or following in RELATIVE_DAYS.single
        or following in MODIFIERS.single
        or following[0].isdecimal()
    )
