"""Names of people and organisations: their plain form, and a key under which spellings meet.

An abbreviation in brackets stands for the organisation before it. `name_key` folds what newspapers spell in several
ways (ইসরাইল/ইসরায়েল, কিয়েভ/কিইভ, কেসিএনএ/KCNA) and is used for comparing only.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from .beginnings import Beginning
from .lexicon import rows
from .passage import Passage
from .phrases import NAMES, ORGANISATIONS, TITLES, kind_of
from .remembered import Remembered
from .words import inflections

NameKind = Literal["person", "organisation"]

_SAME_SOUND = str.maketrans(
    {row["letter"]: row["sound"] or None for row in rows("sounds.tsv") if row["script"] == "bengali"}
)
_GLIDES = re.compile("য়ে|ইয়ে|ইএ|ায়ে|াই")
_LATIN = {row["letter"]: row["sound"] for row in rows("sounds.tsv") if row["script"] == "latin"}
_LATIN_SOUND = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_FIRST_VOWEL = re.compile("[ক-হড়ঢ়য়](?:্[ক-হয়])*([ািুেো])")
_VOWEL_SIGNS = re.compile("[ািুেোঅআইউএও\u09cd]")


class Name(NamedTuple):
    """A name at tokens first..last-1, its title not included; `text` without the case ending of its last word."""

    first: int
    last: int
    kind: NameKind
    text: str
    titles: tuple[str, ...]


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    entries = [(row["name"], row["letter"]) for row in rows("letters.tsv")]
    return tuple(sorted(entries, key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=65536)
def spelled_letters(word: str) -> str:
    """The Latin letters that a Bengali abbreviation spells (কেসিএনএ → kcna), or nothing."""
    found = []
    at = 0
    while at < len(word):
        for name, letter in _letters():
            if word.startswith(name, at):
                found.append(letter)
                at += len(name)
                break
        else:
            return ""
    return "".join(found) if len(found) > 1 else ""


@lru_cache(maxsize=65536)
def name_key(word: str) -> str:
    """One key for the spellings of one word of a name, in either script. Not readable, not unique: for comparing only.

    Vowels, which vary most, are left out but for the first, of which only the class counts (হাসান is not হোসেন);
    consonants that sound alike are one.
    """
    if word.isascii():
        lowered = word.lower()
        if word.isupper() and 1 < len(word) < 7:
            return "=" + lowered
        word = _LATIN_SOUND.sub(lambda m: _LATIN[m.group()], lowered)
    else:
        letters = spelled_letters(word)
        if letters:
            return "=" + letters
    folded = _GLIDES.sub("ে", word).translate(_SAME_SOUND)
    head = "অ" if folded[:1] in "অআইউএওািুেো" else ""
    first = _FIRST_VOWEL.match(folded)
    if first is not None:
        head += "a" if first.group(1) in "া" else "i" if first.group(1) in "িে" else "u"
    consonants = _VOWEL_SIGNS.sub("", folded).replace("য়", "").replace("ট", "ত").replace("ভ", "ব").replace("ফ", "প")
    consonants = re.sub(r"(.)\1", r"\1", consonants.replace("ড", "দ").replace("ঝ", "জ"))
    return head + consonants


@cache
def _plain_names() -> dict[str, str]:
    """Inflected forms of the words of names, each with its plain form."""
    forms: dict[str, str] = {}
    for row in rows("given_names.tsv"):
        for form, ending in inflections(row["word"], classifiers=False):
            if ending.case != "locative":  # কর is a name, করে is none
                forms.setdefault(form, row["word"])
    for row in rows("given_names.tsv"):
        forms[row["word"]] = row["word"]
    return forms


_PLAIN_NAME = Remembered(lambda word: _plain_names().get(word))  # the forms are a million
_CASES = ("েরও", "ের", "কেও", "কে", "তে", "রা", "য়ের", "র", "ও", "ই")


def known_plain(word: str) -> str | None:
    """The plain form of a word that given_names.tsv has, in whatever case."""
    return _PLAIN_NAME[word]


def plain_name(word: str) -> str:
    """The last word of a name without its case ending, as far as that is safe."""
    known = known_plain(word)
    if known:
        return known
    if kind_of(word) == "bare":
        return (
            word[:-1] if len(word) > 4 and word[-1] in "ওই" and word[-2] not in "ািেোু" and word[:-1] in NAMES else word
        )
    for ending in _CASES:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


_BRACKETS = Beginning("(".__eq__)


def abbreviations(p: Passage, first: int, last: int) -> list[tuple[str, str]]:
    """Abbreviations introduced in brackets with what they stand for: (ডিআইএ, প্রতিরক্ষা গোয়েন্দা সংস্থা)."""
    words = p.words
    found: list[tuple[str, str]] = []
    for i in p.where(_BRACKETS, first + 1, last):
        close = next((k for k in range(i + 1, min(last, i + 5)) if words[k] == ")"), -1)
        if (
            close < 0
            or close - i > 3
            or not (spelled_letters(words[i + 1]) or words[i + 1].isupper() or len(words[i + 1]) < 7)
        ):
            continue
        short = p.slice(i + 1, close)
        j = i
        while j > first and i - j < 5 and kind_of(words[j - 1]) in ("bare", "genitive") and words[j - 1] not in TITLES:
            j -= 1
            if j - first > 2 and words[j - 1] == "ও" and i - j < len(spelled_letters(words[i + 1])):
                j -= 1  # শিক্ষাক্রম ও পাঠ্যপুস্তক বোর্ড
        if j == i:
            continue
        stem = words[i - 1] if words[i - 1] in ORGANISATIONS else _organisation(words[i - 1])
        if stem is None:
            if not spelled_letters(words[i + 1]) or i - j < 2:
                continue
            stem = plain_name(words[i - 1])
        found.append((short, " ".join([*words[j : i - 1], stem])))
    return found


@cache
def _organisation_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in rows("organisations.tsv"):
        word = row["word"].split()[-1]
        for form, _ in inflections(word, classifiers=False):
            forms.setdefault(form, word)
    return forms


def _organisation(word: str) -> str | None:
    return _organisation_forms().get(word)


def plain_organisation(word: str) -> str:
    """The last word of an organisation's name without its ending."""
    return _organisation_forms().get(word) or plain_name(word)
