"""From what the words say to a date: every relative part is reckoned from the anchors, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from ..calendar import add_months, days_in_month, from_bangla, from_hijri, gregorian
from .anchors import NO_NAMED_DAY, NO_PUBLICATION, Anchors
from .clock import on_the_clock
from .edtf import Point, of_date
from .lexer import Month
from .moment import Moment

Convert = Callable[[int, int, int], date | None]
_NEAR_FUTURE = 100  # days: a date without a year lies ahead only if it is as near as this and nearer than the past one
_UNSAID_HALF = "morning or evening is not said"


class Resolved(NamedTuple):
    """A point, or the first and last of a range; `problem` says why there is none."""

    low: Point | None = None
    high: Point | None = None
    problem: str | None = None
    warning: str | None = None
    step: str = ""


def resolve(
    m: Moment,
    anchors: Anchors,
    text: str,
    *,
    tense: str,
    floor: Point | None = None,
    half: int | None = None,
    habit: bool = False,
) -> Resolved:
    """Place a moment. `tense` is past or future, of the verb it goes with; `floor` is the start of the interval that
    it ends, `half` the twelve hours that the clock before it was read in, `habit` whether the sentence tells what
    happens every day."""
    if not m.has_calendar:
        return _clock_alone(m, anchors, text, tense, floor, half, habit)
    found = _calendar(m, anchors, text, tense, floor)
    if found.low is None or found.low.date is None:
        return found
    if m.dial is not None:
        timed = _timed(m, found.low.date, half)
        if timed is None:
            return found._replace(warning=_UNSAID_HALF)
        return found._replace(low=timed, high=None)
    return found


def _timed(m: Moment, day: date, half: int | None) -> Point | None:
    if m.dial is None:
        return of_date(day)
    start = m.part.start if m.part is not None else half
    read = on_the_clock(m.dial, start)
    if read is None:
        return None
    clock, later = read
    return of_date(day + timedelta(later), clock)


def _clock_alone(
    m: Moment, anchors: Anchors, text: str, tense: str, floor: Point | None, half: int | None, habit: bool
) -> Resolved:
    """A clock time or part of the day: on the day named last, else on no known day."""
    published = anchors.published
    named = anchors.scene
    if named is not None and published is not None and named > published and tense == "past":
        named = anchors.scene_past or published
    day = None if habit else (floor.date if floor is not None and floor.date else named)
    if floor is not None and floor.year is None:
        day = None
    if m.dial is None:
        if day is None:
            return Resolved(problem=NO_NAMED_DAY)
        return Resolved(of_date(day), step=f"on the day named before, {day}")
    start = m.part.start if m.part is not None else half
    read = on_the_clock(m.dial, start)
    if read is None:
        return Resolved(problem=_UNSAID_HALF)
    clock, later = read
    if day is None:
        return Resolved(Point(clock=clock), step="on no named day")
    if later and published is not None and day + timedelta(later) > published >= day and tense != "future":
        later = 0  # what has happened lies before publication
    return Resolved(of_date(day + timedelta(later), clock), step=f"on the day named before, {day}")


def _calendar(m: Moment, anchors: Anchors, text: str, tense: str, floor: Point | None) -> Resolved:
    published = anchors.published
    if m.date is not None:
        return _checked(m, date(*m.date), anchors)
    if m.relative is not None and m.day is None and m.month is None:
        return _relative(m, anchors, text, tense)
    year, problem = _year(m, anchors, text)
    if problem:
        return Resolved(problem=problem)
    if m.month_shift is not None and m.month is None:
        month = _shifted_month(m.month_shift, anchors)
        if month is None:
            return Resolved(problem=_missing(m.month_shift))
        return _in_month(m, month, anchors)
    if m.day is not None and m.month is None:
        return _day_of_month(m, anchors, text, tense, floor)
    if m.month is not None:
        if m.month.calendar != "gregorian" or m.era in ("bangla", "hijri"):
            return _other_calendar(m, anchors, text, year)
        if m.day is not None:
            return _day_and_month(m, anchors, text, tense, year, floor)
        return _month(m, anchors, text, tense, year, floor)
    if m.week_shift is not None:
        return _week(m, anchors, text)
    if m.weekday is not None:
        return _weekday(m, anchors, text, tense, floor)
    if year is None:
        return Resolved(problem=NO_PUBLICATION if published is None else NO_NAMED_DAY)
    if m.edge:
        return _checked(m, date(year, 1, 1) if m.edge == "first" else date(year, 12, 31), anchors)
    if m.era in ("bangla", "hijri"):
        return _other_year(year, m.era, anchors)
    if m.year_to is not None:
        return Resolved(Point(year), Point(m.year_to))
    if m.first_months:
        low = (year, 1) if m.first_months > 0 else (year, 13 + m.first_months)
        return Resolved(Point(*low), Point(*add_months(*low, abs(m.first_months) - 1)))
    if m.quarter:
        return Resolved(Point(year, 3 * m.quarter - 2), Point(year, 3 * m.quarter))
    return Resolved(Point(year))


def _missing(shift: str) -> str:
    return NO_NAMED_DAY if shift in ("named", "following", "preceding") else NO_PUBLICATION


def _year(m: Moment, anchors: Anchors, text: str) -> tuple[int | None, str | None]:
    if m.year is not None:
        if m.era == "gregorian" and m.year < 1500 and (m.month is None or m.month.calendar == "gregorian"):
            return m.year, None
        return m.year, None
    if m.year_shift is None:
        return None, None
    shift = m.year_shift
    published = anchors.published
    if shift in ("named", "following", "preceding"):
        if anchors.named_year is None:
            return None, NO_NAMED_DAY
        return anchors.named_year + {"named": 0, "following": 1, "preceding": -1}[shift], None
    if published is None:
        return None, NO_PUBLICATION
    if shift == "new":
        return published.year + (published.month >= 7), None
    return published.year + {"last": -1, "this": 0, "next": 1}[shift], None


def _relative(m: Moment, anchors: Anchors, text: str, tense: str) -> Resolved:
    assert m.relative is not None
    relative = m.relative
    if m.of_event:
        return Resolved(problem=f"counted from an event whose day is not said: {text}")
    if relative.named:
        base, reason = anchors.named, NO_NAMED_DAY
    else:
        base, reason = anchors.published, NO_PUBLICATION
    if base is None:
        return Resolved(problem=reason)
    days = relative.days if not relative.either or tense == "future" else -relative.days
    day = base + timedelta(days)
    if m.year is not None:
        moved = gregorian(m.year, day.month, day.day)
        return Resolved(of_date(moved)) if moved else Resolved(problem=f"no such day in {m.year}")
    anchor = "the day named before" if relative.named else "published"
    return _checked(m, day, anchors)._replace(step=f"{anchor} {base} {days:+d} days")


def _checked(m: Moment, day: date, anchors: Anchors) -> Resolved:
    """A day, with a warning if the weekday beside it is another."""
    warning = None
    if m.weekday is not None and day.isoweekday() != m.weekday:
        warning = f"the weekday beside {day} does not fit: that day is a {day:%A}"
    return Resolved(of_date(day), warning=warning)


def _nearest(candidates: list[date], base: date, direction: str, tense: str) -> date | None:
    """The date meant, of the same day in several years."""
    past = max((day for day in candidates if day <= base), default=None)
    ahead = min((day for day in candidates if day >= base), default=None)
    if past is None or ahead is None:
        return past or ahead
    if direction == "last":
        return past
    if direction == "next":
        return ahead
    to_past, to_ahead = (base - past).days, (ahead - base).days
    if tense == "future":
        return ahead if to_ahead <= 300 or to_past > 60 else past
    return ahead if to_ahead < to_past and to_ahead <= _NEAR_FUTURE else past


def _day_and_month(
    m: Moment, anchors: Anchors, text: str, tense: str, year: int | None, floor: Point | None
) -> Resolved:
    assert m.month is not None
    assert m.day is not None
    number = m.month.number
    step = ""
    if year is None:
        base = floor.date if floor is not None and floor.date else anchors.published
        if base is None:
            return Resolved(problem=NO_PUBLICATION)
        candidates = [day for y in (-1, 0, 1) if (day := gregorian(base.year + y, number, m.day))]
        if not candidates:
            candidates = [day for y in range(-4, 5) if (day := gregorian(base.year + y, number, m.day))]
        found = _nearest(candidates, base, "next" if floor is not None and floor.date else m.direction, tense)
        if found is None:
            return Resolved(problem=f"no such day: {text}")
        year = found.year
        step = f"nearest to {base}"
    day = gregorian(year, number, m.day)
    if day is None:
        return Resolved(problem=f"no such day: {text}")
    resolved = _checked(m, day, anchors)._replace(step=step)
    if m.day_to is not None:
        last = gregorian(year, number, m.day_to)
        if last is not None:
            return resolved._replace(high=of_date(last))
    return resolved


def _day_of_month(m: Moment, anchors: Anchors, text: str, tense: str, floor: Point | None) -> Resolved:
    """৭ তারিখ: of the month of publication, or the next one if আগামী or the verb says so."""
    base = floor.date if floor is not None and floor.date else anchors.published
    if base is None or m.day is None:
        return Resolved(problem=NO_PUBLICATION)
    year, month = base.year, base.month
    if m.day < base.day and (m.direction == "next" or (tense == "future" and not m.direction) or floor is not None):
        year, month = add_months(year, month, 1)
    elif m.day > base.day and m.direction == "last":
        year, month = add_months(year, month, -1)
    day = gregorian(year, month, m.day)
    if day is None:
        return Resolved(problem=f"no such day: {text}")
    last = gregorian(year, month, m.day_to) if m.day_to else None
    return _checked(m, day, anchors)._replace(high=of_date(last) if last else None, step=f"in the month of {base}")


def _month(m: Moment, anchors: Anchors, text: str, tense: str, year: int | None, floor: Point | None) -> Resolved:
    assert m.month is not None
    number = m.month.number
    if year is None:
        published = anchors.published
        if floor is not None and floor.year is not None:
            year = floor.year + (number < (floor.month or 1))
        elif published is None:
            return Resolved(problem=NO_PUBLICATION)
        elif m.direction == "last":
            year = published.year - (number >= published.month)
        elif m.direction == "next":
            year = published.year + (number <= published.month)
        elif tense == "future" and (number - published.month) % 12 <= 5:
            year = published.year + (number < published.month)
        elif m.direction == "this" and number - published.month < 6 and number >= published.month:
            year = published.year
        else:
            year = published.year - (number > published.month)
    resolved = _in_month(m, (year, number), anchors)
    if m.month_to is not None:
        return resolved._replace(high=Point(year + (m.month_to.number < number), m.month_to.number))
    return resolved


def _in_month(m: Moment, month: tuple[int, int], anchors: Anchors) -> Resolved:
    year, number = month
    if not 1 <= year <= 9999:
        return Resolved(problem=f"no such year: {year}")
    if m.edge:
        return _checked(m, date(year, number, 1 if m.edge == "first" else days_in_month(year, number)), anchors)
    if m.day is not None:
        day = gregorian(year, number, m.day)
        return _checked(m, day, anchors) if day else Resolved(problem="no such day")
    if m.first_days:
        days = days_in_month(year, number)
        first, last = (1, m.first_days) if m.first_days > 0 else (days + m.first_days + 1, days)
        return Resolved(Point(year, number, first), Point(year, number, last))
    if m.week_of_month:
        days = days_in_month(year, number)
        first = 7 * m.week_of_month - 6 if m.week_of_month > 0 else days - 6
        return Resolved(Point(year, number, first), Point(year, number, first + 6))
    return Resolved(Point(year, number))


def _shifted_month(shift: str, anchors: Anchors) -> tuple[int, int] | None:
    if shift in ("named", "following", "preceding"):
        if anchors.named_month is None:
            return None
        return add_months(*anchors.named_month, {"named": 0, "following": 1, "preceding": -1}[shift])
    if anchors.published is None:
        return None
    return add_months(anchors.published.year, anchors.published.month, {"last": -1, "this": 0, "next": 1}[shift])


def _week(m: Moment, anchors: Anchors, text: str) -> Resolved:
    """Monday to Sunday."""
    assert m.week_shift is not None
    named = m.week_shift in ("named", "following", "preceding")
    base = anchors.named if named else anchors.published
    if base is None:
        return Resolved(problem=_missing(m.week_shift))
    weeks = {"last": -1, "next": 1, "following": 1, "preceding": -1}.get(m.week_shift, 0)
    monday = base - timedelta(base.weekday()) + timedelta(7 * weeks)
    return Resolved(of_date(monday), of_date(monday + timedelta(6)), step=f"week of {base} {weeks:+d}")


def _weekday(m: Moment, anchors: Anchors, text: str, tense: str, floor: Point | None) -> Resolved:
    assert m.weekday is not None
    base = floor.date if floor is not None and floor.date else anchors.published
    if base is None:
        return Resolved(problem=NO_PUBLICATION)
    ahead = (m.weekday - base.isoweekday()) % 7
    modifier = m.weekday_modifier
    if modifier == "last":
        day = base - timedelta((7 - ahead) % 7 or 7)
    elif modifier == "next":
        day = base + timedelta(ahead or 7)
    elif modifier == "following" and anchors.named is not None:
        day = anchors.named + timedelta((m.weekday - anchors.named.isoweekday()) % 7 or 7)
    elif floor is not None and floor.date:
        day = base + timedelta(ahead)
    elif m.weekday in anchors.weekdays and m.weekday_to is None:
        day = anchors.weekdays[m.weekday]
    elif tense == "future":
        day = base + timedelta(ahead)
    else:
        day = base - timedelta((7 - ahead) % 7)
    high = None
    if m.weekday_to is not None:
        gap = (m.weekday_to - m.weekday) % 7
        if tense != "future" and not modifier and day + timedelta(gap) > base:
            day -= timedelta(7)
        high = of_date(day + timedelta(gap))
    return Resolved(of_date(day), high, step=f"{modifier or tense or 'nearest'} from {base}")


def _other_calendar(m: Moment, anchors: Anchors, text: str, year: int | None) -> Resolved:
    """Bangla and Hijri days and months."""
    assert m.month is not None
    hijri = m.month.calendar == "hijri" or m.era == "hijri"
    if hijri:
        if year is None:
            if m.dial is not None:  # office hours in Ramadan
                return _clock_alone(m, Anchors(None), text, "", None, None, True)
            return Resolved(problem=f"a Hijri month without its year: {text}")
        if year > 1700:
            year = _hijri_year(year, m.month.number, m.day or 1)
        return _span_of(m, from_hijri, year, approximate=True)
    country = anchors.country

    def convert(y: int, mo: int, d: int) -> date | None:
        return from_bangla(y, mo, d, country)

    if year is None or year > 1700:
        base = date(year, 6, 30) if year is not None else anchors.published
        if base is None:
            return Resolved(problem=NO_PUBLICATION)
        candidates = [
            (day, y) for y in range(base.year - 595, base.year - 591) if (day := convert(y, m.month.number, m.day or 1))
        ]
        if year is not None:
            candidates = [item for item in candidates if item[0].year == year]
        found = _nearest([day for day, _ in candidates], base, m.direction, "")
        if found is None:
            return Resolved(problem=f"no such day: {text}")
        year = next(y for day, y in candidates if day == found)
    return _span_of(m, convert, year, approximate=False)


def _hijri_year(year: int, month: int, day: int) -> int:
    """The Hijri year whose month begins in a Gregorian year."""
    estimate = round((year - 622) * 33 / 32)
    for candidate in (estimate, estimate + 1, estimate - 1):
        found = from_hijri(candidate, month, day)
        if found is not None and found.year == year:
            return candidate
    return estimate


def _span_of(m: Moment, convert: Convert, year: int, *, approximate: bool) -> Resolved:
    assert m.month is not None
    month: Month = m.month
    if m.day is not None:
        day = convert(year, month.number, m.day)
        if day is None:
            return Resolved(problem="no such day in that calendar")
        return Resolved(
            of_date(day)._replace(approximate=approximate), step=f"{month.calendar} {year}-{month.number}-{m.day}"
        )
    first = convert(year, month.number, 1)
    following = convert(year + month.number // 12, month.number % 12 + 1, 1)
    if first is None or following is None:
        return Resolved(problem="no such month in that calendar")
    last = following - timedelta(1)
    if m.month_to is not None:
        number = m.month_to.number
        end = convert(year + (number < month.number) + number // 12, number % 12 + 1, 1)
        last = end - timedelta(1) if end is not None else last
    step = f"{month.calendar} month {month.number} of {year}"
    if m.phase == "start":
        return Resolved(of_date(first)._replace(approximate=approximate), step=step)
    return Resolved(
        of_date(first)._replace(approximate=approximate), of_date(last)._replace(approximate=approximate), step=step
    )


def _other_year(year: int, era: str, anchors: Anchors) -> Resolved:
    """A Bangla or Hijri year, as the Gregorian months it runs through."""
    if era == "bangla":
        first, following = from_bangla(year, 1, 1, anchors.country), from_bangla(year + 1, 1, 1, anchors.country)
    else:
        first, following = from_hijri(year, 1, 1), from_hijri(year + 1, 1, 1)
    if first is None or following is None:
        return Resolved(problem=f"no such year: {year}")
    last = following - timedelta(1)
    return Resolved(Point(first.year, first.month), Point(last.year, last.month), step=f"{era} year {year}")
