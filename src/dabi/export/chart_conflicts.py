"""Which conflicts of a chart get a line: so many that each figure shows with which it conflicts, and no web of them."""

from __future__ import annotations

from collections.abc import Sequence

from .chart_points import Conflict, Point

# What a figure says, whoever says it.
_Amount = tuple[float, float, str | None, bool]


def conflict_lines(conflicts: Sequence[Conflict], most: int) -> tuple[list[Conflict], int]:
    """The conflicts to draw, and how many pairs of figures have no line of their own.

    Reports repeat figures, and each 17 conflicts with each 15: these share one line, between the marks nearest in time
    that are no echoes. Of more pairs than `most`, every figure keeps a line to one that it conflicts with, the nearest
    first; others follow while there is room.
    """
    of_pair: dict[frozenset[_Amount], Conflict] = {}
    for conflict in sorted(conflicts, key=_apart):
        of_pair.setdefault(frozenset((_amount(conflict.a), _amount(conflict.b))), conflict)
    joined: dict[_Amount, _Amount] = {}
    needed: list[Conflict] = []
    others: list[Conflict] = []
    for conflict in of_pair.values():
        one, other = (_root(joined, _amount(end)) for end in (conflict.a, conflict.b))
        (others if one == other else needed).append(conflict)
        joined[one] = other
    drawn = needed + others[: max(most - len(needed), 0)]
    return drawn, len(of_pair) - len(drawn)


def _root(joined: dict[_Amount, _Amount], amount: _Amount) -> _Amount:
    while (following := joined.get(amount, amount)) != amount:
        joined[amount] = amount = joined.get(following, following)
    return amount


def _amount(point: Point) -> _Amount:
    return (point.low, point.high, point.arrow, point.hollow)


def _apart(conflict: Conflict) -> tuple[int, float, int, int]:
    away = abs(conflict.a.at - conflict.b.at).total_seconds()
    return conflict.a.echo + conflict.b.echo, away, conflict.a.claim, conflict.b.claim
