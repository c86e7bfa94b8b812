"""Numbers of units: how long (১৭ বছর ধরে), how long ago (তিন দিন আগে), and the time back or ahead (গত ১৫ বছরে)."""

from __future__ import annotations

from typing import NamedTuple

from ..calendar import add_months, days_in_month
from ..lexicon import rows
from ..words import inflections
from .anchors import NO_NAMED_DAY, NO_PUBLICATION, Anchors
from .edtf import Point, duration, of_date, shift
from .events import after_event, points_back
from .lexer import APPROXIMATIONS, EVERY, MODIFIERS, PERSONS, TAILS, UNITS, Table, Term
from .numbers import CARDINALS, NUMBER_WORDS, number_at

CONNECTORS = frozenset({"-", "–", "—", "/", "বা", "থেকে", "কিংবা", "অথবা", "হতে"})
_SEVERAL = frozenset({"কয়েক", "কয়েকটি", "বেশ", "কিছু"})
_MORE = frozenset({"বেশি", "অধিক", "কিছু", "কম"})
_TIME_WORDS = frozenset({"সময়", "সময়ের", "সময়ে", "কাল"})
_LONG = frozenset({"দীর্ঘ", "টানা"})
_BEFORE_AGE = frozenset({"বয়স", "বয়সী", "বয়সের"})


class Glued(NamedTuple):
    """A number and its unit in one word: দুদিন, একমাস, মাসখানেক."""

    number: float
    unit: str
    approximate: bool


def _glued() -> Table[Glued]:
    table: Table[Glued] = Table("time_units.tsv")
    for row in rows("time_units.tsv"):
        unit, word = row["unit"], row["word"]
        if unit not in ("hour", "day", "week", "month", "year", "minute"):
            continue
        forms = [(form, term.case) for form, term in UNITS.single.items() if term.word == word]
        for number, value in CARDINALS.items():
            if 0 < value <= 12:  # larger numbers are written apart
                glued = Glued(value, unit, False)
                for form, case in forms:
                    table.single.setdefault(number + form, Term(glued, case, table.name, number + word))
        table.add(word + "খানেক", Glued(1, unit, True))
        for ending in ("ব্যাপী", "ব্যাপি"):
            table.add(word + ending, Glued(1, unit, False), inflect=False)
    return table


def _postposed() -> dict[str, float]:
    """দুয়েক, তিনেক, পাঁচেক: a rough number behind its unit (মাস দুয়েক)."""
    found = {"দুয়েক": 2.0, "দুই এক": 2.0, "খানেক": 1.0, "দেড়েক": 1.5}
    for word, value in CARDINALS.items():
        if 3 <= value <= 31 and word[-1] not in "য়ই":
            found[word + "েক"] = value
    return found


GLUED = _glued()
POSTPOSED = {form: value for word, value in _postposed().items() for form, _ in inflections(word, classifiers=False)}
_WHILE = frozenset({"ব্যাপী", "ব্যাপি"})
_LATEST = frozenset(("সর্বশেষ", "সবশেষ"))  # সর্বশেষ ২৪ ঘণ্টায়: only before a number of units
SPAN_STARTS = frozenset({*_LATEST, *NUMBER_WORDS, *GLUED.single, *_SEVERAL, *_LONG})


class Span(NamedTuple):
    """A length as written: counts, unit, direction before it, tail after it."""

    low: float | None  # None: কয়েক
    high: float | None  # upper end of a range
    unit: str
    modifier: str  # last, next, ... or ""
    tail: str  # from until within before after for or ""
    case: str
    onward: bool  # থেকে after আগে or পর: from then on
    approximate: bool
    long: bool  # দীর্ঘ, টানা
    of_event: bool  # a genitive before it says from which event it is counted
    of_named: bool  # এর before it: counted from what was named
    at_least: bool
    start: int
    end: int
    entries: tuple[str, ...]


def read_span(words: list[str], start: int) -> Span | None:
    """A number of units from token `start`, with the words that direct it."""
    i = start
    n = len(words)
    modifier = ""
    entries: list[str] = []
    long = False
    approximate = False
    while i < min(n, start + 4):
        word = words[i]
        if word in _LONG:
            long = True
        elif not modifier and word in _LATEST and i == start:
            modifier = "last"
        elif not modifier and word in MODIFIERS.single and i == start:
            modifier = MODIFIERS.single[word].value
            entries.append(MODIFIERS.single[word].entry)
        elif word in APPROXIMATIONS.single:
            approximate = True
        else:
            break
        i += 1
    if i >= n or i - start > 3:
        return None
    return _counted(words, start, i, modifier, entries, long, approximate)


def _counted(
    words: list[str], start: int, i: int, modifier: str, entries: list[str], long: bool, approximate: bool
) -> Span | None:
    n = len(words)
    glued = GLUED.single.get(words[i])
    low: float | None
    high: float | None = None
    if glued is not None:
        low, unit, case, end = glued.value.number, glued.value.unit, glued.case, i + 1
        approximate = approximate or glued.value.approximate
        entries.append(glued.entry)
    else:
        end = i
        if words[i] in _SEVERAL:
            low, end = None, i + 1
            if end < n and words[end] in _SEVERAL:
                end += 1
        else:
            number = number_at(words, i)
            if number is None:
                postposed = _rough(words, start, i, modifier, entries)
                return postposed
            low, end = number.value, number.end
            if end + 1 < n and words[end] in CONNECTORS:
                joined = GLUED.single.get(words[end + 1])
                if joined is not None and joined.value.number != low and words[end] in ("-", "–", "/", "বা"):
                    count = joined.value.number
                    entries.append(joined.entry)
                    return _directed(
                        words,
                        start,
                        i,
                        end + 2,
                        min(low, count),
                        max(low, count),
                        joined.value.unit,
                        joined.case,
                        modifier,
                        entries,
                        long,
                        approximate,
                    )
                second = number_at(words, end + 1)
                if second is not None and second.value != low and (second.value > low or words[end] in ("-", "–")):
                    low, high, end = min(low, second.value), max(low, second.value), second.end
        if end < n and words[end] in ("টি", "টা"):
            end += 1
        found = UNITS.at(words, end)
        if found is None:
            glued = GLUED.single.get(words[end]) if end < n else None
            if glued is None or glued.value.number != 1 or not words[end].endswith(("ব্যাপী", "ব্যাপি")):
                return None
            unit, case, end = glued.value.unit, "", end + 1
            entries.append(glued.entry)
        else:
            unit, case, end = found[0].value, found[0].case, found[1]
            entries.append(found[0].entry)
            if unit == "century" and found[0].word == "শতক" and not modifier:
                return None
    return _directed(words, start, i, end, low, high, unit, case, modifier, entries, long, approximate)


def _rough(words: list[str], start: int, i: int, modifier: str, entries: list[str]) -> Span | None:
    """মাস দুয়েক আগে, দিন দশেক."""
    unit = UNITS.single.get(words[i])
    if unit is None or unit.case or i + 1 >= len(words):
        return None
    count = POSTPOSED.get(words[i + 1])
    if count is None:
        return None
    case = "genitive" if words[i + 1].endswith("র") else "locative" if words[i + 1].endswith("ে") else ""
    entries.append(unit.entry)
    return _directed(words, start, i, i + 2, count, None, unit.value, case, modifier, entries, False, True)


def _directed(
    words: list[str],
    start: int,
    number_at_: int,
    end: int,
    low: float | None,
    high: float | None,
    unit: str,
    case: str,
    modifier: str,
    entries: list[str],
    long: bool,
    approximate: bool,
) -> Span | None:
    """The words behind the unit: বেশি সময়, ধরে, আগে, পর থেকে."""
    n = len(words)
    at_least = False
    if _is_age(words, start, end, unit, case):
        return None
    if case == "genitive" and end < n and words[end] in _MORE:
        j = end + 1
        if j < n and words[j] in _TIME_WORDS:
            j += 1
        tail = TAILS.at(words, j)
        if tail is not None or j > end + 1 or words[end] == "বেশি":
            end, at_least = j, True
    elif end < n and words[end] in _TIME_WORDS and case == "":
        pass
    tail_value, onward = "", False
    found = TAILS.at(words, end)
    if found is not None:
        term, after = found
        value = term.value
        if value == "within" and case not in ("genitive",) and not at_least:
            value = ""
        elif value == "around":
            value = ""
            if term.word == "মতো":
                after = end
        if value:
            tail_value = value
            onward = "থেকে" in term.word or "হতে" in term.word
            entries.append(term.entry)
            end = after
            if value in ("before", "after") and end < n and words[end] in ("থেকে", "থেকেই", "থেকেও"):
                onward, end = True, end + 1
    if end < n and words[end] in _WHILE:
        tail_value, end = "for", end + 1
    of_event, of_named = after_event(words, start), points_back(words, start)
    return Span(
        low,
        high,
        unit,
        modifier,
        tail_value,
        case,
        onward,
        approximate,
        long,
        of_event,
        of_named,
        at_least,
        start,
        end,
        tuple(entries),
    )


_BETWEEN_AGE = frozenset(
    ("কম", "বেশি", "নিচে", "নীচে", "ঊর্ধ্বে", "ঊর্ধ্ব", "অধিক", "বা", "অথবা", "কিংবা", "তার", "তারও", "এর", "চেয়ে", "তদূর্ধ্ব")
)
_ARTICLES = frozenset(("এক", "একজন", "একটি", "ওই", "এই", "এ"))


def _is_age(words: list[str], start: int, end: int, unit: str, case: str) -> bool:
    if unit not in ("year", "month", "day"):
        return False
    if end < len(words) and (PERSONS.at(words, end) is not None or words[end].startswith("বয়স")):
        return True
    k = end
    while k < min(end + 4, len(words)) and words[k] in _BETWEEN_AGE:  # ১৮ বছরের বেশি বয়সী, ৬০ বছর বা তদূর্ধ্ব বয়সী
        k += 1
    if end < k < len(words) and words[k].startswith("\u09ac\u09df\u09b8"):
        return True
    if case == "genitive" and end + 1 < len(words) and words[end] in _ARTICLES:  # ৩৫ বছরের এক যুবক
        return PERSONS.at(words, end + 1) is not None
    return any(words[k] in _BEFORE_AGE for k in range(max(0, start - 2), start))


class Placed(NamedTuple):
    """The value of a span: one of edtf, duration or a reason; `point` is where a point in time lies."""

    edtf: str | None = None
    duration: str | None = None
    problem: str | None = None
    point: Point | None = None
    step: str = ""


def place(span: Span, anchors: Anchors, text: str, *, tense: str, near: bool) -> Placed:
    """Resolve a span. `near`: a day was named shortly before, which "… দিন পর" counts from."""
    if span.low is None:
        if span.tail in ("before", "after", "for") or span.modifier:
            return Placed(problem=f"how many is not said: {text}")
        return Placed(problem=f"how many is not said: {text}")
    if span.modifier in ("last", "next"):
        return _back_or_ahead(span, anchors, text)
    if span.tail == "before":
        return _ago(span, anchors, text, near)
    if span.tail == "after" and not span.long and not span.approximate:
        later = _later(span, anchors, tense, near)
        if later is not None:
            return later
    if span.high is not None:
        return Placed(duration=f"{duration(span.unit, span.low)}/{duration(span.unit, span.high)}")
    value = duration(span.unit, span.low)
    return Placed(duration=value, step=f"{text} → {value}")


def _back_or_ahead(span: Span, anchors: Anchors, text: str) -> Placed:
    """গত ১৫ বছরে → 2009/2024; a single year, and weeks, days and hours, are counted in days."""
    published = anchors.published
    if published is None:
        return Placed(problem=NO_PUBLICATION)
    sign = -1 if span.modifier == "last" else 1
    count = span.high if span.high is not None else span.low
    assert count is not None
    unit = span.unit
    base = of_date(published)
    if unit in ("second", "minute", "hour"):
        unit, count = "day", max(1, -(-count // {"second": 86400, "minute": 1440, "hour": 24}[unit]))
    if count == 1 and unit in ("year", "month"):
        year, month = add_months(published.year, published.month, sign * (12 if unit == "year" else 1))
        other: Point | None = Point(year, month, min(published.day, days_in_month(year, month)))
    else:
        other = shift(base, unit, sign * count)
    if other is None:
        return Placed(problem=f"outside the calendar: {text}")
    here = Point(base.year, base.month if other.month else None, base.day if other.day else None)
    low, high = (other, here) if sign < 0 else (here, other)
    return Placed(edtf=f"{low.edtf}/{high.edtf}", step=f"published {published}: {low.edtf} to {high.edtf}")


def _ago(span: Span, anchors: Anchors, text: str, near: bool) -> Placed:
    if span.unit in ("second", "minute", "hour"):
        return Placed(duration=duration(span.unit, span.low or 0))
    base_day, reason = (
        (anchors.named, NO_NAMED_DAY) if span.of_event or span.of_named else (anchors.published, NO_PUBLICATION)
    )
    if span.of_event and not near:
        return Placed(problem=f"counted from an event whose day is not said: {text}")
    if base_day is None:
        return Placed(problem=reason)
    base = of_date(base_day)
    assert span.low is not None
    point = shift(base, span.unit, -span.low)
    if point is None:
        return Placed(problem=f"outside the calendar: {text}")
    if span.high is not None:
        further = shift(base, span.unit, -span.high)
        if further is not None:
            return Placed(edtf=f"{further.edtf}/{point.edtf}")
    if span.approximate:
        point = point._replace(approximate=True)
    step = f"{base_day} − {duration(span.unit, span.low)} = {point.edtf}"
    if span.at_least:
        return Placed(edtf=f"../{point.edtf}", point=point, step=step)
    return Placed(edtf=point.edtf + ("/.." if span.onward else ""), point=point, step=step)


def _later(span: Span, anchors: Anchors, tense: str, near: bool) -> Placed | None:
    assert span.low is not None
    if span.unit in ("second", "minute", "hour"):
        return None
    if near and anchors.named is not None:
        base_day = anchors.named
    elif tense == "future" and anchors.published is not None and not span.of_event:
        base_day = anchors.published
    else:
        return None
    point = shift(of_date(base_day), span.unit, span.low)
    if point is None:
        return None
    step = f"{base_day} + {duration(span.unit, span.low)} = {point.edtf}"
    return Placed(edtf=point.edtf + ("/.." if span.onward else ""), point=point, step=step)


__all__ = ["EVERY", "GLUED", "POSTPOSED", "SPAN_STARTS", "Placed", "Span", "place", "read_span"]
