"""Each article by itself: its report, the keys under which it meets others, its sums and what does not fit in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

from ...reconciliation.checks import check
from ...reconciliation.clues import reading_of
from ...reconciliation.statement import Report, Statement
from ...reconciliation.stories import canonical, keys_of, turn
from ...reconciliation.sums import sums_of
from ..columns import analysis_of
from . import notes, shapes
from .streams import batched, dicts

if TYPE_CHECKING:
    import pyarrow as pa

WORDS = 8  # of a report, kept for its story

_PLACE = ("page", "input", "file", "record")


def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Articles (`cluster.columns`) → `shapes.reading`, each by itself. What fails says why and stops nothing."""
    return batched(map(_outcome, dicts(batches, 16)), shapes.reading(), 64)


def _outcome(row: Mapping[str, Any]) -> dict[str, Any]:
    place = {name: row[name] for name in _PLACE}
    try:
        return {**place, **_read(row)}
    except Exception as error:  # whatever one article does, the others are to be read
        return {**place, "error": f"{type(error).__name__}: {error}"}


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    analysis = msgspec.structs.replace(analysis_of(row), id=row["page"])
    report = reading_of(row["text"], analysis)
    by_key = {statement.key: _span(statement) for statement in report.statements}
    return {
        "turn": turn(report),
        "published": canonical(report)[0],
        "outlet": report.outlet,
        "title": report.title,
        "day": report.day,
        "words": [term for term, _ in report.terms[:WORDS]],
        "keys": key_numbers(report),
        "figures": len(report.statements),
        "note": notes.packed(report),
        "sums": [
            {
                "whole": by_key[made.whole],
                "parts": [by_key[part] for part in made.parts],
                "adds_up": made.adds_up,
                "rule": made.rule,
            }
            for made in sums_of(report)
        ],
        "findings": [
            {
                "kind": made.kind,
                "figures": [by_key[key] for key in made.figures],
                "what": made.what,
                "rule": made.rule,
            }
            for made in check(report)
        ],
    }


def key_numbers(report: Report) -> list[int]:
    """The keys of a report as 64-bit hashes.

    Should two of the 10¹¹ keys of 10⁹ reports fall together (some 300 will), two reports may be compared that need
    not be.
    """
    numbers = (blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys_of(report))
    return [int.from_bytes(number, "little", signed=True) for number in numbers]


def _span(statement: Statement) -> dict[str, int]:
    return {"number": statement.number, "start": statement.start, "end": statement.end}
