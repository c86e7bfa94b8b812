"""What does not fit inside one report, and between two."""

from __future__ import annotations

import pytest

from dabi.reconciliation.checks import check
from dabi.reconciliation.comparison import compare
from telling import told


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in check(told(text))}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("বন্যায় ২৩ জনের মৃত্যু\nবন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।", "headline_hedge"),
        ("বন্যায় ৩২ জনের মৃত্যু\nবন্যায় ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।", "headline_number"),
        (
            "সংঘর্ষে আহত\nসংঘর্ষে আহত হয়েছেন ৫০ জন। তাঁদের মধ্যে পুলিশের ১৪ জন এবং গ্রামবাসীর ২২ জন আহত হন।",
            "parts_short",
        ),
        (
            "রোগীর তথ্য\nরোগীদের ৬০ শতাংশ পুরুষ এবং ৫০ শতাংশ নারী।",
            "percent_sum",
        ),
        (
            "ফল প্রকাশ\nপরীক্ষায় অংশ নেয় ২০০ জন শিক্ষার্থী। তাদের মধ্যে ৯০ জন পাস করেছে, যা ৮৫ শতাংশ।",
            "percent_off",
        ),
        (
            "সেতুতে ব্যয় ২৫ লাখ টাকা\nমন্ত্রী জানান, সেতু নির্মাণে ব্যয় হয়েছে ২৫ কোটি টাকা।",
            "scale_slip",
        ),
    ],
)
def test_a_finding(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "বন্যায় অন্তত ২৩ জনের মৃত্যু\nবন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।",
        "বন্যায় ২৩ জনের মৃত্যু\nবন্যায় ২৩ জনের মৃত্যু হয়েছে। আহত হয়েছেন ৩২ জন।",
        "সংঘর্ষে আহত\nসংঘর্ষে আহত হয়েছেন ৩৬ জন। তাঁদের মধ্যে পুলিশের ১৪ জন এবং গ্রামবাসীর ২২ জন আহত হন।",
        "রোগীর তথ্য\nরোগীদের ৫৮ দশমিক ২ শতাংশ পুরুষ এবং ৪১ দশমিক ৮ শতাংশ নারী।",
        "থানা চালু\nজেলার ১১০টি থানার কার্যক্রম শুরু হয়েছে। বন্ধ আছে ১১টি থানা।",
        "",
    ],
)
def test_nothing_to_find(text: str) -> None:
    assert kinds(text or "শিরোনাম\nআজ বৃষ্টি হয়েছে।") == set()


def test_a_finding_names_its_figures_and_says_what_is_the_matter() -> None:
    (finding,) = check(told("বন্যায় ২৩ জনের মৃত্যু\nবন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে।"))
    assert finding.what == "the headline says ২৩ জন, the body অন্তত ২৩ জন"
    assert [figure[0] for figure in finding.figures] == ["a", "a"]
    assert finding.rule == "checks.headline_hedge"


def test_two_reports_side_by_side() -> None:
    one = told(
        """কুতুবদিয়ায় ট্রলারডুবি
কক্সবাজারের কুতুবদিয়ায় ট্রলারডুবিতে ৪ জেলে নিহত হয়েছেন। নিখোঁজ রয়েছেন ৯ জেলে। ট্রলারটির দাম ৩৫ লাখ টাকা।""",
        id="a",
    )
    other = told(
        """ট্রলারডুবিতে নিহত ৬
কক্সবাজারের কুতুবদিয়ায় ট্রলারডুবিতে ৬ জেলে নিহত হয়েছেন। ট্রলারটির দাম ৩৫ কোটি টাকা। উদ্ধার হয়েছেন ১১ জেলে।""",
        id="b",
        published="2025-06-11",
    )
    rows = {(row.a.text if row.a else None, row.b.text if row.b else None): row for row in compare(one, other)}
    assert rows[("৪", "৬")].standing == "differs"
    assert rows[("৪", "৬")].relation is not None
    assert rows[("৪", "৬")].relation.relation == "moved"
    assert rows[("৯", None)].standing == "only_a"
    assert rows[(None, "১১")].standing == "only_b"
    assert rows[("৩৫ লাখ টাকা", "৩৫ কোটি টাকা")].slip == 100
