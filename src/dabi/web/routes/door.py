"""Coming in with an access token, going out, and the reader's choices."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ...ledger import LedgerError
from ..filters import LedgerHere
from ..pages import keep_visit, page
from ..rate import Rate
from ..reader import COOKIE, parse
from ..security import VISIT, Visits, client_of, role_of_token, too_many
from ..texts import N_

log = logging.getLogger("dabi.web")
router = APIRouter(include_in_schema=False)


async def fields(request: Request) -> dict[str, Any]:
    """The fields of a form that changes nothing in the ledger: the guard has checked its origin."""
    form = await request.form(max_files=0, max_fields=20)
    return {name: value for name, value in form.items() if isinstance(value, str)}


Fields = Annotated[dict[str, Any], Depends(fields)]


def inside(address: str) -> str:
    """An address on this server to go back to; the desk for any other."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if safe and address.isprintable() else "/"


@router.get("/enter")
def ask(request: Request, next: str = "/") -> Response:
    return page(request, "enter.html", next=inside(next), wrong=False)


@router.post("/enter")
def enter(request: Request, given: Fields) -> Response:
    wrong_tokens: Rate = request.app.state.wrong_tokens
    client = client_of(request)
    wait = wrong_tokens.take(client)  # before the token is looked at: of many tried at once none slips through
    if wait:
        raise too_many(wait, N_("Too many wrong tokens"))
    role = role_of_token(request.app.state.settings, given.get("access", "").strip())
    target = inside(given.get("next", "/"))
    if role is None:
        return page(request, "enter.html", status=403, next=target, wrong=True)
    wrong_tokens.give_back(client)
    visits: Visits = request.app.state.visits
    response = RedirectResponse(target, status_code=303)
    keep_visit(request, response, visits.open(role))
    return response


@router.post("/leave")
def leave(request: Request) -> Response:
    response = RedirectResponse("/enter", status_code=303)
    response.delete_cookie(VISIT)
    return response


@router.post("/reader")
def choose(request: Request, given: Fields) -> Response:
    response = RedirectResponse(inside(given.get("back", "/")), status_code=303)
    chosen = parse(f"{given.get('language', '')}.{given.get('digits', '')}.{given.get('grouping', '')}")
    if chosen is not None:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, chosen.cookie, max_age=365 * 86400, samesite="lax", httponly=True, secure=secure)
    return response


@router.get("/healthz")
def health(ledger: LedgerHere) -> Response:
    """For monitoring: the desk is up and its ledger answers; else the status is 503."""
    unkept = {"Cache-Control": "no-store"}
    try:
        ledger.ping()
    except LedgerError as error:
        log.error("%s", error)
        return PlainTextResponse("the ledger does not answer", 503, headers=unkept)
    return PlainTextResponse("ok", headers=unkept)
