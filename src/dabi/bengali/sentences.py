"""Where sentences end in a run of tokens.

A sentence ends after a danda, ? or !, with the closing quotation marks and brackets behind it, and at a
line end. A full stop ends one only after a Bengali or Latin word that is no abbreviation (মো. ড. এ. কে.) and
before a space.
Inside quotation marks sentences end as elsewhere: a speech of three sentences is three sentences. A text without
any stop is cut at commas into sentences of bounded length.
"""

from __future__ import annotations

from .beginnings import Beginning
from .lexicon import words_of

_TERMINATORS = frozenset("।?!")
_CLOSERS = frozenset("”’\"')]")
# Tokens. Sentences of news are shorter. A text without any stop is cut at its pauses, and in the end anywhere: work on
# one sentence may grow faster than its length.
_LONGEST = 400
_PAUSES = frozenset(",;:—")
ABBREVIATIONS = words_of("abbreviations.tsv", "word")


STOP = Beginning(_TERMINATORS.union("\n.").__contains__)


def sentences(words: list[str], starts: list[int], ends: list[int], stops: list[int]) -> list[tuple[int, int]]:
    """Half-open token ranges, in order, covering every token except line ends; `stops` are the tokens of `STOP`."""
    found: list[tuple[int, int]] = []
    first = 0
    n = len(words)
    for i in stops:
        if i - first >= _LONGEST:
            first = _cut(words, first, i, found)
        if i < first:
            continue
        word = words[i]
        if word == "\n":
            if first < i:
                found.append((first, i))
            first = i + 1
        elif word != "." or _is_full_stop(words, starts, ends, i):
            while i + 1 < n and words[i + 1] in _TERMINATORS:
                i += 1
            while i + 1 < n and words[i + 1] in _CLOSERS and starts[i + 1] == ends[i]:
                i += 1
            found.append((first, i + 1))
            first = i + 1
    if n - first > _LONGEST:
        first = _cut(words, first, n - 1, found)
    if first < n:
        found.append((first, n))
    return found


def _cut(words: list[str], first: int, last: int, found: list[tuple[int, int]]) -> int:
    """Cut tokens first..last, in which no sentence ends before the last, at pauses; the first token that is left."""
    for i in range(first + _LONGEST, last + 1):
        longest = i - first >= 2 * _LONGEST and words[i] != "\n"
        if longest or (i - first >= _LONGEST and words[i] in _PAUSES):
            found.append((first, i + 1))
            first = i + 1
    return first


def _is_full_stop(words: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    if i == 0 or starts[i] != ends[i - 1]:
        return False
    if i + 1 < len(words) and starts[i + 1] == ends[i] and words[i + 1] not in _CLOSERS:
        return False
    before = words[i - 1]
    return len(before) > 2 and before not in ABBREVIATIONS and not before[0].isdigit()
