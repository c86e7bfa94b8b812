"""Columns of Bengali on a terminal.

Terminals disagree about the width of Bengali vowel signs: some give them a cell, some none. So lines are broken by
the widest reading, and every cell is placed by its column, not by counting what stands before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from rich.segment import ControlType, Segment
from rich.style import Style

Run = tuple[str, str]  # words and a rich style
Cell = Sequence[Sequence[Run]]  # lines of runs; each line is wrapped to the column's width

GAP = 2  # blank cells between columns
_PARTS = re.compile(r"\s+|\S+")


def width(text: str) -> int:
    """The cells a text takes on the terminal that gives it most."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(line: Sequence[Run], columns: int) -> Iterator[list[Run]]:
    """A line of styled runs, broken at spaces (inside a word only where it is longer than a line)."""
    row: list[Run] = []
    used = 0
    for word in _words(line):
        size = width("".join(text for text, _ in word).rstrip(" "))
        if row and used + size > columns:
            yield _ended(row)
            row, used = [], 0
        for text, style in word:
            while size > columns and used + width(text.rstrip(" ")) > columns:
                head, rest = _cut(text, columns - used)
                if not row or used + width(head) <= columns:
                    row.append((head, style))
                    text = rest
                yield _ended(row)
                row, used = [], 0
            if text:
                row.append((text, style))
                used += width(text)
    if row:
        yield _ended(row)


def _ended(row: list[Run]) -> list[Run]:
    """A row without the space it was broken at, neighbours of one style joined."""
    joined: list[Run] = []
    for text, style in row[:-1] if row[-1][0] == " " else row:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    return joined


def _words(line: Sequence[Run]) -> Iterator[list[Run]]:
    """Words with the space behind them; white space of any length is one space, runs that touch are one word."""
    word: list[Run] = []
    for text, style in line:
        for part in _PARTS.findall(text):
            if part.isspace():
                if word:
                    word.append((" ", style))
                    yield word
                    word = []
            else:
                word.append((part, style))
    if word:
        yield word


def _cut(word: str, columns: int) -> tuple[str, str]:
    """As many letters with their signs as fit, but at least one, and the rest."""
    at = used = 0
    while at < len(word):
        end = at + 1
        while end < len(word) and unicodedata.category(word[end])[0] == "M":
            end += 1
        size = width(word[at:end])
        if at and used + size > columns:
            break
        at, used = end, used + size
    return word[:at], word[at:]


class Terminal(Console):
    """A console whose reader may go away (`| head`): that is told as `BrokenPipeError`, and is no failure."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Row:
    """Cells side by side, each wrapped in its own width."""

    def __init__(self, widths: Sequence[int], cells: Sequence[Cell]) -> None:
        self.widths = widths
        self.cells = cells

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = [
            [row for line in cell for row in wrap(line, size)]
            for size, cell in zip(self.widths, self.cells, strict=True)
        ]
        for i in range(max(map(len, columns), default=0)):
            at, blank = 0, 0
            for size, rows in zip(self.widths, columns, strict=True):
                if i < len(rows) and rows[i]:
                    yield Segment(" " * blank)
                    if at:
                        yield Control((ControlType.CURSOR_MOVE_TO_COLUMN, at)).segment
                    for text, style in rows[i]:
                        yield Segment(text, console.get_style(style) if style else Style.null())
                    blank = size + GAP - sum(width(text) for text, _ in rows[i])
                else:
                    blank += size + GAP
                at += size + GAP
            yield Segment.line()
