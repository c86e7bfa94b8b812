"""Fetching from servers that behave, and from those that do not."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard

from answering import Asked, Server, redirect, server, told
from dabi.gathering import network
from dabi.gathering.addresses import closed
from dabi.gathering.fetching import Fetched, Fetcher, FetchFailed, Hop
from dabi.gathering.limits import MEGABYTE, Limits

PAGE = "<!doctype html><p>বন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে।</p>"
CERTIFICATE = Path(__file__).parent / "data" / "news.test.pem"
QUICK = Limits(seconds=0.4, connect=0.4)


@pytest.fixture
def public_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for a public address; all others are what they are."""
    monkeypatch.setattr(network, "closed", lambda address: None if address == "127.0.0.1" else closed(address))


@pytest.fixture
def site() -> Iterator[Server]:
    with server() as started:
        yield started


def get(url: str, **given: Any) -> Fetched:
    """Fetch with a fetcher of its own, on loopback."""
    options = {name: given.pop(name) for name in ("resolve", "permit", "tls", "agent") if name in given}
    private = given.pop("allow_private", True)

    async def run() -> Fetched:
        async with Fetcher(allow_private=private, **options) as fetcher:
            return await fetcher.get(url, **given)

    return asyncio.run(run())


def failure(url: str, **given: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as raised:
        get(url, **given)
    return raised.value


def names(**hosts: list[str]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A resolver that knows these names (with _ for .); a name's answers are given one after the other."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        answers = hosts.get(host.replace(".", "_"))
        if answers is None:
            raise OSError("no such name")
        return [answers.pop(0) if len(answers) > 1 else answers[0]]

    return resolve


# What is fetched


def test_a_page(site: Server) -> None:
    modified = "Mon, 23 Nov 2026 10:00:00 GMT"
    site.routes["/flood"] = told(PAGE, ETag='"7"', Last_Modified=modified, Set_Cookie="seen=1")
    page = get(site.address("/flood?utm_source=feed#top"))
    assert page.body.decode() == PAGE
    assert (page.media, page.charset, page.status) == ("text/html", "utf-8", 200)
    assert (page.etag, page.modified, page.unchanged) == ('"7"', modified, False)
    assert page.url == site.address("/flood")
    assert datetime.fromisoformat(page.when) <= datetime.now(UTC)
    (asked,) = site.asked
    assert asked.headers["user-agent"].startswith("dabi/")
    assert asked.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert asked.headers["host"] == f"127.0.0.1:{site.port}"


def test_nothing_is_remembered_of_one_request_in_the_next(site: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.routes["/"] = told(PAGE, Set_Cookie="seen=1; Path=/")

    async def twice() -> None:
        async with Fetcher(allow_private=True) as fetcher:
            await fetcher.get(site.address("/"))
            await fetcher.get(site.address("/"))

    asyncio.run(twice())
    assert len(site.asked) == 2
    assert not any({"cookie", "authorization", "referer"} & asked.headers.keys() for asked in site.asked)


def test_what_did_not_change_is_not_sent_again(site: Server) -> None:
    site.routes["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n'
    page = get(site.address("/"), etag='"7"', modified="Mon, 23 Nov 2026 10:00:00 GMT")
    assert (page.unchanged, page.body, page.etag) == (True, b"", '"7"')
    assert site.asked[0].headers["if-none-match"] == '"7"'
    assert site.asked[0].headers["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert failure(site.address("/")).why == "broken"  # nothing was known before


def test_marks_of_versions_that_could_not_be_sent_back_are_not_kept(site: Server) -> None:
    site.routes["/"] = told(PAGE, ETag='"ab\x7f"', Last_Modified="x" * 2000)
    page = get(site.address("/"), etag='"a\r\nX-Injected: 1"')
    assert (page.etag, page.modified) == (None, None)
    assert "x-injected" not in site.asked[0].headers
    assert "if-none-match" not in site.asked[0].headers


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:20]) + gzip.compress(data[20:]) + b"\0\0"),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),  # bare, as some servers send it
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("zstd", lambda data: b"".join(zstandard.ZstdCompressor().compress(part) for part in (data[:20], data[20:]))),
        ("identity", lambda data: data),
        ("", lambda data: data),
    ],
)
def test_compression(site: Server, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    long = PAGE * 3000
    site.routes["/"] = told(pack(long.encode()), Content_Encoding=encoding)
    assert get(site.address("/")).body.decode() == long


def test_a_sitemap_in_a_gzip_file_is_unpacked(site: Server) -> None:
    sitemap = '<?xml version="1.0"?><urlset><url><loc>https://news.example/</loc></url></urlset>'
    site.routes["/news.xml.gz"] = told(gzip.compress(sitemap.encode()), "application/x-gzip")
    page = get(site.address("/news.xml.gz"))
    assert (page.body.decode(), page.media) == (sitemap, "application/xml")


@pytest.mark.parametrize(
    ("said", "body", "media"),
    [
        ("", PAGE, "text/html"),
        ("application/octet-stream", '<?xml version="1.0"?><rss/>', "application/xml"),
        ("", "আজকের খবর", "text/plain"),
        ("nonsense", '{"text": "আজ"}', "application/json"),
        ("application/rss+xml; charset=UTF-8", "<rss/>", "application/rss+xml"),
        ("TEXT/HTML", PAGE, "text/html"),
        ("", "আজ".encode("utf-16"), "text/plain"),
    ],
)
def test_what_an_answer_holds(site: Server, said: str, body: str | bytes, media: str) -> None:
    site.routes["/"] = told(body, said)
    assert get(site.address("/")).media == media


@pytest.mark.parametrize("said", ["image/png", "application/pdf", "video/mp4", "image/svg+xml", "text/css"])
def test_what_is_no_text_is_not_even_taken(site: Server, said: str) -> None:
    site.routes["/"] = told(b"x" * 100, said)
    wrong = failure(site.address("/"))
    assert (wrong.why, str(wrong)) == ("media", f"it is {said}, not a page or text")


@pytest.mark.parametrize("said", ["", "application/octet-stream"])
def test_bytes_without_a_type(site: Server, said: str) -> None:
    site.routes["/"] = told(os.urandom(50) + b"\0\1\2" * 50, said)
    assert failure(site.address("/")).why == "media"


# Redirects


def test_redirects_are_followed_and_told(site: Server) -> None:
    site.routes["/old"] = redirect("/খবর/১", "301 Moved Permanently")  # raw UTF-8, as servers send it
    site.routes["/%E0%A6%96%E0%A6%AC%E0%A6%B0/%E0%A7%A7"] = redirect("?page=2")
    seen: list[str] = []

    async def second(asked: Asked, writer: Any) -> None:
        seen.append(asked.path)
        writer.write(redirect("new", "308 x") if len(seen) == 1 else told(PAGE))
        await writer.drain()

    site.routes["/%E0%A6%96%E0%A6%AC%E0%A6%B0/%E0%A7%A7"] = second
    site.routes["/%E0%A6%96%E0%A6%AC%E0%A6%B0/new"] = told(PAGE)
    page = get(site.address("/old"))
    assert page.url == site.address("/%E0%A6%96%E0%A6%AC%E0%A6%B0/new")
    assert page.asked == site.address("/old")
    assert page.history == (
        Hop(site.address("/old"), 301),
        Hop(site.address("/%E0%A6%96%E0%A6%AC%E0%A6%B0/%E0%A7%A7"), 308),
    )


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("/", "redirects"),
        ("", "redirects"),
        ("http://[", "refused"),
        ("file:///etc/passwd", "refused"),
        ("ftp://news.example/", "refused"),
        ("http://me:secret@news.example/", "refused"),
        ("javascript:alert(1)", "refused"),
        ("http://169.254.169.254/latest/meta-data/", "refused"),
        ("http://0x7f.2/", "refused"),
        ("//[::1]/", "refused"),
    ],
)
def test_redirects_to_where_dabi_does_not_go(site: Server, public_loopback: None, to: str, why: str) -> None:
    site.routes["/"] = redirect(to)
    wrong = failure(site.address("/"), allow_private=False)
    assert wrong.why == why
    assert "secret" not in f"{wrong}{wrong.url}"
    assert [asked.path for asked in site.asked] == ["/"]


def test_a_chain_without_an_end(site: Server) -> None:
    for i in range(9):
        site.routes[f"/{i}"] = redirect(f"/{i + 1}")
    wrong = failure(site.address("/0"))
    assert (wrong.why, str(wrong)) == ("redirects", "it redirects more than 5 times")
    assert len(site.asked) == 6


def test_a_step_down_from_https_is_followed_and_said(site: Server) -> None:
    site.routes["/plain"] = told(PAGE)
    with server(tls=certificate()) as secure:
        secure.routes["/"] = redirect(site.address("/plain"))
        page = get(secure.address("/", "news.test", "https"), resolve=names(news_test=["127.0.0.1"]), tls=trusting())
    assert page.body.decode() == PAGE
    assert page.notes == ("a redirect led from https to http: the page came unprotected",)


# Networks


def certificate() -> ssl.SSLContext:
    """What a server shows to be news.test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def test_the_connection_goes_to_the_address_and_the_name_is_verified() -> None:
    asked_for: list[str | None] = []
    shown = certificate()
    shown.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    resolve = names(news_test=["127.0.0.1"], other_test=["127.0.0.1"])
    with server(tls=shown) as secure:
        secure.routes["/"] = told(PAGE)
        page = get(secure.address("/", "news.test", "https"), resolve=resolve, tls=trusting())
        assert page.body.decode() == PAGE
        assert secure.asked[0].headers["host"] == f"news.test:{secure.port}"
        other = failure(secure.address("/", "other.test", "https"), resolve=resolve, tls=trusting())
        assert (other.why, "not valid for 'other.test'" in str(other)) == ("unreachable", True)
        unknown = failure(secure.address("/", "news.test", "https"), resolve=resolve)
        assert "self-signed certificate" in str(unknown)
        assert len(secure.asked) == 1
    assert asked_for == ["news.test", "other.test", "news.test"]


def test_certificates_of_one_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with server(tls=certificate()) as secure:
        secure.routes["/"] = told(PAGE)
        assert get(secure.address("/", "news.test", "https"), resolve=names(news_test=["127.0.0.1"])).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]"])
def test_this_machine_is_not_asked(site: Server, host: str) -> None:
    wrong = failure(site.address("/", host), allow_private=False)
    said = "the host lies in a network that is not public (this machine); --allow-private opens those"
    assert (wrong.why, str(wrong)) == ("refused", said)
    assert site.asked == []


def test_a_name_with_one_closed_address_among_public_ones_is_refused(site: Server, public_loopback: None) -> None:
    async def both(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1", "10.0.0.1"]

    assert failure(site.address("/", "news.test"), allow_private=False, resolve=both).why == "refused"
    assert site.asked == []


def test_a_name_that_moves_to_a_closed_address_is_refused_there(site: Server, public_loopback: None) -> None:
    """Public when it is asked first, this machine's the next time: as a page does that rebinds its name."""
    site.routes["/"] = redirect("/again") + b""
    site.routes["/"] = site.routes["/"].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    site.routes["/again"] = told("secret")
    moving = names(news_test=["127.0.0.1", "169.254.169.254"])
    wrong = failure(site.address("/", "news.test"), allow_private=False, resolve=moving)
    assert (wrong.why, str(wrong)) == (
        "refused",
        "the host lies in a network that is not public (link-local or a cloud's metadata); --allow-private opens those",
    )
    assert [asked.path for asked in site.asked] == ["/"]


def test_an_address_that_does_not_answer_is_passed_over(site: Server) -> None:
    site.routes["/"] = told(PAGE)

    async def dead_first(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    assert get(site.address("/", "news.test"), resolve=dead_first).body.decode() == PAGE


@pytest.mark.parametrize(("answers", "why"), [({}, "unknown_host"), ({"news_test": ["127.0.0.1"]}, "unreachable")])
def test_hosts_that_are_not_there(answers: dict[str, list[str]], why: str) -> None:
    assert failure("http://news.test:1/", resolve=names(**answers)).why == why


def test_a_name_that_can_not_be_looked_up_now(site: Server) -> None:
    async def offline(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    wrong = failure(site.address("/", "news.test"), resolve=offline)
    assert (wrong.why, str(wrong)) == ("unknown_host", "the host's name can't be looked up now")


def test_a_slow_name(site: Server) -> None:
    async def slow(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return []

    assert failure(site.address("/", "news.test"), resolve=slow, limits=QUICK).why == "too_slow"


def test_a_name_without_an_address(site: Server) -> None:
    async def nothing(host: str, port: int) -> Sequence[str]:
        return []

    assert failure(site.address("/", "news.test"), resolve=nothing).why == "unknown_host"


# Limits


async def dripping(asked: Asked, writer: Any) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless_headers(asked: Asked, writer: Any) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"y" * 4000 + b"\r\n")
        await writer.drain()


async def silent(asked: Asked, writer: Any) -> None:
    await asyncio.sleep(60)


async def endless(asked: Asked, writer: Any) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<p>" * 10_000)
        await writer.drain()


@pytest.mark.parametrize(
    ("answer", "why"),
    [(dripping, "too_slow"), (silent, "too_slow"), (endless, "too_big"), (endless_headers, "broken")],
)
def test_answers_without_an_end(site: Server, answer: Any, why: str) -> None:
    site.routes["/"] = answer
    assert failure(site.address("/"), limits=Limits(size=MEGABYTE, seconds=2 if why != "too_slow" else 0.4)).why == why


def test_the_time_counts_over_all_redirects(site: Server) -> None:
    async def slowly(asked: Asked, writer: Any) -> None:
        await asyncio.sleep(0.15)
        writer.write(redirect(f"{asked.path}x"))
        await writer.drain()

    site.routes.update({"/" + "x" * i: slowly for i in range(9)})
    assert failure(site.address("/"), limits=QUICK).why == "too_slow"


def test_an_answer_that_says_it_is_too_large_is_not_taken(site: Server) -> None:
    site.routes["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999999999999\r\n\r\n"
    assert str(failure(site.address("/"))) == "it is larger than 10 MB"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", lambda data: brotli.compress(data, quality=5)),
        ("zstd", zstandard.ZstdCompressor().compress),
    ],
)
def test_small_answers_that_swell(site: Server, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    site.routes["/"] = told(pack(bytes(50 * MEGABYTE)), Content_Encoding=encoding)
    assert str(failure(site.address("/"))) == "it swells to more than 200 times its size when unpacked"
    assert str(failure(site.address("/"), limits=Limits(ratio=10**6))) == "it is larger than 10 MB"


def test_a_bomb_in_a_gzip_file(site: Server) -> None:
    site.routes["/"] = told(gzip.compress(bytes(50 * MEGABYTE)), "application/gzip")
    assert failure(site.address("/")).why == "too_big"


# Broken answers


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 100,
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<p>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: \0\r\n\r\n",
    ],
)
def test_answers_that_are_no_http(site: Server, answer: bytes) -> None:
    async def broken(asked: Asked, writer: Any) -> None:
        writer.write(answer)
        await writer.drain()

    site.routes["/"] = broken
    assert failure(site.address("/"), limits=Limits(seconds=2)).why in ("broken", "unreachable")


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)[:-12], "ends too early"),
        ("gzip", b"no gzip at all", "is broken"),
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)[:-8] + b"\0" * 8, "is broken"),
        ("deflate", zlib.compress(PAGE.encode())[:-6], "ends too early"),
        ("deflate", b"\x78", "ends too early"),
        ("zstd", zstandard.ZstdCompressor().compress(PAGE.encode())[:-3], "ends too early"),
        ("zstd", b"no zstd", "is broken"),
        ("br", brotli.compress(PAGE.encode())[:-3], "ends too early"),
        ("br", PAGE.encode(), "is broken"),
        ("compress", b"x", "not asked for (compress)"),
        ("gzip, gzip", b"x", "not asked for (gzip, gzip)"),
    ],
)
def test_compression_that_is_broken(site: Server, encoding: str, body: bytes, words: str) -> None:
    site.routes["/"] = told(body, Content_Encoding=encoding)
    wrong = failure(site.address("/"))
    assert (wrong.why, words in str(wrong)) == ("broken", True)


def test_a_window_larger_than_the_web_allows(site: Server) -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27, enable_ldm=True)
    packed = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    body = packed.compress(os.urandom(1000)) + packed.flush()
    site.routes["/"] = told(body, Content_Encoding="zstd")
    assert failure(site.address("/")).why == "broken"


# What servers say of themselves


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "there is no such page (status 404)"),
        ("410 Gone", "it is gone (status 410)"),
        ("403 Forbidden", "the server forbids it (status 403)"),
        ("401 Unauthorized", "it asks for a password (status 401)"),
        ("500 Oops", "the server failed (status 500)"),
        ("206 Partial Content", "there is no answer to this (status 206)"),
        ("204 No Content", "there is no answer to this (status 204)"),
    ],
)
def test_answers_that_are_none(site: Server, status: str, words: str) -> None:
    site.routes["/"] = told("" if status.startswith("204") else PAGE, status=status)
    wrong = failure(site.address("/"))
    assert (wrong.why, str(wrong), wrong.status) == ("status", words, int(status[:3]))


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("0", 0, 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("9" * 50, 2592000, 2592000),
    ],
)
def test_how_long_to_wait(site: Server, said: str, least: int, most: int) -> None:
    site.routes["/"] = told("", status="429 Too Many Requests", Retry_After=said)
    wait = failure(site.address("/")).retry_after
    assert wait is not None
    assert least <= wait <= most


def test_a_date_to_wait_for(site: Server) -> None:
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    site.routes["/"] = told("", status="429 Too Many Requests", Retry_After=in_an_hour)
    wait = failure(site.address("/")).retry_after
    assert wait is not None
    assert 3000 <= wait <= 3600


@pytest.mark.parametrize("said", ["soon", "", "-5", "১২", "Wed, 99 Oct 2015 99:28:00 GMT", "x" * 9999])
def test_waits_that_make_no_sense(site: Server, said: str) -> None:
    site.routes["/"] = told("", status="503 x").replace(b"\r\n\r\n", f"\r\nRetry-After: {said}\r\n\r\n".encode())
    assert failure(site.address("/")).retry_after is None


def test_who_asks(site: Server) -> None:
    site.routes["/"] = told(PAGE)
    get(site.address("/"), agent="flood-watch/2 (+https://flood.example)")
    assert site.asked[0].headers["user-agent"] == "flood-watch/2 (+https://flood.example)"
    for wrong in ("খবর", "a\r\nX: 1", "(nameless)", "x" * 400):
        with pytest.raises(ValueError, match="a user agent is a name"):
            Fetcher(agent=wrong)


# Permits


def test_a_permit_is_asked_for_every_hop_and_held_until_its_answer_is_read(site: Server) -> None:
    events: list[str] = []

    @asynccontextmanager
    async def permit(url: str) -> AsyncIterator[None]:
        await asyncio.sleep(0.3)  # a wait for a turn costs nothing of the page's time
        path = url.rpartition(str(site.port))[2]
        events.append(f"in {path}")
        yield
        events.append(f"out {path}")

    site.routes["/a"], site.routes["/b"] = redirect("/b"), told(PAGE)
    get(site.address("/a"), permit=permit, limits=QUICK)
    assert events == ["in /a", "out /a", "in /b", "out /b"]


def test_a_permit_that_refuses(site: Server) -> None:
    @asynccontextmanager
    async def permit(url: str) -> AsyncIterator[None]:
        if url.endswith("/b"):
            raise FetchFailed("robots.txt forbids it", url, "forbidden")
        yield

    site.routes["/a"], site.routes["/b"] = redirect("/b"), told(PAGE)
    wrong = failure(site.address("/a"), permit=permit)
    assert (wrong.why, wrong.url) == ("forbidden", site.address("/b"))
    assert [asked.path for asked in site.asked] == ["/a"]


def test_a_slow_host_keeps_no_other_waiting(site: Server) -> None:
    site.routes["/slow"], site.routes["/"] = silent, told(PAGE)

    async def run() -> None:
        async with Fetcher(allow_private=True) as fetcher:
            waiting = [asyncio.create_task(fetcher.get(site.address("/slow"))) for _ in range(120)]
            await asyncio.sleep(0)
            assert (await fetcher.get(site.address("/"))).body.decode() == PAGE
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(run())


def test_a_connection_that_was_closed_meanwhile_is_made_anew(site: Server) -> None:
    """By the server, as if it were kept: only seen when the next request is sent."""
    times = 0

    async def once(asked: Asked, writer: Any) -> None:
        nonlocal times
        times += 1
        if times % 2:
            writer.write(told(PAGE))
            await writer.drain()
        else:  # the second on the same connection
            writer.transport.abort()

    site.routes["/"] = once
    site.kept = True

    turns: list[str] = []

    @asynccontextmanager
    async def permit(url: str) -> AsyncIterator[None]:
        turns.append(url)
        yield

    async def run() -> list[Fetched]:
        async with Fetcher(allow_private=True, permit=permit) as fetcher:
            return [await fetcher.get(site.address("/")) for _ in range(3)]

    assert [page.body.decode() for page in asyncio.run(run())] == [PAGE] * 3
    assert times == len(turns) == 5  # each second request met a closed connection, and was repeated in its turn
    times = 1
    assert failure(site.address("/")).why == "broken"  # a connection just made is not tried again
    assert times == 2


# Downloads


def download(url: str, **given: Any) -> tuple[Fetched, bytes]:
    async def run() -> tuple[Fetched, bytes]:
        file = io.BytesIO()
        async with Fetcher(allow_private=True) as fetcher:
            return await fetcher.download(url, file, **given), file.getvalue()

    return asyncio.run(run())


def test_files_are_taken_as_they_are(site: Server) -> None:
    data = gzip.compress(os.urandom(3 * MEGABYTE))
    site.routes["/crawl.warc.gz"] = told(data, "application/warc", Content_Encoding="gzip")  # said by the file's name
    site.routes["/news.jsonl"] = told(gzip.compress(b"{}"), "application/jsonl", Content_Encoding="gzip")
    answer, kept = download(site.address("/crawl.warc.gz"))
    assert (answer.media, answer.body, kept) == ("application/warc", b"", data)
    assert download(site.address("/news.jsonl"))[1] == b"{}"
    assert site.asked[0].headers["accept-encoding"] == "identity"


def test_files_have_limits_too(site: Server) -> None:
    site.routes["/crawl.warc"] = endless
    with pytest.raises(FetchFailed, match="larger than 2 MB"):
        download(site.address("/crawl.warc"), limits=Limits(size=2 * MEGABYTE))
