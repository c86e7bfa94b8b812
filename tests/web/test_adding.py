"""Adding and judging with forms, as a browser without scripts sends them."""

from __future__ import annotations

import html
import json
import re

import pytest

from dabi.reconciliation.keeping import update
from dabi.web.routes import api_writes
from web.conftest import Desk, series_of

ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}
TEXT = "আগুনে ১২ জনের মৃত্যু\n\nকারখানায় আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।\n"
JSONL = '{"id": "n1", "text": "বন্যায় ২৩ জনের মৃত্যু"}\n{"id": "n2", "text": "বন্যায় ২৪ জনের মৃত্যু"}\n'


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
        ({"kind": "nothing", "who": "z"}, "Look again at: kind"),
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
