"""Sitemaps, news sitemaps and indexes of sitemaps (sitemaps.org). Entities are not resolved and nothing is loaded."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

import msgspec

from ..bengali.calendar import Country
from .entry_dates import EntryDate, entry_date
from .feeds import Entry
from .links import web_link

MOST_ENTRIES = 50_000  # as the protocol has it
_LONGEST_TEXT = 4_000  # characters of an element that is read
# An ampersand that begins no entity, as addresses have them where nobody escaped them.
_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A sitemap that an index names."""

    url: str
    updated: EntryDate | None = None


class Sitemap(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitemap says: pages, or, for an index, further sitemaps. `bad` and `left_out` as for a feed."""

    kind: Literal["urlset", "index"]
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    bad: int = 0
    left_out: int = 0
    broken: bool = False


def read_sitemap(
    data: bytes, url: str, *, country: Country = "BD", media: str = "", seen: datetime | None = None
) -> Sitemap | None:
    """Read a sitemap that came from an address, as XML or as one address a line; None for what is none. Never raises.

    `published` of an entry is its news:publication_date, `updated` its lastmod.
    """
    if media == "text/plain" and not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _lines(data, url)
    reader = _Reader(url, country, seen)
    reader.read(data)
    if reader.kind is None:
        return None
    return Sitemap(
        kind=reader.kind,
        entries=tuple(reader.entries.values()),
        parts=tuple(reader.parts.values()),
        bad=reader.bad,
        left_out=reader.left_out,
        broken=reader.broken,
    )


class _Reader:
    def __init__(self, url: str, country: Country, seen: datetime | None) -> None:
        self.url, self.country, self.seen = url, country, seen
        self._begin()

    def _begin(self) -> None:
        self.kind: Literal["urlset", "index"] | None = None
        self.entries: dict[str, Entry] = {}
        self.parts: dict[str, Part] = {}
        self.taken = self.bad = self.left_out = 0
        self.broken = False

    def read(self, data: bytes) -> None:
        from lxml import etree

        try:
            self._parse(data)
        except (etree.LxmlError, ValueError, LookupError):  # the latter for an encoding that there is not
            self._begin()
            self.broken = True
            with suppress(etree.LxmlError, ValueError, LookupError):
                self._parse(_escaped(data), recover=True)

    def _parse(self, data: bytes, *, recover: bool = False) -> None:
        from lxml import etree

        # Without huge_tree, depth and lengths are bounded.
        options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "recover": recover}
        for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), **options):
            if not isinstance(element.tag, str):
                continue
            name = element.tag.rpartition("}")[2].lower()
            if event == "start":
                if self.kind is None:
                    self.kind = {"urlset": "urlset", "sitemapindex": "index"}.get(name)  # type: ignore[assignment]
                    if self.kind is None:
                        return
            elif name in ("url", "sitemap") and _depth(element) == 1:
                self._take(name, _children(element))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _take(self, name: str, children: dict[str, str]) -> None:
        self.taken += 1
        if self.taken > MOST_ENTRIES:
            self.left_out += 1
            return
        link = web_link(children.get("loc"), self.url)
        if link is None:
            self.bad += 1
            return
        updated = entry_date(children.get("lastmod"), self.country, self.seen)
        if name == "sitemap":
            self.parts.setdefault(link, Part(url=link, updated=updated))
            return
        published = entry_date(children.get("publication_date"), self.country, self.seen)
        self.entries.setdefault(
            link, Entry(url=link, published=published, updated=updated, title=children.get("title"))
        )


def _escaped(data: bytes) -> bytes:
    """Markup with its bare ampersands escaped, except in CDATA, where they are right."""
    pieces: list[bytes] = []
    at = 0
    while (start := data.find(b"<![CDATA[", at)) >= 0 and (end := data.find(b"]]>", start)) >= 0:
        pieces += (_AMPERSAND.sub(b"&amp;", data[at:start]), data[start : end + 3])
        at = end + 3
    return b"".join([*pieces, _AMPERSAND.sub(b"&amp;", data[at:])])


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _children(element: Any) -> dict[str, str]:
    """The texts inside an entry by their names, those of news: among them; an image's or video's are not its own."""
    texts: dict[str, str] = {}
    for child in element.iter():
        if child is element or not isinstance(child.tag, str):
            continue
        space, _, name = child.tag.rpartition("}")
        if "image" in space or "video" in space:
            continue
        text = (child.text or "").strip()
        if text and len(text) <= _LONGEST_TEXT:
            texts.setdefault(name.lower(), text)
    return texts


def _lines(data: bytes, url: str) -> Sitemap | None:
    """A sitemap in plain text: one address a line and nothing else."""
    lines = [line for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    links = [web_link(line, url) if line.strip().startswith(("http://", "https://")) else None for line in lines]
    found = dict.fromkeys(link for link in links[:MOST_ENTRIES] if link is not None)
    if not found or len(found) * 2 < len(lines[:MOST_ENTRIES]):
        return None
    return Sitemap(
        kind="urlset",
        entries=tuple(Entry(url=link) for link in found),
        bad=links[:MOST_ENTRIES].count(None),
        left_out=max(0, len(lines) - MOST_ENTRIES),
    )
