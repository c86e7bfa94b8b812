"""Where in a text stands what was asked for."""

from __future__ import annotations

import pytest

from dabi.ledger.excerpt import excerpt, places
from dabi.ledger.words import name_terms, terms


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("সেনারা নদীর ঘাটে, সেনাপতি ঘরে।", "সেনা", ["সেনারা"]),
        ("সেনারা নদীর ঘাটে, সেনাপতি ঘরে।", "সেনা*", ["সেনারা", "সেনাপতি"]),
        ("ঘাটে ত্রাণ বিতরণ, পরে বিতরণ বন্ধ।", '"ত্রাণ বিতরণ"', ["ত্রাণ বিতরণ"]),
        ("ঘাটে ত্রাণ, পরে বিতরণ।", '"বিতরণ ত্রাণ"', []),
        ("বা\u09a1\u09bcিতে ভাড়া", "বাড়ি", ["বা\u09a1\u09bcিতে"]),  # two code points, asked for as one
        ("র‍্যাব ও র্যাব", "র্যাব", ["র‍্যাব", "র্যাব"]),
        ("৫০০ টাকা", "500", ["৫০০"]),
        ("G20 g20", "g20", ["G20", "g20"]),
        ("কিছুই নেই", "ঘাট", []),
        ("", "ঘাট", []),
        ("ঘাটে", "", []),
    ],
)
def test_words_are_marked_in_the_spelling_of_the_text(text: str, asked: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, terms(asked))] == found


def test_of_two_that_overlap_the_longer_is_marked() -> None:
    text = "ঢাকা খুলনা বরিশাল"
    assert [text[a:b] for a, b in places(text, terms('ঢাকা "ঢাকা খুলনা" বরিশাল'))] == ["ঢাকা খুলনা", "বরিশাল"]


def test_a_name_is_found_in_any_ending() -> None:
    text = "গতকাল করিম সওদাগরের ঘাটে"
    assert [text[a:b] for a, b in places(text, name_terms("করিম সওদাগর", "people"))] == ["করিম সওদাগরের"]


def test_the_excerpt_begins_where_the_whole_phrase_stands() -> None:
    text = "ত্রাণ আসেনি। " + "পথে গাড়ি চলেনি। " * 20 + "ঘাটে ত্রাণ বিতরণ হয়েছে।"
    assert "ত্রাণ বিতরণ" in excerpt(text, terms('"ত্রাণ বিতরণ"'))
    assert excerpt(text, ()).startswith("ত্রাণ আসেনি")
