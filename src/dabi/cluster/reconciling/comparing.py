"""Reports that meet are compared: how alike they are, whether one repeats the other, the links between their figures.

A block of reports next to each other in time comes with every report it is compared with, each once however many of
the block it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from ...reconciliation.echoes import similarity
from ...reconciliation.features import Link
from ...reconciliation.series import Prepared, links_of
from ...reconciliation.statement import Report
from ...reconciliation.stories import SAME_STORY, canonical, is_echo, worth_comparing
from . import links, notes, shapes
from .forest import Forest
from .streams import batched, rows

if TYPE_CHECKING:
    import pyarrow as pa

NOTE, MEETING = 0, 1  # kinds of rows
_UNPACKED = 3_000  # reports kept ready for comparing


def compare(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(block, kind, rank, note, earlier) sorted by block, kind, rank → `shapes.comparison`.

    Of a block the notes come first (`NOTE`: a report, packed), then the meetings (`MEETING`: the ranks of those before
    it that a report is compared with).
    """
    return batched(_compared(rows(batches)), shapes.comparison(), 64)


def _compared(stream: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for _, inside in groupby(stream, key=itemgetter(0)):
        block = _Block()
        for _, kind, rank, note, earlier in inside:
            if kind == NOTE:
                block.notes[rank] = note
                continue
            made = block.between(rank, rank)
            if made is not None:
                yield made
            for other in earlier:
                made = block.between(other, rank)
                if made is not None:
                    yield made


class _Known:
    """A report, and the place of each of its figures."""

    __slots__ = ("prepared", "report", "places")

    def __init__(self, report: Report) -> None:
        self.report = report
        self.prepared = Prepared(report)
        self.places = {statement.key: place for place, statement in enumerate(report.statements)}


class _Block:
    """The reports that one block needs, packed, those used last unpacked; and what is known to belong together."""

    def __init__(self) -> None:
        self.notes: dict[int, bytes] = {}
        self._known: dict[int, _Known] = {}
        self._together = Forest()

    def between(self, earlier: int, later: int) -> dict[str, Any] | None:
        """The row for two reports, or for one with itself; None if they have nothing to do with each other."""
        a, b = self._get(earlier), self._get(later)
        joins: list[int] = []
        like, repeated = 1.0, None
        if earlier != later:
            found = worth_comparing(a.report, b.report)
            if found is None:
                return None
            like = found
            repeated = similarity(a.report.sketch, b.report.sketch) if is_echo(a.report, b.report) else None
            if like >= SAME_STORY:
                self._join(joins, shapes.telling(earlier), shapes.telling(later))
        made = links_of(a.prepared, b.prepared, like)
        if not made and not joins and repeated is None and like < SAME_STORY:
            return None
        if earlier == later and not made:
            return None
        packed: list[tuple[int, int, float]] = []
        strong: list[dict[str, Any]] = []
        for link in made:
            i, j = _ends(link, a, b)
            packed.append((i, j, link.score))
            if link.score > 0:
                strong.append(
                    {
                        "a": a.report.statements[i].number,
                        "b": b.report.statements[j].number,
                        "weight": link.score,
                        "features": msgspec.json.encode(dict(link.features)).decode(),
                    }
                )
                self._join(joins, shapes.figure(earlier, i), shapes.figure(later, j))
        return {
            "a": earlier,
            "b": later,
            "a_page": a.report.id,
            "b_page": b.report.id,
            "likeness": like,
            "similarity": repeated,
            "repeats": None if repeated is None else canonical(a.report) < canonical(b.report),
            "packed": links.packed(packed),
            "links": strong,
            "joins": joins,
        }

    def _get(self, rank: int) -> _Known:
        known = self._known.pop(rank, None)
        if known is None:
            known = _Known(notes.unpacked(self.notes[rank]))
            if len(self._known) >= _UNPACKED:
                del self._known[next(iter(self._known))]
        self._known[rank] = known
        return known

    def _join(self, joins: list[int], one: int, other: int) -> None:
        """Note that two belong together, unless that follows from what the block has noted."""
        if self._together.join(one, other):
            joins += (one, other)


def _ends(link: Link, a: _Known, b: _Known) -> tuple[int, int]:
    """The places of a link's two figures, that of the earlier report first."""
    if link.a in a.places and link.b in b.places:
        return a.places[link.a], b.places[link.b]
    return a.places[link.b], b.places[link.a]
