"""Which places of the gazetteer (`lexicon/places.tsv`) a run of tokens names."""

from __future__ import annotations

from typing import NamedTuple

from .lexicon import rows
from .passage import Passage
from .words import inflections


class Place(NamedTuple):
    """A gazetteer entry: its usual name, kind (country, district …) and ISO 3166-1 country."""

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


def find_places(passage: Passage, first: int, last: int) -> list[tuple[int, int, Place]]:
    """Places named in tokens first..last-1, as (first token, end token, place), longest name first."""
    found: list[tuple[int, int, Place]] = []
    words = passage.words
    i = first
    while i < last:
        word = words[i]
        for rest, place in _LONGER.get(word, ()):
            end = i + 1 + len(rest)
            if end <= last and tuple(words[i + 1 : end]) == rest:
                found.append((i, end, place))
                i = end
                break
        else:
            if (single := _SINGLE.get(word)) is not None:
                found.append((i, i + 1, single))
            i += 1
    return found


def find_place(word: str) -> Place | None:
    """The place that one word names, in whatever case."""
    return _SINGLE.get(word)
