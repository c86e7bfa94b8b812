"""Two reports side by side: the figures that agree, that differ, that only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from .features import Rarity, comparable
from .relations import Relation, relate
from .series import join, links_between
from .slips import ALIKE, slip_between
from .statement import Report, Statement, order
from .stories import is_echo, likeness

Standing = Literal["agrees", "differs", "only_a", "only_b"]
_AGREEING = frozenset(["agrees", "echo", "refines"])


class Row(msgspec.Struct, frozen=True):
    """One thing counted: the figure of either report that says most about it, and how they stand.

    `more_a`, `more_b`: the other figures that the reports give for it, one for each number, hedge and source.
    """

    standing: Standing
    a: Statement | None
    b: Statement | None
    relation: Relation | None = None
    slip: int | None = None  # factor of a slip of scale between the two
    more_a: tuple[Statement, ...] = ()
    more_b: tuple[Statement, ...] = ()


def compare(a: Report, b: Report) -> list[Row]:
    """The figures of two reports matched, in the order of the first report, then those only the second has."""
    links = [*links_between(a, a, 1.0), *links_between(b, b, 1.0), *links_between(a, b, max(likeness(a, b), 0.5))]
    copy = is_echo(a, b)
    rows: list[Row] = []
    alone: tuple[list[Statement], list[Statement]] = ([], [])
    more: dict[tuple[str, int, int], tuple[Statement, ...]] = {}  # by the figure shown
    for series in join([*a.statements, *b.statements], links):
        mine = [s for s in series.members if s.article == a.id]
        theirs = [s for s in series.members if s.article == b.id]
        if mine and theirs:
            one, other = _closest(mine, theirs)
            relation = relate(one, other, near_copy=copy)
            standing: Standing = "agrees" if relation.relation in _AGREEING else "differs"
            slip = slip_between(one, other) if standing == "differs" else None
            rows.append(Row(standing, one, other, relation, slip, _more(mine, one), _more(theirs, other)))
        else:
            best = _best(mine or theirs)
            more[best.key] = _more(mine or theirs, best)
            (alone[0] if mine else alone[1]).append(best)
    rows += _slips(a, b, *alone)
    rows += [Row("only_a", s, None, more_a=more[s.key]) for s in alone[0]]
    rows += [Row("only_b", None, s, more_b=more[s.key]) for s in alone[1]]
    return sorted(rows, key=lambda row: (row.a is None, (row.a or row.b or rows[0].a).start))  # type: ignore[union-attr]


def _slips(a: Report, b: Report, mine: list[Statement], theirs: list[Statement]) -> list[Row]:
    """Figures that nothing joins but that are one number with two scales; they leave the lists."""
    rarity = Rarity((a, b))
    found: list[Row] = []
    for one in list(mine):
        for other in list(theirs):
            factor = slip_between(one, other) if comparable(one, other) else None
            if factor is not None and rarity.likeness(one.clues.near, other.clues.near) >= ALIKE:
                found.append(Row("differs", one, other, relate(one, other), factor))
                mine.remove(one)
                theirs.remove(other)
                break
    return found


def _more(figures: Sequence[Statement], shown: Statement) -> tuple[Statement, ...]:
    """The figures that say something else than the one shown: another number, hedge or source."""
    told = {_said(shown)}
    found: list[Statement] = []
    for figure in sorted(figures, key=order):
        # a headline seldom names a source: it says something else only by its number or hedge
        said = _said(figure)
        repeated = figure.position == "headline" and any(said[:3] == known[:3] for known in told)
        if said not in told and not repeated:
            told.add(said)
            found.append(figure)
    return tuple(found)


def _said(figure: Statement) -> tuple[object, ...]:
    return figure.low, figure.high, figure.hedge, figure.source


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
