"""Web archives as they are: packed in every way, with pages of every kind, and damaged in every way."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard

import web_archive as made
from dabi.reading.archive_counts import ArchiveCounts
from dabi.reading.archives import Limits, iter_archive, read_archive
from dabi.reading.inputs import Failure, Report, reports

PACKINGS = [made.plain, made.gzipped, made.gzipped_whole, made.blocks, made.zstd, made.zstd_with_dictionary]
BY_RECORD = [made.gzipped, made.zstd]
packings = pytest.mark.parametrize("pack", PACKINGS, ids=lambda pack: pack.__name__)


class Pipe(io.BytesIO):
    """Something that can only be read on, as standard input can."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError("not seekable")

    tell = seek


class Opened:
    """An archive read, once as a file and once as a stream: both must give the same."""

    def __init__(self, data: bytes, name: str = "crawl.warc.gz", limits: Limits | None = None) -> None:
        self.counts, streamed = ArchiveCounts(), ArchiveCounts()
        self.found = list(read_archive(io.BytesIO(data), name, self.counts, limits=limits))
        assert list(read_archive(Pipe(data), name, streamed, limits=limits)) == self.found
        assert streamed == self.counts
        self.reports = [one for one in self.found if isinstance(one, Report)]
        self.failures = [one.reason for one in self.found if isinstance(one, Failure)]

    @property
    def numbers(self) -> list[int]:
        return [int(report.id.rpartition("/")[2]) for report in self.reports]


def only(block: bytes, **changed: str) -> Opened:
    """An archive of one response with this block."""
    return Opened(made.gzipped([made.record("https://news.example/1", block, **changed)]))  # type: ignore[arg-type]


def pages(count: int) -> list[bytes]:
    return [made.capture(number) for number in range(count)]


# What becomes a report


@packings
def test_every_packing(pack: made.Packing) -> None:
    archive = Opened(pack([made.info(), *pages(6)]))
    assert archive.numbers == [0, 1, 2, 3, 4, 5]
    assert archive.failures == []
    assert (archive.counts.records, archive.counts.kept) == (6, 6)


def test_a_capture_is_a_report_known_by_its_address_and_time() -> None:
    block = made.http(made.page("বন্যা").encode())
    address = "HTTPS://News.Example:443/flood?utm_source=feed&id=7#top"
    (report,) = Opened(made.gzipped([made.record(address, block, date="2025-06-24T05:30:00Z")])).reports
    assert (report.id, report.source, report.named) == ("https://news.example/flood?id=7",) * 2 + (True,)
    assert (report.kind, report.fetched) == ("html", "2025-06-24T05:30:00Z")
    assert report.content == made.page("বন্যা")


@pytest.mark.parametrize(
    ("date", "fetched"),
    [
        ("2025-06-24T11:30:00+06:00", "2025-06-24T05:30:00Z"),
        ("2025-06-24T05:30:00.250Z", "2025-06-24T05:30:00.250000Z"),
        ("yesterday", None),
    ],
)
def test_the_time_of_a_capture_is_in_utc(date: str, fetched: str | None) -> None:
    (report,) = only(made.http(made.page("বন্যা").encode()), date=date).reports
    assert report.fetched == fetched


def test_addresses_in_angle_brackets() -> None:
    block = made.http(made.page("বন্যা").encode())
    (report,) = Opened(made.plain([made.record("<https://news.example/1>", block)])).reports
    assert report.id == "https://news.example/1"


def test_wet_is_text() -> None:
    archive = Opened(made.gzipped([made.info(), made.wet("https://news.example/3", made.BENGALI)]), "x.warc.wet.gz")
    (report,) = archive.reports
    assert (report.kind, report.content, report.id) == ("text", made.BENGALI, "https://news.example/3")


def test_resources_are_pages_too() -> None:
    data = made.page("বন্যা").encode()
    archive = Opened(made.plain([made.record("https://news.example/4", data, kind="resource", media="text/html")]))
    assert archive.numbers == [4]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
        ("identity", bytes),
        ("gzip", bytes),
        ("deflate", bytes),
        ("br", bytes),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_content_encodings_and_headers_that_outlived_them(encoding: str, body: Callable[[bytes], bytes]) -> None:
    page = made.page("বন্যা")
    (report,) = only(made.http(body(page.encode()), Content_Encoding=encoding)).reports
    assert report.content == page


def chunked(data: bytes, size: int = 500, extension: bytes = b"") -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x%s\r\n%s\r\n" % (len(p), extension, p) for p in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    "body",
    [chunked, lambda data: chunked(data, extension=b";signature=1"), bytes, lambda data: data + b"\r\n"],
    ids=["chunks", "chunks with extensions", "chunks taken out by the crawler", "and a line end left"],
)
def test_chunked_bodies(body: Callable[[bytes], bytes]) -> None:
    page = made.page("বন্যা")
    (report,) = only(made.http(body(page.encode()), Transfer_Encoding="chunked")).reports
    assert report.content.rstrip() == page


def test_chunks_of_a_packed_body() -> None:
    page = made.page("বন্যা")
    block = made.http(chunked(gzip.compress(page.encode()), 60), Transfer_Encoding="chunked", Content_Encoding="gzip")
    assert only(block).reports[0].content == page


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (made.page("বন্যা").encode("utf-16"), "text/html"),
        (made.page("বন্যা").encode("utf-16-le"), "text/html; charset=utf-16le"),
        (made.page("x", "".join(f"&#{ord(c)};" for c in made.BENGALI)).encode(), "text/html"),
        (made.page("বন্যা").encode(), None),
        (made.page("বন্যা").encode(), "application/xhtml+xml"),
        (made.page("বন্যা", menu="|".join(f"World news and opinion {n}" for n in range(99))).encode(), "text/html"),
    ],
    ids=["UTF-16", "UTF-16 that the server names", "references", "no media type", "XHTML", "a large English menu"],
)
def test_bengali_pages_of_every_kind(data: bytes, media: str | None) -> None:
    archive = only(made.http(data, media=media))
    assert archive.counts.kept == 1, archive.counts


def test_a_page_that_the_crawler_cut_says_so() -> None:
    block = made.http(made.page("বন্যা").encode())
    (report,) = Opened(
        made.plain([made.record("https://news.example/1", block, more="WARC-Truncated: length\r\n")])
    ).reports
    assert any("cut" in warning for warning in report.warnings)


# What is passed over and counted


def test_what_is_no_bengali_page_is_counted() -> None:
    def response(number: int, block: bytes, **changed: str) -> bytes:
        return made.record(f"https://news.example/{number}", block, **changed)  # type: ignore[arg-type]

    english = made.page("Flood", made.ENGLISH * 9).encode()
    bengali = made.page("বন্যা").encode()
    archive = Opened(
        made.gzipped(
            [
                made.info(),
                response(0, made.http(english)),
                response(1, made.http(made.page("x", made.ENGLISH * 9 + " মানিকগঞ্জ").encode())),
                response(2, b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n", kind="request"),
                response(3, made.http(b"\x89PNG" * 99, media="image/png")),
                response(4, made.http(b'{"a": "' + bengali + b'"}', media="application/json")),
                response(5, made.http(b"plain words", media=None)),
                response(6, made.http(bengali, status="404 Not Found")),
                response(7, made.http(b"", status="301 Moved", Location="/8")),
                response(8, made.http(b"", status="200 OK"), kind="revisit"),
                response(9, b"news.example. 60 IN A 192.0.2.1", media="text/dns"),
                response(10, b"fields: 1", kind="metadata", media="application/warc-fields"),
                response(11, made.http(bengali)),
            ]
        )
    )
    assert archive.numbers == [11]
    assert archive.failures == []
    assert archive.counts == ArchiveCounts(
        archives=1, records=9, kept=1, not_bengali=2, not_html=3, not_ok=2, revisits=1
    )
    assert str(archive.counts) == (
        "1 archive, 9 records: 1 Bengali, 2 not Bengali, 3 not HTML or text, 2 with another status than 200, "
        "1 unchanged since an earlier capture"
    )


def test_an_archive_without_a_bengali_page_says_so() -> None:
    archive = only(made.http(made.page("Flood", made.ENGLISH * 9).encode()))
    assert archive.found == []
    assert str(archive.counts) == "1 archive, 1 record: no Bengali page, 1 not Bengali"


@pytest.mark.parametrize("pack", [made.plain, made.gzipped, made.gzipped_whole, made.zstd], ids=lambda p: p.__name__)
def test_a_record_of_fifty_megabytes_is_passed_over_with_its_reason(pack: made.Packing) -> None:
    large = made.record("https://news.example/1", made.http(b"<p>" + b"words " * (50_000_000 // 6)))
    video = made.record("https://news.example/2", made.http(b"\0" * 20_000_000, media="video/mp4"))
    archive = Opened(pack([made.capture(0), large, video, made.capture(3)]))
    assert archive.numbers == [0, 3]
    assert [reason.partition(": ")[2] for reason in archive.failures] == ["a record of 47 MB, larger than 16 MB"]
    assert (archive.counts.too_large, archive.counts.not_html) == (1, 1)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", lambda data: gzip.compress(data)),
        ("deflate", zlib.compress),
        ("br", lambda data: brotli.compress(data, quality=1)),
        ("zstd", zstandard.compress),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    ],
)
def test_a_bomb_in_a_body_costs_its_record_alone(encoding: str, bomb: Callable[[bytes], bytes]) -> None:
    block = made.http(bomb(b"<html>" + b" " * 40_000_000), Content_Encoding=encoding)
    archive = Opened(made.gzipped([made.capture(0), made.record("https://news.example/1", block), made.capture(2)]))
    assert archive.numbers == [0, 2]
    assert archive.counts.too_large == 1
    assert "more than 16 MB" in archive.failures[0]


@pytest.mark.parametrize("length", [300_000_000, 10**12])
def test_a_bomb_of_a_record_is_not_unpacked_to_its_end(length: int) -> None:
    head = made.record(
        "https://news.example/1", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", length=length, end=b""
    )
    codec = zlib.compressobj(wbits=31)
    bomb = codec.compress(head) + b"".join(codec.compress(bytes(1 << 20)) for _ in range(300)) + codec.flush()
    unpacked = 0

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal unpacked
            data = super().read(size)
            unpacked += len(data)
            return data

    packed = made.gzipped([made.capture(0)]) + bomb + made.gzipped([made.capture(2)])
    archive = Opened(packed)
    assert archive.numbers == [0, 2]
    assert archive.counts.too_large + archive.counts.broken == 1
    list(read_archive(Counting(packed), "crawl.warc.gz"))
    assert unpacked < 6 * len(packed)  # it is looked through, a few times, but never for each record again


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (made.http(gzip.compress(b"<html>" * 99)[:-9], Content_Encoding="gzip"), "ends too early"),
        (made.http(b"\x1f\x8bnonsense", Content_Encoding="gzip"), "damaged"),
        (made.http(b"nonsense", Content_Encoding="br"), "damaged"),
        (made.http(b"nonsense", Content_Encoding="snappy"), "unknown"),
        (made.http(b"5\r\nhello\r\n50\r\nworld", Transfer_Encoding="chunked"), "break off"),
        (made.http(b"5\r\nhello\r\nworld", Transfer_Encoding="chunked"), "no length"),
    ],
)
def test_bodies_that_cannot_be_decoded(block: bytes, why: str) -> None:
    archive = only(block)
    assert archive.counts.broken == 1
    assert why in archive.failures[0]


# Damage


def damaged(pack: made.Packing, broken: bytes) -> Opened:
    records = pages(5)
    return Opened(
        pack([*records[:2], broken, *records[3:]]), {made.plain: "x.warc", made.zstd: "x.zst"}.get(pack, "x.gz")
    )


@packings
@pytest.mark.parametrize("length", [700, 3000, 10**7, 10**12, "many", -5, ""])
def test_a_wrong_length_costs_its_record_alone(pack: made.Packing, length: int | str) -> None:
    archive = damaged(pack, made.capture(2, length=length))
    assert archive.numbers == [0, 1, 3, 4]
    assert archive.counts.broken == 1
    assert archive.failures[0].startswith("the record at byte ")


@packings
def test_half_a_record_costs_no_other(pack: made.Packing) -> None:
    archive = damaged(pack, made.capture(2)[:900])
    assert archive.numbers == [0, 1, 3, 4]
    assert archive.counts.broken == 1


@packings
@pytest.mark.parametrize("garbage", [b"no record at all\r\n" * 40, b"\0" * 3000, b"WARC/1.0\r\n\r\n"])
def test_garbage_in_the_place_of_a_record(pack: made.Packing, garbage: bytes) -> None:
    archive = damaged(pack, garbage)
    assert archive.numbers == [0, 1, 3, 4]
    assert archive.counts.broken == 1


@pytest.mark.parametrize("pack", BY_RECORD)
@pytest.mark.parametrize(
    "garbage", [b"<html>Service unavailable</html>" * 9, b"\x1f\x8b\x08\0" * 30, b"\x28\xb5\x2f\xfd" * 30]
)
def test_garbage_between_packed_records(pack: made.Packing, garbage: bytes) -> None:
    archive = Opened(
        pack(pages(2)) + garbage + pack([made.capture(2), made.capture(3)]), "x.gz" if pack is made.gzipped else "x.zst"
    )
    assert archive.numbers == [0, 1, 2, 3]
    assert archive.counts.broken >= 1


def test_padding_between_packed_records_is_no_damage() -> None:
    archive = Opened(made.gzipped(pages(2)) + bytes(512) + made.gzipped([made.capture(2)]))
    assert (archive.numbers, archive.failures) == ([0, 1, 2], [])


@pytest.mark.parametrize("pack", BY_RECORD)
@pytest.mark.parametrize("at", [0, 3, 40, 200, -10, -1])
def test_a_damaged_byte_costs_its_record_alone(pack: made.Packing, at: int) -> None:
    records = pages(5)
    bad = bytearray(pack([records[2]]))
    bad[at] ^= 0x55
    name = "x.gz" if pack is made.gzipped else "x.zst"
    archive = Opened(pack(records[:2]) + bytes(bad) + pack(records[3:]), name)
    assert [number for number in archive.numbers if number != 2] == [0, 1, 3, 4]
    assert archive.counts.broken == (2 not in archive.numbers)


@packings
def test_a_file_that_was_cut(pack: made.Packing) -> None:
    data = pack(pages(4))
    archive = Opened(data[: len(data) - 60])
    assert archive.numbers == [0, 1, 2]
    assert archive.counts.broken == 1


@pytest.mark.parametrize("pack", BY_RECORD)
def test_a_file_without_its_beginning(pack: made.Packing) -> None:
    archive = Opened(pack(pages(4))[100:], "x.gz" if pack is made.gzipped else "x.zst")
    assert archive.numbers == [1, 2, 3]
    assert archive.counts.broken == 1


def test_archives_packed_in_different_ways_joined() -> None:
    one, two, three = ([made.capture(10 * k + n) for n in range(3)] for k in range(3))
    archive = Opened(made.gzipped(one) + made.gzipped_whole(two) + made.gzipped(three) + made.blocks(one))
    assert archive.numbers == [0, 1, 2, 10, 11, 12, 20, 21, 22, 0, 1, 2]
    assert archive.failures == []


def test_records_that_end_in_newlines_alone() -> None:
    records = [record.replace(b"\r\n", b"\n") for record in pages(3)]
    fixed = [_with_length(record) for record in records]
    assert Opened(made.gzipped(fixed)).numbers == [0, 1, 2]


def _with_length(record: bytes) -> bytes:
    head, _, block = record.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith(b"Content-Length")]
    block = block.removesuffix(b"\n\n")
    return b"\n".join([*lines, b"Content-Length: %d" % len(block)]) + b"\n\n" + block + b"\n\n"


def test_a_page_cannot_pass_off_a_record_of_its_own() -> None:
    forged = made.page("বন্যা", made.BENGALI + "</p><pre>\r\n\r\n" + made.capture(99).decode() + "</pre><p>")
    for pack in PACKINGS:
        archive = Opened(
            pack([made.capture(0), made.record("https://news.example/1", made.http(forged.encode())), made.capture(2)])
        )
        assert archive.numbers == [0, 1, 2]


def test_only_the_first_broken_records_are_told_one_by_one() -> None:
    archive = Opened(made.gzipped([made.capture(n, length=700) for n in range(9)] + [made.capture(9)]))
    assert archive.numbers == [9]
    assert archive.counts.broken == 9
    assert archive.failures[5:] == ["4 more records are broken or too large"]


@pytest.mark.parametrize(
    "data", [b"", b"\x1f\x8b", gzip.compress(b"", mtime=0), b"no archive " * 99, gzip.compress(b"no archive", mtime=0)]
)
def test_what_is_no_archive(data: bytes) -> None:
    archive = Opened(data)
    assert archive.reports == []
    assert len(archive.failures) == 1


# As an input among others


def test_archives_are_inputs_like_files(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(made.gzipped(pages(2)))
    (tmp_path / "b.warc").write_bytes(made.plain([made.capture(2)]))
    (tmp_path / "c.warc.wet.zst").write_bytes(made.zstd([made.wet("https://news.example/3", made.BENGALI)]))
    (tmp_path / "d.txt").write_text(made.BENGALI, "utf-8")
    counts = ArchiveCounts()
    assert [ending(found) for found in reports([tmp_path], counts=counts)] == ["0", "1", "2", "3", "d"]
    assert (counts.archives, counts.records, counts.kept) == (3, 4, 4)


def ending(found: Report | Failure) -> str:
    assert isinstance(found, Report), found
    return found.id.rpartition("/")[2]


@packings
def test_an_archive_on_standard_input_is_known_by_its_content(pack: made.Packing) -> None:
    data = pack(pages(3))
    if pack is made.zstd_with_dictionary:  # its first bytes are the dictionary's
        found = reports(["-"], "warc", stdin=Pipe(data))
    else:
        found = reports(["-"], stdin=Pipe(data))
    assert [ending(one) for one in found] == ["0", "1", "2"]


def test_iter_archive_of_a_file_and_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.gzipped(pages(2)))
    assert [ending(one) for one in iter_archive(path)] == ["0", "1"]
    (missing,) = iter_archive(tmp_path / "b.warc.gz")
    assert isinstance(missing, Failure)
    assert "no such file" in missing.reason


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.warc.gz"
        path.write_bytes(made.gzipped([made.capture(0)]) * count)
        tracemalloc.start()
        assert sum(1 for _ in iter_archive(path)) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(600) < 1.5 * peak(60) + 100_000
