"""The reports of a piece, each with its number: a position that is the same however the input was cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import msgspec

from ..reading.inputs import Failure, InputKind, Place, Report, file_reports, line_reports, object_report
from ..reading.opening import NotOpened, opened
from .shards import Piece, Unreadable

Numbered = tuple[int, Report | Failure]

# Rows of a table that are held at once.
_ROWS = 64
# The columns of a table that say something; `url` and `source` are the same.
_COLUMNS = ("id", "text", "html", "published", "outlet", "headline", "source", "url", "fetched")
# Of the tables that we write ourselves: as it came in, not as it was read.
_OWN = ("page", "source", "media", "content", "text", "given_published", "given_outlet", "fetched")


def numbered(piece: Piece, kind: InputKind) -> Iterator[Numbered]:
    """The reports of a piece in order with their numbers: lines, rows, or places in the file, from 1.

    What cannot be read comes as a `Failure`. Raises nothing for an input.
    """
    last = 0
    try:
        for last, report in _found(piece, kind):
            yield last, report
    except NotOpened as error:
        yield last + 1, Failure(source=piece.path, reason=str(error))
    except (OSError, Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield last + 1, Failure(source=piece.path, reason=f"it cannot be read: {reason}")


def _found(piece: Piece, kind: InputKind) -> Iterator[Numbered]:
    if piece.problem is not None:
        return iter([(1, Failure(source=piece.path, reason=piece.problem))])
    if piece.kind == "lines":
        return _lines(piece)
    if piece.kind == "rows":
        return _rows(piece)
    return enumerate(file_reports(Place(piece.path, piece.id), kind), 1)


def _lines(piece: Piece) -> Iterator[Numbered]:
    with opened(piece.path) as file:
        first = piece.before + 1
        if piece.start:
            # The line that is open at the start belongs to the piece before, as does the newline just before it.
            file.seek(piece.start - 1)
            first += len(file.readline()) > 1
        number, blank = first, True
        for line in _until(file, piece.end):
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                blank = False
                for report in line_reports([line], piece.path, piece.id, first=number):
                    yield number, report
            number += 1
        if blank and piece.start == 0 and not file.read(1):
            yield 1, Failure(source=piece.path, reason="it is empty")


def _until(file: BinaryIO, end: int) -> Iterator[bytes]:
    """The lines that begin before `end`."""
    at = file.tell()
    while at < end and (line := file.readline()):
        at += len(line)
        yield line


def _rows(piece: Piece) -> Iterator[Numbered]:
    import pyarrow as pa
    from pyarrow import parquet

    with opened(piece.path) as file:
        try:
            table = parquet.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
            names = set(table.schema_arrow.names)
            own = {"page", "media", "given_published"} <= names
            chosen = [name for name in (_OWN if own else _COLUMNS) if name in names]
            groups = list(range(piece.start, piece.end))
            number = piece.before
            for batch in table.iter_batches(_ROWS, row_groups=groups, columns=chosen, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield number, _own(row) if own else _row(row, piece, number)
        except pa.ArrowException as error:
            raise Unreadable(f"as a Parquet file: {error}") from error


def _row(row: dict[str, Any], piece: Piece, number: int) -> Report | Failure:
    """A row of any table with a column `text` or `html`, read as a line of JSON is."""
    given = {name: value for name, value in row.items() if value is not None}
    for name in ("published", "fetched"):
        if isinstance(moment := given.get(name), datetime):
            given[name] = moment.isoformat(timespec="minutes" if name == "published" else "seconds")
        elif isinstance(moment, date):
            given[name] = moment.isoformat()
    report = object_report(given, piece.path, f"{piece.id}-{number}", number)
    if isinstance(report, Failure) and not {"text", "html"} & row.keys():
        return msgspec.structs.replace(report, reason='the table has no column "text" (or "html")')
    return report


def _own(row: dict[str, Any]) -> Report:
    """An article of a table that `dabi cluster analyse` wrote, to be read anew."""
    return Report(
        id=row["page"],
        named=True,
        source=row["source"] or "",
        kind="html" if row["media"] == "html" else "text",
        content=row["text"] if row["content"] is None else row["content"],
        published=row["given_published"],
        outlet=row["given_outlet"],
        fetched=row["fetched"],
    )
