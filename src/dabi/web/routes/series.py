"""A series: its figures over time, and the list of all series."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...service.series import series_lines, series_view
from ..filters import Cursor, LedgerHere, Limit, Since, asked, cursor, first_day, place
from ..pages import page
from ..tables import claims_csv, table
from . import api

router = APIRouter(include_in_schema=False)
_COLUMNS = ("id", "label", "event", "counted", "place", "unit", "first_day", "last_day", "origins")


@router.get("/series")
def list_all(
    request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 40, cursor_: Cursor = None
) -> Response:
    skip = place(cursor_)
    held = ledger.results.series(since=first_day(since), limit=skip + limit + 1)[skip:]
    following = cursor(skip + limit) if len(held) > limit else None
    lines = series_lines(ledger, held[:limit])
    return page(request, "series_list.html", series=lines, next=following, asked=asked(request), since=since)


@router.get("/series.csv")
def list_table(request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 500) -> Response:
    lines = series_lines(ledger, ledger.results.series(since=first_day(since), limit=limit))
    rows = [tuple(getattr(line, column) for column in _COLUMNS) for line in lines]
    return table(request, "series", _COLUMNS, rows)


router.add_api_route("/series.json", api.list_series)


@router.get("/series/{series:path}.csv")
def as_table(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    view = series_view(ledger, series)
    return claims_csv(
        request,
        "series",
        [figure.claim for figure in view.figures],
        relation=[figure.relation for figure in view.figures],
    )


router.add_api_route("/series/{series:path}.json", api.read_series)


@router.get("/series/{series:path}")
def show(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    view = series_view(ledger, series)
    by_key = {figure.claim.key: figure.claim for figure in view.figures}
    return page(request, "series.html", view=view, by_key=by_key, sources=sources_of(view))


def sources_of(view: object) -> list[str]:
    """Placeholder until the chart's legend stands."""
    return []
