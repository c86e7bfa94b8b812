"""One point in time as its words say it, before it is placed in the calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .clock import Dial
from .lexer import DayPart, Month, RelativeDay, Term


class Moment:
    """What the words of one point say so far. `None` and 0 mean: not said."""

    __slots__ = (
        "start", "end", "year", "year_to", "year_shift", "year_modifier", "era", "month", "month_to",
        "month_shift", "day", "day_to", "date", "weekday", "weekday_to", "weekday_modifier", "relative",
        "of_event", "date_at", "direction", "week_shift", "alternative", "part", "prayer", "dial", "phase",
        "edge", "quarter", "week_of_month", "first_months", "first_days", "case", "entries",
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
        self.date_at = 0  # the token at which day and month begin
        self.of_event = False  # the relative day is counted from an event
        self.direction = ""  # last, next or this, of a date or month
        self.part: DayPart | None = None
        self.prayer = False
        self.dial: Dial | None = None
        self.phase = ""
        self.edge = ""  # first or last day of the year or month
        self.quarter = 0  # of the year, 1-4
        self.first_months = 0  # of the year; negative: the last months
        self.first_days = 0  # of the month; negative: the last days
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
