"""How two figures compare: features with weights (`lexicon/weights.tsv`), so that every link can be explained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from ..bengali.lexicon import rows
from ..bengali.places import countries, lies_in
from ..extraction import MOST_COMPARED
from .coded import coded_features
from .copies import copied
from .intervals import digits, dimension, interval, meet, middle, rounds_to
from .slips import ALIKE, slip_between
from .statement import Clues, Report, Statement
from .vocabulary import TABLES, group_of_happening, only_grows

PERSONS = "মানুষ"  # nearly all figures of an accident count persons: that says nothing
_SMALL = 3  # numbers that every report has
_EXACT = 5  # digits that no two counts share
_WEEK = 7  # days after which an equal number of fewer digits may be another
_MONTH = 31
_WORTH = (0.0, 1.0, 1.6, 2.1, 2.5, 3.5)  # what an equal number of so many digits tells
_FAR = 0.25  # likeness of two reports below which they hardly tell of one event
_VAGUE = 6.0  # octaves that "thousands" may reach over
_FEW = 2.0  # and "a few", which names no scale
_SCALE = 10  # "some ten" and more name one
_SLIP = 3.0  # octaves: the least slip of scale is one of ten times
_GROWTH = 14.0  # days after which a figure may have doubled without being another one


class Link(msgspec.Struct, frozen=True, gc=False):
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

    __slots__ = ("_counts", "_total", "_memo", "_named", "_weights")

    def __init__(self, reports: Sequence[Report]) -> None:
        self._setup([Wording(report) for report in reports])

    @classmethod
    def of(cls, wordings: Sequence[Wording]) -> Rarity:
        """The same from reports whose words have been counted."""
        made = cls.__new__(cls)
        made._setup(wordings)
        return made

    def _setup(self, wordings: Sequence[Wording]) -> None:
        self._named = [wording.named for wording in wordings]
        self._counts = [wording.near for wording in wordings]
        self._total = sum(wording.figures for wording in wordings)
        self._memo: dict[str, float] = {}
        self._weights: dict[frozenset[str], float] = {}

    def __call__(self, word: str) -> float:
        value = self._memo.get(word)
        if value is None:
            count = sum([counted[word] for counted in self._counts])
            value = self._memo[word] = math.log((self._total + 2) / (count + 1)) + 0.1
        return value

    def unshared(self, name: str) -> bool:
        """Whether a name before an age stands before no more ages than there are reports: it is not a family's."""
        return sum(counted[name] for counted in self._named) <= len(self._named)

    def weigh(self, words: Iterable[str]) -> float:
        """What a set of words tells altogether; to the last bit the same in whatever order they come."""
        return math.fsum(map(self, words))

    def weight(self, words: frozenset[str]) -> float:
        """The same, remembered."""
        value = self._weights.get(words)
        if value is None:
            value = self._weights[words] = self.weigh(words)
        return value

    def likeness(self, a: Sequence[str], b: Sequence[str]) -> float:
        """Weighted Dice coefficient of two sets of words, 0 to 1."""
        shared = set(a) & set(b)
        return 2 * self.weigh(shared) / (self.weigh(set(a)) + self.weigh(set(b))) if shared else 0.0


class Wording:
    """How many figures of a report each word stands by, and each name before an age."""

    __slots__ = ("near", "named", "figures")

    def __init__(self, report: Report) -> None:
        self.near = Counter(word for statement in report.statements for word in statement.clues.near)
        self.named = Counter(name for statement in report.statements for name in set(statement.clues.named))
        self.figures = len(report.statements)


class Figure:
    """A statement made ready for comparing it with many others: its clues as sets."""

    __slots__ = (
        "s", "key", "clues", "near", "things", "places", "scene", "groups", "markers", "middle",
        "interval", "digits", "dimension", "group", "toll", "planned", "only", "abroad", "vague",
    )  # fmt: skip

    def __init__(self, statement: Statement) -> None:
        clues = statement.clues
        self.s = statement
        self.key = statement.key
        self.clues = clues
        self.near = frozenset(clues.near)
        self.things = frozenset(clues.things)
        self.places = frozenset(clues.places)
        self.scene = frozenset(clues.scene)
        self.abroad = not (self.places.isdisjoint(countries()) and self.scene.isdisjoint(countries()))
        self.groups = frozenset(clues.groups)
        markers = frozenset(clues.markers)
        self.markers = markers - {"part"} if "outcome" in markers else markers
        self.middle = middle(statement)
        self.vague = statement.hedge == "several"
        self.interval = interval(statement)
        self.digits = digits(statement)
        self.dimension = (statement.kind, dimension(statement.kind, statement.unit)[0])
        self.group = group_of_happening(clues.happening) if clues.happening is not None else None
        self.toll = self._is_toll()
        self.planned = statement.status in ("expected", "promised")
        self.only = False  # its report gives no other number for what befell what it counts; see `figures_of`

    def _is_toll(self) -> bool:
        """Whether it is the running total of an event: what only grows, and neither a part nor an addition."""
        clues = self.clues
        if clues.happening is None or not only_grows(clues.happening) or clues.groups or clues.outside:
            return False
        return clues.window != "day" and not self.markers & _NO_TOLL


def figures_of(report: Report) -> list[Figure]:
    """The figures of a report that are compared, each told whether it is the only number for its happening."""
    figures = [Figure(statement) for statement in report.statements[:MOST_COMPARED]]
    numbers: dict[tuple[object, ...], set[float | None]] = {}
    for figure in figures:
        if figure.clues.happening is not None:
            numbers.setdefault((figure.clues.happening, *figure.dimension), set()).add(figure.middle)
    for figure in figures:
        if figure.clues.happening is not None and figure.s.kind != "age":
            figure.only = len(numbers[figure.clues.happening, *figure.dimension]) == 1
    return figures


_NO_TOLL = frozenset(["part", "new", "each", "rest"])
_WHOLE = frozenset(["total", "rise"])


def comparable(a: Statement, b: Statement) -> bool:
    """Whether two figures can be of one series at all: one kind, one dimension, one currency."""
    if a.kind != b.kind:
        return False
    return a.unit == b.unit or dimension(a.kind, a.unit)[0] == dimension(b.kind, b.unit)[0]


def features(a: Figure, b: Figure, like: float, rarity: Rarity, apart: bool = False) -> dict[str, float]:
    """The features of two comparable figures; `like` is the likeness of their reports, `apart`: these
    begin with different places or incidents."""
    inside = a.s.article == b.s.article
    found: dict[str, float] = {"base": 1.0}
    found["report"] = 1.0 if inside else like
    if not inside and like < _FAR:
        found["report_far"] = (_FAR - like) / _FAR
    if apart:
        found["report_other"] = 1.0
    if a.s.kind == "age":
        _age(found, a, b, rarity)
        return found
    shared = a.near & b.near
    if shared:
        found["near"] = 2 * rarity.weigh(shared) / (rarity.weight(a.near) + rarity.weight(b.near))
    _happening(found, a, b)
    if a.things and b.things:
        same = a.things & b.things
        if not same:
            found["thing_other"] = 1.0
        elif same != _PERSONS_ONLY:
            found["thing_same"] = 1.0
    _values(found, a, b, inside, apart)
    _places(found, a, b)
    _scope(found, a, b)
    if a.only and b.only and not inside and not apart and a.clues.happening == b.clues.happening:
        found["only"] = 1.0
    if not inside and like >= _FAR and a.toll and b.toll and _one_toll(a, b, found):
        found["toll"] = 1.0
    return found


def _one_toll(a: Figure, b: Figure, found: dict[str, float]) -> bool:
    """Whether two running totals, of reports that are alike, can be of one event: an event has one toll."""
    if a.clues.happening != b.clues.happening or found.get("value_apart", 0.0) > _TOLL_GROWS:
        return False
    told = found.keys() & _TELLS_APART  # a total is that of the event, wherever it was named last
    return not told or (told == _ELSEWHERE and "total" in a.markers and "total" in b.markers)


_TELLS_APART = frozenset(["place_other", "scene_other", "window_other", "window_one", "thing_other", "status_other"])
_ELSEWHERE = frozenset(["scene_other"])
_TOLL_GROWS = 3.0  # octaves
_PERSONS_ONLY = frozenset([PERSONS])


def _age(found: dict[str, float], a: Figure, b: Figure, rarity: Rarity) -> None:
    """Two ages are of one series if they are of one person: the name before them, family names counting for little."""
    shared = set(a.clues.named) & set(b.clues.named)
    found["named"] = float(min(sum(1.0 if rarity.unshared(name) else 0.3 for name in shared), 2.0))
    if a.middle is not None and b.middle is not None:
        found["years_apart"] = min(abs(a.middle - b.middle), 20.0)


def _happening(found: dict[str, float], a: Figure, b: Figure) -> None:
    one, other = a.clues.happening, b.clues.happening
    if one is None or other is None:
        return
    if one == other:
        found["happening_same"] = 1.0
    elif one in b.clues.happenings or other in a.clues.happenings:
        found["happening_beside"] = 1.0
    elif a.group and a.group == b.group:
        found["happening_other"] = 1.0
    else:
        found["happening_unlike"] = 1.0


def _values(found: dict[str, float], a: Figure, b: Figure, inside: bool, apart: bool) -> None:
    one, other = a.middle, b.middle
    if one is None or other is None:
        return
    days = abs(a.s.asof - b.s.asof) if a.s.asof is not None and b.s.asof is not None else 0
    if math.isclose(one, other, rel_tol=1e-9) and a.vague == b.vague:
        found["value_same"] = _telling(min(a.digits, b.digits), one, days)
        if {a.clues.window, b.clues.window} == _DAY_AND_PERIOD:
            found["value_same"] *= _BY_CHANCE
        if not inside and not apart and copied(a.s, b.s):
            found["copied"] = 1.0
        if inside and a.s.sentence == b.s.sentence and one < _LISTABLE:
            found["listed"] = 1.0
        elif inside and "thing_other" not in found and "known" in a.markers | b.markers:
            found["pointed"] = 1.0
        return
    if a.digits != b.digits and (rounds_to(a.s, b.s) or rounds_to(b.s, a.s)):
        found["value_round"] = _WORTH[min(a.digits, b.digits, len(_WORTH) - 1)]
    if one > 0 and other > 0:
        octaves = abs(math.log2(one / other))
        if a.vague or b.vague:
            scale = min(figure.middle or 0.0 for figure in (a, b) if figure.vague)
            octaves = max(octaves - (_VAGUE if scale >= _SCALE else _FEW), 0.0)
        if not inside and octaves > _SLIP and found.get("near", 0.0) >= ALIKE and slip_between(a.s, b.s):
            found["slip"] = 1.0
        else:
            found["value_apart"] = min(octaves, 5.0) / (1.0 + days / _GROWTH)
    if inside and not meet(a.interval, b.interval):
        name = "sentence" if a.s.sentence == b.s.sentence else "inside"
        found[f"{name}_dated" if a.s.asof != b.s.asof else name] = 1.0


_LISTABLE = 1000  # smaller numbers that stand twice in one sentence count two things: three domes and three minarets
_DAY_AND_PERIOD = {"day", "period"}
_BY_CHANCE = 0.3  # what it tells that the number of a day and that of a month or a year are one number


def _telling(length: int, value: float, days: int) -> float:
    """How much it tells that two figures are one number: by its digits, and less if they hold for days far apart."""
    if abs(value) <= _SMALL:
        return 0.5
    worth = _WORTH[min(length, len(_WORTH) - 1)]
    return 0.3 * worth if length < _EXACT and days > _WEEK else worth


def _places(found: dict[str, float], a: Figure, b: Figure) -> None:
    """The place beside the figure, and where the event is: the places last named."""
    abroad = a.abroad or b.abroad  # only then may a place of one lie in a country of the other
    if a.places and b.places:
        shared = len(a.places & b.places)
        if shared and shared * _LISTED >= max(len(a.places), len(b.places)):
            found["place_same"] = 1.0
        elif shared:
            found["place_one"] = 1.0
        else:
            found["place_one" if abroad and _nested(a.places, b.places) else "place_other"] = 1.0
    elif a.places - b.scene or b.places - a.scene:
        found["place_one"] = 1.0
    if a.scene and b.scene:
        if a.scene & b.scene:
            found["scene_same"] = 1.0
        elif not (abroad and _nested(a.scene, b.scene)):
            found["scene_other"] = 1.0
    if a.clues.outside != b.clues.outside:
        found["outside"] = 1.0


_LISTED = 3  # places in a list of which one is not the same place as the list


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one set of places names the country in which a place of the other lies."""
    return any(lies_in(a, b) or lies_in(b, a) for a in one for b in other)


_ONE = (("part", "part_one"), ("each", "each"), ("rest", "rest"), ("class", "class_one"))  # markers that only one has


def _scope(found: dict[str, float], a: Figure, b: Figure) -> None:
    if a.groups != b.groups:
        found["group_other" if a.groups and b.groups and not a.groups & b.groups else "group_one"] = 1.0
    if differing := a.markers ^ b.markers:
        for marker, name in _ONE:  # in one order, for the sum of the shares
            if marker in differing:
                found[name] = 1.0
    here, there = "new" in a.markers, "new" in b.markers
    if here != there:
        if _WHOLE & (b if here else a).markers:
            found["new_total"] = 1.0
        else:
            found["new_one" if a.middle == b.middle else "new_other"] = 1.0
    elif here and "day" not in (a.clues.window, b.clues.window) and (a.s.asof != b.s.asof or a.middle != b.middle):
        found["new_days"] = 1.0
    if found.get("value_same", 0.0) < _WORTH[_EXACT]:  # a number that no two counts share has one period, however told
        _windows(found, a.clues, b.clues)
    if a.planned != b.planned:
        found["status_other"] = 1.0


def _windows(found: dict[str, float], a: Clues, b: Clues) -> None:
    one, other = a.window, b.window
    if one == other == "day":
        found["window_same"] = 1.0
    elif one == other == "period":
        same = _one_period(a, b)
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


def link(a: Figure, b: Figure, like: float, rarity: Rarity, apart: bool = False) -> Link | None:
    """The link between two figures, or None if they cannot be compared."""
    if a.dimension != b.dimension:
        return None
    table = weights()
    coded = a.s.position == b.s.position == "coded"
    found = coded_features(a.s, b.s) if coded else features(a, b, like, rarity, apart)
    parts = tuple([(name, value * table[name]) for name, value in found.items()])
    one, other = a.key, b.key
    score = 0.0
    for _, share in parts:
        score += share
    return Link(one, other, score, parts) if one <= other else Link(other, one, score, parts)
