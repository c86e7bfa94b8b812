"""What the recognisers hand on: mentions in folded offsets of one text, and how they came about.

`extraction` turns them into the values of `dabi.model`, whose offsets are those of the input.
"""

from __future__ import annotations

import msgspec

from ..model import Act, Form, Hedge, Kind, SourceType, Trace

Extent = tuple[int, int]  # half-open, folded offsets


class QuantityMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number with its hedge, unit and the thing counted."""

    start: int
    end: int
    low: float | int | None
    high: float | int | None
    hedge: Hedge
    kind: Kind
    unit: str | None
    of: Extent | None
    trace: Trace


class TimeMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A phrase for a point, interval, duration or repetition."""

    start: int
    end: int
    edtf: str | None = None
    duration: str | None = None
    set: str | None = None
    unresolved: str | None = None
    warning: str | None = None  # such as a weekday that contradicts the date beside it
    trace: Trace


class AttributionMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Source, cue and content of one reported statement."""

    source: Extent | None
    cue: Extent | None
    content: tuple[Extent, ...]
    form: Form
    act: Act
    source_type: SourceType | None = None
    via: tuple[Extent, ...] = ()
    to: Extent | None = None
    speaker: str | None = None
    trace: Trace
