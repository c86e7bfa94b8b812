"""What an address leads to, a feed, a sitemap or a page; and which feeds a page names."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ..bengali.calendar import Country
from .feeds import Feed, read_feed
from .links import web_link
from .media import media_type
from .sitemaps import Sitemap, read_sitemap

_FEED_TYPES = frozenset(
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"]
)
_SNIFFED = 4096  # bytes before the first element: declaration, comments, style sheets
_FEED = re.compile(rb"<(?:rss|rdf:RDF|(?:\w+:)?feed|channel)[\s>]", re.I)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.I)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_COMMENTS = re.compile(r"comment|মন্তব্য", re.I)
MOST_FEEDS = 10  # that a page names: the main one stands first


def read_list(
    data: bytes, url: str, *, country: Country = "BD", media: str = "", seen: datetime | None = None
) -> Feed | Sitemap | None:
    """A feed or sitemap, whichever it is; None for what is neither. Raises FeedRefused, and nothing else."""
    start = data[:_SNIFFED]
    if _PAGE.search(start) and not (_FEED.search(start) or _SITEMAP.search(start)):
        return None
    if _SITEMAP.search(start) or media == "text/plain":
        found = read_sitemap(data, url, country=country, media=media, seen=seen)
        if found is not None:
            return found
    if b"<" not in start:
        return None
    return read_feed(data, url, country=country, seen=seen)


def feeds_of_page(html: bytes, url: str) -> list[str]:
    """The feeds that a page names by <link rel="alternate">, in its order, without those of comments. Never raises."""
    tree = _tree(html)
    if tree is None:
        return []
    base = _base(tree, url)
    found: dict[str, None] = {}
    for link in tree.iter("link"):
        kinds = (link.get("rel") or "").lower().split()
        if "alternate" not in kinds or media_type(link.get("type"))[0] not in _FEED_TYPES:
            continue
        address = web_link(link.get("href"), base)
        if address is None or _COMMENTS.search(f"{link.get('title') or ''} {address}"):
            continue
        found[address] = None
    return list(found)[:MOST_FEEDS]


def canonical_of_page(html: bytes, url: str) -> str | None:
    """The address that a page itself says it has, by <link rel="canonical">. Never raises."""
    head = html[: 1 << 18]
    tree = _tree(head) if b"canonical" in head else None
    if tree is None:
        return None
    base = _base(tree, url)
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return web_link(link.get("href"), base)
    return None


def _tree(html: bytes) -> Any:
    """A page's elements; None for what has none. Read as UTF-8 where it is, whether it says so or not."""
    from lxml import etree
    from lxml import html as markup

    encoding: str | None = "utf-8"
    try:
        html.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start > len(html) - 4  # in the middle of a letter
        encoding = encoding if cut else None
    try:
        return markup.document_fromstring(html, parser=markup.HTMLParser(encoding=encoding))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _base(tree: Any, url: str) -> str:
    base = next((b.get("href") for b in tree.iter("base") if b.get("href")), None)
    return (web_link(base, url) or url) if base else url
