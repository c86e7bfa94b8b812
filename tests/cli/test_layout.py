"""Columns that stand straight whatever a terminal makes of vowel signs."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dabi.cli.layout import Row, width, wrap
from dabi.cli.listing import Column, _widths
from dabi.ledger import Added


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("কি", 2), ("কু", 1), ("ক্ষ", 2), ("১২", 2), ("漢", 2), ("ক\u200dখ", 2)]
)
def test_width_is_the_widest_reading(text: str, cells: int) -> None:
    assert width(text) == cells


_letters = st.sampled_from(["কি", "খু", "গ", "১", "a", "é", "漢", "“", " ", "।", "\u200c"])
_runs = st.tuples(st.lists(_letters, max_size=40).map("".join), st.sampled_from(["", "bold"]))


@given(st.lists(_runs, max_size=5), st.integers(8, 30))
def test_wrapping_loses_nothing_but_spaces_and_never_runs_over(line: list[tuple[str, str]], columns: int) -> None:
    rows = list(wrap(line, columns))
    for row in rows:
        assert width("".join(text for text, _ in row).rstrip(" ")) <= columns
    written = "".join(text for row in rows for text, _ in row)
    assert written.replace(" ", "") == "".join("".join(text.split()) for text, _ in line)


def test_lines_break_at_spaces_and_runs_that_touch_stay_together() -> None:
    line = [("দুই তিন («", ""), ("চার", "bold"), ("»)", "")]
    assert ["".join(text for text, _ in row) for row in wrap(line, 9)] == ["দুই তিন", "(«চার»)"]


def test_a_word_longer_than_a_line_is_cut_before_no_sign() -> None:
    rows = ["".join(text for text, _ in row) for row in wrap([("কিকিকি", "")], 3)]
    assert rows == ["কি", "কি", "কি"]


def _printed(terminal: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=40, force_terminal=terminal, color_system=None)
    console.print(Row([6, 6], [[[("কি খা", "")]], [[("abc", "")]]]))
    return out.getvalue()


def test_cells_are_placed_on_a_terminal_and_padded_elsewhere() -> None:
    assert "\x1b[9Gabc" in _printed(terminal=True)
    assert _printed(terminal=False) == "কি খা   abc\n"


@pytest.mark.parametrize("cells", [40, 80, 200])
def test_what_is_to_be_copied_is_never_broken(cells: int) -> None:
    columns: list[Column[Added]] = [Column("Words", 5, str), Column("Id", 1, str, "", 16), Column("More", 2, str)]
    words, identity, more = _widths(columns, cells)
    assert identity >= 16
    assert min(words, more) > 0
    assert words + identity + more <= cells
