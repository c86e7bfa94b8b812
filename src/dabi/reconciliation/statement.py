"""The records that reconciliation works on: one figure of one report with all that linking needs, and the report.

They are plain values: built once when a report is read (`reading_of`), kept by whoever keeps them, and compared without
the text. A figure coded elsewhere is a `Statement` too, of a report without text.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ..model import Hedge, Kind, Status

Position = Literal["headline", "caption", "body", "coded"]
Window = Literal["day", "period", "point"]


class Clues(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the words around a figure say about which figure it is.

    `near` are the content words of its own clause in base form, `things` the counted nouns, `happening` what befell
    them.
    """

    things: tuple[str, ...] = ()
    happening: str | None = None
    happenings: tuple[str, ...] = ()  # all that its own words name, `happening` among them
    near: tuple[str, ...] = ()
    note: tuple[str, ...] = ()  # of a coded claim: the words of its note
    places: tuple[str, ...] = ()  # named in its clause, nearest first
    scene: tuple[str, ...] = ()  # named in its sentence or, if none is, last before it
    outside: bool = False  # everything but the place
    groups: tuple[str, ...] = ()  # women, children …
    markers: tuple[str, ...] = ()  # part outcome known total rise new same each rest class more there
    among: str | None = None  # the whole that a part is taken out of: its group if it names one, else its word
    named: tuple[str, ...] = ()  # for an age: the words of the name before it
    window: Window | None = None
    since: int | None = None  # proleptic Gregorian ordinals of the first and last day the figure covers
    until: int | None = None


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one report. `start`/`end` are code-point offsets into the report's text."""

    article: str
    start: int
    end: int
    claim: str | None = None  # the claim's id
    number: int = 0  # its place among the claims of its report
    text: str = ""
    outlet: str | None = None
    published: str | None = None  # EDTF
    position: Position = "body"
    paragraph: int = 0
    sentence: int = 0  # ordinal in the report
    evidence: str = ""  # the sentence; none beyond MOST_COMPARED
    low: float | int | None = None
    high: float | int | None = None
    hedge: Hedge = "exact"
    kind: Kind = "count"
    unit: str | None = None
    counted: str | None = None
    event: str | None = None
    status: Status = "happened"
    actors: tuple[str, ...] = ()
    source: str | None = None  # who says it, resolved where possible
    via: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()  # content words of its source, or of the source its passage rests on
    asof: int | None = None  # the day for which the figure holds, a proleptic Gregorian ordinal
    latitude: float | None = None
    longitude: float | None = None
    clues: Clues = Clues()

    @property
    def key(self) -> tuple[str, int, int]:
        """Identity within a ledger: article id and span."""
        return self.article, self.start, self.end


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report: when it appeared, the weights of its content words, a sketch of its wording, its figures."""

    id: str
    outlet: str | None = None
    published: str | None = None
    day: int | None = None  # proleptic Gregorian ordinal of `published`
    title: str | None = None  # its headline
    terms: tuple[tuple[str, float], ...] = ()  # heaviest first, the weights' squares add up to 1
    places: tuple[str, ...] = ()  # named in it, those named most first
    lead: tuple[str, ...] = ()  # named in its headline and first sentences; countries only if nothing nearer is
    incidents: tuple[str, ...] = ()  # kinds of incident it names
    begins: tuple[str, ...] = ()  # and those of its headline and first sentences
    telling: tuple[str, ...] = ()  # its figures of three digits and more: few reports share one by chance
    sketch: tuple[int, ...] = ()  # MinHash of its wording, see `echoes`
    statements: tuple[Statement, ...] = ()


def order(statement: Statement) -> tuple[str, str, int, int, str]:
    """The canonical order of statements: by publication, then report, then place in it."""
    return statement.published or "~", statement.article, statement.start, statement.end, statement.claim or ""
