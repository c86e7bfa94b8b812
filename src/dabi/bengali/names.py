"""Names of people and organisations: where they stand, their plain form, and a key under which spellings meet.

A person is found by a title before the name, or by two words of which one is known from given_names.tsv; an
abbreviation in brackets stands for the organisation before it. `name_key` folds what newspapers spell in several ways
(ইসরাইল/ইসরায়েল, কিয়েভ/কিইভ, কেসিএনএ/KCNA) and is used for comparing only.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from .beginnings import Beginning
from .lexicon import rows, words_of
from .passage import Passage
from .phrases import (
    CASED_HEADS,
    COMMON_NAMES,
    LONG_BODIES,
    NAMES,
    ORGANISATIONS,
    PRONOUNS,
    TITLES,
    UNNAMED,
    begins_body,
    kind_of,
)
from .places import find_place
from .remembered import Remembered
from .sentences import ABBREVIATIONS
from .verbs import is_finite
from .words import inflections

NameKind = Literal["person", "organisation"]

_PLACE_NOUNS = words_of("uninflected.tsv")
_LONGEST_NAME = 6  # words of a personal name
_PREFIXES = frozenset(
    {"মো", "মোঃ", "মোহাম্মদ", "মুহাম্মদ", "ড", "ডা", "মোসা", "মোছা", "অ্যাড"}
    | {"আ", "এ", "এম", "এস", "কে", "জে", "আর", "বি", "এইচ"}
)
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
        for form, _ in inflections(row["word"], classifiers=False):
            forms.setdefault(form, row["word"])
    for row in rows("given_names.tsv"):
        forms[row["word"]] = row["word"]
    return forms


_PLAIN_NAME = Remembered(lambda word: _plain_names().get(word))  # the forms are a million
_CASES = ("েরও", "ের", "কেও", "কে", "তে", "রা", "য়ের", "র", "ও", "ই")


def plain_name(word: str) -> str:
    """The last word of a name without its case ending, as far as that is safe."""
    known = _PLAIN_NAME[word]
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


def people(p: Passage, first: int, last: int) -> list[Name]:
    """The people named in a stretch of tokens, in order."""
    words = p.words
    found: list[Name] = []
    free = first
    for i in p.where(_BEGINS, first, last):
        if i < free:
            continue
        word = words[i]
        if begins_body(words, i):
            free = i + 2  # নিউইয়র্ক টাইমস
            continue
        if word == "জন" and (i == first or words[i - 1] not in TITLES) and (i + 1 >= last or words[i + 1] not in NAMES):
            continue  # ৭০ জন সদস্য: the classifier
        if word in TITLES or word in NAMES or (word in ABBREVIATIONS and word in _PREFIXES):
            if word in NAMES and i > first and (not found or found[-1].last < i) and _unknown(words[i - 1]):
                name = _person_at(p, i - 1, last)  # আমেনা বেগম: the first name is not in the table
            else:
                name = _person_at(p, i, last)
            if name is not None:
                found.append(name)
                free = name.last
    return found


def _unknown(word: str) -> bool:
    return (
        kind_of(word) == "bare"
        and len(word) > 2
        and word not in TITLES
        and word not in ORGANISATIONS
        and word not in NAMES
        and word not in _NOT_IN_NAMES
        and word not in UNNAMED
        and not find_place(word)
        and not spelled_letters(word)
        and not is_finite(word)  # দেশে ফেরেন হালিমা বেগম
    )


_STARTS = TITLES | NAMES | (ABBREVIATIONS & _PREFIXES) | LONG_BODIES.keys()  # only at these words a name is looked for
_BEGINS = Beginning(_STARTS.__contains__)
_BRACKETS = Beginning("(".__eq__)
_NOT_IN_NAMES = frozenset(row["word"] for row in rows("not_in_names.tsv"))
_NAMED_AFTER = frozenset(row["word"] for row in rows("not_in_names.tsv") if row["thing"])


def _person_at(p: Passage, i: int, last: int) -> Name | None:
    words = p.words
    titles: list[str] = []
    while (
        i < last
        and words[i] in TITLES
        and words[i] not in _PREFIXES
        and (words[i] not in NAMES or (words[i] in COMMON_NAMES and i + 2 < last and words[i + 2] in NAMES))
    ):
        titles.append(words[i])
        i += 1
        if i < last and words[i] == "(":
            close = next((k for k in range(i, min(last, i + 6)) if words[k] == ")"), -1)
            if close < 0:
                return None
            titles.extend(words[i + 1 : close])
            i = close + 1
        elif i + 1 < last and words[i] == "ও" and words[i + 1] in TITLES:
            i += 1
    start = j = i
    known = common = unknown = 0
    while j < last and j - start < _LONGEST_NAME:
        word = words[j]
        if word == "." and j > start and (words[j - 1] in ABBREVIATIONS or len(words[j - 1]) <= 2):
            j += 1
            continue
        if word in _NOT_IN_NAMES or (j > start and spelled_letters(word) and words[j - 1] not in _PREFIXES):
            break
        if word in NAMES or (word in _PREFIXES and _begins_name(words, j, last)):
            known += word in NAMES
            common += word in COMMON_NAMES
            j += 1
            if word.endswith("ও") and word not in NAMES:
                break
        elif _PLAIN_NAME[word]:
            known += 1
            j += 1
            break
        elif (
            kind_of(word) == "bare"
            and word not in TITLES
            and word not in ORGANISATIONS
            and not word.endswith(("টি", "গুলো"))
        ):
            if (not titles and known == 0 and j > start) or unknown >= 2 or (known and j - start > 1):
                break
            if known and j + 1 < last and kind_of(words[j + 1]) in ("bare", "join"):
                break  # পুতিন প্রতিরক্ষা ও …: another noun, no surname
            unknown += 1
            j += 1
            if word.endswith("ও") and len(word) > 4:
                break  # emphatic: the name ends
            if not titles and known and j < last and words[j] not in NAMES and not _PLAIN_NAME[words[j]]:
                break
        elif titles and j == start and _foreign(word) and j + 1 < last and kind_of(words[j + 1]) == "bare":
            unknown += 1
            j += 1  # ভলোদিমির, আলেকজান্ডার: a first name that looks like a genitive
        elif (
            titles
            and j > start
            and kind_of(word) in ("genitive", "objective")
            and known == 0
            and j - start < 3
            and plain_name(word) not in _PLACE_NOUNS
            and word not in CASED_HEADS
        ):
            j += 1
            break
        else:
            break
    while j > start and words[j - 1] == ".":
        j -= 1
    if j <= start or (j - start < 2 and not (titles and known)) or (not titles and known == 0):
        return None  # one unknown word behind a title may be anything
    if not titles and (j < last and words[j] in _NAMED_AFTER):
        return None  # হালিমা মঞ্জিল, মনির কনস্ট্রাকশন
    if not titles and known == common and (j - start < 2 or (start > 0 and words[start - 1] in PRONOUNS) or unknown):
        return None  # তাঁর সরকার: words that are names only beside others
    text = " ".join([p.slice(start, j - 1), plain_name(words[j - 1])]) if j - start > 1 else plain_name(words[start])
    return Name(start, j, "person", text.strip().replace(" .", "."), tuple(titles))


def _begins_name(words: list[str], i: int, last: int) -> bool:
    """Whether মো, এ, কে … is an initial or short first name here and not a word of its own."""
    after = words[i + 1] if i + 1 < last else ""
    return (
        len(words[i]) > 4
        or after == "."
        or after in NAMES
        or (after in _PREFIXES and i + 2 < last and words[i + 2] in NAMES | {"."})
    )


def _foreign(word: str) -> bool:
    return kind_of(word) == "genitive" and not word.endswith("ের") and word not in CASED_HEADS and len(word) > 4


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
