"""What fits the words best comes first, on both databases; of what fits alike, the newest. Pages hold each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dabi.ledger import Ledger, Query
from dabi.ledger.overview import claims_page, hits_page
from dabi.ledger.search import Position
from reports import Figure, report


def add(ledger: Ledger, article: str, *sentences: str, day: str = "2025-03-04") -> None:
    figures = [Figure(value=n, more=more) for n, more in enumerate(sentences, 1)]
    ledger.add(*report(article, figures, published=day), extractor="1")


def pages(
    page: Callable[..., tuple[list[Any], Position | None]], ledger: Ledger, query: Query, limit: int
) -> list[Any]:
    """What all pages hold, one after the other."""
    found: list[Any] = []
    after = None
    while True:
        items, after = page(ledger, query, after=after, limit=limit)
        assert len(items) <= limit
        found += items
        if after is None:
            return found


@pytest.fixture
def floods(ledger: Ledger) -> Ledger:
    """Reports that tell of a flood, the newer the less."""
    add(ledger, "of it", "বন্যার পানিতে বন্যার ভয়ে", "বন্যার ত্রাণ নিতে", day="2025-03-01")
    add(ledger, "also", "বন্যার ত্রাণ নিতে", "হাটে ধান বেচতে", day="2025-03-02")
    add(ledger, "by the way", "হাটে ধান বেচতে", *["পথে গাড়ি চলতে"] * 8, "বন্যার ত্রাণ নিতে", day="2025-03-03")
    add(ledger, "nothing", "হাটে ধান বেচতে", day="2025-03-04")
    return ledger


def test_articles_that_are_about_it_come_first(floods: Ledger) -> None:
    assert [hit.article for hit in floods.search(Query(words="বন্যা"))] == ["of it", "also", "by the way"]
    assert [hit.article for hit in floods.search(Query(words="বন্যা", limit=1))] == ["of it"]
    newest = floods.search(Query(words="বন্যা"), newest_first=True)
    assert [hit.article for hit in newest] == ["by the way", "also", "of it"]


def test_claims_whose_sentence_says_it_most_come_first_then_the_newest(floods: Ledger) -> None:
    found, _ = claims_page(floods, Query(words="বন্যা"), after=None, limit=9)
    assert [(claim.article, claim.low) for claim in found] == [
        ("of it", 1),
        ("by the way", 10),
        ("also", 1),
        ("of it", 2),
    ]
    newest, _ = claims_page(floods, Query(words="বন্যা"), after=None, limit=9, newest_first=True)
    assert [claim.article for claim in newest] == ["by the way", "also", "of it", "of it"]


@pytest.mark.parametrize("words", [None, "", "()"])
def test_without_words_the_newest_come_first(floods: Ledger, words: str | None) -> None:
    found = [hit.article for hit in floods.search(Query(words=words))]
    assert found == ["nothing", "by the way", "also", "of it"]


def test_a_phrase_a_beginning_and_names_beside_the_words(floods: Ledger) -> None:
    add(floods, "twice", "বন্যার ত্রাণ নিতে বন্যার ত্রাণ দিতে")
    assert next(floods.search(Query(words='"বন্যার ত্রাণ"'))).article == "twice"
    assert next(floods.search(Query(words="বন্* ত্রাণ"))).article == "twice"
    floods.add(*report("named", [Figure(value=1, places=("সিলেট",), more="বন্যার কবলে")]), extractor="1")
    assert [hit.article for hit in floods.search(Query(words="বন্যা", place="সিলেটে"))] == ["named"]


def test_words_far_apart_in_a_very_long_article(ledger: Ledger) -> None:
    add(ledger, "long", "নোঙর তুলতে", " ".join(f"ক{n}" for n in range(40_000)), "জেটিতে নামতে")
    add(ledger, "short", "নোঙর তুলতে", "জেটিতে নামতে")
    assert [hit.article for hit in ledger.search(Query(words="নোঙর জেটি"))] == ["short", "long"]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_hold_each_once_in_the_same_order(floods: Ledger, limit: int) -> None:
    for n in range(5):
        add(floods, f"alike {n}", "বন্যার ত্রাণ নিতে", "হাটে ধান বেচতে", day=f"2025-03-0{1 + n % 2}")
    asked = Query(words="বন্যা")
    whole = list(floods.search(asked))
    assert len(whole) == 8
    assert pages(hits_page, floods, asked, limit) == whole
    claims = pages(claims_page, floods, asked, 500)
    assert len({claim.key for claim in claims}) == 9
    assert pages(claims_page, floods, asked, limit) == claims


@pytest.mark.parametrize("page", [claims_page, hits_page])
def test_what_is_added_between_two_pages_moves_nothing(ledger: Ledger, page: Callable[..., Any]) -> None:
    """In SQLite every weight shifts with every report: a page that went by the weight itself would leave out those
    that are alike, or show them again."""
    for n in range(6):
        add(ledger, f"alike {n}", "বন্যার ত্রাণ নিতে")
    add(ledger, "of it", "বন্যার পানিতে বন্যার ভয়ে")
    asked = Query(words="বন্যা")
    whole = [one.key for one in page(ledger, asked, after=None, limit=100)[0]]
    found: list[int] = []
    after = None
    for n in range(7):
        (one,), after = page(ledger, asked, after=after, limit=1)
        found.append(one.key)
        add(ledger, f"of other things {n}", "হাটে ধান বেচতে")
    assert found == whole
    assert after is None


def test_an_article_that_changed_is_found_as_it_is_now(floods: Ledger) -> None:
    """The page goes on behind a version that no longer stands."""
    (first,), after = hits_page(floods, Query(words="বন্যা"), after=None, limit=1)
    add(floods, first.article, "সবাই ঘরে ফিরতে")
    following, _ = hits_page(floods, Query(words="বন্যা"), after=after, limit=9)
    assert [hit.article for hit in following] == ["also", "by the way"]


def test_a_page_behind_what_does_not_hold_the_words_is_empty(floods: Ledger) -> None:
    assert hits_page(floods, Query(words="বন্যা"), after=Position("2025-03-04", 999, 0), limit=9) == ([], None)
