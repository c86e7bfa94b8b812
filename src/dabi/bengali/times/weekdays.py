"""Days named by the week or by their distance: গত রোববার, আজ, পরদিন, আগামী সপ্তাহে."""

from __future__ import annotations

from .events import after_event
from .lexer import DAY_PARTS, RELATIVE_DAYS, UNITS, WEEKDAYS, RelativeDay
from .moment import Moment
from .years import modifier_at

KAL = "কাল"  # tomorrow or yesterday
THIS = frozenset({"এই", "এ"})


def weekday_element(m: Moment, words: list[str], i: int) -> int:
    """সোমবার, গত রোববার, রবি ও সোমবার, শুক্র বা শনিবার."""
    if m.weekday is not None:
        return i
    modifier, j = modifier_at(words, i)
    found = WEEKDAYS.at(words, j)
    if found is None:
        return i
    term, end = found
    if term.value.short:
        if end >= len(words) or words[end] not in ("ও", "বা", "এবং", "কিংবা", "-", "–"):
            return i
        second = WEEKDAYS.at(words, end + 1)
        if second is None or second[0].value.short:
            return i
        m.weekday_to = second[0].value.number
        m.alternative = words[end] in ("বা", "কিংবা")
        m.note(second[0])
        end = second[1]
    else:
        m.note(term)
    if modifier in ("last", "next", "this", "following", "preceding"):
        m.weekday_modifier = modifier
    m.weekday = term.value.number
    return end


def relative_day(m: Moment, words: list[str], i: int) -> int:
    """আজ, গতকাল, আগামীকাল, পরশু, ওই দিন, পরদিন."""
    if m.relative is not None or m.weekday is not None or m.day is not None:
        return i
    found = RELATIVE_DAYS.at(words, i)
    if found is None:
        following = words[i + 1] if i + 1 < len(words) else ""
        if words[i] == KAL and not m.has_calendar and (following in DAY_PARTS.single or following in WEEKDAYS.single):
            m.relative, m.case = RelativeDay(1, False, True, False), ""
            m.entries.append("relative_days.tsv: কাল")
            return i + 1
        if m.year is not None and words[i] in THIS and words[i + 1 : i + 2] in (["দিনে"], ["দিন"]):
            m.relative = RelativeDay(0, False, False, False)  # ১৯৫২ সালের এই দিনে
            m.case = "locative"
            return i + 2
        return i
    if words[i] == "পর" and i > 0 and words[i - 1] == "দিনের":
        return i  # দিনের পর দিন: day after day
    m.relative = found[0].value
    m.of_event = m.relative.named and m.relative.days != 0 and after_event(words, i)
    m.note(found[0])
    return found[1]


def week_element(m: Moment, words: list[str], i: int) -> int:
    """গত সপ্তাহে, আগামী সপ্তাহের."""
    if m.has_calendar:
        return i
    modifier, j = modifier_at(words, i)
    if not modifier:
        return i
    unit = UNITS.at(words, j)
    if unit is None or unit[0].value != "week":
        return i
    m.week_shift = modifier
    m.note(unit[0])
    return unit[1]
