"""Dates of feeds: whose clock they go by, and which day they mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dabi.gathering.entry_dates import entry_date, iso


@pytest.mark.parametrize(
    ("written", "edtf", "utc"),
    [
        ("Sun, 23 Nov 2025 10:05:00 +0600", "2025-11-23T10:05", "04:05"),
        ("Sun, 23 Nov 2025 20:05:00 -0500", "2025-11-24T07:05", "01:05"),
        ("Sun, 23 Nov 2025 10:05:00 GMT", "2025-11-23T16:05", "10:05"),
        ("23 Nov 25 10:05 +0600", "2025-11-23T10:05", "04:05"),
        ("2025-11-23T10:05:00+06:00", "2025-11-23T10:05", "04:05"),
        ("2025-11-23T10:05:00.250Z", "2025-11-23T16:05", "10:05"),
        ("2025-11-23T10:05:00 +0600", "2025-11-23T10:05", "04:05"),
        ("2025-11-23T10:05+06:00", "2025-11-23T10:05", "04:05"),
    ],
)
def test_dates_with_a_zone_become_the_outlets_time(written: str, edtf: str, utc: str) -> None:
    found = entry_date(written, "BD")
    assert found is not None
    assert (found.edtf, found.instant.strftime("%H:%M")) == (edtf, utc)


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 23 Nov 2025 10:05:00",
        "2025-11-23 10:05:00",
        "2025-11-23T10:05",
        "রবিবার, ২৩ নভেম্বর ২০২৫, ১০:০৫",
        "২৩ নভেম্বর ২০২৫, সকাল ১০:০৫",
        "প্রকাশ: ২৩ নভেম্বর ২০২৫ ১০:০৫",
        "Nov 23, 2025, 10:05 AM",
    ],
)
def test_dates_without_a_zone_are_the_outlets_own(written: str) -> None:
    dhaka, kolkata = entry_date(written, "BD"), entry_date(written, "IN")
    assert dhaka is not None
    assert kolkata is not None
    assert dhaka.edtf == kolkata.edtf == "2025-11-23T10:05"
    assert dhaka.instant == datetime(2025, 11, 23, 4, 5, tzinfo=UTC)
    assert kolkata.instant == datetime(2025, 11, 23, 4, 35, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2025-11-23", "২৩ নভেম্বর ২০২৫", "23 November 2025", "৮ অগ্রহায়ণ ১৪৩২"])
def test_a_day_alone_begins_where_the_outlet_is(written: str) -> None:
    found = entry_date(written, "BD")
    assert found is not None
    assert (found.edtf, iso(found.instant)) == ("2025-11-23", "2025-11-22T18:00:00.000Z")


def test_local_time_that_calls_itself_gmt() -> None:
    seen = datetime(2025, 11, 23, 4, 10, tzinfo=UTC)  # 10:10 in Dhaka
    found = entry_date("Sun, 23 Nov 2025 10:05:00 GMT", "BD", seen)
    assert found is not None
    assert found.edtf == "2025-11-23T10:05"
    later = entry_date("Sun, 23 Nov 2025 10:05:00 GMT", "BD", datetime(2025, 11, 23, 11, 0, tzinfo=UTC))
    assert later is not None
    assert later.edtf == "2025-11-23T16:05"
    # Far ahead in any zone: announced, or wrong. Left as it is written.
    announced = entry_date("Tue, 25 Nov 2025 10:05:00 GMT", "BD", seen)
    assert announced is not None
    assert announced.edtf == "2025-11-25T16:05"


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "আজ",
        "yesterday",
        "2025",
        "নভেম্বর ২০২৫",
        "Sun, 99 Nov 2025 10:05:00 GMT",
        "2025-13-45T10:00:00Z",
        "0000-00-00 00:00:00",
        "9999-12-31T23:59:59-12:00",
        "x" * 5000,
    ],
)
def test_what_is_no_date(written: str | None) -> None:
    assert entry_date(written, "BD") is None
