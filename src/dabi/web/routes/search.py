"""Search: claims or articles, with facets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...ledger import ClaimRecord, Hit, Query
from ...ledger.overview import ArticleFacet, Facet, article_facets, claims_found, claims_page, facets, hits_page
from ..filters import Cursor, Filters, LedgerHere, Limit, Order, asked, cursor, position
from ..pages import page
from ..tables import claims_csv, table
from . import api

router = APIRouter(include_in_schema=False)
_NOTHING = Query()
Show = Annotated[Literal["claims", "articles"], Field(description="What is listed.")]


@router.get("/search")
def show(
    request: Request,
    ledger: LedgerHere,
    query: Filters,
    show: Show = "claims",
    order: Order = "relevance",
    limit: Limit = 30,
    cursor_: Cursor = None,
) -> Response:
    here, newest_first = position(cursor_), order == "newest"
    claims: list[ClaimRecord] = []
    hits: list[Hit] = []
    counted: Sequence[Facet | ArticleFacet]
    if show == "claims":
        claims, following = claims_page(ledger, query, after=here, limit=limit, newest_first=newest_first)
        counted, cut = facets(ledger, query)
    else:
        hits, following = hits_page(ledger, query, after=here, limit=limit, newest_first=newest_first)
        counted, cut = article_facets(ledger, query)
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
    request: Request, ledger: LedgerHere, query: Filters, show: Show = "claims", order: Order = "relevance"
) -> Response:
    newest_first = order == "newest"
    if show == "claims":
        return claims_csv(request, "claims", ledger, claims_found(ledger, query, newest_first=newest_first))
    hits = ledger.search(query, newest_first=newest_first)
    return table(request, "articles", Hit.__struct_fields__, map(msgspec.structs.astuple, hits))


@router.get("/search.json")
def as_json(
    request: Request,
    ledger: LedgerHere,
    query: Filters,
    show: Show = "claims",
    order: Order = "relevance",
    limit: Limit = 50,
    cursor_: Cursor = None,
) -> Response:
    """Claims or articles, as the API gives them."""
    listed = api.list_claims if show == "claims" else api.list_articles
    return listed(request, ledger, query, order, limit, cursor_)
