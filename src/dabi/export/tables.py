"""Tables of the ledger for other programs: CSV, JSON lines and Parquet, one row a claim, relation, series or report.

Rows are written as they come. `TABLES` has the columns of each table with their types. The sentence of each claim is
among them, the text of its report is not: that stands in the analysis format.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Literal

import msgspec

from ..ledger.overview import Head
from ..ledger.records import ClaimRecord
from ..ledger.results import Relation, Series
from .extras import needed

TableName = Literal["claims", "relations", "series", "reports"]
TableFormat = Literal["csv", "jsonl", "parquet"]
Type = Literal["text", "number", "integer", "flag", "texts"]
Row = Mapping[str, Any]

TABLES: dict[TableName, dict[str, Type]] = {
    "claims": {
        "id": "text",
        "article": "text",
        "version": "integer",
        "outlet": "text",
        "headline": "text",
        "published": "text",
        "day": "text",
        "text": "text",
        "low": "number",
        "high": "number",
        "hedge": "text",
        "kind": "text",
        "unit": "text",
        "of": "text",
        "counted": "text",
        "event": "text",
        "status": "text",
        "places": "texts",
        "actors": "texts",
        "source": "text",
        "speaker": "text",
        "source_type": "text",
        "act": "text",
        "via": "texts",
        "time": "text",
        "date_start": "text",
        "date_end": "text",
        "latitude": "number",
        "longitude": "number",
        "in_headline": "flag",
        "coded": "flag",
        "start": "integer",
        "end": "integer",
        "sentence_start": "integer",
        "sentence_end": "integer",
        "sentence": "text",
        "note": "text",
        "series": "text",
        "series_label": "text",
    },
    "relations": {"series": "text", "a": "text", "b": "text", "relation": "text", "rule": "text", "superseded": "flag"},
    "series": {
        "id": "text",
        "label": "text",
        "event": "text",
        "counted": "text",
        "place": "text",
        "unit": "text",
        "first_day": "text",
        "last_day": "text",
        "claims": "integer",
        "origins": "integer",
    },
    "reports": {
        "article": "text",
        "version": "integer",
        "source": "text",
        "outlet": "text",
        "headline": "text",
        "published": "text",
        "day": "text",
        "claims": "integer",
    },
}

_BATCH = 5000  # rows in one row group of Parquet
# What spreadsheets take for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claim_rows(claims: Iterable[ClaimRecord], series_of: Mapping[int, Series]) -> Iterator[Row]:
    """Rows of the table of claims; `series_of` has the series of a claim's key, where it is in one."""
    own = [name for name in TABLES["claims"] if not name.startswith("series")]
    for claim in claims:
        held = series_of.get(claim.key)
        row = {name: getattr(claim, name) for name in own}
        row["series"], row["series_label"] = (held.id, held.label) if held is not None else (None, None)
        yield row


def relation_rows(relations: Iterable[Relation], id_of: Mapping[int, str]) -> Iterator[Row]:
    """Rows of the table of relations; `id_of` has the id of a claim's key. One whose claims it lacks is left out."""
    for relation in relations:
        if relation.a in id_of and relation.b in id_of:
            yield {
                "series": relation.series,
                "a": id_of[relation.a],
                "b": id_of[relation.b],
                "relation": relation.relation,
                "rule": relation.detail.get("rule"),
                "superseded": bool(relation.detail.get("superseded")),
            }


def series_rows(series: Iterable[Series]) -> Iterator[Row]:
    for held in series:
        row = {name: getattr(held, name, None) for name in TABLES["series"]}
        yield {**row, "claims": len(held.claims), "origins": held.detail.get("origins")}


def report_rows(heads: Iterable[Head]) -> Iterator[Row]:
    for head in heads:
        yield {name: getattr(head, name) for name in TABLES["reports"]}


def write_table(table: TableName, rows: Iterable[Row], form: TableFormat, out: BinaryIO) -> int:
    """Write rows of a table; returns how many. Raises `MissingExtra` when Parquet's library is not installed."""
    if form == "csv":
        return _csv(TABLES[table], rows, out)
    if form == "jsonl":
        return _json_lines(TABLES[table], rows, out)
    return _parquet(table, rows, out)


def _csv(columns: Mapping[str, Type], rows: Iterable[Row], out: BinaryIO) -> int:
    """With a byte order mark, by which spreadsheets know UTF-8, and no cell that they would run as a formula."""
    out.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    count = 0
    try:
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(columns)
        for row in rows:
            table.writerow([_cell(row[name]) for name in columns])
            count += 1
        text.flush()
    finally:
        text.detach()
    return count


def _cell(value: Any) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        value = "; ".join(value)
    if isinstance(value, str):
        value = value.replace("\0", "")
        return "'" + value if value.startswith(_FORMULA) else value
    return value


def _json_lines(columns: Mapping[str, Type], rows: Iterable[Row], out: BinaryIO) -> int:
    encoder = msgspec.json.Encoder()
    count = 0
    for row in rows:
        out.write(encoder.encode({name: row[name] for name in columns}) + b"\n")
        count += 1
    out.flush()
    return count


def _parquet(table: TableName, rows: Iterable[Row], out: BinaryIO) -> int:
    arrow, parquet = needed("pyarrow", "pyarrow"), needed("pyarrow.parquet", "pyarrow")
    types = {
        "text": arrow.string(),
        "number": arrow.float64(),
        "integer": arrow.int64(),
        "flag": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }
    columns = TABLES[table]
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()], metadata={"dabi.table": table})
    count = 0
    coming = iter(rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(coming, _BATCH)):
            writer.write_batch(arrow.record_batch([_column(batch, n, t) for n, t in columns.items()], schema=schema))
            count += len(batch)
    return count


def _column(batch: Sequence[Row], name: str, kind: Type) -> list[Any]:
    if kind == "number":
        return [None if row[name] is None else float(row[name]) for row in batch]
    if kind in ("text", "texts"):
        return [_unicode(row[name]) for row in batch]
    return [row[name] for row in batch]


def _unicode(value: Any) -> Any:
    """Text without what UTF-8 cannot hold: half of a surrogate pair becomes a question mark."""
    if isinstance(value, tuple | list):
        return [_unicode(part) for part in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
