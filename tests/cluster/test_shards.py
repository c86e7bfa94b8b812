"""However the inputs are cut, the same reports come out, in the order of `dabi add`, under the same names."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from dabi.cluster.records import numbered  # noqa: E402
from dabi.cluster.shards import (  # noqa: E402
    LARGEST_SHARD,
    SMALLEST_SHARD,
    Shard,
    Unreadable,
    blocks,
    cut,
    newlines,
    shard_size,
    sources,
)
from dabi.reading.inputs import Failure, InputKind, Report, reports  # noqa: E402


def shards(paths: list[str], size: int, kind: InputKind = "auto") -> list[Shard]:
    found = sources(paths, kind)
    return list(cut(found, {block: newlines(block) for block in blocks(found, size)}, size))


def read(paths: list[str], size: int, kind: InputKind = "auto") -> list[Report | Failure]:
    """The reports of all shards; on the way, that their positions only grow."""
    found, positions = [], []
    for shard in shards(paths, size, kind):
        for piece in shard.pieces:
            for number, report in numbered(piece, kind):
                positions.append((piece.input, piece.file, number))
                found.append(report)
    assert positions == sorted(set(positions))
    return found


@pytest.fixture
def lines(tmp_path: Path) -> str:
    """JSON lines of many lengths, with all that may stand between them."""
    rows = [
        b'\xef\xbb\xbf{"text": "\xe0\xa6\x95"}',
        b"",
        '{"id": "খ", "text": "দুই জন"}\r'.encode(),
        b"{broken",
        b"   ",
        json.dumps({"text": "ক" * 300, "published": "2025-01-02"}).encode(),
        b'{"text": ""}',
        b"",
        '{"text": "শেষ কথা, শেষে কোনো নতুন লাইন নেই"}'.encode(),
    ]
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"\n".join(rows))
    return str(path)


@pytest.mark.parametrize("size", [1, 2, 3, 10, 50, 64, 200, 500, 5000])
def test_lines_are_the_same_wherever_they_are_cut(lines: str, size: int) -> None:
    assert read([lines], size) == list(reports([lines]))


def test_a_line_longer_than_a_shard_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("".join(json.dumps({"text": "ক" * 1000}) + "\n" for _ in range(3)))
    found = read([str(path)], 100)
    assert found == list(reports([path]))
    assert len(shards([str(path)], 100)) > 10


def test_inputs_keep_their_order_and_what_they_are_called(tmp_path: Path, lines: str) -> None:
    folder = tmp_path / "pages"
    (folder / "below").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "a.html", "below/news.txt", ".hidden.txt", "picture.png"):
        (folder / name).write_text("<p>সাত জন নিহত</p>" if name.endswith("html") else "পাঁচ জন আহত")
    other = tmp_path / "below" / "news.txt"
    other.parent.mkdir()
    other.write_text("তিন জন")
    paths = [str(folder), lines, str(other), str(folder / "a.txt"), str(tmp_path / "nothing.txt")]
    assert read(paths, 100) == list(reports(paths))


@pytest.mark.parametrize("data", [b"", b"\n\n \n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(data)
    assert read([str(path)], 100) == list(reports([path]))


def test_a_file_that_is_gone_when_it_is_read_says_so(lines: str) -> None:
    (shard,) = shards([lines], 5000)
    Path(lines).unlink()
    ((number, failure),) = [found for piece in shard.pieces for found in numbered(piece, "auto")]
    assert (number, str(failure)) == (1, f"{lines}: there is no such file or folder")


def test_what_cannot_be_cut_is_read_whole(tmp_path: Path) -> None:
    line = '{"text": "দশ জন"}\n'
    utf16, listed, named = tmp_path / "utf16.jsonl", tmp_path / "list.json", tmp_path / "lines.dump"
    utf16.write_text(line * 20, encoding="utf-16")
    listed.write_text(json.dumps([{"text": "এক"}, {"text": "দুই"}], indent=1))
    named.write_text(line * 20)
    for path, count in ((utf16, 1), (listed, 1), (named, 6)):
        assert len(shards([str(path)], 100)) == count
        assert read([str(path)], 100) == list(reports([path]))


def test_compressed_lines_are_no_lines_to_cut(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "\xe0\xa6\x95"}\n' * 1000))
    assert [piece.kind for shard in shards([str(path)], 10) for piece in shard.pieces] == ["file"]
    assert [piece.kind for shard in shards([str(path)], 10, "jsonl") for piece in shard.pieces] == ["file"]


def test_small_files_go_together_and_large_ones_alone(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text("ক" * (1000 if number == 5 else 10))
    assert [len(shard.pieces) for shard in shards([str(tmp_path)], 100)] == [3, 2, 1, 3, 1]


def test_standard_input_cannot_be_divided() -> None:
    with pytest.raises(Unreadable, match="standard input"):
        sources(["-"])


@pytest.mark.parametrize(("total", "cores", "size"), [(0, 8, SMALLEST_SHARD), (10**12, 8, LARGEST_SHARD)])
def test_shards_are_neither_tiny_nor_huge(total: int, cores: int, size: int) -> None:
    assert shard_size(total, cores) == size


def table(path: Path, columns: dict[str, Any], **options: Any) -> str:
    parquet.write_table(pa.table(columns), path, **options)
    return str(path)


def test_a_table_is_cut_by_row_groups(tmp_path: Path) -> None:
    texts = [f"{n} জন" for n in range(1, 101)]
    path = table(tmp_path / "news.parquet", {"text": texts}, row_group_size=7)
    assert len(shards([path], 100)) == 15
    for size in (1, 100, 10**6):
        found = read([path], size)
        assert [(r.id, r.content) for r in found if isinstance(r, Report)] == [
            (f"news-{n}", text) for n, text in enumerate(texts, 1)
        ]


def test_a_table_says_what_a_line_of_json_says(tmp_path: Path) -> None:
    columns = {
        "id": ["a", None, "c", "d"],
        "text": ["এক জন", "দুই জন", None, ""],
        "html": [None, None, "<p>তিন জন</p>", None],
        "published": [date(2025, 1, 2), None, date(2025, 1, 3), None],
        "outlet": ["ভোরের পাতা", None, None, None],
        "url": [None, None, "https://example.org/c", None],
        "something": [1, 2, 3, 4],
    }
    a, b, c, d = read([table(tmp_path / "t.parquet", columns)], 100)
    assert isinstance(a, Report)
    assert (a.id, a.named, a.published, a.outlet, a.kind) == ("a", True, "2025-01-02", "ভোরের পাতা", "text")
    assert isinstance(b, Report)
    assert (b.id, b.named, b.published) == ("t-2", False, None)
    assert isinstance(c, Report)
    assert (c.kind, c.source, c.published) == ("html", "https://example.org/c", "2025-01-03")
    assert isinstance(d, Failure)
    assert (d.line, d.reason) == (4, '"text" is empty')


def test_a_moment_is_read_as_in_a_line(tmp_path: Path) -> None:
    """In the clock time of the newspapers: Dhaka is six hours ahead."""
    moment = datetime(2025, 1, 2, 9, 30, tzinfo=UTC)
    (found,) = read([table(tmp_path / "t.parquet", {"text": ["এক জন"], "published": [moment]})], 100)
    assert isinstance(found, Report)
    assert found.published == "2025-01-02T15:30"


def test_a_table_without_texts_says_so(tmp_path: Path) -> None:
    (found,) = read([table(tmp_path / "t.parquet", {"words": ["এক"]})], 100)
    assert found == Failure(source=found.source, line=1, reason='the table has no column "text" (or "html")')


def test_a_broken_table_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 no, this is none PAR1")
    (found,) = read([str(path)], 100)
    assert isinstance(found, Failure)
    assert found.reason.startswith("it cannot be read: as a Parquet file:")


def test_tables_in_a_folder_are_found_beside_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("এক জন")
    (tmp_path / "_work").mkdir()
    for name in ("b.parquet", "_work/no.parquet", "_no.parquet"):
        table(tmp_path / name, {"text": ["দুই জন"]})
    assert [r.id for r in read([str(tmp_path)], 100) if isinstance(r, Report)] == ["a", "b-1"]
