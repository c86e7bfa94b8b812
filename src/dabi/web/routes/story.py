"""A story: its reports on a time line, echoes folded, and its series."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...service.findings import claims_of
from ...service.stories import story_view
from ..filters import Cursor, LedgerHere, Limit, asked, cursor, part_after, place
from ..pages import page
from ..reader import reader_of
from ..tables import claims_csv
from . import api, api_exports

router = APIRouter(include_in_schema=False)


@router.get("/stories/{story}.csv")
def as_table(request: Request, ledger: LedgerHere, story: api.Id) -> Response:
    """The claims of all its reports."""
    view = story_view(ledger, story)
    readings = [head.key for told in view.told for head in (told.report, *told.echoes)]
    return claims_csv(request, f"story-{story}", ledger, ledger.claims(reports=readings))


router.add_api_route("/stories/{story}.json", api.read_story)


@router.get("/stories/{story}.html")
def dossier(request: Request, ledger: LedgerHere, story: api.Id) -> Response:
    return api_exports.dossier(request, ledger, story, reader_of(request).language)


@router.get("/stories/{story}")
def show(request: Request, ledger: LedgerHere, story: api.Id, limit: Limit = 60, cursor_: Cursor = None) -> Response:
    view = story_view(ledger, story)
    told, following = part_after(view.told, lambda one: one.report.key, place(cursor_), limit)
    return page(
        request,
        "story.html",
        view=view,
        days=[(day, list(of_day)) for day, of_day in groupby(told, key=lambda one: one.report.day)],
        claims=claims_of(ledger, view.findings),
        next=cursor(following),
        begun=cursor_ is None,
        asked=asked(request),
    )
