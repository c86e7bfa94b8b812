"""How two figures compare: features with weights (`lexicon/weights.tsv`), so that every link can be explained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

import msgspec

from ..bengali.lexicon import rows
from .coded import coded_features
from .copies import copied
from .intervals import digits, dimension, interval, meet, middle, rounds_to, same_value
from .statement import Clues, Report, Statement
from .vocabulary import TABLES, group_of_happening, only_grows

PERSONS = "মানুষ"  # nearly all figures of an accident count persons: that says nothing
_SMALL = 3  # numbers that every report has
_EXACT = 5  # digits that no two counts share
_WEEK = 7  # days after which an equal number of fewer digits may be another
_MONTH = 31
_WORTH = (0.0, 1.0, 1.6, 2.1, 2.5, 3.5)  # what an equal number of so many digits tells
_GROWTH = 14.0  # days after which a figure may have doubled without being another one


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

    __slots__ = ("_counts", "_total", "_memo", "_named", "_reports")

    def __init__(self, reports: Sequence[Report]) -> None:
        statements = [statement for report in reports for statement in report.statements]
        self._named = Counter(name for statement in statements for name in set(statement.clues.named))
        self._reports = len(reports)
        self._counts = Counter(word for statement in statements for word in statement.clues.near)
        self._total = len(statements)
        self._memo: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        value = self._memo.get(word)
        if value is None:
            value = math.log((self._total + 2) / (self._counts[word] + 1)) + 0.1
            self._memo[word] = value
        return value

    def unshared(self, name: str) -> bool:
        """Whether a name before an age stands before no more ages than there are reports: it is not a family's."""
        return self._named[name] <= self._reports

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
    if a.kind == "age":
        return _age(found, a, b, rarity)
    found["near"] = rarity.likeness(one.near, other.near)
    found["wide"] = rarity.likeness(one.near + one.wide, other.near + other.wide)
    found["topic"] = rarity.likeness(one.topic, other.topic)
    _happening(found, a, b)
    _things(found, a, b)
    _values(found, a, b, inside)
    _places(found, a, b)
    _scene(found, a, b)
    _scope(found, a, b)
    if not inside and _toll(a) and _toll(b) and one.happening == other.happening:
        found["toll"] = 1.0
    return {name: value for name, value in found.items() if value}


def _age(found: dict[str, float], a: Statement, b: Statement, rarity: Rarity) -> dict[str, float]:
    """Two ages are of one series if they are of one person: the name before them, family names counting for little."""
    shared = set(a.clues.named) & set(b.clues.named)
    found["named"] = float(min(sum(1.0 if rarity.unshared(name) else 0.3 for name in shared), 2.0))
    one, other = middle(a), middle(b)
    if one is not None and other is not None:
        found["years_apart"] = min(abs(one - other), 20.0)
    return found


def _happening(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues.happening, b.clues.happening
    if one is None or other is None:
        return
    if one == other:
        found["happening_same"] = 1.0
    elif one in b.clues.happenings or other in a.clues.happenings:
        found["happening_beside"] = 1.0
    elif (group := group_of_happening(one)) and group == group_of_happening(other):
        found["happening_other"] = 1.0
    else:
        found["happening_unlike"] = 1.0


def _things(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = set(a.clues.things), set(b.clues.things)
    if one and other and not one & other:
        found["thing_other"] = 1.0
    elif one & other - {PERSONS}:
        found["thing_same"] = 1.0


def _values(found: dict[str, float], a: Statement, b: Statement, inside: bool) -> None:
    one, other = middle(a), middle(b)
    if same_value(a, b):
        found["value_same"] = _telling(a, b, one)
        if not inside and copied(a, b):
            found["copied"] = 1.0
        return
    if rounds_to(a, b) or rounds_to(b, a):
        found["value_round"] = _WORTH[min(digits(a), digits(b), len(_WORTH) - 1)]
    if one and other and one > 0 and other > 0 and "several" not in (a.hedge, b.hedge):
        days = abs(a.asof - b.asof) if a.asof is not None and b.asof is not None else 0
        found["value_apart"] = min(abs(math.log2(one / other)), 5.0) / (1.0 + days / _GROWTH)
    if not meet(interval(a), interval(b)):
        if inside and a.sentence == b.sentence:
            found["sentence_dated" if a.asof != b.asof else "sentence"] = 1.0
        elif inside:
            found["inside_dated" if a.asof != b.asof else "inside"] = 1.0


def _toll(statement: Statement) -> bool:
    """Whether a figure is the running total of an event: what only grows, and neither a part nor an addition."""
    clues = statement.clues
    if clues.happening is None or not only_grows(clues.happening) or clues.groups or clues.outside:
        return False
    return clues.window != "day" and not {"part", "new", "each", "rest"} & set(clues.markers)


def _telling(a: Statement, b: Statement, value: float | None) -> float:
    """How much it tells that two figures are one number: by its digits, and less if they hold for days far apart."""
    length = min(digits(a), digits(b))
    if value is not None and abs(value) <= _SMALL:
        return 0.5
    if length < _EXACT and a.asof is not None and b.asof is not None and abs(a.asof - b.asof) > _WEEK:
        return 0.3 * _WORTH[min(length, len(_WORTH) - 1)]
    return _WORTH[min(length, len(_WORTH) - 1)]


def _places(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = set(a.clues.places), set(b.clues.places)
    if one and other:
        found["place_same" if one & other else "place_other"] = 1.0
    elif one - set(b.clues.scene) or other - set(a.clues.scene):
        found["place_one"] = 1.0
    if a.clues.outside != b.clues.outside:
        found["outside"] = 1.0


def _scene(found: dict[str, float], a: Statement, b: Statement) -> None:
    """Where the event is: the places last named, in the sentence or before it."""
    one, other = set(a.clues.scene), set(b.clues.scene)
    if one and other:
        found["scene_same" if one & other else "scene_other"] = 1.0


def _scope(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues, b.clues
    here, there = set(one.groups), set(other.groups)
    if here != there:
        found["group_other" if here and there and not here & there else "group_one"] = 1.0
    for marker, name in (("part", "part_one"), ("each", "each"), ("rest", "rest")):
        if (marker in one.markers) != (marker in other.markers):
            found[name] = 1.0
    new = ("new" in one.markers, "new" in other.markers)
    if any(new) and not all(new):
        whole = (other if new[0] else one).markers
        found["new_total" if {"total", "rise"} & set(whole) else "new_one"] = 1.0
    elif all(new) and "day" not in (one.window, other.window) and (a.asof != b.asof or not same_value(a, b)):
        found["new_days"] = 1.0
    _windows(found, a, b)
    planned = {"expected", "promised"}
    if (a.status in planned) != (b.status in planned):
        found["status_other"] = 1.0


def _windows(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues.window, b.clues.window
    if one == other == "day":
        found["window_same"] = 1.0
    elif one == other == "period":
        same = _one_period(a.clues, b.clues)
        if same is not None:
            found["window_same" if same else "window_other"] = 1.0
    elif {one, other} == {"day", "period"}:
        found["window_other"] = 1.0
    elif "period" in (one, other):
        found["window_one"] = 1.0


def _one_period(one: Clues, other: Clues) -> bool | None:
    """Whether two periods begin together, or end together where a beginning is not told; None where nothing is."""
    lengths = [c.until - c.since for c in (one, other) if c.since is not None and c.until is not None]
    slack = max(1, min(lengths, default=0) // 10)
    if one.since is not None and other.since is not None:
        return abs(one.since - other.since) <= slack
    if one.until is not None and other.until is not None:
        return abs(one.until - other.until) <= max(_MONTH, slack)
    return None


def link(a: Statement, b: Statement, like: float, rarity: Rarity) -> Link | None:
    """The link between two figures, or None if they cannot be compared."""
    if not comparable(a, b):
        return None
    table = weights()
    coded = a.position == b.position == "coded"
    found = coded_features(a, b) if coded else features(a, b, like, rarity)
    parts = tuple((name, value * table[name]) for name, value in found.items())
    first, second = (a, b) if a.key <= b.key else (b, a)
    return Link(first.key, second.key, sum(share for _, share in parts), parts)
