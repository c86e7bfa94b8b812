"""The stages of reconciling without the engine: its sorting and shuffling done on plain lists, in pieces of any size.

What the engine adds is tried in `test_reconcile.py`; here many small sets can be gone through quickly.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import pyarrow as pa

from dabi.cluster import columns
from dabi.cluster.reconciling import comparing, joining, meeting, reading, shapes, telling
from dabi.cluster.reconciling.forest import Forest
from dabi.ledger import Submission
from dabi.model import Analysis

Rows = list[dict[str, Any]]
Stage = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]

_KEYS = pa.schema([("key", pa.int64()), ("rank", pa.int64())])
_BLOCKS = pa.schema(
    [
        ("block", pa.int64()),
        ("kind", pa.int32()),
        ("rank", pa.int64()),
        ("note", pa.binary()),
        ("earlier", pa.list_(pa.int64())),
    ]
)
_FIGURES = pa.schema(
    [
        ("rank", pa.int64()),
        *(shapes.reading().field(name) for name in ("input", "file", "record", "note", "sums")),
        ("places", pa.list_(pa.int64())),
        ("components", pa.list_(pa.int64())),
    ]
)
_LINKS = pa.schema(
    [
        ("a", pa.int64()),
        ("b", pa.int64()),
        ("packed", pa.binary()),
        *((f"{end}_{what}", pa.list_(pa.int64())) for end in "ab" for what in ("places", "components")),
    ]
)
_TOLD = pa.schema(
    [
        ("component", pa.int64()),
        *(shapes.reading().field(name) for name in ("published", "page", "outlet", "title", "day", "words")),
    ]
)


class Reconciled:
    """What the stages make of articles, each (submission, analysis); `chance` decides how rows are spread."""

    def __init__(self, articles: Sequence[tuple[Submission, Analysis]], chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random(0)
        rows = [
            columns.row(columns.Position(0, 0, number), submission, analysis)
            for number, (submission, analysis) in enumerate(articles)
        ]
        read = self._run(reading.read, rows, columns.schema())
        assert not [row["error"] for row in read if row["error"] is not None]
        self.reports = sorted(read, key=itemgetter("turn", "page"))
        for rank, row in enumerate(self.reports):
            row["rank"] = rank
        self.meetings = self._meetings()
        self.comparisons = self._comparisons()
        component_of = self._components()
        self.series, self.alone = self._series(component_of)
        told = [{**row, "component": component_of.get(n := shapes.telling(row["rank"]), n)} for row in self.reports]
        self.stories = self._run(
            telling.tell_stories, told, _TOLD, key="component", order=("component", "published", "page")
        )

    @property
    def lines(self) -> list[str]:
        newest = sorted(self.series, key=itemgetter("id"))
        newest.sort(key=lambda row: row["last_day"] or "", reverse=True)
        alone = sorted(self.alone, key=itemgetter("input", "file", "record", "number"))
        return [row["line"] for row in [*newest, *alone]]

    def _meetings(self) -> Rows:
        keys = [{"key": key, "rank": row["rank"]} for row in self.reports for key in row["keys"]]
        met = self._run(meeting.windows, keys, _KEYS, key="key", order=("key", "rank"))
        met += [{"later": row["rank"], "earlier": []} for row in self.reports]
        return self._run(meeting.nearest, met, shapes.window(), key="later", order=("later",))

    def _comparisons(self) -> Rows:
        nothing = {"note": None, "earlier": None}
        asked = [
            {
                **nothing,
                "block": row["block"],
                "kind": comparing.MEETING,
                "rank": row["later"],
                "earlier": row["earlier"],
            }
            for row in self.meetings
        ]
        needed = {(row["block"], rank) for row in self.meetings for rank in (*row["earlier"], row["later"])}
        asked += [
            {**nothing, "block": block, "kind": comparing.NOTE, "rank": rank, "note": self.reports[rank]["note"]}
            for block, rank in needed
        ]
        return self._run(comparing.compare, asked, _BLOCKS, key="block", order=("block", "kind", "rank"))

    def _components(self) -> dict[int, int]:
        forest = Forest()
        members: set[int] = set()
        for row in self.comparisons:
            for one, other in zip(row["joins"][::2], row["joins"][1::2], strict=True):
                forest.join(one, other)
                members |= {one, other}
        return {number: forest.root(number) for number in members}

    def _series(self, component_of: dict[int, int]) -> tuple[Rows, Rows]:
        held: dict[int, dict[str, list[int]]] = defaultdict(lambda: {"places": [], "components": []})
        for number, component in sorted(component_of.items()):
            rank, place = divmod(number, shapes.PLACES)
            if number != shapes.telling(rank):
                held[rank]["places"].append(place)
                held[rank]["components"].append(component)
        none = {"places": None, "components": None}
        figures = [{**row, **held.get(row["rank"], none)} for row in self.reports]
        shares = self._run(joining.shares, figures, _FIGURES)
        linked = [
            {
                **{name: row[name] for name in ("a", "b", "packed")},
                **{f"{end}_{what}": values for end in "ab" for what, values in held[row[end]].items()},
            }
            for row in self.comparisons
            if row["packed"] and row["a"] in held and row["b"] in held
        ]
        shares += self._run(joining.bundles, linked, _LINKS)
        found = self._run(
            joining.join_series, shares, shapes.share(), key="component", order=("component", "kind", "rank")
        )
        return [row for row in found if not row["alone"]], [row for row in found if row["alone"]]

    def _run(
        self, stage: Stage, rows: Rows, schema: pa.Schema, *, key: str | None = None, order: Sequence[str] = ()
    ) -> Rows:
        """A stage over rows spread at random: over two tasks (those of one key in one of them), in batches of any size,
        what is not sorted in any order."""
        tasks: list[Rows] = [[], []]
        spread = {value: self._chance.randrange(2) for value in sorted({row[key] for row in rows})} if key else {}
        for row in self._chance.sample(rows, len(rows)):
            tasks[spread[row[key]] if key else self._chance.randrange(2)].append(row)
        found: Rows = []
        for task in tasks:
            task.sort(key=lambda row: tuple(row[name] for name in order))
            for batch in stage(self._batches(task, schema)):
                found += batch.to_pylist()
        return found

    def _batches(self, rows: Rows, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        at = 0
        while at < len(rows):
            size = self._chance.choice([1, 2, 7, 50, 1000])
            part = [{name: row[name] for name in schema.names} for row in rows[at : at + size]]
            yield pa.RecordBatch.from_pylist(part, schema=schema)
            at += size
