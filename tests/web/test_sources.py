"""Sources: each listed once, with exactly the claims that the list counts; others apart; who is not there."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from dabi.ledger.voices import listed_name
from web.conftest import Desk
from web.test_pages import rows

ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}
FIRE = "ফায়ার সার্ভিস"


def listed(desk: Desk) -> dict[str, dict[str, Any]]:
    """All that the list has, page by page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = desk.get("/api/v1/sources", params={"limit": 7, "cursor": cursor}).json()
        found += answer["items"]
        cursor = answer["next"]
    assert len({one["name"] for one in found}) == len(found)
    assert found == desk.get("/sources.json?limit=500").json()["items"]
    return {one["name"]: one for one in found}


def shown(desk: Desk, name: str) -> Any:
    return desk.get(f"/sources/{quote(name, safe='')}", headers=ENGLISH)


def test_nobody_is_listed_twice(reading_desk: Desk) -> None:
    found = listed(reading_desk)
    assert found["বিজ্ঞপ্তি"]["claims"] == 6
    assert found["একটি আন্তর্জাতিক ত্রাণ সংস্থা"]["claims"] == 2
    page = reading_desk.get("/sources?limit=500", headers=ENGLISH).text
    names = re.findall(r'<th scope="row"><a href="/sources/([^"]+)"', page)
    assert len(names) == len(set(names)) == len(found)


def test_a_page_has_the_claims_that_the_list_counts_and_so_have_its_siblings(reading_desk: Desk) -> None:
    for name, one in listed(reading_desk).items():
        page = shown(reading_desk, name)
        assert page.status_code == 200, name
        address = f"/sources/{quote(name, safe='')}"
        said = reading_desk.get(f"{address}.json?limit=500").json()
        table = rows(reading_desk.get(f"{address}.csv"))
        api = reading_desk.get(f"/api/v1{address}?limit=500").json()
        assert [item["claim"]["id"] for item in said["items"]] == [row["id"] for row in table], name
        assert api == said
        assert len(table) == one["claims"], name


def test_those_in_whose_names_it_stands_are_shown_apart(reading_desk: Desk) -> None:
    page = shown(reading_desk, "অধিদপ্তর").text
    own, _, others = page.partition('id="h-around"')
    assert own.count('<li class="claim">') == 8
    for name in ("দুর্যোগ ব্যবস্থাপনা অধিদপ্তর", "কৃষি সম্প্রসারণ অধিদপ্তর"):
        assert f'<h3><a href="/sources/{quote(name, safe="")}"' in others
        assert f">{name}</a>" not in own
    assert "Also in their name" not in own
    also = {one["name"] for one in reading_desk.get(f"/sources/{quote('অধিদপ্তর')}.json").json()["others"]}
    assert {"দুর্যোগ ব্যবস্থাপনা অধিদপ্তর", "কৃষি সম্প্রসারণ অধিদপ্তর"} <= also


def test_its_pages_go_on_without_the_others(reading_desk: Desk) -> None:
    first = reading_desk.get(f"/sources/{quote('অধিদপ্তর')}?limit=5", headers=ENGLISH).text
    (onward,) = re.findall(r'<p class="more"><a class="button" href="([^"]+)"', first)
    second = reading_desk.get(f"/sources/{quote('অধিদপ্তর')}{onward.replace('&amp;', '&')}", headers=ENGLISH).text
    assert first.partition('id="h-around"')[0].count('<li class="claim">') == 5
    assert second.count('<li class="claim">') == 3
    assert "h-around" not in second


def test_a_pronoun_is_no_source(desk: Desk) -> None:
    text = {"text": "তিনি বলেন, ৫০ থেকে ৬০ জন নিখোঁজ", "published": "2025-10-01"}
    added = desk.client.post("/api/v1/articles", json=text).json()
    (claim,) = desk.get(f"/articles/{added['key']}.json").json()["claims"]
    assert (claim["source"], claim["speaker"]) == ("তিনি", None)
    assert "তিনি" not in listed(desk)
    assert desk.get("/sources.json?since=2025-10").json()["unresolved"] == 1
    page = desk.get("/sources?since=2025-10", headers=ENGLISH).text
    assert "could not be resolved: 1" in page
    assert shown(desk, "তিনি").status_code == 404
    article = desk.get(f"/articles/{added['key']}", headers=ENGLISH).text
    assert "a source not resolved" in article
    assert f"/sources/{quote('তিনি')}" not in article


@pytest.mark.parametrize(
    ("asked", "name"),
    [("কোস্ট গার্ড", "কোস্টগার্ড"), ("ফার", "ফারহানা ইয়াসমিন"), ("ফারহানা ইয়াসমীন", "ফারহানা ইয়াসমিন"), ("সার্ভিস", FIRE)],
)
def test_of_a_name_that_is_not_there_the_nearest_are_told(reading_desk: Desk, asked: str, name: str) -> None:
    led = reading_desk.get("/sources", params={"name": f" {asked} "})
    assert led.headers["location"] == f"/sources/{quote(asked, safe='')}"
    page = shown(reading_desk, asked)
    assert page.status_code == 404
    near = re.findall(r'<li><a href="/sources/([^"]+)" lang="bn">', page.text)
    assert quote(listed_name(name), safe="") in near
    for address in near:
        assert reading_desk.get(f"/sources/{address}").status_code == 200
    assert reading_desk.get(f"/sources/{quote(asked)}.json").status_code == 404
    assert reading_desk.get(f"/sources/{quote(asked)}.csv").status_code == 404


def test_of_a_name_like_no_other_none_is_told(reading_desk: Desk) -> None:
    page = shown(reading_desk, "zzzzz")
    assert page.status_code == 404
    assert "Nobody of the name “zzzzz” says anything in this ledger." in page.text
    assert "Did you mean" not in page.text
