"""The pages of a ledger by when they were fetched: which outlets' pages came in, and how they were read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from ..model import Analysis
from .rows import unpacked_analysis
from .schema import articles, current, pages, reports

if TYPE_CHECKING:
    from .store import Ledger

_BATCH = 500


class FetchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """The current reading of a page, without its text."""

    article: str
    version: int
    source: str | None
    fetched: str  # ISO 8601
    outlet: str | None
    analysis: Analysis


def fetched_pages(ledger: Ledger, *, since: str) -> Iterator[FetchedPage]:
    """Current readings of HTML pages fetched at or after a time (ISO 8601 UTC), in the order they were added."""
    chosen = (
        select(
            pages.c.article,
            reports.c.version,
            reports.c.source,
            reports.c.fetched,
            articles.c.outlet,
            articles.c.analysis,
        )
        .join_from(current, articles, articles.c.key == current.c.article)
        .join(reports, reports.c.key == articles.c.report)
        .join(pages, pages.c.key == reports.c.page)
        .where(reports.c.media == "html", reports.c.fetched >= since)
        .order_by(articles.c.key)
    )
    with ledger.reading() as connection:
        for row in connection.execution_options(yield_per=_BATCH).execute(chosen).mappings():
            yield FetchedPage(**{**row, "analysis": unpacked_analysis(row["analysis"])})


def pages_by_outlet(ledger: Ledger) -> dict[str, int]:
    """How many pages and texts of each outlet the ledger holds."""
    chosen = (
        select(articles.c.outlet, func.count())
        .join_from(current, articles, articles.c.key == current.c.article)
        .join(reports, reports.c.key == articles.c.report)
        .where(articles.c.outlet.is_not(None), reports.c.media != "coded")
        .group_by(articles.c.outlet)
    )
    with ledger.reading() as connection:
        return {str(outlet): int(count) for outlet, count in connection.execute(chosen)}
