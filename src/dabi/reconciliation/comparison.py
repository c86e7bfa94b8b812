"""Two reports side by side: the figures that agree, that differ, that only one of them has."""

from __future__ import annotations

from typing import Literal

import msgspec

from .features import Rarity, comparable
from .relations import Relation, relate
from .series import join, links_between
from .slips import slip_between
from .statement import Report, Statement
from .stories import is_echo, likeness

Standing = Literal["agrees", "differs", "only_a", "only_b"]
_AGREEING = frozenset(["agrees", "echo", "refines"])
_ALIKE = 0.5


class Row(msgspec.Struct, frozen=True):
    """One thing counted: the figure of either report that says most about it, and how they stand."""

    standing: Standing
    a: Statement | None
    b: Statement | None
    relation: Relation | None = None
    slip: int | None = None  # factor of a slip of scale between the two


def compare(a: Report, b: Report) -> list[Row]:
    """The figures of two reports matched, in the order of the first report, then those only the second has."""
    links = [*links_between(a, a, 1.0), *links_between(b, b, 1.0), *links_between(a, b, max(likeness(a, b), 0.5))]
    copy = is_echo(a, b)
    rows: list[Row] = []
    alone: tuple[list[Statement], list[Statement]] = ([], [])
    for series in join([*a.statements, *b.statements], links):
        mine = [s for s in series.members if s.article == a.id]
        theirs = [s for s in series.members if s.article == b.id]
        if mine and theirs:
            one, other = _closest(mine, theirs)
            relation = relate(one, other, near_copy=copy)
            standing: Standing = "agrees" if relation.relation in _AGREEING else "differs"
            rows.append(Row(standing, one, other, relation))
        else:
            (alone[0] if mine else alone[1]).append(_best(mine or theirs))
    rows += _slips(a, b, *alone)
    rows += [Row("only_a", s, None) for s in alone[0]]
    rows += [Row("only_b", None, s) for s in alone[1]]
    return sorted(rows, key=lambda row: (row.a is None, (row.a or row.b or rows[0].a).start))  # type: ignore[union-attr]


def _slips(a: Report, b: Report, mine: list[Statement], theirs: list[Statement]) -> list[Row]:
    """Figures that nothing joins but that are one number with two scales; they leave the lists."""
    rarity = Rarity((a, b))
    found: list[Row] = []
    for one in list(mine):
        for other in list(theirs):
            factor = slip_between(one, other) if comparable(one, other) else None
            if factor is not None and rarity.likeness(one.clues.near, other.clues.near) >= _ALIKE:
                found.append(Row("differs", one, other, relate(one, other), factor))
                mine.remove(one)
                theirs.remove(other)
                break
    return found


def _best(statements: list[Statement]) -> Statement:
    """The one to show: with a source, in the body, first."""
    return min(statements, key=lambda s: (s.position != "body", s.source is None, s.start))


def _closest(mine: list[Statement], theirs: list[Statement]) -> tuple[Statement, Statement]:
    """The pair to show: both in the body, for the same day, with sources, first in their reports."""
    return min(
        ((one, other) for one in mine for other in theirs),
        key=lambda pair: (
            (pair[0].position != "body") + (pair[1].position != "body"),
            pair[0].asof != pair[1].asof,
            (pair[0].source is None) + (pair[1].source is None),
            pair[0].start,
            pair[1].start,
        ),
    )
