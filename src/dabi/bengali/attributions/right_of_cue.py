"""The source that follows its cue."""

from __future__ import annotations

from ..passage import Passage
from ..phrases import (
    JOINS,
    kind_of,
)
from ..sentences import ABBREVIATIONS
from .noun_phrases import (
    CLOSING,
    LONGEST_BRACKET,
    LONGEST_PHRASE,
    Tokens,
)


def look_right(p: Passage, start: int, ceiling: int) -> Tokens | None:
    """The source that follows a cue: the noun phrase up to the next comma, quotation or end."""
    words = p.words
    i = start
    while i < ceiling and (kind_of(words[i]) == "adjunct" or words[i] == "না"):
        i += 1
    end = i
    while end < ceiling and end - i < LONGEST_PHRASE:
        word = words[end]
        kind = kind_of(word)
        if kind == "mark":
            if word == "(":
                close = next((j for j in range(end, min(ceiling, end + LONGEST_BRACKET)) if words[j] == ")"), -1)
                if close < 0:
                    break
                end = close + 1
                continue
            if word in "-–‑" and end > i and p.touches(end) and end + 1 < ceiling and p.touches(end + 1):
                end += 1
                continue
            if word == "." and end > i and (words[end - 1] in ABBREVIATIONS or len(words[end - 1]) <= 2):
                end += 1
                continue
            if word in "‘“'\"" and end + 1 < ceiling:
                close = next((j for j in range(end + 1, min(ceiling, end + 8)) if words[j] in CLOSING), -1)
                if close >= 0 and end > i:
                    end = close + 1
                    continue
            break
        if kind == "verb" or (kind == "pronoun" and end > i):
            while end > i and words[end - 1] not in JOINS and kind == "verb":
                end -= 1
            break
        end += 1
        if kind == "pronoun":
            break
    while end > i and (words[end - 1] in JOINS or kind_of(words[end - 1]) in ("adjunct", "locative", "objective")):
        end -= 1
    if end <= i or kind_of(words[end - 1]) == "plural_objective":
        return None
    return i, end
