"""One passage being read: what every rule gets, and what it gives."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Trace
from ..mentions import TimeMention
from ..passage import Passage
from .anchors import Anchors
from .edtf import Point
from .lexer import TAILS

GLUED_ENDINGS = frozenset({"এর", "এ", "তে", "র", "কে", "ের"})


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


def tail_after(scan: Scan, i: int, case: str) -> tuple[str, int]:
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


def directed(low: Point, high: Point | None, tail: str) -> str:
    if tail in ("from", "after"):
        return f"{low.edtf}/.."
    if tail in ("until", "within"):
        return f"../{(high or low).edtf}"
    if tail == "before":
        return f"../{low.edtf}"
    return f"{low.edtf}/{high.edtf}" if high is not None and high != low else low.edtf
