"""Figures as intervals: what a hedge lets a figure be, and how two such intervals lie.

"more than 10,000" is everything above 10,000, "about 11,000" a stretch around it. A bound is never made into a value
and nothing is averaged. Values of one dimension are brought to one unit first (km and m), money never to another
currency.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from ..bengali.lexicon import rows
from .statement import Statement
from .vocabulary import TABLES

Interval = tuple[float, float]

ABOUT = 0.10  # how far "about" reaches to either side
OVER = 0.5  # "more than 100" seldom means more than 150: how far an open figure is thought to reach
_ROUNDED = 1000.0  # smaller counts are given as they are
_SEVERAL = 10.0  # "thousands" reaches to the next scale


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {row["unit"]: (row["dimension"], float(row["factor"])) for row in rows("dimensions.tsv", TABLES)}


def dimension(kind: str, unit: str | None) -> tuple[str, float]:
    """What a unit measures, and the factor that brings its values to the dimension's first unit."""
    if kind == "measure" and unit is not None and unit in _units():
        return _units()[unit]
    return f"{kind}:{unit or ''}", 1.0


def _factor(statement: Statement) -> float:
    return dimension(statement.kind, statement.unit)[1] if statement.kind == "measure" else 1.0


def interval(statement: Statement) -> Interval:
    """All values the figure may have, in the first unit of its dimension; infinite where it is open."""
    factor = _factor(statement)
    low, high = statement.low, statement.high
    at = float(low) * factor if low is not None else -math.inf
    to = float(high) * factor if high is not None else math.inf
    if statement.hedge == "about" and low is not None:
        return at - abs(at) * ABOUT, to + abs(to) * ABOUT
    return at, to


def supposed(statement: Statement) -> Interval:
    """The same, with open ends closed where readers expect them: more than 100 is taken to be at most 150."""
    at, to = interval(statement)
    if to == math.inf and at != -math.inf:
        to = at * (_SEVERAL if statement.hedge == "several" else 1.0 + OVER) if at > 0 else at + 1.0
    if at == -math.inf and to != math.inf:
        at = to * (1.0 - OVER) if to > 0 else to - 1.0
    return at, to


def middle(statement: Statement) -> float | None:
    """A single number for ordering and ratios only: the stated bound, or the middle of a range."""
    factor = _factor(statement)
    low, high = statement.low, statement.high
    if low is not None and high is not None:
        return (float(low) + float(high)) / 2 * factor
    bound = low if low is not None else high
    return float(bound) * factor if bound is not None else None


def meet(a: Interval, b: Interval) -> bool:
    """Whether two intervals share a value."""
    return a[0] <= b[1] and b[0] <= a[1]


def holds(a: Interval, b: Interval) -> bool:
    """Whether a holds all of b."""
    return a[0] <= b[0] and b[1] <= a[1]


def same_value(a: Statement, b: Statement) -> bool:
    """Whether two figures name the same number, whatever their hedges; "a few" names none."""
    one, other = middle(a), middle(b)
    if (
        (a.hedge == "several") != (b.hedge == "several")
        or one is None
        or other is None
        or not math.isclose(one, other, rel_tol=1e-9)
    ):
        return False
    return _width(a) == _width(b)


def _width(statement: Statement) -> float:
    """How far the two stated ends of a range lie apart; 0 for a single number."""
    low, high = statement.low, statement.high
    return float(high) - float(low) if low is not None and high is not None else 0.0


def digits(statement: Statement) -> int:
    """The significant digits of a figure: 92,261 crore has five, 28 thousand two."""
    value = statement.low if statement.low is not None else statement.high
    return 0 if value is None else _digits(value)


@lru_cache(maxsize=65536)
def _digits(value: float) -> int:
    text = f"{float(value):.10g}".replace("-", "")
    mantissa = text.split("e")[0]
    if "." in mantissa:
        return len(mantissa.replace(".", "").lstrip("0"))
    return len(mantissa.rstrip("0"))


def rounds_to(a: Statement, b: Statement) -> bool:
    """Whether a is b told in fewer digits: 92 thousand crore for 92,261 crore, 1.2 lakh for 1.21 lakh."""
    one, other = middle(a), middle(b)
    if one is None or other is None or abs(one) < _ROUNDED or digits(a) >= digits(b):
        return False
    step = 10.0 ** (math.floor(math.log10(abs(one))) - max(digits(a), 2) + 1)
    return abs(one - other) < step
