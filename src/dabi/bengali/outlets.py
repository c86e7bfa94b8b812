"""The outlets dabi knows by name: how they are written, where they stand in the web, whose clock they go by.

All of it is `lexicon/outlets.tsv`; what is needed to gather and read an outlet's pages stands in its own file
(`dabi.reading.outlets`).
"""

from __future__ import annotations

from .calendar import Country
from .lexicon import rows

_ROWS = rows("outlets.tsv")

# Every way an outlet is written, on pages and in dabi, with its name; the name itself among them.
SPELLINGS: tuple[tuple[str, str], ...] = (
    *((row["as"], row["name"]) for row in _ROWS if row["as"]),
    *((row["name"], row["name"]) for row in _ROWS),
)
# Domains without www., some with the beginning of a path (bbc.com/bengali), with the outlet's name; its main one first.
DOMAINS: dict[str, str] = {row["domain"]: row["name"] for row in _ROWS if row["domain"]}
NAMES: tuple[str, ...] = tuple(dict.fromkeys(row["name"] for row in _ROWS))

_INDIAN = frozenset(row["name"] for row in _ROWS if row["country"] == "IN")


def country_of(outlet: str | None) -> Country:
    """Whose clock, Bangla calendar and currency an outlet goes by; Bangladesh's where nothing else is known."""
    return "IN" if outlet in _INDIAN else "BD"
