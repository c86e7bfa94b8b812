"""Lines that are of the page and not of the article: phrases of the lexicon, section names, menus."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..bengali.lexicon import LexiconError, rows
from ..bengali.script import fold_text
from .phrases import Phrases, sign_follows

Scope = Literal["line", "list", "end"]

LONGEST_PHRASE_LINE = 220  # code points; a longer line that only begins with a phrase is running text
LONGEST_NOTICE = 600  # copyright and cookie notices run longer


class Furniture(NamedTuple):
    """What the lexicon says of a line: how far it reaches, and whether it alone shows that the text is a page."""

    scope: Scope
    strong: bool
    kind: str


def _table() -> dict[str, Phrases[Furniture]]:
    entries: dict[str, list[tuple[str, Furniture]]] = {"line": [], "label": [], "start": [], "end": [], "in": []}
    for row in rows("furniture.tsv"):
        scope: Scope = "line" if row["scope"] == "line" else "list" if row["scope"] == "list" else "end"
        if row["match"] not in entries or row["scope"] != scope or row["strength"] not in ("strong", "weak"):
            raise LexiconError(f"furniture.tsv, {row['phrase']}: unknown match, scope or strength")
        entry = Furniture(scope, row["strength"] == "strong", row["kind"])
        entries[row["match"]].append((row["phrase"], entry))
        if "আরও" in row["phrase"]:
            entries[row["match"]].append((row["phrase"].replace("আরও", "আরো"), entry))
    return {match: Phrases(phrases) for match, phrases in entries.items()}


_PHRASES = _table()
_LINES, _LABELS, _STARTS, _ENDS, _INSIDE = (_PHRASES[match] for match in ("line", "label", "start", "end", "in"))
_END_LENGTHS = sorted({len(phrase) for phrase in _ENDS.whole}, reverse=True)
_LONGEST_BEFORE_END = 7  # words of a line that ends with a phrase
_SECTIONS = Phrases([(row["word"], None) for row in rows("sections.tsv")])


def furniture(text: str, words: list[str]) -> Furniture | None:
    """The entry that a folded line matches, if any."""
    if not words:
        return None
    length = len(text)
    if length <= LONGEST_PHRASE_LINE:
        whole = _LINES.whole.get(tuple(words))
        if whole is not None:
            return whole
        if words[0] in _LABELS.first_words:
            found = _LABELS.at(words, 0)
            if found is not None and sign_follows(text, found.last):
                return found.value
        if words[0] in _STARTS.first_words:
            found = _STARTS.at(words, 0)
            if found is not None:
                return found.value
        if len(words) <= _LONGEST_BEFORE_END:
            for size in _END_LENGTHS:
                at_end = _ENDS.whole.get(tuple(words[-size:]))
                if at_end is not None:
                    return at_end
    if length <= LONGEST_NOTICE:
        found = _INSIDE.find(words)
        if found is not None:
            return found.value
    return None


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


_LETTER_NAMES = "এ|বি|সি|ডি|ই|এফ|জি|এইচ|আই|জে|কে|এল|এম|এন|ও|পি|কিউ|আর|এস|টি|ইউ|ভি|ডব্লিউ|এক্স|ওয়াই|জেড"
_INITIALS = re.compile(f"(?:{'|'.join(map(fold_text, _LETTER_NAMES.split('|')))}){{2,6}}|[A-Za-z]{{2,4}}")


def is_initials(text: str) -> bool:
    """Whether a line is what editors sign with: এমএইচ/জেএইচ, ইত্তেফাক/এসকে."""
    parts = text.strip(" /.।*[]()").split("/")
    if len(text) > 40 or any(" " in part.strip() for part in parts):
        return False
    return _INITIALS.fullmatch(parts[-1].strip()) is not None and (len(parts) > 1 or not text[0].isascii())
