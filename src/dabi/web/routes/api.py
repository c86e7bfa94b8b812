"""The API for reading. What stands beside a page as .json is answered by the same functions."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...ledger.overview import claims_page, facets, hits_page
from ...service.articles import article_view
from ...service.comparing import comparison
from ...service.desk import desk
from ...service.series import newest_series, series_view
from ...service.sources import said_by, source_called
from ...service.stories import stories, story_view
from .. import responses as shapes
from ..filters import (
    MOST,
    Cursor,
    DriftingHere,
    Filters,
    LedgerHere,
    Limit,
    Order,
    Since,
    VoicesHere,
    cursor,
    first_day,
    listed,
    part_after,
    place,
    position,
)
from ..pages import tagged
from ..problems import MEDIA_TYPE

_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}}
    for status, text in (
        (400, "Makes no sense, such as a character that no text has"),
        (401, "An access token is needed"),
        (404, "Not there"),
        (422, "Not understood"),
        (503, "The ledger is busy or out of reach"),
    )
}
router = APIRouter(prefix="/api/v1", responses=_FAILURES)

Key = Annotated[int, Path(ge=1, le=1 << 40, description="The number of a reading.")]
KeyAsked = Annotated[int, Field(ge=1, le=1 << 40, description="The number of a reading.")]
Id = Annotated[str, Path(min_length=1, max_length=3000)]


def answer(request: Request, shape: type[shapes._Shape], value: Any) -> Response:
    """A value in one of the API's shapes, with its ETag."""
    body = shape.model_validate(value, from_attributes=True).model_dump_json().encode()
    return tagged(request, Response(body, media_type="application/json"))


@router.get("/desk", response_model=shapes.DeskShape)
def read_desk(request: Request, ledger: LedgerHere, since: Since = None) -> Response:
    """What runs, moved, conflicts and was silently corrected since a day: the newest of each, as many as a page shows.
    All stories and series are in their own lists, all pairs of claims in /relations/export."""
    return answer(request, shapes.DeskShape, desk(ledger, since=first_day(since)))


@router.get("/stories", response_model=shapes.StoriesPage)
def list_stories(
    request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 50, cursor_: Cursor = None
) -> Response:
    """Running stories, the newest first."""
    found, following = stories(ledger, since=first_day(since), after=listed(cursor_), limit=limit)
    return answer(request, shapes.StoriesPage, {"items": found, "next": cursor(following)})


@router.get("/stories/{story}", response_model=shapes.StoryShape)
def read_story(
    request: Request, ledger: LedgerHere, story: Id, limit: Limit = MOST, cursor_: Cursor = None
) -> Response:
    """One story: its reports in order, echoes under their origin, and its series. A list of very many reports comes in
    pages."""
    view = story_view(ledger, story)
    told, following = part_after(view.told, lambda one: one.report.key, place(cursor_), limit)
    found = {name: getattr(view, name) for name in view.__struct_fields__}
    return answer(request, shapes.StoryShape, {**found, "told": told, "next": cursor(following)})


@router.get("/series", response_model=shapes.SeriesPage)
def list_series(
    request: Request, ledger: LedgerHere, since: Since = None, limit: Limit = 50, cursor_: Cursor = None
) -> Response:
    """Series of figures, the newest first."""
    lines, following = newest_series(ledger, since=first_day(since), after=listed(cursor_), limit=limit)
    return answer(request, shapes.SeriesPage, {"items": lines, "next": cursor(following)})


@router.get("/series/{series:path}", response_model=shapes.SeriesShape)
def read_series(
    request: Request, ledger: LedgerHere, series: Id, limit: Limit = MOST, cursor_: Cursor = None
) -> Response:
    """One series: its figures in order and how they stand to each other. A list of very many figures comes in pages."""
    view = series_view(ledger, series)
    figures, following = part_after(view.figures, lambda one: one.claim.key, place(cursor_), limit)
    found = {name: getattr(view, name) for name in view.__struct_fields__}
    return answer(request, shapes.SeriesShape, {**found, "figures": figures, "next": cursor(following)})


@router.get("/claims", response_model=shapes.FoundPage)
def list_claims(
    request: Request,
    ledger: LedgerHere,
    asked: Filters,
    order: Order = "relevance",
    limit: Limit = 50,
    cursor_: Cursor = None,
) -> Response:
    """Claims that the filters find, with counts by outlet, event, kind and status. A cursor goes on in the `order` of
    its page."""
    items, following = claims_page(ledger, asked, after=position(cursor_), limit=limit, newest_first=order == "newest")
    counted, cut = facets(ledger, asked)
    found = {"items": items, "next": cursor(following), "facets": counted, "facets_cut": cut}
    return answer(request, shapes.FoundPage, found)


@router.get("/articles", response_model=shapes.HitsPage)
def list_articles(
    request: Request,
    ledger: LedgerHere,
    asked: Filters,
    order: Order = "relevance",
    limit: Limit = 50,
    cursor_: Cursor = None,
) -> Response:
    """Articles that hold the words and at least one claim as asked. A cursor goes on in the `order` of its page."""
    items, following = hits_page(ledger, asked, after=position(cursor_), limit=limit, newest_first=order == "newest")
    return answer(request, shapes.HitsPage, {"items": items, "next": cursor(following)})


@router.get("/articles/{key}", response_model=shapes.ArticleShape)
def read_article(request: Request, ledger: LedgerHere, key: Key) -> Response:
    """One article as it was read, its claims and where they belong, what does not fit, its versions."""
    view = article_view(ledger, key)
    record = view.record
    head = next((head for head in view.versions if head.key == key), None)
    fields = {name: getattr(record, name) for name in shapes.HeadShape.model_fields if hasattr(record, name)}
    return answer(
        request,
        shapes.ArticleShape,
        {
            "head": head or {**fields, "claims": len(view.claims)},
            "text": record.text,
            "analysis": msgspec.to_builtins(record.analysis),
            "claims": view.claims,
            "series": view.series,
            "stories": [story.id for story in view.stories],
            "findings": view.findings,
            "sums": view.sums,
            "echo_of": view.echo_of,
            "versions": view.versions,
            "changes": view.changes,
        },
    )


@router.get("/sources", response_model=shapes.VoicesPage)
def list_sources(
    request: Request, voices: VoicesHere, since: Since = None, limit: Limit = 50, cursor_: Cursor = None
) -> Response:
    """Who says most; and of how many claims the source is only pointed back to (তিনি, এতে), so that it is nobody's."""
    skip = place(cursor_)
    found = voices.page(since=first_day(since), after=skip, limit=limit + 1)
    following = cursor(skip + limit) if len(found) > limit else None
    unresolved = voices.unresolved(since=first_day(since))
    return answer(request, shapes.VoicesPage, {"items": found[:limit], "next": following, "unresolved": unresolved})


@router.get("/sources/{source:path}", response_model=shapes.SaidPage)
def read_source(
    request: Request, ledger: LedgerHere, source: Id, limit: Limit = 50, cursor_: Cursor = None
) -> Response:
    """What somebody of just this name says, the newest first, each with what is said against it; and others in whose
    names this one stands."""
    called = source_called(ledger, source)
    items, following = said_by(ledger, called, after=position(cursor_), limit=limit)
    found = {"items": items, "next": cursor(following), "others": called.others[:MOST]}
    return answer(request, shapes.SaidPage, found)


@router.get("/outlets/drifted", response_model=shapes.DriftedList)
def list_drifted(request: Request, drifting: DriftingHere) -> Response:
    """Outlets whose pages of the last seven days no longer read as they should. They are checked at most once an hour;
    until the first check has ended there are none."""
    return answer(request, shapes.DriftedList, {"items": drifting.outlets()})


@router.get("/compare", response_model=shapes.ComparisonShape)
def read_comparison(request: Request, ledger: LedgerHere, a: KeyAsked, b: KeyAsked) -> Response:
    """The figures of two articles side by side."""
    return answer(request, shapes.ComparisonShape, comparison(ledger, a, b))


@router.get("/judgements", response_model=shapes.JudgementsPage)
def list_judgements(
    request: Request,
    ledger: LedgerHere,
    standing: Annotated[bool, Field(description="Only those that were not taken back.")] = False,
    limit: Limit = 50,
    cursor_: Cursor = None,
) -> Response:
    """What people decided, the last first."""
    skip = place(cursor_)
    found = list(reversed(ledger.judgements.standing() if standing else list(ledger.judgements)))
    following = cursor(skip + limit) if len(found) > skip + limit else None
    return answer(request, shapes.JudgementsPage, {"items": found[skip : skip + limit], "next": following})
