"""robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dabi.gathering import robots
from dabi.ledger.follow_store import Host

NOW = datetime(2025, 11, 23, 4, 0, tzinfo=UTC)
HOST = Host(host="example.com")


def rules(text: str | bytes, product: str = "dabi") -> robots.Rules:
    body = text if isinstance(text, bytes) else text.encode()
    return robots.rules_of(robots.answered(HOST, body, NOW), product)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/x", False),
        ("User-agent: *\nDisallow: /private/", "/news/1", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: dabi\nDisallow:", "/news/1", True),
        ("User-agent: Dabi\nDisallow: /\n\nUser-agent: *\nAllow: /", "/news/1", False),
        ("User-agent: dabi-image\nDisallow: /", "/news/1", True),  # somebody else
        ("User-agent: dabi/0.1.0\nDisallow: /", "/news/1", False),  # as it stands in a log
        ("user-AGENT : DABI/9 (+https://example.org/) # no\r\nDisallow: /news\r\n", "/news/1", False),
        ("User-agent: *\rAllow: /\r\rUser-agent: dabi/0.1.0\rDisallow: /", "/news/1", False),
        ("User-agent: other/dabi\nDisallow: /", "/news/1", True),
        ("User-agent: dabi/0.1.0\nUser-agent: other/2\nDisallow: /a/b\nAllow: /", "/a/b", False),
        ("User-agent: dabi/0.1.0\nDisallow: /a/b\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open/1", True),  # the longest rule counts
        ("User-agent: *\nDisallow: /*?print=", "/news/1?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /খবর/", "/%E0%A6%96%E0%A6%AC%E0%A6%B0/1", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("", "/news/1", True),
        ("<!doctype html><title>404</title>", "/news/1", True),
        ("\ufeffUser-agent: *\nDisallow: /news", "/news/1", False),
        (b"\xff\xfe\x00User-agent: *\nDisallow: /news\n\x00", "/other", True),
    ],
)
def test_what_may_be_asked_for(text: str | bytes, path: str, allowed: bool) -> None:
    assert rules(text).allow(f"https://example.com{path}") is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: dabi\nCrawl-delay: 1", 1.0),
        ("User-agent: *\nRequest-rate: 1/5", 5.0),
        ("User-agent: *\nRequest-rate: 30/1m\nCrawl-delay: 1", 2.0),
        ("User-agent: *\nCrawl-delay: 86400", robots.LONGEST_DELAY),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: -5\nRequest-rate: 1/0", 0.0),
        ("User-agent: *\nDisallow:", 0.0),
    ],
)
def test_how_often_may_be_asked(text: str, delay: float) -> None:
    assert rules(text).delay == delay


def test_sitemaps_are_for_everybody() -> None:
    text = "User-agent: other\nDisallow: /\nSitemap: https://example.com/news.xml\nsitemap: /all.xml"
    assert rules(text).sitemaps == ("https://example.com/news.xml", "/all.xml")


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (503, False), (None, False)]
)
def test_a_robots_txt_that_can_not_be_had(status: int | None, allowed: bool) -> None:
    kept = robots.refused(HOST, status, NOW)
    assert robots.rules_of(kept, "dabi").allow("https://example.com/news/1") is allowed
    # What forbids everything is looked at again soon, what allows it tomorrow.
    assert robots.is_current(kept, NOW + timedelta(hours=1)) is allowed
    assert robots.is_current(kept, NOW + timedelta(minutes=5))
    assert not robots.is_current(kept, NOW + timedelta(hours=25))


def test_a_copy_is_kept_for_a_day() -> None:
    kept = robots.answered(HOST, b"User-agent: *\nDisallow: /x", NOW)
    assert robots.is_current(kept, NOW + timedelta(hours=23))
    assert not robots.is_current(kept, NOW + timedelta(hours=24))
    assert not robots.is_current(HOST, NOW)


def test_what_is_beyond_the_limit_is_not_read() -> None:
    filler = b"# a comment of a line\n" * (robots.LARGEST // 22 - 1)
    text = b"User-agent: *\nDisallow: /first\n" + filler + b"Disallow: /last-and-cut\n" * 3
    assert len(text) > robots.LARGEST
    found = rules(text)
    assert not found.allow("https://example.com/first")
    kept = robots.answered(HOST, text, NOW)
    assert kept.robots is not None
    assert len(kept.robots) <= robots.LARGEST
    assert kept.robots.endswith("\n")  # no rule is cut in two: /last-and would forbid more than was meant


def test_where_the_robots_txt_of_an_address_is() -> None:
    assert robots.robots_address("https://example.com:443/a/b?c") == "https://example.com/robots.txt"
    assert robots.robots_address("http://127.0.0.1:8001/a") == "http://127.0.0.1:8001/robots.txt"
