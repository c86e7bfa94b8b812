"""What does not fit stands on the pages, in the reader's language, with the way to the sentences."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from dabi.ledger import open_ledger
from web.conftest import Desk, desk_over

BENGALI, ENGLISH = {"Accept-Language": "bn"}, {"Accept-Language": "en"}
TEXTS = {
    "bridge-1": (
        "2025-05-02",
        "সোনাখালী সেতু নির্মাণে ব্যয় ৪৫ কোটি টাকা\nসোনাখালী সেতু নির্মাণে ব্যয় হয়েছে ৪৫ কোটি টাকা বলে জানিয়েছে সড়ক বিভাগ।",
    ),
    "bridge-2": (
        "2025-05-03",
        "সোনাখালী সেতু নির্মাণে ব্যয় ৪৫ লাখ টাকা\nসোনাখালী সেতু নির্মাণে ব্যয় হয়েছে ৪৫ লাখ টাকা বলে জানিয়েছে সড়ক বিভাগ।",
    ),
    "headline": (
        "2025-06-04",
        "বরিশালে বন্যায় ৩২ জনের মৃত্যু\nবরিশালে বন্যায় ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।",
    ),
}
FIRE = (
    "সাভারে পোশাক কারখানায় আগুন, নিহত ৯\n\nঢাকার সাভারে একটি পোশাক কারখানায় আগুন লেগে ৯ জন শ্রমিক নিহত হয়েছেন বলে জানিয়েছে"
    " ফায়ার সার্ভিস। সোমবার রাতে কারখানার চতুর্থ তলায় আগুন লাগে। আহত হয়েছেন অন্তত ৩০ জন শ্রমিক। ফায়ার সার্ভিসের ১১টি ইউনিট চার ঘণ্টার"
    " চেষ্টায় আগুন নিয়ন্ত্রণে আনে। ঘটনা তদন্তে কমিটি করেছে জেলা প্রশাসন।"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    copies = {f"copy-{n}": ("2025-09-22", FIRE) for n in range(5)}
    with open_ledger(tmp_path_factory.mktemp("findings") / "ledger.db") as ledger:
        desk = desk_over(ledger)
        for name, (day, text) in {**TEXTS, **copies}.items():
            given = {"text": text, "published": day, "outlet": name, "address": f"https://example.org/{name}"}
            assert desk.client.post("/api/v1/articles", json=given).status_code == 200
        yield desk


def story_since(desk: Desk, day: str) -> dict[str, Any]:
    (found,) = [s for s in desk.get("/stories.json").json()["items"] if s["first_day"] == day]
    whole: dict[str, Any] = desk.get(f"/stories/{found['id']}.json").json()
    return whole


def test_a_story_says_what_does_not_fit_inside_its_reports(desk: Desk) -> None:
    story = story_since(desk, "2025-06-04")
    (finding,) = story["findings"]
    assert (finding["kind"], finding["what"]) == ("headline_number", "the headline says ৩২ জন, the body ২৩ জন")
    page = desk.get(f"/stories/{story['line']['id']}", headers=BENGALI).text
    assert "শিরোনামে ৩২ জন, মূল লেখায়" in page.replace("\u09af\u09bc", "\u09df").replace("লেখা\u09df", "লেখায়")
    page = desk.get(f"/stories/{story['line']['id']}", headers=ENGLISH).text
    assert "The headline says" in page
    links = re.findall(r'href="(/articles/\d+#m\d+)"', page.partition("h-findings")[2].partition("</section>")[0])
    assert len(links) == 2
    address, mark = links[0].split("#")
    assert f'id="{mark}"' in desk.get(address).text


def test_what_does_not_fit_between_reports_stands_where_they_meet(desk: Desk) -> None:
    story = story_since(desk, "2025-05-02")
    factor = {"en": "with a factor of 100", "bn": "১০০ গুণের"}
    (series,) = {s["id"] for s in story["series"] if s["event"] in ("spending", "budget", "loss", None)} or {None}
    assert series is not None
    found = desk.get(f"/series/{quote(series, safe='')}.json").json()["findings"]
    assert [one["kind"] for one in found] == ["scale_slip"]
    keys = [told["report"]["key"] for told in story["told"]]
    addresses = (
        f"/stories/{story['line']['id']}",
        f"/series/{quote(series, safe='')}",
        f"/compare?a={keys[0]}&b={keys[1]}",
        f"/articles/{keys[1]}",
        "/?since=2025-05-01",
    )
    for address in addresses:
        assert factor["en"] in desk.get(address, headers=ENGLISH).text, address
        assert factor["bn"] in desk.get(address, headers=BENGALI).text, address
    moved = desk.get("/desk.json?since=2025-05-01").json()
    odd = [one["odd"] for one in (*moved["moved"], *moved["conflicts"]) if one["series"] == series]
    assert [one["kind"] for one in odd] == ["scale_slip"]
    dossier = desk.get(f"/stories/{story['line']['id']}.html", headers=BENGALI).text
    assert factor["bn"] in dossier


def test_echoes_are_folded_under_the_claim_that_names_its_source(desk: Desk) -> None:
    story = story_since(desk, "2025-09-22")
    page = desk.get(f"/series/{quote(story['line']['leading']['id'], safe='')}", headers=ENGLISH).text
    rows = re.findall(r'<tbody role="rowgroup" id="f\d+"', page)
    assert len(rows) == 1
    assert "said again 9 times" in page
    first, folded = page.split('<details class="echoes">')[:2]
    assert "ফায়ার সার্ভিস</a>" in first.replace("ফা\u09af\u09bcার", "ফায়ার").replace("ফা\u09dfার", "ফায়ার")
    assert folded.count("<blockquote") == 9


def test_long_lists_of_a_series_and_a_story_come_in_pages(desk: Desk) -> None:
    story = story_since(desk, "2025-09-22")
    address = f"/series/{quote(story['line']['leading']['id'], safe='')}"
    whole = [f["claim"]["key"] for f in desk.get(f"{address}.json").json()["figures"]]
    assert len(whole) == 10
    found, cursor = [], ""
    while cursor is not None:
        part = desk.get(f"/api/v1{address}", params={"limit": 4, "cursor": cursor}).json()
        found += [f["claim"]["key"] for f in part["figures"]]
        cursor = part["next"]
    assert found == whole
    first = desk.get(f"{address}?limit=4", headers=ENGLISH).text
    assert "From the beginning" not in first
    (more,) = re.findall(r'href="(\?[^"]*cursor=[^"]*)"', first)
    second = desk.get(address + more.replace("&amp;", "&"), headers=ENGLISH).text
    assert "From the beginning" in second
    shown = [int(key) for part in (first, second) for key in re.findall(r'id="f(\d+)"', part)]
    assert sorted(shown) == sorted(whole[:8])


def test_comparing_shows_all_that_two_articles_say(desk: Desk) -> None:
    text = "নদীতে নৌকাডুবি\nনৌকাডুবিতে ৫ জনের মৃত্যু হয়েছে বলে জানিয়েছে পুলিশ। নৌকাডুবিতে ৭ জনের মৃত্যু হয়েছে বলে দাবি করেছেন এলাকাবাসী।"
    keys = [
        desk.client.post("/api/v1/articles", json={"text": text + f" {n}", "published": f"2025-10-0{n}"}).json()["key"]
        for n in (1, 2)
    ]
    asked = {"a": keys[0], "b": keys[1]}
    rows = desk.get("/api/v1/compare", params=asked).json()["rows"]
    more = [row for row in rows if row["more_a"]]
    assert more
    page = desk.get("/compare", params=asked, headers=ENGLISH).text
    assert "It also says" in page
    assert all(f">{claim['low']}</a>" in page for row in more for claim in row["more_a"])


def test_a_place_that_no_list_has_is_no_cursor(desk: Desk) -> None:
    for place in ('["\\u0000", "x"]', '["2025", "\\ud800"]', "[1, 2]", "{}", "7"):
        cursor = base64.urlsafe_b64encode(place.encode()).decode()
        assert desk.get("/api/v1/stories", params={"cursor": cursor}).status_code == 422, place


def test_a_part_of_a_total_is_told_once_and_is_no_sum_that_fails(empty_desk: Desk) -> None:
    text = "নোয়াখালীতে গ্যাস বিস্ফোরণ\n\nনোয়াখালীতে গ্যাস বিস্ফোরণে ২৯ জন আহত হয়েছেন। তাঁদের মধ্যে শিশু ৭ জন।"
    for outlet in ("সকাল", "বিকাল"):
        given = {"text": text, "published": "2025-09-22", "outlet": outlet, "address": f"https://example.org/{outlet}"}
        assert empty_desk.client.post("/api/v1/articles", json=given).status_code == 200
    held = {series["tally"]["reports"]: series for series in empty_desk.get("/series.json").json()["items"]}
    series = empty_desk.get(f"/series/{held[2]['id']}.json").json()
    assert [(made["whole"]["low"], [part["low"] for part in made["parts"]]) for made in series["sums"]] == [(29, [7])]
    page = empty_desk.get(f"/series/{held[2]['id']}", headers=ENGLISH).text
    assert page.count("of them</span>") == 1
    assert "does not add up" not in page
