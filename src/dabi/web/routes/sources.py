"""Sources: who says most; and of one, what they say and what is said against it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from ...ledger import LedgerMissing
from ...ledger.voices import all_claims_by, voices_around
from ...ledger.voices import voices as counted
from ...service.drifted import DAYS
from ...service.nearest_names import nearest_names
from ...service.sources import around, said_by, source_called
from ..filters import (
    Cursor,
    DriftingHere,
    LedgerHere,
    Limit,
    Since,
    VoicesHere,
    asked,
    cursor,
    first_day,
    place,
    position,
)
from ..pages import page
from ..tables import claims_csv, table
from . import api

router = APIRouter(include_in_schema=False)
_NEAR = 8
_COLUMNS = ("name", "type", "claims", "articles", "last_day")


@router.get("/sources")
def list_all(
    request: Request,
    voices: VoicesHere,
    drifting: DriftingHere,
    since: Since = None,
    name: str | None = None,
    limit: Limit = 60,
    cursor_: Cursor = None,
) -> Response:
    if name and name.strip():
        return RedirectResponse(f"/sources/{quote(name.strip(), safe='')}", status_code=303)
    skip = place(cursor_)
    found = voices.page(since=first_day(since), after=skip, limit=limit + 1)
    following = cursor(skip + limit) if len(found) > limit else None
    return page(
        request,
        "sources.html",
        voices=found[:limit],
        drifted=drifting.outlets() if cursor_ is None else (),
        days=DAYS,
        unresolved=voices.unresolved(since=first_day(since)),
        next=following,
        asked=asked(request),
        since=since,
    )


@router.get("/sources.csv")
def list_table(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    found = counted(ledger, since=first_day(since)).listed
    return table(request, "sources", _COLUMNS, (tuple(getattr(v, c) for c in _COLUMNS) for v in found))


router.add_api_route("/sources.json", api.list_sources)


@router.get("/sources/{source:path}.csv")
def as_table(request: Request, ledger: LedgerHere, source: api.Id) -> Response:
    voice = source_called(ledger, source).voice
    return claims_csv(request, "source", ledger, all_claims_by(ledger, voice))


router.add_api_route("/sources/{source:path}.json", api.read_source)


@router.get("/sources/{source:path}")
def show(
    request: Request,
    ledger: LedgerHere,
    voices: VoicesHere,
    source: api.Id,
    limit: Limit = 30,
    cursor_: Cursor = None,
) -> Response:
    try:
        found = source_called(ledger, source)
    except LedgerMissing:
        return _missing(request, ledger, voices, source)
    said, following = said_by(ledger, found, after=position(cursor_), limit=limit)
    return page(
        request,
        "source.html",
        source=found,
        said=said,
        around=around(ledger, found) if cursor_ is None else [],
        next=cursor(following),
        asked=asked(request),
    )


def _missing(request: Request, ledger: LedgerHere, voices: VoicesHere, name: str) -> Response:
    """Nobody has just this name: those in whose names it stands, and the likest ones."""
    _, others = voices_around(ledger, name)
    near = {voice.name: voice for voice in (*others[:_NEAR], *nearest_names(name, voices.most(), most=_NEAR))}
    return page(request, "source_missing.html", status=404, name=name, near=list(near.values()))
