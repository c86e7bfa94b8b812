"""Arrow batches as streams of rows and back, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 64


def rows(batches: Iterable[pa.RecordBatch], at_once: int = _AT_ONCE) -> Iterator[tuple[Any, ...]]:
    """The rows of a stream as tuples, `at_once` turned into Python values at a time."""
    for batch in batches:
        for first in range(0, batch.num_rows, at_once):
            part = batch.slice(first, at_once)
            yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def dicts(batches: Iterable[pa.RecordBatch], at_once: int = _AT_ONCE) -> Iterator[dict[str, Any]]:
    """The rows of a stream by column."""
    for batch in batches:
        for first in range(0, batch.num_rows, at_once):
            yield from batch.slice(first, at_once).to_pylist()


def batched(
    found: Iterable[dict[str, Any]], schema: pa.Schema, at_once: int = 4 * _AT_ONCE
) -> Iterator[pa.RecordBatch]:
    """Rows as batches of a schema."""
    import pyarrow as pa

    remaining = iter(found)
    while part := list(islice(remaining, at_once)):
        yield pa.RecordBatch.from_pylist(part, schema=schema)
