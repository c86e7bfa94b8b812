"""Analysing leaves nothing behind that only the collector of cycles would free, and the collector as it was."""

import gc

import pytest

from dabi import analyse
from dabi.extraction.collector import collector_paused

SPEECH = "জেলা প্রশাসক শাহানা বেগম বলেন, ‘৪২টি ঘর বিলীন হয়েছে। আমরা ৫০০ নৌকা পাঠাব।’ এ তথ্য নিশ্চিত করেছে পুলিশ।\n"


def test_an_analysis_makes_no_cycles() -> None:
    analyse(SPEECH)  # loads and remembers what it needs
    gc.collect()
    gc.disable()
    try:
        assert analyse(SPEECH).attributions
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_collector_is_on_again_even_behind_an_error() -> None:
    seen = []

    def failing() -> None:
        with collector_paused():
            seen.append(gc.isenabled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert (seen, gc.isenabled()) == ([False], True)


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
