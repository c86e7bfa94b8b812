"""A line of eight-step blocks that shows how the figures of a series run."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_OPEN = "·"  # a figure without a number


def sparkline(values: Sequence[float | None], width: int = 60) -> str:
    """One block for each value, the smallest lowest; of more than `width` values the last ones."""
    shown = list(values)[-width:]
    numbers = [value for value in shown if value is not None]
    if not numbers:
        return _OPEN * len(shown)
    low, high = min(numbers), max(numbers)
    span = high - low
    steps = len(_BLOCKS) - 1
    return "".join(
        _OPEN if value is None else _BLOCKS[round((value - low) / span * steps) if span else steps // 2]
        for value in shown
    )
