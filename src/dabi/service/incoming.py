"""What is named on the way in: files and folders, and addresses of the web, which are fetched.

Pages are fetched a few ahead of the reader, of each host one at a time, and handed on in the order in which they were
named. A page that a person names is fetched as a browser fetches it: robots.txt is for what dabi visits by itself.
"""

from __future__ import annotations

import io
import os
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec

from ..reading.archive_counts import ArchiveCounts
from ..reading.decoding import Unreadable, decode
from ..reading.inputs import (
    STDIN,
    Failure,
    InputKind,
    Kind,
    Place,
    Report,
    file_reports,
    holds_lines,
    line_reports,
    object_report,
    places,
    reports,
)
from ..reading.page_address import is_web_address

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from ..gathering.fetching import Fetched, Fetcher
    from ..gathering.limits import Limits

_AHEAD = 6  # pages that are fetched while others are read
_FILE = re.compile(r"\.(?:warc|wet|jsonl|ndjson)(?:\.gz|\.zst)?$", re.I)
_HTML = ("text/html", "application/xhtml+xml")
_LINES = ("application/x-ndjson", "application/jsonl")
_PAGE_START = re.compile(r"\s*(?:<!doctype\s+html|<html)\b", re.I)
_LISTS = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_NUMBER = re.compile(r"-(\d+)$")
_UNSAFE = re.compile(r"[^\w.-]")
_LONGEST_NAME = 80  # characters; Bengali ones take 3 bytes, and file systems allow 255


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """How addresses of the web are fetched."""

    agent: str | None = None  # the user agent; None is dabi's own
    allow_private: bool = False  # networks that are not public too: for tests and intranets
    limits: Limits | None = None  # of a page; None is gathering.limits.PAGE


def incoming(
    paths: Iterable[str | os.PathLike[str]],
    kind: InputKind = "auto",
    *,
    web: Web | None = None,
    counts: ArchiveCounts | None = None,
) -> Iterator[Report | Failure]:
    """Every report of the files, folders and addresses named, in order; `-` is standard input. Never raises for one.
    `counts` is told what became of the records of web archives.

    Addresses of archives and of lines of JSON (….warc.gz, ….jsonl) are downloaded to a temporary file, one at a time.
    """
    names = [os.fspath(path) for path in paths]
    addresses = [name for name in names if is_web_address(name)]
    if not addresses:
        yield from reports(names, kind, counts=counts)
        return
    with _answers(addresses, web or Web(), files=kind == "warc") as answers:
        for place in places(names):
            if isinstance(place, Failure):
                yield place
            elif is_web_address(place.path):
                answer = next(answers)
                if isinstance(answer, Failure):
                    yield answer
                elif answer.file is not None:
                    yield from _in_file(answer.file, answer.fetched.url, kind, counts)
                else:
                    yield from page_reports(answer.fetched, kind)
            elif place.path == STDIN:
                yield from reports([STDIN], kind, counts=counts)
            else:
                yield from file_reports(place, kind, counts)


def page_reports(fetched: Fetched, kind: InputKind = "auto") -> Iterator[Report | Failure]:
    """The reports of what was fetched: one of a page or text, several of lines or a list of JSON."""
    lines = kind == "jsonl" or (kind == "auto" and fetched.media in _LINES)
    if not lines and (kind != "auto" or not fetched.media.endswith("json")):
        yield page_report(fetched, kind)
        return
    first, url = fetched.body.partition(b"\n")[0], fetched.url
    for report in (
        line_reports(io.BytesIO(fetched.body), url, url)
        if lines or holds_lines(url, first, "auto")
        else _objects(fetched)
    ):
        found = _of_address(report, url, url)
        yield found if isinstance(found, Failure) else msgspec.structs.replace(found, fetched=fetched.when)


def _objects(fetched: Fetched) -> Iterator[Report | Failure]:
    """The reports of a JSON document: one object, or a list of them."""
    url = fetched.url
    try:
        found = msgspec.json.decode(decode(fetched.body, charset=fetched.charset).text)
    except (Unreadable, msgspec.DecodeError, RecursionError) as error:
        yield Failure(source=url, reason=f"it is not valid JSON: {error}")
        return
    if not isinstance(found, list):
        yield object_report(found, url, url, None)
        return
    for number, item in enumerate(found, 1):
        yield object_report(item, url, f"{url}-{number}", None)


def page_report(fetched: Fetched, kind: InputKind = "auto") -> Report | Failure:
    """A fetched page or text as a report, known by the address it had in the end, or calls its own and may."""
    html = kind == "html" or (kind == "auto" and fetched.media in _HTML)
    try:
        decoded = decode(fetched.body, html=html or kind == "auto", charset=fetched.charset)
    except Unreadable as error:
        return Failure(source=fetched.url, reason=str(error))
    if kind == "auto" and not html:
        if _LISTS.search(decoded.text[:2000]) and fetched.media.endswith("xml"):
            return Failure(source=fetched.url, reason="it is a feed or sitemap, not a page: `dabi follow` reads those")
        if fetched.media.endswith("xml") and "<html" not in decoded.text[:2000]:
            return Failure(source=fetched.url, reason="it is XML, but no page")
        html = fetched.media.endswith("xml") or _PAGE_START.match(decoded.text) is not None
    form: Kind = "html" if html else "text"
    return Report(
        id=_known_as(fetched) if html else fetched.url,
        source=fetched.url,
        kind=form,
        content=decoded.text,
        fetched=fetched.when,
        warnings=(*fetched.notes, *decoded.warnings),
        named=True,
        page=True,
    )


def _known_as(fetched: Fetched) -> str:
    from ..gathering.canonical import known_as
    from ..gathering.discovery import canonical_of_page

    return known_as(fetched.url, canonical_of_page(fetched.body, fetched.url))


def fetched_page(address: str, web: Web | None = None) -> Report | Failure:
    """One page, fetched; a Failure where it can't be read as one. Not for the thread of an event loop.

    Raises gathering.fetching.FetchFailed.
    """
    import asyncio

    from ..gathering.fetching import Fetcher
    from ..gathering.limits import PAGE

    chosen = web or Web()
    if _is_file(address):
        return Failure(source=address, reason="it is a file of many reports, not a page: `dabi add` reads those")

    async def fetch() -> Fetched:
        async with Fetcher(agent=chosen.agent, allow_private=chosen.allow_private) as fetcher:
            return await fetcher.get(address, limits=chosen.limits or PAGE)

    fetched = asyncio.run(fetch())
    found = list(islice(page_reports(fetched), 2))
    if len(found) == 1:
        return found[0]
    return Failure(source=fetched.url, reason="it holds several reports, not a page")


class _Answer(msgspec.Struct, frozen=True):
    """What was fetched: in memory, or in a file."""

    fetched: Fetched
    file: Path | None = None


@contextmanager
def _answers(addresses: Iterable[str], web: Web, *, files: bool = False) -> Iterator[Iterator[_Answer | Failure]]:
    """What is at the addresses, in order. The event loop runs in a thread of its own."""
    import asyncio  # it and what fetches take long to load, and few runs need them
    from tempfile import TemporaryDirectory

    from anyio.from_thread import start_blocking_portal

    from ..gathering.fetching import Fetcher

    hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    fetcher = Fetcher(
        agent=web.agent,
        allow_private=web.allow_private,
        permit=lambda url: hosts[urlsplit(url).netloc],  # one at a time
    )
    with (
        TemporaryDirectory(prefix="dabi-") as folder,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(fetcher),
    ):
        yield _in_order(portal, _Fetching(fetcher, web, Path(folder), files), addresses)


def _in_order(portal: BlockingPortal, fetching: _Fetching, addresses: Iterable[str]) -> Iterator[_Answer | Failure]:
    waiting = iter(addresses)
    begun = deque((address, portal.start_task_soon(fetching.page, address)) for address in islice(waiting, _AHEAD))
    while begun:
        address, page = begun.popleft()
        answer = page.result() or portal.call(fetching.file, address)
        begun.extend((later, portal.start_task_soon(fetching.page, later)) for later in islice(waiting, 1))
        yield answer


class _Fetching:
    """Fetches one address after the other; what goes wrong comes as a Failure."""

    def __init__(self, fetcher: Fetcher, web: Web, folder: Path, files: bool) -> None:
        from ..gathering.limits import PAGE

        self._fetcher = fetcher
        self._limits = web.limits or PAGE
        self._folder = folder
        self._files = files  # whatever the addresses look like

    async def page(self, address: str) -> _Answer | Failure | None:
        """A page; None for what is to be downloaded when its turn comes."""
        if self._files or _is_file(address):
            return None
        return await self._kept(address, self._fetcher.get(address, limits=self._limits))

    async def file(self, address: str) -> _Answer | Failure:
        """A file, downloaded under the name it has there."""
        name = unquote(_path(address).rpartition("/")[2])
        place = self._folder / (_UNSAFE.sub("_", name)[-_LONGEST_NAME:] or "file")
        try:
            with place.open("wb") as file:
                return await self._kept(address, self._fetcher.download(address, file), place)
        except OSError as error:
            return Failure(source=address, reason=f"it can't be kept on this disk: {error.strerror or error}")

    async def _kept(self, address: str, fetching: Awaitable[Fetched], place: Path | None = None) -> _Answer | Failure:
        from ..gathering.addresses import AddressRefused, web_address, without_credentials
        from ..gathering.fetching import FetchFailed

        try:
            return _Answer(await fetching, place)
        except FetchFailed as error:
            shown = without_credentials(address)
            try:
                led_on = web_address(error.url) != web_address(shown)
            except AddressRefused:
                led_on = False
            return Failure(source=shown, reason=error.reason + (f" (at {error.url})" if led_on else ""))


def _is_file(address: str) -> bool:
    """Whether an address names a file of many reports."""
    return _FILE.search(_path(address)) is not None


def _path(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _in_file(path: Path, address: str, kind: InputKind, counts: ArchiveCounts | None) -> Iterator[Report | Failure]:
    """The reports of a downloaded file, each known by the address it came from unless it says its own."""
    try:
        for report in file_reports(Place(str(path), path.stem), kind, counts):
            yield _of_address(report, str(path), address)
    finally:
        path.unlink(missing_ok=True)


def _of_address(found: Report | Failure, place: str, address: str) -> Report | Failure:
    """The same, of the address instead of the place where it was kept."""
    if not found.source.startswith(place):
        return found
    source = address + found.source[len(place) :]
    if isinstance(found, Failure) or found.named:
        return msgspec.structs.replace(found, source=source)
    number = _NUMBER.search(found.id) if found.id != source else None
    return msgspec.structs.replace(found, source=source, id=source + (f"#{number[1]}" if number else ""), named=True)
