"""HTML pages: what a page says of itself, captions, paragraphs, and furniture left within the main text."""

from __future__ import annotations

import json

import pytest

from dabi.model import Region
from dabi.reading import Reading, read_html

PARAGRAPHS = [
    "কর্ণফুলী নদীর ওপর নির্মাণাধীন সেতু ধসে পাঁচজন নিহত হয়েছেন। আহত হয়েছেন অন্তত ১২ জন।",
    "ফায়ার সার্ভিসের এক কর্মকর্তা বলেন, উদ্ধারকাজ রাত পর্যন্ত চলবে। নদীতে ডুবুরি নামানো হয়েছে।",
    "সেতুটির নির্মাণে ব্যয় ধরা হয়েছিল ৩২০ কোটি টাকা। কাজ শেষ হওয়ার কথা আগামী জুনে।",
]
HEADLINE = "সেতু ধসে নিহত ৫, আহত ১২"
CAPTION = "ধসে পড়া সেতুর অংশ। ছবি: সংগৃহীত"


def linked(**values: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def page(head: str = "", dateline: str = "", extra: str = "", title: str = HEADLINE) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="bn"><head><title>{title} | প্রথম আলো</title>{head}</head><body>
<nav><a href="/">প্রচ্ছদ</a> <a href="/b">বাংলাদেশ</a> <a href="/k">খেলা</a></nav>
<main><article><h1>{HEADLINE}</h1>{dateline}
<figure><img src="x.jpg"><figcaption>{CAPTION}</figcaption></figure>{body}{extra}</article>
<aside class="related"><h3>আরও পড়ুন</h3><ul><li><a href="/1">দুই ডজন কর্মকর্তা বদলি</a></li></ul>
<figure><figcaption>অন্য খবরের ছবি</figcaption></figure></aside></main>
<footer><p>স্বত্ব © ২০২৫ প্রথম আলো। সর্বস্বত্ব সংরক্ষিত।</p></footer></body></html>"""


def texts(reading: Reading, regions: tuple[Region, ...]) -> list[str]:
    return [reading.text[r.start : r.end] for r in regions]


def headline(reading: Reading) -> str | None:
    return reading.article.headline.text if reading.article.headline else None


def test_the_article_of_a_page() -> None:
    reading = read_html(page())
    assert headline(reading) == HEADLINE
    assert texts(reading, reading.article.body) == PARAGRAPHS
    assert texts(reading, reading.article.captions) == [CAPTION]
    assert reading.article.outlet == "Prothom Alo"
    assert "দুই ডজন" not in "".join(texts(reading, reading.article.body))


@pytest.mark.parametrize(
    "script",
    [
        linked(datePublished="2025-07-13T17:28:00+06:00"),
        linked(datePublished="2025-07-13T11:28:00Z"),
        linked(datePublished="১৩ জুলাই ২০২৫, ১৭: ২৮"),
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"],'
        ' "datePublished": "2025-07-13T17:28:00+06:00"}]}</script>',
        '<script type="application/ld+json">[{"@type": "BreadcrumbList"}, {"@type": "NewsArticle",'
        ' "datePublished": "2025-07-13T17:28"}]</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "description": "বললেন "না"",'
        ' "datePublished": "2025-07-13T17:28:00+06:00",}</script>',
        '<script type="application/ld+json">{"broken": </script>' + linked(datePublished="2025-07-13T17:28:00+06:00"),
        '<meta property="article:published_time" content="2025-07-13T17:28:00+06:00">',
    ],
    ids=["zone", "UTC", "Bengali words", "graph", "list", "broken", "one broken, one good", "meta"],
)
def test_publication_date_in_the_pages_data(script: str) -> None:
    article = read_html(page(script)).article
    assert (article.published, article.published_by) == ("2025-07-13T17:28", "page")


@pytest.mark.parametrize(
    "dateline",
    [
        '<time datetime="2025-07-13T17:28:00+06:00">রোববার</time>',
        "<div class='date'>প্রকাশ: ১৩ জুলাই ২০২৫, ১৭: ২৮</div>",
        "<p>অনলাইন ডেস্ক</p><span>আপডেট : ১৩ জুলাই ২০২৫, ১৭: ২৮</span>",
    ],
    ids=["time element", "visible", "visible, update alone"],
)
def test_publication_date_on_the_page(dateline: str) -> None:
    assert read_html(page(dateline=dateline)).article.published == "2025-07-13T17:28"


def test_data_and_dateline_that_differ_are_told() -> None:
    reading = read_html(page(linked(datePublished="2025-07-20"), "<div>প্রকাশ: ১৩ জুলাই ২০২৫</div>"))
    assert reading.article.published == "2025-07-20"
    assert any("2025-07-13" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("data", "dateline", "published"),
    [
        ("2025-07-13", "প্রকাশ: ১৩ জুলাই ২০২৫, ১৭: ২৮", "2025-07-13T17:28"),
        ("2025-07-13", "প্রকাশ: ১৪ জুলাই ২০২৫, ১৭: ২৮", "2025-07-13"),
        ("2025-07-13T09:00", "প্রকাশ: ১৩ জুলাই ২০২৫", "2025-07-13T09:00"),
        ("2025-07-13T09:00", "প্রকাশ: ১৩ জুলাই ২০২৫, ১৭: ২৮", "2025-07-13T09:00"),
    ],
)
def test_the_dateline_gives_the_time_of_a_day_that_the_data_name(data: str, dateline: str, published: str) -> None:
    assert read_html(page(linked(datePublished=data), f"<div>{dateline}</div>")).article.published == published


@pytest.mark.parametrize(
    ("data", "dateline", "published", "updated"),
    [
        ("2025-07-13T17:28:00Z", "১৩ জুলাই ২০২৫, ১৭: ২৮", "2025-07-13T17:28", "2025-07-13T19:00"),  # UTC in name only
        ("2025-07-13T11:28:00Z", "১৩ জুলাই ২০২৫, ১৭: ২৮", "2025-07-13T17:28", "2025-07-14T01:00"),
        ("2025-07-13T17:28:00Z", "১৩ জুলাই ২০২৫, ২৩: ২৮", "2025-07-13T23:28", "2025-07-14T01:00"),
        ("2025-07-13T17:28:00Z", "১৩ জুলাই ২০২৫", "2025-07-13T23:28", "2025-07-14T01:00"),
    ],
)
def test_local_times_that_the_data_call_utc(data: str, dateline: str, published: str, updated: str) -> None:
    said = linked(datePublished=data, dateModified="2025-07-13T19:00:00Z")
    article = read_html(page(said, f"<div>প্রকাশ: {dateline}</div>")).article
    assert (article.published, article.updated) == (published, updated)


def test_author_publisher_and_change() -> None:
    reading = read_html(
        page(
            linked(
                headline=HEADLINE + " &#8216;তদন্ত&#8217;",
                author=[{"@type": "Person", "name": "শামীমা নাসরিন"}],
                publisher={"name": "নদীপথ"},
                datePublished="2025-07-13",
                dateModified="2025-07-14",
            )
        )
    )
    article = reading.article
    assert headline(reading) == HEADLINE + " ‘তদন্ত’"
    assert article.byline is not None
    assert article.byline.text == "শামীমা নাসরিন"
    assert reading.text[article.byline.start : article.byline.end] == article.byline.text
    assert (article.outlet, article.updated) == ("নদীপথ", "2025-07-14")


def test_callers_date_and_address_win() -> None:
    article = read_html(
        page(linked(datePublished="2025-07-13")), source="https://www.jugantor.com/country/1", published="2025-07-15"
    ).article
    assert (article.published, article.published_by, article.outlet) == ("2025-07-15", "caller", "Jugantor")


def test_furniture_within_the_main_text() -> None:
    extra = (
        "<p>আরও পড়ুন</p><p>দুই ডজন কর্মকর্তা একযোগে বদলি, প্রজ্ঞাপন জারি</p><p>তদন্তে তিন সদস্যের কমিটি হয়েছে বলে জানায় অধিদপ্তর।</p>"
    )
    reading = read_html(page(extra=extra))
    body = texts(reading, reading.article.body)
    assert body[:3] == PARAGRAPHS
    assert "দুই ডজন" not in "".join(body)
    assert body[-1].startswith("তদন্তে তিন সদস্যের")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-8", "iso-8859-1"), ("utf-16", "utf-8"), ("utf-8-sig", "windows-1252"), ("utf-8", "")],
)
def test_encodings(encoding: str, declared: str) -> None:
    head = f'<meta charset="{declared}">' if declared else ""
    reading = read_html(page(head).encode(encoding))
    assert texts(reading, reading.article.body) == PARAGRAPHS


def test_xml_declaration_and_no_body() -> None:
    reading = read_html('<?xml version="1.0" encoding="utf-8"?>' + page())
    assert headline(reading) == HEADLINE


@pytest.mark.parametrize("data", ["", "   ", "<html></html>", "<!-- -->", "<p>", "\0"])
def test_nothing_on_the_page(data: str) -> None:
    reading = read_html(data)
    assert reading.article.body == ()
    assert any("no article text" in warning for warning in reading.warnings)


def test_scripts_inside_a_heading_are_no_words_of_the_headline() -> None:
    page = "<html><body><h1><script>alert(1)</script>ঝড়ে <b>৭ জন</b> নিহত</h1><p>ঝড়ে ৭ জন নিহত হয়েছেন।</p>"
    reading = read_html(page)
    assert reading.article.headline is not None
    assert reading.article.headline.text == "ঝড়ে ৭ জন নিহত"


def test_a_table_that_lays_out_the_page_is_no_table_of_figures() -> None:
    figures = "<table><tr><th>জেলা</th><th>ঘর</th></tr><tr><td>ফেনী</td><td>১২০</td></tr></table>"
    articles = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    layout = (
        f"<html><body><table><tr><td>প্রচ্ছদ | জাতীয় | খেলা</td></tr><tr><td><h1>{HEADLINE}</h1>"
        f"<div>প্রকাশ: ১৩ জুলাই ২০২৫</div>{articles * 4}</td><td>সর্বাধিক পঠিত</td></tr></table></body></html>"
    )
    assert texts(read_html(layout), read_html(layout).article.body)[: len(PARAGRAPHS)] == PARAGRAPHS
    reading = read_html(page(extra=figures))
    assert any("১২০" in text for text in texts(reading, reading.article.body))


def test_an_outlet_that_the_caller_knows_wins() -> None:
    assert read_html(page(), outlet="Ei Samay").article.outlet == "Ei Samay"
    at = page(linked(datePublished="2025-07-13T12:00:00Z"))
    assert read_html(at, outlet="Ei Samay").article.published == "2025-07-13T17:30"
    assert read_html(at, outlet="Samakal").article.published == "2025-07-13T18:00"


@pytest.mark.parametrize("nobody", ["admin", "Desk", "Web Desk"])
def test_who_keeps_the_site_is_no_author(nobody: str) -> None:
    article = read_html(page(f'<meta name="author" content="{nobody}">')).article
    assert article.byline is None or article.byline.text != nobody


def test_a_page_made_by_a_blogs_template() -> None:
    """Small outlets keep their pages on a blog: no JSON-LD, English dates, the text in one element with line breaks."""
    text = "<br /><br />".join(PARAGRAPHS)
    html = f"""<!DOCTYPE html><html dir='ltr' xmlns:b='http://www.google.com/2005/gml/b'><head>
    <title>দৈনিক উজান: {HEADLINE}</title><meta content='blogger' name='generator'/></head><body class='loading'>
    <div class='header section' id='header'><h1 class='title'><a href='/'>দৈনিক উজান</a></h1></div>
    <div class='main section'><div class='date-outer'><h2 class='date-header'><span>Sunday, July 13, 2025</span></h2>
    <div class='post hentry uncustomized-post-template'><h3 class='post-title entry-title'>{HEADLINE}</h3>
    <div class='post-body entry-content'><div class='separator'><img src='https://blogger.example/a.jpg'/></div>
    {text}</div><div class='post-footer'><span class='post-author vcard'>Posted by দৈনিক উজান</span> at
    <abbr class='published' title='2025-07-13T17:28:00+06:00'>5:28 PM</abbr></div></div></div>
    <div class='comments'><h4>No comments:</h4></div></div>
    <div class='sidebar section'><h2>Popular Posts</h2><ul><li>চরে ঘুড়ি উৎসব আজ</li></ul><h2>Blog Archive</h2></div>
    </body></html>"""
    reading = read_html(html)
    assert headline(reading) == HEADLINE
    assert texts(reading, reading.article.body) == PARAGRAPHS
    assert (reading.article.outlet, reading.article.published) == ("দৈনিক উজান", "2025-07-13T17:28")


@pytest.mark.parametrize(("address", "published"), [("anandabazar.com", "2025-04-15"), ("jugantor.com", "2025-04-14")])
def test_bangla_dates_are_read_by_the_calendar_of_the_outlet(address: str, published: str) -> None:
    html = page(f'<link rel="canonical" href="https://www.{address}/1">', "<div>প্রকাশ: ১ বৈশাখ ১৪৩২</div>")
    assert read_html(html).article.published == published
