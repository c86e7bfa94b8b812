"""The nouns of dabi: what one reading of one article consists of.

Every class is an immutable value; `msgspec` turns it into the JSON of the analysis format and generates
the format's JSON Schema. All offsets are half-open code-point offsets into the text exactly as it came in.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT = 1

Hedge = Literal["exact", "about", "more_than", "at_least", "less_than", "up_to", "range", "several"]
Kind = Literal["count", "money", "measure", "percent", "age", "ratio"]
Form = Literal["direct", "indirect", "mixed"]
Act = Literal["state", "claim", "accuse", "confirm", "deny", "promise", "demand", "expect", "ask"]
SourceType = Literal["person", "organisation", "document", "unnamed"]
Status = Literal["happened", "ongoing", "expected", "promised", "denied"]
PublishedBy = Literal["caller", "page"]


class Region(msgspec.Struct, frozen=True):
    """A stretch of the text, without its words."""

    start: int
    end: int


class Span(msgspec.Struct, frozen=True):
    """A stretch of the text with its words: `text == article_text[start:end]`."""

    start: int
    end: int
    text: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What was read out of a report: where the article's parts lie, and where and when it appeared."""

    source: str | None = None  # path or URL
    outlet: str | None = None
    headline: Span | None = None
    byline: Span | None = None
    published: str | None = None  # EDTF
    published_by: PublishedBy | None = None
    updated: str | None = None  # EDTF
    language: str = "bn"
    body: tuple[Region, ...] = ()
    captions: tuple[Region, ...] = ()
    furniture: tuple[Region, ...] = ()


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """How many or how much. `low`/`high` are in the unit written; None is an open end."""

    start: int
    end: int
    text: str
    low: float | int | None
    high: float | int | None
    hedge: Hedge
    kind: Kind
    unit: str | None = None  # ISO 4217 for money, UCUM-like for measures, "%" or "year"
    of: Span | None = None
    attribution: int | None = None
    time: int | None = None
    rule: str


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """When. Exactly one of `edtf`, `duration`, `set` is given, or `unresolved` says why none is."""

    start: int
    end: int
    text: str
    edtf: str | None = None  # EDTF level 1
    duration: str | None = None  # ISO 8601
    set: str | None = None  # ISO 8601 period of repetition
    unresolved: str | None = None
    rule: str


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who says: source, cue and content (PARC, PolNeAR), with the chain it came through."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    act: Act
    source_type: SourceType | None = None
    via: tuple[Span, ...] = ()
    to: Span | None = None
    speaker: str | None = None
    rule: str


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity in its sentence, with who says it, when, of what, and how it stands."""

    id: str
    sentence: Region
    quantity: int
    attribution: int | None = None
    time: int | None = None
    counted: str | None = None
    event: str | None = None
    status: Status
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


class Trace(msgspec.Struct, frozen=True):
    """Why a mention is what it is: the rule, the lexicon entries it used, the steps to its value."""

    rule: str
    entries: tuple[str, ...] = ()  # "units.tsv: টাকা"
    steps: tuple[str, ...] = ()  # "সাড়ে তিন লাখ → 3.5 × 100,000"


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """One article, read. Lists are in text order."""

    id: str
    format: int = FORMAT
    article: Article
    text: str | None = None  # what the offsets point into; None where it is kept elsewhere
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
