"""Folding: one spelling inside, the input's own offsets outside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.bengali.script import fold, fold_text

BENGALI = st.text(alphabet="কখগড়ঢ়য়যরলশ\u09bc\u09be\u09c7\u09d7\u09cd\u200c\u200d০১২৯ ।‘’“”\n\u00a0aZ5", max_size=60)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("জানিয\u09bcেছেন", "জানি\u09dfেছেন"),  # য + nukta → য়
        ("বাড\u09bcি", "বা\u09dcি"),
        ("র\u200d্যাব", "র্যাব"),  # joiner out
        ("১৫২ মিমি", "152 মিমি"),
        ("১২·৫", "12.5"),
        ("কে\u09be", "ক\u09cb"),  # split vowel sign
        ("২০‑২৫টি", "20-25টি"),
        ("«হ্যাঁ»", "“হ্যাঁ”"),
        ("ঢাকা\u00a0শহর", "ঢাকা শহর"),
    ],
)
def test_writes_one_spelling(raw: str, folded: str) -> None:
    assert fold_text(raw) == folded
    assert fold(raw).text == folded


def test_a_nukta_belongs_to_the_span_of_its_letter() -> None:
    raw = "বাড\u09bcি ভাঙা"
    folded = fold(raw)
    start = folded.text.index("\u09dc")
    assert folded.raw_span(start, start + 1) == (2, 4)
    assert raw[slice(*folded.raw_span(0, 4))] == "বাড\u09bcি"


def test_joiners_at_the_edges_stay_outside_the_span() -> None:
    raw = "\u200dর\u200d্যাব\u200d নামে"
    folded = fold(raw)
    assert raw[slice(*folded.raw_span(0, 5))] == "র\u200d্যাব"


@given(BENGALI)
def test_offsets_lead_back_to_the_character_they_came_from(raw: str) -> None:
    folded = fold(raw)
    assert folded.text == fold_text(raw)
    for at, character in enumerate(folded.text):
        start, end = folded.raw_span(at, at + 1)
        assert 0 <= start < end <= len(raw)
        assert fold_text(raw[start:end]) == character
        assert folded.folded_offset(start) == at


@given(BENGALI)
def test_folding_twice_changes_nothing(raw: str) -> None:
    once = fold_text(raw)
    assert fold_text(once) in {once, fold_text(fold_text(once))}


@given(BENGALI)
def test_spans_in_order_stay_in_order(raw: str) -> None:
    folded = fold(raw)
    spans = [folded.raw_span(i, i + 1) for i in range(len(folded.text))]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
