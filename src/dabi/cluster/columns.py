"""The articles table: one row an article, the fields of the analysis format as typed columns.

The columns are made from the classes of `dabi.model`, so that they cannot drift from the format. Before them stand
those that the ledger needs to hold the report and to put it in its place among the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import inspect

from ..ledger import Submission
from ..ledger.dates import days
from ..model import Analysis

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

UNKNOWN_DAY = "unknown"
# A number that a double does not hold as it is (23.0 that is no 23, more than 53 bits) stands beside it in words.
_EXACT = "_exact"

_encode = msgspec.json.Encoder().encode


class Position(NamedTuple):
    """Where a record stands in all that was read. Positions order records as `dabi add` of the same inputs takes them.

    `input`: number of the input on the command line, from 0. `file`: number of the file within it, from 0.
    `record`: grows within the file, with gaps.
    """

    input: int
    file: int
    record: int


def row(position: Position, submission: Submission, analysis: Analysis) -> Row:
    """The row of an article; `analysis` has its text. Raises UnicodeEncodeError for what no file of text can hold."""
    values: Row = msgspec.to_builtins(analysis)
    for column, numbers in _numbers():
        for item, given in zip(values[column], getattr(analysis, column), strict=True):
            for number in numbers:
                item[number], item[number + _EXACT] = _double(getattr(given, number))
    content = None if submission.text == analysis.text else submission.text
    made = {
        **position._asdict(),
        "page": submission.article,
        "source": submission.source,
        "media": submission.media,
        "content": content,
        "given_published": submission.given.get("published"),
        "given_outlet": submission.given.get("outlet"),
        "fetched": submission.fetched,
        **values,
    }
    _encode(made)
    return made


def analysis_of(row: Mapping[str, Any]) -> Analysis:
    """The analysis that a row was made of, exactly. A row is what pyarrow's `to_pylist` or Spark's `asDict` gives."""
    values = {name: row[name] for name in Analysis.__struct_fields__}
    for column, numbers in _numbers():
        values[column] = [
            {**item, **{number: _number(item[number], item[number + _EXACT]) for number in numbers}}
            for item in values[column]
        ]
    return msgspec.convert(values, Analysis)


def submission_of(row: Mapping[str, Any]) -> Submission:
    """What the ledger keeps of the report itself."""
    given = {"published": row["given_published"], "outlet": row["given_outlet"]}
    return Submission(
        article=row["page"],
        text=row["text"] if row["content"] is None else row["content"],
        media=row["media"],
        source=row["source"],
        fetched=row["fetched"],
        given={name: value for name, value in given.items() if value is not None},
    )


def day_of(row: Mapping[str, Any]) -> str:
    """The first day of publication, YYYY-MM-DD, or `unknown`: the partition that the row belongs to."""
    return days(row["article"]["published"])[0] or UNKNOWN_DAY


@cache
def schema() -> pa.Schema:
    """The columns of DIR/articles, without the partition column `day`."""
    import pyarrow as pa

    before = [
        pa.field("input", pa.int32(), nullable=False),
        pa.field("file", pa.int64(), nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("page", pa.string(), nullable=False),  # the article's identity in the ledger: its id, URL or path
        pa.field("source", pa.string()),
        pa.field("media", pa.string(), nullable=False),
        pa.field("content", pa.string()),  # as it came in, where that is not `text`
        pa.field("given_published", pa.string()),  # EDTF, what was known beside the page
        pa.field("given_outlet", pa.string()),
        pa.field("fetched", pa.string()),  # ISO 8601
    ]
    return pa.schema([*before, *_fields(inspect.type_info(Analysis))])


@cache
def error_schema() -> pa.Schema:
    """The columns of DIR/errors: what could not be read, where it stands, and why."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("input", pa.int32(), nullable=False),
            pa.field("file", pa.int64(), nullable=False),
            pa.field("record", pa.int64(), nullable=False),
            pa.field("source", pa.string(), nullable=False),  # the file or address
            pa.field("line", pa.int64()),  # of a JSONL file, 1-based
            pa.field("id", pa.string()),
            pa.field("reason", pa.string(), nullable=False),
            pa.field("beginning", pa.string()),  # its first characters, where there are any
        ]
    )


def _fields(kind: inspect.Type) -> list[pa.Field]:
    import pyarrow as pa

    assert isinstance(kind, inspect.StructType)
    fields = []
    for field in kind.fields:
        types = _alternatives(field.type)
        optional = len(types) < len(_alternatives(field.type, with_none=True))
        fields.append(pa.field(field.encode_name, _column_type(types), nullable=optional))
        if _is_number(types):
            fields.append(pa.field(field.encode_name + _EXACT, pa.string()))
    return fields


def _column_type(types: list[inspect.Type]) -> pa.DataType:
    import pyarrow as pa

    if _is_number(types):
        return pa.float64()
    match types:
        case [inspect.StrType() | inspect.LiteralType()]:
            return pa.string()
        case [inspect.IntType()]:
            return pa.int64()
        case [inspect.StructType() as struct]:
            return pa.struct(_fields(struct))
        case [inspect.VarTupleType(item_type=item)]:
            return pa.list_(pa.field("element", _column_type(_alternatives(item)), nullable=False))
    raise TypeError(f"there is no column type for {types}")


def _alternatives(kind: inspect.Type, *, with_none: bool = False) -> list[inspect.Type]:
    types = list(kind.types) if isinstance(kind, inspect.UnionType) else [kind]
    return [one for one in types if with_none or not isinstance(one, inspect.NoneType)]


def _is_number(types: list[inspect.Type]) -> bool:
    return any(isinstance(one, inspect.FloatType) for one in types)


@cache
def _numbers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lists of the analysis whose items have fields that are an integer or a double: column, fields."""
    found = []
    analysis = inspect.type_info(Analysis)
    assert isinstance(analysis, inspect.StructType)
    for field in analysis.fields:
        item = field.type.item_type if isinstance(field.type, inspect.VarTupleType) else None
        if isinstance(item, inspect.StructType):
            numbers = tuple(f.name for f in item.fields if _is_number(_alternatives(f.type)))
            if numbers:
                found.append((field.name, numbers))
    return tuple(found)


def _double(value: float | int | None) -> tuple[float | None, str | None]:
    """A number as a double, and in words where `_number` would not give it back from that alone."""
    if value is None:
        return None, None
    try:
        double = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf, repr(value)
    same = _number(double, None)
    return double, None if same == value and type(same) is type(value) else repr(value)


def _number(double: float | None, exact: str | None) -> float | int | None:
    if exact is not None:
        return float(exact) if "." in exact or "e" in exact or "n" in exact else int(exact)
    return int(double) if double is not None and double.is_integer() else double
