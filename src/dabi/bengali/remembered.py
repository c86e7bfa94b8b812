"""Facts about words, asked once for each word: the same few thousand words make up most of any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress, count
from typing import Generic, TypeVar

Value = TypeVar("Value")

_MOST = 50_000  # words, some 10 MB a fact: endless text does not fill the memory


class Remembered(dict[str, Value], Generic[Value]):
    """What a function says of a word, by the word."""

    def __init__(self, fact: Callable[[str], Value]) -> None:
        super().__init__()
        self._fact = fact

    def __missing__(self, word: str) -> Value:
        if len(self) >= _MOST:
            self.clear()
        value = self[word] = self._fact(word)
        return value


def places(words: Iterable[str], holds: Callable[[str], object], first: int = 0) -> list[int]:
    """Where in a run of words something holds; the first word stands at `first`."""
    return list(compress(count(first), map(holds, words)))
