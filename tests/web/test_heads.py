"""HEAD is answered wherever GET is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from web.conftest import Desk
from web.test_pages import addresses

OPENAPI = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.json"
PLAIN = {"Accept-Encoding": "identity"}  # the mask of a form's token is another each time, and packs otherwise
FIELDS = {"compare": "?a=1&b=2", "compare.csv": "?a=1&b=2", "compare.json": "?a=1&b=2"}


def plain_routes(desk: Desk) -> list[str]:
    """Every address that answers GET and names no thing."""
    app: Any = desk.client.app
    return sorted(
        route.path + FIELDS.get(route.path.rpartition("/")[2], "")
        for router in app.routes
        for route in getattr(getattr(router, "original_router", None), "routes", [router])
        if isinstance(route, APIRoute) and "GET" in route.methods and "{" not in route.path
    )


def test_every_address_answers_head_as_get_without_the_body(reading_desk: Desk) -> None:
    reading_desk.get("/")  # the visit has its cookie
    things = [path + ending for path in addresses(reading_desk) for ending in ("", ".json", ".csv")]
    asked = [*plain_routes(reading_desk), *things, "/static/desk.css", "/api/v1/openapi.json", "/healthz"]
    assert len(asked) > 40
    for address in asked:
        with_body = reading_desk.get(address, headers=PLAIN)
        head = reading_desk.client.head(address, headers=PLAIN, follow_redirects=False)
        assert (head.status_code, head.content) == (200, b""), address
        assert dict(head.headers) == dict(with_body.headers), address


@pytest.mark.parametrize("address", ["/nothing", "/articles/99999", "/api/v1/stories/none", "/search?since=x"])
def test_what_fails_fails_alike(reading_desk: Desk, address: str) -> None:
    with_body, head = reading_desk.get(address), reading_desk.client.head(address)
    assert (head.status_code, head.content) == (with_body.status_code, b"")
    assert head.headers["content-type"] == with_body.headers["content-type"]


def test_what_only_takes_writing_does_not(reading_desk: Desk) -> None:
    assert reading_desk.client.head("/api/v1/readings").status_code == 405


def test_the_description_does_not_double() -> None:
    paths = json.loads(OPENAPI.read_text(encoding="utf-8"))["paths"]
    assert {method for methods in paths.values() for method in methods} == {"get", "post"}
