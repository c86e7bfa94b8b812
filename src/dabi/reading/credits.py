"""Captions and credits of pictures, and the lines that name an article's author."""

from __future__ import annotations

import re
from typing import Literal

from ..bengali.lexicon import rows
from ..bengali.outlets import SPELLINGS
from ..bengali.script import fold_text
from .phrases import WORD, Phrases, colon_follows, sign_follows

LONGEST_CAPTION = 320  # code points
LONGEST_BYLINE = 90
_LONGEST_BYLINE_WORDS = 8
_LONGEST_BYLINE_PART = 4  # words up to a comma; longer ones that end in “প্রতিবেদন” are headlines
_LONGEST_CREDIT = 7  # words after “ছবি:”

_CAPTIONS = Phrases([(row["word"], row["match"]) for row in rows("captions.tsv") if row["match"] == "label"])
_ENDS = Phrases([(row["word"], row["match"]) for row in rows("captions.tsv") if row["match"] == "end"])
_TAILS = frozenset(
    tuple(WORD.findall(fold_text(word).lower()))
    for word in (*(row["word"] for row in rows("captions.tsv") if row["match"] == "tail"), *(s for s, _ in SPELLINGS))
)
_LONGEST_TAIL = max(map(len, _TAILS))
_STARTS = Phrases([(row["word"], row["match"]) for row in rows("captions.tsv") if row["match"] == "start"])
_CREDITS = Phrases([(row["word"], row["match"]) for row in rows("captions.tsv") if row["match"] == "credit"])
_END_LENGTHS = sorted({len(words) for words in _ENDS.whole}, reverse=True)

_BYLINE_ENDS = frozenset(row["word"].lower() for row in rows("bylines.tsv") if row["match"] == "end")
_BYLINE_LABELS = Phrases([(row["word"], None) for row in rows("bylines.tsv") if row["match"] == "label"])
_BYLINE_STARTS = Phrases([(row["word"], None) for row in rows("bylines.tsv") if row["match"] == "start"])
_BYLINE_LINES = Phrases([(row["word"], None) for row in rows("bylines.tsv") if row["match"] == "line"])


def caption_or_credit(text: str, words: list[str]) -> Literal["caption", "credit"] | None:
    """What a folded line says about a picture: a caption with its credit, the credit alone, or nothing."""
    if not words or len(text) > LONGEST_CAPTION:
        return None
    if words[0] in _CREDITS.first_words and _CREDITS.at(words, 0) is not None:
        return "credit" if len(words) <= _LONGEST_CREDIT + 2 else None
    if words[0] in _STARTS.first_words and _STARTS.at(words, 0) is not None:
        return "caption" if len(words) > 3 else "credit"
    for length in _END_LENGTHS:
        if tuple(words[-length:]) in _ENDS.whole and len(words) >= length:
            bare = len(words) <= length + 2 and "।" not in text.rstrip("। ")
            return "credit" if bare else "caption"
    if _CAPTIONS.first_words.isdisjoint(words):
        return None
    for i in range(len(words) - 1, -1, -1):
        found = _CAPTIONS.at(words, i)
        if found is None or not (sign_follows(text, found.last) or _in_last_brackets(text, i)):
            continue
        after = len(words) - found.last
        while i > 0 and _CAPTIONS.at(words, i - 1) is not None:  # ফাইল ছবি, প্রতীকী ছবি
            i -= 1
        if i > 0 and not (_set_off(text, i) or colon_follows(text, found.last)):
            continue
        if i <= 1:
            return "credit" if after <= _LONGEST_CREDIT else "caption"
        return "caption" if after <= _LONGEST_CREDIT else None
    return None


def _set_off(text: str, word: int) -> bool:
    """Whether a sign that ends a clause stands before a word of a folded line."""
    for n, found in enumerate(WORD.finditer(text.lower())):
        if n == word:
            return text[: found.start()].rstrip(" \"'(“‘[")[-1:] in tuple("।।-–—|/:!?.")
    return False


def _in_last_brackets(text: str, word: int) -> bool:
    """Whether a word of a folded line opens the brackets with which it ends: … ওয়াগন। (ছবি সৌজন্যে পিটিআই)."""
    opening = text.rfind("(")
    if opening < 0 or not text.rstrip("। ").endswith(")"):
        return False
    return len(WORD.findall(text[:opening].lower())) == word


def ends_with_credit(text: str, words: list[str]) -> bool:
    """Whether a line closes with an agency, an outlet or “সংগৃহীত” set off by a sign, as captions above the article."""
    if len(text) > LONGEST_CAPTION:
        return False
    return any(
        tuple(words[-length:]) in _TAILS and _sign_before(text, len(words) - length)
        for length in range(1, min(_LONGEST_TAIL, len(words) - 1) + 1)
    )


def _sign_before(text: str, word: int) -> bool:
    """Whether a dash, danda, slash, colon or bracket stands before a word of a folded line."""
    for n, found in enumerate(WORD.finditer(text.lower())):
        if n == word:
            return text[: found.start()].rstrip()[-1:] in tuple("-–—।/(:[")
    return False


def is_byline(text: str, words: list[str]) -> bool:
    """Whether a folded line names who wrote or sent the article."""
    if not words or len(text) > LONGEST_BYLINE or len(words) > _LONGEST_BYLINE_WORDS:
        return False
    if tuple(words) in _BYLINE_LINES.whole:
        return True
    label = _BYLINE_LABELS.at(words, 0)
    if label is not None and label.last < len(words) and sign_follows(text, label.last):
        return True
    if words[0] in _BYLINE_STARTS.first_words and len(words) > 1:
        return True
    for part in re.split(r"[,।|/()\-–—:•]", text):
        own = WORD.findall(part.lower())
        if 0 < len(own) <= _LONGEST_BYLINE_PART and own[-1] in _BYLINE_ENDS:
            return True
    first = WORD.findall(re.split(r"[,।]", text, maxsplit=1)[0].lower())
    return tuple(first) in _BYLINE_LINES.whole and len(words) <= 4
