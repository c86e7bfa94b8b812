"""Lines of a text, and what can be seen of a line without its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bengali.passage import BENGALI_LETTER
from ..bengali.script import fold_text
from .phrases import WORD

_LINE = re.compile("[^\n\r\u0085\u2028\u2029]+")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_SPACES = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_BLANK = _SPACES + _INVISIBLE
_CLOSERS = "”’\"')]}»*"
_STOPS = "।৷॥"
_LONG_WORD = re.compile(f"[{BENGALI_LETTER}A-Za-z]{{3}}$")  # shorter ones before a full stop are abbreviations
LONGEST_EXAMINED = 400  # code points; a longer line that holds a full sentence is a paragraph, whatever words it has
_SHORT_FOR_A_SENTENCE = 160


class Line:
    """A line that is not blank: raw offsets without the blanks at its ends, and its words if it is short enough.

    `ends` is how it closes: "stop" (danda or full stop, closing quotes aside), "question" (? or !), "more" (an
    ellipsis), "colon", or "" for none of these, as headlines do.
    """

    __slots__ = ("start", "end", "raw", "text", "words", "ends")

    def __init__(self, start: int, end: int, raw: str) -> None:
        self.start = start
        self.end = end
        self.raw = raw
        self.ends = _closing(raw)
        if len(raw) <= LONGEST_EXAMINED or (len(raw) <= 20 * LONGEST_EXAMINED and not _has_stop(raw)):
            self.text = fold_text(raw)
            self.words = WORD.findall(self.text.lower())
        else:
            self.text = ""
            self.words = []

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def is_paragraph(self) -> bool:
        """Whether it reads as running text: a full sentence, or longer than headlines are."""
        return self.ends == "stop" or (len(self) > _SHORT_FOR_A_SENTENCE and self.ends != "more")

    @property
    def is_title_like(self) -> bool:
        """Whether it could be a headline: no full stop, and no longer than headlines are."""
        return self.ends != "stop" and len(self) <= 200 and bool(self.words)


def _has_stop(raw: str) -> bool:
    return any(stop in raw for stop in _STOPS)


def _closing(raw: str) -> str:
    tail = raw[-12:].rstrip(_CLOSERS + _BLANK)
    if not tail:
        return ""
    last = tail[-1]
    if last in _STOPS:
        return "stop"
    if last in "?!":
        return "question"
    if last == "…" or tail.endswith(".."):
        return "more"
    if last in ":ঃ—–-":
        return "colon"
    if last == "." and _LONG_WORD.search(tail, 0, len(tail) - 1):
        return "stop"
    return ""


def lines(text: str) -> Iterator[Line]:
    """Every line of a text that is not blank, in order. Joiners and byte-order marks count as blank."""
    for found in _LINE.finditer(text):
        start = found.start()
        raw = found.group()
        kept = raw.strip(_BLANK)
        if kept:
            start += len(raw) - len(raw.lstrip(_BLANK))
            yield Line(start, start + len(kept), kept)


def one_line(text: str) -> str:
    """A text on one line: every run of spaces and line ends is one space, and none is at its ends."""
    return " ".join(text.split()).strip(_BLANK)
