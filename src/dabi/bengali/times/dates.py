"""Days and months as written: ১০ মার্চ, ২১শে ফেব্রুয়ারি, ১-৩ আগস্ট, ৭ তারিখ, গত ডিসেম্বরে, 15-08-2024."""

from __future__ import annotations

from ..lexicon import rows
from .datelines import numeric_date
from .lexer import MONTHS, PHASES, TAILS, UNITS, Month
from .moment import Moment
from .numbers import CARDINALS
from .portions import edge_element, weekly
from .years import DASHES, era_after, is_day, is_year, modifier_at

DAY_ENDINGS = frozenset({"ই", "লা", "রা", "ঠা", "শে", "এ"})


NAMED_DAYS = {row["word"]: int(row["day"]) for row in rows("day_names.tsv")}


DATE_WORDS = frozenset({"তারিখ", "তারিখে", "তারিখের", "তারিখেই", "তারিখও", "তারিখেও"})


RANGE_WORDS = frozenset({"থেকে", "হতে", "ও", "বা", "কিংবা", "অথবা", "এবং"})


def numeric(m: Moment, words: list[str], i: int) -> int:
    """15-08-2024, 15/08/2024, 15.08.2024."""
    if not words[i][0].isdecimal() or m.date is not None or m.day is not None:
        return i
    if words[i].count(".") == 2:
        parts, end = words[i].split("."), i + 1
    elif i + 4 < len(words) and words[i + 1] in DASHES and words[i + 3] == words[i + 1]:
        parts, end = [words[i], words[i + 2], words[i + 4]], i + 5
    else:
        return i
    if not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts) or len(parts[0] + parts[2]) < 5:
        return i
    found = numeric_date(parts)
    if found is None:
        return i
    m.date = (found.year, found.month, found.day)
    m.case = ""
    return era_after(m, words, end)


def _day_number(words: list[str], i: int) -> tuple[int, int] | None:
    """1-32 in digits or as the name of a day (পয়লা, ২১শে), and the token after it."""
    if i >= len(words):
        return None
    word = words[i]
    named = NAMED_DAYS.get(word)
    if named is not None:
        return named, i + 1
    if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 32:
        end = i + 1
        if end < len(words) and words[end] in DAY_ENDINGS:
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


def day_month(m: Moment, words: list[str], i: int) -> int:
    """১০ মার্চ, গত ২১ ফেব্রুয়ারি, ২১ থেকে ২৩ মার্চ, ১-৩ আগস্ট, ১৩ ও ১৪ আগস্ট, ৭ তারিখ; month alone: গত ডিসেম্বরে."""
    if m.date is not None or m.day is not None:
        return i
    if m.has_day and (m.part is not None or m.dial is not None):
        return i
    direction, j = modifier_at(words, i)
    if direction in ("following", "preceding") or j >= len(words):
        return i
    day = _day_number(words, j)
    if day is not None:
        end = _after_day(m, words, day, direction) or i
    elif m.month is not None or m.has_day:
        return i
    else:
        end = _month_alone(m, words, i, j, direction)
    if end > i:
        m.date_at = i
    return end


def _after_day(m: Moment, words: list[str], day: tuple[int, int], direction: str) -> int:
    number, j = day
    if j >= len(words):
        return 0
    to: tuple[int, int] | None = None
    if words[j] in DASHES or words[j] in RANGE_WORDS:
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
            if probe.case == "" and end < len(words) and m.year is None and is_year(words[end]):
                end = _bare_year(m, words, end)
            return end
        if not words[j - 1].isdecimal() and words[j - 1] not in DAY_ENDINGS:
            return 0
    if j < len(words) and words[j] in DATE_WORDS:
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
    end = era_after(m, words, i + 1)
    if end == i + 1 and end + 1 < len(words) and words[end] in DASHES and words[end + 1] in ("এর", "এ"):
        end += 2
    return end


def _month_alone(m: Moment, words: list[str], i: int, j: int, direction: str) -> int:
    unit = UNITS.at(words, j)
    if unit is not None and unit[0].value == "month":
        if not direction:
            phase = m.year_shift is None and unit[0].case == "genitive" and not m.has_calendar
            leads = PHASES.at(words, unit[1]) is not None or edge_element(Moment(0), words, unit[1]) > unit[1]
            if not phase or not (leads or weekly(words, unit[1])):
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
    if end - j == 1 and probe.case == "" and end < len(words) and not m.month_shift:
        if words[end] in DASHES or words[end] in ("বা", "কিংবা", "ও", "এবং"):
            second = _month_word(probe, words, end + 1)
            if second is not None and (probe.case or second[1] - end > 2 or TAILS.at(words, second[1])):
                m.month_to = second[0]
                end = second[1]
        elif is_day(words[end]) and end + 2 < len(words) and words[end + 1] == "," and is_year(words[end + 2]):
            m.day, m.year, m.month = int(words[end]), int(words[end + 2]), value  # সেপ্টেম্বর ২, ২০২২
            m.entries += probe.entries
            return era_after(m, words, end + 3)
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
    if m.year is None and probe.case == "" and end < len(words) and is_year(words[end]) and not direction:
        end = _bare_year(m, words, end)
    return end
