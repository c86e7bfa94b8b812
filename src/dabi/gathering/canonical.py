"""The address by which a gathered page is known, where the page names another one than it was fetched from."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from .links import domain_of

_NUMBER = re.compile(r"\d{4,}")  # an article's number in its address
_ENDING = re.compile(r"\.(?:html?|php|aspx?|amp)$")
_EXTRAS = frozenset(["amp", "print", "mobile", "m"])


def known_as(url: str, canonical: str | None) -> str:
    """The page's identity: what it calls itself (<link rel="canonical">) where that can be believed, else where it was.

    Believed is an address of the same host (www. and m. apart) that names the same thing: whose last part, or a long
    number in it, stands in both addresses. Some outlets give every page the address of their front page or section.
    """
    if canonical is None or canonical == url or domain_of(canonical) != domain_of(url):
        return url
    ours, theirs = _last_part(url), _last_part(canonical)
    if not theirs:
        return url
    numbers = set(_NUMBER.findall(urlsplit(url).path + "?" + urlsplit(url).query))
    same = ours == theirs or not numbers.isdisjoint(_NUMBER.findall(urlsplit(canonical).path))
    return canonical if same else url


def _last_part(url: str) -> str:
    """What the path ends in, without what only chooses another look of the page."""
    parts = [part for part in unquote(urlsplit(url).path).lower().split("/") if part and part not in _EXTRAS]
    return _ENDING.sub("", parts[-1]) if parts else ""
