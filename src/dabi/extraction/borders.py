"""Borders of contents that fall inside a time or a quantity are moved to its edge: no mark cuts another in two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from ..bengali.mentions import AttributionMention, Extent, QuantityMention, TimeMention


def uncut(
    attributions: Sequence[AttributionMention], mentions: Sequence[TimeMention | QuantityMention]
) -> list[AttributionMention]:
    """The attributions with every content that began or ended inside a mention widened to hold it whole.

    A content is not widened over the source or cue of its own attribution.
    """
    extents = sorted((m.start, m.end) for m in mentions)
    starts = [start for start, _ in extents]

    def around(offset: int) -> Extent | None:
        """The mention that has an offset strictly inside it."""
        i = bisect_right(starts, offset) - 1
        return extents[i] if i >= 0 and extents[i][0] < offset < extents[i][1] else None

    result: list[AttributionMention] = []
    for attribution in attributions:
        content = tuple(
            _widened(piece, attribution, around(piece[0]), around(piece[1])) for piece in attribution.content
        )
        if content != attribution.content:
            trace = attribution.trace
            steps = (*trace.steps, "the content is widened to hold a figure or a time whole")
            attribution = msgspec.structs.replace(
                attribution, content=content, trace=msgspec.structs.replace(trace, steps=steps)
            )
        result.append(attribution)
    return result


def _widened(piece: Extent, attribution: AttributionMention, left: Extent | None, right: Extent | None) -> Extent:
    start, end = piece
    if left is not None and not _meets(attribution, left[0], start):
        start = left[0]
    if right is not None and not _meets(attribution, end, right[1]):
        end = right[1]
    return start, end


def _meets(attribution: AttributionMention, start: int, end: int) -> bool:
    return any(part is not None and part[0] < end and start < part[1] for part in (attribution.source, attribution.cue))
