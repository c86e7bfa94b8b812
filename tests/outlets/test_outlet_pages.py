"""A page in the shape of each outlet's own, read as it was saved and as it is copied: `<outlet>.html`, `<outlet>.toml`.

The articles are invented. What is expected of the copied text where it differs stands under [plain].
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from lxml.html import document_fromstring

from dabi.bengali.script import fold_text
from dabi.model import Analysis
from dabi.reading import html as html_reading
from dabi.reading.inputs import Kind, Report
from dabi.reading.outlets import Outlet, known_outlets, outlet
from dabi.reading.outlets.selecting import selected
from dabi.reading.visible import visible_lines
from dabi.service.reading import read_report

HERE = Path(__file__).resolve().parent
# Scripts with JSON-LD among them, meta and link elements.
_DATA = re.compile(r"<script.*?</script>|<meta[^>]*>|<link[^>]*>", re.S)
DESCRIBED = [known for known in known_outlets() if known.described]


class Plain(msgspec.Struct, forbid_unknown_fields=True):
    """What differs in the copied text; "" where it holds nothing of the sort."""

    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    captions: int | None = None
    paragraphs: int | None = None
    first: str | None = None
    last: str | None = None
    absent: list[str] | None = None
    claims: int | None = None


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """`first`/`last`: words with which the body begins and ends. `absent`: words that must not stand in it."""

    headline: str
    paragraphs: int
    first: str
    last: str
    absent: list[str]
    claims: int
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    captions: int = 0
    plain: Plain = msgspec.field(default_factory=Plain)


def expected(known: Outlet) -> Expected:
    return msgspec.toml.decode((HERE / f"{known.slug}.toml").read_bytes(), type=Expected)


def page_of(known: Outlet) -> str:
    return (HERE / f"{known.slug}.html").read_text(encoding="utf-8")


def copied(page: str) -> str:
    """The page's text as a reader copies it."""
    return "\n".join(line for line in visible_lines(document_fromstring(page)) if line)


def analysed(content: str, kind: Kind) -> Analysis:
    return read_report(Report(id="page", source="", kind=kind, content=content))


def body_of(analysis: Analysis) -> list[str]:
    assert analysis.text is not None
    return [analysis.text[region.start : region.end] for region in analysis.article.body]


def assert_reads(analysis: Analysis, known: Outlet, wanted: Expected) -> None:
    article = analysis.article
    assert article.outlet == known.name
    assert article.headline is not None
    assert article.headline.text == wanted.headline
    assert (article.byline.text if article.byline else None) == wanted.byline
    assert (article.published, article.updated) == (wanted.published, wanted.updated)
    body = body_of(analysis)
    assert body[0].startswith(wanted.first), body[0]
    assert body[-1].endswith(wanted.last), body[-1]
    assert len(body) == wanted.paragraphs
    assert len(article.captions) == wanted.captions
    text = fold_text("\n".join(body))
    assert not [words for words in wanted.absent if fold_text(words) in text]
    assert len(analysis.claims) == wanted.claims


@pytest.mark.parametrize("known", DESCRIBED, ids=lambda known: known.slug)
def test_the_saved_page_reads_as_expected(known: Outlet) -> None:
    assert_reads(analysed(page_of(known), "html"), known, expected(known))


@pytest.mark.parametrize("known", DESCRIBED, ids=lambda known: known.slug)
def test_the_copied_text_reads_as_expected(known: Outlet) -> None:
    wanted = expected(known)
    own = {field: value for field, value in msgspec.structs.asdict(wanted.plain).items() if value is not None}
    wanted = msgspec.structs.replace(wanted, **{field: value if value != "" else None for field, value in own.items()})
    assert_reads(analysed(copied(page_of(known)), "text"), known, wanted)


@pytest.mark.parametrize("known", [known for known in DESCRIBED if known.selectors.body], ids=lambda known: known.slug)
def test_every_selector_finds_its_part(known: Outlet) -> None:
    found = selected(document_fromstring(page_of(known)), known)
    assert found.missed == ()


@pytest.mark.parametrize("known", [known for known in DESCRIBED if known.selectors.body], ids=lambda known: known.slug)
def test_without_what_the_selectors_hint_at_the_general_reading_finds_the_article(known: Outlet) -> None:
    """Outlets rebuild their pages: classes and ids change, the article stays."""
    changed = page_of(known)
    for attribute in ("class=", "id=", "data-e2e=", "aria-labelledby="):
        changed = changed.replace(f" {attribute}", " data-was=")
    changed = changed.replace(' dir="ltr"', "")
    analysis = analysed(changed, "html")
    wanted = expected(known)
    article = analysis.article
    assert (article.outlet, article.published) == (known.name, wanted.published)
    assert article.headline is not None
    assert article.headline.text == wanted.headline
    body = "\n".join(body_of(analysis))
    assert wanted.first in body
    assert wanted.last in body


@pytest.mark.parametrize("known", DESCRIBED, ids=lambda known: known.slug)
def test_without_the_pages_own_data_what_a_reader_sees_is_enough(known: Outlet) -> None:
    bare = _DATA.sub("", page_of(known))
    analysis = analysed(f'<meta charset="utf-8">{bare}', "html")
    wanted = expected(known)
    article = analysis.article
    assert article.outlet == known.name
    assert article.headline is not None
    assert article.headline.text == wanted.headline
    assert (article.published or "")[:10] == (wanted.published or "")[:10]
    body = body_of(analysis)
    assert body[0].startswith(wanted.first)
    assert body[-1].endswith(wanted.last)
    assert not [words for words in wanted.absent if fold_text(words) in fold_text("\n".join(body))]


def test_each_outlet_with_a_file_has_its_page_and_the_other_way_round() -> None:
    slugs = {known.slug for known in DESCRIBED}
    assert {path.stem for path in HERE.glob("*.html")} == slugs
    assert {path.stem for path in HERE.glob("*.toml")} == slugs


def test_there_are_outlets_of_both_countries() -> None:
    countries = [known.country for known in DESCRIBED]
    assert countries.count("BD") >= 15
    assert countries.count("IN") >= 7


def test_the_main_text_is_looked_for_only_where_the_outlets_file_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(tree: object) -> list[str]:
        raise AssertionError("the general reading was asked")

    monkeypatch.setattr(html_reading, "_main_text", never)
    analysed(page_of(outlet("Prothom Alo")), "html")
    with pytest.raises(AssertionError):
        analysed(page_of(outlet("Bartaman")), "html")


def test_too_few_paragraphs_where_the_file_says_they_stand_are_not_taken_for_all() -> None:
    known = outlet("Prothom Alo")
    page = page_of(known).replace("story-element story-element-text", "story-element was-text", 3)
    assert len(selected(document_fromstring(page), known).body) < known.minimum.paragraphs
    body = body_of(analysed(page, "html"))
    assert body[0].startswith(expected(known).first)
    assert body[-1].endswith(expected(known).last)


def test_pages_differ_as_the_sites_do() -> None:
    """No two pages are one template with other names: they share few of their tags with classes."""
    shapes = {}
    for known in DESCRIBED:
        tree = document_fromstring(page_of(known))
        shapes[known.slug] = {(e.tag, e.get("class")) for e in tree.iter() if isinstance(e.tag, str) and e.get("class")}
    for one, its in shapes.items():
        for other, theirs in shapes.items():
            if one < other and its and theirs:
                assert len(its & theirs) / min(len(its), len(theirs)) < 0.5, (one, other)
