"""Judging: link, split, relabel, undo; and the log."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Field
from starlette.responses import RedirectResponse, Response

from ...ledger import LedgerMissing, LedgerRefused
from ...service.beside import beside, claims_found, held_by
from ...service.judging import claims_by_id, judge
from ..filters import Cursor, LedgerHere, cursor, place
from ..pages import page
from ..problems import Problem
from ..security import form_of
from ..tables import table
from ..texts import N_
from . import api
from .api_writes import reconciling

router = APIRouter(include_in_schema=False)
_WHO = "dabi-who"
_SHOWN = 50
_COLUMNS = ("number", "kind", "a", "b", "label", "who", "at", "why", "undoes", "stands")
_BLANK = dict.fromkeys(("kind", "a", "b", "label", "why"), "")
_Id = Annotated[str | None, Field(max_length=600)]
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/judge")
def show(
    request: Request,
    ledger: LedgerHere,
    a: _Id = None,
    b: _Id = None,
    kind: Annotated[Literal["link", "split", ""], Field()] = "",
    words: Annotated[str, Field(max_length=500)] = "",
    cursor_: Cursor = None,
    done: int | None = None,
) -> Response:
    given = {"a": (a or "").strip(), "b": (b or "").strip(), "kind": kind}
    return _show(request, ledger, given, words, cursor_, done)


def _show(
    request: Request,
    ledger: LedgerHere,
    given: dict[str, str],
    words: str = "",
    cursor_: str | None = None,
    done: int | None = None,
    wrong: str = "",
) -> Response:
    skip = place(cursor_)
    everything = list(reversed(list(ledger.judgements)))
    log = everything[skip : skip + _SHOWN]
    claims = claims_by_id(ledger, [one for j in log for one in (j.a, j.b) if one])
    named = [one for one in (given.get("a"), given.get("b")) if one]
    chosen = claims_by_id(ledger, named)
    one = chosen.get(given.get("a", ""))
    other = chosen.get(given.get("b", "")) if given.get("b") != given.get("a") else None
    missing = [id for id in dict.fromkeys(named) if id not in chosen]
    return page(
        request,
        "judge.html",
        status=422 if wrong else 404 if missing else 200,
        given={**_BLANK, "who": unquote(request.cookies.get(_WHO, "")), **given},
        one=one,
        other=other,
        missing=missing,
        twice=one is not None and given.get("b") == one.id,
        beside=beside(ledger, one) if one is not None else None,
        held=held_by(ledger, other) if other is not None else None,
        words=words,
        found=[claim for claim in claims_found(ledger, words) if claim not in (one, other)],
        log=log,
        claims=claims,
        numbers={j.number: j for j in everything},
        next=cursor(skip + _SHOWN) if len(everything) > skip + _SHOWN else None,
        done=done,
        wrong=wrong,
    )


@router.post("/judge")
def write(request: Request, ledger: LedgerHere, given: Form) -> Response:
    fields = {name: given.get(name, "").strip() for name in ("kind", "who", "a", "b", "label", "undoes", "why")}
    kind = fields["kind"]
    if kind not in ("link", "split", "relabel", "undo"):
        raise Problem(422, N_("Something in the request is not right"), N_("Look again at: {fields}."), fields="kind")
    if not fields["who"]:
        return _show(request, ledger, given, wrong=N_("Say who you are: a judgement carries its maker's name."))
    if any(len(value) > 2000 for value in fields.values()):
        raise Problem(413, N_("Too much at once"))
    number = fields["undoes"]
    try:
        with reconciling(request):
            made = judge(
                ledger,
                kind,  # type: ignore[arg-type]
                who=fields["who"],
                a=fields["a"] or None,
                b=fields["b"] or None,
                label=fields["label"] or None,
                undoes=int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None,
                why=fields["why"] or None,
            )
    except LedgerMissing:
        return _show(request, ledger, given, wrong=N_("The ledger holds no claim or judgement of that name."))
    except LedgerRefused:
        return _show(request, ledger, given, wrong=N_("This can't be judged: something is missing or already undone."))
    response = RedirectResponse(f"/judge?done={made.number}#j{made.number}", status_code=303)
    response.set_cookie(_WHO, quote(fields["who"][:100]), httponly=True, samesite="lax", max_age=365 * 86400)
    return response


@router.get("/judge.csv")
def as_table(request: Request, ledger: LedgerHere) -> Response:
    rows = [tuple(getattr(j, column) for column in _COLUMNS) for j in ledger.judgements]
    return table(request, "judgements", _COLUMNS, rows)


router.add_api_route("/judge.json", api.list_judgements)
