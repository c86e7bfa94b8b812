"""How large a feed may be in what costs time: its parser takes a moment for each element, whatever stands in it.

What is looked at here is what the parser itself is given, in one quick pass that ends where a bound is passed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from xml.parsers import expat

MOST_ELEMENTS = 100_000  # 5,000 entries with 20 each
DEEPEST = 500  # elements inside each other; whole articles in a feed have a few dozen
MOST_ATTRIBUTES = 200  # of one element
LONGEST_HEAD = 16 * 1024  # bytes before the first element: declaration, entities, a licence
_FIRST_ELEMENT = re.compile(rb"<\w")


class FeedRefused(ValueError):
    """A feed that is not parsed; the message says why, in words."""


def check(data: bytes) -> None:
    """Raises FeedRefused for a feed, in UTF-8, that would take too long."""
    first = _FIRST_ELEMENT.search(data)
    if (len(data) if first is None else first.start()) > LONGEST_HEAD:
        raise FeedRefused(f"the feed has more than {LONGEST_HEAD >> 10} KB before its first element")
    if _tags(data, 2 * MOST_ELEMENTS) > 2 * MOST_ELEMENTS:
        raise _too_many()
    _Counting().read(data)


def _too_many() -> FeedRefused:
    return FeedRefused(f"the feed has more than {MOST_ELEMENTS:,} elements")


def _tags(data: bytes, most: int) -> int:
    """How many tags begin outside of CDATA; not counted much further than `most`."""
    found = at = 0
    while found <= most and (start := data.find(b"<![CDATA[", at)) >= 0 and (end := data.find(b"]]>", start)) >= 0:
        found += data.count(b"<", at, start)
        at = end
    return found + data.count(b"<", at)


class _Counting:
    """Counts elements as they begin and end, those that entities stand for among them."""

    def __init__(self) -> None:
        self._elements = self._depth = 0

    def read(self, data: bytes) -> None:
        from feedparser.sanitizer import replace_doctype

        parser = expat.ParserCreate("utf-8", " ")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        with suppress(expat.ExpatError):  # what follows a mistake has no more tags than were counted
            parser.Parse(replace_doctype(data)[1], True)

    def _begin(self, name: str, attributes: list[str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise _too_many()
        if self._depth > DEEPEST:
            raise FeedRefused(f"the feed has more than {DEEPEST} elements inside each other")
        if len(attributes) > 2 * MOST_ATTRIBUTES:
            raise FeedRefused(f"an element of the feed has more than {MOST_ATTRIBUTES} attributes")

    def _end(self, name: str) -> None:
        self._depth -= 1
