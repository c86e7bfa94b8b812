"""An article: its text with marks, what does not fit, its versions and their differences."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...service.articles import article_view, findings_by_claim, version_edits
from ...service.findings import claims_of
from ..filters import LedgerHere
from ..marked import blocks
from ..pages import page
from ..reader import reader_of
from ..tables import claims_csv
from . import api

router = APIRouter(include_in_schema=False)


@router.get("/articles/{key}.csv")
def as_table(request: Request, ledger: LedgerHere, key: api.Key) -> Response:
    return claims_csv(request, f"article-{key}", ledger, article_view(ledger, key).claims)


router.add_api_route("/articles/{key}.json", api.read_article)


@router.get("/articles/{key}")
def show(request: Request, ledger: LedgerHere, key: api.Key, changes: Annotated[bool, Field()] = False) -> Response:
    """`changes`: with the differences to the version before."""
    view = article_view(ledger, key)
    record = view.record
    edits = version_edits(ledger, record.article, record.version) if changes and record.version > 1 else []
    return page(
        request,
        "article.html",
        view=view,
        record=record,
        blocks=blocks(msgspec.structs.replace(record.analysis, text=record.text), reader_of(request)),
        claims=view.claims,
        findings_of=findings_by_claim(view),
        found=claims_of(ledger, view.findings),
        numbers={claim.key: number for number, claim in enumerate(view.claims)},
        edits=edits,
        changes=changes,
    )
