"""Calendar conversions against dates that are known from outside."""

from datetime import date

import pytest

from dabi.bengali.calendar import (
    add_months,
    from_bangla,
    from_bangladesh,
    from_hijri,
    from_west_bengal,
    to_bangladesh,
    to_west_bengal,
)


@pytest.mark.parametrize(
    ("bangla", "gregorian"),
    [
        ((1431, 1, 1), date(2024, 4, 14)),  # Pohela Boishakh
        ((1430, 11, 8), date(2024, 2, 21)),  # Language Movement Day
        ((1432, 9, 2), date(2025, 12, 17)),
        ((1431, 9, 1), date(2024, 12, 16)),  # Victory Day
        ((1430, 11, 30), date(2024, 3, 14)),  # leap year: Falgun has 30 days
        ((1432, 12, 12), date(2026, 3, 26)),  # Independence Day
    ],
)
def test_bangladesh(bangla, gregorian):
    assert from_bangladesh(*bangla) == gregorian
    assert to_bangladesh(gregorian) == bangla


@pytest.mark.parametrize("no_day", [(1431, 11, 30), (1431, 7, 31), (1431, 1, 32), (1431, 13, 1), (1431, 1, 0)])
def test_bangladesh_has_no_such_day(no_day):
    assert from_bangladesh(*no_day) is None


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(1423, date(2016, 4, 14)), (1427, date(2020, 4, 14)), (1430, date(2023, 4, 15)), (1431, date(2024, 4, 14)),
     (1432, date(2025, 4, 15))],
)  # fmt: skip
def test_west_bengal_new_year(year, new_year):
    assert from_west_bengal(year, 1, 1) == new_year
    assert to_west_bengal(new_year) == (year, 1, 1)


def test_west_bengal_tagore_birthday():
    assert from_west_bengal(1430, 1, 25) == date(2023, 5, 9)
    assert from_west_bengal(1431, 1, 25) == date(2024, 5, 8)


def test_west_bengal_has_no_such_day():
    assert from_west_bengal(1431, 9, 31) is None
    assert from_west_bengal(0, 1, 1) is None


def test_the_two_countries_differ():
    assert from_bangla(1432, 3, 3, "BD") == date(2025, 6, 17)
    assert from_bangla(1432, 3, 3, "IN") == date(2025, 6, 18)


def test_hijri_is_within_a_day_of_known_sightings():
    for hijri, known in (((1445, 10, 1), date(2024, 4, 10)), ((1447, 1, 1), date(2025, 6, 26))):
        found = from_hijri(*hijri)
        assert found is not None
        assert abs((found - known).days) <= 1
    assert from_hijri(1446, 13, 1) is None


def test_add_months():
    assert add_months(2024, 1, -1) == (2023, 12)
    assert add_months(2024, 11, 3) == (2025, 2)
    assert add_months(2024, 5, -29) == (2021, 12)
