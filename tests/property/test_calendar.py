"""Every day of 1900-2100 goes through both Bangla calendars and comes back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.bengali.calendar import add_months, bangladesh_month_length, from_bangla, from_hijri, to_bangla

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize("country", ["BD", "IN"])
def test_every_day_comes_back(country):
    before = None
    for day in DAYS:
        year, month, number = to_bangla(day, country)
        assert from_bangla(year, month, number, country) == day
        assert 1 <= number <= 32
        if before is not None and number != 1:
            assert (year, month, number) == (before[0], before[1], before[2] + 1)
        before = (year, month, number)


def test_language_day_is_8_falgun_for_ever():
    assert {to_bangla(date(year, 2, 21), "BD")[1:] for year in range(1900, 2101)} == {(11, 8)}


@given(st.integers(1, 1600), st.integers(1, 12))
def test_a_month_has_as_many_days_as_it_says(year, month):
    length = bangladesh_month_length(year, month)
    assert from_bangla(year, month, length, "BD") is not None
    assert from_bangla(year, month, length + 1, "BD") is None


@given(st.integers(1, 1600), st.integers(1, 12))
def test_west_bengal_months_follow_each_other(year, month):
    first = from_bangla(year, month, 1, "IN")
    following = from_bangla(year + month // 12, month % 12 + 1, 1, "IN")
    assert first is not None
    assert following is not None
    assert 28 <= (following - first).days <= 32


@given(st.integers(1, 1500), st.integers(1, 12), st.integers(1, 29))
def test_hijri_days_run_on(year, month, day):
    found, following = from_hijri(year, month, day), from_hijri(year, month, day + 1)
    assert found is not None
    assert following is not None
    assert following - found == timedelta(1)


@given(st.integers(1000, 3000), st.integers(1, 12), st.integers(-5000, 5000))
def test_adding_months_and_taking_them_away(year, month, count):
    assert add_months(*add_months(year, month, count), -count) == (year, month)
