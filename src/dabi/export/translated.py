"""The sentences that dabi writes about reports, in the reader's language.

Findings and warnings are kept as English sentences, in ledgers and in the analysis format. Each is made from a
template, and `translated.tsv` has these, so that a sentence kept years ago can still be said in Bengali.
"""

from __future__ import annotations

import re
from functools import cache

from ..bengali.lexicon import rows
from .wording import Language, moment, number

_PART = re.compile(r"\\{(\w+)\\}")  # as re.escape writes it
_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for row in rows("translated.tsv", package=__package__):
        pattern = _PART.sub(lambda part: f"(?P<{part[1]}>.+?)", re.escape(row["en"]))
        found.append((re.compile(pattern, re.DOTALL), row["bn"]))
    return tuple(found)


def translated(sentence: str, language: Language) -> str:
    """The sentence in this language; as it is where the table has no template for it."""
    return _in_bengali(sentence) or sentence if language == "bn" else sentence


def is_translated(sentence: str) -> bool:
    """Whether there is a template for the sentence."""
    return _in_bengali(sentence) is not None


def _in_bengali(sentence: str) -> str | None:
    for pattern, wording in _templates():
        if (met := pattern.fullmatch(sentence)) is not None:
            parts = met.groupdict()
            return _PLACE.sub(lambda place, parts=parts: _part(parts[place[1]]), wording)  # type: ignore[misc]
    return None


def _part(part: str) -> str:
    plain = part.removesuffix("%")
    if _NUMBER.fullmatch(plain):
        return number(float(plain.replace(",", "")), "bn") + part[len(plain) :]
    if _DATE.fullmatch(part):
        return moment(part, "bn")
    return _in_bengali(part) or part
