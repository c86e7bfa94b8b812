"""Totals against their parts, within one report.

A report names parts by a marker (এর মধ্যে, তাঁদের মধ্যে), by a genitive before another number (ছয় আরোহীর পাঁচজন), or by
numbers that add up to one it has given. Parts that are only some of the whole do not add up, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from .features import PERSONS
from .intervals import digits, dimension, interval, middle, supposed
from .statement import Report, Statement

Key = tuple[str, int, int]

TOLERANCE = 0.005  # of a total whose parts are hedged: 93 lakh and 2.13 crore "and more" make 3.07 crore
_BACK = 3  # sentences before a marker in which its whole is looked for
_RUN = 8  # figures that are tried as parts
_EXACT = 3  # digits from which numbers that add up do so by no accident
_LARGE = 100
_OUTCOMES = {
    "burn": ("death", "treatment", "admission", "discharge", "injury"),
    "injury": ("death", "treatment", "admission", "discharge"),
    "aboard": ("death", "rescue", "injury", "missing"),
    "infection": ("death", "recovery", "treatment"),
    "missing": ("death", "rescue"),
}


class Sum(msgspec.Struct, frozen=True):
    """A total and its stated parts; `adds_up`: the parts make up the whole."""

    whole: Key
    parts: tuple[Key, ...]
    adds_up: bool
    rule: str


def sums_of(report: Report) -> list[Sum]:
    """The totals of a report with their parts, at most one set of parts that adds up for each total."""
    statements = [s for s in report.statements if s.position != "coded" and middle(s) is not None]
    found: list[Sum] = []
    for rule, find in (
        ("sums.marked_parts", _marked_parts),
        ("sums.listed_parts", _listed_parts),
        ("sums.precise_parts", _precise_parts),
        ("sums.outcomes", _outcomes),
    ):
        for whole, parts in find(statements):
            if any(known.whole == whole.key and _covers(known, parts) for known in found):
                continue
            found.append(Sum(whole.key, tuple(p.key for p in parts), adds_up(whole, parts), rule))
    complete = {made.whole for made in found if made.adds_up}
    return [made for made in found if made.adds_up or made.whole not in complete]


def _covers(known: Sum, parts: Sequence[Statement]) -> bool:
    return known.adds_up or {p.key for p in parts} <= set(known.parts)


def adds_up(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether the parts can make up the whole, with what the hedges leave open."""
    low = sum(interval(p)[0] for p in parts)
    at, to = interval(whole)
    stated = sum(middle(p) or 0.0 for p in parts)
    wanted = middle(whole) or 0.0
    if all(p.hedge == "exact" for p in (whole, *parts)):
        return abs(stated - wanted) <= 1e-9 * max(abs(wanted), 1.0)
    if abs(stated - wanted) <= TOLERANCE * abs(wanted):
        return True
    high = sum(supposed(p)[1] for p in parts)
    return whole.hedge == "range" and low <= to and at <= high


def _kin(whole: Statement, part: Statement) -> bool:
    """Whether one figure can be a part of another: one dimension, and not larger."""
    if whole is part or whole.kind != part.kind or whole.kind in ("age", "ratio", "percent"):
        return False
    if dimension(whole.kind, whole.unit) != dimension(part.kind, part.unit):
        return False
    one, other = middle(whole), middle(part)
    return one is not None and other is not None and 0 < other < one


def _marked_parts(statements: Sequence[Statement]) -> Iterable[tuple[Statement, list[Statement]]]:
    """Parts after a marker, of a whole before it."""
    used: set[Key] = set()
    for index, first in enumerate(statements):
        if "part" not in first.clues.markers or first.position != "body" or first.key in used:
            continue
        if not index or first.kind in ("age", "ratio"):
            continue
        parts = [first]
        for following in statements[index + 1 : index + _RUN]:
            if following.paragraph != first.paragraph or following.sentence - parts[-1].sentence > 1:
                break
            new_sentence = following.sentence != parts[-1].sentence
            if new_sentence and "part" in following.clues.markers:
                break
            if following.clues.among not in (None, first.clues.among):
                break
            if _dimension(following) == _dimension(first) and _one_kind(first, following):
                parts.append(following)
        for whole, kept in _with_whole(statements, index, parts):
            used.update(part.key for part in kept)
            yield whole, kept


def _dimension(statement: Statement) -> tuple[str, float]:
    return dimension(statement.kind, statement.unit)


def _one_kind(a: Statement, b: Statement) -> bool:
    """Whether two figures can be parts of one whole: persons are not added to city corporations."""
    one, other = set(a.clues.things), set(b.clues.things)
    return not one or not other or (PERSONS in one) == (PERSONS in other) or bool(one & other)


def _with_whole(
    statements: Sequence[Statement], index: int, parts: list[Statement]
) -> Iterable[tuple[Statement, list[Statement]]]:
    """The whole of marked parts: one they add up to if there is one in reach, else the nearest larger one before."""
    first = parts[0]
    before = [s for s in statements[:index] if _kin(s, first) and _one_kind(s, first)]
    among = first.clues.among
    said = [s for s in before if among is not None and (among in s.clues.groups or among in s.clues.things)]
    before = said or before
    near = [s for s in before if first.sentence - s.sentence <= _BACK and s.position == "body"]
    for count in range(len(parts), 1, -1):
        for whole in reversed(before):
            if adds_up(whole, parts[:count]) and all(_kin(whole, p) for p in parts[:count]):
                yield whole, parts[:count]
                return
    for whole in reversed(near):
        kept: list[Statement] = []
        total = 0.0
        for part in parts:
            value = middle(part) or 0.0
            if not _kin(whole, part) or total + value > (middle(whole) or 0.0):
                break
            if part.sentence != first.sentence and not _goes_on(whole, first, part):
                break
            kept.append(part)
            total += value
        if kept:
            yield whole, kept
            return


def _goes_on(whole: Statement, first: Statement, part: Statement) -> bool:
    """Whether a sentence after that of the first part still tells parts of the same whole."""
    happened = part.clues.happening
    return happened in (None, first.clues.happening, whole.clues.happening) or "more" in part.clues.markers


def _listed_parts(statements: Sequence[Statement]) -> Iterable[tuple[Statement, list[Statement]]]:
    """A run of figures that adds up to one just before or after it."""
    for index, whole in enumerate(statements):
        if digits(whole) < 2 and (middle(whole) or 0) < 10:
            continue
        for run in (statements[index + 1 : index + 1 + _RUN], statements[max(0, index - _RUN) : index][::-1]):
            parts: list[Statement] = []
            for part in run:
                if not _kin(whole, part) or abs(part.sentence - whole.sentence) > _BACK or part.position == "headline":
                    break
                parts.append(part)
                if len(parts) > 1 and adds_up(whole, parts):
                    yield whole, sorted(parts, key=lambda p: p.start)
                    break


def _precise_parts(statements: Sequence[Statement]) -> Iterable[tuple[Statement, list[Statement]]]:
    """Two numbers that add up to a third of three or more digits anywhere in the report, all of one thing."""
    exact = [s for s in statements if s.hedge == "exact" and (middle(s) or 0) >= _LARGE][:60]
    wholes = [s for s in exact if digits(s) >= _EXACT]
    for one, other in combinations(exact, 2):
        if abs(one.sentence - other.sentence) > 1 or max(digits(one), digits(other)) < _EXACT:
            continue
        for whole in wholes:
            if _kin(whole, one) and _kin(whole, other) and adds_up(whole, [one, other]) and _alike(whole, one):
                yield whole, [one, other]
                break


def _alike(whole: Statement, part: Statement) -> bool:
    one, other = whole.clues, part.clues
    return bool(set(one.things) & set(other.things)) or (one.happening is not None and one.happening == other.happening)


def _outcomes(statements: Sequence[Statement]) -> Iterable[tuple[Statement, list[Statement]]]:
    """What became of all who were hurt: nine burnt, of whom four died and five are treated."""
    for whole in statements:
        wanted = _OUTCOMES.get(whole.clues.happening or "")
        if wanted is None or whole.position == "headline" or "new" in whole.clues.markers:
            continue
        by_outcome: dict[str, list[Statement]] = {}
        for part in statements:
            if part.clues.happening in wanted and _kin(whole, part) and part.position != "headline":
                by_outcome.setdefault(str(part.clues.happening), []).append(part)
        for one, other in combinations(sorted(by_outcome), 2):
            pairs = [
                [x, y]
                for x in by_outcome[one]
                for y in by_outcome[other]
                if adds_up(whole, [x, y]) and _same_scene(whole, x) and _same_scene(whole, y)
            ]
            if pairs:
                yield whole, sorted(pairs[0], key=lambda p: p.start)
                break


def _same_scene(whole: Statement, part: Statement) -> bool:
    """Whether a part is told of where the whole was, or is a running total: those who die may lie in another town."""
    one, other = set(whole.clues.scene), set(part.clues.scene)
    return not one or not other or bool(one & other) or "total" in part.clues.markers
