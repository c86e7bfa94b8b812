"""The desk: where the day begins. And the list of all stories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...ledger import ClaimRecord
from ...service.desk import DeskView, desk
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
    """All that the desk shows: figures that moved or conflict, running stories with the newest figure of their leading
    series, and figures that were silently corrected."""
    view = desk(ledger, since=first_day(since))
    head = [f"{f}_{side}" for side in ("before", "after") for f in _FIELDS]
    return table(request, "desk", ["kind", "series", "label", *head, *_OF_STORY, *_OF_CORRECTION], _desk_rows(view))


_FIELDS = ("low", "high", "hedge", "unit", "outlet", "published", "speaker", "source", "sentence", "id")
_OF_STORY = ("story", "first_day", "last_day", "reports", "origins", "outlets")
_OF_CORRECTION = ("article", "version", "seen")


def _desk_rows(view: DeskView) -> Iterator[tuple[Any, ...]]:
    no_story, no_correction = (None,) * len(_OF_STORY), (None,) * len(_OF_CORRECTION)
    for kind, movements in (("moved", view.moved), ("conflicts", view.conflicts)):
        for made in movements:
            figures = _figures(made.before, made.after)
            yield (kind, made.series, made.label, *figures, *no_story, *no_correction)
    for line in view.stories:
        leading = line.leading
        figures = _figures(None, leading.newest if leading is not None else None)
        own = (line.id, *(getattr(line, name) for name in _OF_STORY[1:]))
        yield ("story", leading.id if leading is not None else None, line.title, *figures, *own, *no_correction)
    for one in view.corrected:
        own = tuple(getattr(one.change, name) for name in _OF_CORRECTION)
        yield ("corrected", None, one.change.what, *_figures(one.before, one.after), *no_story, *own)


def _figures(*claims: ClaimRecord | None) -> tuple[Any, ...]:
    return tuple(getattr(claim, name) if claim is not None else None for claim in claims for name in _FIELDS)


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
