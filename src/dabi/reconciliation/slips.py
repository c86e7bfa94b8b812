"""Numbers that differ by a slip of the scale word: lakh for crore, million for crore, a nought too many."""

from __future__ import annotations

from .intervals import digits, middle
from .statement import Statement

FACTORS = (10, 100, 1000)
ALIKE = 0.5  # likeness of two clauses from which the same digits are taken for one figure with two scales
_CLOSE = 0.01  # how far from the factor the quotient may be
_LEAST = 10_000  # smaller numbers are written without scale words
_DIGITS = 2  # a slip keeps its digits; one digit alone is no sign of one


def slip_between(a: Statement, b: Statement) -> int | None:
    """10, 100 or 1000 if one figure is the other with a wrong scale, else None."""
    one, other = middle(a), middle(b)
    if not one or not other or one < 0 or other < 0 or min(digits(a), digits(b)) < _DIGITS:
        return None
    if max(one, other) < _LEAST:
        return None
    ratio = max(one, other) / min(one, other)
    for factor in FACTORS:
        if abs(ratio / factor - 1) <= _CLOSE:
            return factor
    return None
