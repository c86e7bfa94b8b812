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
    if not source:
        return ()
    cut = passage(source)
    located = {i for first, last, _ in find_places(cut, 0, len(cut)) for i in range(first, last)}
    names: list[str] = []
    relays: list[str] = []
    places: list[str] = []
    for i, word in enumerate(cut.words):
        if not word[:1].isalpha():
            continue
        base = base_form(word)
        kind = source_word(base) or source_word(word)
        if kind is not None:
            if kind == "relay":
                relays.append(base.casefold())
            continue
        (places if i in located else names).append(base.casefold())
    return tuple(dict.fromkeys(names or relays or places))


def same_origin(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two sets of origin words name one origin: they share more than a third of the shorter one."""
    if not a or not b:
        return False
    shared = len(set(a) & set(b))
    return shared > 0 and shared * 3 > min(len(a), len(b))
