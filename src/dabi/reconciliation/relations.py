"""How two figures of one series stand: agrees, refines, moved, conflicts, echo.

Decided by what the hedges let the figures be, by the day each holds for, and by whose word each is. The rules are tried
in order and the first that answers names itself in the result. Swapping the two figures never changes the label.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from .copies import copied
from .intervals import digits, holds, interval, meet, middle, rounds_to, same_value, supposed
from .origins import same_origin
from .slips import slip_between
from .statement import Statement, order
from .vocabulary import only_grows

Label = Literal["agrees", "refines", "moved", "conflicts", "echo"]
Key = tuple[str, int, int]

PRECISE = 4  # significant digits: two reports that give such a number have it from one place
NEAREST = 24  # in a long series each figure is related to so many before it
_OPEN = frozenset(["more_than", "at_least"])
_FAR = 1.1  # two lower bounds this far apart are two figures, not one told twice


class Relation(msgspec.Struct, frozen=True):
    """How two figures stand. `a` is the earlier one, or the vaguer of refines; `superseded`: moved, by one origin."""

    a: Key
    b: Key
    relation: Label
    rule: str
    superseded: bool = False


class _Pair:
    """Two figures in canonical order with what the rules ask about them."""

    def __init__(self, a: Statement, b: Statement, copied: bool) -> None:
        self.a, self.b = (a, b) if _time_order(a) <= _time_order(b) else (b, a)
        self.copied = copied
        self.inside = a.article == b.article
        self.equal = same_value(a, b)
        self.compatible = meet(supposed(a), supposed(b))
        # in one report, the outlet's own count beside that of a source is a second voice
        told_beside = self.inside and (a.source is None) != (b.source is None)
        self.one_voice = not told_beside and same_origin(self.a.origin, self.b.origin)
        self.later = a.asof is not None and b.asof is not None and a.asof != b.asof

    def grows(self) -> bool:
        one, other = middle(self.a), middle(self.b)
        return one is not None and other is not None and other > one


Answer = tuple[Label, Statement, Statement] | None


def _age_differs(pair: _Pair) -> Answer:
    """Nobody is two ages in two reports of one event."""
    return ("conflicts", pair.a, pair.b) if pair.a.kind == "age" and not pair.equal else None


def _bound_met(pair: _Pair) -> Answer:
    """At least 10 and 10: the second says more. A headline that drops the hedge only repeats."""
    if pair.equal and not (pair.inside and "headline" in (pair.a.position, pair.b.position)):
        for vague, fine in ((pair.a, pair.b), (pair.b, pair.a)):
            if vague.hedge == "at_least" and fine.hedge == "exact":
                return "refines", vague, fine
    return None


def _told_again(pair: _Pair) -> Answer:
    """One number again: from one origin, in copied words, in more digits than two counts share, or pointed back to."""
    if not pair.equal:
        return None
    headline = pair.inside and "headline" in (pair.a.position, pair.b.position)
    precise = min(digits(pair.a), digits(pair.b)) >= PRECISE and pair.a.hedge == pair.b.hedge
    pointed = pair.inside and "known" in {*pair.a.clues.markers, *pair.b.clues.markers}
    told = pointed or pair.a.kind == "age"  # nobody counts anybody's years anew
    if pair.one_voice or pair.copied or headline or precise or told:
        return "echo", pair.a, pair.b
    return "agrees", pair.a, pair.b


def _several(pair: _Pair) -> Answer:
    """Thousands says no number that another could refine or move."""
    if "several" in (pair.a.hedge, pair.b.hedge) and meet(interval(pair.a), interval(pair.b)):
        return "agrees", pair.a, pair.b
    return None


def _bound_moved(pair: _Pair) -> Answer:
    """More than 76,000 one day and more than 100,000 the next."""
    if pair.later and pair.a.hedge in _OPEN and pair.b.hedge in _OPEN:
        one, other = middle(pair.a), middle(pair.b)
        if one and other and max(one, other) > min(one, other) * _FAR:
            return "moved", pair.a, pair.b
    return None


def _range_beside_bound(pair: _Pair) -> Answer:
    """10 to 12 and at least 10 say the same."""
    hedges = {pair.a.hedge, pair.b.hedge}
    if pair.compatible and "range" in hedges and hedges & (_OPEN | {"up_to", "less_than"}):
        return "agrees", pair.a, pair.b
    return None


def _narrower(pair: _Pair) -> Answer:
    """One figure lies within what the other leaves open."""
    if not pair.compatible:
        return None
    for vague, fine in ((pair.a, pair.b), (pair.b, pair.a)):
        wide, narrow = interval(vague), interval(fine)
        if vague.hedge != "exact" and vague.hedge != fine.hedge and holds(wide, narrow) and wide != narrow:
            if "about" in (vague.hedge, fine.hedge) and fine.hedge != "exact":
                continue  # neither says more: more than 10,000 and about 13,000
            return "refines", vague, fine
        if vague.hedge in _OPEN and fine.hedge in ("up_to", "range") and meet(wide, narrow):
            return "refines", vague, fine
    return None


def _rounded(pair: _Pair) -> Answer:
    """92 thousand crore for 92,261 crore."""
    for vague, fine in ((pair.a, pair.b), (pair.b, pair.a)):
        if rounds_to(vague, fine) and pair.a.clues.window != "day":
            return "refines", vague, fine
    return None


def _slipped(pair: _Pair) -> Answer:
    """One report says lakh where the other says crore: the figure has not moved."""
    slip = not pair.inside and not pair.compatible and slip_between(pair.a, pair.b) is not None
    return ("conflicts", pair.a, pair.b) if slip else None


def _fell(pair: _Pair) -> Answer:
    """A running total that another source gives lower afterwards."""
    if pair.later and not pair.grows() and not pair.compatible and not pair.one_voice:
        happening = pair.a.clues.happening
        if happening is not None and only_grows(happening) and pair.a.source and pair.b.source:
            return "conflicts", pair.a, pair.b
    return None


def _moved_on(pair: _Pair) -> Answer:
    """Different numbers for different days."""
    return ("moved", pair.a, pair.b) if pair.later and not pair.compatible else None


def _said_to_move(pair: _Pair) -> Answer:
    """The report itself says that the figure has changed."""
    smaller, larger = (pair.a, pair.b) if pair.grows() else (pair.b, pair.a)
    if not pair.compatible and {"rise", "total"} & set(larger.clues.markers):
        happening = larger.clues.happening
        if "rise" in larger.clues.markers or (happening is not None and only_grows(happening)):
            return "moved", smaller, larger
    return None


def _overlapping(pair: _Pair) -> Answer:
    """What the hedges leave open overlaps."""
    return ("agrees", pair.a, pair.b) if pair.compatible else None


def _at_odds(pair: _Pair) -> Answer:
    """Different numbers for one time."""
    return "conflicts", pair.a, pair.b


RULES: tuple[tuple[str, Callable[[_Pair], Answer]], ...] = (
    ("relations.age_differs", _age_differs),
    ("relations.bound_met", _bound_met),
    ("relations.told_again", _told_again),
    ("relations.several", _several),
    ("relations.bound_moved", _bound_moved),
    ("relations.range_beside_bound", _range_beside_bound),
    ("relations.rounded", _rounded),
    ("relations.narrower", _narrower),
    ("relations.slipped", _slipped),
    ("relations.fell", _fell),
    ("relations.moved_on", _moved_on),
    ("relations.said_to_move", _said_to_move),
    ("relations.overlapping", _overlapping),
    ("relations.at_odds", _at_odds),
)


def relate(a: Statement, b: Statement, *, near_copy: bool = False) -> Relation:
    """How two figures of one series stand; `near_copy`: their reports are near-copies of each other."""
    pair = _Pair(a, b, near_copy or copied(a, b))
    for rule, decide in RULES:
        answer = decide(pair)
        if answer is not None:
            label, first, second = answer
            return Relation(first.key, second.key, label, rule, label == "moved" and pair.one_voice)
    raise AssertionError("the last rule always answers")


def relations_of(
    members: Sequence[Statement], near_copies: Callable[[str, str], bool] = lambda one, other: False
) -> list[Relation]:
    """The relations within a series in canonical order: each figure with those before it, the nearest `NEAREST`.

    `near_copies` says of two reports, given by their ids, whether they are near-copies of each other.
    """
    ordered = sorted(members, key=order)
    found: list[Relation] = []
    for i, later in enumerate(ordered):
        for earlier in ordered[max(0, i - NEAREST) : i]:
            found.append(relate(earlier, later, near_copy=near_copies(earlier.article, later.article)))
    return found


def _time_order(statement: Statement) -> tuple[int, tuple[str, str, int, int, str]]:
    return statement.asof if statement.asof is not None else 0, order(statement)
