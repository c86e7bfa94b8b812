"""Whatever happens to the bytes of an archive, reading it never raises, and what was left whole is found."""

from __future__ import annotations

import gzip
import io
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

import web_archive as made
from dabi.reading.archive_counts import ArchiveCounts
from dabi.reading.archives import read_archive
from dabi.reading.bodies import BodyBroken, BodyTooLarge, decoded, without_chunks
from dabi.reading.inputs import Failure, Report
from dabi.reading.script_ratio import is_bengali, may_be_bengali, visible_text

RECORDS = [made.info(), *(made.capture(number) for number in range(4))]
PACKINGS = {
    "x.warc": made.plain,
    "x.warc.gz": made.gzipped,
    "x.warc.zst": made.zstd,
    "whole.warc.gz": made.gzipped_whole,
    "blocks.warc.gz": made.blocks,
}
SIGNS = st.sampled_from([b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"\r\n\r\n", bytes(300)])
ENCODINGS = st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "identity", "?"]), max_size=3)
MARKUP = st.lists(st.sampled_from(["<script>", "</script>", "<!--", "-->", "<p", ">", "ক", "&#2453;"])).map("".join)
NAMES = st.sampled_from(sorted(PACKINGS))
PACKED = {name: pack(RECORDS) for name, pack in PACKINGS.items()}


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError("not seekable")

    tell = seek


def found(data: bytes, name: str) -> tuple[list[Report | Failure], ArchiveCounts]:
    counts = ArchiveCounts()
    return list(read_archive(io.BytesIO(data), name, counts)), counts


@st.composite
def changed(draw: st.DrawFn, packed: bytes) -> bytes:
    """An archive with bytes overwritten, taken out and put in."""
    data = bytearray(packed)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        new = draw(st.binary(max_size=40) | SIGNS)
        data[at : at + draw(st.sampled_from([0, 1, len(new), 100, 1000]))] = new
    return bytes(data)


@settings(max_examples=150)
@given(NAMES.flatmap(lambda name: st.tuples(st.just(name), changed(PACKED[name]))))
def test_no_damage_stops_reading(case: tuple[str, bytes]) -> None:
    name, data = case
    reports, counts = found(data, name)
    parts = counts.kept + counts.not_bengali + counts.not_html + counts.not_ok + counts.revisits
    assert counts.records == parts + counts.too_large + counts.broken
    assert counts.kept == sum(isinstance(one, Report) for one in reports)
    streamed = ArchiveCounts()
    kept = [one for one in read_archive(Pipe(data), name, streamed) if isinstance(one, Report)]
    assert kept == [one for one in reports if isinstance(one, Report)]


@settings(max_examples=100)
@given(st.sampled_from(["x.warc.gz", "x.warc.zst"]), st.integers(1, 4), st.data())
def test_packed_by_record_damage_costs_no_other_record(name: str, number: int, data: st.DataObject) -> None:
    frames = [PACKINGS[name]([record]) for record in RECORDS]
    frames[number] = data.draw(changed(frames[number]))
    reports, _ = found(b"".join(frames), name)
    kept = [one.id for one in reports if isinstance(one, Report)]
    others = [f"https://news.example/{n}" for n in range(4) if n != number - 1]
    assert [id for id in kept if id in others] == others


@settings(max_examples=60)
@given(NAMES, st.data())
def test_a_file_cut_anywhere_gives_what_stands_before_the_cut(name: str, data: st.DataObject) -> None:
    packed = PACKED[name]
    whole = [one for one in found(packed, name)[0] if isinstance(one, Report)]
    cut = packed[: data.draw(st.integers(0, len(packed)))]
    kept = [one for one in found(cut, name)[0] if isinstance(one, Report)]
    assert kept == whole[: len(kept)]


@given(st.binary(max_size=300), ENCODINGS)
def test_no_body_does_more_than_be_refused(body: bytes, encodings: list[str]) -> None:
    for data in (body, gzip.compress(body)):
        with suppress(BodyBroken, BodyTooLarge):
            assert len(decoded(without_chunks(data), encodings, 1000)) <= max(1000, len(data))


@given(st.text(max_size=2000) | MARKUP)
def test_no_page_is_too_broken_to_be_looked_at(page: str) -> None:
    is_bengali(visible_text(page))
    may_be_bengali(page.encode("utf-8", "surrogatepass"))
