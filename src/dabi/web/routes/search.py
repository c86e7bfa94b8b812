"""Search: claims or articles, with facets."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...ledger import ClaimRecord, Hit, Query
from ...ledger.overview import claims_page, facets, hits_page
from ..filters import MOST, Cursor, Filters, LedgerHere, Limit, Order, asked, cursor, position
from ..pages import page
from ..tables import claims_csv
from . import api

router = APIRouter(include_in_schema=False)
_NOTHING = Query()


@router.get("/search")
def show(
    request: Request,
    ledger: LedgerHere,
    query: Filters,
    show: Annotated[Literal["claims", "articles"], Field()] = "claims",
    order: Order = "relevance",
    limit: Limit = 30,
    cursor_: Cursor = None,
) -> Response:
    here, newest_first = position(cursor_), order == "newest"
    claims: list[ClaimRecord] = []
    hits: list[Hit] = []
    if show == "claims":
        claims, following = claims_page(ledger, query, after=here, limit=limit, newest_first=newest_first)
    else:
        hits, following = hits_page(ledger, query, after=here, limit=limit, newest_first=newest_first)
    counted, cut = facets(ledger, query)
    return page(
        request,
        "search.html",
        query_=query,
        narrowed=query != _NOTHING,
        advanced=msgspec.structs.replace(query, words=None) != _NOTHING,
        show=show,
        order=order,
        claims=claims,
        hits=hits,
        facets=counted,
        cut=cut,
        next=cursor(following),
        asked=asked(request),
    )


@router.get("/search.csv")
def as_table(
    request: Request, ledger: LedgerHere, query: Filters, order: Order = "relevance", limit: Limit = MOST
) -> Response:
    claims, _ = claims_page(ledger, query, after=None, limit=limit, newest_first=order == "newest")
    return claims_csv(request, "claims", ledger, claims)


router.add_api_route("/search.json", api.list_claims)
