"""Addresses that hold a day."""

from __future__ import annotations

from datetime import date

import pytest

from dabi.reading.daily_address import check_daily, is_daily, on_day

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("https://a.example/sitemap/{year}-{month}-{day}.xml", "https://a.example/sitemap/2026-03-09.xml"),
        ("https://a.example/{year}/{month}/news-{day}.xml", "https://a.example/2026/03/news-09.xml"),
        ("https://a.example/list?of={day}.{month}.{year}", "https://a.example/list?of=09.03.2026"),
    ],
)
def test_a_day_is_put_where_it_belongs(pattern: str, address: str) -> None:
    check_daily(pattern)
    assert is_daily(pattern)
    assert on_day(pattern, DAY) == address


@pytest.mark.parametrize("address", ["https://a.example/2026-03-09.xml", "https://a.example/year/{n}"])
def test_other_addresses_hold_none(address: str) -> None:
    assert not is_daily(address)
    assert on_day(address, DAY) == address


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("https://a.example/{date}.xml", r"there is no \{date\}: \{year\}, \{month\} and \{day\}"),
        ("https://a.example/{yyyy}-{mm}-{dd}.xml", r"there is no \{yyyy\}"),
        ("https://a.example/{year}/{month}.xml", r"no whole day, without \{day\}"),
        ("https://a.example/{day}.xml", r"no whole day, without \{year\} and \{month\}"),
        ("https://a.example/{year}-{month}-{day.xml", "a brace that is opened must be closed"),
        ("https://{day}.a.example/{year}-{month}.xml", "behind the host"),
    ],
)
def test_what_names_no_day_says_why(pattern: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_daily(pattern)
