"""The lines of all series, as `dabi series --format jsonl` writes them for a ledger of the same articles."""

from __future__ import annotations

from collections.abc import Iterator

from ..layout import Folder
from .run import FOLDER, results_of
from .storage import files

_AT_ONCE = 128


def series_lines(place: str) -> Iterator[str]:
    """The lines of a reconciled folder, in order, read as they are asked for. Raises ClusterError if it is none."""
    folder, _ = results_of(place)
    return _lines(folder)


def _lines(folder: Folder) -> Iterator[str]:
    import pyarrow.parquet as pq

    for names in files(folder, FOLDER, "lines"):
        with folder.system.open(folder.path(*names), "rb") as stream:
            for batch in pq.ParquetFile(stream).iter_batches(batch_size=_AT_ONCE, columns=["line"]):
                yield from batch.column(0).to_pylist()
