"""What dabi says about reports in English is said in Bengali, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dabi
from dabi.bengali.lexicon import rows
from dabi.export.translated import is_translated, translated
from dabi.reading.decoding import decode
from dabi.reading.html import read_html
from dabi.reading.plain import read_plain
from dabi.reconciliation.checks import check
from telling import told

ROOT = Path(__file__).resolve().parent.parent.parent


def composed(text: str) -> str:
    """য় and its like in one spelling."""
    return text.replace("\u09af\u09bc", "\u09df").replace("\u09a1\u09bc", "\u09dc").replace("\u09a2\u09bc", "\u09dd")


@pytest.mark.parametrize(
    ("english", "bengali"),
    [
        ("the headline says ১২ জন, the body অন্তত ১২ জন", "শিরোনামে ১২ জন, মূল লেখায় অন্তত ১২ জন"),
        (
            "the parts ৫ জন + ৮ জন make 13, the total is ১২ জন",
            "ভাগগুলো (৫ জন + ৮ জন) যোগ করলে হয় ১৩, অথচ মোট বলা হয়েছে ১২ জন",
        ),
        ("২০ জন of ৫০ জন is 40.0 %, not ৬০ শতাংশ", "৫০ জন-এর মধ্যে ২০ জন মানে ৪০%, ৬০ শতাংশ নয়"),
        ("৯ জন for a later day than ১২ জন", "পরের দিনের হিসাবে ৯ জন, আগের দিনের হিসাবে ১২ জন"),
        (
            "the weekday beside 2025-03-04 does not fit: that day is a Tuesday (বুধবার)",
            "৪ মার্চ ২০২৫ তারিখের পাশে লেখা বারটি মেলে না: দিনটি মঙ্গলবার (বুধবার)",
        ),
        (
            "the page's data say 2025-03-04T10:00, its visible dateline 2025-03-09: the dateline is taken",
            "পাতার তথ্যে তারিখ ৪ মার্চ ২০২৫, ১০:০০, চোখে দেখা তারিখ ৯ মার্চ ২০২৫: চোখে দেখা তারিখ নেওয়া হয়েছে",
        ),
    ],
)
def test_a_sentence_in_both_languages(english: str, bengali: str) -> None:
    assert composed(translated(english, "bn")) == composed(bengali)
    assert translated(english, "en") == english


def test_what_is_in_no_template_stays_as_it_is() -> None:
    assert not is_translated("something else")
    assert translated("something else", "bn") == "something else"


def test_a_part_that_looks_like_a_place_for_another_is_only_text() -> None:
    sentence = translated("the headline says {body}, the body ২ জন", "bn")
    assert composed(sentence) == composed("শিরোনামে {body}, মূল লেখায় ২ জন")


def test_both_languages_have_the_same_places() -> None:
    for row in rows("translated.tsv", package="dabi.export"):
        assert sorted(re.findall(r"\{\w+\}", row["en"])) == sorted(re.findall(r"\{\w+\}", row["bn"])), row["en"]


@pytest.mark.parametrize(
    "text",
    [
        "বন্যায় ৩২ জনের মৃত্যু\nবন্যায় ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।",
        "সংঘর্ষে আহত\nসংঘর্ষে আহত হয়েছেন ৫০ জন। তাঁদের মধ্যে পুলিশের ১৪ জন এবং গ্রামবাসীর ২২ জন আহত হন।",
        "রোগীর তথ্য\nরোগীদের ৬০ শতাংশ পুরুষ এবং ৫০ শতাংশ নারী।",
        "ফল প্রকাশ\nপরীক্ষায় অংশ নেয় ২০০ জন শিক্ষার্থী। তাদের মধ্যে ৯০ জন পাস করেছে, যা ৮৫ শতাংশ।",
        "সেতুতে ব্যয় ২৫ লাখ টাকা\nমন্ত্রী জানান, সেতু নির্মাণে ব্যয় হয়েছে ২৫ কোটি টাকা।",
    ],
)
def test_what_does_not_fit_is_said_in_bengali(text: str) -> None:
    found = check(told(text))
    assert found
    for finding in found:
        assert is_translated(finding.what), finding.what
        assert not re.search("[A-Za-z0-9]", translated(finding.what, "bn"))


def test_every_finding_of_the_code_has_a_template() -> None:
    """The f-strings in the code, with their places filled in."""
    found = []
    for file in ("checks.py", "across.py"):
        code = (ROOT / "src" / "dabi" / "reconciliation" / file).read_text("utf-8")
        found += re.findall(r'f"([^"]*\{(?:shown|total|true|one|earlier|later)[^"]*)"', code)
    sentences = [re.sub(r"\{[^}]*\}", "৩ জন", text) for text in found if " " in text]
    assert len(sentences) >= 7
    assert [text for text in sentences if not is_translated(text)] == []


def test_warnings_are_said_in_bengali() -> None:
    page = "<html><head><title>ক</title></head><body>{}</body></html>"
    found = [
        *read_html(page.format("").encode()).warnings,
        *read_html(page.format("<p>কিছু</p>" + "à¦¬à¦¾à¦‚à¦²à¦¾ à¦¬à¦¾à¦‚à¦²à¦¾" * 5)).warnings,
        *read_plain("Avwg evsjvq Mvb MvB; Zviv ejj e‡j G K‡i †`‡L " * 20).warnings,
        *decode("বাংলা খবর বাংলা খবর".encode("utf-16-le")).warnings,
        *decode("আগুনে ১২ জন নিহত হয়েছেন। ".encode() * 40 + b"\xff").warnings,
        *dabi.analyse("গত বুধবার, ৪ মার্চ ২০২৫ আগুন লাগে। গতকাল ৩ জন নিহত। ৩১ ফেব্রুয়ারি ২০২৫ সভা।").warnings,
    ]
    assert len(found) >= 4
    assert [text for text in found if not is_translated(text)] == []
