"""The stretch of a text around the first word that a search found."""

from __future__ import annotations

from collections.abc import Sequence

from ..bengali.script import fold
from .words import Term, word_pattern

# Characters shown before and after the word.
_BEFORE, _AFTER = 60, 120


def excerpt(text: str, terms: Sequence[Term]) -> str:
    """In the text's own spelling; the beginning of the text when no word stands in it as asked."""
    folded = fold(text)
    wanted = {phrase[0] for term in terms for phrase in term.phrases}
    beginnings = tuple(phrase[0] for term in terms if term.prefix for phrase in term.phrases if len(phrase) == 1)
    start = 0
    if wanted:
        for found in word_pattern().finditer(folded.text):
            word = found.group().lower()
            if word in wanted or (beginnings and word.startswith(beginnings)):
                start = folded.raw_offset(found.start())
                break
    first, last = max(0, start - _BEFORE), min(len(text), start + _AFTER)
    while first > 0 and not text[first - 1].isspace() and start - first < 2 * _BEFORE:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - start < 2 * _AFTER:
        last += 1
    middle = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{middle}{' …' if last < len(text) else ''}"
