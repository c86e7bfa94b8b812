"""What a time is reckoned from: the day of publication, and the day or year that the article named before."""

from __future__ import annotations

from datetime import date, datetime

from ..calendar import Country
from .edtf import Point

NO_PUBLICATION = "no publication date"
_CURRENT = 400  # days: an older date is background, and no clock time without a day falls on it
NO_NAMED_DAY = "no day named before it"


class Anchors:
    """The reference points of one article; recognition moves the named day on as it reads.

    `published` is an EDTF date, perhaps with a clock time; only its day is used. `named` is the last day, `named_year`
    and `named_month` the last year and month that the text established; None as long as it named none.
    """

    __slots__ = (
        "published",
        "country",
        "named",
        "named_month",
        "named_year",
        "place",
        "habit",
        "weekdays",
        "scene",
        "scene_past",
    )

    def __init__(self, published: str | None = None, country: Country = "BD") -> None:
        self.published = day_of(published)
        self.country: Country = country
        self.named: date | None = None
        self.named_month: tuple[int, int] | None = None
        self.named_year: int | None = None
        self.place = -1  # folded offset of what was named last
        self.weekdays: dict[int, date] = {}  # the days of the coming week that were named, by weekday
        self.scene: date | None = None  # the last named day of current events: clock times without a day fall on it
        self.scene_past: date | None = None  # the last such day that is not after publication
        self.habit = False  # whether the text is telling what happens every day

    def name(self, point: Point, at: int) -> None:
        """Let the text have named a point."""
        if point.year is None or point.blurred:
            return
        self.named_year = point.year
        if point.month is not None:
            self.named_month = (point.year, point.month)
        day = point.date
        if day is not None:
            self.named = day
            if self.published is None or abs((self.published - day).days) <= _CURRENT:
                self.scene = day
                if self.published is None or day <= self.published:
                    self.scene_past = day
            if self.published is not None and 0 < (day - self.published).days <= 7:
                self.weekdays[day.isoweekday()] = day
        self.place = at


def day_of(published: str | None) -> date | None:
    """The day of an EDTF date or date-time; None if it is not given to the day, or no year of newspapers."""
    if not published:
        return None
    try:
        day = datetime.fromisoformat(published.strip().rstrip("~?%")[:10]).date()
    except ValueError:
        return None
    return day if 1600 <= day.year <= 2400 else None
