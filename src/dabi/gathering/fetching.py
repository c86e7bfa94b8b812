"""Fetching one address safely: over checked connections, within limits, redirects followed one by one.

`httpcore` carries the requests and nothing else does: there are no cookies, no proxies and passwords out of the
environment, no redirects and no decompression that is not in this file.
"""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, BinaryIO, Literal

import httpcore
import httpx
import msgspec

from ..reading.page_address import page_address
from .addresses import AddressRefused, web_address, without_credentials
from .decompression import ACCEPTED, GZIP_MAGIC, Damaged, decoder
from .identity import user_agent
from .limits import ARCHIVE, MEGABYTE, PAGE, Limits
from .media import ASKED, is_packed, is_taken, media_type, sniffed
from .network import CheckedNetwork, Resolve, UnknownHost, system_addresses

Why = Literal[
    "refused",  # an address that is not asked for: private, not http(s), with credentials
    "forbidden",  # by robots.txt; raised by permits
    "unknown_host",
    "unreachable",
    "too_slow",
    "too_big",
    "redirects",  # too many, in a circle, or to nowhere
    "status",
    "media",  # no text
    "broken",  # no HTTP, broken compression, cut off
]
Permit = Callable[[str], AbstractAsyncContextManager[object]]
"""Asked with the address before every request, each redirect's too; entered while the request runs. Raises FetchFailed
to refuse. Time spent on entering counts towards no limit."""

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_KEPT_ALIVE = 20  # connections
_LASTING = 15.0  # seconds that an unused connection is kept
_SWELLED = MEGABYTE  # bytes below which the ratio does not matter
_TAG = re.compile(r"[\x20-\x7e]{1,1000}")
_LONGEST_WAIT = 30 * 24 * 3600.0  # seconds; what a server asks beyond a month is a slip
_STATUSES = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "the server forbids it",
    404: "there is no such page",
    410: "it is gone",
    429: "the server asks to be left alone for a while",
    451: "it is withheld for legal reasons",
    503: "the server is busy or closed for a while",
}


class Hop(msgspec.Struct, frozen=True):
    """One redirect: the address that was left, and the status that said so (301 and 308 are for good)."""

    url: str
    status: int


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """One answer."""

    asked: str
    url: str  # where it came from in the end, as `page_address` knows it
    status: int  # 200, or 304 where nothing changed
    media: str  # type without parameters, in lower case; found by its first bytes where the server said none
    charset: str | None = None  # as the server said
    body: bytes = b""
    etag: str | None = None
    modified: str | None = None  # Last-Modified as sent, to be sent back
    unchanged: bool = False
    when: str  # ISO 8601 UTC
    history: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()  # what is to be said about it, in words


class FetchFailed(Exception):
    """An address that could not be fetched, and why, in words. `url` is without credentials."""

    def __init__(
        self, reason: str, url: str, why: Why, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.url = without_credentials(url)
        self.why = why
        self.status = status
        self.retry_after = retry_after  # seconds, as the server said


class _Answer(msgspec.Struct, frozen=True):
    """A response whose body is still to come."""

    response: httpcore.Response
    url: httpx.URL
    headers: httpx.Headers
    history: tuple[Hop, ...]
    notes: tuple[str, ...]


class _Closed(Exception):
    """The server had closed the connection that was kept for it, and answered nothing: to be asked for again."""


class Fetcher:
    """Fetches addresses, any number at a time. To be used as `async with Fetcher() as fetcher`.

    `allow_private` lets it into networks that are not public (tests, intranets). `permit` see `Permit`. `resolve` and
    `tls` stand in for the system's names and certificates (SSL_CERT_FILE and SSL_CERT_DIR are obeyed without it).
    """

    def __init__(
        self,
        *,
        agent: str | None = None,
        allow_private: bool = False,
        permit: Permit | None = None,
        resolve: Resolve = system_addresses,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.agent = user_agent(agent)
        self._permit = permit or _permitted
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(),
            max_connections=None,  # a limit here would let slow hosts keep others waiting
            max_keepalive_connections=_KEPT_ALIVE,
            keepalive_expiry=_LASTING,
            network_backend=CheckedNetwork(resolve, allow_private=allow_private),
        )

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None, limits: Limits = PAGE
    ) -> Fetched:
        """Fetch a text: a page, a feed, a sitemap (gzip files are unpacked). Raises FetchFailed.

        `etag` and `modified` are what an earlier answer had: nothing is sent again where nothing changed.
        """
        asked = {"if-none-match": etag, "if-modified-since": modified}
        headers = {name: value for name, value in asked.items() if value and _TAG.fullmatch(value)}
        headers["accept-encoding"] = ACCEPTED
        async with self._answer(url, headers, limits) as answer:
            return await self._text(url, answer, limits, conditional=len(headers) > 1)

    async def download(self, url: str, file: BinaryIO, limits: Limits = ARCHIVE) -> Fetched:
        """Write what is at an address to a file, as it is. The answer has no body. Raises FetchFailed, and OSError
        where the file can't be written."""
        async with self._answer(url, {"accept-encoding": "identity"}, limits) as answer:
            kind, charset = media_type(answer.headers.get("content-type"))
            packed = str(answer.url.path).lower().endswith((".gz", ".zst"))  # servers call that an encoding
            encoding = "" if packed else answer.headers.get("content-encoding", "")
            async for piece in _body(answer, limits, encoding):
                file.write(piece)
            return _fetched(url, answer, media=kind, charset=charset)

    async def _text(self, url: str, answer: _Answer, limits: Limits, *, conditional: bool) -> Fetched:
        kind, charset = media_type(answer.headers.get("content-type"))
        if answer.response.status == 304:
            if not conditional:
                raise FetchFailed("it says that nothing changed, unasked", str(answer.url), "broken", status=304)
            return _fetched(url, answer, media=kind, charset=charset, unchanged=True)
        if not is_taken(kind):
            raise FetchFailed(f"it is {kind}, not a page or text", str(answer.url), "media")
        body = b"".join([piece async for piece in _body(answer, limits, answer.headers.get("content-encoding", ""))])
        if is_packed(kind):
            if body.startswith(GZIP_MAGIC):
                body = _unpacked(body, str(answer.url), limits)
            found = sniffed(body)
            if found is None:
                raise FetchFailed("it is binary data, not a page or text", str(answer.url), "media")
            kind = found
        return _fetched(url, answer, media=kind, charset=charset, body=body)

    @asynccontextmanager
    async def _answer(self, url: str, headers: dict[str, str], limits: Limits) -> AsyncIterator[_Answer]:
        """The answer at the end of all redirects, in time."""
        try:
            address = web_address(url)
        except AddressRefused as error:
            raise FetchFailed(str(error), url, "refused") from None
        history: list[Hop] = []
        notes: list[str] = []
        left = limits.seconds
        while True:
            redirect: httpcore.Response | None = None
            async with self._permit(str(address)):
                begun = time.monotonic()
                with _failing(str(address)), suppress(_Closed):
                    async with asyncio.timeout(left), self._response(address, headers, limits, left) as response:
                        found = httpx.Headers(response.headers)
                        if response.status not in _REDIRECTS:
                            _good(response.status, found, str(address))
                            yield _Answer(response, address, found, tuple(history), tuple(notes))
                            return
                        redirect = response
                left -= time.monotonic() - begun
            if redirect is None:  # closed: asked for once more, in its turn
                continue
            following = _redirected(address, redirect)
            history.append(Hop(str(address), redirect.status))
            if len(history) > limits.redirects:
                raise FetchFailed(f"it redirects more than {limits.redirects} times", str(address), "redirects")
            if str(following) in {hop.url for hop in history}:
                raise FetchFailed("its redirects lead round in a circle", str(address), "redirects")
            if (address.scheme, following.scheme) == ("https", "http"):
                notes.append("a redirect led from https to http: the page came unprotected")
            address = following

    @asynccontextmanager
    async def _response(
        self, address: httpx.URL, headers: dict[str, str], limits: Limits, left: float
    ) -> AsyncIterator[httpcore.Response]:
        """One request and the beginning of its answer. Raises _Closed, and what `httpcore` raises."""
        url = httpcore.URL(scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path)
        sent = {
            "host": address.netloc.decode("ascii"),
            "user-agent": self.agent,
            "accept": ASKED,
            "accept-language": "bn, en;q=0.5",  # of outlets that write in both
            **headers,
        }
        timeout = {"connect": min(limits.connect, left), "read": left, "write": left, "pool": left}
        fresh = answered = False

        async def trace(event: str, _: dict[str, Any]) -> None:
            nonlocal fresh
            fresh = fresh or event == "connection.connect_tcp.started"

        extensions = {"timeout": timeout, "trace": trace}
        try:
            async with self._pool.stream("GET", url, headers=[*sent.items()], extensions=extensions) as response:
                answered = True
                yield response
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError) as error:
            if fresh or answered:
                raise
            raise _Closed from error


def _permitted(url: str) -> AbstractAsyncContextManager[object]:
    return nullcontext()


@contextmanager
def _failing(url: str) -> Iterator[None]:
    """Errors of the network in words."""
    try:
        yield
    except AddressRefused as error:
        raise FetchFailed(str(error), url, "refused") from None
    except UnknownHost as error:
        raise FetchFailed(str(error), url, "unknown_host") from None
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchFailed("it takes too long", url, "too_slow") from None
    except Damaged as error:
        raise FetchFailed(str(error), url, "broken") from None
    except httpcore.NetworkError as error:
        broken = isinstance(error, httpcore.ReadError | httpcore.WriteError)
        said = "the connection broke off" if broken else f"no connection ({_said(error)})"
        raise FetchFailed(said, url, "unreachable") from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        said = (
            "the answer breaks off"
            if "peer closed" in str(error)
            else f"the server's answer is broken ({_said(error)})"
        )
        raise FetchFailed(said, url, "broken") from error


def _said(error: BaseException) -> str:
    """The innermost words of an error of the network, in one line: the outer ones only say that there was one."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"no TLS: {(error.reason or 'failed').replace('_', ' ').lower()}"
    words = os.strerror(error.errno) if isinstance(error, ConnectionError) and error.errno else str(error)
    return " ".join(words.split())[:200] or type(error).__name__


def _good(status: int, headers: httpx.Headers, url: str) -> None:
    """Raises FetchFailed for an answer that is none."""
    if status in (200, 203, 304):
        return
    words = _STATUSES.get(status) or ("the server failed" if status >= 500 else "there is no answer to this")
    after = _seconds(headers.get("retry-after"))
    raise FetchFailed(f"{words} (status {status})", url, "status", status=status, retry_after=after)


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After, in seconds or as a date, as seconds from now."""
    if not retry_after:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(min(int(retry_after.strip()[:12]), _LONGEST_WAIT))
    try:
        until = parsedate_to_datetime(retry_after[:100])
    except (ValueError, TypeError, OverflowError):
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)


def _redirected(address: httpx.URL, response: httpcore.Response) -> httpx.URL:
    """Where a redirect leads. The header is UTF-8 on servers with Bengali paths, whatever the standard says."""
    raw = next((value for name, value in response.headers if name.lower() == b"location"), b"").strip()
    if not raw:
        raise FetchFailed("it redirects to nowhere", str(address), "redirects")
    try:
        written = raw.decode("utf-8")
    except UnicodeDecodeError:
        written = raw.decode("latin-1")
    try:
        following = str(address.join(written))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise FetchFailed("it redirects to what is no web address", str(address), "redirects") from None
    try:
        return web_address(following)
    except AddressRefused as error:
        raise FetchFailed(f"it redirects to where dabi does not go: {error}", str(address), "refused") from None


async def _body(answer: _Answer, limits: Limits, encoding: str) -> AsyncIterator[bytes]:
    """The body decompressed, piece by piece, within limits."""
    url = str(answer.url)
    said = answer.headers.get("content-length", "").strip()
    if said.isascii() and said.isdigit() and int(said[:20]) > limits.size:
        raise _too_big(url, limits)
    stream = decoder(encoding)
    taken = out = 0
    async for raw in answer.response.aiter_stream():
        taken += len(raw)
        for piece in stream.decode(raw):
            out += len(piece)
            _within(out, taken, url, limits)
            yield piece
    stream.finish()


def _unpacked(data: bytes, url: str, limits: Limits) -> bytes:
    """What a gzip file holds, within limits."""
    stream, pieces, out = decoder("gzip"), [], 0
    for piece in stream.decode(data):
        out += len(piece)
        _within(out, len(data), url, limits)
        pieces.append(piece)
    stream.finish()
    return b"".join(pieces)


def _within(out: int, taken: int, url: str, limits: Limits) -> None:
    if out > limits.size:
        raise _too_big(url, limits)
    if out > max(_SWELLED, taken * limits.ratio):
        raise FetchFailed(f"it swells to more than {limits.ratio} times its size when unpacked", url, "too_big")


def _too_big(url: str, limits: Limits) -> FetchFailed:
    return FetchFailed(f"it is larger than {limits.size / MEGABYTE:g} MB", url, "too_big")


def _fetched(asked: str, answer: _Answer, **more: Any) -> Fetched:
    kept = {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
    return Fetched(
        asked=asked,
        url=page_address(str(answer.url)),
        status=answer.response.status,
        when=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        history=answer.history,
        notes=answer.notes,
        **{name: value for name, value in kept.items() if value and _TAG.fullmatch(value)},
        **more,
    )
