"""Years as written: ২০২৪ সালের, ২০১৯-২১ সালে, গত বছরের, ’৭১-এর, একাত্তরের ২৫ মার্চ, ১৪৩১ বঙ্গাব্দ."""

from __future__ import annotations

from .eras import first_months
from .lexer import ERAS, MODIFIERS, MONTHS, NAMED_YEARS, PHASES, UNITS
from .moment import Moment
from .numbers import CARDINALS
from .portions import ORDINALS, QUARTERS, edge_element

DASHES = frozenset({"-", "–", "—", "/"})


GENITIVES = frozenset({"এর", "ের", "র"})  # standing apart or after a hyphen: ২০২৪-এর


APOSTROPHES = frozenset({"’", "‘", "'"})


def modifier_at(words: list[str], i: int) -> tuple[str, int]:
    found = MODIFIERS.single.get(words[i])
    return (found.value, i + 1) if found is not None else ("", i)


def era_after(m: Moment, words: list[str], i: int) -> int:
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
    return era_after(m, words, end) if end < len(words) and ERAS.at(words, end) and end - i < 3 else end


def _two_digit(word: str) -> bool:
    return len(word) == 2 and word.isdecimal()


def is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2


def is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and "1000" <= word <= "2199"


def year_element(m: Moment, words: list[str], i: int) -> int:
    """২০২৪ সালের, ২০০৮ থেকে ২০২৩ সাল, ২০১৯-২১ সালে, গত বছরের, ’৭১-এর, ১৪৩১ বঙ্গাব্দ; after day and month also bare."""
    if m.year is not None or m.year_shift is not None:
        return i
    word = words[i]
    n = len(words)
    if is_year(word):
        j = i + 1
        if j < n and words[j] in ERAS.single:
            m.year = int(word)
            return era_after(m, words, j)
        to = _range_end(words, j)
        if to is not None and m.month is None and m.day is None:
            second, end = to
            later = _later_year(int(word), second)
            if later is not None and end < n and words[end] in ERAS.single:
                m.year, m.year_to = int(word), later
                return era_after(m, words, end)
            if later is not None and len(second) == 4 and words[j] in DASHES:
                m.year, m.year_to = int(word), later
                m.case = ""
                return end
        k = j + 1 if j < n and words[j] in DASHES else j
        if k + 1 < n and words[k] in GENITIVES and starts_date(words, k + 1):
            m.year, m.case = int(word), "genitive"
            return k + 1
        if m.month is not None or (j < n and starts_date(words, j)):
            m.year = int(word)
            m.case = ""
            return j
        return i
    named = NAMED_YEARS.get(word)
    if named is not None and (named[1] or (i + 1 < n and starts_date(words, i + 1))):
        m.year = named[0]
        m.case = "genitive" if word.endswith("র") else "locative"
        m.entries.append(f"named_years.tsv: {word}")
        return i + 1
    if word in APOSTROPHES and i + 1 < n and _two_digit(words[i + 1]):
        end = i + 2
        if end + 1 < n and words[end] in DASHES and words[end + 1] in ("এর", "এ", "র"):
            end += 2
        elif end < n and words[end] in ERAS.single:
            end = era_after(m, words, end)
        elif end < n and words[end] in ("এর", "এ", "র", "তে"):
            end += 1
        else:
            return i
        m.year = 1900 + int(words[i + 1]) if int(words[i + 1]) > 30 else 2000 + int(words[i + 1])
        m.case = "genitive"
        return end
    modifier, j = modifier_at(words, i)
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
            edge_element(Moment(0), words, unit[1]) > unit[1]
            or PHASES.at(words, unit[1]) is not None
            or first_months(words, unit[1]) is not None
            or (
                words[unit[1] : unit[1] + 1]
                and words[unit[1]] in ORDINALS
                and words[unit[1] + 1 : unit[1] + 2]
                and words[unit[1] + 1] in QUARTERS
            )
        ):
            m.year_shift = "this"
            m.note(unit[0])
            return unit[1]
    elif unit is not None and unit[0].value == "year" and m.relative and words[i].startswith("বছরের"):
        m.case = unit[0].case
        return unit[1] if edge_element(Moment(0), words, unit[1]) > unit[1] else i
    return i


def _counted(words: list[str], i: int) -> bool:
    return i > 0 and words[i - 1] in CARDINALS


def starts_date(words: list[str], j: int) -> bool:
    return words[j].isdecimal() and len(words[j]) <= 2 and j + 1 < len(words) and words[j + 1] in MONTHS.single


def _range_end(words: list[str], j: int) -> tuple[str, int] | None:
    """The number after থেকে or a dash, and the token after it."""
    if j + 1 < len(words) and (words[j] in DASHES or words[j] in ("থেকে", "হতে")) and words[j + 1].isdecimal():
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
