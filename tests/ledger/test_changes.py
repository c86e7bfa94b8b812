"""What changed between two versions: the same claim with another value is one change, not two."""

from __future__ import annotations

import pytest

from dabi.ledger import Ledger
from reports import Figure, report


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([Figure(value=23)], [Figure(value=23)], []),
        ([Figure(value=23)], [Figure(value=20)], [("changed", "23 → 20")]),
        ([Figure(value=23)], [Figure(value=23, hedge="at_least", high=None)], [("changed", "23 → at least 23")]),
        ([Figure(value=23)], [Figure(value=23, source="পুলিশ")], [("changed", "– → পুলিশ")]),
        ([Figure(value=23)], [], [("went", "23 (শ্রমিক)")]),
        ([], [Figure(value=1_200_000)], [("appeared", "1,200,000 (শ্রমিক)")]),
        # Another figure in front does not shift what is compared.
        ([Figure(value=23)], [Figure(value=7, counted="বাস", event=None), Figure(value=23)], [("appeared", "7 (বাস)")]),
        # Dead and injured, both corrected, are not taken for each other.
        (
            [Figure(value=23), Figure(value=50, event="injury", counted="পথচারী")],
            [Figure(value=50, event="injury", counted="পথচারী"), Figure(value=25)],
            [("changed", "23 → 25")],
        ),
        (
            [Figure(value=23, more="মারা গেছেন"), Figure(value=9, more="এখনো নিখোঁজ রয়েছেন")],
            [Figure(value=24, more="মারা গেছেন"), Figure(value=8, more="এখনো নিখোঁজ রয়েছেন")],
            [("changed", "23 → 24"), ("changed", "9 → 8")],
        ),
        # The thing renamed in the same sentence.
        (
            [Figure(value=23, counted="শ্রমিক", more="ভবনের তৃতীয় তলায় আটকা পড়েছিলেন")],
            [Figure(value=23, counted="মানুষ", more="ভবনের তৃতীয় তলায় আটকা পড়েছিলেন")],
            [("changed", "শ্রমিক → মানুষ")],
        ),
        # Nothing in common.
        (
            [Figure(value=23, counted="শ্রমিক", more="ভবনে ছিলেন")],
            [Figure(value=5, counted="নৌকা", event=None, unit="kg", kind="measure", more="ঘাটে বাঁধা")],
            [("went", "23 (শ্রমিক)"), ("appeared", "5 kg (নৌকা)")],
        ),
    ],
)
def test_changes(ledger: Ledger, before: list[Figure], after: list[Figure], changes: list[tuple[str, str]]) -> None:
    ledger.add(*report("a", before, furniture="১"), extractor="1")
    added = ledger.add(*report("a", after, furniture="২"), extractor="1")
    assert added.outcome == "version"
    assert [(change.kind, change.what) for change in added.changes] == changes


def test_changes_since(ledger: Ledger) -> None:
    for value in (1, 2, 3):
        ledger.add(*report("a", [Figure(value=value)]), extractor="1")
    one, two = ledger.changes()
    assert list(ledger.changes(since=two.seen)) == [c for c in (one, two) if c.seen >= two.seen]
    assert list(ledger.changes(since="2999")) == []


def test_versions_are_compared_by_the_same_reader_where_it_read_both(ledger: Ledger) -> None:
    old = report("a", [Figure(value=23)])
    ledger.add(*old, extractor="1")
    ledger.add(old[0], report("a", [Figure(value=23, event="injury")])[1], extractor="2")
    ledger.add(old[0], report("a", [Figure(value=23, event="arrest")])[1], extractor="3")
    added = ledger.add(*report("a", [Figure(value=20, event="injury")]), extractor="2")
    assert [change.what for change in added.changes] == ["23 → 20"]


def test_thousands_of_claims_are_compared_in_no_time(ledger: Ledger) -> None:
    many = [Figure(value=n, counted=f"বস্তু{n}") for n in range(1500)]
    ledger.add(*report("a", many), extractor="1")
    added = ledger.add(*report("a", [*many[:700], *many[701:]]), extractor="1")
    assert [change.what for change in added.changes] == ["700 (বস্তু700)"]
