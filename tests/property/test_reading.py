"""Whatever the text, reading never raises and accounts for every line once."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.model import Article
from dabi.reading import read_html, read_plain
from dabi.reading.decoding import Unreadable, decode
from dabi.reading.inputs import Report, reports
from dabi.reading.lines import lines

PIECES = st.sampled_from(
    [
        "আরও পড়ুন",
        "আরও পড়ুন: সেতুর কাজ শেষ",
        "প্রকাশ: ১২ জুলাই ২০২৪, ১০:৩০",
        "নিজস্ব প্রতিবেদক | প্রকাশিত: ১২ জুলাই ২০২৪",
        "ঢাকা, শনিবার, ১২ জুলাই ২০২৫",
        "অনলাইন ডেস্ক",
        "জাতীয় রাজনীতি খেলা",
        "জাতীয়",
        "মন্তব্য করুন",
        "৩ ঘণ্টা আগে",
        "বিজ্ঞাপন",
        "যুগান্তর",
        "ছবি: সংগৃহীত",
        "নদীতে ভাঙন। ছবি: সংগৃহীত",
        "সেতু ধসে নিহত ৫ | প্রথম আলো",
        "সেতু ধসে পাঁচজন নিহত হয়েছেন।",
        "এমএইচ/এসকে",
        "© ২০২৪ নদীপথ",
        "১২",
        "* * *",
        "\u200b",
        " \u00a0",
        "",
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="কাি্য়ড়।,.:|- \n\r\t১২0ab\u200c\u200d\u2028\u0085\ufeff"),
    st.lists(PIECES | st.text(max_size=30), max_size=25).flatmap(
        lambda parts: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda between: between.join(parts))
    ),
)


def regions(article: Article) -> list[tuple[int, int]]:
    spans = [(s.start, s.end) for s in (article.headline, article.byline) if s is not None]
    return sorted(
        [*spans, *((r.start, r.end) for part in (article.body, article.captions, article.furniture) for r in part)]
    )


@given(TEXTS)
def test_every_line_is_read_once(text: str) -> None:
    reading = read_plain(text)
    assert reading.text == text
    found = regions(reading.article)
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for (_, end), (start, _) in pairwise(found):
        assert end <= start
    for line in lines(text):
        assert any(start < line.end and end > line.start for start, end in found), line.raw
    for span in (reading.article.headline, reading.article.byline):
        assert span is None or text[span.start : span.end] == span.text


@given(TEXTS)
def test_both_nukta_forms_are_read_alike(text: str) -> None:
    pairs = {"\u09dc": "\u09a1\u09bc", "\u09dd": "\u09a2\u09bc", "\u09df": "\u09af\u09bc"}
    composed, decomposed = text, text
    for one, two in pairs.items():
        composed, decomposed = composed.replace(two, one), decomposed.replace(one, two)
    first, second = read_plain(composed).article, read_plain(decomposed).article
    assert (first.outlet and True, first.published, len(first.body), len(first.captions), len(first.furniture)) == (
        second.outlet and True,
        second.published,
        len(second.body),
        len(second.captions),
        len(second.furniture),
    )


OUTLET_PAGES = [
    path.read_text(encoding="utf-8") for path in sorted(Path(__file__).resolve().parents[1].glob("outlets/*.html"))
]

MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<h1>সেতু ধসে নিহত ৫</h1>",
            "<div class='related'>",
            "</div>",
            "<figcaption>সেতু। ছবি: সংগৃহীত</figcaption>",
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"ক","datePublished":"2024-07-12"',
            "}</script>",
            "<time datetime='2024-07-12T10:00:00Z'>",
            "<!--",
            "-->",
            "<table><tr><td>",
            "&nbsp;&#0;&amp;",
            "সেতু ধসে পাঁচজন নিহত হয়েছেন। তদন্ত কমিটি হয়েছে।",
        ]
    )
    | st.text(max_size=20),
    max_size=30,
).map("".join)


@given(MARKUP)
@settings(deadline=None, max_examples=60)
def test_no_page_is_too_broken(page: str) -> None:
    reading = read_html(page)
    for start, end in regions(reading.article):
        assert reading.text[start:end].strip()


@given(st.data(), st.sampled_from(OUTLET_PAGES))
@settings(deadline=None, max_examples=40)
def test_no_page_of_an_outlet_is_too_broken(data: st.DataObject, page: str) -> None:
    """Cut, doubled and moved, with what its outlet's file says applied to it all the same."""
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(page)), st.integers(0, len(page)))))
        at = data.draw(st.integers(0, len(page)))
        page = data.draw(st.sampled_from([page[:start] + page[end:], page[:at] + page[start:end] + page[at:]]))
    reading = read_html(page)
    for start, end in regions(reading.article):
        assert reading.text[start:end].strip()


@given(st.binary(max_size=400))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Unreadable:
        return
    assert decoded.text.strip()


@given(
    st.lists(
        st.binary(max_size=60)
        | st.dictionaries(st.sampled_from(["text", "id"]), st.text()).map(lambda d: json.dumps(d).encode())
    )
)
@settings(deadline=None)
def test_lines_of_a_file_cost_each_other_nothing(written: list[bytes]) -> None:
    good = json.dumps({"id": "last", "text": "সেতু ধসে পাঁচজন নিহত হয়েছেন।"}).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder, "lines.jsonl")
        path.write_bytes(b"{}\n" + b"\n".join(line.replace(b"\n", b"") for line in written) + b"\n" + good)
        found = list(reports([path]))
    assert isinstance(found[-1], Report)
    assert found[-1].id == "last"
