"""Whether the verb that follows a time looks ahead or back."""

from __future__ import annotations

from ..lexicon import rows
from ..remembered import Remembered

_ENDS = frozenset({"।", "?", "!", "\n"})
_WORDS = {row["word"]: row["tense"] for row in rows("tense_words.tsv") if row["word"][0] != "-"}
_ENDINGS = {row["word"][1:]: row["tense"] for row in rows("tense_words.tsv") if row["word"][0] == "-"}
_LONGEST = max(map(len, _ENDINGS))
_REACH = 60  # tokens: no verb governs a time from farther away, and long lines stay linear


def tense_after(words: list[str], i: int) -> str:
    """future, past or "" by the first finite verb after token i in its sentence."""
    for word in words[i : i + _REACH]:
        if word in _ENDS:
            break
        tense = _TENSE[word]
        if tense in ("future", "past"):
            return tense
    return ""


def _tense(word: str) -> str:
    """The tense of one word, by its longest known ending."""
    found = _WORDS.get(word)
    if found is not None:
        return found
    for length in range(min(_LONGEST, len(word) - 1), 1, -1):
        tense = _ENDINGS.get(word[-length:])
        if tense is not None:
            return tense
    return ""


_TENSE = Remembered(_tense)
