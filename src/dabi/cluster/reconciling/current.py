"""Of several records of one page, the one that counts, as a ledger to which they are added in order would have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from .streams import rows

if TYPE_CHECKING:
    import pyarrow as pa

Place = tuple[int, int, int]  # input, file, record
_Instant = tuple[bool, datetime | int]  # (False, when it was fetched), or (True, the how manieth) when that is unknown


class Record(msgspec.Struct, frozen=True):
    """A record of a page: its place, a hash of what came in, what was known beside it, when it was fetched."""

    place: Place
    digest: str
    given: tuple[str | None, str | None]
    fetched: str | None


class _Version(msgspec.Struct):
    at: _Instant
    digest: str
    readings: set[tuple[str | None, str | None]]


def overtaken(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(page, input, file, record, digest, given_published, given_outlet, fetched) sorted → the places that do not count
    any more."""
    import pyarrow as pa

    schema = pa.schema([("input", pa.int32()), ("file", pa.int64()), ("record", pa.int64())])
    for _, inside in groupby(rows(batches, 1024), key=itemgetter(0)):
        records = [Record((i, f, r), digest, (p, o), fetched) for _, i, f, r, digest, p, o, fetched in inside]
        if len(records) > 1:
            kept = current(records)
            gone = [record.place for record in records if kept is None or record.place != kept.place]
            yield pa.RecordBatch.from_arrays(
                [pa.array(column, field.type) for column, field in zip(zip(*gone, strict=True), schema, strict=True)],
                schema=schema,
            )


def current(records: Sequence[Record]) -> Record | None:
    """The record of a page that counts after all have been added in order (`dabi.ledger.adding`).

    The same text with the same data is there already; one fetched before the newest does not take its place. A record
    with a time that is none is not kept.
    """
    versions: list[_Version] = []
    chosen: Record | None = None
    for number, record in enumerate(records):
        try:
            at: _Instant = (True, number) if record.fetched is None else (False, _instant(record.fetched))
        except ValueError:
            continue
        ordered = sorted(versions, key=lambda version: version.at)
        there = _there(ordered, record, at)
        if there is not None and record.given in there.readings:
            continue
        if there is None:
            newest = all(version.at <= at for version in versions)
            versions.append(_Version(at, record.digest, {record.given}))
        else:
            newest = there is ordered[-1]
            there.readings.add(record.given)
        if newest:
            chosen = record
    return chosen


def _there(ordered: Sequence[_Version], record: Record, at: _Instant) -> _Version | None:
    """The version that the record's text is, or None when it is a new one."""
    if not ordered or ordered[-1].digest == record.digest:
        return ordered[-1] if ordered else None
    if record.fetched is not None and at > ordered[-1].at:
        return None
    return next((version for version in reversed(ordered) if version.digest == record.digest), None)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
