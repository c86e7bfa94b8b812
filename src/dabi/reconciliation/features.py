"""How two figures compare: features with weights (`lexicon/weights.tsv`), so that every link can be explained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

import msgspec

from ..bengali.lexicon import rows
from .intervals import digits, dimension, interval, meet, middle, same_value
from .statement import Report, Statement
from .vocabulary import TABLES, group_of_happening


class Link(msgspec.Struct, frozen=True):
    """Two figures and what speaks for and against one series: the features that are not zero, each with its share of
    the score."""

    a: tuple[str, int, int]
    b: tuple[str, int, int]
    score: float
    features: tuple[tuple[str, float], ...]


@cache
def weights() -> dict[str, float]:
    """The weight of every feature."""
    return {row["feature"]: float(row["weight"]) for row in rows("weights.tsv", TABLES)}


class Rarity:
    """How telling a word is between two reports: a word that stands by many of their figures says little."""

    __slots__ = ("_counts", "_total", "_memo")

    def __init__(self, reports: Sequence[Report]) -> None:
        statements = [statement for report in reports for statement in report.statements]
        self._counts = Counter(word for statement in statements for word in statement.clues.near)
        self._total = len(statements)
        self._memo: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        value = self._memo.get(word)
        if value is None:
            value = math.log((self._total + 2) / (self._counts[word] + 1)) + 0.1
            self._memo[word] = value
        return value

    def likeness(self, a: Sequence[str], b: Sequence[str]) -> float:
        """Weighted Dice coefficient of two sets of words, 0 to 1."""
        if not a or not b:
            return 0.0
        other = set(b)
        shared = sum(self(word) for word in a if word in other)
        if not shared:
            return 0.0
        return 2 * shared / (sum(map(self, a)) + sum(map(self, b)))


def comparable(a: Statement, b: Statement) -> bool:
    """Whether two figures can be of one series at all: one kind, one dimension, one currency."""
    if a.kind != b.kind:
        return False
    return a.unit == b.unit or dimension(a.kind, a.unit)[0] == dimension(b.kind, b.unit)[0]


def features(a: Statement, b: Statement, like: float, rarity: Rarity) -> dict[str, float]:
    """The features of two comparable figures; `like` is the likeness of their reports."""
    one, other = a.clues, b.clues
    found: dict[str, float] = {"base": 1.0}
    inside = a.article == b.article
    found["report"] = 1.0 if inside else like
    found["near"] = rarity.likeness(one.near, other.near)
    found["wide"] = rarity.likeness(one.near + one.wide, other.near + other.wide)
    found["topic"] = rarity.likeness(one.topic, other.topic)
    _happening(found, a, b)
    _things(found, a, b)
    _values(found, a, b, inside)
    _places(found, a, b)
    _scope(found, a, b)
    return {name: value for name, value in found.items() if value}


def _happening(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues.happening, b.clues.happening
    if one is None or other is None:
        return
    if one == other:
        found["happening_same"] = 1.0
    elif group_of_happening(one) == group_of_happening(other):
        found["happening_other"] = 1.0
    else:
        found["happening_unlike"] = 1.0


def _things(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = set(a.clues.things), set(b.clues.things)
    if one and other:
        found["thing_same" if one & other else "thing_other"] = 1.0


def _values(found: dict[str, float], a: Statement, b: Statement, inside: bool) -> None:
    if same_value(a, b):
        found["value_same"] = float(min(digits(a), digits(b), 4))
        return
    one, other = middle(a), middle(b)
    if one and other and one > 0 and other > 0:
        found["value_apart"] = min(abs(math.log2(one / other)), 5.0)
    if not meet(interval(a), interval(b)):
        if inside and a.sentence == b.sentence:
            found["sentence"] = 1.0
        elif inside:
            found["inside"] = 1.0


def _places(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = set(a.clues.places), set(b.clues.places)
    if one and other:
        found["place_same" if one & other else "place_other"] = 1.0
    elif one or other:
        found["place_one"] = 1.0
    if a.clues.outside != b.clues.outside:
        found["outside"] = 1.0


def _scope(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues, b.clues
    if set(one.groups) != set(other.groups):
        found["group_other" if one.groups and other.groups and not set(one.groups) & set(other.groups) else "group_one"] = 1.0
    for marker, name in (("part", "part_one"), ("each", "each")):
        if (marker in one.markers) != (marker in other.markers):
            found[name] = 1.0
    if ("new" in one.markers and "total" in other.markers) or ("total" in one.markers and "new" in other.markers):
        found["new_total"] = 1.0
    if one.window is not None and other.window is not None and "point" not in (one.window, other.window):
        same = one.window == other.window == "day" or (one.window == other.window and _starts_together(one.since, other.since))
        found["window_same" if same else "window_other"] = 1.0
    elif {one.window, other.window} == {"day", "point"}:
        pass
    planned = {"expected", "promised"}
    if (a.status in planned) != (b.status in planned):
        found["status_other"] = 1.0


def _starts_together(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1


def link(a: Statement, b: Statement, like: float, rarity: Rarity) -> Link | None:
    """The link between two figures, or None if they cannot be compared."""
    if not comparable(a, b) or (a.kind == "age" and not set(a.clues.named) & set(b.clues.named)):
        return None
    table = weights()
    parts = tuple((name, value * table[name]) for name, value in features(a, b, like, rarity).items())
    first, second = (a, b) if a.key <= b.key else (b, a)
    return Link(first.key, second.key, sum(share for _, share in parts), parts)
