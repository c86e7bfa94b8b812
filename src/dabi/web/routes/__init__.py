"""The routes, one file for each page."""

from __future__ import annotations

from . import (
    add,
    api,
    api_exports,
    api_pages,
    api_writes,
    article,
    compare,
    desk,
    door,
    judge,
    search,
    series,
    sources,
    story,
)

ROUTERS = [
    api_exports.router,  # /series/export is no series
    api.router,
    api_writes.router,
    api_pages.router,
    desk.router,
    story.router,
    series.router,
    article.router,
    sources.router,
    search.router,
    compare.router,
    add.router,
    judge.router,
    door.router,
]
