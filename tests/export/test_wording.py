"""Values in words, in both languages."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from dabi.bengali.lexicon import rows
from dabi.bengali.script import fold_text
from dabi.export.wording import Language, act_word, amount, moment, number, when, who
from dabi.model import Act, Quantity, Status, TimeExpression
from sample import ANALYSIS

# The words of the table are folded when it is loaded: precomposed letters, whichever form an editor types.
BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def quantity(**values: Any) -> Quantity:
    return Quantity(start=0, end=1, text="x", rule="r", **values)


@pytest.mark.parametrize(
    ("value", "english", "bengali"),
    [
        (0, "0", "০"),
        (999, "999", "৯৯৯"),
        (1000, "1,000", "১,০০০"),
        (1200000, "1,200,000", "১২,০০,০০০"),
        (12.5, "12.5", "১২.৫"),
        (1000000.0, "1,000,000", "১০,০০,০০০"),
        (-40, "-40", "-৪০"),
        (10**15, "1,000,000,000,000,000", "১,০০,০০,০০,০০,০০,০০,০০০"),
        (1e15, "1,000,000,000,000,000", "১,০০,০০,০০,০০,০০,০০,০০০"),
        (0.0001, "0.0001", "০.০০০১"),
    ],
)
def test_numbers_are_grouped_as_readers_group_them(value: float, english: str, bengali: str) -> None:
    assert number(value, "en") == english
    assert number(value, "bn") == bengali


@pytest.mark.parametrize(
    ("values", "english", "bengali"),
    [
        (dict(low=12000000, high=None, hedge="more_than", kind="count"), "more than 12,000,000", "১,২০,০০,০০০-এর বেশি"),
        (dict(low=None, high=50, hedge="less_than", kind="count"), "less than 50", "৫০-এর কম"),
        (dict(low=9, high=None, hedge="more_than", kind="money", unit="BDT"), "more than 9 BDT", "৯ টাকার বেশি"),
        (dict(low=9, high=None, hedge="more_than", kind="measure", unit="t"), "more than 9 t", "৯ টনের বেশি"),
        (dict(low=9, high=None, hedge="more_than", kind="money", unit="CHF"), "more than 9 CHF", "৯ সুইস ফ্রাঁর বেশি"),
        (dict(low=None, high=9, hedge="less_than", kind="percent", unit="%"), "less than 9%", "৯%-এর কম"),
        (dict(low=7.1, high=7.1, hedge="exact", kind="measure", unit="magnitude"), "magnitude 7.1", "৭.১ মাত্রা"),
        (dict(low=None, high=8, hedge="up_to", kind="measure", unit="km"), "up to 8 km", "সর্বোচ্চ ৮ কিমি"),
        (dict(low=40, high=40, hedge="at_least", kind="count"), "at least 40", "অন্তত ৪০"),
        (dict(low=5, high=7, hedge="range", kind="percent", unit="%"), "5–7%", "৫–৭%"),
        (
            dict(low=350000, high=350000, hedge="about", kind="money", unit="BDT"),
            "about 350,000 BDT",
            "প্রায় ৩,৫০,০০০ টাকা",
        ),
        (dict(low=2, high=None, hedge="several", kind="count"), "several", "কয়েক"),
        (dict(low=1000, high=None, hedge="several", kind="count"), "several thousand", "কয়েক হাজার"),
        (dict(low=500, high=None, hedge="several", kind="count"), "several 500", "কয়েক ৫০০"),
        (dict(low=3, high=3, hedge="exact", kind="ratio"), "3 times", "৩ গুণ"),
        (dict(low=1 / 3, high=1 / 3, hedge="exact", kind="ratio"), "1/3 of the whole", "সমগ্রের ১/৩"),
        (dict(low=0.5, high=None, hedge="more_than", kind="ratio"), "more than 1/2 of the whole", "সমগ্রের ১/২-এর বেশি"),
        (dict(low=0.47, high=0.47, hedge="exact", kind="ratio"), "0.47 of the whole", "সমগ্রের ০.৪৭"),
        (dict(low=4, high=4, hedge="exact", kind="measure", unit="parsec"), "4 parsec", "৪ parsec"),
        (dict(low=None, high=None, hedge="about", kind="count"), "an unknown amount", "পরিমাণ অজানা"),
    ],
)
def test_amounts_keep_their_hedge_and_unit(values: dict[str, Any], english: str, bengali: str) -> None:
    assert amount(quantity(**values), "en") == english
    assert amount(quantity(**values), "bn") == fold_text(bengali).translate(BENGALI_DIGITS)


@pytest.mark.parametrize(
    ("edtf", "english", "bengali"),
    [
        ("2024-08-12", "12 August 2024", "১২ আগস্ট ২০২৪"),
        ("2024-08-12T20:30", "12 August 2024, 20:30", "১২ আগস্ট ২০২৪, ২০:৩০"),
        ("2024-08", "August 2024", "আগস্ট ২০২৪"),
        ("2024", "2024", "২০২৪"),
        ("T20:30", "20:30", "২০:৩০"),
        ("202X", "2020s", "২০২০-এর দশক"),
        ("2024-10/..", "from October 2024", "অক্টোবর ২০২৪ থেকে"),
        ("../2024-08-26", "until 26 August 2024", "২৬ আগস্ট ২০২৪ পর্যন্ত"),
        ("2020/2023", "2020 – 2023", "২০২০ – ২০২৩"),
        ("2024-08~", "about August 2024", "আগস্ট ২০২৪ নাগাদ"),
        ("2024-24", "winter 2024", "শীত ২০২৪"),
        ("Y-170000002", "Y-170000002", "Y-170000002"),
    ],
)
def test_points_and_intervals(edtf: str, english: str, bengali: str) -> None:
    assert moment(edtf, "en") == english
    assert moment(edtf, "bn") == bengali


@pytest.mark.parametrize(
    ("values", "english", "bengali"),
    [
        (dict(duration="P17Y"), "17 years", "১৭ বছর"),
        (dict(duration="PT1H"), "1 hour", "১ ঘণ্টা"),
        (dict(duration="P15Y/P16Y"), "15–16 years", "১৫–১৬ বছর"),
        (dict(duration="P1Y6M"), "1 year 6 months", "১ বছর ৬ মাস"),
        (dict(set="P1D"), "every day", "প্রতি দিন"),
        (dict(set="P2W"), "every 2 weeks", "প্রতি ২ সপ্তাহ"),
        (dict(unresolved="no publication date"), "not resolved: no publication date", "নির্ণয় করা যায়নি: প্রকাশের তারিখ নেই"),
    ],
)
def test_durations_repetitions_and_what_is_not_resolved(values: dict[str, Any], english: str, bengali: str) -> None:
    time = TimeExpression(start=0, end=1, text="x", rule="r", **values)
    assert when(time, "en") == english
    assert when(time, "bn") == fold_text(bengali).translate(BENGALI_DIGITS)


def test_who_names_the_resolved_speaker_the_chain_and_the_act() -> None:
    assert who(ANALYSIS, 0, "en") == (
        "জেলা প্রশাসক সালমা খাতুন",
        ("স্থানীয় পত্রিকা তিস্তাপাড়ের",),
        "state",
        "person",
    )
    assert who(ANALYSIS, 1, "en") == ("সালমা খাতুন", (), "expect", None)
    assert who(ANALYSIS, None, "en") == ("চরবার্তা", (), None, None)


def test_of_persons_bengali_speaks_with_respect() -> None:
    assert act_word("deny", "person", "bn") == "অস্বীকার করেছেন"
    assert act_word("deny", "organisation", "bn") == act_word("deny", None, "bn") == "অস্বীকার করেছে"
    assert act_word("deny", "person", "en") == act_word("deny", "document", "en") == "denies"


def test_the_table_of_words_is_complete_in_both_languages() -> None:
    table = rows("wording.tsv", package="dabi.export")
    keys = [row["key"] for row in table]
    assert len(keys) == len(set(keys))
    for row in table:
        for language in get_args(Language):
            assert row[language], f"{row['key']} has no {language}"
    asked = {f"act.{whose}{act}" for act in get_args(Act) for whose in ("", "person.")}
    asked |= {f"status.{status}" for status in get_args(Status)}
    asked |= {f"event.{row['concept']}" for row in rows("events.tsv")}
    asked |= {f"unit.{row['unit']}" for name in ("units.tsv", "currencies.tsv") for row in rows(name) if row["unit"]}
    assert asked <= set(keys)
