"""Lists of records from the ledger: JSON lines, one JSON array, CSV with all fields, or a table of the main ones."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO, Generic, Literal, NamedTuple, TypeVar

import msgspec

ListFormat = Literal["table", "json", "jsonl", "csv"]
T = TypeVar("T", bound=msgspec.Struct)

_LEAST = 3  # cells
_PLAIN_WIDTH = 120  # columns of a table that goes into a file


class Column(NamedTuple, Generic[T]):
    """A column of the table: its heading, its share of the width, and what stands in it for a record."""

    heading: str
    share: float
    cell: Callable[[T], str | None]
    style: str = ""
    least: int = _LEAST  # cells that it has at least: all that what is to be copied needs


def list_records(
    records: Iterable[T], form: ListFormat, out: BinaryIO, columns: Sequence[Column[T]], fields: Sequence[str]
) -> None:
    """Write records as they come, each flushed. `fields` are the columns of CSV: all fields of such a record."""
    if form == "jsonl":
        for record in records:
            out.write(msgspec.json.encode(record) + b"\n")
            out.flush()
    elif form == "json":
        before = b"[\n"
        for record in records:
            out.write(before + msgspec.json.encode(record))
            before = b",\n"
        out.write(b"[]\n" if before == b"[\n" else b"\n]\n")
    elif form == "csv":
        _csv(records, out, fields)
    else:
        _table(records, out, columns)
    out.flush()


def _csv(records: Iterable[T], out: BinaryIO, fields: Sequence[str]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        table = csv.writer(text, lineterminator="\n")
        table.writerow(fields)
        for record in records:
            table.writerow([_cell(getattr(record, field)) for field in fields])
            text.flush()
    finally:
        text.detach()


def _cell(value: Any) -> str | int | float | None:
    """A value in one cell: names separated by ; as coded tables have them, anything deeper as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return ";".join(value)
    return msgspec.json.encode(value).decode()


def _table(records: Iterable[T], out: BinaryIO, columns: Sequence[Column[T]]) -> None:
    from .layout import GAP, Row, Terminal

    terminal = out.isatty()
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    try:
        console = Terminal(
            file=text, width=None if terminal else _PLAIN_WIDTH, highlight=False, emoji=False, markup=False
        )
        room = max(console.width, 40) - GAP * len(columns)
        widths = _widths(columns, room)
        first = True
        for record in records:
            if first:
                console.print(Row(widths, [[[(column.heading, "bold")]] for column in columns]))
                first = False
            console.print(Row(widths, [_lines(column, record) for column in columns]))
            text.flush()
        if first and terminal:
            sys.stderr.write("dabi: nothing found\n")
    finally:
        text.detach()


def _widths(columns: Sequence[Column[T]], room: int) -> list[int]:
    """The cells of each column: its least, else its share of what the others leave."""
    total = sum(column.share for column in columns)
    short = [int(room * column.share / total) < column.least for column in columns]
    room -= sum(column.least for column, least in zip(columns, short, strict=True) if least)
    total = sum(column.share for column, least in zip(columns, short, strict=True) if not least) or 1
    return [
        column.least if least else max(_LEAST, int(room * column.share / total))
        for column, least in zip(columns, short, strict=True)
    ]


def _lines(column: Column[T], record: T) -> list[list[tuple[str, str]]]:
    words = " ".join((column.cell(record) or "–").split())
    return [[(words, column.style)]]
