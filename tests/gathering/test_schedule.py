"""When things are visited again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dabi.gathering.schedule import (
    FIRST,
    LONGEST,
    PATIENT_WITH,
    SHORTEST,
    TRIES,
    between_visits,
    channel_again,
    host_pause,
    page_again,
    revisit,
)


def test_a_feed_that_changes_is_visited_more_often_and_one_that_does_not_less() -> None:
    pause = between_visits(0, news=True, asked=None, fixed=None)
    assert pause == FIRST
    for _ in range(5):
        pause = between_visits(pause, news=True, asked=None, fixed=None)
    assert pause == SHORTEST
    for _ in range(20):
        pause = between_visits(pause, news=False, asked=None, fixed=None)
    assert pause == LONGEST


@pytest.mark.parametrize(
    ("asked", "fixed", "pause"), [(7200.0, None, 7200.0), (60.0, None, FIRST), (7200.0, 300.0, 300.0)]
)
def test_what_a_feed_asks_for_is_kept_and_what_a_person_wants_wins(
    asked: float, fixed: float | None, pause: float
) -> None:
    assert between_visits(0, news=False, asked=asked, fixed=fixed) == pause


def test_pages_are_read_again_ever_later_and_then_no_more() -> None:
    pauses = [revisit(step) for step in range(5)]
    assert pauses == [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), None]


def test_a_page_that_fails_is_tried_a_few_times() -> None:
    pauses = [page_again(n) for n in range(1, TRIES + 1)]
    assert pauses[-1] is None
    known = [pause for pause in pauses if pause is not None]
    assert known == sorted(known)
    assert known[0] == timedelta(minutes=10)


def test_a_feed_that_fails_is_tried_ever_later_but_soon_when_the_network_was_away() -> None:
    assert channel_again(900, 1, passes=False) == 1800
    assert channel_again(900, 100, passes=False) == LONGEST
    assert channel_again(900, 100, passes=True) == 3600
    assert channel_again(0, 1, passes=True) == 1800


def test_a_host_that_fails_is_left_alone_ever_longer_and_not_in_step() -> None:
    middle = [host_pause(n, 1.0, lambda: 0.5) for n in range(1, 30)]
    assert middle[: PATIENT_WITH - 1] == [2.0, 4.0, 8.0, 16.0]
    assert middle[PATIENT_WITH - 1] == 900.0
    assert middle == sorted(middle)
    assert middle[-1] == 86400.0
    assert host_pause(5, 1.0, lambda: 0.0) == 675.0
    assert host_pause(5, 1.0, lambda: 1.0) == 1125.0
