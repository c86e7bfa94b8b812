"""Which reports are compared: under each key a report meets those before it, and of all it meets the ones that share
most keys with it are kept (`reconciliation.stories.neighbours`).

Keys stream by, sorted; a key that half of all reports have takes no more memory than one of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...reconciliation import stories
from . import shapes

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

BLOCK = 500  # reports, next to each other in time, that are compared with others in one place


def windows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(key, rank) sorted by both → `shapes.window`: under each key the `NEIGHBOURS` before each report."""
    import numpy as np
    import pyarrow as pa

    held_keys = held_ranks = np.empty(0, dtype=np.int64)  # the last rows under the last key
    for batch in batches:
        if not batch.num_rows:
            continue
        old = len(held_keys)
        keys = np.concatenate([held_keys, batch.column(0).to_numpy()])
        ranks = np.concatenate([held_ranks, batch.column(1).to_numpy()])
        at = np.arange(len(keys))
        begins = np.maximum.accumulate(np.where(np.r_[True, keys[1:] != keys[:-1]], at, 0))
        counts = np.minimum(at - begins, stories.NEIGHBOURS)
        counts[:old] = 0  # told with the batch before
        later = np.flatnonzero(counts)
        counts = counts[later]
        if len(later):
            offsets = np.r_[0, np.cumsum(counts)]
            inside = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
            earlier = ranks[np.repeat(later - counts, counts) + inside]
            lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(earlier, pa.int64()))
            yield pa.RecordBatch.from_arrays([pa.array(ranks[later], pa.int64()), lists], schema=shapes.window())
        first = max(int(begins[-1]), len(keys) - stories.NEIGHBOURS)
        held_keys, held_ranks = keys[first:], ranks[first:]


def nearest(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """`shapes.window` sorted by the later report → `shapes.meeting`: of all met, those that share most keys."""
    import numpy as np
    import pyarrow as pa

    def batch_of(found: list[tuple[int, np.ndarray[Any, Any]]]) -> pa.RecordBatch:
        later = np.array([rank for rank, _ in found], dtype=np.int64)
        offsets = np.r_[0, np.cumsum([len(met) for _, met in found])]
        met = np.concatenate([met for _, met in found])
        lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(met, pa.int64()))
        return pa.RecordBatch.from_arrays(
            [pa.array(later // BLOCK, pa.int64()), pa.array(later, pa.int64()), lists], schema=shapes.meeting()
        )

    found: list[tuple[int, np.ndarray[Any, Any]]] = []
    for rank, met in _by_later(batches):
        found.append((rank, most_shared(met)))
        if len(found) == BLOCK:
            yield batch_of(found)
            found = []
    if found:
        yield batch_of(found)


def most_shared(met: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Of ranks met under keys, each as often as it was met: those met most often, the later of equals, in order."""
    import numpy as np

    ranks, counts = np.unique(met, return_counts=True)
    if len(ranks) > stories.NEIGHBOURS:
        ranks = np.sort(ranks[np.lexsort((-ranks, -counts))[: stories.NEIGHBOURS]])
    return ranks


def _by_later(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    """The later reports of a sorted stream of windows, each with all that it meets."""
    import numpy as np

    current: int | None = None
    pieces: list[np.ndarray[Any, Any]] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        ranks = batch.column(0).to_numpy()
        lists = batch.column(1)
        offsets = lists.offsets.to_numpy()
        values = lists.values.to_numpy()
        edges = np.r_[0, np.flatnonzero(ranks[1:] != ranks[:-1]) + 1, len(ranks)]
        for first, last in pairwise(edges.tolist()):
            rank = int(ranks[first])
            if current is not None and rank != current:
                yield current, np.concatenate(pieces)
                pieces = []
            current = rank
            pieces.append(values[offsets[first] : offsets[last]])
    if current is not None:
        yield current, np.concatenate(pieces)
