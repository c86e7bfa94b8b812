"""The words at which recognisers begin. A passage asks for all recognisers at once: one look-up for each token."""

from __future__ import annotations

from collections.abc import Callable

from .remembered import Remembered


class Beginning:
    """What one recogniser begins at: `holds` says it of a word, and `Passage.where` of the tokens of a passage."""

    __slots__ = ("bit", "holds")

    def __init__(self, holds: Callable[[str], object]) -> None:
        global _all
        self.bit = 1 << len(_all.beginnings)
        self.holds = holds
        _all = All((*_all.beginnings, self))  # another thread that is reading goes on with those it knows


class All(Remembered[int]):
    """By the word, the bits of the beginnings that it is one of."""

    def __init__(self, beginnings: tuple[Beginning, ...]) -> None:
        super().__init__(lambda word: sum(beginning.bit for beginning in beginnings if beginning.holds(word)))
        self.beginnings = beginnings
        self.limit = 1 << len(beginnings)  # above every bit


_all = All(())


def known() -> All:
    """The beginnings of the recognisers that have been imported so far."""
    return _all
