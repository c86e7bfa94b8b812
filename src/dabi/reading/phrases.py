"""Phrases of the lexicon, found in the words of a line.

Lines are compared by their words alone: letters folded and in lower case, digits and signs left out, so that
“মন্তব্য (১২)”, “মন্তব্য” and “» মন্তব্য :” are one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ..bengali.passage import BENGALI_LETTER
from ..bengali.script import fold_text

Value = TypeVar("Value")

# Visarga ends words where newspapers mean a colon (ছবিঃ), so it counts as a sign here.
LETTER = BENGALI_LETTER.replace("\u0981-", "\u0981\u0982\u0984-") + "A-Za-z\u00c0-\u024f"
WORD = re.compile(f"[{LETTER}©]+")
WORD_OR_NUMBER = re.compile(rf"[{LETTER}©]+|\d+")


def words_of(text: str) -> list[str]:
    """The words of a text that need not be folded yet."""
    return WORD.findall(fold_text(text).lower())


class Match(NamedTuple, Generic[Value]):
    """A phrase at words first..last-1 of a line."""

    first: int
    last: int
    value: Value


class Phrases(Generic[Value]):
    """Phrases with a value each, found by their first word, longest first."""

    def __init__(self, entries: Iterable[tuple[str, Value]], *, numbers: bool = False) -> None:
        self._word = WORD_OR_NUMBER if numbers else WORD
        self._by_first: dict[str, list[tuple[list[str], Value]]] = {}
        self.whole: dict[tuple[str, ...], Value] = {}
        for phrase, value in entries:
            words = self._word.findall(fold_text(phrase).lower())
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))
                self.whole.setdefault(tuple(words), value)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
        self.first_words = frozenset(self._by_first)

    def at(self, words: list[str], i: int) -> Match[Value] | None:
        """The longest phrase that begins at word i."""
        for phrase, value in self._by_first.get(words[i], ()):
            if words[i : i + len(phrase)] == phrase:
                return Match(i, i + len(phrase), value)
        return None

    def find(self, words: list[str]) -> Match[Value] | None:
        """The first phrase anywhere in the words."""
        if self.first_words.isdisjoint(words):
            return None
        for i in range(len(words)):
            found = self.at(words, i)
            if found is not None:
                return found
        return None


_SIGN = re.compile(r"\s*[:ঃ\-–—।/]")
_COLON = re.compile(r"\s*[:ঃ]")


def sign_follows(text: str, word_count: int) -> bool:
    """Whether a colon, dash or bar stands after the first so many words of a folded line."""
    return _follows(_SIGN, text, word_count)


def colon_follows(text: str, word_count: int) -> bool:
    """Whether a colon, or a visarga in its place, stands after the first so many words of a folded line."""
    return _follows(_COLON, text, word_count)


def _follows(sign: re.Pattern[str], text: str, word_count: int) -> bool:
    for n, found in enumerate(WORD.finditer(text.lower()), 1):
        if n == word_count:
            return sign.match(text, found.end()) is not None
    return False
