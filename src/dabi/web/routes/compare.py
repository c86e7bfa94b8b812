"""Two articles side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...ledger.overview import heads, newest_heads
from ...service.comparing import comparison
from ..filters import LedgerHere
from ..pages import page
from ..tables import table
from . import api

router = APIRouter(include_in_schema=False)
_Asked = Annotated[str | None, Field(max_length=100)]
_LARGEST = 1 << 40
_OFFERED = 40
_FIELDS = ("low", "high", "hedge", "unit", "counted", "event", "speaker", "source", "sentence", "id")


@router.get("/compare")
def show(request: Request, ledger: LedgerHere, a: _Asked = None, b: _Asked = None) -> Response:
    asked = [one.strip() for one in (a, b) if one and one.strip()]
    numbers = {one: int(one) for one in asked if one.isdecimal() and 0 < int(one) <= _LARGEST}
    known = heads(ledger, numbers.values())
    offered = {head.key: head for head in newest_heads(ledger, _OFFERED)} | known
    one, other = (key if (key := numbers.get((given or "").strip())) in known else None for given in (a, b))
    strange = [given for given in asked if given not in numbers]
    missing = [key for key in dict.fromkeys(numbers.values()) if key not in known]
    return page(
        request,
        "compare.html",
        status=422 if strange else 404 if missing else 200,
        view=comparison(ledger, one, other) if one is not None and other is not None and one != other else None,
        offered=list(offered.values()),
        a=one,
        b=other,
        strange=strange,
        missing=missing,
    )


@router.get("/compare.csv")
def as_table(request: Request, ledger: LedgerHere, a: api.KeyAsked, b: api.KeyAsked) -> Response:
    rows = [
        (
            row.standing,
            row.relation,
            row.slip,
            *(getattr(claim, f) if claim is not None else None for claim in (row.a, row.b) for f in _FIELDS),
        )
        for row in comparison(ledger, a, b).rows
    ]
    head = [f"{side}_{f}" for side in ("a", "b") for f in _FIELDS]
    return table(request, "compare", ["standing", "relation", "slip", *head], rows)


router.add_api_route("/compare.json", api.read_comparison)
