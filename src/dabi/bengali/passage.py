"""Tokens: a text is cut once, and every recogniser reads the same cut.

A token is a Bengali word (letters, vowel signs, conjuncts), a Latin word, a number (১,২০,০০০ and ১২.৫ are
one, folded to ASCII digits), a line end, or one other character. ৫জন is two tokens that touch. Offsets are
into the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import compress, count

from .beginnings import Beginning, known
from .script import Folded, fold
from .sentences import STOP, sentences

# Bengali letters and signs without digits, currency signs and danda; Assamese ৰ ৱ are letters too.
BENGALI_LETTER = "\u0981-\u09e3\u09f0\u09f1\u09fc\u09fe"
# Digits without end are no number (and Python refuses to read more than 4300 as one): they are cut.
_NUMBER = r"\d{1,3}(?:,\d{2,3}){0,20},\d{3}(?!\d)(?:\.\d{1,40})?|\d{1,40}(?:\.\d{1,40}){2,}|\d{1,40}(?:\.\d{1,40})?"
_TOKEN = re.compile(rf"[{BENGALI_LETTER}]+|{_NUMBER}|[A-Za-z\u00c0-\u024f]+|\n|[^\s]")


class Passage:
    """A run of tokens of one text: a headline, a caption, a paragraph.

    `words[i]` is the folded text `text[starts[i]:ends[i]]`; `sentences` are half-open token ranges.
    """

    __slots__ = ("folded", "text", "words", "starts", "ends", "_sentences", "_asked", "_bits", "_marked", "_where")

    def __init__(self, folded: Folded, words: list[str], starts: list[int], ends: list[int]) -> None:
        self.folded = folded
        self.text = folded.text
        self.words = words
        self.starts = starts
        self.ends = ends
        self._sentences: list[tuple[int, int]] | None = None
        self._asked = 0  # above the bits of the beginnings that were asked for
        self._bits: list[int] = []  # for each token
        self._marked: list[int] = []  # the tokens with any bit
        self._where: dict[Beginning, list[int]] = {}

    @property
    def sentences(self) -> list[tuple[int, int]]:
        if self._sentences is None:
            self._sentences = sentences(self.words, self.starts, self.ends, self.where(STOP))
        return self._sentences

    def where(self, beginning: Beginning, first: int = 0, last: int | None = None) -> list[int]:
        """The tokens from `first` to before `last` at which a recogniser begins."""
        found = self._where.get(beginning)
        if found is None:
            found = self._where[beginning] = self._begins(beginning.bit)
        if not found or (first == 0 and last is None):
            return found
        return found[bisect_left(found, first) : len(found) if last is None else bisect_left(found, last)]

    def _begins(self, bit: int) -> list[int]:
        if bit >= self._asked:
            everything = known()
            self._asked = everything.limit
            self._bits = list(map(everything.__getitem__, self.words))
            self._marked = list(compress(count(), self._bits))
        bits = self._bits
        return [i for i in self._marked if bits[i] & bit]

    def __len__(self) -> int:
        return len(self.words)

    def touches(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]

    def slice(self, first: int, last: int) -> str:
        """The folded text of tokens first..last-1."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def raw_span(self, first: int, last: int) -> tuple[int, int]:
        """The raw span of tokens first..last-1."""
        return self.folded.raw_span(self.starts[first], self.ends[last - 1])


def passage(text: str | Folded, start: int = 0, end: int | None = None) -> Passage:
    """Cut one stretch (folded offsets) of a text into tokens."""
    folded = fold(text) if isinstance(text, str) else text
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(folded.text, start, len(folded.text) if end is None else end):
        words.append(found.group())
        starts.append(found.start())
        ends.append(found.end())
    return Passage(folded, words, starts, ends)


def passages(folded: Folded, raw_regions: Iterable[tuple[int, int]]) -> Iterator[Passage]:
    """A passage for each raw region of a folded text, in the order given."""
    for start, end in raw_regions:
        yield passage(folded, folded.folded_offset(start), folded.folded_offset(end))
