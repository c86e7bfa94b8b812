"""Parts of years and months: শুরুতে, শেষ দিকে, প্রথম দিনে, প্রথম প্রান্তিকে, শেষ সপ্তাহে, প্রথম ছয় মাসে."""

from __future__ import annotations

from ..words import inflections
from .eras import first_months
from .lexer import PHASES, UNITS
from .moment import Moment
from .numbers import number_at

ORDINALS = {"প্রথম": 1, "দ্বিতীয়": 2, "তৃতীয়": 3, "চতুর্থ": 4, "শেষ": -1}


EDGES = {"প্রথম": "first", "শেষ": "last"}


_DAY_FORMS = frozenset({"দিন", "দিনে", "দিনেই", "দিনেও", "দিনের", "দিনটি", "দিনটিতে", "দিনই"})


QUARTERS = {form: ending.case for form, ending in inflections("প্রান্তিক", classifiers=False)}


def phase_element(m: Moment, words: list[str], i: int) -> int:
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


def edge_element(m: Moment, words: list[str], i: int) -> int:
    """বছরের প্রথম দিনে, মাসের শেষ দিন."""
    if m.edge or (m.start and m.case != "genitive") or i + 1 >= len(words):
        return i
    if words[i] in EDGES and words[i + 1] in _DAY_FORMS:
        m.edge = EDGES[words[i]]
        m.case = "locative" if words[i + 1] != "দিনের" else "genitive"
        return i + 2
    return i


def weekly(words: list[str], i: int) -> bool:
    """প্রথম সপ্তাহে."""
    unit = UNITS.at(words, i + 1) if i < len(words) and words[i] in ORDINALS else None
    return unit is not None and unit[0].value == "week"


def first_days(words: list[str], i: int) -> tuple[int, int] | None:
    """প্রথম ১৫ দিনে, শেষ ১০ দিন: how many days from the beginning or (negative) the end, and the token after."""
    sign = {"প্রথম": 1, "শেষ": -1}.get(words[i]) if i < len(words) else None
    number = number_at(words, i + 1) if sign is not None else None
    if sign is None or number is None or number.value != int(number.value) or not 2 <= number.value <= 28:
        return None
    if number.end >= len(words) or words[number.end] not in _DAY_FORMS:
        return None
    return sign * int(number.value), number.end + 1


def portion(m: Moment, words: list[str], i: int) -> int:
    """বছরের প্রথম প্রান্তিকে, জুলাইয়ের শেষ সপ্তাহে."""
    ordinal = ORDINALS.get(words[i])
    if ordinal is None or m.has_day or i + 1 >= len(words) or m.quarter or m.week_of_month:
        return i
    case = QUARTERS.get(words[i + 1])
    if case is not None and (m.year is not None or m.year_shift) and m.month is None and m.case == "genitive":
        m.quarter, m.case = ordinal if ordinal > 0 else 4, case
        return i + 2
    months = first_months(words, i) if m.case == "genitive" and m.month is None and not m.month_shift else None
    if months is not None:
        m.first_months, m.case = months[0], "locative"
        return months[1]
    days = first_days(words, i) if m.case == "genitive" and (m.month is not None or m.month_shift) else None
    if days is not None:
        m.first_days, m.case = days[0], "locative"
        return days[1]
    monthly = (m.month is not None or m.month_shift) and m.case == "genitive"
    if monthly and weekly(words, i):
        unit = UNITS.at(words, i + 1)
        assert unit is not None
        m.week_of_month = ordinal
        m.note(unit[0])
        return unit[1]
    return i
