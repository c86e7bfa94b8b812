"""The self-contained page: marks in place, links both ways, everything escaped, nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.export.marks import Closed, Mark, Opened, by_region, pieces
from dabi.export.page import page
from dabi.model import Analysis, Article, Region, Span
from sample import ANALYSIS, TEXT

_VOID = {"meta", "link", "br", "img", "hr"}


class Outline(HTMLParser):
    """Reads markup strictly: every tag closed in turn, ids once, and the words of each mark."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []
        self.words: list[tuple[str, str]] = []  # class of the mark, words in it
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"]] if values.get("id") else []  # type: ignore[list-item]
        if tag == "a" and (target := values.get("href")):
            self.targets.append(target)
        if tag not in _VOID:
            self.open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        if any(values.get("class") == "ref" for _, values in self.open):
            return
        data = data.replace("\N{WORD JOINER}", "")
        for _, values in self.open:
            if name := values.get("class"):
                self.words.append((name, data))

    def words_of(self, name: str) -> str:
        return "".join(words for cls, words in self.words if cls and name in cls.split())


@pytest.fixture(scope="module", params=["en", "bn"])
def outline(request: pytest.FixtureRequest) -> Outline:
    return Outline("".join(page([ANALYSIS, ANALYSIS], request.param)))


def test_marks_and_claims_link_to_each_other(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))
    inner = {target[1:] for target in outline.targets if target.startswith("#")}
    assert inner <= set(outline.ids)
    for report in ("a0", "a1"):
        for number in range(len(ANALYSIS.claims)):
            assert {f"{report}-q{number}", f"{report}-c{number}"} <= inner


def test_every_mention_is_marked_in_the_article(outline: Outline) -> None:
    for words in ("দেড় হাজার", "১ হাজার ৫০০টির বেশি"):
        assert words in outline.words_of("q")
    assert "আগামী মাসের মধ্যে" in outline.words_of("t")
    assert "জেলা প্রশাসক সালমা খাতুন" in outline.words_of("s")
    assert "জানান" in outline.words_of("k")
    assert "পরিবার ঘর হারিয়েছে।" in outline.words_of("c")


def test_text_is_escaped_and_the_page_needs_nothing_from_outside() -> None:
    markup = "".join(page([ANALYSIS], "en"))
    assert "<চর>" not in markup
    assert "&lt;চর&gt;" in markup
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\(|src=", markup)


def test_hostile_words_stay_words() -> None:
    hostile = '"><script>alert(1)</script>'
    article = Article(
        source=hostile, outlet=hostile, headline=Span(0, len(hostile), hostile), published=hostile, language='"><b>'
    )
    analysis = Analysis(id="x", text=hostile, article=article, warnings=(hostile,))
    outline = Outline("".join(page([analysis], "en")))
    assert "script" not in outline.tags
    assert "b" not in [tag for tag, _ in outline.open]


def test_an_address_that_is_no_web_page_is_no_link() -> None:
    article = msgspec.structs.replace(ANALYSIS.article, source="javascript:alert(1)")
    analysis = msgspec.structs.replace(ANALYSIS, article=article)
    assert not [t for t in Outline("".join(page([analysis], "en"))).targets if not t.startswith("#")]


def test_furniture_is_shown_apart_and_without_marks() -> None:
    markup = "".join(page([ANALYSIS], "en"))
    details = markup[markup.index("<details>") : markup.index("</details>")]
    assert "দুই ডজন কর্মকর্তার বদলি" in details
    assert "<mark" not in details


def test_an_article_without_claims_says_so() -> None:
    analysis = Analysis(id="x", text="", article=Article())
    assert "No figures found" in "".join(page([analysis], "en"))


@st.composite
def _marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet="কখগ।\n ", max_size=40))
    edges = st.integers(0, len(text))
    found = []
    for number in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            found.append(Mark(start, end, draw(st.sampled_from(("content", "source", "time", "quantity"))), number))
    return text, sorted(found, key=lambda m: (m.start, -m.end))


@given(_marked_texts())
def test_pieces_nest_and_give_back_every_mark_and_the_text(marked: tuple[str, list[Mark]]) -> None:
    text, found = marked
    written = ""
    stack: list[Mark] = []
    words: dict[int, str] = {}
    for piece in pieces(text, Region(0, len(text)), found):
        if isinstance(piece, Opened):
            assert piece.first == (piece.mark.mention not in words)
            words.setdefault(piece.mark.mention, "")
            stack.append(piece.mark)
        elif isinstance(piece, Closed):
            assert stack.pop() == piece.mark
        else:
            written += piece
            for mark in stack:
                words[mark.mention] += piece
    assert written == text
    assert not stack
    assert words == {mark.mention: text[mark.start : mark.end] for mark in found}


def test_marks_are_cut_at_the_regions() -> None:
    regions = [Region(0, 10), Region(12, 20)]
    found = [Mark(5, 15, "content", 0), Mark(10, 12, "time", 1), Mark(13, 14, "quantity", 2)]
    assert by_region(found, regions) == [
        [Mark(5, 10, "content", 0)],
        [Mark(12, 15, "content", 0), Mark(13, 14, "quantity", 2)],
    ]


def test_the_sample_is_sound() -> None:
    for mention in (*ANALYSIS.quantities, *ANALYSIS.times):
        assert TEXT[mention.start : mention.end] == mention.text
