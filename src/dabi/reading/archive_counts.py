"""What was met in archives, counted."""

from __future__ import annotations

from typing import Literal

import msgspec

Passed = Literal["revisits", "not_ok", "not_html", "not_bengali", "too_large", "broken"]

_WORDS: dict[str, str] = {
    "kept": "Bengali",
    "not_bengali": "not Bengali",
    "not_html": "not HTML or text",
    "not_ok": "with another status than 200",
    "revisits": "unchanged since an earlier capture",
    "too_large": "too large",
    "broken": "broken",
}


class ArchiveCounts(msgspec.Struct):
    """How many captures of pages (responses, resources, conversions, revisits) were met, and what became of them.

    Adds up over archives. `records` is the sum of all else but `archives`.
    """

    archives: int = 0
    records: int = 0
    kept: int = 0
    not_bengali: int = 0
    not_html: int = 0
    not_ok: int = 0
    revisits: int = 0
    too_large: int = 0
    broken: int = 0

    def count(self, what: Literal["kept"] | Passed) -> None:
        self.records += 1
        setattr(self, what, getattr(self, what) + 1)

    def add(self, other: ArchiveCounts) -> None:
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        """In words, on one line."""
        archives = "1 archive" if self.archives == 1 else f"{self.archives:,} archives"
        told = [f"{n:,} {words}" for name, words in _WORDS.items() if (n := getattr(self, name))]
        if not self.kept:
            told.insert(0, "no Bengali page")
        return f"{archives}, {self.records:,} {'record' if self.records == 1 else 'records'}: {', '.join(told)}"
