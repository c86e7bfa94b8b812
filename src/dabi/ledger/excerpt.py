"""The stretch of a text around the first word that a search found."""

from __future__ import annotations

from collections.abc import Sequence

from ..bengali.script import fold
from .words import Term, stem, word_pattern

# Characters shown before and after the word.
_BEFORE, _AFTER = 60, 120


def excerpt(text: str, terms: Sequence[Term]) -> str:
    """In the text's own spelling; the beginning of the text when no word stands in it as asked."""
    folded = fold(text)
    start = 0
    if terms:
        for found in word_pattern().finditer(folded.text):
            word = found.group().lower()
            if any(_begins(term, word) for term in terms):
                start = folded.raw_offset(found.start())
                break
    first, last = max(0, start - _BEFORE), min(len(text), start + _AFTER)
    while first > 0 and not text[first - 1].isspace() and start - first < 2 * _BEFORE:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - start < 2 * _AFTER:
        last += 1
    middle = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{middle}{' …' if last < len(text) else ''}"


def _begins(term: Term, word: str) -> bool:
    if term.prefix and len(term.phrase) == 1:
        return word.startswith(term.phrase[0])
    return (word if term.field == "words" else stem(word)) == term.phrase[0]
