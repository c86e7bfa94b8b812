"""The endings of Bengali nouns and numerals: classifier, case, emphatic particle.

A form is stem + classifier (টি, গুলো, জন …) + case (কে, র, ে, তে …) + emphatic (ই, ও). `inflections`
generates the forms of a known word, so that recognisers look words up instead of cutting them; `base_form`
undoes endings of unknown words, carefully: it is used for naming what is counted, never for finding it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .lexicon import rows

_VOWEL_SIGNS = frozenset("ািীুূৃেৈোৌ")
_VOWELS = frozenset("অআইঈউঊঋএঐওঔ")


class Ending(NamedTuple):
    """What was added to a stem; each part may be empty. `case` is genitive, objective, locative, comitative or ''."""

    classifier: str
    case: str
    emphatic: str
    text: str


def _endings() -> tuple[list[tuple[str, str]], list[tuple[str, str, str]], list[str]]:
    classifiers, cases, emphatics = [("", "")], [("", "", "any")], [""]
    for row in rows("endings.tsv"):
        form, kind = row["form"], row["kind"]
        if kind == "classifier":
            classifiers.append((form, row["value"]))
        elif kind == "case":
            cases.append((form, row["value"], row["after"]))
        else:
            emphatics.append(form)
    return classifiers, cases, emphatics


CLASSIFIERS, CASES, EMPHATICS = _endings()
_OF_SUBJECTS = frozenset(form for form, value in CLASSIFIERS if value == "subjects")  # they take no case


def ends_in_vowel(word: str) -> bool:
    """Whether a word ends in a written vowel (শহরে yes, শহর no), nasal or not (নওগাঁ); য় counts as a consonant."""
    last = word[-2:-1] if word[-1:] == "ঁ" else word[-1:]
    return last in _VOWEL_SIGNS or last in _VOWELS


def genitive(word: str) -> str:
    """The plain genitive of a noun: ঢাকা → ঢাকার, চট্টগ্রাম → চট্টগ্রামের."""
    return word + ("র" if ends_in_vowel(word) else "ের")


def _fits(after: str, stem: str) -> bool:
    return after == "any" or (after == "vowel") == ends_in_vowel(stem)


def _suffixes(vowel: bool, classifiers: bool) -> tuple[tuple[str, Ending], ...]:
    """Every ending that a stem of one kind takes, the empty one first."""
    found: dict[str, Ending] = {}
    for classifier, _ in CLASSIFIERS if classifiers else CLASSIFIERS[:1]:
        stem_in_vowel = ends_in_vowel(classifier) if classifier else vowel
        for case, name, after in CASES:
            if case and classifier in _OF_SUBJECTS:
                continue
            if after == "any" or (after == "vowel") == stem_in_vowel:
                for emphatic in EMPHATICS:
                    text = classifier + case + emphatic
                    found.setdefault(text, Ending(classifier, name, emphatic, text))
    return tuple(found.items())


_SUFFIXES = {(v, c): _suffixes(v, c) for v in (True, False) for c in (True, False)}


def inflections(word: str, *, classifiers: bool = True) -> Iterator[tuple[str, Ending]]:
    """Every form of a word with its ending, the bare word first."""
    for suffix, ending in _SUFFIXES[ends_in_vowel(word), classifiers]:
        yield word + suffix, ending


_STRIPPABLE: tuple[tuple[str, str, str], ...] = tuple(
    sorted(
        {
            (classifier + case + emphatic, after if not classifier else "any", classifier)
            for classifier, _ in CLASSIFIERS
            for case, _, after in CASES
            for emphatic in EMPHATICS
            if classifier + case + emphatic
            and not (case and classifier in _OF_SUBJECTS)
            and _fits(after, classifier or "ক" + ("" if after != "vowel" else "া"))
        },
        key=lambda item: -len(item[0]),
    )
)
_BY_ENDING: dict[str, str] = {}
for _text, _after, _classifier in _STRIPPABLE:
    _BY_ENDING.setdefault(_text, "any" if _classifier else _after)
_LONGEST = max(map(len, _BY_ENDING))
# The roles of counted_words.tsv whose words stand there without endings.
_NOUNS = frozenset({"head", "measure", "adjective", "event", "container", "relational"})


def _whole_words() -> frozenset[str]:
    """Words of the tables as they are without endings: what looks like an ending there is none."""
    found = {row["word"] for row in rows("uninflected.tsv")}
    found |= {row["word"] for row in rows("counted_words.tsv") if _NOUNS.intersection(row["role"].split(","))}
    found |= {row["word"] for table in ("titles.tsv", "organisations.tsv") for row in rows(table)}
    found |= {name for row in rows("places.tsv") for name in (row["name"], *row["variants"].split(";"))}
    # কবির is a name, and the genitive of a noun
    found |= {row["word"] for row in rows("given_names.tsv") if row["word"][:-1] not in found}
    return frozenset(word for word in found if len(word) > 2 and " " not in word)


_WHOLE = _whole_words()
_STEM_ENDINGS = tuple(row["ending"] for row in rows("stem_endings.tsv"))


@lru_cache(maxsize=65536)
def base_form(word: str) -> str:
    """The word without classifier, case and emphatic endings, as far as that is safe.

    শিক্ষার্থীদের → শিক্ষার্থী, কনটেইনারে → কনটেইনার, টাকার → টাকা, ঢাকায় → ঢাকা. A stem keeps at least two letters that
    carry sound; words of the tables (সরকার, খবর, কমিটি …) and those that end as stems do (প্রত্যাহার, ফরিদপুর) stay
    whole.
    """
    if word in _WHOLE:
        return word
    lengths = range(min(_LONGEST, len(word) - 2), 0, -1)
    for length in lengths:
        if word[-length:] in _BY_ENDING and word[:-length] in _WHOLE:
            return word[:-length]
    if word.endswith(_STEM_ENDINGS):
        return word
    for length in lengths:
        after = _BY_ENDING.get(word[-length:])
        if after is None:
            continue
        stem = word[:-length]
        if len(stem) >= 2 and stem[-1] != "্" and _letters(stem) >= 2 and _fits(after, stem):
            if word[-length:] == "ই" and stem[-1] == "া":  # লড়াই, জুলাই: the ই is the word's own
                continue
            return stem
    return word


def _letters(stem: str) -> int:
    return sum("ক" <= c <= "হ" or c in "\u09dc\u09dd\u09df" or c in _VOWELS for c in stem)
