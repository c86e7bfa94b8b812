"""First and last days of EDTF expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.ledger.dates import days


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-11-30", "2024-11-30", "2024-11-30"),
        ("2024-11-30T17:28", "2024-11-30", "2024-11-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-11-XX", "2024-11-01", "2024-11-30"),
        ("2024-11~", "2024-11-01", "2024-11-30"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2024-10/..", "2024-10-01", None),
        ("../2024-10", None, "2024-10-31"),
        ("2023-07/2024-06", "2023-07-01", "2024-06-30"),
        ("2024-13", None, None),
        ("2023-02-29", None, None),
        ("P3D", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_days(edtf: str | None, first: str | None, last: str | None) -> None:
    assert days(edtf) == (first, last)


@given(st.text(alphabet="0129X-/.T~?YP", max_size=25))
def test_any_text_is_answered(text: str) -> None:
    first, last = days(text)
    assert first is None or last is None or "/" in text or first <= last


@given(st.dates())
def test_every_day_is_itself(day: object) -> None:
    assert days(str(day)) == (str(day), str(day))
