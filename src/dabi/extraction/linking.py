"""Which attribution holds a quantity, and which time dates it."""

from __future__ import annotations

from collections.abc import Sequence

from ..bengali.mentions import AttributionMention, QuantityMention, TimeMention


def innermost_attributions(
    quantities: Sequence[QuantityMention], attributions: Sequence[AttributionMention]
) -> list[int | None]:
    """For each quantity the index of the shortest content that holds it, else None (the outlet's own voice).

    An impersonal statement (ধারণা করা হচ্ছে) inside somebody's speech gives way to the one who is named.
    Quantities are in text order. One sweep over both, so the cost grows with their number and the nesting depth.
    """
    contents = sorted(
        (start, end, index) for index, attribution in enumerate(attributions) for start, end in attribution.content
    )
    result: list[int | None] = []
    active: list[tuple[int, int, int]] = []
    at = 0
    for quantity in quantities:
        while at < len(contents) and contents[at][0] <= quantity.start:
            active.append(contents[at])
            at += 1
        active = [content for content in active if content[1] > quantity.start]
        holding = [c for c in active if c[1] >= quantity.end]
        named = [c for c in holding if attributions[c[2]].source is not None]
        result.append(min(named or holding, key=lambda c: (c[1] - c[0], -c[2]))[2] if holding else None)
    return result


def dating_time(
    quantity: QuantityMention, sentence: tuple[int, int], times: Sequence[tuple[int, TimeMention]]
) -> int | None:
    """The index of the time that dates a quantity: in its sentence, a point or interval, the nearest before it,
    else the nearest after it."""
    here = [(i, t) for i, t in times if sentence[0] <= t.start < sentence[1] and _dates(t)]
    before = [i for i, t in here if t.end <= quantity.start]
    if before:
        return before[-1]
    after = [i for i, t in here if t.start >= quantity.end]
    return after[0] if after else None


def _dates(time: TimeMention) -> bool:
    return time.duration is None and time.set is None
