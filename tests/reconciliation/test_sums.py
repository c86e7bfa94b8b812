"""Totals against their parts in one report."""

from __future__ import annotations

import pytest

from dabi.reconciliation.statement import Report
from dabi.reconciliation.sums import sums_of
from telling import told


def sums(report: Report) -> list[tuple[str, list[str], bool]]:
    texts = {s.key: s.text for s in report.statements}
    return [(texts[s.whole], [texts[p] for p in s.parts], s.adds_up) for s in sums_of(report)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "হাসপাতালে ভর্তি হয়েছেন ৬৪ জন। তাঁদের মধ্যে শহরের ২৪ জন ও শহরের বাইরের ৪০ জন।",
            ("৬৪ জন", ["২৪ জন", "৪০ জন"], True),
        ),
        (
            "উপজেলার ১২০টি বিদ্যালয়ের মধ্যে ৯৭টি খুলেছে।",
            ("১২০টি", ["৯৭টি"], False),
        ),
        (
            "ট্রলারের আট জেলের ছয়জন উদ্ধার হয়েছেন।",
            ("আট", ["ছয়জন"], False),
        ),
        (
            "ঝড়ে নাটোরে ৩ জন, পাবনায় ৪ জন ও বগুড়ায় ৬ জন মারা গেছেন। এ নিয়ে মোট ১৩ জন মারা গেছেন।",
            ("১৩ জন", ["৩ জন", "৪ জন", "৬ জন"], True),
        ),
        (
            "মেলায় বিক্রি হয়েছে ৮২৫টি গরু। হাটে আনা হয় ৪১৫টি দেশি গরু ও ৪১০টি বিদেশি গরু।",
            ("৮২৫টি", ["৪১৫টি", "৪১০টি"], True),
        ),
    ],
)
def test_a_total_and_its_parts(body: str, expected: tuple[str, list[str], bool]) -> None:
    assert expected in sums(told(f"সংবাদ\n{body}"))


@pytest.mark.parametrize(
    "body",
    [
        "সভায় ৪০ জন শিক্ষক ছিলেন। পরে ১২টি গাছ লাগানো হয়।",
        "তাঁর বয়স ৬৪ বছর। তাঁদের মধ্যে ২৪ জন নারী ছিলেন।",
        "চালের দাম ৬০ টাকা। তাঁদের মধ্যে ২০ জন কৃষক।",
    ],
)
def test_no_total_where_none_is_said(body: str) -> None:
    assert sums(told(f"সংবাদ\n{body}")) == []


def test_hedged_parts_may_miss_a_little() -> None:
    report = told(
        "বই বিতরণ\nএবার বিতরণ করা হবে প্রায় ৩ কোটি ৭ লাখ বই। "
        "এর মধ্যে প্রাথমিকে ৯৩ লাখের বেশি এবং মাধ্যমিকে ২ কোটি ১৩ লাখের বেশি বই।"
    )
    assert ("প্রায় ৩ কোটি ৭ লাখ", ["৯৩ লাখের বেশি", "২ কোটি ১৩ লাখের বেশি"], True) in sums(report)
