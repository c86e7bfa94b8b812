"""RSS, RDF and Atom feeds: the pages they list. Broken markup is read as far as it goes; nothing is ever loaded."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import msgspec

from ..bengali.calendar import Country
from ..reading.decoding import Unreadable, decode
from . import feed_bounds
from .entry_dates import EntryDate, entry_date
from .links import web_link

MOST_ENTRIES = 1000  # feeds have 10 to 200
LARGEST = 5 << 20  # bytes that are read; the longest feeds of outlets, with whole articles, have 5 MB
LONGEST_PAUSE = 24 * 3600.0  # seconds; no feed may ask to be left alone for longer
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
_DATES = ("published", "created", "updated")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,300}>")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A page that a feed or sitemap lists. Dates that can't be read are None."""

    url: str
    published: EntryDate | None = None
    updated: EntryDate | None = None
    title: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says. `pause`: the seconds for which it asks not to be fetched again. `bad`: entries without a
    usable address; `left_out`: entries beyond the limit."""

    entries: tuple[Entry, ...]
    title: str | None = None
    pause: float | None = None
    bad: int = 0
    left_out: int = 0
    broken: bool = False  # the markup is; the entries are those that could be read


def read_feed(data: bytes, url: str, *, country: Country = "BD", seen: datetime | None = None) -> Feed | None:
    """Read a feed that came from an address; None for what is no feed. `seen`: when it was fetched, see `entry_date`.

    Raises FeedRefused for what would take too long (see `feed_bounds`), and nothing else, whatever the bytes.
    """
    found = _parsed(data, url)
    if found is None or (not found.get("version") and not found.get("entries")):
        return None
    listed = [entry for entry in found.get("entries") or [] if isinstance(entry, dict)]
    entries: dict[str, Entry] = {}
    bad = 0
    for item in listed[:MOST_ENTRIES]:
        entry = _entry(item, url, country, seen)
        if entry is None:
            bad += 1
        else:
            entries.setdefault(entry.url, entry)
    head = found.get("feed") or {}
    return Feed(
        entries=tuple(entries.values()),
        title=_words(head.get("title")),
        pause=_pause(head),
        bad=bad,
        left_out=max(0, len(listed) - MOST_ENTRIES),
        broken=bool(found.get("bozo")),
    )


def _parsed(data: bytes, url: str) -> Any:
    import feedparser

    markup = _in_utf_8(data[:LARGEST])
    if markup is None:
        return None
    feed_bounds.check(markup)
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        # As a stream: what is passed as bytes or text may be taken for a file name or an address.
        return feedparser.parse(
            io.BytesIO(markup), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # of any kind: a hostile feed is no feed
        return None


def _in_utf_8(data: bytes) -> bytes | None:
    """A feed in an encoding that the parser need not look for."""
    try:
        text = decode(data, html=True).text
    except Unreadable:
        return None
    declared = _DECLARATION.match(text)
    body = text[declared.end() :] if declared else text.lstrip()
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + body.encode("utf-8", "replace")


def _entry(item: Any, base: str, country: Country, seen: datetime | None) -> Entry | None:
    link = item.get("feedburner_origlink") or item.get("link") or _alternate(item.get("links"))
    url = web_link(link, base)
    if url is None:
        return None
    # Past the library's own reading, which takes one date for another where one is missing.
    dates = [entry_date(_words(dict.get(item, name)), country, seen) for name in _DATES]
    return Entry(
        url=url,
        published=next((date for date in dates if date is not None), None),
        updated=dates[-1],
        title=_words(item.get("title")),
    )


def _alternate(links: Any) -> str | None:
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") in (None, "alternate"):
            return _words(link.get("href"))
    return None


def _pause(head: Any) -> float | None:
    """How long the feed asks to be left alone: its ttl (minutes), or its period by its frequency."""
    ttl = _number(head.get("ttl"))
    if ttl is not None and ttl > 0:
        return min(ttl * 60, LONGEST_PAUSE)
    period = _PERIODS.get((_words(head.get("sy_updateperiod")) or "").strip().lower())
    if period is None:
        return None
    times = _number(head.get("sy_updatefrequency")) or 1.0
    return min(period / max(times, 1.0), LONGEST_PAUSE)


def _number(value: Any) -> float | None:
    text = (_words(value) or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
