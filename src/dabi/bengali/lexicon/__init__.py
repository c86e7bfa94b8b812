"""The words dabi knows, as tab-separated tables that anyone who knows Bengali can edit.

Each table begins with comment lines (#) that explain its columns, then a header row, then one entry a line.
Words are folded when a table is loaded (`dabi.bengali.script`), so either nukta form may be written.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ..script import fold_text


class LexiconError(ValueError):
    """A table that cannot be read: names the table and the line."""


@cache
def rows(table: str, package: str = __package__) -> tuple[dict[str, str], ...]:
    """The entries of a table, as dicts from column to folded cell; missing cells are empty strings.

    Other packages keep tables of their own in this form and name themselves as `package`.
    """
    text = files(package).joinpath(table).read_text("utf-8")
    header: list[str] = []
    entries: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [fold_text(cell.strip()) for cell in line.split("\t")]
        if not header:
            header = cells
        elif len(cells) > len(header) or not cells[0]:
            raise LexiconError(f"{table}, line {number}: {len(cells)} cells where the header has {len(header)}")
        else:
            cells += [""] * (len(header) - len(cells))
            entries.append(dict(zip(header, cells, strict=True)))
    return tuple(entries)


def words_of(table: str, column: str = "word", package: str = __package__) -> frozenset[str]:
    """One column of a table as a set."""
    return frozenset(row[column] for row in rows(table, package))
