"""What a report is about: its heaviest content words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

KEPT = 60  # words of a report that are compared
_HEADLINE = 3.0  # how much more a word of the headline weighs


class Terms:
    """Gathers the content words of a report."""

    def __init__(self) -> None:
        self._weights: Counter[str] = Counter()
        self._head: Counter[str] = Counter()

    def add(self, content: Iterable[str | None], *, headline: bool) -> None:
        (self._head if headline else self._weights).update(term for term in content if term is not None)

    def heaviest(self) -> tuple[tuple[str, float], ...]:
        """The words with their weights: root of the count, more for the headline; scaled to length 1."""
        weights = {term: float(count) ** 0.5 for term, count in self._weights.items()}
        for term, count in self._head.items():
            weights[term] = weights.get(term, 0.0) + _HEADLINE * float(count) ** 0.5
        kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
        length = sum(weight * weight for _, weight in kept) ** 0.5
        return tuple((term, weight / length) for term, weight in kept)
