"""What a word can be in a noun phrase that names the counted.

Closed classes (verbs, adverbs, postpositions, pronouns, conjunctions, participles) and the best known of the open ones
stand in tables; whatever else is written in letters is a noun.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from ...lexicon import rows, words_of
from ...numerals import FORMS, is_digits
from ...verbs import VerbForm, verb_forms
from ...words import base_form, inflections
from .. import units

WordClass = Literal["noun", "adjective", "descriptor", "event", "adverb", "stop", "verb", "number", "unit", "mark"]
Case = Literal["", "definite", "genitive", "objective", "locative", "with"]


def _role(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("counted_words.tsv") if role in row["role"].split(","))


def _inflected(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(form for stem in stems for form, _ in inflections(stem))


def _ending(role: str) -> tuple[str, ...]:
    return tuple(sorted(_role(role)))


STOPS = _role("stop")
HEADS = _role("head")
ADJECTIVES = _role("adjective")
PAIRS: dict[str, frozenset[str]] = {}  # heads of two words (মোবাইল ফোন): the first, with the second in all its forms
for _first, _second in (head.split() for head in HEADS if head.count(" ") == 1):
    PAIRS[_first] = PAIRS.get(_first, frozenset()) | _inflected(frozenset({_second}))
PLACES = frozenset(row["name"] for row in rows("places.tsv")) - HEADS
DESCRIPTORS = _role("descriptor")
MEASURES = _role("measure")
EVENT_NAMES = _role("event")
EVENTS = _inflected(EVENT_NAMES)
SKIPPED = _role("skip")
ADVERBS = _role("adverb")
FILLERS = _role("filler") | frozenset("-–—:")
RELATIONAL = _role("relational")
EXTREMES = _role("extreme")
CONTAINERS = _role("container")
DIMENSIONS = _role("dimension")
AMOUNTS = _inflected(_role("amount"))
INDEFINITE = frozenset(("একটি", "এক", "একজন"))
POSTPOSITIONS = _role("postposition")
_PERSONS = _role("person")
_PERSON_ENDINGS = _ending("person_ending")
_TITLES = frozenset(row["word"] for row in rows("titles.tsv") if " " not in row["word"])
_ADJECTIVE_ENDINGS = _ending("adjective_ending")
SIZES = ("বিশিষ্ট",)  # ২৫০ শয্যাবিশিষ্ট
NAME_STOPS = words_of("name_stops.tsv")
_BARE = (
    words_of("uninflected.tsv")
    | frozenset(w for w in words_of("nominatives.tsv") if not w.endswith("ে"))
    | HEADS
    | ADJECTIVES
    | MEASURES
    | EVENT_NAMES
)
_KNOWN_NOUNS = HEADS | MEASURES | EVENT_NAMES

# Present forms of the plain third person (কাটে, চলে) are left out: they are written like locatives.
_VERB_TENSES = frozenset(
    [
        "progressive",
        "perfect",
        "pluperfect",
        "past",
        "future",
        "habitual",
        "participle",
        "conditional",
        "infinitive",
        "genitive",
        "noun",
    ]
)

_PAST = frozenset(("progressive", "perfect", "pluperfect", "past", "habitual"))  # first persons that are no nouns


def _is_verb_only(reading: VerbForm) -> bool:
    if reading.person == "1":
        return reading.tense in _PAST
    return reading.tense in _VERB_TENSES or reading.person == "3h"


def _verbs() -> frozenset[str]:
    tables = (verb_forms(), verb_forms("common_verbs.tsv"))
    found = {form for table in tables for form, readings in table.items() if any(map(_is_verb_only, readings))}
    return frozenset(found) - _KNOWN_NOUNS - DESCRIPTORS - ADJECTIVES


VERBS = _verbs()
_VERB_ENDINGS = ("ছেন", "ছিল", "ছিলেন", "লেন", "বেন", "চ্ছে", "য়েছে", "েছে", "চ্ছেন", "তেন", "ছিলাম", "ানো", "ানোর")
_LIGHT = ("করা", "হওয়া", "দেওয়া", "পাওয়া", "নেওয়া", "যাওয়া", "থাকা", "আনা", "রাখা")


def _of_verbs(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f for f, readings in verb_forms().items() if any(r.verb in names for r in readings))


LIGHT_VERBS = _of_verbs(_LIGHT) | _role("light")  # what makes a verb of the noun before: তলব করা, বৃদ্ধি পাওয়া


def _marked(column: str) -> frozenset[str]:
    names = {row["verb"] for row in rows("common_verbs.tsv") if row[column]}
    forms = (verb_forms("common_verbs.tsv"), verb_forms())
    found = ((f, r) for table in forms for f, readings in table.items() for r in readings)
    return frozenset(f for f, r in found if r.verb in names and r.finite and r.person == "3")


AMOUNT_VERBS = _marked("amount") | _role("amount_verb")
TRADE_VERBS = _marked("trade")


def bengali(word: str) -> bool:
    return "ঀ" <= word[0] <= "\u09e3" or word[0] in "ৰৱ"


def wordlike(word: str) -> bool:
    return bengali(word) or (word[0].isascii() and word[0].isalpha())


def is_number(word: str) -> bool:
    form = FORMS[word]
    return is_digits(word) or (form is not None and form.role not in ("word", "denominator"))


def is_verb(word: str) -> bool:
    return word in VERBS or (len(word) > 4 and word.endswith(_VERB_ENDINGS) and word not in _KNOWN_NOUNS)


@lru_cache(200_000)
def class_of(word: str) -> WordClass:
    """The class of a word by the tables and its form; remembered per word."""
    if not wordlike(word):
        return "number" if is_digits(word) else "mark"
    if word in STOPS:
        return "stop"
    if word in EVENTS:
        return "event"
    if word in ADVERBS or word in SKIPPED or word.endswith("ভাবে"):
        return "adverb"
    if is_verb(word):
        return "verb"
    if is_number(word):
        return "number"
    if word in units.MEASURE_FORMS:
        return "unit"
    if word in DESCRIPTORS:
        return "descriptor"
    if word in ADJECTIVES or (word.endswith(_ADJECTIVE_ENDINGS) and word not in HEADS):
        return "adjective"
    return "noun"


@lru_cache(200_000)
def case_of(word: str) -> Case:
    """The case of a noun by its ending, "definite" where it only has a classifier; remembered per word."""
    if word in _BARE or word.endswith("ীয়"):
        return ""
    if word.endswith("সহ"):
        return "with"
    base = base_form(word)
    if base == word:
        return ""
    ending = word[len(base) :]
    if len(ending) > 1 and ending[-1] in "ইও":
        ending = ending[:-1]
    if ending.endswith("র"):
        return "genitive"
    if ending.endswith(("কে", "রে")):
        return "objective"
    if ending.endswith(("ে", "তে", "য়", "এ")):
        return "locative"
    return "definite"


def inflected(word: str) -> bool:
    """Whether a word bears an ending, which ends a noun phrase."""
    return case_of(word) != ""


def is_person(word: str) -> bool:
    """Whether a word, in any case, names a human being."""
    base = word if word in _PERSONS else base_form(word)
    return base in _PERSONS or base in _TITLES or base.endswith(_PERSON_ENDINGS)
