"""Feeds as outlets write them, well and badly."""

from __future__ import annotations

import pytest

from dabi.gathering.discovery import read_list
from dabi.gathering.feed_bounds import FeedRefused
from dabi.gathering.feeds import MOST_ENTRIES, Feed, read_feed
from dabi.gathering.sitemaps import Sitemap

URL = "https://www.example.com/rss/feed.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>নদীপাড়ের খবর</title><link>https://www.example.com/</link>{head}
<item><title>সেতু খুলে দেওয়া হলো</title><link>/news/1?utm_source=rss</link>
<pubDate>রবিবার, ২৩ নভেম্বর ২০২৫, ১০:০৫</pubDate></item>
<item><title>হাটে আগুন</title><guid>https://www.example.com/news/2</guid>
<pubDate>Sun, 23 Nov 2025 10:05:00 GMT</pubDate></item>
<item><title>তারিখ নেই</title><link>https://www.example.com/news/3</link></item>
<item><title>ঠিকানা নেই</title></item>
<item><link>javascript:alert(1)</link></item>
<item><link>https://www.example.com/news/1</link></item>
</channel></rss>"""


def rss(head: str = "") -> Feed:
    found = read_feed(RSS.replace("{head}", head).encode(), URL, country="BD")
    assert found is not None
    return found


def test_rss() -> None:
    feed = rss()
    assert feed.title == "নদীপাড়ের খবর"
    assert [entry.url for entry in feed.entries] == [f"https://www.example.com/news/{n}" for n in (1, 2, 3)]
    assert [entry.published and entry.published.edtf for entry in feed.entries] == [
        "2025-11-23T10:05",  # without a zone: the outlet's time
        "2025-11-23T16:05",
        None,
    ]
    assert feed.entries[1].title == "হাটে আগুন"
    assert (feed.bad, feed.broken) == (2, False)


def test_atom_with_several_links_and_a_base() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.example.com/a/"><title>খবর</title>
    <entry><title>ক</title><link rel="enclosure" href="x.mp3"/><link rel="alternate" href="news/1"/>
    <published>2025-11-23T10:05:00+05:30</published><updated>2025-11-24T08:00:00+05:30</updated></entry></feed>"""
    feed = read_feed(atom.encode(), "https://www.example.com/atom", country="IN")
    assert feed is not None
    (entry,) = feed.entries
    assert entry.url == "https://www.example.com/a/news/1"
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.edtf, entry.updated.edtf) == ("2025-11-23T10:05", "2025-11-24T08:00")


def test_rdf() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>খবর</title></channel>
    <item rdf:about="https://www.example.com/1"><title>ক</title><link>https://www.example.com/1</link>
    <dc:date>2025-11-23T10:05+06:00</dc:date></item></rdf:RDF>"""
    feed = read_feed(rdf.encode(), URL)
    assert feed is not None
    assert [(e.url, e.published and e.published.edtf) for e in feed.entries] == [
        ("https://www.example.com/1", "2025-11-23T10:05")
    ]


@pytest.mark.parametrize("media", ["text/xml", "text/html", "application/rss+xml; charset=iso-8859-1", ""])
def test_what_a_header_says_of_it_breaks_no_feed(media: str) -> None:
    empty = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>খবর</title></channel></rss>"
    feed = read_list(empty.encode(), URL, media=media)
    assert isinstance(feed, Feed)
    assert (feed.title, feed.entries, feed.broken) == ("খবর", (), False)


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    broken = RSS.replace("সেতু খুলে", "সেতু & খুলে <b>").replace("</channel></rss>", "<item><link>/news/9</link>")
    feed = read_feed(broken.encode(), URL)
    assert feed is not None
    assert feed.broken
    assert {"https://www.example.com/news/2", "https://www.example.com/news/9"} <= {e.url for e in feed.entries}


def test_a_feed_in_utf_16_or_with_a_wrong_encoding_named() -> None:
    for data in (RSS.encode("utf-16"), RSS.replace("UTF-8", "ISO-8859-1").encode()):
        feed = read_feed(data, URL)
        assert feed is not None
        assert len(feed.entries) == 3


@pytest.mark.parametrize(
    ("head", "pause"),
    [
        ("<ttl>20</ttl>", 1200.0),
        ("<ttl>0</ttl>", None),
        ("<ttl>999999</ttl>", 86400.0),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600.0),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 86400.0),
        ("", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(head: str, pause: float | None) -> None:
    assert rss(head).pause == pause


def test_no_more_entries_than_any_feed_has() -> None:
    items = "".join(f"<item><link>/n/{n}</link></item>" for n in range(MOST_ENTRIES + 5))
    feed = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), URL)
    assert feed is not None
    assert (len(feed.entries), feed.left_out) == (MOST_ENTRIES, 5)


def test_a_feed_of_thousands_of_entries_is_read() -> None:
    own = "".join(f"<category>{n}</category>" for n in range(6))
    items = "".join(
        f"<item><title>ক</title><link>/n/{n}</link><guid>{n}</guid>{own}<description><![CDATA[{'<p>ক</p>' * 30}]]>"
        f"</description></item>"
        for n in range(5000)
    )
    feed = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), URL)
    assert feed is not None
    assert (len(feed.entries), feed.left_out, feed.broken) == (MOST_ENTRIES, 4000, False)


ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{}</content></entry></feed>"


@pytest.mark.parametrize(
    ("markup", "bound"),
    [
        ("<rss><channel><item>" + "<a>" * 1_600_000, "100,000 elements"),
        ("<rss><channel><item>&" + "<a>" * 1_600_000, "100,000 elements"),
        ("<rss><channel><item>" + "<a/>" * 150_000 + "</item></channel></rss>", "100,000 elements"),
        (
            '<!DOCTYPE rss [\n<!ENTITY a "' + "<a/>" * 2000 + '">\n]><rss><channel>' + "&a;" * 90 + "</channel></rss>",
            "100,000 elements",
        ),
        (ATOM.format("<div>" * 600 + "</div>" * 600), "500 elements inside each other"),
        ("<rss><channel" + "".join(f" a{n}=''" for n in range(300)) + "/></rss>", "200 attributes"),
        ("<!--" + "\n" * 20_000 + "--><rss/>", "16 KB before its first element"),
    ],
    ids=["deep", "broken", "many", "by an entity", "xhtml", "attributes", "head"],
)
def test_what_would_take_too_long_is_refused(markup: str, bound: str) -> None:
    with pytest.raises(FeedRefused, match=bound):
        read_feed(markup.encode(), URL)


def test_a_declaration_of_any_length_names_no_encoding() -> None:
    with pytest.raises(FeedRefused, match="before its first element"):
        read_feed(b"<?xml " + b"encoding='" * 10_000 + b"<rss/>", URL)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html><body>404</body></html>", b"{}", b"\x00\x01\x02", b"<urlset/>"]
)
def test_what_is_no_feed(data: bytes) -> None:
    assert read_feed(data, URL) is None


def test_which_kind_of_list_it_is() -> None:
    assert isinstance(read_list(RSS.encode(), URL, media="text/html"), Feed)
    assert isinstance(read_list(b"<?xml version='1.0'?><!-- x --><urlset></urlset>", URL), Sitemap)
    assert isinstance(
        read_list(b"https://www.example.com/1\nhttps://www.example.com/2\n", URL, media="text/plain"), Sitemap
    )
    assert read_list(b"<!doctype html><html><head><link href='/feed'></head></html>", URL) is None
    assert read_list("এটি কোনো তালিকা নয়।".encode(), URL, media="text/plain") is None


def test_nothing_outside_a_feed_is_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("https://www.example.com/secret")
    hostile = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY s SYSTEM "file://{secret}">
    <!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>
    <rss version="2.0"><channel><title>&s;</title><item><title>&s;</title><link>&s;</link></item>
    <item><link>/news/1</link></item></channel></rss>"""
    feed = read_feed(hostile.encode(), URL)
    assert feed is not None
    assert "secret" not in "".join(f"{e.url}{e.title}" for e in feed.entries) + str(feed.title)
    # Neither is the input taken for the name of a file.
    assert read_feed(secret.encode(), URL) is None


def test_entities_that_multiply_stay_small() -> None:
    doubling = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "হা">{doubling}]>
    <rss version="2.0"><channel><item><title>&l9;</title><link>/news/1</link></item></channel></rss>"""
    feed = read_feed(bomb.encode(), URL)
    assert feed is None or all(len(entry.title or "") < 10_000 for entry in feed.entries)
