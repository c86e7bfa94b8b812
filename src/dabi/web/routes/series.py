"""A series: its figures over time, and the list of all series."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from ...export.claim_words import leading
from ...service.beside import beside_series
from ...service.series import Figure, all_series, newest_series, series_view
from ..drawn import NARROW, WIDE, chart
from ..filters import Cursor, LedgerHere, Limit, Since, asked, cursor, first_day, listed, part_after, place
from ..pages import page
from ..reader import reader_of
from ..tables import claims_csv, table
from . import api, api_exports

router = APIRouter(include_in_schema=False)
_COLUMNS = ("id", "label", "event", "counted", "place", "unit", "first_day", "last_day", "origins")


@router.get("/series")
def list_all(
    request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 40, cursor_: Cursor = None
) -> Response:
    lines, following = newest_series(ledger, since=first_day(since), after=listed(cursor_), limit=limit)
    return page(request, "series_list.html", series=lines, next=cursor(following), asked=asked(request), since=since)


@router.get("/series.csv")
def list_table(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    lines = all_series(ledger, since=first_day(since))
    rows = (tuple(getattr(line, column) for column in _COLUMNS) for line in lines)
    return table(request, "series", _COLUMNS, rows)


router.add_api_route("/series.json", api.list_series)


@router.get("/series/{series:path}.csv")
def as_table(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    view = series_view(ledger, series)
    return claims_csv(request, "series", ledger, [figure.claim for figure in view.figures])


@router.get("/series/{series:path}.svg")
def as_chart(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    return api_exports.chart(request, ledger, series, "svg", reader_of(request).language)


@router.get("/series/{series:path}.vl.json")
def as_specification(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    """The Vega-Lite specification."""
    return api_exports.chart(request, ledger, series, "vl", reader_of(request).language)


@router.get("/series/{series:path}.meta.json")
def as_metadata(request: Request, ledger: LedgerHere, series: api.Id) -> Response:
    """Method and sources of the chart."""
    return api_exports.chart(request, ledger, series, "meta", reader_of(request).language)


router.add_api_route("/series/{series:path}.json", api.read_series)


@router.get("/series/{series:path}")
def show(request: Request, ledger: LedgerHere, series: api.Id, limit: Limit = 100, cursor_: Cursor = None) -> Response:
    view = series_view(ledger, series)
    if view.line.id != series:
        return RedirectResponse(f"/series/{quote(view.line.id, safe='')}", status_code=303)
    reader = reader_of(request)
    by_key = {figure.claim.key: figure.claim for figure in view.figures}
    shown, following = part_after(view.figures, lambda one: one.claim.key, place(cursor_), limit)
    folded = _folded(shown)
    open_ones = {figure.claim.key for figure, _ in folded}
    against = {}
    for figure in shown:
        # Of several that say the same, the last is linked: one that is not folded away, if there is any.
        keys = sorted((key for key in figure.against if key in by_key), key=lambda key: key in open_ones)
        against[figure.claim.key] = list({reader.amount(by_key[key]): key for key in keys}.items())
    return page(
        request,
        "series.html",
        view=view,
        figures=folded,
        shown={figure.claim.key for figure in shown},
        claims=by_key,
        against=against,
        others=beside_series(ledger, view.line),
        next=cursor(following),
        begun=cursor_ is None,
        asked=asked(request),
        charts=[(name, chart(view, reader, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))],
    )


def _folded(figures: Sequence[Figure]) -> list[tuple[Figure, list[Figure]]]:
    """Figures, each with those right behind it that only repeat it."""
    runs: list[list[Figure]] = []
    for figure in figures:
        if figure.relation == "echo" and runs:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return [_led(run) for run in runs]


def _led(run: list[Figure]) -> tuple[Figure, list[Figure]]:
    """A figure and its repetitions; it stands to the figure before as the first of them does."""
    first = run[0]
    led = leading([figure.claim for figure in run if figure.claim.report == first.claim.report])
    leader = next(figure for figure in run if figure.claim is led)
    shown = msgspec.structs.replace(leader, relation=first.relation, to=first.to)
    return shown, [figure for figure in run if figure is not leader]
