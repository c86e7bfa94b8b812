"""Endings: what is added to a word, and what only looks added."""

import pytest

from dabi.bengali.script import fold_text
from dabi.bengali.words import base_form, inflections


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("শিক্ষার্থীদের", "শিক্ষার্থী"),
        ("কনটেইনারে", "কনটেইনার"),
        ("টাকার", "টাকা"),
        ("মানুষের", "মানুষ"),
        ("মানুষও", "মানুষ"),
        ("পরিবারকে", "পরিবার"),
        ("বাড়িতে", "বাড়ি"),
        ("গাড়িগুলোতে", "গাড়ি"),
        ("কারখানায়", "কারখানা"),
        ("শিশুসহ", "শিশু"),
        ("বইয়ের", "বই"),
        ("নৌকাটি", "নৌকা"),
    ],
)
def test_endings_come_off(form: str, base: str) -> None:
    assert base_form(fold_text(form)) == fold_text(base)


@pytest.mark.parametrize(
    "word",
    [
        "সরকার", "খবর", "শহর", "নারী", "শ্রমিক", "বই", "লড়াই", "সেনা", "সৈন্য",
        "মা", "ডলার", "একর", "খাবার", "পুকুর", "শেয়ার", "ইঞ্জিনিয়ার",
    ],
)  # fmt: skip
def test_whole_words_stay_whole(word: str) -> None:
    assert base_form(fold_text(word)) == fold_text(word)


def test_forms_carry_their_endings() -> None:
    forms = dict(inflections("দুই"))
    assert forms["দুইজনের"][:3] == ("জন", "genitive", "")
    assert forms["দুইটিই"][:3] == ("টি", "", "ই")
    assert "দুইয়ে" in {fold_text(f) for f in forms} or fold_text("দুইয়ে") in forms
    assert next(iter(forms)) == "দুই"


@pytest.mark.parametrize(
    ("form", "base"),
    [("লঞ্চারের", "লঞ্চার"), ("ট্যাংকে", "ট্যাংক"), ("ভোটারকে", "ভোটার"), ("সারের", "সার"), ("মশার", "মশা")],
)
def test_letters_of_the_word_are_no_endings(form: str, base: str) -> None:
    assert base_form(fold_text(form)) == fold_text(base)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        # words of the tables: what looks like an ending is none
        ("কমিটির", "কমিটি"),
        ("সম্পদের", "সম্পদ"),
        ("শহীদ", "শহীদ"),
        ("কমিশনারের", "কমিশনার"),
        ("জামালপুরে", "জামালপুর"),
        # words of no table that end as stems do
        ("অঙ্গীকার", "অঙ্গীকার"),
        ("ভাঙচুর", "ভাঙচুর"),
        ("গণগ্রন্থাগার", "গণগ্রন্থাগার"),
        ("হেলিকপ্টার", "হেলিকপ্টার"),
        # genitives stay genitives
        ("সেবার", "সেবা"),
        ("দরজার", "দরজা"),
        ("লোহার", "লোহা"),
        ("রান্নার", "রান্না"),
        ("সাতক্ষীরার", "সাতক্ষীরা"),
        ("বন্যার", "বন্যা"),
        ("চেষ্টার", "চেষ্টা"),
        ("চাহিদার", "চাহিদা"),
        ("আশঙ্কার", "আশঙ্কা"),
        ("মুক্তিযোদ্ধার", "মুক্তিযোদ্ধা"),
        ("সঙ্গীর", "সঙ্গী"),
        ("তুলার", "তুলা"),
        ("নির্দেশনার", "নির্দেশনা"),
    ],
)
def test_what_only_looks_like_an_ending_stays(form: str, base: str) -> None:
    assert base_form(fold_text(form)) == fold_text(base)


def test_the_plural_of_subjects_takes_no_case() -> None:
    forms = {form for form, _ in inflections(fold_text("কৃষক"))}
    assert {"কৃষকরা", "কৃষকেরা", "কৃষকরাও", "কৃষকদের"} <= forms
    assert "কৃষকরার" not in forms
