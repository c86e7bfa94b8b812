"""Which readings of a ledger are compared: what `stories.neighbours` of all of them would say, in whatever order
they came and went.

A reading meets those whose turn comes before its own. One that comes late, or goes, may change whom the readings after
it meet; those are found under its keys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest

from sqlalchemy import Connection, bindparam, func, select

from ..ledger.derived import blocks
from . import stories
from .statement import Report

_UNDER = select(blocks.c.day, blocks.c.report).where(blocks.c.block == bindparam("key"))
_BEFORE = (
    _UNDER.where(blocks.c.day < bindparam("at"))
    .order_by(blocks.c.day.desc(), blocks.c.report.desc())
    .limit(bindparam("most"))
)
_AFTER = _UNDER.where(blocks.c.day > bindparam("at")).order_by(blocks.c.day, blocks.c.report).limit(bindparam("most"))


class Meetings:
    """Whom readings meet once `fresh` ones have come into a ledger and `gone` ones have left it; by their numbers."""

    def __init__(self, connection: Connection, fresh: Mapping[int, Report], gone: Mapping[int, Report]) -> None:
        self._connection = connection
        self._gone = frozenset(gone)
        self._gone_under = Counter(key for report in gone.values() for key in stories.keys_of(report))
        self._fresh_under: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, report in fresh.items():
            for key in stories.keys_of(report):
                self._fresh_under[key].append((stories.turn(report), number))
        self._last = connection.execute(select(func.max(blocks.c.day))).scalar_one_or_none() or ""

    def before(self, report: Report) -> tuple[int, ...]:
        """The readings that one is compared with: of all before it under its keys those that share most."""
        at = stories.turn(report)
        met: Counter[tuple[str, int]] = Counter()
        for key in stories.keys_of(report):
            most = stories.NEIGHBOURS + self._gone_under[key]
            rows = self._connection.execute(_BEFORE, {"key": key, "at": at, "most": most})
            found = [(day, number) for day, number in rows if number not in self._gone]
            fresh = [one for one in self._fresh_under.get(key, ()) if one[0] < at]
            met.update(nlargest(stories.NEIGHBOURS, [*found, *fresh]) if fresh else found[: stories.NEIGHBOURS])
        return tuple(number for _, number in stories.nearest(met))

    def after(self, report: Report) -> set[int]:
        """The readings of the ledger that a reading come or gone comes before, near enough to change whom they meet."""
        at = stories.turn(report)
        if at >= self._last:
            return set()
        found: set[int] = set()
        for key in stories.keys_of(report):
            most = stories.NEIGHBOURS + self._gone_under[key]
            found |= {number for _, number in self._connection.execute(_AFTER, {"key": key, "at": at, "most": most})}
        return found - self._gone


def with_others(met: Iterable[int], gone: Iterable[int], come: Iterable[int]) -> tuple[int, ...] | None:
    """Whom a reading meets after some have gone and come; None if that has to be looked up.

    A reading that meets fewer than it might has met all before it under its keys, and goes on doing so.
    """
    before = set(met)
    after = (before - set(gone)) | set(come)
    return tuple(sorted(after)) if len(before) < stories.NEIGHBOURS >= len(after) else None
