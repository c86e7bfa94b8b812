"""Components of reports become stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ...reconciliation.summaries import iso, story_id
from . import shapes
from .streams import batched, rows

if TYPE_CHECKING:
    import pyarrow as pa


def tell_stories(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """(component, published, page, outlet, title, day, words) sorted by the first three → `shapes.story`."""
    return batched(_stories(rows(batches)), shapes.story(), 64)


def _stories(stream: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for _, inside in groupby(stream, key=itemgetter(0)):
        reports: list[str] = []
        outlets: set[str | None] = set()
        days: list[int | None] = []
        first: tuple[str | None, list[str]] = (None, [])
        for _, _, page, outlet, title, day, words in inside:
            if not reports:
                first = title, words
            reports.append(page)
            outlets.add(outlet)
            days.append(day)
        known = [one for one in days if one is not None]
        yield {
            "id": story_id(reports[0]),
            "title": first[0],
            "first_day": iso(min(known)) if known else None,
            "last_day": iso(max(known)) if known else None,
            "outlets": sorted(filter(None, outlets)),
            "words": first[1],
            "reports": reports,
        }
