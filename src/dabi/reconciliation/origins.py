"""Whose word a figure is: sources compared by the words that name them.

Titles, media words and fillers are left out (`lexicon/sources.tsv`), so that সিপিডি and সেন্টার ফর পলিসি ডায়ালগ (সিপিডি),
or a ministry and its bulletin, are one origin, while two officials of one town are not.
"""

from __future__ import annotations

from functools import lru_cache

from ..bengali.passage import passage
from ..bengali.places import find_places
from ..bengali.words import base_form
from .vocabulary import source_word


@lru_cache(maxsize=8192)
def origin_words(source: str | None) -> tuple[str, ...]:
    """The words that tell a source from others, in base form; agencies, then places, only if nothing else is left."""
    names, relays, places = _sorted(source)
    return names or relays or places


@lru_cache(maxsize=8192)
def origin_places(source: str | None) -> tuple[str, ...]:
    """The places in the name of a source, marked as such: the commander of a state speaks for it."""
    return tuple(_PLACE + place for place in _sorted(source)[2])


_PLACE = "@"


def _sorted(source: str | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of a source: names, agencies and outlets, places."""
    names: list[str] = []
    relays: list[str] = []
    places: list[str] = []
    cut = passage(source or "")
    located = {i: place.name for first, last, place in find_places(cut, 0, len(cut)) for i in range(first, last)}
    for i, word in enumerate(cut.words):
        if not word[:1].isalpha():
            continue
        base = base_form(word)
        kind = source_word(base) or source_word(word)
        if kind is not None:
            if kind == "relay":
                relays.append(base.casefold())
        elif i in located:
            places.append(located[i])
        else:
            names.append(base.casefold())
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(relays)), tuple(dict.fromkeys(places))


def named(origin: tuple[str, ...]) -> set[str]:
    """The words of an origin less the places that are only in the name of somebody."""
    return {word for word in origin if word[0] != _PLACE}


def same_origin(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two sets of origin words name one origin: they share more than a third of the shorter one, or one is a
    place and the other somebody of it."""
    one, other = named(a), named(b)
    if not one or not other:
        return False
    shared = len(one & other)
    if shared > 0 and shared * 3 > min(len(one), len(other)):
        return True
    return {_PLACE + word for word in one} <= set(b) or {_PLACE + word for word in other} <= set(a)
