"""The rules that find times, in the order in which they are tried, and the words that set each of them off.

A rule gets a `Scan` and a token, and gives the mentions that begin there and the token after them, or None.
"""

from __future__ import annotations

from collections.abc import Callable

from ...model import Trace
from ..lexicon import rows
from ..mentions import TimeMention
from ..passage import Passage
from .anchors import Anchors
from .clock import CLOCK_WORDS
from .edtf import Point
from .eras import CENTURIES, DECADES, place_era, read_era
from .lexer import (
    APPROXIMATIONS,
    DAY_PARTS,
    ERAS,
    EVERY,
    MODIFIERS,
    MONTHS,
    PRAYERS,
    RELATIVE_DAYS,
    TAILS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from .moment import Moment, read_moment
from .numbers import NUMBER_WORDS
from .repetitions import REPETITIONS, read_repetition
from .resolution import Resolved, resolve
from .spans import GLUED, SPAN_STARTS, place, read_span
from .tense import tense_after

_NEAR = 220  # characters: a day named no farther back is what "two days later" counts from
_JOINERS = frozenset({"-", "–", "—", "বা", "কিংবা", "অথবা"})
_LIST = frozenset({",", "ও", "এবং"})


class Scan:
    """One passage being read."""

    __slots__ = ("passage", "words", "anchors", "_tenses")

    def __init__(self, passage: Passage, anchors: Anchors) -> None:
        self.passage = passage
        self.words = passage.words
        self.anchors = anchors

    def text(self, first: int, last: int) -> str:
        """The folded text of tokens first..last-1."""
        return self.passage.slice(first, last)

    def mention(
        self,
        first: int,
        last: int,
        rule: str,
        entries: tuple[str, ...],
        step: str = "",
        *,
        edtf: str | None = None,
        duration: str | None = None,
        set: str | None = None,
        unresolved: str | None = None,
        warning: str | None = None,
    ) -> TimeMention:
        """A mention over tokens first..last-1; its trace ends in the value."""
        value = edtf or duration or set
        words = self.text(first, last)
        steps = [f"{words}: {step} → {value}" if step else f"{words} → {value}" if value else f"{words}: {unresolved}"]
        return TimeMention(
            start=self.passage.starts[first],
            end=self.passage.ends[last - 1],
            edtf=edtf,
            duration=duration,
            set=set,
            unresolved=unresolved,
            warning=warning,
            trace=Trace(rule, entries, tuple(steps)),
        )


Found = tuple[list[TimeMention], int]
Rule = Callable[[Scan, int], "Found | None"]


# --- repetition --------------------------------------------------------------------------------------------------


def repetition(scan: Scan, i: int) -> Found | None:
    """প্রতিদিন, প্রতি মাসে; with the parts of the day it runs through: প্রতিদিন ভোর থেকে রাত পর্যন্ত."""
    found = read_repetition(scan.words, i)
    if found is None:
        return None
    end = found.end
    scan.anchors.habit = found.period == "P1D"
    following = _interval_end(scan, end)
    if following is not None:
        end = following
    else:
        part = read_moment(scan.words, end)
        if part is not None and not part.has_calendar and part.dial is None:
            end = part.end
    return [scan.mention(i, end, "times.repetition", found.entries, set=found.period)], end


def _interval_end(scan: Scan, i: int) -> int | None:
    """The end of "ভোর থেকে গভীর রাত পর্যন্ত" at token i, if no clock time is in it."""
    first = read_moment(scan.words, i) or _bare_part(scan, i)
    if first is None or first.has_calendar or first.dial is not None:
        return None
    tail = TAILS.at(scan.words, first.end)
    if tail is None or tail[0].value != "from":
        return None
    second = read_moment(scan.words, tail[1]) or _bare_part(scan, tail[1])
    if second is None or second.has_calendar or second.dial is not None:
        return None
    until = TAILS.at(scan.words, second.end)
    return until[1] if until is not None and until[0].value == "until" else second.end


def _bare_part(scan: Scan, i: int) -> Moment | None:
    part = DAY_PARTS.at(scan.words, i)
    if part is None:
        return None
    m = Moment(i)
    m.part, m.end = part[0].value, part[1]
    m.note(part[0])
    return m


# --- long times with names ---------------------------------------------------------------------------------------


def era(scan: Scan, i: int) -> Found | None:
    """২০২৩-২৪ অর্থবছর, ষাটের দশক, একবিংশ শতাব্দী, গত শীতে."""
    found = read_era(scan.words, i)
    if found is None:
        return None
    end = found.end
    tail, after = _tail(scan, end, found.case)
    if tail:
        end = after
    words = scan.text(i, end)
    placed = place_era(found, scan.anchors, words)
    rule = f"times.{found.kind}" + ("_year" if found.kind in ("financial", "academic") else "")
    if placed.low is None:
        return [scan.mention(i, end, rule, found.entries, unresolved=placed.problem)], end
    edtf = _directed(placed.low, placed.high, "" if found.last is not None and tail == "until" else tail)
    return [scan.mention(i, end, rule, found.entries, placed.step, edtf=edtf)], end


# --- lists -------------------------------------------------------------------------------------------------------


def day_list(scan: Scan, i: int) -> Found | None:
    """২১, ২৩ ও ২৫ জুলাই; ২০১৪, ২০১৮ ও ২০২৪ সালে: one time each, the last one says the rest."""
    words = scan.words
    if not words[i].isdigit() or i + 2 >= len(words):
        return None
    items = [i]
    j = i + 1
    while j + 1 < len(words) and words[j] in _LIST and words[j + 1].isdigit() and len(words[j + 1]) in (2, 4, 1):
        items.append(j + 1)
        j += 2
    if len(items) < 2:
        return None
    last = items[-1]
    if len(words[i]) == 4:
        return _year_list(scan, items, j)
    if len(items) < 3 or not all(1 <= int(words[k]) <= 31 for k in items):
        return None
    m = read_moment(words, last)
    if m is None or m.day is None or m.month is None or m.day_to is not None:
        return None
    mentions = []
    for k in items:
        m.day = int(words[k])
        end = m.end if k == last else k + 1
        mentions.append(_moment_mention(scan, m, k, end, ""))
    return mentions, m.end


def _year_list(scan: Scan, items: list[int], end: int) -> Found | None:
    """Years joined by commas and ও; two digits continue the century."""
    words = scan.words
    first = int(words[items[0]])
    if not 1800 <= first <= 2099:
        return None
    century = first // 100 * 100
    years = []
    for k in items:
        if len(words[k]) == 4:
            year = int(words[k])
        elif len(words[k]) == 2:
            year = century + int(words[k])
        else:
            return None
        if not 1800 <= year <= 2099:
            return None
        years.append(year)
    closes = end < len(words) and (words[end] in ERAS.single or words[end] in _DASHES)
    if not closes and not all(len(words[k]) == 4 for k in items):
        return None
    last_end = end
    if end < len(words) and words[end] in ERAS.single:
        last_end = end + 1
    elif end + 1 < len(words) and words[end] in _DASHES and words[end + 1] in _GLUED_ENDINGS:
        last_end = end + 2
    mentions = []
    for k, year in zip(items, years, strict=True):
        stop = last_end if k == items[-1] else k + 1
        mentions.append(scan.mention(k, stop, "times.year_list", (), edtf=str(year)))
    scan.anchors.name(Point(years[-1]), scan.passage.starts[items[-1]])
    return mentions, last_end


_DASHES = frozenset({"-", "–", "—"})
_GLUED_ENDINGS = frozenset({"এর", "এ", "তে", "র", "কে", "ের"})


def weekday_list(scan: Scan, i: int) -> Found | None:
    """রবি, মঙ্গল ও বৃহস্পতিবার: three days and more are a timetable."""
    words = scan.words
    count, j, full = 0, i, False
    while True:
        found = WEEKDAYS.at(words, j)
        if found is None:
            break
        count, j, full = count + 1, found[1], not found[0].value.short
        if j < len(words) and words[j] in _LIST and WEEKDAYS.at(words, j + 1) is not None:
            j += 1
        else:
            break
    if count < 3 or not full:
        return None
    return [scan.mention(i, j, "times.weekday_list", ("weekdays.tsv",), set="P1W")], j


# --- counted units -----------------------------------------------------------------------------------------------


def span(scan: Scan, i: int) -> Found | None:
    """১৭ বছর ধরে, তিন দিন আগে, গত ১৫ বছরে, আগামী চার মাসের মধ্যে, প্রায় দুই ঘণ্টা."""
    found = read_span(scan.words, i)
    if found is None:
        return None
    anchors = scan.anchors
    first, end = found.start, found.end
    words = scan.text(first, end)
    here = scan.passage.starts[first]
    if found.tail == "after" and found.unit in ("day", "hour") and not found.long:
        m = read_moment(scan.words, end)
        if m is not None and m.has_day and m.relative is None:
            return [_moment_mention(scan, m, first, m.end, "")], m.end
    near = anchors.place >= 0 and 0 <= here - anchors.place <= _NEAR and anchors.named is not None
    placed = place(found, anchors, words, tense=tense_after(scan.words, end), near=near)
    rule = "times." + (
        "back_or_ahead" if found.modifier in ("last", "next") else
        {"before": "ago", "after": "later"}.get(found.tail, "duration") if placed.duration is None else "duration"
    )  # fmt: skip
    if placed.point is not None and placed.point.date is not None:
        anchors.name(placed.point, here)
    mention = scan.mention(
        first,
        end,
        rule,
        found.entries,
        placed.step,
        edtf=placed.edtf,
        duration=placed.duration,
        unresolved=placed.problem,
    )
    return [mention], end


# --- points and intervals ----------------------------------------------------------------------------------------


def moment(scan: Scan, i: int) -> Found | None:
    """গতকাল মঙ্গলবার রাত সাড়ে ৮টার দিকে; রোববার দুপুর থেকে সোমবার সকাল পর্যন্ত; ৫ আগস্টের পর."""
    words = scan.words
    m = read_moment(words, i)
    if m is None:
        return None
    joined = _joined(scan, m)
    if joined is not None:
        return joined
    tail, end = _tail(scan, m.end, m.case)
    if tail == "from":
        interval = _interval(scan, m, end)
        if interval is not None:
            return interval
    ranged = m.day_to is not None or m.year_to is not None or (m.weekday_to is not None and not m.alternative)
    if ranged and tail in ("until", "within"):
        tail = ""
    if tail == "before" and m.dial is None and not m.has_calendar:
        return None
    return [_moment_mention(scan, m, i, end if tail or end > m.end else m.end, tail)], max(end, m.end)


def _tail(scan: Scan, i: int, case: str) -> tuple[str, int]:
    """The direction that the words after a time give it, and the token after them."""
    found = TAILS.at(scan.words, i)
    if found is None:
        return "", i
    term, end = found
    value = term.value
    if value == "around":
        return "", end if case == "genitive" or term.word == "নাগাদ" else i
    if value in ("within", "before", "after") and case != "genitive":
        return "", i
    if value == "for" and term.word in ("জন্য", "জন্যে"):
        return "", i
    if value == "for":
        return "", end
    if value == "after" and end < len(scan.words) and scan.words[end] in ("থেকে", "থেকেই", "হতে"):
        end += 1
    return value, end


def _directed(low: Point, high: Point | None, tail: str) -> str:
    if tail in ("from", "after"):
        return f"{low.edtf}/.."
    if tail in ("until", "within"):
        return f"../{(high or low).edtf}"
    if tail == "before":
        return f"../{low.edtf}"
    return f"{low.edtf}/{high.edtf}" if high is not None and high != low else low.edtf


def _half(m: Moment) -> int | None:
    return m.part.start if m.part is not None else None


def _place(
    scan: Scan, m: Moment, first: int, last: int, *, floor: Point | None = None, half: int | None = None, tail: str = ""
) -> Resolved:
    anchors = scan.anchors
    tense = tense_after(scan.words, m.end)
    if tail == "within" and m.weekday is not None and m.weekday_to is None:
        m.weekday_modifier = m.weekday_modifier or "next"  # a term that is set lies ahead
    return resolve(m, anchors, scan.text(first, last), tense=tense, floor=floor, half=half, habit=anchors.habit)


def _moment_mention(scan: Scan, m: Moment, first: int, last: int, tail: str) -> TimeMention:
    rule = _rule_of(m) + (f"_{tail}" if tail else "")
    found = _place(scan, m, first, last, tail=tail)
    if found.low is None:
        return scan.mention(first, last, rule, tuple(m.entries), unresolved=found.problem)
    low, high = found.low, found.high
    if m.phase == "middle" and tail in ("from", "until", "after") and low.day is None and low.month is not None:
        low = low._replace(day=15, approximate=True)
    if m.phase == "start" and tail in ("from", "after") and high is not None:
        high = None
    _name(scan, m, low, high, first)
    edtf = _directed(low, high, tail)
    return scan.mention(first, last, rule, tuple(m.entries), found.step, edtf=edtf, warning=found.warning)


def _name(scan: Scan, m: Moment, low: Point, high: Point | None, first: int) -> None:
    """Let the text have named this day; a clock time after midnight still belongs to the evening it was named by."""
    if not m.has_calendar:
        return
    scan.anchors.habit = False
    day = low.date
    published = scan.anchors.published
    if day is not None and high is None and m.relative is None and published is not None:
        far = abs((published - day).days) > 400
        if far:
            scan.anchors.named_year = day.year
            return
    scan.anchors.name(low, scan.passage.starts[first])


def _rule_of(m: Moment) -> str:
    if m.relative is not None:
        return "times.relative_day"
    if m.day is not None or m.date is not None or m.edge:
        return "times.date"
    if m.weekday is not None:
        return "times.weekday"
    if m.month is not None or m.month_shift is not None:
        return "times.month"
    if m.week_shift is not None:
        return "times.week"
    if m.year is not None or m.year_shift is not None:
        return "times.year"
    return "times.clock" if m.dial is not None else "times.day_part"


def _joined(scan: Scan, m: Moment) -> Found | None:
    """Two clock times or months with a dash or বা between them: রাত ৯টা-১০টার দিকে, জুলাই বা আগস্টে."""
    words = scan.words
    if m.end >= len(words) or words[m.end] not in _JOINERS:
        return None
    if m.dial is None and m.weekday is None:
        return None
    second = read_moment(words, m.end + 1) or (_weak_clock(scan, m.end + 1) if m.dial is not None else None)
    if second is None or (m.dial is not None) != (second.dial is not None) or second.day is not None:
        return None
    if m.dial is not None and second.has_calendar:
        return None
    if m.dial is None and (second.weekday is None or (words[m.end] in _DASHES and second.relative is not None)):
        return None
    return _pair(scan, m, second, second.end)


def _weak_clock(scan: Scan, i: int) -> Moment | None:
    """A clock time that only the one before it makes certain: … থেকে ১টা."""
    from .clock import dial_at

    dial = dial_at(scan.words, i, strong=True)
    if dial is None:
        return None
    m = Moment(i)
    m.dial, m.case, m.end = dial, dial.case, dial.end
    return m


def _interval(scan: Scan, m: Moment, i: int) -> Found | None:
    """From one moment to another: … থেকে … পর্যন্ত, and without পর্যন্ত between clock times, months and years."""
    words = scan.words
    second = read_moment(words, i)
    if second is None and m.dial is not None:
        second = _weak_clock(scan, i)
    if second is None:
        second = _bare_part(scan, i) if m.part is not None or m.dial is not None else _bare_year(scan, i)
    if second is None:
        return None
    until = TAILS.at(words, second.end)
    closed = until is not None and until[0].value in ("until", "within")
    if not closed:
        alike = (m.dial is not None and second.dial is not None) or (
            not m.has_day and not second.has_day and m.has_calendar and second.has_calendar
        )
        if not alike:
            return None
    return _pair(scan, m, second, second.end)


def _bare_year(scan: Scan, i: int) -> Moment | None:
    if i < len(scan.words) and len(scan.words[i]) == 4 and scan.words[i].isdigit():
        m = Moment(i)
        m.year, m.end = int(scan.words[i]), i + 1
        return m
    return None


def _pair(scan: Scan, m: Moment, second: Moment, i: int) -> Found | None:
    """The interval of two moments; what the one leaves out it takes from the other."""
    if second.year is not None and m.year is None and m.year_shift is None and m.month is not None:
        if m.month.calendar == "gregorian" and (second.month is None or m.month.number <= second.month.number):
            m.year = second.year
    if second.month is None and second.day is not None and m.month is not None and second.day > (m.day or 0):
        second.month = m.month
    if m.month is None and m.day is not None and second.month is not None and m.day < (second.day or 0):
        m.month = second.month
    first, half = m.start, _half(m)
    tail, end = _tail(scan, i, second.case)
    if tail not in ("until", "within"):
        end = end if tail == "" else i
    inherited = second.part.start if m.part is None and second.part is not None and m.dial is not None else None
    low = _place(scan, m, first, m.end, half=inherited)
    if low.low is None:
        # Without a first end there is no interval; say why.
        if m.has_calendar or second.has_calendar or low.problem is None:
            return [
                scan.mention(first, end, "times.interval", tuple(m.entries + second.entries), unresolved=low.problem)
            ], end
        return [
            scan.mention(first, end, "times.interval", tuple(m.entries + second.entries), unresolved=low.problem)
        ], end
    if m.phase == "middle" and low.low.month is not None and low.low.day is None:
        low = low._replace(low=low.low._replace(day=15, approximate=True))
    assert low.low is not None
    _name(scan, m, low.low, None, first)
    floor = low.low
    if second.dial is not None and second.part is None and m.dial is not None:
        half = floor.clock[0] if floor.clock is not None else half
    high = _place(scan, second, second.start, end, floor=floor, half=half)
    entries = tuple(m.entries + second.entries)
    if high.low is None:
        open_end = f"{low.low.edtf}/.." if not second.has_calendar else None
        return [
            scan.mention(
                first,
                end,
                "times.interval",
                entries,
                low.step,
                edtf=open_end,
                unresolved=None if open_end else high.problem,
            )
        ], end
    last = high.high or high.low
    start = low.low
    if start.year is not None and last.year is None and start.date is not None and last.clock is not None:
        last = Point(start.year, start.month, start.day, last.clock)
    if second.has_calendar and last.year is not None:
        _name(scan, second, last, None, first)
    edtf = start.edtf if start == last else f"{start.edtf}/{last.edtf}"
    step = "; ".join(part for part in (low.step, high.step) if part)
    return [
        scan.mention(first, end, "times.interval", entries, step, edtf=edtf, warning=low.warning or high.warning)
    ], end


# --- years without a word that says so ----------------------------------------------------------------------------

_COUNTS = frozenset(
    row[column]
    for table, column in (("classifiers.tsv", "form"), ("scales.tsv", "word"), ("time_units.tsv", "word"))
    for row in rows(table)
)
_YEAR_BEFORE = frozenset({",", "-", "–", "(", "বিগত", "সাল", "সন"})
_YEAR_AFTER = frozenset(
    {",", "।", ")", "ও", "এবং", "\n", "থেকে", "পর্যন্ত", "অনুযায়ী", "অনুসারে", "বা", "–", "’", "”", "?", "!"}
)


def bare_year(scan: Scan, i: int) -> Found | None:
    """২০১৮ between commas, in a title, before -এর: where nothing counted follows."""
    words = scan.words
    word = words[i]
    if len(word) != 4 or not word.isdigit() or not "1800" <= word <= "2099":
        return None
    before = words[i - 1] if i else "\n"
    after = words[i + 1] if i + 1 < len(words) else "\n"
    if before in ("-", "/", ".") and i > 1 and words[i - 2][0].isdigit():
        return None
    if after in _COUNTS or after[0].isdigit() or (after == "." and i + 2 < len(words) and words[i + 2][0].isdigit()):
        return None
    end = i + 1
    if after in ("-", "–") and i + 2 < len(words) and words[i + 2] in _GLUED_ENDINGS:
        end = i + 3
    elif after in _GLUED_ENDINGS:
        end = i + 2
    elif after not in _YEAR_AFTER and before not in _YEAR_BEFORE:
        return None
    point = Point(int(word))
    tail, after_tail = _tail(scan, end, "genitive" if end > i + 1 else "")
    if tail:
        end = after_tail
    return [scan.mention(i, end, "times.bare_year", (), edtf=_directed(point, None, tail))], end


# --- the order ---------------------------------------------------------------------------------------------------

RULES: tuple[tuple[str, Rule], ...] = (
    ("times.repetition", repetition),
    ("times.era", era),
    ("times.list", day_list),
    ("times.weekday_list", weekday_list),
    ("times.span", span),
    ("times.moment", moment),
    ("times.bare_year", bare_year),
)

NUMBER_RULES: tuple[Rule, ...] = (era, day_list, span, moment, bare_year)


def _dispatch() -> dict[str, tuple[Rule, ...]]:
    """Which rules a token sets off, in the order of RULES."""
    wanted: dict[str, set[Rule]] = {}

    def add(words: set[str] | frozenset[str], *rules: Rule) -> None:
        for word in words:
            wanted.setdefault(word, set()).update(rules)

    add(REPETITIONS.first_words() | EVERY.first_words(), repetition)
    add(frozenset({*DECADES, *CENTURIES}), era)
    add(MODIFIERS.first_words(), era, span, moment)
    add(frozenset(NUMBER_WORDS), span, moment)
    add(SPAN_STARTS | APPROXIMATIONS.first_words() | frozenset({"দীর্ঘ", "টানা", *GLUED.single}), span)
    add(WEEKDAYS.first_words(), weekday_list)
    add(UNITS.first_words(), repetition, span, moment)
    add(
        MONTHS.first_words() | WEEKDAYS.first_words() | RELATIVE_DAYS.first_words() | DAY_PARTS.first_words()
        | PRAYERS.first_words() | ZONES.first_words() | CLOCK_WORDS | {"’", "‘", "'"}
        | {"পয়লা", "পহেলা", "দোসরা", "তেসরা", "চৌঠা", "একুশে", "বাইশে", "পঁচিশে", "সাতই", "ছাব্বিশে"},
        moment,
    )  # fmt: skip
    order = [rule for _, rule in RULES]
    return {word: tuple(rule for rule in order if rule in rules) for word, rules in wanted.items()}


DISPATCH = _dispatch()


def find(passage: Passage, anchors: Anchors) -> list[TimeMention]:
    """The times of a passage in text order, and the anchors moved on by them."""
    scan = Scan(passage, anchors)
    mentions: list[TimeMention] = []
    words = passage.words
    dispatch = DISPATCH
    after = 0
    anchors.habit = False
    for i in [k for k, word in enumerate(words) if word in dispatch or "0" <= word[0] <= "9"]:
        if i < after:
            continue
        for rule in dispatch.get(words[i], NUMBER_RULES):
            found = rule(scan, i)
            if found is not None:
                mentions += found[0]
                after = found[1]
                break
    return mentions
