"""The pieces of `cluster reconcile`, each by itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.cluster.reconciling.components import components
from dabi.cluster.reconciling.current import Record, current
from dabi.cluster.reconciling.forest import Forest
from dabi.cluster.reconciling.meeting import most_shared, windows
from dabi.ledger import Submission, open_ledger
from dabi.ledger.adding import content_hash
from dabi.reconciliation import stories
from reports import Figure, analysed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_FETCHED = (None, "2025-03-01T10:00:00Z", "2025-03-02T10:00:00", "2025-03-03T10:00:00+06:00")
records = st.lists(
    st.tuples(st.sampled_from(["ক", "খ", "গ"]), st.sampled_from([None, "2025-03-01"]), st.sampled_from(_FETCHED)),
    min_size=1,
    max_size=6,
)


@given(records)
@settings(max_examples=60, deadline=None)
def test_the_record_that_counts_is_the_ledgers(found: list[tuple[str, str | None, str | None]]) -> None:
    kept = []
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.db") as ledger:
        for number, (headline, published, fetched) in enumerate(found):
            text, analysis = analysed("a", [Figure(value=3)], headline=headline)
            submission = Submission(
                article="a", text=text, fetched=fetched, given={"published": published} if published else {}
            )
            key = ledger.add(submission, analysis, extractor="1").key
            kept.append((key, Record((0, 0, number), content_hash(text), (published, None), fetched)))
        chosen = current([record for _, record in kept])
        assert chosen is not None
        assert next(key for key, record in kept if record is chosen) == ledger.report("a").key


def test_a_record_with_a_time_that_is_none_does_not_count() -> None:
    first, second = Record((0, 0, 0), "a", (None, None), None), Record((0, 0, 1), "b", (None, None), "yesterday")
    assert current([first, second]) is first
    assert current([second]) is None


def sorted_keys(rows: list[tuple[int, int]], sizes: Iterator[int]) -> Iterator[pa.RecordBatch]:
    rows = sorted(rows)
    while rows:
        size = next(sizes)
        part, rows = rows[:size], rows[size:]
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, pa.int64()) for column in zip(*part, strict=True)], ["key", "rank"]
        )


@given(
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 30))),
    st.integers(1, 5),
    st.lists(st.integers(1, 9), min_size=1),
)
def test_under_each_key_a_report_meets_those_before_it(
    rows: set[tuple[int, int]], neighbours: int, sizes: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "NEIGHBOURS", neighbours)
        batches = sorted_keys(list(rows), (sizes[n % len(sizes)] for n in range(1000)))
        met = [tuple(row.values()) for batch in windows(batches) for row in batch.to_pylist()]
    expected = []
    for key, rank in sorted(rows):
        before = sorted(other for known, other in rows if known == key and other < rank)[-neighbours:]
        if before:
            expected.append((rank, before))
    assert met == expected


def test_those_that_share_most_keys_are_met_and_the_later_of_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr(stories, "NEIGHBOURS", 2)
    assert most_shared(np.array([5, 1, 1, 3, 4])).tolist() == [1, 5]
    assert most_shared(np.array([9, 9])).tolist() == [9]


def test_components_of_chains_stars_and_whatever(spark: SparkSession) -> None:
    chance = random.Random(2)
    edges = [(n, n + 1) for n in range(1000, 1150)]  # as long a way as there is
    edges += [(5000, 5000 + n) for n in range(1, 80)]
    edges += [(7, 7), (9_000_000_000_000, 8_000_000_000_000)]
    edges += [(chance.randrange(100, 400), chance.randrange(100, 400)) for _ in range(150)]
    chance.shuffle(edges)
    steps = []

    def keep(frame: DataFrame, name: str) -> DataFrame:
        steps.append(name)
        return frame.localCheckpoint()

    found = components(spark.createDataFrame(edges, "u long, v long"), keep).collect()
    forest = Forest()
    for one, other in edges:
        forest.join(one, other)
    linked = {number for one, other in edges if one != other for number in (one, other)}
    assert sorted(map(tuple, found)) == sorted((number, forest.root(number)) for number in linked)
    assert len(steps) <= 12  # not one for every link of the chain
