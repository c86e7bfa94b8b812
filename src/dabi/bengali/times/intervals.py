"""Points with what directs them, and the intervals between two of them.

গতকাল মঙ্গলবার রাত সাড়ে ৮টার দিকে; ৫ আগস্টের পর; রোববার দুপুর থেকে সোমবার সকাল পর্যন্ত.
"""

from __future__ import annotations

from datetime import timedelta

from ..mentions import TimeMention
from .clock import dial_at
from .edtf import Point
from .lexer import DAY_PARTS, NOW, TAILS
from .moment import Moment
from .points import read_moment
from .resolution import Resolved, resolve
from .scan import Found, Scan, directed, tail_after
from .spans import place, read_span
from .tense import tense_after
from .years import DASHES

_JOINERS = frozenset({"-", "–", "—", "বা", "কিংবা", "অথবা"})


def moment(scan: Scan, i: int) -> Found | None:
    """গতকাল মঙ্গলবার রাত সাড়ে ৮টার দিকে; রোববার দুপুর থেকে সোমবার সকাল পর্যন্ত; ৫ আগস্টের পর."""
    words = scan.words
    m = read_moment(words, i)
    if m is None:
        return None
    if m.relative is not None and m.relative.named:
        same = _same_day(scan, m)
        if same is not None:
            return same
    m = _without_other_date(scan, m)
    joined = _joined(scan, m)
    if joined is not None:
        return joined
    tail, end = tail_after(scan, m.end, m.case)
    if tail == "from" and m.relative is not None and not m.relative.named:
        counted = _from_today(scan, m, end)
        if counted is not None:
            return counted
    if tail == "from":
        interval = _interval(scan, m, end) or _until_now(scan, m, end)
        if interval is not None:
            return interval
    ranged = m.day_to is not None or m.year_to is not None or (m.weekday_to is not None and not m.alternative)
    if ranged and tail in ("until", "within"):
        tail = ""
    if tail == "before" and m.dial is None and not m.has_calendar:
        return None
    mention = moment_mention(scan, m, i, end if tail or end > m.end else m.end, tail)
    return [mention], _past_repeated_year(words, max(end, m.end), mention)


def _same_day(scan: Scan, m: Moment) -> Found | None:
    """পরদিন গতকাল মঙ্গলবার: a day counted from the one before, and named once more from today."""
    again = read_moment(scan.words, m.end)
    if again is None or again.relative is None or again.relative.named or m.dial is not None:
        return None
    return [moment_mention(scan, again, m.start, again.end, "")], again.end


def _past_repeated_year(words: list[str], end: int, mention: TimeMention) -> int:
    """এ বছর (২০২৫): the token behind a bracket that only says the year again."""
    if mention.edtf is not None and words[end : end + 3] == ["(", mention.edtf, ")"]:
        return end + 3
    return end


def _from_today(scan: Scan, m: Moment, i: int) -> Found | None:
    """আজ থেকে ঠিক ১০ বছর আগে: the length says it all."""
    if i < len(scan.words) and scan.words[i] == "ঠিক":
        i += 1
    length = read_span(scan.words, i)
    if length is None or length.tail not in ("before", "after"):
        return None
    words = scan.text(m.start, length.end)
    placed = place(length, scan.anchors, words, tense="future", near=False)
    rule = "times.ago" if length.tail == "before" else "times.later"
    mention = scan.mention(
        m.start,
        length.end,
        rule,
        tuple(m.entries) + length.entries,
        placed.step,
        edtf=placed.edtf,
        duration=placed.duration,
        unresolved=placed.problem,
    )
    return [mention], length.end


def _without_other_date(scan: Scan, m: Moment) -> Moment:
    """আজ ১৫ আগস্টের ছুটি নিয়ে: a date that is not today is another time."""
    published = scan.anchors.published
    if m.relative is None or m.relative.named or m.month is None or m.date_at <= m.start or published is None:
        return m
    meant = published + timedelta(m.relative.days)
    if m.month.calendar != "gregorian" or (m.month.number, m.day) == (meant.month, meant.day):
        return m
    alone = read_moment(scan.words[m.start : m.date_at], 0)
    if alone is None or alone.relative is None:
        return m
    alone.start, alone.end = m.start, m.start + alone.end
    return alone


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


def moment_mention(scan: Scan, m: Moment, first: int, last: int, tail: str) -> TimeMention:
    rule = _rule_of(m) + (f"_{tail}" if tail else "")
    found = _place(scan, m, first, last, tail=tail)
    if found.low is None:
        return scan.mention(first, last, rule, tuple(m.entries), unresolved=found.problem)
    low, high = found.low, found.high
    if m.phase == "middle" and tail in ("from", "until", "after") and low.day is None and low.month is not None:
        low = low._replace(day=15, approximate=True)
    if m.phase == "start" and tail in ("from", "after") and high is not None:
        high = None
    _name(scan, m, low, first)
    edtf = directed(low, high, tail)
    return scan.mention(first, last, rule, tuple(m.entries), found.step, edtf=edtf, warning=found.warning)


def _name(scan: Scan, m: Moment, low: Point, first: int) -> None:
    """Let the text have named this day; a clock time after midnight still belongs to the evening it was named by."""
    if not m.has_calendar:
        return
    scan.anchors.habit = False
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
    if m.dial is None and (second.weekday is None or (words[m.end] in DASHES and second.relative is not None)):
        return None
    return _pair(scan, m, second, second.end)


def _weak_clock(scan: Scan, i: int) -> Moment | None:
    """A clock time that only the one before it makes certain: … থেকে ১টা."""

    dial = dial_at(scan.words, i, strong=True)
    if dial is None:
        return None
    m = Moment(i)
    m.dial, m.case, m.end = dial, dial.case, dial.end
    return m


def bare_part(scan: Scan, i: int) -> Moment | None:
    part = DAY_PARTS.at(scan.words, i)
    if part is None:
        return None
    m = Moment(i)
    m.part, m.end = part[0].value, part[1]
    m.note(part[0])
    return m


def _interval(scan: Scan, m: Moment, i: int) -> Found | None:
    """From one moment to another: … থেকে … পর্যন্ত, and without পর্যন্ত between clock times, months and years."""
    words = scan.words
    second = read_moment(words, i)
    if second is None and m.dial is not None:
        second = _weak_clock(scan, i)
    if second is None:
        second = bare_part(scan, i) if m.part is not None or m.dial is not None else _bare_year(scan, i)
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


def _until_now(scan: Scan, m: Moment, i: int) -> Found | None:
    """২০২২ সালের ফেব্রুয়ারি থেকে এ পর্যন্ত: up to the day of publication, where that is known."""
    now, published = NOW.at(scan.words, i), scan.anchors.published
    if now is None or published is None or not m.has_calendar:
        return None
    entries = (*m.entries, now[0].entry)
    low = _place(scan, m, m.start, m.end)
    if low.low is None:
        return [scan.mention(m.start, now[1], "times.interval", entries, unresolved=low.problem)], now[1]
    start = low.low._replace(day=15, approximate=True) if _is_middle(m, low.low) else low.low
    _name(scan, m, low.low, m.start)
    problem = "it ends before it begins" if start.year is not None and published < start.first else None
    edtf = None if problem else f"{start.edtf}/{published.isoformat()}"
    mention = scan.mention(
        m.start, now[1], "times.interval", entries, low.step, edtf=edtf, unresolved=problem, warning=low.warning
    )
    return [mention], now[1]


def _is_middle(m: Moment, low: Point) -> bool:
    return m.phase == "middle" and low.month is not None and low.day is None


def _bare_year(scan: Scan, i: int) -> Moment | None:
    if i < len(scan.words) and len(scan.words[i]) == 4 and scan.words[i].isdecimal():
        m = Moment(i)
        m.year, m.end = int(scan.words[i]), i + 1
        return m
    return None


def _pair(scan: Scan, m: Moment, second: Moment, i: int) -> Found | None:
    """The interval of two moments; what the one leaves out it takes from the other."""
    month = m.month if m.year is None and m.year_shift is None else None
    if (
        month is not None
        and month.calendar == "gregorian"
        and second.year is not None
        and (second.month is None or month.number <= second.month.number)
    ):
        m.year = second.year
    if second.month is None and second.day is not None and m.month is not None and second.day > (m.day or 0):
        second.month = m.month
    if m.month is None and m.day is not None and second.month is not None and m.day < (second.day or 0):
        m.month = second.month
    first, half = m.start, _half(m)
    tail, end = tail_after(scan, i, second.case)
    if tail not in ("until", "within"):
        end = end if tail == "" else i
    inherited = second.part.start if m.part is None and second.part is not None and m.dial is not None else None
    low = _place(scan, m, first, m.end, half=inherited)
    if low.low is None:
        entries = tuple(m.entries + second.entries)
        return [scan.mention(first, end, "times.interval", entries, unresolved=low.problem)], end
    if m.phase == "middle" and low.low.month is not None and low.low.day is None:
        low = low._replace(low=low.low._replace(day=15, approximate=True))
    assert low.low is not None
    _name(scan, m, low.low, first)
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
    if start.year is not None and last.year is not None and last.last < start.first:
        problem = "it ends before it begins"
        return [scan.mention(first, end, "times.interval", entries, unresolved=problem)], end
    if second.has_calendar and last.year is not None:
        _name(scan, second, last, first)
    edtf = start.edtf if start == last else f"{start.edtf}/{last.edtf}"
    step = "; ".join(part for part in (low.step, high.step) if part)
    return [
        scan.mention(first, end, "times.interval", entries, step, edtf=edtf, warning=low.warning or high.warning)
    ], end
