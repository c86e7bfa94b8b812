"""The filters that pages and API share, and cursors: where the next page of a list begins."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Depends, Request
from fastapi import Query as Field

from ..ledger import Ledger, Query
from ..ledger.dates import days
from ..ledger.results import Place
from ..ledger.rows import plain
from ..ledger.search import Position
from ..model import Kind, Status
from ..service.drifted import Drifting
from ..service.sources import Voices
from .problems import Problem
from .texts import N_

T = TypeVar("T")
MOST = 500
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_Date = Annotated[
    str | None, Field(pattern=_DATE, description="A day, month or year: 2025-08-12, 2025-08, 2025.", max_length=10)
]
_Name = Annotated[str | None, Field(max_length=300)]


def ledger_of(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledger
    return ledger


LedgerHere = Annotated[Ledger, Depends(ledger_of)]


def voices_of(request: Request) -> Voices:
    voices: Voices = request.app.state.voices
    return voices


VoicesHere = Annotated[Voices, Depends(voices_of)]


def drifting_of(request: Request) -> Drifting:
    drifting: Drifting = request.app.state.drifting
    return drifting


DriftingHere = Annotated[Drifting, Depends(drifting_of)]


def claim_query(
    words: Annotated[
        str | None,
        Field(
            max_length=500, description="Words in any ending, a “phrase” in quotes, or beginn* for words that begin so."
        ),
    ] = None,
    person: _Name = None,
    place: _Name = None,
    source: _Name = None,
    event: _Name = None,
    counted: _Name = None,
    unit: _Name = None,
    kind: Kind | None = None,
    status: Status | None = None,
    low: Annotated[float | None, Field(alias="min", allow_inf_nan=False, description="May be this or more.")] = None,
    high: Annotated[float | None, Field(alias="max", allow_inf_nan=False, description="May be this or less.")] = None,
    since: Annotated[_Date, Field(description="Published then or later.")] = None,
    until: Annotated[_Date, Field(description="Published then or earlier.")] = None,
    about: Annotated[_Date, Field(description="What the claim is about overlaps this.")] = None,
    outlet: _Name = None,
    coded: Annotated[bool | None, Field(description="Only claims that people coded, or none of them.")] = None,
    history: Annotated[bool, Field(description="Older versions and readings too.")] = False,
) -> Query:
    """The query that a request's fields make."""
    about_since, about_until = days(_date(about, "about"))
    return Query(
        words=words,
        person=person,
        place=place,
        source=source,
        event=event,
        counted=counted,
        unit=unit,
        kind=kind,
        status=status,
        low=low,
        high=high,
        since=first_day(since),
        until=days(_date(until, "until"))[1],
        about_since=about_since,
        about_until=about_until,
        outlet=outlet,
        coded=coded,
        history=history,
    )


Filters = Annotated[Query, Depends(claim_query)]
Since = Annotated[_Date, Field(description="What happened then or later.")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="At most so many.")]
Order = Annotated[
    Literal["relevance", "newest"],
    Field(description="What comes first: what fits the words best, or the newest. Without words always the newest."),
]
Cursor = Annotated[str | None, Field(alias="cursor", max_length=400, description="`next` of the page before.")]


def _date(given: str | None, field: str) -> str | None:
    if given is not None and days(given) == (None, None):
        raise Problem(422, N_("Something in the request is not right"), N_("Look again at: {fields}."), fields=field)
    return given


def first_day(given: str | None, field: str = "since") -> str | None:
    return days(_date(given, field))[0]


def asked(request: Request) -> dict[str, str]:
    """The fields of a page's query that are filled in, without where in the list it is."""
    return {name: value for name, value in request.query_params.items() if value and name != "cursor"}


def cursor(value: Any) -> str | None:
    """Where a list goes on, as an opaque text."""
    if value is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode(value)).decode().rstrip("=")


def position(given: str | None) -> Position | None:
    """Back from the text. Raises Problem for what is no cursor."""
    found: Position | None = _from_cursor(given, Position)
    return found


def listed(given: str | None) -> Place | None:
    """Back from the text, where it is a place in a list of stories or series."""
    found: Place | None = _from_cursor(given, Place)
    return found


def place(given: str | None) -> int:
    """Back from the text, where it is a place in a list."""
    found = _from_cursor(given, Annotated[int, msgspec.Meta(ge=0, le=(1 << 63) - 1)])
    return 0 if found is None else int(found)


def part_after(
    items: Sequence[T], key_of: Callable[[T], int], after: int, limit: int
) -> tuple[Sequence[T], int | None]:
    """The next `limit` of a list that is there as a whole, behind the item with this key (0: from the beginning); and
    the key of the last, if more follow."""
    start = next((place + 1 for place, item in enumerate(items) if key_of(item) == after), 0) if after else 0
    part = items[start : start + limit]
    return part, key_of(part[-1]) if part and start + limit < len(items) else None


def _answerable(found: Any) -> bool:
    """Whether a place can be asked for: not beyond the database's numbers, nor in characters that no text has."""
    if isinstance(found, Position):
        return max(abs(found.reading), abs(found.claim)) < 1 << 63 and plain(found.day) == found.day
    return not isinstance(found, Place) or plain(found.day + found.id) == found.day + found.id


def _from_cursor(given: str | None, kind: Any) -> Any:
    if not given:
        return None
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)), type=kind)
    except (ValueError, msgspec.MsgspecError):
        found = None
    if found is None or not _answerable(found):
        raise Problem(422, N_("Something in the request is not right"), N_("Look again at: {fields}."), fields="cursor")
    return found
