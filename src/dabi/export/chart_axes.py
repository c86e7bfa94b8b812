"""The axes of a chart: which values get a tick, and what stands beside it in the reader's language.

The labels are worked out here and not by the chart's renderer, so that a specification carries its Bengali digits and
months with it wherever it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from .wording import Language, digits, number, word

DAY = timedelta(days=1)
_TALL = 50.0  # largest value over the smallest from which the scale is logarithmic, lest small ones lie on its foot
_FLAT = 0.25  # part of the largest value; if all lie within it the scale does not begin at zero
_TICK = 76  # pixels between two ticks of the axis of time: a day or month in either language
_STEPS = (1.0, 2.0, 5.0)
_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
_DAY_STEPS = (1, 2, 4, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, *(12 * year * 10**power for power in range(4) for year in (1, 2, 5)))


class Axis(msgspec.Struct, frozen=True):
    """The domain of an axis, its ticks, and the label of each tick in lines. Of time: `lines` where its days begin."""

    domain: tuple[float, float]
    ticks: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]
    log: bool = False
    from_zero: bool = True
    lines: tuple[float, ...] = ()


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, as charts count time."""
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))


def noon(day: date) -> datetime:
    """Where a day lies whose hour nobody knows: in its middle, where its tick is."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def value_axis(values: Sequence[float], language: Language, *, height: int, room: int) -> Axis:
    """The axis of values. `height` in pixels; `room` of them is kept free at either open end for arrows."""
    low, high = min(values), max(values)
    if low > 0 and high / low >= _TALL:
        return _log_axis(low, high, language, height, room)
    from_zero = not (low > 0 and (high - low) < _FLAT * high and high != low)
    bottom, top = (min(low, 0.0), max(high, 0.0)) if from_zero else (low, high)
    if bottom == top:
        top = bottom + 1.0
    per_pixel = (top - bottom) / max(height - 2 * room, 1)
    # Ordinary counts begin at zero, where no arrow needs room.
    domain = (bottom if bottom == 0 else bottom - room * per_pixel, top + room * per_pixel if top > 0 else top)
    whole = all(float(value).is_integer() for value in values)
    ticks = tuple(_round_steps(*domain, most=max(height // 50, 2), whole=whole))
    return Axis(domain, ticks, tuple((short_number(tick, language),) for tick in ticks), from_zero=from_zero)


def _log_axis(low: float, high: float, language: Language, height: int, room: int) -> Axis:
    per_pixel = (math.log10(high) - math.log10(low)) / max(height - 2 * room, 1)
    start = math.log10(low) - room * per_pixel
    end = min(math.log10(high) + room * per_pixel, 308.0)  # the largest power of ten that a double holds
    domain = (10**start or low, max(10**end, high))  # below the smallest there is no room to keep free
    first, last = math.floor(start), math.ceil(end)
    every = max(1, math.ceil((last - first) * 40 / max(height, 1)))
    found = (10.0**power for power in range(first, last + 1) if (power - first) % every == 0)
    ticks = tuple(tick for tick in found if domain[0] <= tick <= domain[1])
    return Axis(domain, ticks, tuple((short_number(tick, language),) for tick in ticks), log=True, from_zero=False)


def _round_steps(low: float, high: float, *, most: int, whole: bool) -> Iterator[float]:
    """Multiples of 1, 2 or 5 times a power of ten between two values, at most about `most`."""
    rough = (high - low) / most
    power = math.floor(math.log10(rough))
    step = next((s * 10.0**power for s in _STEPS if s * 10.0**power >= rough), 10.0 ** (power + 1))
    if whole:
        step = max(step, 1.0)
    at = math.ceil(low / step)
    while at * step <= high:
        yield round(at * step, 10)
        at += 1


def short_number(value: float, language: Language) -> str:
    """A number for an axis: ২৮,০০০ and 28,000, but ১.২ কোটি and 12 million."""
    scales = (("crore", 1e7), ("lakh", 1e5)) if language == "bn" else (("billion", 1e9), ("million", 1e6))
    for name, size in scales:
        if abs(value) >= size:
            return word(f"short.{name}", language, n=number(round(value / size, 3), language))
    return number(round(value, 6), language)


def time_axis(moments: Sequence[datetime], language: Language, *, width: int) -> Axis:
    """The axis of time, in milliseconds; labels stand at noon of their days, between the lines where days begin."""
    first, last = min(moments), max(moments)
    span = max(last - first, 2 * DAY)
    pad = (span - (last - first)) / 2 + span * (18 / width)
    start, end = first - min(pad, first - _FIRST), last + min(pad, _LAST - last)
    most = max(width // _TICK, 2)
    days, by_month = _days(start, end, most)
    every_day = not by_month and (len(days) < 2 or days[1] - days[0] == DAY)
    least = min(span * (_TICK / 2 / width), DAY) if every_day else DAY / 2
    shown = [(day, at) for day in days if (at := _label_at(day, start, end, least)) is not None]
    shown = shown or [(first.date(), noon(first.date()))]
    begins = [_begin(day) for day in (days if every_day else [day for day, _ in shown])]
    if every_day:
        begins.append(_end(days[-1]))
    return Axis(
        (milliseconds(start), milliseconds(end)),
        tuple(milliseconds(at) for _, at in shown),
        tuple(_day_labels([day for day, _ in shown], by_month, language)),
        lines=tuple(milliseconds(line) for line in begins if start <= line <= end),
    )


def _label_at(day: date, start: datetime, end: datetime, least: timedelta) -> datetime | None:
    """The middle of what is shown of a day; None where that is less than a label needs."""
    begin, until = max(_begin(day), start), min(_end(day), end)
    return begin + (until - begin) / 2 if until - begin >= least else None


def _begin(day: date) -> datetime:
    return noon(day) - DAY / 2


def _end(day: date) -> datetime:
    return noon(day) + DAY / 2 if day < date.max else _LAST


def _days(start: datetime, end: datetime, most: int) -> tuple[list[date], bool]:
    """The days that get a tick, and whether they are the first days of months."""
    span = (end - start) / DAY
    for step in _DAY_STEPS:
        if span / step <= most:
            origin = date(1970, 1, 5).toordinal()  # a Monday
            begin = start.date().toordinal()
            begin -= (begin - origin) % step
            return [date.fromordinal(at) for at in range(begin, end.date().toordinal() + 1, step)], False
    months = span / 30.44
    every = next((step for step in _MONTH_STEPS if months / step <= most), _MONTH_STEPS[-1])
    at = start.year * 12 + start.month - 1
    at -= at % every
    found = []
    while at <= end.year * 12 + end.month - 1 and at < 9999 * 12:
        if at >= 12:
            found.append(date(at // 12, at % 12 + 1, 1))
        at += every
    return found, True


def _day_labels(days: Sequence[date], by_month: bool, language: Language) -> Iterator[tuple[str, ...]]:
    """Day and month; the year below the first tick and wherever a new one begins."""
    year = None
    all_january = by_month and all(day.month == 1 for day in days)
    for day in days:
        new_year = day.year != year
        year = day.year
        if all_january:
            yield (digits(str(day.year), language),)
            continue
        month = word(f"month.{day.month}", language)
        label = month if by_month else digits(f"{day.day} {month}", language)
        yield (label, digits(str(day.year), language)) if new_year else (label,)
