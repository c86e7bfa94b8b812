"""Marks in a text: which stretches to show as quantity, time, source, cue or content, and the text cut along them.

Stretches of different kinds nest and may cross; `pieces` cuts a region so that every opened mark is closed in
turn, as markup needs it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ..model import Analysis, Region

MarkKind = Literal["content", "source", "cue", "time", "quantity"]
_WORD = re.compile(
    "[\u0981-\u0983\u0985-\u09d7\u09dc-\u09e3\u09f0\u09f1\u200c\u200d]"
)  # Bengali letters and signs, joiners
# Of two marks over the same stretch the earlier kind is outside.
_ORDER: dict[MarkKind, int] = {"content": 0, "source": 1, "cue": 2, "time": 3, "quantity": 4}


class Mark(NamedTuple):
    """One stretch to show; `mention` is the mention's place in its list of the analysis."""

    start: int
    end: int
    kind: MarkKind
    mention: int


class Opened(NamedTuple):
    mark: Mark
    first: bool  # whether the mark begins here: a crossed mark is opened more than once


class Closed(NamedTuple):
    mark: Mark
    last: bool


Piece = Opened | Closed | str


def word_end(text: str, end: int) -> int:
    """Where the word ends in which a stretch ends: a vowel sign behind the mark (১৭ জন|ের) could not be drawn."""
    if end == 0 or text[end - 1].isspace():
        return end
    while end < len(text) and _WORD.match(text, end):
        end += 1
    return end


def marks(analysis: Analysis) -> list[Mark]:
    """All marks of an analysis in text order, outer before inner; each is drawn to the end of its last word."""
    text = analysis.text or ""
    found = [Mark(q.start, q.end, "quantity", i) for i, q in enumerate(analysis.quantities)]
    found += [Mark(t.start, t.end, "time", i) for i, t in enumerate(analysis.times)]
    for i, said in enumerate(analysis.attributions):
        found += [Mark(piece.start, piece.end, "content", i) for piece in said.content]
        sources = (said.source, *said.via) if said.source else said.via
        found += [Mark(source.start, source.end, "source", i) for source in sources]
        if said.cue:
            found.append(Mark(said.cue.start, said.cue.end, "cue", i))
    distinct = {(m.start, m.end, m.kind): m for m in reversed(found) if m.end > m.start}
    drawn = [mark._replace(end=word_end(text, mark.end)) for mark in distinct.values()]
    return sorted(drawn, key=lambda m: (m.start, -m.end, _ORDER[m.kind]))


def by_region(found: Sequence[Mark], regions: Sequence[Region]) -> list[list[Mark]]:
    """For each region (disjoint, in text order) the marks in it, cut to it."""
    starts = [region.start for region in regions]
    result: list[list[Mark]] = [[] for _ in regions]
    for mark in found:
        at = max(bisect_right(starts, mark.start) - 1, 0)
        while at < len(regions) and regions[at].start < mark.end:
            start, end = max(mark.start, regions[at].start), min(mark.end, regions[at].end)
            if start < end:
                result[at].append(mark._replace(start=start, end=end))
            at += 1
    return result


def pieces(text: str, region: Region, found: Sequence[Mark]) -> Iterator[Piece]:
    """The region's text with its marks opened and closed in proper nesting; the marks lie in the region."""
    cuts = sorted({region.start, region.end, *(m.start for m in found), *(m.end for m in found)})
    stack: list[Mark] = []
    coming = iter(found)
    upcoming = next(coming, None)
    for here, there in zip(cuts, [*cuts[1:], region.end], strict=True):
        ending = next((i for i, mark in enumerate(stack) if mark.end == here), None)
        if ending is not None:
            reopened = [mark for mark in stack[ending:] if mark.end > here]
            for mark in reversed(stack[ending:]):
                yield Closed(mark, mark.end == here)
            del stack[ending:]
            for mark in reopened:
                yield Opened(mark, False)
                stack.append(mark)
        while upcoming is not None and upcoming.start == here:
            yield Opened(upcoming, True)
            stack.append(upcoming)
            upcoming = next(coming, None)
        if there > here:
            yield text[here:there]
