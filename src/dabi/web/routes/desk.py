"""The desk: where the day begins. And the list of all stories."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...service.desk import desk
from ...service.stories import all_stories, stories
from ..filters import Cursor, LedgerHere, Limit, Since, asked, cursor, first_day, listed
from ..pages import page
from ..tables import table
from . import api

router = APIRouter(include_in_schema=False)
_COLUMNS = ("id", "title", "first_day", "last_day", "reports", "origins", "outlets", "series")


@router.get("/")
def show(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    view = desk(ledger, since=first_day(since))
    return page(request, "desk.html", view=view, chosen=since, asked=asked(request))


@router.get("/desk.csv")
def desk_table(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    view = desk(ledger, since=first_day(since))
    rows = [
        (kind, made.series, made.label, *(getattr(claim, f) for claim in (made.before, made.after) for f in _FIELDS))
        for kind, movements in (("moved", view.moved), ("conflicts", view.conflicts))
        for made in movements
    ]
    head = [f"{f}_{side}" for side in ("before", "after") for f in _FIELDS]
    return table(request, "desk", ["kind", "series", "label", *head], rows)


_FIELDS = ("low", "high", "hedge", "unit", "outlet", "published", "speaker", "source", "sentence", "id")


@router.get("/stories")
def list_all(
    request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 40, cursor_: Cursor = None
) -> Response:
    found, following = stories(ledger, since=first_day(since), after=listed(cursor_), limit=limit)
    return page(request, "stories.html", stories=found, next=cursor(following), asked=asked(request), since=since)


@router.get("/stories.csv")
def stories_table(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    found = all_stories(ledger, since=first_day(since))
    rows = (tuple(getattr(line, column) for column in _COLUMNS) for line in found)
    return table(request, "stories", _COLUMNS, rows)


router.add_api_route("/desk.json", api.read_desk)
router.add_api_route("/stories.json", api.list_stories)
