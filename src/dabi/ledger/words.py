"""Words for full-text search: the same cut for what is indexed and what is asked, whatever the database.

Both databases are given words that are already cut and folded, because their own tokenisers break Bengali: FTS5's
default and PostgreSQL's parser under some locales split at vowel signs, so that সেনা finds সান্ত্বনা.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec

from ..bengali.script import fold_text
from ..bengali.words import base_form

# Stands between names in one column, so that no phrase matches across two of them. A private-use letter.
GAP = "\ue000"


class Term(msgspec.Struct, frozen=True):
    """Words that must follow each other in one field of the index: words, stems, people, places or sources."""

    phrase: tuple[str, ...]
    field: str
    prefix: bool = False  # the last word is only the beginning of a word


@cache
def word_pattern() -> re.Pattern[str]:
    """Letters and marks of any script, or digits. `\\w` would break at vowel signs."""
    ranges: list[str] = []
    first = None
    for code in range(0x80, 0x10000):
        inside = unicodedata.category(chr(code))[0] in "LM" and chr(code) != GAP
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            ranges.append(f"\\u{first:04x}-\\u{code - 1:04x}")
            first = None
    return re.compile(rf"[A-Za-z{''.join(ranges)}\U00010000-{chr(sys.maxunicode)}]+|[0-9]+")


def words(text: str) -> list[str]:
    """The folded, lower-case words of a text. ৫জন is two: 5, জন."""
    return word_pattern().findall(fold_text(text).lower())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its endings: সেনাদের → সেনা. Words of other languages as they are."""
    return base_form(word) if "\u0980" <= word[:1] <= "\u09ff" else word


def stems(texts: Iterable[str]) -> list[str]:
    """The words of several names without their endings, with a gap between two names."""
    return [stem(word) for word in joined(texts)]


def joined(texts: Iterable[str]) -> list[str]:
    """The words of several names, with a gap between two."""
    found: list[str] = []
    for text in texts:
        if found:
            found.append(GAP)
        found += words(text)
    return found


_CHUNK = re.compile(r'["“”]([^"“”]*)["“”]|(\S+)')


def terms(query: str) -> list[Term]:
    """What a query in words asks for; all of it must hold. See `Query` for the notation."""
    found: list[Term] = []
    for quoted, plain in _CHUNK.findall(query):
        phrase = tuple(words(quoted or plain))
        if not phrase:
            continue
        if quoted or len(phrase) > 1:
            found.append(Term(phrase, "words"))
        elif plain.endswith("*"):
            found.append(Term(phrase, "words", prefix=True))
        else:
            found.append(Term((stem(phrase[0]),), "stems"))
    return found


def name_terms(name: str, field: str) -> list[Term]:
    """A name: its words one after the other, in any ending."""
    phrase = tuple(map(stem, words(name)))
    return [Term(phrase, field)] if phrase else []
