"""What goes into the ledger and what comes out of it: plain values, free of the database.

`key` is always the ledger's own number of a row. It is stable within one ledger and orders rows by when they were
added; what stays the same between ledgers is the article id and the claim id.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ..model import Act, Analysis, Hedge, Kind, SourceType, Status
from .coded import CodedClaim

Media = Literal["text", "html", "coded"]
Outcome = Literal["added", "version", "reading", "unchanged"]
ChangeKind = Literal["appeared", "went", "changed"]
JudgementKind = Literal["link", "split", "relabel", "undo"]


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One fetched version of one page, as it came in, before anything was read out of it."""

    article: str  # identity of the page: the id given, else its URL or path; the article id everywhere
    text: str  # exactly as it came in, for ever
    media: Media = "text"
    source: str | None = None  # where it came from: URL or path
    fetched: str | None = None  # ISO 8601; None is now
    given: dict[str, str] = {}  # what the caller knew and reading took over, such as published


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding did: a new page, a new version of a known page, a new reading of a known version, or nothing."""

    article: str
    outcome: Outcome
    version: int
    key: int  # the reading's number
    claims: int = 0
    changes: tuple[Change, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How one claim differs between two versions of a page. `what` is in words: "23 → 20"."""

    article: str
    version: int  # the version that brought the change
    kind: ChangeKind
    before: int | None = None  # claim keys
    after: int | None = None
    fields: tuple[str, ...] = ()  # which fields of the claim differ
    what: str
    seen: str = ""  # when the version was added, ISO 8601 UTC


class ReportRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of one version of one page. Claims coded by people have no text and an analysis without mentions."""

    key: int
    article: str
    version: int
    latest: bool  # of the versions of the page and the readings of the version
    media: Media
    source: str | None
    fetched: str
    added: str
    sha256: str
    extractor: str
    read: str  # when it was read, ISO 8601 UTC
    outlet: str | None
    headline: str | None
    published: str | None  # EDTF
    day: str | None  # first day of `published`, YYYY-MM-DD
    language: str
    given: dict[str, str]  # what the caller of `add` knew
    coded: CodedClaim | None  # of claims coded by people: the row of their table
    text: str  # what the spans of the analysis point into; "" for coded claims
    analysis: Analysis


class ClaimRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of one reading, with what is needed to link it: no index into other lists.

    `low`/`high` are in the unit written, None is an open end. `date_start`/`date_end` are the first and last day of
    what the claim is about (YYYY-MM-DD), None where unknown or open.
    """

    key: int
    id: str  # the claim id of the analysis, or the id of the coded row
    report: int  # key of the reading that holds it
    article: str
    version: int
    latest: bool
    coded: bool
    outlet: str | None
    headline: str | None
    published: str | None
    day: str | None
    start: int | None  # of the quantity; None for coded claims
    end: int | None
    text: str
    sentence_start: int | None
    sentence_end: int | None
    sentence: str  # the evidence, or the note of a coded claim
    in_headline: bool
    low: float | int | None
    high: float | int | None
    hedge: Hedge
    kind: Kind
    unit: str | None
    of: str | None  # the counted phrase as written
    counted: str | None
    event: str | None
    status: Status
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    source: str | None = None  # who says it, as written; None is the outlet's own voice
    speaker: str | None = None
    source_type: SourceType | None = None
    act: Act | None = None
    via: tuple[str, ...] = ()
    time: str | None = None  # EDTF of the claim's time expression
    date_start: str | None = None
    date_end: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None
    coded_report: str | None = None  # the column `report` of a coded claim: rows that share it are one report


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; every field given must hold. Names and words are matched whole, in any spelling of a letter.

    `words` are found in all their endings (সেনা finds সেনাদের); “a phrase” in quotes exactly as it stands; a trailing
    * finds all words that begin so. `low`/`high` match claims whose range may lie between them, in the unit written.
    """

    words: str | None = None
    person: str | None = None  # among actors, sources and speakers
    place: str | None = None
    source: str | None = None  # who says it, or through whom
    event: str | None = None
    counted: str | None = None
    unit: str | None = None
    kind: Kind | None = None
    status: Status | None = None
    low: float | None = None
    high: float | None = None
    since: str | None = None  # published on or after, YYYY-MM-DD
    until: str | None = None
    about_since: str | None = None  # the claim's own date, not before
    about_until: str | None = None
    outlet: str | None = None
    article: str | None = None
    claim: str | None = None  # its id
    coded: bool | None = None
    history: bool = False  # older versions and readings too
    limit: int | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that a search found, with the stretch of its text around the first word found."""

    key: int
    article: str
    version: int
    outlet: str | None
    headline: str | None
    published: str | None
    excerpt: str
    claims: int


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word: a and b count the same thing (link), do not (split), or a is called `label` (relabel).

    `a` and `b` are claim ids for link and split; for relabel, `a` is a claim, series or story id.
    """

    number: int
    kind: JudgementKind
    a: str | None
    b: str | None
    label: str | None
    who: str
    at: str  # ISO 8601 UTC
    why: str | None
    undoes: int | None  # number of the judgement that this one takes back
    stands: bool  # False when a later judgement that stands took it back
