"""Addresses in feeds and pages, and whose they are."""

from __future__ import annotations

import pytest

from dabi.gathering.canonical import known_as
from dabi.gathering.links import belongs, domain_of, host_of, web_link

BASE = "https://www.example.com/news/feed.xml"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("17?utm_source=rss", "https://www.example.com/news/17"),
        ("/17", "https://www.example.com/17"),
        ("//cdn.example.com/17#top", "https://cdn.example.com/17"),
        ("  https://EXAMPLE.com:443/ক/১৭\n ", "https://example.com/%E0%A6%95/%E0%A7%A7%E0%A7%AD"),
        ("https://example.com/%E0%A6%95", "https://example.com/%E0%A6%95"),
        ("https://example.com/a\n  b?x=1&y=2", "https://example.com/ab?x=1&y=2"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://খবর.বাংলা/x", "https://xn--q5b8bm.xn--54b7fta0cc/x"),
    ],
)
def test_an_address_is_made_whole(written: str, whole: str) -> None:
    assert web_link(written, BASE) == whole
    assert web_link(whole, BASE) == whole


@pytest.mark.parametrize(
    "written",
    [
        None,
        17,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.com/x",
        "https://me:secret@example.com/x",
        "https://[::1",
        "https://example.com:99999/x",
        "https:///x",
        "https://example.com/" + "x" * 3000,
        "https://example.com/" + "ক" * 300,
    ],
)
def test_what_is_no_address_to_visit(written: object) -> None:
    assert web_link(written, "") is None


def test_hosts_have_their_port_and_domains_no_front() -> None:
    assert host_of("http://127.0.0.1:8001/x") == "127.0.0.1:8001"
    assert host_of("https://Example.com.:443/") == "example.com"
    assert host_of("http://[::1]:80/") == "[::1]"
    assert domain_of("https://www.example.com/x") == domain_of("http://feeds.example.com/") == "example.com"
    assert domain_of("https://news.example.com/") == "news.example.com"
    assert domain_of("https://m.example.com.bd/") == "example.com.bd"
    assert domain_of("https://www.com.bd/") == "www.com.bd"
    assert domain_of("http://127.0.0.1:8001/x") == "127.0.0.1:8001"


@pytest.mark.parametrize(
    ("url", "domains", "ours"),
    [
        ("https://www.example.com/1", ("example.com",), True),
        ("https://en.example.com/1", ("example.com",), True),
        ("https://badexample.com/1", ("example.com",), False),
        ("https://example.com.evil.net/1", ("example.com",), False),
        ("https://www.example.org/bangla/1", ("example.org/bangla",), True),
        ("https://www.example.org/bangla", ("example.org/bangla",), True),
        ("https://www.example.org/banglatown/1", ("example.org/bangla",), False),
        ("https://www.example.org/sport/1", ("example.org/bangla",), False),
        ("http://127.0.0.1:8001/", ("127.0.0.1:8002",), False),
        ("https://example.com/", (), False),
    ],
)
def test_whose_an_address_is(url: str, domains: tuple[str, ...], ours: bool) -> None:
    assert belongs(url, domains) is ours


@pytest.mark.parametrize(
    ("canonical", "believed"),
    [
        ("https://www.example.com/news/flood-in-sylhet", True),
        ("https://example.com/district/flood-in-sylhet", True),
        ("https://www.example.com/news/flood-in-sylhet.html", True),
        ("https://www.example.com/", False),  # the front page
        ("https://www.example.com/news", False),  # the section
        ("https://www.example.com/news/fire-in-dhaka", False),  # another article
        ("https://www.example.org/news/flood-in-sylhet", False),  # another site
        (None, False),
    ],
)
def test_which_canonical_addresses_are_believed(canonical: str | None, believed: bool) -> None:
    url = "https://www.example.com/news/flood-in-sylhet/amp"
    assert known_as(url, canonical) == (canonical if believed else url)


def test_a_long_number_names_an_article_whatever_stands_around_it() -> None:
    short, long = "https://example.com/n/884213", "https://example.com/district/সিলেটে-বন্যা-884213"
    assert known_as(short, long) == long
    assert known_as("https://example.com/n/884214", long) == "https://example.com/n/884214"
    assert known_as("https://example.com/index.php?id=884213", long) == long
