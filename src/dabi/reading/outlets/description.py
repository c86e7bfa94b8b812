"""What the file of an outlet may say: the schema of `*.toml` in this folder, and the outlet that comes of it.

`docs/how-to-add-an-outlet.md` explains every field to those who write one.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ...bengali.calendar import Country

FeedKind = Literal["feed", "sitemap"]

_ZONES: dict[Country, str] = {"BD": "Asia/Dhaka", "IN": "Asia/Kolkata"}


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that lists an outlet's newest pages: RSS or Atom (`feed`), or a news sitemap, which may hold the day
    it is of as {year}, {month} and {day} (`reading.daily_address`).

    `verified`: a public list or program names it as working. Others are where the outlet's software usually has it;
    one that does not answer is no news.
    """

    url: str
    kind: FeedKind = "feed"
    verified: bool = False


class Dates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an outlet's pages say when they appeared.

    `trust`: which is taken where the page's data and the line a reader sees both have a date.
    """

    trust: Literal["data", "page"] = "data"


class FurnitureWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Furniture that only this outlet has; what several have stands in `lexicon/furniture.tsv`.

    `lines` are whole lines; `starts` begin a line that is furniture to its end; behind a line of `ends` nothing of
    the article follows.
    """

    lines: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Selectors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """XPath of the article's parts on the outlet's pages, the first that finds something counting.

    `drop` is what stands inside the body and is not of the article.
    """

    headline: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Minimum(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be found on an outlet's pages, or they do not read as they should.

    `paragraphs`: in the middle article of several. The others are shares of the articles (0 to 1) that have one.
    `claims`: in the middle article.
    """

    paragraphs: int = 3
    headline: float = 0.95
    date: float = 0.95
    byline: float = 0.0
    claims: float = 0.0


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file."""

    name: str
    home: str | None = None
    zone: str | None = None
    languages: tuple[str, ...] = ("bn",)
    feeds: tuple[Feed, ...] = ()
    dates: Dates = Dates()
    furniture: FurnitureWords = FurnitureWords()
    selectors: Selectors = Selectors()
    minimum: Minimum = Minimum()


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet with all that is known of it.

    `described` says whether it has a file of its own; without one, all after `spellings` is what holds in general.
    """

    name: str
    slug: str
    country: Country
    domains: tuple[str, ...]
    spellings: tuple[str, ...]
    described: bool
    home: str | None
    zone: str
    languages: tuple[str, ...] = ("bn",)
    feeds: tuple[Feed, ...] = ()
    dates: Dates = Dates()
    furniture: FurnitureWords = FurnitureWords()
    selectors: Selectors = Selectors()
    minimum: Minimum = Minimum()


def zone_of(country: Country) -> str:
    """The IANA time zone of a country's clock."""
    return _ZONES[country]
