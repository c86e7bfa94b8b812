"""What a page says of its feeds and of itself."""

from __future__ import annotations

import pytest

from dabi.gathering.discovery import MOST_FEEDS, canonical_of_page, feeds_of_page

URL = "https://www.example.com/bangla/"


def page(head: str) -> bytes:
    return f"<!doctype html><html><head><title>খবর</title>{head}</head><body><p>খবর</p></body></html>".encode()


def test_feeds_that_a_page_names() -> None:
    html = page(
        """<link rel="alternate" type="application/rss+xml" title="খবর" href="feed/">
        <link rel="alternate" type="application/rss+xml" title="মন্তব্য" href="/c/feed/">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
        <link rel="ALTERNATE home" type="application/atom+xml" href="//feeds.example.com/atom">
        <link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" type="text/xml" href="/x.xml">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        <link rel="alternate" type="application/rss+xml" href="feed/#again">"""
    )
    assert feeds_of_page(html, URL) == [
        "https://www.example.com/bangla/feed/",
        "https://feeds.example.com/atom",
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml; charset=UTF-8",
        " Application/RSS+XML ;charset=utf-8",
        "application/atom+xml;",
        "\ttext/xml",
    ],
)
def test_a_type_with_parameters_and_in_any_case(kind: str) -> None:
    assert feeds_of_page(page(f'<link rel="alternate" type="{kind}" href="/feed">'), URL) == [
        "https://www.example.com/feed"
    ]


def test_a_base_and_no_more_feeds_than_a_page_has() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}.xml">'
    html = page('<base href="/other/">' + "".join(link.format(n) for n in range(50)))
    found = feeds_of_page(html, URL)
    assert found[0] == "https://www.example.com/other/0.xml"
    assert len(found) == MOST_FEEDS


@pytest.mark.parametrize("html", [b"", b"   ", b"\x00\xff", b"<", b"<!-- -->", b"<link rel=alternate>", "খবর".encode()])
def test_what_names_no_feed(html: bytes) -> None:
    assert feeds_of_page(html, URL) == []
    assert canonical_of_page(html, URL) is None


def test_what_a_page_calls_itself() -> None:
    assert canonical_of_page(page('<link rel="canonical" href="/n/17">'), URL) == "https://www.example.com/n/17"
    assert (
        canonical_of_page(page('<link href="https://example.org/1" rel="canonical">'), URL) == "https://example.org/1"
    )
    assert canonical_of_page(page('<link rel="canonical" href="">'), URL) is None
    assert canonical_of_page(page("<p>canonical</p>"), URL) is None
