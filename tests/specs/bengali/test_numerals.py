"""Numerals alone: what a run of number words and digits is worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dabi.bengali.numerals import FORMS, value_of
from dabi.bengali.script import fold_text

VALUES = {
    "০": 0,
    "১,২০,০০০": 120_000,
    "120,000": 120_000,
    "১২.৫": Decimal("12.5"),
    "১২·৫": Decimal("12.5"),
    "১ কোটি ২০ লাখ": 12_000_000,
    "৩ হাজার ২২৩": 3_223,
    "এক শ বাইশ": 122,
    "একশো বাইশ": 122,
    "দুই হাজার চার শ পঁচাত্তর": 2_475,
    "৩১ কোটি ১৫ লাখ ৪ হাজার ২৯০": 311_504_290,
    "৯২ হাজার ২৬১ কোটি": 922_610_000_000,
    "১ হাজার ৮৮৮ কোটি": 18_880_000_000,
    "দেড় লাখ কোটি": 1_500_000_000_000,
    "সাড়ে তিন লাখ": 350_000,
    "সাড়ে ১৫ হাজার কোটি": 155_000_000_000,
    "সাড়ে তিনশ": 350,
    "আড়াইশ": 250,
    "দেড়শ": 150,
    "পৌনে দুই": Decimal("1.75"),
    "সোয়া দুই কোটি": 22_500_000,
    "সোয়া লাখ": 125_000,
    "পৌনে লাখ": 75_000,
    "৩৪ দশমিক ০১ ট্রিলিয়ন": 34_010_000_000_000,
    "পাঁচ দশমিক দুই পাঁচ": Decimal("5.25"),
    "শূন্য দশমিক ৫": Decimal("0.5"),
    "দশ কোটি কোটি": 10**15,
    "দুই ডজন": 24,
    "তিন হালি": 12,
    "এক কুড়ি": 20,
    "তিন কুড়ি": 60,
    "দুই জোড়া": 4,
    "২.৫ মিলিয়ন": 2_500_000,
    "লাখ": 100_000,
}
NO_NUMBERS = [
    "",
    "মানুষ",
    "সাড়ে",
    "০১৭১১২২৩৩৪৪",
    "১.২.৩",
    "৫ ৬",
    "এক লাখ দেড় লাখ",
    "৩ হাজার ২ হাজার",
    "আটকে",
    "একর",
    "একই",
    "৯" * 30,
]


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_value(text: str, value: int | Decimal) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number(text: str) -> None:
    assert value_of(text) is None


@pytest.mark.parametrize(
    ("word", "value", "classifier", "figure"),
    [
        ("পাঁচজনের", 5, "জন", "পাঁচজন"),
        ("দুটিকে", 2, "টি", "দুটি"),
        ("তিনবারের", 3, "বার", "তিনবার"),
        ("চারজনসহ", 4, "জন", "চারজন"),
        ("হাজারের", 1000, "", "হাজার"),
        ("লাখেরও", 100_000, "", "লাখ"),
        ("বারো", 12, "", "বারো"),
    ],
)
def test_the_figure_ends_before_the_case_ending(word: str, value: int, classifier: str, figure: str) -> None:
    form = FORMS[fold_text(word)]
    assert form is not None
    assert (form.value, form.classifier, fold_text(word)[: form.width]) == (value, classifier, fold_text(figure))


@pytest.mark.parametrize(
    "word", ["আটকে", "দশকে", "একই", "একর", "তিনি", "চারদিকে", "নর", "নেই", "শহর", "শতক", "লক্ষ্য", "দুর"]
)
def test_what_only_looks_like_a_number_is_none(word: str) -> None:
    assert FORMS[fold_text(word)] is None
