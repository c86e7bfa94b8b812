"""How often each client may write, counted by one process or by several together."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dabi.web.rate import Rate


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def writes(rate: Rate, times: int, client: str = "a") -> int:
    """How many of so many writes are let through."""
    return sum(rate.take(client) == 0 for _ in range(times))


@pytest.fixture(params=["alone", "together"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    return str(tmp_path / "writes.db") if request.param == "together" else None


def test_a_minute_has_so_many_writes_for_each_client(place: str | None) -> None:
    rate = Rate(6, place, clock=Clock())
    assert writes(rate, 20) == 6
    assert writes(rate, 20, "b") == 6


def test_writes_come_back_one_by_one(place: str | None) -> None:
    clock = Clock()
    rate = Rate(6, place, clock=clock)
    writes(rate, 20)
    assert rate.take("a") == pytest.approx(10)
    clock.now += 9
    assert rate.take("a") == pytest.approx(1)
    clock.now += 1
    assert writes(rate, 20) == 1
    clock.now += 35
    assert writes(rate, 20) == 3
    clock.now += 3600
    assert writes(rate, 20) == 6


def test_what_was_given_back_is_there_again(place: str | None) -> None:
    rate = Rate(6, place, clock=Clock())
    assert writes(rate, 20) == 6
    rate.give_back("a")
    assert writes(rate, 20) == 1
    rate.give_back("somebody unknown")
    assert writes(rate, 20, "somebody unknown") == 6


def test_what_is_counted_in_one_file_is_counted_apart(tmp_path: Path) -> None:
    clock, place = Clock(), str(tmp_path / "writes.db")
    rate, wrong = Rate(6, place, clock=clock), Rate(3, place, counted="wrong tokens", clock=clock)
    assert [writes(wrong, 9), writes(rate, 9), writes(wrong, 9)] == [3, 6, 0]


def test_threads_count_together(place: str | None) -> None:
    rate = Rate(6, place, clock=Clock())
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: rate.take("a"), range(200)))
    assert waits.count(0) == 6


def test_several_that_share_a_file_count_together(tmp_path: Path) -> None:
    clock, place = Clock(), str(tmp_path / "writes.db")
    first, second = Rate(6, place, clock=clock), Rate(6, place, clock=clock)
    assert [writes(first, 4), writes(second, 4), writes(first, 4)] == [4, 2, 0]
    assert writes(Rate(6, place, clock=clock), 4) == 0  # one that is started anew


def test_clients_of_long_ago_are_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    rate = Rate(6, str(tmp_path / "writes.db"), clock=clock)
    for number in range(500):
        clock.now += 1
        rate.take(f"client {number}")
    kept = rate._counts.execute("SELECT count(*) FROM clients").fetchone()[0]
    assert kept < 20


def test_where_no_file_can_be_kept_each_counts_for_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "dabi.web"):
        rate = Rate(6, str(tmp_path / "cleared away" / "writes.db"))
    assert "by each process for itself" in caplog.text
    assert writes(rate, 20) == 6


def test_a_file_that_breaks_stops_nobody(tmp_path: Path) -> None:
    place = tmp_path / "writes.db"
    place.write_bytes(b"no database" * 100)
    assert writes(Rate(6, str(place)), 20) == 6
