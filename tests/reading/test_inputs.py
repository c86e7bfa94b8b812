"""Files, folders, standard input and JSONL as people have them, the broken ones too."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import pytest

from dabi.reading import read_html, read_plain
from dabi.reading.inputs import Failure, InputKind, Report, reports

STORY = "সেতু ধসে নিহত ৫\n\nকর্ণফুলী নদীর ওপর নির্মাণাধীন সেতু ধসে পাঁচজন নিহত হয়েছেন।\n"
BIJOY = "Avgvi †mvbvi evsjv\nAvwg †Zvgvq fv‡jvevwm| wZwb e‡jb, evsjv‡`‡ki †jvKRb K‡i‡Q|"


def only(path: Path, kind: InputKind = "auto") -> Report | Failure:
    (found,) = reports([path], kind)
    return found


def refused(path: Path) -> str:
    found = only(path)
    assert isinstance(found, Failure), found
    assert str(path) in str(found)
    return found.reason


def content(path: Path) -> str:
    found = only(path)
    assert isinstance(found, Report), found
    return found.content


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(STORY, "utf-8")
    found = only(path)
    assert isinstance(found, Report)
    assert (found.id, found.source, found.kind, found.content) == ("bridge", str(path), "text", STORY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bridge.txt"
    path.write_bytes(STORY.encode(encoding))
    assert content(path) == STORY


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "PNG"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (bytes(range(128, 256)) * 20, "encoding"),
        (BIJOY.encode("utf-8"), "Bijoy"),
        (BIJOY.encode("cp1252"), "Bijoy"),
    ],
    ids=["empty", "blank", "only a mark", "PNG", "PDF", "binary", "noise", "Bijoy", "Bijoy in ANSI"],
)
def test_what_is_refused_and_why(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert said in refused(path)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge † collapsed ‡ killing five people, officials said; the © notice follows.",
        "Avgvi is no word, and neither is Ges, in a text that is English from its first word to its last one.",
        STORY + "Avgvi †mvbvi evsjv",
    ],
    ids=["daggers of footnotes", "two chance words", "one quoted line in Bengali text"],
)
def test_other_texts_are_not_taken_for_bijoy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    assert content(path) == text


def test_bijoy_pasted_as_text_says_so_and_gives_nothing() -> None:
    reading = read_plain(BIJOY)
    assert any("Bijoy" in warning for warning in reading.warnings)
    assert reading.article.body == ()


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_mojibake_is_repaired_where_nothing_is_lost(tmp_path: Path, wrong: str) -> None:
    data = STORY.encode("utf-8")
    spoilt = (
        data.decode("latin-1")
        if wrong == "latin-1"
        else "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)
    )
    path = tmp_path / "spoilt.txt"
    path.write_text(spoilt, "utf-8")
    found = only(path)
    assert isinstance(found, Report)
    assert found.content == STORY
    assert any("repaired" in warning for warning in found.warnings)


def test_mojibake_beside_good_text_is_only_told(tmp_path: Path) -> None:
    spoilt = STORY + STORY.encode("utf-8").decode("latin-1")
    path = tmp_path / "spoilt.txt"
    path.write_text(spoilt, "utf-8")
    found = only(path)
    assert isinstance(found, Report)
    assert found.content == spoilt
    assert any("mojibake" in warning for warning in found.warnings)


def test_text_cut_within_a_letter_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(STORY.strip().encode("utf-8")[:-1])
    found = only(path)
    assert isinstance(found, Report)
    assert found.warnings
    assert found.content[:20] == STORY[:20]


def test_one_bad_input_among_good_ones(tmp_path: Path) -> None:
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    found = list(reports([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"]))
    assert [type(item) for item in found] == [Report, Failure, Report]
    assert "no such file" in str(found[1])


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("2024/b.txt", "2024/a.txt", "a.html", ".hidden/x.txt", "picture.png", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STORY, "utf-8")
    found = [item for item in reports([tmp_path]) if isinstance(item, Report)]
    assert [item.id for item in found] == ["a.html", "a.txt", "2024/a", "2024/b"]
    assert [item.kind for item in found] == ["html", "text", "text", "text"]


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (found,) = reports([tmp_path])
    assert isinstance(found, Failure)
    assert "no articles" in found.reason


def test_jsonl_keeps_order_ids_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = [
        json.dumps({"id": "x-1", "text": STORY, "published": "2024-07-12", "outlet": "Nodipath"}),
        "{not json",
        json.dumps(["a list"]),
        json.dumps({"id": "x-2"}),
        "",
        json.dumps({"text": STORY, "published": "2024-07-12T20:30:00Z"}),
        json.dumps({"id": 7, "html": "<p>ক</p>", "published": "some day"}),
        json.dumps({"id": "x-3", "text": BIJOY}),
    ]
    path.write_text("\n".join(lines), "utf-8")
    found = list(reports([path]))
    good = [item for item in found if isinstance(item, Report)]
    bad = [item for item in found if isinstance(item, Failure)]
    assert [(item.id, item.kind, item.published, item.outlet) for item in good] == [
        ("x-1", "text", "2024-07-12", "Nodipath"),
        ("reports-6", "text", "2024-07-13T02:30", None),
        ("7", "html", None, None),
    ]
    assert [item.line for item in bad] == [2, 3, 4, 8]
    assert any("some day" in warning for warning in good[2].warnings)


def test_jsonl_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = [json.dumps({"id": str(n), "text": STORY}, ensure_ascii=False) for n in range(3)]
    path.write_bytes("\n".join(lines).encode("utf-16"))
    assert [item.id for item in reports([path]) if isinstance(item, Report)] == ["0", "1", "2"]


@pytest.mark.parametrize("data", [{"id": "one", "text": STORY}, [{"id": "one", "text": STORY}]], ids=["object", "list"])
def test_json_over_several_lines(tmp_path: Path, data: object) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(data, indent=1), "utf-8")
    found = only(path)
    assert isinstance(found, Report)
    assert (found.id, found.content) == ("one", STORY)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (STORY.encode(), "text"),
        (b"<!DOCTYPE html>\n<html><body><p>x</p></body></html>", "html"),
        (json.dumps({"id": "stdin", "text": STORY}).encode(), "text"),
    ],
    ids=["text", "html", "jsonl"],
)
def test_standard_input_tells_its_kind(data: bytes, kind: str) -> None:
    (found,) = reports(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Report)
    assert (found.id, found.source, found.kind) == ("stdin", "-", kind)


def test_a_line_of_fifty_megabytes_is_one_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("ঢাকায় ৫ জন আহত হয়েছেন। " * 800_000, "utf-8")
    found = only(path)
    assert isinstance(found, Report)
    article = read_plain(found.content).article
    assert len(article.body) == 1


def test_memory_does_not_grow_with_a_jsonl_file(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": STORY * 20}).encode() + b"\n"

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.jsonl"
        path.write_bytes(line * count)
        tracemalloc.start()
        assert sum(1 for _ in reports([path])) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < 2 * peak(100) + 100_000


def test_truncated_page_is_read_as_far_as_it_goes() -> None:
    page = (
        "<html><head><title>সেতু ধস</title></head><body><article><h1>সেতু ধসে নিহত ৫</h1>"
        + "<p>কর্ণফুলী নদীর ওপর নির্মাণাধীন সেতু ধসে পাঁচজন নিহত হয়েছেন। উদ্ধারকাজ চলছে বলে জানিয়েছে ফায়ার সার্ভিস।</p>" * 3
        + "<p>তদন্ত কমিটি হয়ে"
    )
    reading = read_html(page.encode()[:-1])
    assert reading.article.headline is not None
    assert reading.article.headline.text == "সেতু ধসে নিহত ৫"
    assert len(reading.article.body) >= 1
