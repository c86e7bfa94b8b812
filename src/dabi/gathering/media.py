"""What an answer holds, by its Content-Type or, without one, by its first bytes."""

from __future__ import annotations

import re
from email.message import Message

_TAKEN = frozenset(
    [
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/json",
        "application/x-ndjson",
        "application/jsonl",
        "text/markdown",
        "text/json",
        "text/rss",  # no registered types, but sent with feeds
        "application/rss",
        "application/atom",
        "application/x-xml",
    ]
)
_TAKEN_ENDS = ("+xml", "+json")  # RSS, Atom, RDF, JSON Feed
_NOT_TAKEN = ("image/", "video/", "audio/", "font/")  # image/svg+xml is a picture
_UNSAID = frozenset(["", "application/octet-stream", "binary/octet-stream", "application/binary", "unknown/unknown"])
_PACKED = frozenset(["application/gzip", "application/x-gzip"])
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # WHATWG MIME Sniffing, 7.2
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED = 1445  # bytes; as browsers do

ASKED = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"


def media_type(header: str | None) -> tuple[str, str | None]:
    """A Content-Type as its type in lower case ("" where it is none) and its charset."""
    if not header or len(header) > 500:
        return "", None
    message = Message()
    message["content-type"] = re.sub(r"[\r\n]", " ", header)
    kind = message.get_content_type() if "/" in header else ""
    charset = message.get_param("charset")
    return kind, charset.strip().lower()[:40] or None if isinstance(charset, str) else None


def is_packed(kind: str) -> bool:
    """Whether a type says a gzip file, as sitemaps come in."""
    return kind in _PACKED or kind in _UNSAID


def is_taken(kind: str) -> bool:
    """Whether a type is one that dabi reads, or says nothing."""
    if kind in _TAKEN or kind in _UNSAID or kind in _PACKED:
        return True
    return kind.endswith(_TAKEN_ENDS) and not kind.startswith(_NOT_TAKEN)


def sniffed(body: bytes) -> str | None:
    """The type of what came without one; None for what is no text."""
    start = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not body.startswith(_UTF16) and _CONTROL.search(body[:_SNIFFED]):
        return None
    if start.startswith(b"<?xml"):
        return "application/xml" if b"<html" not in start else "application/xhtml+xml"
    if start.startswith((b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:rdf")):
        return "application/xml"
    if start.startswith(b"<"):
        return "text/html"
    return "application/json" if start.startswith((b"{", b"[")) else "text/plain"
