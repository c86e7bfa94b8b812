"""A story: its reports on a time line, echoes folded, and its series."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...service.stories import story_view
from ..filters import LedgerHere
from ..pages import page
from ..tables import claims_csv
from . import api

router = APIRouter(include_in_schema=False)


@router.get("/stories/{story}.csv")
def as_table(request: Request, ledger: LedgerHere, story: api.Id) -> Response:
    """The claims of all its reports."""
    view = story_view(ledger, story)
    readings = [head.key for told in view.told for head in (told.report, *told.echoes)]
    return claims_csv(request, f"story-{story}", ledger.claims(reports=readings))


router.add_api_route("/stories/{story}.json", api.read_story)


@router.get("/stories/{story}")
def show(request: Request, ledger: LedgerHere, story: api.Id) -> Response:
    view = story_view(ledger, story)
    days = [(day, list(told)) for day, told in groupby(view.told, key=lambda told: told.report.day)]
    return page(request, "story.html", view=view, days=days)
