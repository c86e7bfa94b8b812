"""Folding: one spelling for what Bengali text writes in several ways, with a map back to the input.

Folded text has precomposed য় ড় ঢ় (newspapers write both forms), no zero-width joiners, soft hyphens or
byte-order marks, ASCII digits, one danda, plain spaces, hyphens and apostrophes, and ‘ ’ “ ” as the only
quotation marks besides ASCII " and '. Newlines stay. `Folded.raw_span` turns offsets into it into offsets
into the input.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Decomposed letters (letter + U+09BC nukta) and the split vowel signs, against their precomposed forms.
_COMPOSED = {
    "\u09a1\u09bc": "\u09dc",  # ড়
    "\u09a2\u09bc": "\u09dd",  # ঢ়
    "\u09af\u09bc": "\u09df",  # য়
    "\u09ac\u09bc": "\u09b0",  # ব + nukta, an old way to write র
    "\u09c7\u09be": "\u09cb",  # ে + া
    "\u09c7\u09d7": "\u09cc",  # ে + ৗ
}
_DROPPED = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
# `re` finds one of several characters far faster than one of several strings: first the character, then the rest.
_CHANGES_LENGTH = re.compile(
    f"[{''.join(pair[0] for pair in _COMPOSED)}{_DROPPED}]"
    f"(?:(?<=[{_DROPPED}])|{'|'.join(f'(?<={pair[0]}){pair[1]}' for pair in _COMPOSED)})"
)

_ONE_TO_ONE = {
    **{chr(ord("০") + i): str(i) for i in range(10)},
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    "\u0965": "।",
    "|": "।",
    "\u00b7": ".",  # decimal middle dot, ১২·৫
    "\u02bc": "'",
    "`": "'",
    "\u201f": "“",
    "«": "“",
    "»": "”",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}
_WRITTEN_OTHERWISE = re.compile(f"[{''.join(map(re.escape, _ONE_TO_ONE))}]")


class Folded:
    """A text and its folded form. `text` is what recognisers read; `raw` is what came in."""

    __slots__ = ("raw", "text", "_at", "_shift", "_raw_at")

    def __init__(self, raw: str, text: str, at: list[int], shift: list[int]) -> None:
        self.raw = raw
        self.text = text
        self._at = at  # folded offsets from which the shift beside them holds
        self._shift = shift  # raw offset minus folded offset
        self._raw_at = [offset + lost for offset, lost in zip(at, shift, strict=True)]  # the same places in the input

    def raw_offset(self, offset: int) -> int:
        """The raw offset of the character at a folded offset."""
        i = bisect_right(self._at, offset) - 1
        return offset + self._shift[i] if i >= 0 else offset

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a folded span; joiners at its edges stay outside, a nukta inside."""
        if end <= start:
            at = self.raw_offset(start)
            return at, at
        if not self._at:
            return start, end
        first = self.raw_offset(start)
        last = self.raw_offset(end - 1)
        width = 2 if self.raw[last : last + 2] in _COMPOSED else 1
        return first, last + width

    def folded_offset(self, raw_offset: int) -> int:
        """The folded offset of the first kept character at or after a raw offset."""
        if not self._at:
            return raw_offset
        i = bisect_right(self._raw_at, raw_offset) - 1
        if i < 0:
            return min(raw_offset, self._at[0])
        offset = raw_offset - self._shift[i]
        return offset if i + 1 == len(self._at) else min(offset, self._at[i + 1])


def fold(raw: str) -> Folded:
    """Fold a text, keeping the way back. Linear in its length."""
    text = _one_to_one(raw)
    at: list[int] = []
    shift: list[int] = []
    pieces: list[str] = []
    last = length = lost = 0
    for found in _CHANGES_LENGTH.finditer(text):
        start, end = found.span()
        pieces.append(text[last:start])
        length += start - last
        kept = _COMPOSED.get(found.group(), "")
        pieces.append(kept)
        length += len(kept)
        lost += end - start - len(kept)
        if at and at[-1] == length:
            shift[-1] = lost
        else:
            at.append(length)
            shift.append(lost)
        last = end
    pieces.append(text[last:])
    return Folded(raw, "".join(pieces), at, shift)


def fold_text(raw: str) -> str:
    """The folded form alone, for lexicon entries and comparisons."""
    return _CHANGES_LENGTH.sub(lambda m: _COMPOSED.get(m.group(), ""), _one_to_one(raw))


def _one_to_one(raw: str) -> str:
    """`str.translate` asks its table for every character and takes twenty times as long."""
    return _WRITTEN_OTHERWISE.sub(lambda m: _ONE_TO_ONE[m.group()], raw)
