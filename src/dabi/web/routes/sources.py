"""Sources: who says most; and of one, what they say and what is said against it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from ...ledger import LedgerMissing, Query
from ...ledger.overview import claims_page
from ...service.drifted import DAYS
from ...service.sources import said_by
from ..filters import (
    MOST,
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
        next=following,
        asked=asked(request),
        since=since,
    )


@router.get("/sources.csv")
def list_table(request: Request, voices: VoicesHere, since: Since = None, limit: Limit = 500) -> Response:
    found = voices.page(since=first_day(since), after=0, limit=limit)
    return table(request, "sources", _COLUMNS, [tuple(getattr(v, c) for c in _COLUMNS) for v in found])


router.add_api_route("/sources.json", api.list_sources)


@router.get("/sources/{source:path}.csv")
def as_table(request: Request, ledger: LedgerHere, source: api.Id) -> Response:
    claims, _ = claims_page(ledger, Query(source=source), after=None, limit=MOST)
    return claims_csv(request, "source", ledger, claims)


router.add_api_route("/sources/{source:path}.json", api.read_source)


@router.get("/sources/{source:path}")
def show(request: Request, ledger: LedgerHere, source: api.Id, limit: Limit = 30, cursor_: Cursor = None) -> Response:
    said, following = said_by(ledger, source, after=position(cursor_), limit=limit)
    if not said and cursor_ is None:
        raise LedgerMissing(f"nobody of the name {source}")
    return page(request, "source.html", name=source, said=said, next=cursor(following), asked=asked(request))
