"""Sitemaps as outlets write them, and hostile ones."""

from __future__ import annotations

import pytest

from dabi.gathering.sitemaps import MOST_ENTRIES, Sitemap, read_sitemap

URL = "https://www.example.com/sitemap.xml"
NEWS = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"


def read(text: str) -> Sitemap:
    found = read_sitemap(text.encode(), URL)
    assert found is not None
    return found


def test_a_news_sitemap() -> None:
    found = read(
        f"""<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {NEWS}
          xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> https://www.example.com/news/1?utm_source=map </loc><lastmod>2025-11-23T12:00:00+06:00</lastmod>
          <image:image><image:loc>https://www.example.com/1.jpg</image:loc><image:title>ছবি</image:title></image:image>
          <news:news><news:publication><news:name>খবর</news:name></news:publication>
          <news:publication_date>2025-11-23T10:05:00+06:00</news:publication_date>
          <news:title>সেতু খুলে দেওয়া হলো</news:title></news:news></url>
        <url><loc>/news/2</loc></url><url><loc>javascript:alert(1)</loc></url><url></url></urlset>"""
    )
    first, second = found.entries
    assert (found.kind, found.bad, found.broken) == ("urlset", 2, False)
    assert (first.url, first.title) == ("https://www.example.com/news/1", "সেতু খুলে দেওয়া হলো")
    assert first.published is not None
    assert first.updated is not None
    assert (first.published.edtf, first.updated.edtf) == ("2025-11-23T10:05", "2025-11-23T12:00")
    assert (second.url, second.published, second.updated) == ("https://www.example.com/news/2", None, None)


def test_an_index() -> None:
    found = read(
        """<sitemapindex><sitemap><loc>https://www.example.com/2025-11.xml.gz</loc><lastmod>2025-11-23</lastmod>
        </sitemap><sitemap><loc>posts.xml</loc></sitemap></sitemapindex>"""
    )
    assert found.kind == "index"
    assert [(part.url, part.updated and part.updated.edtf) for part in found.parts] == [
        ("https://www.example.com/2025-11.xml.gz", "2025-11-23"),
        ("https://www.example.com/posts.xml", None),
    ]
    assert found.entries == ()


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    found = read("<urlset><url><loc>https://www.example.com/1?a=1&b=2</loc></url><url><loc>/2</loc></url><url><loc>/3")
    assert [entry.url for entry in found.entries][:2] == [
        "https://www.example.com/1?a=1&b=2",
        "https://www.example.com/2",
    ]


def test_addresses_one_a_line() -> None:
    lines = "\ufeffhttps://www.example.com/1\r\nhttps://www.example.com/2\n\nftp://www.example.com/3\n"
    found = read_sitemap(lines.encode(), URL, media="text/plain")
    assert found is not None
    assert [entry.url for entry in found.entries] == ["https://www.example.com/1", "https://www.example.com/2"]
    assert found.bad == 1


@pytest.mark.parametrize("text", ["", "x", "<html></html>", "<rss></rss>", "<urls><url><loc>/1</loc></url></urls>"])
def test_what_is_no_sitemap(text: str) -> None:
    assert read_sitemap(text.encode(), URL) is None
    assert read_sitemap(text.encode(), URL, media="text/plain") is None


def test_no_more_entries_than_the_protocol_allows() -> None:
    found = read("<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(MOST_ENTRIES + 3)) + "</urlset>")
    assert (len(found.entries), found.left_out) == (MOST_ENTRIES, 3)


def test_nothing_outside_a_sitemap_is_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("https://www.example.com/secret")
    found = read_sitemap(
        f"""<!DOCTYPE urlset [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>
        <urlset><url><loc>&s;</loc></url><url><loc>/news/1</loc></url></urlset>""".encode(),
        URL,
    )
    assert found is None or all("secret" not in entry.url for entry in found.entries)


def test_entities_that_multiply_stay_small() -> None:
    doubling = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    found = read_sitemap(
        f"<!DOCTYPE urlset [<!ENTITY l0 'x'>{doubling}]><urlset><url><loc>/&l9;</loc></url></urlset>".encode(), URL
    )
    assert found is None or all(len(entry.url) < 3000 for entry in found.entries)
