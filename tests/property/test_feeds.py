"""Whatever comes as a feed, a sitemap, a page or a robots.txt: it is read or it is none, and nothing is raised."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from dabi.gathering import robots
from dabi.gathering.canonical import known_as
from dabi.gathering.discovery import canonical_of_page, feeds_of_page, read_list
from dabi.gathering.entry_dates import entry_date
from dabi.gathering.feeds import Feed, read_feed
from dabi.gathering.links import LONGEST, belongs, domain_of, host_of, web_link
from dabi.gathering.sitemaps import Sitemap, read_sitemap
from dabi.ledger.follow_store import Host

URL = "https://www.example.com/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY e "ক">]><rss version="2.0"><channel>
<title>খবর &e;</title><ttl>20</ttl><item><title><![CDATA[সেতু & নদী]]></title><link>/news/1?a=1&amp;b=2</link>
<guid isPermaLink="true">https://www.example.com/news/1</guid><pubDate>Sun, 23 Nov 2025 10:05:00 +0600</pubDate>
<description>&lt;p&gt;২৩ জন&lt;/p&gt;</description></item></channel></rss>""".encode()
MAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://www.example.com/1</loc><lastmod>2025-11-23
</lastmod><n:news><n:publication_date>2025-11-23T10:05:00+06:00</n:publication_date></n:news></url></urlset>"""
PAGE = b"""<!doctype html><head><base href="/x/"><link rel=alternate type="application/rss+xml" href="f"><link
rel=canonical href="/1"></head><p>x"""

anything = st.binary(max_size=400)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A feed, sitemap or page with pieces cut out, doubled, moved, or overwritten."""
    data = draw(st.sampled_from([RSS, MAP, PAGE, RSS + MAP]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        with_what = draw(
            st.one_of(
                st.just(b""),
                st.just(data[start:end] * 3),
                st.binary(max_size=8),
                st.sampled_from(
                    [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"\x00", b"&#0;", b"</item>", b"\xff\xfe"]
                ),
            )
        )
        data = data[:start] + with_what + data[end:]
    return data


def check(found: Feed | Sitemap | None) -> None:
    """What comes out is fit for being visited and kept."""
    if found is None:
        return
    for entry in found.entries:
        assert web_link(entry.url, "") == entry.url
        assert len(entry.url) <= LONGEST
        assert urlsplit(entry.url).scheme in ("http", "https")
        assert entry.url.isascii()
        for date in (entry.published, entry.updated):
            if date is not None:
                assert len(date.edtf) in (10, 16)
                assert date.instant.tzinfo is not None


@given(
    st.one_of(anything, mutated()),
    st.sampled_from(["", "text/xml", "text/plain", "application/rss+xml; charset=utf-16"]),
)
@example(RSS.decode().encode("utf-16"), "text/xml")
@example(b"<?xml version='1.0' encoding='no-such-thing'?>" + MAP[21:], "text/xml")
def test_any_bytes_as_a_list(data: bytes, media: str) -> None:
    seen = datetime(2025, 11, 23, 5, 0, tzinfo=UTC)
    check(read_list(data, URL, media=media, seen=seen))
    check(read_feed(data, URL, seen=seen))
    check(read_sitemap(data, URL, media=media, seen=seen))


@given(st.one_of(anything, mutated()))
def test_any_bytes_as_a_page(data: bytes) -> None:
    for url in feeds_of_page(data, URL):
        assert web_link(url, "") == url
    canonical = canonical_of_page(data, URL)
    assert domain_of(known_as(URL, canonical)) == "example.com"


@given(st.text(max_size=200), st.sampled_from([URL, "", "http://127.0.0.1:8001/", "mailto:x"]))
@example("http://[::1]:80/x", "")
@example("//\u0660:80", URL)
@example("http://example.com:٨٠/", "")
def test_any_text_as_an_address(written: str, base: str) -> None:
    link = web_link(written, base)
    if link is not None:
        assert web_link(link, "") == link
        assert host_of(link)
        assert belongs(link, (domain_of(link),))


@given(st.text(max_size=130), st.sampled_from(["BD", "IN"]))
@example("Sun, 23 Nov 2025 10:05:00 +9999", "BD")
@example("0001-01-01T00:00:00+14:00", "BD")
@example("9999-12-31", "IN")
def test_any_text_as_a_date(written: str, country: str) -> None:
    found = entry_date(written, country, datetime(2025, 11, 23, tzinfo=UTC))  # type: ignore[arg-type]
    assert found is None or len(found.edtf) in (10, 16)


@given(st.one_of(anything, st.text(alphabet="User-agent: *\nDisallow/$dbiCrawl-delay0123456789Sitemap%", max_size=300)))
def test_any_bytes_as_a_robots_txt(data: bytes | str) -> None:
    body = data if isinstance(data, bytes) else data.encode()
    kept = robots.answered(Host(host="example.com"), body, datetime(2025, 11, 23, tzinfo=UTC))
    rules = robots.rules_of(kept, "dabi")
    assert 0 <= rules.delay <= robots.LONGEST_DELAY
    assert rules.allow(URL) in (True, False)
    assert rules.allow("https://www.example.com/robots.txt")
