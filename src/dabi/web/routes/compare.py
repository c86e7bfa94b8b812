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
_Chosen = Annotated[int | None, Field(ge=1, le=1 << 40)]
_OFFERED = 40
_FIELDS = ("low", "high", "hedge", "unit", "counted", "event", "speaker", "source", "sentence", "id")


@router.get("/compare")
def show(request: Request, ledger: LedgerHere, a: _Chosen = None, b: _Chosen = None) -> Response:
    view = comparison(ledger, a, b) if a is not None and b is not None and a != b else None
    offered = {head.key: head for head in newest_heads(ledger, _OFFERED)}
    offered.update(heads(ledger, [key for key in (a, b) if key is not None]))
    return page(request, "compare.html", view=view, offered=list(offered.values()), a=a, b=b)


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
