"""Whatever servers, names and people send: nothing but an answer or a reason, and no way into closed networks."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import ssl
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import brotli
import httpcore
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from answering import Asked, Server, server
from dabi.gathering.addresses import AddressRefused, closed, web_address, without_credentials
from dabi.gathering.decompression import STEP, Damaged, decoder
from dabi.gathering.fetching import Fetched, Fetcher, FetchFailed
from dabi.gathering.limits import Limits
from dabi.gathering.media import is_taken, media_type, sniffed
from dabi.gathering.network import CheckedNetwork, UnknownHost
from dabi.reading.decoding import Unreadable, decode
from dabi.reading.inputs import Failure, Report
from dabi.service.incoming import page_reports

# Answers

SMALL = Limits(size=2000, seconds=5, redirects=2)
TLS = ssl.create_default_context()  # making one takes longest
TOKENS = st.sampled_from(
    ["Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Location", "ETag", "Retry-After", "X"]
)
VALUES = st.one_of(
    st.sampled_from(
        [b"text/html", b"text/html; charset=", b"gzip", b"zstd", b"deflate", b"chunked", b"7", b"-1", b"0", b"/", b"//",
         b"http://[", b"http://127.0.0.1:1/", b"\xff\xfe", "/খবর".encode(),
         b"Wed, 21 Oct 2099 07:28:00 GMT", b";=", b""]
    ),
    st.binary(max_size=30),
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=300).map(gzip.compress),
    st.text(max_size=200).map(str.encode),
    st.sampled_from([b"<html><p>", b"<rss>", b'{"text": "x"}', b"[{}]", b"7\r\n<p>abcd\r\n0\r\n\r\n", bytes(3000)]),
)


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """HTTP as it might be, mostly."""
    status = draw(
        st.sampled_from([b"200 OK", b"200", b"301 x", b"302 x", b"304 x", b"404 x", b"503 x", b"99 x", b"100 x"])
    )
    lines = [b"HTTP/1.1 " + status]
    lines += [name.encode() + b": " + value for name, value in draw(st.lists(st.tuples(TOKENS, VALUES), max_size=5))]
    return b"\r\n".join(lines) + b"\r\n\r\n" + draw(BODIES)


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with server() as started:
        yield started


@given(answer=st.one_of(answers(), st.binary(max_size=200)))
def test_any_answer_is_fetched_or_refused_in_words(site: Server, answer: bytes) -> None:
    async def answering(asked: Asked, writer: Any) -> None:
        writer.write(answer)
        await writer.drain()

    async def run() -> Fetched | str:
        async with Fetcher(allow_private=True, tls=TLS) as fetcher:
            try:
                return await fetcher.get(site.address("/"), etag='"x"', limits=SMALL)
            except FetchFailed as failed:
                return str(failed)

    site.routes = {"/": answering, "/%E0%A6%96%E0%A6%AC%E0%A6%B0": answering}
    fetched = asyncio.run(run())
    if isinstance(fetched, str):
        assert fetched
        assert "\n" not in fetched
        return
    assert len(fetched.body) <= 2000
    for report in page_reports(fetched):
        assert isinstance(report, Failure | Report)


@given(header=st.text(max_size=100), body=st.binary(max_size=100))
def test_types_are_told_for_anything(header: str, body: bytes) -> None:
    kind, charset = media_type(header)
    assert isinstance(is_taken(kind), bool)
    assert kind == kind.lower()
    assert charset is None or charset
    assert sniffed(body) is None or is_taken(sniffed(body) or "")


@given(
    data=st.binary(min_size=1, max_size=100),
    charset=st.one_of(
        st.text(max_size=20), st.sampled_from(["hex", "utf-7", "rot13", "big5", "utf-16", "idna", "unicode_escape"])
    ),
)
def test_any_charset_that_is_said_is_survived(data: bytes, charset: str) -> None:
    with suppress(Unreadable):
        assert isinstance(decode(data, html=True, charset=charset).text, str)


# Decompression

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "identity": bytes,
}


def unpacked(encoding: str, data: bytes, cuts: Sequence[int]) -> bytes:
    """Decoded in pieces, cut at these places."""
    stream, out = decoder(encoding), []
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for start, end in pairwise(places):
        for piece in stream.decode(data[start:end]):
            assert 0 < len(piece) <= max(STEP, len(data), 64 * (1 << 17))
            out.append(piece)
    stream.finish()
    return b"".join(out)


CUTS = st.lists(st.integers(0, 10_000), max_size=8)


@given(encoding=st.sampled_from(list(PACKERS)), data=st.binary(max_size=3000), cuts=CUTS, times=st.integers(1, 60))
def test_however_it_is_cut_it_comes_out_whole(encoding: str, data: bytes, cuts: list[int], times: int) -> None:
    assert unpacked(encoding, PACKERS[encoding](data * times), cuts) == data * times


@given(encoding=st.sampled_from(["gzip", "deflate", "br", "zstd"]), data=st.binary(max_size=300), cuts=CUTS)
def test_what_is_not_compressed_is_refused(encoding: str, data: bytes, cuts: list[int]) -> None:
    with suppress(Damaged):
        unpacked(encoding, data, cuts)


@given(
    encoding=st.sampled_from(["gzip", "deflate", "br", "zstd"]),
    data=st.binary(min_size=1, max_size=300),
    cut=st.integers(1, 400),
)
def test_what_ends_too_early_is_refused(encoding: str, data: bytes, cut: int) -> None:
    packed = PACKERS[encoding](data)
    with pytest.raises(Damaged):
        unpacked(encoding, packed[: max(1, len(packed) - cut)], [])


# Addresses

ANY_4 = st.ip_addresses(v=4)
ANY_6 = st.ip_addresses(v=6)


@given(ANY_4)
def test_what_is_open_is_global(address: ipaddress.IPv4Address) -> None:
    if closed(address) is None:
        assert address.is_global
        assert not address.is_multicast


@given(ANY_4)
def test_an_address_inside_another_is_what_it_is_itself(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for outer in (
        0xFFFF << 32 | number,  # mapped
        int(ipaddress.IPv6Address("64:ff9b::")) | number,
        int(ipaddress.IPv6Address("2002::")) | number << 80,
        int(ipaddress.IPv6Address("2001:0:5db8:d70e::")) | number ^ 0xFFFFFFFF,
        int(ipaddress.IPv6Address("2606:4700::5efe:0:0")) | number,
    ):
        assert closed(ipaddress.IPv6Address(outer)) == closed(inner)


@given(ANY_6)
def test_only_what_is_given_out_is_open(address: ipaddress.IPv6Address) -> None:
    if closed(address) is None:
        carried = address.ipv4_mapped or (int(address) >> 32 == int(ipaddress.IPv6Address("64:ff9b::")) >> 32)
        assert carried or address in ipaddress.IPv6Network("2000::/3")
        assert not address.is_private or carried
        assert not address.is_multicast


ADDRESSES = st.one_of(ANY_4, ANY_6, ANY_4.map(lambda a: ipaddress.IPv6Address(0xFFFF << 32 | int(a)))).map(str)


@given(answers=st.lists(st.lists(ADDRESSES, max_size=4), min_size=1, max_size=3))
def test_connections_go_to_addresses_that_were_judged(answers: list[list[str]]) -> None:
    """However often a name changes its addresses."""
    reached: list[str] = []

    class Recording(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> Any:
            reached.append(host)
            raise httpcore.ConnectError("recorded")

    waiting = list(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return waiting.pop(0)

    async def run() -> None:
        network = CheckedNetwork(resolve)
        network._inner = Recording()  # type: ignore[assignment]
        for _ in answers:
            with pytest.raises((AddressRefused, UnknownHost, httpcore.ConnectError)):
                await network.connect_tcp("news.example", 80)

    asyncio.run(run())
    fit = [one for one in answers if one and all(closed(address) is None for address in one)]
    assert reached == [address for one in fit for address in one]


@given(st.one_of(st.text(max_size=60), st.text("ht:/@[]%.\\?#0a1xé ", max_size=30).map("http://".__add__)))
def test_any_text_is_a_web_address_or_is_refused(written: str) -> None:
    without_credentials(written)
    try:
        found = web_address(written)
    except AddressRefused:
        return
    assert found.scheme in ("http", "https")
    assert found.host
    assert not found.userinfo
    assert not found.fragment
    assert str(found).isascii()
    assert web_address(str(found)) == found


@given(st.from_regex(r"https?://[a-z]{0,5}:?SECRET[a-z@:%]{0,5}@[a-z0-9.\[\]:]{1,12}(/[a-z@]{0,4})?", fullmatch=True))
def test_no_password_is_ever_shown(written: str) -> None:
    assert "SECRET" not in without_credentials(written)
    with pytest.raises(AddressRefused) as refused:
        web_address(written)
    assert "SECRET" not in str(refused.value)
