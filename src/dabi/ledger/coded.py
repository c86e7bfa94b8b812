"""Claims that people coded elsewhere, from a table: CSV with a header row, or one JSON object a line.

Columns: id, report, reported, date_start, date_end, place, latitude, longitude, actors (separated by ;), event,
counted, low, high, hedge, unit, source, note. All but `id` and one of `low`/`high` may be missing or empty. Dates are
ISO 8601 or EDTF. Each row is a report without text; a row whose content changed is a new version of it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, get_args

import msgspec

from ..model import Hedge, Kind
from .dates import UNKNOWN, days
from .errors import LedgerRefused

COLUMNS = (
    "id",
    "report",
    "reported",
    "date_start",
    "date_end",
    "place",
    "latitude",
    "longitude",
    "actors",
    "event",
    "counted",
    "low",
    "high",
    "hedge",
    "unit",
    "source",
    "note",
)
# Coded claims live among the articles under this name, apart from what newspapers call their pages.
PREFIX = "coded:"


class CodedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One row of such a table, checked."""

    id: str
    report: str | None = None
    reported: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    actors: tuple[str, ...] = ()
    event: str | None = None
    counted: str | None = None
    low: float | int | None = None
    high: float | int | None = None
    hedge: Hedge = "exact"
    unit: str | None = None
    source: str | None = None
    note: str | None = None

    @property
    def article(self) -> str:
        """The id under which its report stands in the ledger."""
        return PREFIX + self.id

    @property
    def kind(self) -> Kind:
        """By its unit: none is a count, % a share, three capitals a currency, year an age, anything else a measure."""
        if self.unit is None:
            return "count"
        if self.unit == "%":
            return "percent"
        if self.unit == "year":
            return "age"
        return "money" if len(self.unit) == 3 and self.unit.isascii() and self.unit.isupper() else "measure"

    @property
    def edtf(self) -> str | None:
        """When, as one EDTF expression."""
        if self.date_end is None or self.date_start == self.date_end:
            return self.date_start
        return f"{self.date_start or '..'}/{self.date_end}"


class CodedRow(msgspec.Struct, frozen=True):
    """One row read: a claim, or the problem with it."""

    line: int
    claim: CodedClaim | None
    problem: str | None = None


def coded_claims(path: str | Path, *, prefix: str = "") -> Iterator[CodedRow]:
    """The rows of a table in its order. `prefix` goes before every id, to keep two tables apart.

    Raises LedgerRefused when the file can't be read as a table at all.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reading = _json_lines(file) if path.suffix.lower() in (".jsonl", ".ndjson") else _csv(file, path)
            for line, values in reading:
                if isinstance(values, str):
                    yield CodedRow(line, None, values)
                else:
                    yield _row(line, values, prefix)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise LedgerRefused(f"{path} can't be read as a table: {why}") from error


def _csv(file: TextIO, path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    first = file.readline()
    file.seek(0)
    delimiter = max("\t,;", key=first.count)
    table = csv.DictReader(file, delimiter=delimiter, restkey="")
    if "id" not in (names := [name.strip() for name in table.fieldnames or []]):
        raise LedgerRefused(f"{path} has no column named id (its columns: {', '.join(names) or 'none'})")
    for values in table:
        if "" in values:
            yield table.line_num, "more cells than columns"
        else:
            yield table.line_num, {str(k).strip(): v for k, v in values.items()}


def _json_lines(file: TextIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for line, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            values = msgspec.json.decode(text)
        except msgspec.DecodeError as error:
            yield line, f"not JSON: {error}"
            continue
        yield line, values if isinstance(values, dict) else "not an object"


def _row(line: int, values: dict[str, Any], prefix: str) -> CodedRow:
    try:
        return CodedRow(line, _claim({k: v for k, v in values.items() if v not in (None, "", [])}, prefix))
    except ValueError as error:
        return CodedRow(line, None, str(error))


def _claim(values: dict[str, Any], prefix: str) -> CodedClaim:
    texts = {name: str(values[name]).strip() for name in values if name != "actors"}
    if not texts.get("id"):
        raise ValueError("no id")
    low, high = _number(texts, "low"), _number(texts, "high")
    if low is None and high is None:
        raise ValueError("neither low nor high")
    if low is not None and high is not None and low > high:
        raise ValueError(f"low {low} is above high {high}")
    for name in ("reported", "date_start", "date_end"):
        if name in texts and days(texts[name]) == UNKNOWN:
            raise ValueError(f"{name} is no date: {texts[name]}")
    latitude, longitude = _number(texts, "latitude"), _number(texts, "longitude")
    if not (-90 <= (latitude or 0) <= 90 and -180 <= (longitude or 0) <= 180):
        raise ValueError(f"no place on earth: {latitude}, {longitude}")
    return CodedClaim(
        id=prefix + texts["id"],
        latitude=latitude,
        longitude=longitude,
        actors=_actors(values.get("actors", "")),
        low=low,
        high=high,
        hedge=_hedge(texts.get("hedge"), low, high),
        **{n: texts.get(n) or None for n in COLUMNS if n not in _OTHER},
    )


_OTHER = frozenset(("id", "latitude", "longitude", "actors", "low", "high", "hedge"))
_HEDGES: frozenset[str] = frozenset(get_args(Hedge))


def _hedge(given: str | None, low: float | None, high: float | None) -> Hedge:
    if given:
        if given not in _HEDGES:
            raise ValueError(f"hedge is none of {', '.join(sorted(_HEDGES))}: {given}")
        return given  # type: ignore[return-value]  # it is among the literals
    if low is None:
        return "up_to"
    if high is None:
        return "at_least"
    return "exact" if low == high else "range"


def _number(texts: dict[str, str], name: str) -> float | int | None:
    if not (text := texts.get(name)):
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError as error:
        raise ValueError(f"{name} is no number: {text}") from error
    if not math.isfinite(value):
        raise ValueError(f"{name} is no number: {text}")
    return int(value) if value.is_integer() else value


def _actors(given: Any) -> tuple[str, ...]:
    parts = given if isinstance(given, list) else str(given).split(";")
    return tuple(dict.fromkeys(stripped for part in parts if (stripped := str(part).strip())))
