"""The lines of all series, as `dabi series --format jsonl` writes them for a ledger of the same articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_AT_ONCE = 128


def lines_of(files: Iterable[str]) -> Iterator[str]:
    """The column `line` of Parquet files, in their order; files by path or fsspec address."""
    import fsspec
    import pyarrow.parquet as pq

    for name in files:
        with fsspec.open(name, "rb") as stream:
            for batch in pq.ParquetFile(stream).iter_batches(batch_size=_AT_ONCE, columns=["line"]):
                yield from batch.column(0).to_pylist()
