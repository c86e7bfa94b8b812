"""Components of figures become series: the figures that a report has in a component and the links between them come
together, and are joined, related and described as one process does it with all.

Links that speak against a series count too, wherever both their figures are in one component.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from ...reconciliation.across import across
from ...reconciliation.features import Link
from ...reconciliation.relations import relations_of
from ...reconciliation.series import Key, Series, join
from ...reconciliation.statement import Report, Statement
from ...reconciliation.stories import NearCopies
from ...reconciliation.summaries import described, detail_of, iso
from . import links, notes, shapes
from .streams import batched, rows

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

FIGURES, LINKS = 0, 1  # kinds of rows
Place = tuple[int, int, int]  # input, file, record
Span = tuple[int, int]


class _Total(msgspec.Struct, frozen=True, array_like=True):
    """A total and its parts, in one report."""

    number: int
    whole: Span
    parts: tuple[Span, ...]
    adds_up: bool


class _Share(msgspec.Struct, frozen=True, array_like=True):
    """The figures of one report in one component: `places[n]` is the place of `report.statements[n]` in the report."""

    place: Place
    places: tuple[int, ...]
    report: Report
    totals: tuple[_Total, ...]


class _Between(msgspec.Struct, frozen=True, array_like=True):
    """Links of one component between two reports."""

    a: int
    b: int
    packed: bytes


_share = msgspec.msgpack.Decoder(_Share)
_between = msgspec.msgpack.Decoder(_Between)


def shares(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(rank, input, file, record, note, sums, places, components) → `shapes.share` of kind `FIGURES`.

    `places` and `components`: of the figures that links hold to others; null for none. A total that nothing links is
    its own component.
    """
    return batched(_shares(rows(batches)), shapes.share(), 256)


def _shares(stream: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for rank, input_, file, record, note, sums, places, components in stream:
        if not places and not sums:
            continue
        report = notes.unpacked(note)
        component_of = dict(zip(places or (), components or (), strict=True))
        totals: dict[int, list[_Total]] = defaultdict(list)
        for made in sums or ():
            totals[made["whole"]["number"]].append(
                _Total(made["whole"]["number"], _span(made["whole"]), tuple(map(_span, made["parts"])), made["adds_up"])
            )
        inside: dict[int, list[int]] = defaultdict(list)
        for place, statement in enumerate(report.statements):
            component = component_of.get(place)
            if component is None and statement.number in totals:
                component = shapes.figure(rank, place)
            if component is not None:
                inside[component].append(place)
        for component, chosen in inside.items():
            statements = tuple(report.statements[place] for place in chosen)
            told = tuple(total for statement in statements for total in totals.get(statement.number, ()))
            # a near-copy is known by its sketch and by what it tells of, not by its words
            lean = msgspec.structs.replace(report, terms=(), statements=statements)
            share = _Share((input_, file, record), tuple(chosen), lean, told)
            yield {"component": component, "kind": FIGURES, "rank": rank, "data": msgspec.msgpack.encode(share)}


def _span(of: dict[str, int]) -> Span:
    return of["start"], of["end"]


def bundles(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(a, b, packed, a_places, a_components, b_places, b_components) → `shapes.share` of kind `LINKS`."""
    return batched(_bundles(rows(batches)), shapes.share(), 256)


def _bundles(stream: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    import numpy as np

    for a, b, packed, a_places, a_components, b_places, b_components in stream:
        found = links.unpacked(packed)
        one = _dense(found["i"], a_places, a_components)
        other = _dense(found["j"], b_places, b_components)
        inside = (one == other) & (one >= 0)
        for component in np.unique(one[inside]).tolist():
            chosen = found[inside & (one == component)]
            yield {
                "component": component,
                "kind": LINKS,
                "rank": a,
                "data": msgspec.msgpack.encode(_Between(a, b, chosen.tobytes())),
            }


def _dense(places: np.ndarray[Any, Any], known: list[int], components: list[int]) -> np.ndarray[Any, Any]:
    """The components of figures given by their places, -1 for those in none."""
    import numpy as np

    table = np.full(max(int(places.max()), max(known)) + 1, -1, dtype=np.int64)
    table[np.array(known)] = components
    found: np.ndarray[Any, Any] = table[places]
    return found


def join_series(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """`shapes.share` sorted by component, kind and rank → `shapes.series`."""
    return batched(_joined(rows(batches)), shapes.series(), 32)


def _joined(stream: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for _, inside in groupby(stream, key=itemgetter(0)):
        component = _Component()
        made: list[Link] = []
        for _, kind, rank, data in inside:
            if kind == FIGURES:
                component.add(rank, _share.decode(data))
            else:
                made += component.links(_between.decode(data))
        for series in join(component.statements, made):
            row = component.row(series)
            if row is not None:
                yield row


class _Component:
    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._keys: dict[tuple[int, int], Key] = {}
        self._shares: dict[str, _Share] = {}

    def add(self, rank: int, share: _Share) -> None:
        self._shares[share.report.id] = share
        self.statements += share.report.statements
        for place, statement in zip(share.places, share.report.statements, strict=True):
            self._keys[rank, place] = statement.key

    def links(self, between: _Between) -> Iterator[Link]:
        for i, j, weight in links.unpacked(between.packed).tolist():
            one, other = self._keys[between.a, i], self._keys[between.b, j]
            yield Link(min(one, other), max(one, other), weight, ())

    def row(self, series: Series) -> dict[str, Any] | None:
        """The row of a series; None for a figure that stands by itself and is no total."""
        members = series.members
        first = members[0]
        alone = len(members) == 1
        totals = self._totals(members)
        if alone and not totals:
            return None
        held = dict(zip(("input", "file", "record"), self._place(first), strict=True))
        row: dict[str, Any] = {"id": series.id, "alone": alone, **held, "number": first.number}
        label, relations = None, []
        if not alone:
            days = sorted(day for s in members if (day := self._shares[s.article].report.day) is not None)
            what = described(members)
            label = what.label
            relations = self._relations(members)
            row |= msgspec.structs.asdict(what)
            row |= {"first_day": iso(days[0]) if days else None, "last_day": iso(days[-1]) if days else None}
        row["members"] = [{**_where(s), "claim": s.claim} for s in members]
        row["relations"] = relations
        row["line"] = msgspec.json.encode(
            {
                "series": series.id,
                "label": label,
                "members": [{"article": s.article, "start": s.start, "end": s.end} for s in members],
                "relations": [_told(relation) for relation in relations],
                "sums": totals,
            }
        ).decode()
        return row

    def _relations(self, members: Sequence[Statement]) -> list[dict[str, Any]]:
        """The relations of a series, in the order of its claims as they were read."""
        ends = {member.key: (self._claim(member), _where(member)) for member in members}
        odd = {frozenset(made.figures): made for made in across(members)}
        copies = NearCopies(self._shares[article].report for article in {member.article for member in members})
        found = []
        for relation in relations_of(members, copies):
            (a, at), (b, beside) = ends[relation.a], ends[relation.b]
            detail = detail_of(relation, odd.get(frozenset((relation.a, relation.b))) if odd else None)
            found.append((a, b, {"a": at, "b": beside, "relation": relation.relation, **detail}))
        found.sort(key=itemgetter(0, 1))
        return [row for _, _, row in found]

    def _totals(self, members: Sequence[Statement]) -> list[dict[str, Any]]:
        """The sums whose totals are in a series, as a line tells them."""
        found = []
        for member in sorted(members, key=self._claim):
            for total in self._shares[member.article].totals:
                if total.number == member.number:
                    whole, parts = [member.article, *total.whole], [[member.article, *part] for part in total.parts]
                    found.append({"whole": whole, "parts": parts, "adds_up": total.adds_up})
        return found

    def _place(self, statement: Statement) -> Place:
        return self._shares[statement.article].place

    def _claim(self, statement: Statement) -> tuple[Place, int]:
        """The order in which a ledger would have numbered the claims."""
        return self._place(statement), statement.number


def _where(statement: Statement) -> dict[str, Any]:
    return {"page": statement.article, "number": statement.number, "start": statement.start, "end": statement.end}


def _told(relation: dict[str, Any]) -> dict[str, Any]:
    """A relation as a line tells it."""
    ends = {end: [relation[end]["page"], relation[end]["start"], relation[end]["end"]] for end in ("a", "b")}
    return {**relation, **ends}
