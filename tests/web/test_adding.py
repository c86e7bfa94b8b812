"""Adding and judging with forms, as a browser without scripts sends them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answering import Server, redirect, server, told
from dabi.ledger import open_ledger
from dabi.reconciliation.keeping import update
from dabi.web.routes import api_writes
from dabi.web.settings import Settings
from web.conftest import Desk, desk_over, series_of

ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}
TEXT = "আগুনে ১২ জনের মৃত্যু\n\nকারখানায় আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।\n"
JSONL = '{"id": "n1", "text": "বন্যায় ২৩ জনের মৃত্যু"}\n{"id": "n2", "text": "বন্যায় ২৪ জনের মৃত্যু"}\n'


PAGE = f"<!doctype html><html lang='bn'><body><h1>আগুনে ১২ জনের মৃত্যু</h1><article><p>{TEXT}</p></article></body></html>"


def packed(page: str) -> list[str]:
    return [html.unescape(value) for value in re.findall(r'name="report" value="([^"]*)"', page)]


def test_a_pasted_text_is_shown_before_it_is_kept(desk: Desk) -> None:
    before = desk.ledger.counts()
    desk.client.cookies.set("dabi-reader", "en.latin.international")
    given = {"text": TEXT.replace("\n", "\r\n"), "published": "2025-10-01", "address": "https://example.org/fire"}
    page = desk.post("/add", given)
    assert page.status_code == 200
    assert "Nothing is kept yet." in page.text
    assert "ফায়ার সার্ভিস" in page.text
    assert 'class="q"' in page.text
    assert desk.ledger.counts() == before
    kept = desk.post("/add/keep", {"report": packed(page.text)})
    assert kept.status_code == 303
    assert desk.get(kept.headers["location"]).status_code == 200
    assert desk.ledger.text("https://example.org/fire") == TEXT  # with the line ends that were pasted
    assert update(desk.ledger) == 0  # its series and stories are made


def test_a_file_is_kept_byte_for_byte(desk: Desk) -> None:
    content = TEXT.replace("\n", "\r\n").encode()
    page = desk.post("/add", files={"files": ("C:\\মামলা\\report.txt", content)})
    desk.post("/add/keep", {"report": packed(page.text)})
    record = next(r for r in desk.ledger.reports() if r.source == "report.txt")
    assert desk.ledger.text(record.article).encode() == content


def test_many_articles_at_once(desk: Desk) -> None:
    desk.client.cookies.set("dabi-reader", "en.latin.international")
    files = [("files", ("a.jsonl", JSONL.encode())), ("files", ("b.bin", b"\x00\x01\x02\xff" * 50))]
    page = desk.post("/add", files=files)
    assert "Not read:" in page.text
    assert len(packed(page.text)) == 2
    kept = desk.post("/add/keep", {"report": packed(page.text)})
    assert kept.status_code == 200
    assert {"n1", "n2"} <= {record.article for record in desk.ledger.reports()}
    again = desk.post("/add/keep", {"report": packed(page.text)})
    assert again.text.count("was there already") == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": TEXT, "published": "yesterday"}, "This is not a date"),
        ({"text": "  "}, "Paste a text or choose a file."),
    ],
)
def test_a_form_that_is_wrong_comes_back_filled(desk: Desk, given: dict[str, str], words: str) -> None:
    desk.client.cookies.set("dabi-reader", "en.latin.international")
    page = desk.post("/add", given)
    assert page.status_code == 422
    assert words in page.text
    assert given["text"].strip() in page.text


@pytest.mark.parametrize("report", ["", "x", "AAAA", "gQ=="])
def test_what_was_not_packed_here_is_refused(desk: Desk, report: str) -> None:
    before = desk.ledger.counts()
    assert desk.post("/add/keep", {"report": report}).status_code == 422
    assert desk.ledger.counts() == before


def test_rare_characters_travel(desk: Desk) -> None:
    text = "আগুনে\t১২\u00a0জনের\u200c মৃত্যু\ufeff\u2028 \U0001f525\x0b\n"
    page = desk.post("/add", files={"files": ("a.jsonl", json.dumps({"id": "rare", "text": text}).encode())})
    assert page.status_code == 200
    desk.post("/add/keep", {"report": packed(page.text)})
    assert desk.ledger.text("rare") == text


def test_a_judgement_and_its_undo(desk: Desk) -> None:
    series = series_of(desk)
    a, b = (series["figures"][i]["claim"] for i in (0, -1))
    page = desk.get(f"/judge?a={a['id']}", headers=ENGLISH)
    assert f'value="{b["id"]}"' in page.text  # the others of its series are offered
    written = desk.post("/judge", {"kind": "split", "a": a["id"], "b": b["id"], "who": "রুবি", "why": "অন্য ঘটনা"})
    assert (written.status_code, written.headers["location"]) == (303, "/judge?done=1#j1")
    log = desk.get("/judge?done=1", headers=ENGLISH).text
    assert "Judgement 1 is written." in log
    assert "অন্য ঘটনা" in log
    assert 'value="রুবি"' in desk.get("/judge").text  # the name is remembered
    assert desk.post("/judge", {"kind": "undo", "undoes": "1", "who": "রুবি"}).headers["location"] == "/judge?done=2#j2"
    assert [j.stands for j in desk.ledger.judgements] == [False, True]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "link", "a": "x", "b": "y", "who": " "}, "Say who you are"),
        ({"kind": "link", "a": "x", "b": "y", "who": "z"}, "holds no claim"),
        ({"kind": "link", "who": "z"}, "can't be judged"),
        ({"kind": "undo", "undoes": "77", "who": "z"}, "holds no claim or judgement"),
        ({"kind": "undo", "undoes": "x", "who": "z"}, "can't be judged"),
        ({"kind": "nothing", "who": "z"}, "Look again at: Kind"),
    ],
)
def test_a_judgement_that_makes_no_sense(desk: Desk, given: dict[str, str], words: str) -> None:
    desk.client.cookies.set("dabi-reader", "en.latin.international")
    page = desk.post("/judge", given)
    assert page.status_code == 422
    assert words in page.text
    assert list(desk.ledger.judgements) == []


def test_who_waits_too_long_for_others_is_told_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what was to be kept is kept, though its series come a little later."""
    monkeypatch.setattr(api_writes, "_PATIENCE", 0.05)
    claim = series_of(desk)["figures"][0]["claim"]["id"]
    with desk.client.app.state.reconciling:  # type: ignore[attr-defined]
        answer = desk.client.post("/api/v1/judgements", json={"kind": "relabel", "a": claim, "label": "x", "who": "y"})
        assert (answer.status_code, answer.json()["title"]) == (503, "The ledger is busy")
        assert desk.client.post("/api/v1/articles", json={"text": TEXT}).json()["outcome"] == "added"
    assert list(desk.ledger.judgements) == []
    assert update(desk.ledger) == 1


# Pages of the web


@pytest.fixture
def site() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture
def inner_desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk that may fetch from this machine."""
    with open_ledger(tmp_path / "ledger.db") as ledger:
        yield desk_over(ledger, Settings(allow_private=True, user_agent="inner-desk/1"))


def test_a_page_is_fetched_and_shown_before_it_is_kept(inner_desk: Desk, site: Server) -> None:
    inner_desk.client.cookies.set("dabi-reader", "en.latin.international")
    site.routes["/old"], site.routes["/fire"] = redirect("/fire?utm_source=x"), told(PAGE)
    page = inner_desk.post("/add/page", {"address": f" {site.address('/old')} "})
    assert page.status_code == 200
    assert "Nothing is kept yet." in page.text
    assert "ফায়ার সার্ভিস" in page.text
    assert inner_desk.ledger.counts()["pages"] == 0
    assert site.asked[0].headers["user-agent"] == "inner-desk/1"
    kept = inner_desk.post("/add/keep", {"report": packed(page.text)})
    assert kept.headers["location"].endswith("?kept=added")
    assert inner_desk.ledger.text(site.address("/fire")) == PAGE
    record = inner_desk.ledger.report(site.address("/fire"))
    assert record.fetched < record.added  # when it was fetched, not when it was kept


def test_a_page_that_reads_as_before_is_no_new_version(inner_desk: Desk, site: Server) -> None:
    locations = []
    for beside in ("1", "2"):
        site.routes["/fire"] = told(PAGE.replace("<body>", f"<body data-token='{beside}'>"))
        page = inner_desk.post("/add/page", {"address": site.address("/fire")})
        locations.append(inner_desk.post("/add/keep", {"report": packed(page.text)}).headers["location"])
    assert [location.partition("?")[2] for location in locations] == ["kept=added", "kept=unchanged"]


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (
            "en.latin.international",
            {
                "/gone": "The site has no such page, or does not show it to us.",
                "/round": "The site sends us round in a circle or to nowhere.",
                "/picture": "There is no page or text at this address.",
                "/large": "The page is too large.",
                "/broken": "The site's answer is broken.",
                "ftp": "Only public http and https addresses are fetched",
                "secret": "Only public http and https addresses are fetched",
                "closed": "The site can't be reached.",
                "": "Write the address of a page.",
            },
        ),
        (
            "bn.bengali.bangladesh",
            {
                "/gone": "সাইটটিতে এমন পাতা নেই",
                "/picture": "এই ঠিকানায় কোনো পাতা বা লেখা নেই।",
                "closed": "সাইটটির নাগাল পাওয়া যাচ্ছে না।",
                "": "পাতার ঠিকানা লিখুন।",
            },
        ),
    ],
)
def test_why_a_page_was_not_fetched_is_said_in_words(
    inner_desk: Desk, site: Server, reader: str, words: dict[str, str]
) -> None:
    inner_desk.client.cookies.set("dabi-reader", reader)
    site.routes["/gone"] = told("", status="410 Gone")
    site.routes["/round"] = redirect("/round")
    site.routes["/picture"] = told(b"\x89PNG", "image/png")
    site.routes["/large"] = told(" " * (6 << 20))
    site.routes["/broken"] = told(b"no gzip", Content_Encoding="gzip")
    elsewhere = {
        "ftp": "ftp://a.example/",
        "secret": "http://me:secret@a.example/",
        "closed": "http://127.0.0.1:1/",
        "": " ",
    }
    for name, said in words.items():
        page = inner_desk.post("/add/page", {"address": elsewhere.get(name, site.address(name))})
        assert (page.status_code, said in page.text) == (422, True), name
    assert inner_desk.ledger.counts()["pages"] == 0


def test_a_page_that_can_t_be_read_is_told_like_a_file(inner_desk: Desk, site: Server) -> None:
    site.routes["/feed"] = told("<?xml version='1.0'?><rss/>", "application/rss+xml")
    inner_desk.client.cookies.set("dabi-reader", "en.latin.international")
    page = inner_desk.post("/add/page", {"address": site.address("/feed")})
    assert "Not read:" in page.text
    assert "it is a feed or sitemap" in page.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "[::1]", "169.254.169.254"])
def test_the_desk_fetches_nothing_from_closed_networks(desk: Desk, site: Server, host: str) -> None:
    site.routes["/fire"] = told(PAGE)
    page = desk.post("/add/page", {"address": site.address("/fire", host)})
    assert (page.status_code, packed(page.text)) == (422, [])
    answer = desk.client.post("/api/v1/pages", json={"address": site.address("/fire", host)})
    assert (answer.status_code, answer.json()["title"]) == (422, "The page can't be fetched")
    assert site.asked == []


def test_nothing_is_fetched_by_looking(inner_desk: Desk, site: Server) -> None:
    site.routes["/fire"] = told(PAGE)
    for address in ("/add", "/add/page"):
        inner_desk.get(address, params={"address": site.address("/fire")})
    assert inner_desk.client.post("/add/page", data={"address": site.address("/fire")}).status_code == 403  # no token
    assert site.asked == []


def test_only_some_pages_are_fetched_at_a_time(inner_desk: Desk, site: Server) -> None:
    turns: Any = inner_desk.client.app.state.fetching  # type: ignore[attr-defined]
    site.routes["/fire"] = told(PAGE)
    for _ in range(Settings().most_fetches):
        assert turns.acquire(blocking=False)
    busy = inner_desk.post("/add/page", {"address": site.address("/fire")})
    assert (busy.status_code, busy.headers["retry-after"], site.asked) == (503, "5", [])
    turns.release()
    for _ in range(2):  # each gives its turn back, whatever came of it
        assert inner_desk.post("/add/page", {"address": site.address("/none")}).status_code == 422
        assert inner_desk.post("/add/page", {"address": site.address("/fire")}).status_code == 200


def test_pages_by_the_api(inner_desk: Desk, site: Server) -> None:
    site.routes["/fire"] = told(PAGE)
    given = {"address": site.address("/fire")}
    reading = inner_desk.client.post("/api/v1/pages/readings", json=given).json()["analysis"]
    assert reading["article"]["source"] == site.address("/fire")
    assert inner_desk.ledger.counts()["pages"] == 0
    outcomes = [inner_desk.client.post("/api/v1/pages", json=given).json()["outcome"] for _ in range(2)]
    assert outcomes == ["added", "unchanged"]
    refused = inner_desk.client.post("/api/v1/pages", json={"address": site.address("/none")})
    assert refused.json()["detail"] == "The site has no such page, or does not show it to us."
    site.routes["/fire"] = told(b"%PDF-1.7")
    unread = inner_desk.client.post("/api/v1/pages", json=given).json()
    assert (unread["title"], "a PDF document" in unread["detail"]) == ("The page can't be read", True)
