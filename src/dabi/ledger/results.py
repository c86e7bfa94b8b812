"""The results of reconciliation, as the ledger keeps them: derived, rebuilt at will, never statements.

Claims and readings are named by their keys (`ClaimRecord.key`, `ReportRecord.key`). `detail` and `features` are
whatever JSON the method wants to explain itself with.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of one running event."""

    id: str
    title: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    reports: tuple[int, ...] = ()
    detail: dict[str, Any] = {}


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    """A report that repeats another's words."""

    report: int
    of: int
    similarity: float
    detail: dict[str, Any] = {}


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that count the same thing, event, place and scope."""

    id: str
    story: str | None = None
    label: str | None = None
    event: str | None = None
    counted: str | None = None
    place: str | None = None
    unit: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    claims: tuple[int, ...] = ()
    detail: dict[str, Any] = {}


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Why two claims were put together: a log-odds-like weight and the features that make it up."""

    a: int
    b: int
    weight: float
    features: dict[str, float] = {}


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How claim b stands to claim a of its series: agrees, refines, moved, conflicts, echo."""

    series: str
    a: int
    b: int
    relation: str
    detail: dict[str, Any] = {}


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A stated total and its stated parts."""

    whole: int
    parts: tuple[int, ...]
    adds_up: bool
    report: int
    detail: dict[str, Any] = {}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not fit inside one report, or between reports: kind, the claims it is about, in words."""

    report: int
    kind: str
    claims: tuple[int, ...] = ()
    what: str = ""
    detail: dict[str, Any] = {}


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A place in a list of stories or series, the newest first: the last day (empty when unknown) and the id."""

    day: str
    id: str


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A key under which a claim or a report may be found by others that could belong to it.

    `key` is any short text that the method makes ("w:কুর্স্ক", "e:death|2024-11"); `day` narrows the search.
    """

    key: str
    report: int
    claim: int | None = None
    day: str | None = None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """A batch of results that replaces what it names: see `ResultStore.save`."""

    stories: tuple[Story, ...] = ()
    echoes: tuple[Echo, ...] = ()
    series: tuple[Series, ...] = ()
    links: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()
    sums: tuple[Sum, ...] = ()
    findings: tuple[Finding, ...] = ()
    blocks: tuple[Block, ...] = ()
