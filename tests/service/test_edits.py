"""What changed between two versions of a text, stretch by stretch."""

from __future__ import annotations

import pytest

from dabi.service.articles import edits


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("মৃতের সংখ্যা ৮ জন।", "মৃতের সংখ্যা ৯ জন।", "মৃতের সংখ্যা [-৮][+৯] জন।"),
        # neighbours are one change, with the space between them
        ("নিখোঁজ ৫ থেকে ৭ জন।", "নিখোঁজ প্রায় ৭৩ জন।", "নিখোঁজ [-৫ থেকে ৭][+প্রায় ৭৩] জন।"),
        ("আহত ৩ জন।", "আহত অন্তত ৩ জন।", "আহত[+ অন্তত] ৩ জন।"),
        ("ঢাকায় আগুন", "ঢাকায় আগুন", ""),
    ],
)
def test_words_taken_out_and_put_in(before: str, after: str, told: str) -> None:
    marks = {"out": "[-{}]", "in": "[+{}]", "kept": "{}", "gap": "…"}
    shown = "".join(marks[edit.kind].format(edit.text) for edit in edits(before, after))
    assert shown.strip() == told


def test_nothing_is_lost() -> None:
    before = "বন্যায় ৫ জেলায় ২০ জনের মৃত্যু হয়েছে। নিখোঁজ ৩ জন।"
    after = "বন্যায় ৬ জেলায় অন্তত ২২ জনের মৃত্যু হয়েছে বলে জানা গেছে। নিখোঁজ ৩ জন।"
    made = edits(before, after)
    assert "".join(e.text for e in made if e.kind != "in").strip() == before
    assert "".join(e.text for e in made if e.kind != "out").strip() == after
