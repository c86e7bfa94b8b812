"""Points in time as written: year, month, day, weekday, relative day, part of the day and clock, in the order
in which they stand. Reading fills a `Moment`; `resolve` turns it into a date.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..words import inflections
from .clock import Dial, dial_at
from .datelines import numeric_date
from .lexer import (
    DAY_PARTS,
    ERAS,
    FILLERS,
    MODIFIERS,
    MONTHS,
    PHASES,
    PRAYERS,
    RELATIVE_DAYS,
    TAILS,
    UNITS,
    WEEKDAYS,
    ZONES,
    DayPart,
    Month,
    RelativeDay,
    Term,
)
from .numbers import CARDINALS

_DAY_ENDINGS = frozenset({"ই", "লা", "রা", "ঠা", "শে", "এ"})
_NAMED_DAYS = {
    "পয়লা": 1, "পহেলা": 1, "দোসরা": 2, "তেসরা": 3, "চৌঠা": 4,
    "একুশে": 21, "বাইশে": 22, "পঁচিশে": 25, "সাতই": 7, "ছাব্বিশে": 26,
}  # fmt: skip
_DATE_WORD = frozenset({"তারিখ", "তারিখে", "তারিখের", "তারিখেই", "তারিখও", "তারিখেও"})
_DASHES = frozenset({"-", "–", "—", "/"})
_RANGE_WORDS = frozenset({"থেকে", "হতে", "ও", "বা", "কিংবা", "অথবা", "এবং"})
_RANGE_CASES = frozenset({"", "genitive", "locative", "objective"})
_GENITIVES = frozenset({"এর", "ের", "র"})  # standing apart or after a hyphen: ২০২৪-এর
_APOSTROPHES = frozenset({"’", "‘", "'"})


class Moment:
    """What the words of one point say so far. `None` and 0 mean: not said."""

    __slots__ = (
        "start", "end", "year", "year_to", "year_shift", "year_modifier", "era", "month", "month_to", "month_shift",
        "day", "day_to", "date", "weekday", "weekday_to", "weekday_modifier", "relative", "direction", "week_shift",
        "alternative", "part", "prayer", "dial", "phase", "edge", "quarter", "week_of_month", "case", "entries",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.year: int | None = None
        self.year_to: int | None = None
        self.year_shift: str | None = None  # last, this, next, named, following, preceding
        self.year_modifier = ""
        self.era = ""
        self.month: Month | None = None
        self.month_to: Month | None = None
        self.month_shift: str | None = None
        self.week_shift: str | None = None
        self.day: int | None = None
        self.day_to: int | None = None
        self.date: tuple[int, int, int] | None = None
        self.weekday: int | None = None
        self.weekday_to: int | None = None
        self.weekday_modifier = ""
        self.alternative = False  # the second weekday is another choice, not the end of a range
        self.relative: RelativeDay | None = None
        self.direction = ""  # last, next or this, of a date or month
        self.part: DayPart | None = None
        self.prayer = False
        self.dial: Dial | None = None
        self.phase = ""
        self.edge = ""  # first or last day of the year or month
        self.quarter = 0  # of the year, 1-4
        self.week_of_month = 0  # 1-4, or -1 for the last
        self.case = ""  # of the last word read
        self.entries: list[str] = []

    @property
    def has_day(self) -> bool:
        """Whether the words name a day, not only a part of some day."""
        return (
            self.day is not None
            or self.date is not None
            or self.weekday is not None
            or self.relative is not None
            or bool(self.edge)
        )

    @property
    def has_calendar(self) -> bool:
        """Whether the words name a day, week, month or year."""
        return (
            self.has_day
            or self.month is not None
            or self.month_shift is not None
            or self.week_shift is not None
            or self.year is not None
            or self.year_shift is not None
        )

    def note(self, term: Term[Any]) -> None:
        """Remember a lexicon entry for the trace."""
        self.entries.append(term.entry)
        self.case = term.case


Element = Callable[[Moment, list[str], int], int]


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
        for element in (_numeric, _day_month, _weekday, _relative_day, _year, _part):
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
        return max(_day_month(m, words, i + 1), 0) if words[i + 1][0].isdigit() and m.month is None else 0
    if m.day is not None and m.weekday is None and words[i + 1] in WEEKDAYS.single:
        return _weekday(m, words, i + 1) if m.weekday is None else 0
    if m.month is not None and m.day is not None and m.year is None and words[i + 1].isdigit():
        year = int(words[i + 1]) if len(words[i + 1]) == 4 else 0
        if 1300 <= year <= 2100:
            m.year = year
            m.case = ""
            return _era(m, words, i + 2)
    return 0


# --- elements ----------------------------------------------------------------------------------------------------


def _modifier(words: list[str], i: int) -> tuple[str, int]:
    found = MODIFIERS.single.get(words[i])
    return (found.value, i + 1) if found is not None else ("", i)


def _era(m: Moment, words: list[str], i: int) -> int:
    found = ERAS.at(words, i)
    if found is None:
        return i
    term, end = found
    m.note(term)
    m.era = m.era or term.value if term.value == "gregorian" else term.value
    m.case = (
        "genitive"
        if term.word.endswith("র") and term.word.endswith("ের")
        else ("locative" if term.word.endswith("ে") else "")
    )
    return _era(m, words, end) if end < len(words) and ERAS.at(words, end) and end - i < 3 else end


def _two_digit(word: str) -> bool:
    return len(word) == 2 and word.isdigit()


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1000" <= word <= "2199"


def _year(m: Moment, words: list[str], i: int) -> int:
    """২০২৪ সালের, ২০০৮ থেকে ২০২৩ সাল, ২০১৯-২১ সালে, গত বছরের, ’৭১-এর, ১৪৩১ বঙ্গাব্দ; after day and month also bare."""
    if m.year is not None or m.year_shift is not None:
        return i
    word = words[i]
    n = len(words)
    if _is_year(word):
        j = i + 1
        if j < n and words[j] in ERAS.single:
            m.year = int(word)
            return _era(m, words, j)
        to = _range_end(words, j)
        if to is not None and m.month is None and m.day is None:
            second, end = to
            later = _later_year(int(word), second)
            if later is not None and end < n and words[end] in ERAS.single:
                m.year, m.year_to = int(word), later
                return _era(m, words, end)
            if later is not None and len(second) == 4 and words[j] in _DASHES:
                m.year, m.year_to = int(word), later
                m.case = ""
                return end
        k = j + 1 if j < n and words[j] in _DASHES else j
        if k + 1 < n and words[k] in _GENITIVES and _starts_date(words, k + 1):
            m.year, m.case = int(word), "genitive"
            return k + 1
        if m.month is not None or (j < n and _starts_date(words, j)):
            m.year = int(word)
            m.case = ""
            return j
        return i
    if word in _APOSTROPHES and i + 1 < n and _two_digit(words[i + 1]):
        end = i + 2
        if end + 1 < n and words[end] in _DASHES and words[end + 1] in ("এর", "এ", "র"):
            end += 2
        elif end < n and words[end] in ERAS.single:
            end = _era(m, words, end)
        elif end < n and words[end] in ("এর", "এ", "র", "তে"):
            end += 1
        else:
            return i
        m.year = 1900 + int(words[i + 1]) if int(words[i + 1]) > 30 else 2000 + int(words[i + 1])
        m.case = "genitive"
        return end
    modifier, j = _modifier(words, i)
    if modifier:
        unit = UNITS.at(words, j)
        if unit is not None and unit[0].value == "year":
            if word == "নতুন" and unit[0].case == "genitive":
                return i
            if word in ("এ", "এই", "সে") and unit[0].case == "genitive" and _counted(words, i):
                return i
            m.year_shift = "new" if word == "নতুন" else modifier
            m.note(unit[0])
            return unit[1]
        return i
    unit = UNITS.at(words, i)
    if unit is not None and unit[0].value == "year" and unit[0].case == "genitive" and not m.has_calendar:
        if (
            _edge(Moment(0), words, unit[1]) > unit[1]
            or PHASES.at(words, unit[1]) is not None
            or (
                words[unit[1] : unit[1] + 1]
                and words[unit[1]] in _ORDINALS
                and words[unit[1] + 1 : unit[1] + 2]
                and words[unit[1] + 1] in _QUARTERS
            )
        ):
            m.year_shift = "this"
            m.note(unit[0])
            return unit[1]
    elif unit is not None and unit[0].value == "year" and m.relative and words[i].startswith("বছরের"):
        m.case = unit[0].case
        return unit[1] if _edge(Moment(0), words, unit[1]) > unit[1] else i
    return i


def _counted(words: list[str], i: int) -> bool:
    return i > 0 and words[i - 1] in CARDINALS


def _starts_date(words: list[str], j: int) -> bool:
    return words[j].isdigit() and len(words[j]) <= 2 and j + 1 < len(words) and words[j + 1] in MONTHS.single


def _range_end(words: list[str], j: int) -> tuple[str, int] | None:
    """The number after থেকে or a dash, and the token after it."""
    if j + 1 < len(words) and (words[j] in _DASHES or words[j] in ("থেকে", "হতে")) and words[j + 1].isdigit():
        return words[j + 1], j + 2
    return None


def _later_year(first: int, second: str) -> int | None:
    if len(second) == 4:
        year = int(second)
    elif len(second) == 2:
        year = first // 100 * 100 + int(second)
    elif len(second) == 1:
        year = first // 10 * 10 + int(second)
    else:
        return None
    return year if first < year <= first + 150 else None


def _numeric(m: Moment, words: list[str], i: int) -> int:
    """15-08-2024, 15/08/2024, 15.08.2024."""
    if not words[i][0].isdigit() or m.date is not None or m.day is not None:
        return i
    if words[i].count(".") == 2:
        parts, end = words[i].split("."), i + 1
    elif i + 4 < len(words) and words[i + 1] in _DASHES and words[i + 3] == words[i + 1]:
        parts, end = [words[i], words[i + 2], words[i + 4]], i + 5
    else:
        return i
    if not all(part.isdigit() and len(part) in (1, 2, 4) for part in parts) or len(parts[0] + parts[2]) < 5:
        return i
    found = numeric_date(parts)
    if found is None:
        return i
    m.date = (found.year, found.month, found.day)
    m.case = ""
    return _era(m, words, end)


def _day_number(words: list[str], i: int) -> tuple[int, int] | None:
    """1-32 in digits or as the name of a day (পয়লা, ২১শে), and the token after it."""
    if i >= len(words):
        return None
    word = words[i]
    named = _NAMED_DAYS.get(word)
    if named is not None:
        return named, i + 1
    if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 32:
        end = i + 1
        if end < len(words) and words[end] in _DAY_ENDINGS:
            end += 1
        return int(word), end
    value = CARDINALS.get(word)
    if value is not None and 1 <= value <= 31 and value == int(value):
        return int(value), i + 1
    return None


def _month_word(m: Moment, words: list[str], i: int) -> tuple[Month, int] | None:
    """A month name with মাস behind it."""
    found = MONTHS.at(words, i)
    if found is None:
        return None
    term, end = found
    m.note(term)
    if end < len(words) and words[end] == "." and end - i == 1 and len(term.word) <= 5 and term.word.isascii():
        end += 1
    unit = UNITS.at(words, end)
    if unit is not None and unit[0].value == "month" and term.case == "":
        m.note(unit[0])
        end = unit[1]
    return term.value, end


def _day_month(m: Moment, words: list[str], i: int) -> int:
    """১০ মার্চ, গত ২১ ফেব্রুয়ারি, ২১ থেকে ২৩ মার্চ, ১-৩ আগস্ট, ১৩ ও ১৪ আগস্ট, ৭ তারিখ; month alone: গত ডিসেম্বরে."""
    if m.date is not None or m.day is not None:
        return i
    direction, j = _modifier(words, i)
    if direction in ("following", "preceding") or j >= len(words):
        return i
    day = _day_number(words, j)
    if day is not None:
        end = _after_day(m, words, day, direction)
        return end if end else i
    if m.month is not None or m.has_day:
        return i
    return _month_alone(m, words, i, j, direction)


def _after_day(m: Moment, words: list[str], day: tuple[int, int], direction: str) -> int:
    number, j = day
    if j >= len(words):
        return 0
    to: tuple[int, int] | None = None
    if words[j] in _DASHES or words[j] in _RANGE_WORDS:
        to = _day_number(words, j + 1)
        if to is None or to[0] <= number:
            return 0
        j = to[1]
    if m.month is None:
        probe = Moment(j)
        month = _month_word(probe, words, j)
        if month is not None:
            m.day, m.day_to, m.month = number, to[0] if to else None, month[0]
            m.direction = m.direction or direction
            m.entries += probe.entries
            m.case = probe.case
            end = month[1]
            if probe.case == "" and end < len(words) and m.year is None and _is_year(words[end]):
                end = _bare_year(m, words, end)
            return end
        if not words[j - 1].isdigit() and words[j - 1] not in _DAY_ENDINGS:
            return 0
    if j < len(words) and words[j] in _DATE_WORD:
        m.day, m.day_to = number, to[0] if to else None
        m.direction = m.direction or direction
        m.case = "locative" if words[j] == "তারিখে" else "genitive" if words[j] == "তারিখের" else ""
        return j + 1
    return 0


def _bare_year(m: Moment, words: list[str], i: int) -> int:
    """The year behind day and month, unless it counts something itself (৫ আগস্ট ২০২৪ জন never occurs, but may)."""
    if i + 1 < len(words) and words[i + 1] in ("জন", "টি", "টাকা", "জনকে", "জনের"):
        return i
    m.year = int(words[i])
    m.case = ""
    end = _era(m, words, i + 1)
    if end == i + 1 and end + 1 < len(words) and words[end] in _DASHES and words[end + 1] in ("এর", "এ"):
        end += 2
    return end


def _weekly(words: list[str], i: int) -> bool:
    """প্রথম সপ্তাহে."""
    unit = UNITS.at(words, i + 1) if i < len(words) and words[i] in _ORDINALS else None
    return unit is not None and unit[0].value == "week"


def _month_alone(m: Moment, words: list[str], i: int, j: int, direction: str) -> int:
    unit = UNITS.at(words, j)
    if unit is not None and unit[0].value == "month":
        if not direction:
            phase = m.year_shift is None and unit[0].case == "genitive" and not m.has_calendar
            leads = PHASES.at(words, unit[1]) is not None or _edge(Moment(0), words, unit[1]) > unit[1]
            if not phase or not (leads or _weekly(words, unit[1])):
                return i
            direction = "this"
        elif m.month_shift is not None:
            return i
        m.month_shift = direction
        m.note(unit[0])
        return unit[1]
    probe = Moment(j)
    month = _month_word(probe, words, j)
    if month is None:
        return i
    value, end = month
    if end - j == 1 and probe.case == "" and end < len(words) and not m.has_calendar and not direction:
        if words[end] in _DASHES or words[end] in ("বা", "কিংবা", "ও", "এবং"):
            second = _month_word(probe, words, end + 1)
            if second is not None and (probe.case or second[1] - end > 2 or TAILS.at(words, second[1])):
                m.month_to = second[0]
                end = second[1]
        elif words[end].isdigit() and len(words[end]) <= 2 and end + 2 < len(words) and words[end + 1] == ",":
            if _is_year(words[end + 2]):  # সেপ্টেম্বর ২, ২০২২
                m.day, m.year, m.month = int(words[end]), int(words[end + 2]), value
                m.entries += probe.entries
                return _era(m, words, end + 3)
    if (
        probe.case == ""
        and j == i
        and end - j == 1
        and words[j] == "মে"
        and words[end : end + 1] in (["দিবস"], ["দিবসে"])
    ):
        return i
    m.month = value
    m.direction = m.direction or direction
    m.entries += probe.entries
    m.case = probe.case
    if m.year is None and probe.case == "" and end < len(words) and _is_year(words[end]) and not direction:
        end = _bare_year(m, words, end)
    return end


def _weekday(m: Moment, words: list[str], i: int) -> int:
    """সোমবার, গত রোববার, রবি ও সোমবার, শুক্র বা শনিবার."""
    if m.weekday is not None:
        return i
    modifier, j = _modifier(words, i)
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


def _relative_day(m: Moment, words: list[str], i: int) -> int:
    """আজ, গতকাল, আগামীকাল, পরশু, ওই দিন, পরদিন."""
    if m.relative is not None or m.weekday is not None or m.day is not None:
        return i
    found = RELATIVE_DAYS.at(words, i)
    if found is None:
        if m.year is not None and words[i] in ("এই", "এ") and words[i + 1 : i + 2] in (["দিনে"], ["দিন"]):
            m.relative = RelativeDay(0, False, False, False)  # ১৯৫২ সালের এই দিনে
            m.case = "locative"
            return i + 2
        return i
    m.relative = found[0].value
    m.note(found[0])
    return found[1]


def _week(m: Moment, words: list[str], i: int) -> int:
    """গত সপ্তাহে, আগামী সপ্তাহের."""
    if m.has_calendar:
        return i
    modifier, j = _modifier(words, i)
    if not modifier:
        return i
    unit = UNITS.at(words, j)
    if unit is None or unit[0].value != "week":
        return i
    m.week_shift = modifier
    m.note(unit[0])
    return unit[1]


def _part(m: Moment, words: list[str], i: int) -> int:
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


def _clock(m: Moment, words: list[str], i: int) -> int:
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
        elif not m.has_calendar and dial.case == "" and not dial.minutes_written and words[i] not in ("সাড়ে",):
            if TAILS.at(words, dial.end) is None:
                return i
    m.dial = dial
    m.case = dial.case
    return dial.end


def _phase(m: Moment, words: list[str], i: int) -> int:
    """মাসের শেষ দিকে, জুলাইয়ের মাঝামাঝি."""
    if m.phase or not m.has_calendar or m.has_day or m.case not in ("genitive", ""):
        return i
    found = PHASES.at(words, i)
    if found is None or (m.case == "" and found[0].value != "middle" and not found[0].word.endswith("নাগাদ")):
        return i
    m.phase = found[0].value
    m.note(found[0])
    m.case = "locative"
    return found[1]


_ORDINALS = {"প্রথম": 1, "দ্বিতীয়": 2, "তৃতীয়": 3, "চতুর্থ": 4, "শেষ": -1}
_EDGES = {"প্রথম": "first", "শেষ": "last"}
_DAY_FORMS = frozenset({"দিন", "দিনে", "দিনেই", "দিনেও", "দিনের", "দিনটি", "দিনটিতে", "দিনই"})


def _edge(m: Moment, words: list[str], i: int) -> int:
    """বছরের প্রথম দিনে, মাসের শেষ দিন."""
    if m.edge or (m.start and m.case != "genitive") or i + 1 >= len(words):
        return i
    if words[i] in _EDGES and words[i + 1] in _DAY_FORMS:
        m.edge = _EDGES[words[i]]
        m.case = "locative" if words[i + 1] != "দিনের" else "genitive"
        return i + 2
    return i


_QUARTERS = {form: ending.case for form, ending in inflections("প্রান্তিক", classifiers=False)}


def _portion(m: Moment, words: list[str], i: int) -> int:
    """বছরের প্রথম প্রান্তিকে, জুলাইয়ের শেষ সপ্তাহে."""
    ordinal = _ORDINALS.get(words[i])
    if ordinal is None or m.has_day or i + 1 >= len(words) or m.quarter or m.week_of_month:
        return i
    case = _QUARTERS.get(words[i + 1])
    if case is not None and (m.year is not None or m.year_shift) and m.month is None and m.case == "genitive":
        m.quarter, m.case = ordinal if ordinal > 0 else 4, case
        return i + 2
    monthly = (m.month is not None or m.month_shift) and m.case == "genitive"
    if monthly and _weekly(words, i):
        unit = UNITS.at(words, i + 1)
        assert unit is not None
        m.week_of_month = ordinal
        m.note(unit[0])
        return unit[1]
    return i


def _filler(m: Moment, words: list[str], i: int) -> int:
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
        or following[0].isdigit()
    )


ELEMENTS: tuple[Element, ...] = (
    _numeric,
    _year,
    _week,
    _day_month,
    _weekday,
    _relative_day,
    _edge,
    _portion,
    _phase,
    _part,
    _clock,
    _filler,
)
