"""Lines that are of the page and not of the article: phrases of the lexicon, section names, menus."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..bengali.lexicon import LexiconError, rows
from ..bengali.script import fold_text
from .phrases import Phrases, sign_follows

if TYPE_CHECKING:
    from .outlets.description import Outlet

Scope = Literal["line", "list", "end"]

LONGEST_PHRASE_LINE = 220  # code points; a longer line that only begins with a phrase is running text
LONGEST_NOTICE = 600  # copyright and cookie notices run longer
_LONGEST_BEFORE_END = 7  # words of a line that ends with a phrase
_MATCHES = ("line", "label", "start", "end", "in")


class Furniture(NamedTuple):
    """What the lexicon says of a line: how far it reaches, and whether it alone shows that the text is a page."""

    scope: Scope
    strong: bool
    kind: str


class Table:
    """Phrases by how they are matched, as `furniture.tsv` explains it."""

    def __init__(self, entries: Iterable[tuple[str, str, Furniture]]) -> None:
        """`entries`: match, phrase, and what a line is that matches it."""
        by_match: dict[str, list[tuple[str, Furniture]]] = {match: [] for match in _MATCHES}
        for match, phrase, entry in entries:
            by_match[match].append((phrase, entry))
            if "আরও" in phrase:
                by_match[match].append((phrase.replace("আরও", "আরো"), entry))
        self.lines, self.labels, self.starts, self.ends, self.inside = (
            Phrases(phrases) for phrases in by_match.values()
        )
        self._end_lengths = sorted({len(phrase) for phrase in self.ends.whole}, reverse=True)

    def find(self, text: str, words: list[str]) -> Furniture | None:
        """The entry that a folded line with at least one word matches, if any."""
        length = len(text)
        if length <= LONGEST_PHRASE_LINE:
            whole = self.lines.whole.get(tuple(words))
            if whole is not None:
                return whole
            if words[0] in self.labels.first_words:
                found = self.labels.at(words, 0)
                if found is not None and sign_follows(text, found.last):
                    return found.value
            if words[0] in self.starts.first_words:
                found = self.starts.at(words, 0)
                if found is not None:
                    return found.value
            if len(words) <= _LONGEST_BEFORE_END:
                for size in self._end_lengths:
                    at_end = self.ends.whole.get(tuple(words[-size:]))
                    if at_end is not None:
                        return at_end
        if length <= LONGEST_NOTICE:
            found = self.inside.find(words)
            if found is not None:
                return found.value
        return None


def _general() -> Table:
    entries: list[tuple[str, str, Furniture]] = []
    for row in rows("furniture.tsv"):
        scope: Scope = "line" if row["scope"] == "line" else "list" if row["scope"] == "list" else "end"
        if row["match"] not in _MATCHES or row["scope"] != scope or row["strength"] not in ("strong", "weak"):
            raise LexiconError(f"furniture.tsv, {row['phrase']}: unknown match, scope or strength")
        entries.append((row["match"], row["phrase"], Furniture(scope, row["strength"] == "strong", row["kind"])))
    return Table(entries)


_GENERAL = _general()
_SECTIONS = Phrases([(row["word"], None) for row in rows("sections.tsv")])


def furniture(text: str, words: list[str], own: Table | None = None) -> Furniture | None:
    """The entry that a folded line matches, if any; `own` is asked first."""
    if not words:
        return None
    if own is not None and (found := own.find(text, words)) is not None:
        return found
    return _GENERAL.find(text, words)


@lru_cache(maxsize=128)
def furniture_of(outlet: Outlet) -> Table | None:
    """The furniture that an outlet's file names, None where it names none."""
    words = outlet.furniture
    one_line, end = Furniture("line", True, "outlet"), Furniture("end", True, "outlet")
    entries = [("line", phrase, one_line) for phrase in words.lines]
    entries += [("start", phrase, one_line) for phrase in words.starts]
    entries += [("line", phrase, end) for phrase in words.ends]
    return Table(entries) if entries else None


def section_names(words: list[str]) -> int:
    """How many section names a line is made of; 0 if anything else stands in it."""
    count = i = 0
    while i < len(words):
        found = _SECTIONS.at(words, i)
        if found is None:
            return 0
        count += 1
        i = found.last
    return count


_LETTER_NAMES = "এ|বি|সি|ডি|ই|এফ|জি|এইচ|আই|জে|কে|এল|এম|এন|ও|পি|কিউ|আর|এস|টি|ইউ|ভি|ডব্লিউ|এক্স|ওয়াই|জেড"
_INITIALS = re.compile(f"(?:{'|'.join(map(fold_text, _LETTER_NAMES.split('|')))}){{2,6}}|[A-Za-z]{{2,4}}")

_AGENCIES = re.compile(r"\s*\([^()]{1,40}\)\s*$")


def is_initials(text: str) -> bool:
    """Whether a line is what editors sign with: এমএইচ/জেএইচ, ইত্তেফাক/এসকে, এসএইচ/এসিবি (এএফপি)."""
    parts = _AGENCIES.sub("", text).strip(" /.।*[]()").split("/")
    if len(text) > 40 or any(" " in part.strip() for part in parts):
        return False
    return _INITIALS.fullmatch(parts[-1].strip()) is not None and (len(parts) > 1 or not text[0].isascii())
