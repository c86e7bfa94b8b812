"""The API for writing: read a text, keep it, judge."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from ...ledger import Added, Ledger, LedgerLocked
from ...reading.inputs import Failure, Report
from ...reconciliation.keeping import update
from ...service.adding import Candidate, pasted
from ...service.judging import judge
from ...service.ledger import add_report
from .. import responses as shapes
from ..filters import LedgerHere
from ..problems import Problem
from ..security import too_large
from ..texts import N_
from .api import _FAILURES, answer

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {**_FAILURES[422], "description": text}
    for status, text in (
        (403, "Reading only, or from another site"),
        (413, "Too large"),
        (415, "Not JSON"),
        (429, "Too many at once"),
    )
}
_PATIENCE = 10.0  # seconds that a request waits for others who link reports
router = APIRouter(prefix="/api/v1", responses={**_FAILURES, **_REFUSALS})


def keep(request: Request, ledger: Ledger, reports: list[Report]) -> list[Added | Failure]:
    """Keep reports and bring the series and stories up to date; where others keep that busy, a little later."""
    added = [add_report(ledger, report) for report in reports]
    busy: threading.Lock = request.app.state.reconciling
    if busy.acquire(timeout=_PATIENCE):
        try:
            update(ledger)
        except LedgerLocked:  # another process links, and will link these too
            pass
        finally:
            busy.release()
    return added


@contextmanager
def reconciling(request: Request) -> Iterator[None]:
    """One at a time, whoever asks; who waits too long is told to come again."""
    busy: threading.Lock = request.app.state.reconciling
    if not busy.acquire(timeout=_PATIENCE):
        raise LedgerLocked("others are linking")
    try:
        yield
    finally:
        busy.release()


@router.post("/readings", response_model=shapes.Reading)
def read_text(request: Request, given: shapes.TextGiven) -> Response:
    """Read a text without keeping it."""
    analysis = candidate_of(request, given).analysis
    return answer(request, shapes.Reading, {"analysis": msgspec.to_builtins(analysis)})


@router.post("/articles", response_model=shapes.AddedShape)
def add_text(request: Request, ledger: LedgerHere, given: shapes.TextGiven) -> Response:
    """Read a text and keep it. The same text again changes nothing."""
    report = candidate_of(request, given).report
    (added,) = keep(request, ledger, [report])
    if isinstance(added, Failure):
        raise Problem(422, N_("The ledger refuses this"), "{reason}", reason=added.reason)
    return answer(request, shapes.AddedShape, added)


@router.post("/judgements", response_model=shapes.JudgementShape)
def write_judgement(request: Request, ledger: LedgerHere, given: shapes.JudgementGiven) -> Response:
    """Decide: two claims count the same thing or not, something is called so, a judgement is taken back."""
    with reconciling(request):
        made = judge(ledger, **given.model_dump())
    return answer(request, shapes.JudgementShape, made)


def candidate_of(request: Request, given: shapes.TextGiven) -> Candidate:
    """A text given, read. Raises Problem where it is too long or its date is none."""
    most = request.app.state.settings.largest_text
    if len(given.text.encode("utf-8", "surrogatepass")) > most:
        raise too_large(most)
    try:
        return pasted(given.text, published=given.published, outlet=given.outlet, address=given.address)
    except ValueError:
        raise Problem(
            422, N_("Something in the request is not right"), N_("Look again at: {fields}."), fields="published"
        ) from None
