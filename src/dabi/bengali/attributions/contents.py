"""Where a content begins and ends."""

from __future__ import annotations

from ..passage import Passage
from .quotes import MARKS, Quote
from .units import Unit

_EDGE = frozenset("।?!.,;:-–—…") | MARKS
_LONGEST_CLAUSE = 120  # tokens without a mark: no clause of the news is longer


def extent(p: Passage, first: int, last: int) -> tuple[int, int] | None:
    """The folded extent of tokens first..last-1 without marks at its edges; None when nothing is left."""
    words = p.words
    while first < last and (words[first] in _EDGE or words[first] == "\n"):
        first += 1
    while last > first and (words[last - 1] in _EDGE or words[last - 1] == "\n"):
        last -= 1
    return (p.starts[first], p.ends[last - 1]) if first < last else None


def inside(unit: Unit, quote: Quote) -> list[tuple[int, int]]:
    """The extents of what a quotation holds: one, and one more for each later paragraph it runs into."""
    own = extent(unit.p, quote.opening + 1, quote.closing)
    if own is None:
        return []
    return [own, *unit.runs_into] if quote is unit.quotes[-1] else [own]


def clause_start(unit: Unit, at: int) -> int:
    """The first token of the clause that ends at `at`: after the last comma, dash or colon outside brackets."""
    known = unit.clauses.get(at)
    if known is None:
        known = unit.clauses[at] = _clause_start(unit, at)
    return known


def _clause_start(unit: Unit, at: int) -> int:
    words = unit.p.words
    depth = 0
    i = at
    while i > unit.first and at - i < _LONGEST_CLAUSE:
        word = words[i - 1]
        if word in ")]":
            depth += 1
        elif word in "([" and depth:
            depth -= 1
        elif depth == 0:
            if word in ",;:—।?!" or (word in "-–" and not (unit.p.touches(i - 1) and unit.p.touches(i))):
                return i
            quote = unit.quote_at(i - 1) if word in MARKS else None
            if quote is not None and quote.closing == i - 1:
                if quote.closing - quote.opening > 8 or words[quote.closing - 1] in "।?!":
                    return i
                i = quote.opening
                continue
        i -= 1
    return i
