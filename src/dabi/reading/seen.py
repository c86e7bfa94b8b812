"""What one line of a page shows by itself, before its place on the page is looked at."""

from __future__ import annotations

from typing import Literal

from ..bengali.calendar import Country
from .credits import caption_or_credit
from .dates import Dateline, read_dateline
from .furniture import Furniture, Table, furniture, section_names
from .lines import Line
from .outlets import outlet_of_line


class Seen:
    """What one line shows by itself."""

    __slots__ = ("line", "phrase", "date", "caption", "sections", "outlet")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.phrase: Furniture | None = None
        self.date: Dateline | None = None
        self.caption: Literal["caption", "credit"] | None = None
        self.sections = 0
        self.outlet: str | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing speaks against its being of the article."""
        return not (self.phrase or self.date or self.caption or self.sections or self.outlet)


def look(line: Line, own: Table | None = None, country: Country = "BD") -> Seen:
    """`own`: furniture of the outlet alone, beside what all have. `country`: by whose calendar its dates are read."""
    seen = Seen(line)
    words, text = line.words, line.text
    if not words:
        if text:
            seen.date = read_dateline(text, country)
        return seen
    seen.phrase = furniture(text, words, own)
    if seen.phrase is None:
        if len(words) <= 40:
            seen.date = read_dateline(text, country)
        if seen.date is None:
            seen.caption = caption_or_credit(text, words)
            if seen.caption is None and line.ends != "stop":
                seen.sections = section_names(words)
                seen.outlet = outlet_of_line(text)
    return seen
