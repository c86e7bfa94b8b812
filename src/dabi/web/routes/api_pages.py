"""The API for pages of the web: fetch one, read it, keep it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from ...reading.inputs import Failure, Report
from ...service.reading import read_report
from .. import responses as shapes
from ..fetching import NotFetched, fetch
from ..filters import LedgerHere
from ..problems import Problem
from ..texts import N_
from .api import _FAILURES, answer
from .api_writes import _REFUSALS, keep

router = APIRouter(prefix="/api/v1/pages", responses={**_FAILURES, **_REFUSALS})


class PageGiven(BaseModel):
    """A page that the server is to fetch."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, Field(min_length=1, max_length=2000, description="Its http or https URL")]


@router.post("/readings", response_model=shapes.Reading)
def read_page(request: Request, given: PageGiven) -> Response:
    """Fetch a page and read it without keeping it."""
    analysis = read_report(_fetched(request, given))
    return answer(request, shapes.Reading, {"analysis": msgspec.to_builtins(analysis)})


@router.post("", response_model=shapes.AddedShape)
def add_page(request: Request, ledger: LedgerHere, given: PageGiven) -> Response:
    """Fetch a page and keep it. A page whose article reads as before changes nothing."""
    (added,) = keep(request, ledger, [_fetched(request, given)])
    if isinstance(added, Failure):
        raise Problem(422, N_("The ledger refuses this"), "{reason}", reason=added.reason)
    return answer(request, shapes.AddedShape, added)


def _fetched(request: Request, given: PageGiven) -> Report:
    title = N_("The page can't be fetched")
    try:
        report = fetch(request, given.address)
    except NotFetched as failed:
        raise Problem(422, title, failed.words) from None
    if isinstance(report, Failure):
        raise Problem(422, N_("The page can't be read"), "{reason}", reason=report.reason)
    return report
