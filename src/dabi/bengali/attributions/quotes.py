"""Quotation marks: which opens, which closes, and speech that runs over several paragraphs."""

from __future__ import annotations

from typing import NamedTuple

from ..passage import Passage

_SINGLE, _DOUBLE = 1, 2
_FAMILY = {"‘": _SINGLE, "’": _SINGLE, "'": _SINGLE, "“": _DOUBLE, "”": _DOUBLE, '"': _DOUBLE}
_OPENS = frozenset("‘“")
_CLOSES = frozenset("’”")
MARKS = frozenset(_FAMILY)
_LONGEST = 2500  # tokens: a longer one is two unpaired marks


class Quote(NamedTuple):
    """Tokens between two marks: the marks stand at `opening` and `closing` (the passage's length if it is never closed)."""

    opening: int
    closing: int


def find_quotes(p: Passage) -> list[Quote]:
    """The outermost quotations of a passage, in order."""
    words, starts, ends = p.words, p.starts, p.ends
    n = len(words)
    open_at: dict[int, int] = {}
    found: list[Quote] = []
    for i, word in enumerate(words):
        family = _FAMILY.get(word)
        if family is None:
            continue
        before = i > 0 and starts[i] == ends[i - 1]
        after = i + 1 < n and starts[i + 1] == ends[i] and words[i + 1] != "\n"
        opening = open_at.get(family)
        if word in _OPENS:
            opens = True
        elif word in _CLOSES:
            # ’ is an apostrophe in ডিজিএফআই’র, and some write ’…’ for ‘…’
            opens = opening is None and after and not before
            if not opens and opening is None:
                continue
        else:
            opens = after and not before if opening is None else False
            if opening is None and not opens:
                continue
        if opens:
            open_at[family] = i
        elif opening is not None:
            if before and after and word in "'’" and words[i + 1][0] >= "\u0980" and i - opening < 3:
                continue
            del open_at[family]
            if i - opening <= _LONGEST:
                found.append(Quote(opening, i))
    for i in open_at.values():
        if n - i <= _LONGEST and (i == 0 or words[i - 1] in _BEFORE_SPEECH):
            found.append(Quote(i, n))
    found.sort()
    outer: list[Quote] = []
    for quote in found:
        if not outer or quote.opening > outer[-1].closing:
            outer.append(quote)
        elif outer[-1].closing == n and quote.closing < n:
            outer[-1] = quote  # the unclosed mark was a slip
    return outer


_BEFORE_SPEECH = frozenset(",:-–—।\n")
