"""Outlets by name, address and spelling; their files and what is said when one is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from lxml.etree import XPath
from lxml.html import document_fromstring

from dabi.bengali.lexicon import rows
from dabi.bengali.outlets import NAMES
from dabi.reading.html import read_html
from dabi.reading.inputs import Report
from dabi.reading.outlets import OutletError, known_outlets, outlet, outlet_named
from dabi.reading.outlets.description import Description, Feed, FurnitureWords, Outlet, Selectors
from dabi.reading.outlets.loading import parsed, slug_of
from dabi.reading.outlets.selecting import selected
from dabi.reading.plain import read_plain
from dabi.service.reading import read_report

JUGANTOR = outlet("Jugantor")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Prothom Alo", "Prothom Alo"),
        ("prothom alo", "Prothom Alo"),
        ("prothom-alo", "Prothom Alo"),
        ("  প্রথম আলো ", "Prothom Alo"),
        ("দৈনিক ইত্তেফাক", "Ittefaq"),
        ("এই সম\u09df", "Ei Samay"),  # whichever way the letter is written
        ("এই সম\u09af\u09bc", "Ei Samay"),
        ("jugantor.com", "Jugantor"),
        ("https://www.jugantor.com/country-news/990127", "Jugantor"),
        ("HTTPS://WWW.SAMAKAL.COM/", "Samakal"),
        ("bbc.com/bengali", "BBC Bangla"),
        ("https://www.bbc.com/bengali/articles/c1z0", "BBC Bangla"),
        ("eisamay.indiatimes.com", "Ei Samay"),
        ("Inqilab", "Inqilab"),
    ],
)
def test_an_outlet_by_what_people_call_it(said: str, name: str) -> None:
    found = outlet_named(said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "said", ["", "bbc.com", "https://www.bbc.com/news/world", "feed.xml", "নদীপথ", "https://", "a b.c"]
)
def test_what_is_no_outlet(said: str) -> None:
    assert outlet_named(said) is None


def test_an_outlet_with_a_file() -> None:
    found = outlet("Anandabazar Patrika")
    assert (found.slug, found.country, found.zone) == ("anandabazar-patrika", "IN", "Asia/Kolkata")
    assert found.domains == ("anandabazar.com",)
    assert "আনন্দবাজার" in found.spellings
    assert found.described


def test_an_outlet_without_a_file_is_what_the_table_says() -> None:
    found = outlet("Bhorer Kagoj")
    assert (found.described, found.feeds, found.home, found.zone) == (
        False,
        (),
        "https://bhorerkagoj.com/",
        "Asia/Dhaka",
    )
    assert found.selectors == Selectors()


def test_another_name_is_none() -> None:
    with pytest.raises(KeyError):
        outlet("নদীপথ")
    with pytest.raises(KeyError):
        outlet("jugantor")  # a slug is no name


def test_every_name_has_a_slug_of_its_own() -> None:
    assert len({slug_of(name) for name in NAMES}) == len(NAMES)


def test_every_file_is_of_an_outlet_and_every_selector_an_xpath() -> None:
    slugs = {slug_of(name) for name in NAMES}
    found = [place.name for place in files("dabi.reading.outlets").iterdir() if place.name.endswith(".toml")]
    assert len(found) >= 22
    assert {name.removesuffix(".toml") for name in found} <= slugs
    for known in known_outlets():
        for field in Selectors.__struct_fields__:
            for path in getattr(known.selectors, field):
                XPath(path)


def test_no_feed_is_of_two_outlets() -> None:
    urls = [feed.url for known in known_outlets() for feed in known.feeds]
    assert len(urls) == len(set(urls))


def test_the_table_of_names_gives_no_domain_and_no_spelling_to_two_outlets() -> None:
    domains = [row["domain"] for row in rows("outlets.tsv") if row["domain"]]
    assert len(domains) == len(set(domains))
    spelt = {(row["as"].lower(), row["name"]) for row in rows("outlets.tsv") if row["as"]}
    assert len({spelling for spelling, _ in spelt}) == len(spelt)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "Jugantor"\nfeed = "x"', "unknown field `feed`"),
        ('name = "Jugantor"\n[selectors]\ntitle = ["//h1"]', "unknown field `title` - at `$.selectors`"),
        ('name = "Jugantor"\n[minimum]\nparagraphs = "three"', "$.minimum.paragraphs"),
        ('name = "Jugantor"\n[minimum]\nbyline = 60', "minimum.byline"),
        ('home = "https://a.example/"', "missing required field `name`"),
        ('name = "Jugantor"\nzone = "Asia/Dacca City"', "zone"),
        ('name = "Jugantor"\n[[feeds]]\nurl = "www.a.example/feed"', "feeds, 1"),
        ('name = "Jugantor"\n[[feeds]]\nurl = "https://a.example/f"\nkind = "json"', "$.feeds[0].kind"),
        (
            'name = "Jugantor"\n[[feeds]]\nurl = "https://a.example/{date}"\nkind = "sitemap"',
            "feeds, 1: there is no {date}",
        ),
        (
            'name = "Jugantor"\n[[feeds]]\nurl = "https://a.example/{year}/{month}/{day}"',
            "feeds, 1: a list of a day is a sitemap",
        ),
        ('name = "Jugantor"\nhome = "a.example"', "home"),
        ('name = "Jugantor', "jugantor.toml"),
    ],
)
def test_a_wrong_file_is_told_by_file_and_field(text: str, said: str) -> None:
    with pytest.raises(OutletError) as caught:
        parsed(text.encode(), "jugantor.toml")
    assert "jugantor.toml" in str(caught.value)
    assert said in str(caught.value)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(OutletError, match=r"jugantor\.toml"):
        parsed(b'name = "\xff"', "jugantor.toml")


# Selectors

PAGE = """<html><body><h1 class="t">নদীতে পানি বেড়েছে</h1><p class="by">শামীমা নাসরিন</p>
<span class="d" content="2025-08-21T10:00:00+06:00">প্রকাশ: ২১ আগস্ট ২০২৫, ১০:০০</span>
<span class="d">আপডেট: ২১ আগস্ট ২০২৫, ১১:৩০</span>
<div class="b"><p>পানি ১২ সেন্টিমিটার বেড়েছে।</p><div class="x"><p>অন্য খবর</p></div>
<div class="b"><p>পাঁচ গ্রাম প্লাবিত।</p></div></div><div class="e">  </div></body></html>"""


def hinted(**paths: tuple[str, ...]) -> Outlet:
    return msgspec.structs.replace(JUGANTOR, selectors=Selectors(**paths))


def test_the_first_selector_that_finds_text_counts() -> None:
    found = selected(document_fromstring(PAGE), hinted(headline=("//h2", "//div[@class='e']", "//h1", "//p")))
    assert found.headline == "নদীতে পানি বেড়েছে"


def test_dates_may_stand_in_several_elements() -> None:
    found = selected(document_fromstring(PAGE), hinted(date=("//span[@class='d']",)))
    assert (found.published, found.updated) == ("2025-08-21T10:00", "2025-08-21T11:30")
    found = selected(document_fromstring(PAGE), hinted(date=("//span/@content",)))
    assert (found.published, found.updated) == ("2025-08-21T10:00", None)


def test_nested_matches_are_read_once_and_dropped_parts_not_at_all() -> None:
    found = selected(document_fromstring(PAGE), hinted(body=("//div[@class='b']",), drop=("//div[@class='x']",)))
    assert found.body == ("পানি ১২ সেন্টিমিটার বেড়েছে।", "পাঁচ গ্রাম প্লাবিত।")


def test_what_was_not_found_is_named() -> None:
    found = selected(
        document_fromstring(PAGE), hinted(headline=("//h4",), byline=("//h5",), date=("//h1",), body=("//main",))
    )
    assert found.missed == ("headline", "byline", "date", "body")
    assert selected(document_fromstring(PAGE), hinted()).missed == ()


@pytest.mark.parametrize("path", ["//div[", "count(//p)", "//x:p"])
def test_what_is_no_xpath_of_elements_is_told(path: str) -> None:
    with pytest.raises(OutletError, match=r"jugantor\.toml, selectors\.body"):
        selected(document_fromstring(PAGE), hinted(body=(path,)))


# In the reading

SIGNED = """<html><head><link rel="canonical" href="https://www.jugantor.com/a/1"></head><body><article>
<h1>সেতু খুলে দেওয়া হয়েছে</h1><p>প্রকাশ: ২১ আগস্ট ২০২৫</p><p>সেতুটি দিয়ে আজ ৪০০ গাড়ি পার হয়েছে বলে জানায় পুলিশ।</p>
<p>এতে সময় বাঁচবে প্রায় দুই ঘণ্টা, বলছেন চালকেরা।</p><p>পাঠকের পাতায় লিখুন আপনিও</p>
<p>সব লেখা যাবে আমাদের ঠিকানায়, জানায় কর্তৃপক্ষ।</p></article></body></html>"""


def body(html: str) -> list[str]:
    reading = read_html(html)
    return [reading.text[region.start : region.end] for region in reading.article.body]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (FurnitureWords(), 4),
        (FurnitureWords(lines=("পাঠকের পাতায় লিখুন আপনিও",)), 3),
        (FurnitureWords(starts=("পাঠকের পাতায়",)), 3),
        (FurnitureWords(ends=("পাঠকের পাতায় লিখুন আপনিও",)), 2),
    ],
    ids=["none", "line", "start", "end"],
)
def test_furniture_of_one_outlet(monkeypatch: pytest.MonkeyPatch, words: FurnitureWords, count: int) -> None:
    own = msgspec.structs.replace(JUGANTOR, furniture=words, selectors=Selectors(body=("//article",)))
    monkeypatch.setattr("dabi.reading.outlets.loading.outlet", lambda name: own)
    assert len(body(SIGNED)) == count


COPIED = """যুগান্তর
সেতু খুলে দেওয়া হয়েছে
প্রকাশ: ২১ আগস্ট ২০২৫
সেতুটি দিয়ে আজ ৪০০ গাড়ি পার হয়েছে বলে জানায় পুলিশ।
পাঠকের পাতায় লিখুন আপনিও
এতে সময় বাঁচবে প্রায় দুই ঘণ্টা, বলছেন চালকেরা।
"""


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, COPIED),
        ({"source": "https://www.jugantor.com/a/1"}, COPIED.removeprefix("যুগান্তর\n")),
        ({"outlet": "Jugantor"}, COPIED.removeprefix("যুগান্তর\n")),
    ],
    ids=["by its name", "by its address", "given"],
)
def test_furniture_of_one_outlet_in_copied_text(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], text: str
) -> None:
    line = "পাঠকের পাতায় লিখুন আপনিও"

    def lines_of_the_body() -> list[str]:
        reading = read_plain(text, **given)  # type: ignore[arg-type]
        return [reading.text[region.start : region.end] for region in reading.article.body]

    assert line in lines_of_the_body()
    own = msgspec.structs.replace(JUGANTOR, furniture=FurnitureWords(lines=(line,)))
    monkeypatch.setattr("dabi.reading.outlets.loading.outlet", lambda name: own)
    assert [words.split()[0] for words in lines_of_the_body()] == ["সেতুটি", "এতে"]


def test_headlines_of_others_are_known_by_the_whole_page_where_a_selector_leaves_out_what_stands_above_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = "<h2>আরও পড়ুন</h2><ul><li><p>দ্বীপে যেতে কী কী লাগবে</p></li><li><p>ঘাটে ভিড়ছে না জাহাজ</p></li></ul>"
    html = SIGNED.replace("<p>এতে সময়", f"{others}<p>এতে সময়")
    assert others in html
    own = msgspec.structs.replace(JUGANTOR, selectors=Selectors(body=("//p",)))
    monkeypatch.setattr("dabi.reading.outlets.loading.outlet", lambda name: own)
    assert not [text for text in body(html) if "দ্বীপে" in text or "জাহাজ" in text]
    assert len(body(html)) == len(body(SIGNED))


def test_a_page_whose_data_are_not_to_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = SIGNED.replace("<head>", '<head><meta property="article:published_time" content="2025-08-25">')
    assert read_html(data).article.published == "2025-08-25"
    own = msgspec.structs.replace(JUGANTOR, dates=outlet("Manab Zamin").dates)
    monkeypatch.setattr("dabi.reading.outlets.loading.outlet", lambda name: own)
    reading = read_html(data)
    assert reading.article.published == "2025-08-21"
    assert any("the dateline is taken" in warning for warning in reading.warnings)


@pytest.mark.parametrize("named", [None, "Jago News", "নদীপথ"])
def test_what_one_outlet_writes_below_its_articles_is_told_from_copied_text_too(named: str | None) -> None:
    lines = ["সেতু ভেঙে আহত ৫", "স্কিপ করুন মূল লেখায়", "সেতু ভেঙে পাঁচ জন আহত হয়েছেন বলে জানায় পুলিশ।"]
    below = ["জাগোনিউজের খবর পেতে ফলো করুন আমাদের গুগল নিউজ চ্যানেল।", "হাটে ৪০ দোকান পুড়ে ছাই"]
    report = Report(id="a", source="", kind="text", content="\n".join([*lines, *below]), outlet=named)
    analysis = read_report(report)
    text = analysis.text or ""
    assert [text[part.start : part.end] for part in analysis.article.body] == lines[2:]
    assert {quantity.low for quantity in analysis.quantities} == {5}


def test_the_calendar_is_that_of_the_outlet_that_a_record_names() -> None:
    text = "সেতু ভেঙে আহত ৫\nপ্রকাশ: ১ বৈশাখ ১৪৩২\nসেতু ভেঙে পাঁচ জন আহত হয়েছেন।\nতদন্ত চলছে বলে জানায় পুলিশ।"
    for named, published in (("আনন্দবাজার পত্রিকা", "2025-04-15"), ("নদীপথ", "2025-04-14"), (None, "2025-04-14")):
        report = Report(id="a", source="", kind="text", content=text, outlet=named)
        assert read_report(report).article.published == published


@pytest.mark.parametrize(
    ("first", "loaded"),
    [("যুগান্তর", "['dabi.reading.outlets.loading', 'tomllib']"), ("নদীপথ", "[]")],
    ids=["an outlet", "nobody"],
)
def test_reading_plain_text_reads_the_file_of_its_outlet_and_no_other(first: str, loaded: str) -> None:
    code = (
        f"import sys, dabi.service.reading as r; r.analyse('{first}\\n\\nপ্রকাশ: ২১ আগস্ট ২০২৫\\n\\nঢাকায় ৫ জন আহত।');"
        "print([m for m in ('dabi.reading.outlets.loading', 'tomllib', 'lxml') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == loaded


# What docs/how-to-add-an-outlet.md says


def test_the_guide_explains_every_field_and_its_file_is_right() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "how-to-add-an-outlet.md").read_text(encoding="utf-8")
    example = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)[0]
    said = parsed(example.encode(), "dainik-ujan.toml")
    written = tomllib.loads(example)
    for struct, table in (
        (Description, written),
        (Feed, written["feeds"][0]),
        *((type(getattr(said, part)), written[part]) for part in ("dates", "furniture", "selectors", "minimum")),
    ):
        assert set(table) == set(struct.__struct_fields__)
    assert slug_of(said.name) == "dainik-ujan"
    assert not [line for line in example.splitlines() if " = " in line and "# " not in line]
