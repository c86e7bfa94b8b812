"""Quotation marks: which opens, which closes, and speech that runs over several paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..beginnings import Beginning
from ..passage import Passage
from ..verbs import verb_forms

_SINGLE, _DOUBLE = 1, 2
_FAMILY = {"‘": _SINGLE, "’": _SINGLE, "'": _SINGLE, "“": _DOUBLE, "”": _DOUBLE, '"': _DOUBLE}
_OPENS = frozenset("‘“")
_CLOSES = frozenset("’”")
MARKS = frozenset(_FAMILY)
_MARK = Beginning(MARKS.__contains__)
_LONGEST = 2500  # tokens: a longer one is two unpaired marks
_MOST_LOST = 8  # quotations of one passage that nobody closes
_PARAGRAPHS = 6  # a quotation runs over at most so many paragraphs
_BEFORE_SPEECH = frozenset(",:-–—।\n")


class Quote(NamedTuple):
    """Tokens between two marks at `opening` and `closing`.

    -1 as the opening: it began in an earlier passage; the passage's length as the closing: no mark closes it here.
    """

    opening: int
    closing: int
    closed: bool = True


class _Marks(NamedTuple):
    pairs: list[Quote]
    unclosed: tuple[int, int] | None  # token and family of the last mark that opens and is not closed
    orphan: tuple[int, int] | None  # token and family of the first mark that closes and was not opened


def _marks(p: Passage) -> _Marks:
    words, starts, ends = p.words, p.starts, p.ends
    n = len(words)
    open_at: dict[int, list[int]] = {_SINGLE: [], _DOUBLE: []}
    pairs: list[Quote] = []
    twofold: list[int] = []
    orphan: tuple[int, int] | None = None
    doubled = -1
    for i in p.where(_MARK):
        if i == doubled:
            continue
        word = words[i]
        family = _FAMILY[word]
        if word in "‘’" and i + 1 < n and words[i + 1] == word and starts[i + 1] == ends[i]:
            if word == "‘":  # ‘‘…’’ is one quotation of the other level
                doubled = i + 1
                twofold.append(i)
                continue
            if twofold and not (open_at[_SINGLE] and open_at[_SINGLE][-1] > twofold[-1]):
                doubled = i + 1
                begun = twofold.pop()
                if doubled - begun <= _LONGEST:
                    pairs.append(Quote(begun, doubled))
                continue
        before = i > 0 and starts[i] == ends[i - 1]
        after = i + 1 < n and starts[i + 1] == ends[i] and words[i + 1] != "\n"
        stack = open_at[family]
        opening = stack[-1] if stack else None
        if word in _OPENS:
            opens = True
        elif opening is not None:
            opens = False
        elif word in _CLOSES:
            opens = after and not before  # some write ’…’ for ‘…’
        else:
            opens = after and not (before and words[i - 1] not in "(-–—,।")
        if opens:
            stack.append(i)
        elif opening is not None:
            if before and after and word in "'’" and words[i + 1][0] >= "\u0980" and i - opening < 3:
                continue  # an apostrophe
            stack.pop()
            if i - opening <= _LONGEST:
                pairs.append(Quote(opening, i))
        elif orphan is None and not pairs and before and (not after or words[i - 1] in "।?!"):
            orphan = (i, family)
    open_at[_SINGLE].extend(twofold)
    lost = sorted((i, family) for family, stack in open_at.items() for i in stack)
    lost = [(i, family) for i, family in lost if i == 0 or words[i - 1] in _BEFORE_SPEECH]
    left = lost.pop() if lost else None
    for i, _ in lost[-_MOST_LOST:]:
        pairs.append(Quote(i, _speech_end(p, i), closed=False))
    pairs.sort()
    return _Marks(pairs, left, orphan)


def find_quotes(passages: Sequence[Passage]) -> list[list[Quote]]:
    """The outermost quotations of each passage of an article, in order; those that run on are marked at both ends."""
    marks = [_marks(p) for p in passages]
    extra: list[list[Quote]] = [[] for _ in passages]
    for at, (_, unclosed, _) in enumerate(marks):
        if unclosed is None:
            continue
        opening, family = unclosed
        closing = _closing_passage(marks, at, family)
        if closing is None:
            end = _speech_end(passages[at], opening)
            extra[at].append(Quote(opening, end, closed=False))
            continue
        extra[at].append(Quote(opening, len(passages[at]), closed=False))
        for between in range(at + 1, closing):
            extra[between].append(Quote(-1, len(passages[between]), closed=False))
        orphan = marks[closing].orphan
        if orphan is not None:
            extra[closing].append(Quote(-1, orphan[0]))
    return [_outermost([*found.pairs, *more]) for found, more in zip(marks, extra, strict=True)]


def _closing_passage(marks: list[_Marks], at: int, family: int) -> int | None:
    for later in range(at + 1, min(len(marks), at + 1 + _PARAGRAPHS)):
        orphan = marks[later].orphan
        if orphan is not None and orphan[1] == family:
            return later
        if marks[later].unclosed is not None or marks[later].pairs:
            return None
    return None


def _speech_end(p: Passage, opening: int) -> int:
    """Where a quotation that nobody closes ends: before the next sentence in which somebody is said to speak."""
    forms = verb_forms()
    for first, last in p.sentences:
        if first <= opening:
            continue
        for word in p.words[first:last]:
            if word in MARKS and word not in _CLOSES:
                return first
            for reading in forms.get(word, ()):
                if reading.person == "3h" and reading.verb in ("বলা", "জানানো", "লেখা"):
                    return first
    return len(p)


def _outermost(found: list[Quote]) -> list[Quote]:
    found.sort()
    outer: list[Quote] = []
    for quote in found:
        if not outer or quote.opening > outer[-1].closing:
            outer.append(quote)
        elif not outer[-1].closed and quote.closed and quote.closing > outer[-1].closing:
            outer[-1] = quote
    return outer
