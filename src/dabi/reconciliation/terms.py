"""What a report is about: its heaviest content words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..bengali.places import Place
from .vocabulary import is_usual

KEPT = 60  # words of a report that are compared
_HEADLINE = 2.0  # how much more a word of the headline weighs
_USUAL = 0.6  # how much a word weighs that reports of many events share
_PLACE = 1.3  # and the name of a place


class Terms:
    """Gathers the content words of a report, and the places it names."""

    def __init__(self) -> None:
        self._body: Counter[str] = Counter()
        self._head: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._lead: dict[str, bool] = {}  # place: whether it is a country
        self._incidents: dict[str, None] = {}
        self._begins: dict[str, None] = {}

    def add(self, content: Iterable[str | None], *, headline: bool, places: Iterable[str] = ()) -> None:
        (self._head if headline else self._body).update(term for term in content if term is not None)
        self._places.update(places)

    def begin(self, places: Iterable[Place], incidents: Iterable[str | None]) -> None:
        """Places and kinds of incident named in the headline and the first sentences."""
        self._lead.update((place.name, place.kind == "country") for place in places)
        self._begins.update((kind, None) for kind in incidents if kind is not None)

    def name(self, incidents: Iterable[str | None]) -> None:
        """Kinds of incident named anywhere."""
        self._incidents.update((kind, None) for kind in incidents if kind is not None)

    def incidents(self) -> tuple[str, ...]:
        return tuple(self._incidents)

    def begins(self) -> tuple[str, ...]:
        return tuple(self._begins)

    def lead(self) -> tuple[str, ...]:
        """Where the report begins: countries only if nothing nearer is named."""
        near = tuple(name for name, country in self._lead.items() if not country)
        return near or tuple(self._lead)

    def places(self) -> tuple[str, ...]:
        """The places named, those named most first."""
        return tuple(place for place, _ in sorted(self._places.items(), key=lambda item: (-item[1], item[0])))

    def heaviest(self) -> tuple[tuple[str, float], ...]:
        """The words with their weights: root of the count, more for the headline; scaled to length 1."""
        weights: dict[str, float] = {}
        for counted, factor in ((self._body, 1.0), (self._head, _HEADLINE)):
            for term, count in counted.items():
                weights[term] = weights.get(term, 0.0) + factor * float(count) ** 0.5
        for term in weights:
            if term in self._places:
                weights[term] *= _PLACE
            elif is_usual(term):
                weights[term] *= _USUAL
        kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
        length = sum(weight * weight for _, weight in kept) ** 0.5
        return tuple((term, weight / length) for term, weight in kept)
