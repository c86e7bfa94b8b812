"""The API: its description, its pages, its problems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dabi.web.app import openapi
from web.conftest import Desk, series_of

OPENAPI = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.json"
TEXT = "আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।"


def walk(desk: Desk, address: str, **asked: Any) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    cursor = None
    for _ in range(200):
        page = desk.get(address, params={**asked, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) <= asked["limit"]
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found
    raise AssertionError("the pages do not end")


def test_the_description_has_not_drifted(reading_desk: Desk) -> None:
    described = reading_desk.get("/api/v1/openapi.json").json()
    described["info"].pop("version")
    kept = json.loads(OPENAPI.read_text(encoding="utf-8"))
    assert kept == described == openapi() | {"info": described["info"]}, "run `make docs`"


@pytest.mark.parametrize(
    ("address", "key"),
    [("/claims", "key"), ("/articles", "key"), ("/stories", "id"), ("/series", "id"), ("/sources", "name")],
)
def test_pages_of_a_list_hold_everything_once(reading_desk: Desk, address: str, key: str) -> None:
    whole = [item[key] for item in reading_desk.get(f"/api/v1{address}", params={"limit": 500}).json()["items"]]
    assert len(whole) > 5
    for limit in (1, 4, len(whole)):
        assert [item[key] for item in walk(reading_desk, f"/api/v1{address}", limit=limit)] == whole, limit


@pytest.mark.parametrize("order", ["relevance", "newest"])
@pytest.mark.parametrize("address", ["/claims", "/articles"])
def test_what_words_find_comes_once_in_either_order(reading_desk: Desk, address: str, order: str) -> None:
    asked = {"words": "জন", "order": order}
    whole = reading_desk.get(f"/api/v1{address}", params={**asked, "limit": 500}).json()["items"]
    for limit in (1, 4):
        assert walk(reading_desk, f"/api/v1{address}", **asked, limit=limit) == whole, limit
    days = [item["published"][:10] for item in whole if item["published"]]
    assert (days == sorted(days, reverse=True)) == (order == "newest")


def test_the_claims_are_those_of_the_ledger(reading_desk: Desk) -> None:
    found = {claim["key"] for claim in walk(reading_desk, "/api/v1/claims", limit=50)}
    assert found == {claim.key for claim in reading_desk.ledger.claims()}
    everything = {claim["key"] for claim in walk(reading_desk, "/api/v1/claims", limit=50, history="true")}
    assert everything > found


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"event": "death"}, lambda c: c["event"] == "death"),
        ({"unit": "BDT", "min": 100_000}, lambda c: c["unit"] == "BDT" and (c["high"] or 1e12) >= 100_000),
        ({"max": 3, "kind": "count"}, lambda c: (c["low"] or 0) <= 3),
        ({"since": "2025-09", "until": "2025-09-03"}, lambda c: c["day"] == "2025-09-03"),
        ({"outlet": "দৈনিক মোহনা"}, lambda c: c["outlet"] == "দৈনিক মোহনা"),
        ({"status": "denied"}, lambda c: c["status"] == "denied"),
        ({"person": "রাশেদ করিম"}, lambda c: "রাশেদ" in json.dumps(c, ensure_ascii=False)),
    ],
)
def test_filters(reading_desk: Desk, asked: dict[str, Any], holds: Any) -> None:
    items = reading_desk.get("/api/v1/claims", params={**asked, "limit": 500}).json()["items"]
    assert all(holds(claim) for claim in items)
    on_page = reading_desk.get("/search.json", params={**asked, "limit": 500}).json()["items"]
    assert [claim["key"] for claim in on_page] == [claim["key"] for claim in items]
    if "status" not in asked:
        assert items


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/claims?since=yesterday",
        "/api/v1/claims?since=2025-13",
        "/api/v1/claims?min=nan",
        "/api/v1/claims?kind=nothing",
        "/api/v1/claims?order=oldest",
        "/api/v1/claims?limit=0",
        "/api/v1/claims?limit=501",
        "/api/v1/claims?cursor=nothing",
        "/api/v1/claims?cursor=WyIiLDFlOTksMF0",
        "/api/v1/stories?cursor=LTE",
        "/api/v1/articles/0",
        "/api/v1/articles/x",
        "/api/v1/compare?a=1",
        "/search.json?about=soon",
    ],
)
def test_what_is_not_understood_is_a_problem(reading_desk: Desk, address: str) -> None:
    answer = reading_desk.get(address)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert problem["title"]
    assert problem["instance"] == address.partition("?")[0]


def test_problems_of_every_kind_have_one_shape(desk: Desk) -> None:
    answers = [
        desk.get("/api/v1/nothing"),
        desk.get("/api/v1/stories/none"),
        desk.client.delete("/api/v1/desk"),
        desk.client.post("/api/v1/articles", content=b"{"),
        desk.client.post("/api/v1/judgements", json={"kind": "link", "who": "x", "a": "none", "b": "nobody"}),
        desk.client.post("/api/v1/judgements", json={"kind": "undo", "who": "x", "undoes": 99}),
        desk.client.post("/api/v1/judgements", json={"kind": "link", "who": "x"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 405, 422, 404, 404, 422]
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"title", "status"} <= answer.json().keys() <= {"title", "status", "detail", "instance", "errors"}


def test_a_text_is_read_without_being_kept(desk: Desk) -> None:
    before = desk.ledger.counts()
    analysis = desk.client.post("/api/v1/readings", json={"text": TEXT}).json()["analysis"]
    (quantity,) = analysis["quantities"]
    assert (quantity["low"], analysis["text"]) == (12, TEXT)
    assert desk.ledger.counts() == before


def test_a_text_is_kept_once(desk: Desk) -> None:
    given = {"text": TEXT, "published": "2025-10-01", "outlet": "ভোরের কাগজ", "address": "https://example.org/a"}
    first, again = (desk.client.post("/api/v1/articles", json=given).json() for _ in range(2))
    assert (first["outcome"], again["outcome"], again["key"]) == ("added", "unchanged", first["key"])
    head = desk.get(f"/api/v1/articles/{first['key']}").json()["head"]
    assert (head["article"], head["outlet"], head["published"]) == (given["address"], given["outlet"], "2025-10-01")
    changed = desk.client.post("/api/v1/articles", json={**given, "text": TEXT.replace("১২", "১৩")}).json()
    assert (changed["outcome"], [c["what"] for c in changed["changes"]]) == ("version", ["12 → 13"])


def test_judging_moves_the_series(desk: Desk) -> None:
    series = series_of(desk)
    a, b = (series["figures"][i]["claim"] for i in (0, -1))
    made = desk.client.post(
        "/api/v1/judgements", json={"kind": "split", "a": a["id"], "b": b["id"], "who": "রুবি", "why": "আলাদা"}
    ).json()
    assert made["stands"]

    def together() -> bool:
        held = desk.ledger.results.series(claims=[a["key"]])
        return any(b["key"] in one.claims for one in held)

    assert not together()
    undone = desk.client.post("/api/v1/judgements", json={"kind": "undo", "undoes": made["number"], "who": "রুবি"})
    assert undone.json()["undoes"] == made["number"]
    assert together()
    log = desk.get("/api/v1/judgements").json()["items"]
    assert [(j["kind"], j["stands"]) for j in log] == [("undo", True), ("split", False)]
    assert desk.get("/api/v1/judgements?standing=true").json()["items"] == []


def test_a_series_can_be_called_something_else(desk: Desk) -> None:
    id = series_of(desk)["line"]["id"]
    made = {"kind": "relabel", "a": id, "label": "কর্ণফুলীতে মৃত", "who": "রুবি"}
    assert desk.client.post("/api/v1/judgements", json=made).status_code == 200
    assert desk.get(f"/api/v1/series/{id}").json()["line"]["label"] == "কর্ণফুলীতে মৃত"
    assert "কর্ণফুলীতে মৃত" in desk.get("/?since=2025-09-01").text


def test_sources_are_counted_again_when_something_was_added(desk: Desk) -> None:
    name = "সোনাখালী নৌ থানার উপপরিদর্শক মনিরুল আলম"

    def articles() -> int:
        found = desk.get("/api/v1/sources", params={"limit": 500}).json()["items"]
        return sum(int(voice["articles"]) for voice in found if "মনিরুল" in voice["name"])

    before = articles()
    for count in (1, 2):
        text = f"ঘাটে {count + 4} জন নিহত\n\nঘাটে {count + 4} জন নিহত হয়েছেন বলে জানিয়েছেন {name}।"
        assert desk.client.post("/api/v1/articles", json={"text": text}).status_code == 200
        assert articles() == before + count
