"""How much work a reading is, counted and not timed: the same number on every machine and under any load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(task: Callable[[], object]) -> int:
    """The lines of dabi that a task runs (a loop counts each time round)."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return line if "dabi" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        task()
    finally:
        sys.settrace(before)
    return count


def grows_with_length(task: Callable[[str], object], piece: str, short: int = 5_000, times: int = 4) -> bool:
    """Whether a text of the same piece over and over, four times as long, takes about four times the steps.

    Quadratic work would take sixteen times as many; half as much again is left for what begins with the length.
    """
    text = piece * max(short // len(piece), 1)
    task(text)  # what is remembered is remembered before anything is counted
    small = steps(lambda: task(text))
    large = steps(lambda: task(text * times))
    return large <= 1.5 * times * max(small, 200)
