"""What does not fit between reports: one figure with two scales, a running total that falls.

Looked for within a series, between figures of different reports; each oddity is told once, where it first shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from .checks import Finding, Kind, shown
from .features import Figure
from .intervals import meet, middle, supposed
from .relations import NEAREST
from .slips import slip_between
from .statement import Statement, order


def across(members: Sequence[Statement]) -> list[Finding]:
    """The findings of one series, each with the report that came later; figures in order of publication."""
    ordered = sorted(members, key=order)
    found: list[Finding] = []
    told: set[tuple[Kind, float, float]] = set()
    for i, later in enumerate(ordered):
        for earlier in reversed(ordered[max(0, i - NEAREST) : i]):
            made = between(earlier, later)
            if made is None:
                continue
            low, high = sorted((middle(earlier) or 0.0, middle(later) or 0.0))
            if (made.kind, low, high) not in told:
                told.add((made.kind, low, high))
                found.append(made)
            break
    return found


def between(earlier: Statement, later: Statement) -> Finding | None:
    """What does not fit between two figures of one series, `later` the one published later."""
    if earlier.article == later.article:
        return None
    factor = slip_between(earlier, later)
    keys = (earlier.key, later.key)
    if factor is not None:
        what = f"{shown(later)} is {shown(earlier)} with a factor of {factor}"
        return Finding("scale_slip", later.article, keys, what, "across.scale_slip")
    if _falls(earlier, later):
        what = f"{shown(later)} for a later day than {shown(earlier)}"
        return Finding("fell", later.article, keys, what, "across.fell")
    return None


def _falls(earlier: Statement, later: Statement) -> bool:
    """A running total, lower for a later day."""
    if earlier.asof is None or later.asof is None or earlier.asof >= later.asof:
        return False
    before, after = middle(earlier), middle(later)
    if before is None or after is None or after >= before or meet(supposed(earlier), supposed(later)):
        return False
    if earlier.clues.happening != later.clues.happening or earlier.clues.window != later.clues.window:
        return False
    return all(Figure(one).toll for one in (earlier, later))
