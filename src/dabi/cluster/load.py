"""A folder of analysed articles into a ledger, in the order of the inputs: what `dabi add` of them would have kept.

The files are sorted by day, the ledger needs the order in which the articles came. So they are first dealt out, by
position, to files that fit into memory one by one.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ..ledger import Added, Ledger
from ..reading.inputs import Failure
from ..service.ledger import add_analysed
from .columns import Row, analysis_of, submission_of
from .layout import ARTICLES, ERRORS, MANIFEST, Folder, Manifest
from .session import ClusterError, need
from .shards import Unreadable

_POSITION = ("input", "file", "record")
# Bytes of Parquet that are sorted in memory at once, and into how many files the rest is dealt at most.
_AT_ONCE, _MOST_FILES = 16 << 20, 512
_ROWS = 64

Position = tuple[int, int, int]


def analysed_folder(place: str) -> tuple[Folder, Manifest]:
    """A folder that `analyse` has finished. Raises ClusterError when it is none, or pyarrow is missing."""
    need("pyarrow")
    try:
        folder = Folder(place)
        manifest = folder.read(Manifest, MANIFEST)
    except (Unreadable, OSError) as error:
        raise ClusterError(str(error)) from None
    if manifest is None:
        raise ClusterError(f"{place} holds no analysed articles: dabi cluster analyse INPUT --output {place}")
    if not manifest.complete:
        raise ClusterError(f"the analysis in {place} is not finished: run dabi cluster analyse again, it goes on")
    return folder, manifest


def load(ledger: Ledger, place: str, *, memory: int = _AT_ONCE) -> Iterator[Added | Failure]:
    """Add all articles of a folder with their analyses, each in its own transaction.

    What was yielded is kept; begun again, what is there already is passed over. `memory`: bytes of Parquet that are
    held at once. Raises ClusterError when the folder holds no finished analysis; errors of the ledger end the run.
    """
    folder, manifest = analysed_folder(place)
    for row in in_order(folder, memory):
        yield add_analysed(ledger, submission_of(row), _analysis(row), manifest.reader)


def _analysis(row: Row) -> Callable[[], Any]:
    return lambda: analysis_of(row)


def first_errors(place: str, count: int) -> list[Row]:
    """The first rows of the table of errors of a folder."""
    folder = Folder(place)
    found: list[Row] = []
    for name in folder.names(ERRORS):
        for batch in _batches(folder, folder.path(ERRORS, name)):
            found += batch.slice(0, count - len(found)).to_pylist()
            if len(found) >= count:
                return found
    return found


def in_order(folder: Folder, memory: int = _AT_ONCE) -> Iterator[Row]:
    """All rows in the order of the inputs, without holding more than so many bytes of Parquet, about."""
    files = [
        folder.path(ARTICLES, day, name)
        for day in folder.names(ARTICLES)
        for name in folder.names(ARTICLES, day)
        if name.endswith(".parquet")
    ]
    size = sum(folder.system.size(file) for file in files)
    parts = min(-(-size // memory), _MOST_FILES)
    if parts <= 1:
        yield from _sorted([batch for file in files for batch in _batches(folder, file)])
        return
    with tempfile.TemporaryDirectory(prefix="dabi-load-") as dealt:
        for part in _dealt(folder, files, _borders(folder, files, parts), Path(dealt)):
            yield from _sorted(part)


def _batches(folder: Folder, file: str, columns: list[str] | None = None) -> Iterator[Any]:
    from pyarrow import parquet

    with folder.system.open(file, "rb") as opened:
        table = parquet.ParquetFile(opened, pre_buffer=False, buffer_size=1 << 20)
        yield from table.iter_batches(1024, columns=columns, use_threads=False)


def _sorted(batches: list[Any]) -> Iterator[Row]:
    from pyarrow import Table

    if not batches:
        return
    table = Table.from_batches(batches).sort_by([(name, "ascending") for name in _POSITION])
    for start in range(0, table.num_rows, _ROWS):
        yield from table.slice(start, _ROWS).to_pylist()


def _positions(batch: Any) -> list[Position]:
    return list(zip(*(batch.column(name).to_pylist() for name in _POSITION), strict=True))


def _borders(folder: Folder, files: list[str], parts: int) -> list[Position]:
    """Positions that divide all articles into so many parts of the same number."""
    from pyarrow import Table

    table = Table.from_batches([batch for file in files for batch in _batches(folder, file, list(_POSITION))])
    table = table.sort_by([(name, "ascending") for name in _POSITION])
    return _positions(table.take([table.num_rows * part // parts for part in range(1, parts)]))


def _dealt(folder: Folder, files: list[str], borders: list[Position], place: Path) -> Iterator[list[Any]]:
    """The rows by part, each part read back from a file of its own."""
    from pyarrow import OSFile, ipc

    paths = [place / f"{number}.arrow" for number in range(len(borders) + 1)]
    with ExitStack() as stack:
        writers: dict[int, Any] = {}
        for file in files:
            for batch in _batches(folder, file):
                rows: dict[int, list[int]] = {}
                for row, position in enumerate(_positions(batch)):
                    rows.setdefault(bisect_right(borders, position), []).append(row)
                for part, chosen in rows.items():
                    if part not in writers:
                        out = stack.enter_context(OSFile(str(paths[part]), "wb"))
                        options = ipc.IpcWriteOptions(compression="zstd")
                        writers[part] = stack.enter_context(ipc.new_stream(out, batch.schema, options=options))
                    writers[part].write_batch(batch.take(chosen))
    for path in paths:
        if path.exists():
            with OSFile(str(path), "rb") as source:
                found = list(ipc.open_stream(source))
            path.unlink()
            yield found
