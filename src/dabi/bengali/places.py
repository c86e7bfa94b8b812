"""Which places of the gazetteer (`lexicon/places.tsv`) a run of tokens names."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from .lexicon import rows, words_of
from .passage import Passage
from .remembered import places
from .words import base_form, genitive, inflections


class Place(NamedTuple):
    """A gazetteer entry, or what lies outside one: its usual name, kind (country, outside …) and ISO 3166-1 country."""

    name: str
    kind: str
    within: str


_BENGALI_DIGITS = {ord(str(i)): chr(ord("০") + i) for i in range(10)}  # names are shown, so উত্তর ২৪ পরগনা


def _compile() -> tuple[dict[str, Place], dict[str, list[tuple[tuple[str, ...], Place]]]]:
    """Single words by inflected form; longer names by first word, longest first, the last word inflected."""
    single: dict[str, Place] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    for row in rows("places.tsv"):
        place = Place(row["name"].translate(_BENGALI_DIGITS), row["kind"], row["within"])
        for spelling in [row["name"], *filter(None, row["variants"].split(";"))]:
            *first, last = spelling.split(" ")
            for form, _ in inflections(last, classifiers=False):
                if first:
                    longer.setdefault(first[0], []).append(((*first[1:], form), place))
                else:
                    single.setdefault(form, place)
    for names in longer.values():
        names.sort(key=lambda item: -len(item[0]))
    return single, longer


_SINGLE, _LONGER = _compile()
_FIRST_WORDS = frozenset({*_SINGLE, *_LONGER})


def find_places(passage: Passage, first: int, last: int) -> list[tuple[int, int, Place]]:
    """Places named in tokens first..last-1, as (first token, end token, place), longest name first.

    What lies outside a place is a place of its own (ঢাকার বাইরে), and what is left out of the count is none (ঢাকা ছাড়া).
    """
    found: list[tuple[int, int, Place]] = []
    words = passage.words
    free = first
    for i in places(words[first:last], _FIRST_WORDS.__contains__, first):
        if i < free:
            continue
        word = words[i]
        for rest, place in _LONGER.get(word, ()):
            end = i + 1 + len(rest)
            if end <= last and tuple(words[i + 1 : end]) == rest:
                found.append((i, end, place))
                free = end
                break
        else:
            if (single := _SINGLE.get(word)) is not None:
                found.append((i, i + 1, single))
    return [there for where in found if (there := _turned_round(words, last, *where)) is not None]


_AREA_WORDS = words_of("area_words.tsv")
_OUTSIDE = frozenset({"বাইরে", "বাইরের", "বাইরেও", "বাহিরে"})
_EXCEPT = frozenset({"ছাড়া", "বাদে"})


def _turned_round(words: list[str], last: int, i: int, end: int, place: Place) -> tuple[int, int, Place] | None:
    """A place as the words behind it leave it: ঢাকা মহানগরের বাইরে is not in ঢাকা."""
    after = end
    while after < last and base_form(words[after]) in _AREA_WORDS:
        after += 1
    if after < last and words[after] in _OUTSIDE and words[after - 1].endswith("র"):
        return i, after + 1, Place(f"{genitive(place.name)} বাইরে", "outside", place.within)
    if after < last and words[after] in _EXCEPT:
        return None
    return i, end, place


@cache
def _by_name() -> dict[str, Place]:
    return {place.name: place for place in _SINGLE.values()} | {
        place.name: place for names in _LONGER.values() for _, place in names
    }


@cache
def countries() -> frozenset[str]:
    """The names of countries."""
    return frozenset(name for name, place in _by_name().items() if place.kind == "country")


@lru_cache(maxsize=16384)
def lies_in(name: str, country: str) -> bool:
    """Whether the place of one name lies in the country of another name: কুরস্ক in রাশিয়া."""
    inner, outer = _by_name().get(name), _by_name().get(country)
    if inner is None or outer is None or outer.kind != "country" or inner.kind == "country":
        return False
    return bool(inner.within) and inner.within == outer.within


def find_place(word: str) -> Place | None:
    """The place that one word names, in whatever case."""
    return _SINGLE.get(word)
