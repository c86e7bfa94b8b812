"""The stretch of a text around the first word that a search found, and where in it the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..bengali.script import fold
from .words import Term, stem, word_pattern

# Characters shown before and after the word.
_BEFORE, _AFTER = 60, 120


def excerpt(text: str, terms: Sequence[Term]) -> str:
    """In the text's own spelling; the beginning of the text when no word stands in it as asked."""
    start = next(places(text, terms), (0, 0))[0]
    first, last = max(0, start - _BEFORE), min(len(text), start + _AFTER)
    while first > 0 and not text[first - 1].isspace() and start - first < 2 * _BEFORE:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - start < 2 * _AFTER:
        last += 1
    middle = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{middle}{' …' if last < len(text) else ''}"


def places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Where what is asked for stands in a text, in order and apart from each other; of a phrase, the whole of it."""
    if not terms:
        return
    folded = fold(text)
    words = list(word_pattern().finditer(folded.text))
    at = 0
    while at < len(words):
        length = max(
            (len(term.phrase) for term in terms if _stands(term, words[at : at + len(term.phrase)])), default=0
        )
        if length:
            yield folded.raw_offset(words[at].start()), folded.raw_offset(words[at + length - 1].end())
        at += length or 1


def _stands(term: Term, words: Sequence[re.Match[str]]) -> bool:
    if len(words) < len(term.phrase):
        return False
    for n, (asked, found) in enumerate(zip(term.phrase, words, strict=True)):
        word = found.group().lower()
        if term.prefix and n == len(term.phrase) - 1:
            if not word.startswith(asked):
                return False
        elif (word if term.field == "words" else stem(word)) != asked:
            return False
    return True
