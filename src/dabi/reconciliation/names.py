"""Names of places and actors compared across spellings, for claims that people have coded in any language."""

from __future__ import annotations

import math
import unicodedata
from functools import cache, lru_cache

from ..bengali.lexicon import words_of
from .vocabulary import TABLES

ALIKE = 0.6  # bigram Dice above which two words are two spellings of one name
_EARTH = 6371.0  # km


@cache
def _generic() -> frozenset[str]:
    return words_of("place_words.tsv", package=TABLES)


@lru_cache(maxsize=16384)
def words_of_name(name: str) -> tuple[str, ...]:
    """The words that tell a name from others: case, accents and punctuation away, words like district and city away."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    if plain.isascii() or not any("\u0980" <= c <= "\u09ff" for c in plain):
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    else:
        plain = unicodedata.normalize("NFC", name.casefold())
    letters = "".join(c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") else " " for c in plain)
    words = letters.split()
    return tuple(dict.fromkeys(w for w in words if w not in _generic())) or tuple(dict.fromkeys(words))


@lru_cache(maxsize=16384)
def _bigrams(word: str) -> frozenset[str]:
    framed = f"^{word}$"
    return frozenset(framed[i : i + 2] for i in range(len(framed) - 1))


@lru_cache(maxsize=65536)
def word_likeness(a: str, b: str) -> float:
    """How alike two words are spelt, 0 to 1."""
    if a == b:
        return 1.0
    one, other = _bigrams(a), _bigrams(b)
    return 2 * len(one & other) / (len(one) + len(other))


def name_likeness(a: str, b: str) -> float | None:
    """How alike two names are, 0 to 1, by the words of the shorter one; None across scripts, where nothing is known."""
    one, other = words_of_name(a), words_of_name(b)
    if not one or not other:
        return None
    if one[0][:1].isascii() != other[0][:1].isascii():
        return None
    if len(one) > len(other):
        one, other = other, one
    if word_likeness("".join(one), "".join(other)) >= ALIKE + 0.2:  # Harin Khola, Harinkhola
        return word_likeness("".join(one), "".join(other))
    best = [max(word_likeness(word, candidate) for candidate in other) for word in one]
    return sum(value if value >= ALIKE else 0.0 for value in best) / len(best)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points given as latitude and longitude in degrees."""
    lat, other_lat = math.radians(a[0]), math.radians(b[0])
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
