"""Files by path and by address, packed and not: what comes out is the same, and what cannot be opened says why."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import fsspec
import pytest
import zstandard

import web_archive as made
from dabi.reading import inputs
from dabi.reading.inputs import Failure, Report, reports
from dabi.reading.opening import NotOpened, opened, shown

STORY = "সেতু ধসে নিহত ৫\n\nকর্ণফুলী নদীর ওপর নির্মাণাধীন সেতু ধসে পাঁচজন নিহত হয়েছেন।\n"
PACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}
LINES = "".join(json.dumps({"text": STORY, "published": f"2025-06-{day:02}"}) + "\n" for day in range(1, 8)).encode()


def only(name: str | Path) -> Report:
    (found,) = reports([name])
    assert isinstance(found, Report), found
    return found


def refused(name: str | Path) -> str:
    (found,) = reports([name])
    assert isinstance(found, Failure), found
    return str(found)


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.mark.parametrize("packing", PACK)
def test_a_packed_file_is_the_file(tmp_path: Path, packing: str) -> None:
    files = {"a.txt": STORY, "b.html": made.page("বন্যা"), "c.json": json.dumps({"text": STORY}, indent=1)}
    for name, content in files.items():
        (tmp_path / f"{name}{packing}").write_bytes(PACK[packing](content.encode()))
    found = [one for one in reports([tmp_path]) if isinstance(one, Report)]
    assert [(one.id, one.kind) for one in found] == [("a", "text"), ("b", "html"), ("c", "text")]
    assert found[0].content == STORY


@pytest.mark.parametrize("packing", PACK)
def test_packed_lines(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"news.jsonl{packing}"
    path.write_bytes(PACK[packing](LINES))
    found = [one for one in reports([path]) if isinstance(one, Report)]
    assert [one.id for one in found] == [f"news-{n}" for n in range(1, 8)]
    assert found[6].published == "2025-06-07"


def test_packing_is_known_by_content_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(gzip.compress(STORY.encode()))
    assert only(path).content == STORY
    (found,) = reports(["-"], stdin=io.BytesIO(zstandard.compress(STORY.encode())))
    assert isinstance(found, Report)
    assert found.content == STORY


def test_files_joined_after_packing(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    half = LINES.index(b"\n", len(LINES) // 2) + 9
    path.write_bytes(gzip.compress(LINES[:half]) + gzip.compress(LINES[half:]))
    assert len(list(reports([path]))) == 7


def test_lines_up_to_where_the_packing_is_damaged(tmp_path: Path) -> None:
    lines = ({"id": str(n), "text": sha256(str(n).encode()).hexdigest() * 3} for n in range(9000))
    many = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(many)[:-2000])
    *good, bad = reports([path])
    assert len(good) > 1000
    assert all(isinstance(one, Report) for one in good[:1000])
    assert isinstance(bad, Failure)
    assert "cannot be unpacked: the packed data end too early" in bad.reason


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.jsonl"])
def test_a_bomb_is_refused(tmp_path: Path, name: str, packing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LARGEST_UNPACKED", 1 << 20)
    (tmp_path / f"{name}{packing}").write_bytes(PACK[packing](b"<p>" + b"x" * (9 << 20)))
    assert "unpacks to more than 1 MB" in refused(tmp_path / f"{name}{packing}")


def test_a_bomb_of_many_lines_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LARGEST_UNPACKED", 1 << 20)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"words and words\n" * 400_000))
    assert "unpacks to more than 1 MB" in refused(tmp_path / "a.txt.gz")


# Addresses


def test_an_address_is_read_like_a_path(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe({"/news/a.txt": STORY.encode(), "/news/b.jsonl.gz": gzip.compress(LINES), "/news/c.png": b"\x89PNG"})
    memory.pipe("/news/d.warc.gz", made.gzipped([made.capture(1), made.capture(2)]))
    found = only("memory://news/a.txt")
    assert (found.id, found.source, found.content) == ("a", "memory://news/a.txt", STORY)
    assert [one.id for one in reports(["memory://news/b.jsonl.gz"]) if isinstance(one, Report)][:2] == ["b-1", "b-2"]
    assert len(list(reports(["memory://news/d.warc.gz"]))) == 2


def test_folders_and_patterns_behind_an_address(memory: fsspec.AbstractFileSystem) -> None:
    for name in ("1/a.txt", "1/b.txt", "2/a.txt", "2/c.png"):
        memory.pipe(f"/news/{name}", STORY.encode())
    sources = [one.source for one in reports(["memory://news"]) if isinstance(one, Report)]
    assert sources == ["memory:///news/1/a.txt", "memory:///news/1/b.txt", "memory:///news/2/a.txt"]
    assert [one.source for one in reports(["memory://news/*/a.txt"])] == [sources[0], sources[2]]
    assert "no articles there" in refused("memory://news/*.pdf")


def test_a_file_within_a_zip_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("day/flood.html", made.page("বন্যা"))
        archive.writestr("crawl.warc.gz", made.gzipped([made.capture(n) for n in range(5)]))
    found = only(f"zip://day/flood.html::{tmp_path}/pages.zip")
    assert (found.id, found.kind, found.content) == ("flood", "html", made.page("বন্যা"))
    assert len(list(reports([f"zip://crawl.warc.gz::file://{tmp_path}/pages.zip"]))) == 5
    assert len(list(reports([f"zip://*::{tmp_path}/pages.zip"]))) == 5


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://nothing/here.txt", "no such file"),
        ("file:///nothing/here.txt", "no such file"),
        ("adl://store/a.txt", "package is missing that opens adl:// addresses"),
        ("nosuch://a.txt", "nosuch"),
        ("zip://a.txt::/nothing/here.zip", "no such file"),
    ],
)
def test_what_cannot_be_opened_says_why(address: str, said: str) -> None:
    told = refused(address)
    assert said in told
    assert told.startswith(address)


def test_the_web_is_not_opened_as_a_file() -> None:
    for address in ("https://news.example/a.warc.gz", "zip://a.txt::https://news.example/pages.zip"):
        with pytest.raises(NotOpened, match="the web"), opened(address):
            pass


def test_secrets_of_an_address_are_not_told() -> None:
    assert shown("ftp://ruma:secret@files.example/a.txt") == "ftp://files.example/a.txt"
    assert "secret" not in refused("nosuch://ruma:secret@files.example/a.txt")


def test_what_opens_addresses_is_loaded_for_addresses_alone(tmp_path: Path) -> None:
    path = tmp_path / "report.txt.gz"
    path.write_bytes(gzip.compress(STORY.encode()))
    code = (
        "import sys; from dabi.reading.inputs import reports; list(reports(sys.argv[1:]));"
        "print(sorted({'fsspec', 'fastwarc', 'zstandard'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
