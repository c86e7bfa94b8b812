"""What a word can be in a noun phrase: what a source may hold and where it must stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from .lexicon import rows, words_of
from .remembered import Remembered
from .verbs import verb_forms
from .words import inflections

WordKind = Literal[
    "bare", "genitive", "locative", "objective", "plural_objective", "adjunct", "verb", "pronoun",
    "relative", "mark", "number", "determiner", "join", "plural",
]  # fmt: skip

ADJUNCTS = words_of("adjuncts.tsv")
INNER_ADJUNCTS = frozenset(row["word"] for row in rows("adjuncts.tsv") if row["inner"])
NOMINATIVES = words_of("nominatives.tsv")
RELATIVES = words_of("relatives.tsv")
_DA_STEMS = words_of("da_stems.tsv")
OCCASIONS = words_of("occasions.tsv")
GATHERINGS = frozenset({"মানববন্ধন", "সমাবেশ", "সভা", "বৈঠক", "সম্মেলন", "মিছিল", "কর্মসূচি", "অনুষ্ঠান", "সেমিনার"})
BEHALF = frozenset({"পক্ষ", "তরফ"})  # সমিতির পক্ষ থেকে
DETERMINERS = frozenset(
    {"এক", "একজন", "ওই", "এই", "এ", "সেই", "একাধিক", "কয়েকজন", "দুই", "দুজন", "আরেক", "আরেকজন", "কয়েক", "একটি"}
)
JOINS = frozenset({"ও", "এবং", "আর"})
PRONOUNS = {row["word"]: row for row in rows("pronouns.tsv")}
SUBJECT_PRONOUNS = frozenset(w for w, r in PRONOUNS.items() if not w.endswith("র"))
GENITIVE_PRONOUNS = frozenset(w for w in PRONOUNS if w.endswith("র"))


def _heads(table: str) -> frozenset[str]:
    """The words of a table with their plural and emphatic forms; the last word of longer entries."""
    forms: set[str] = set()
    for row in rows(table):
        word = row["word"].split()[-1]
        for form, ending in inflections(word, classifiers=False):
            if not ending.case:
                forms.add(form)
        for plural in ("রা", "েরা", "গণ", "বৃন্দ", "রাও", "েরাও", "টি", "টিও", "গুলো", "গুলোও", "গুলি"):
            forms.add(word + plural)
    return frozenset(forms)


TITLES = _heads("titles.tsv")
TITLE_PARTS = frozenset(row["word"] for row in rows("titles.tsv") if row["part"])
ORGANISATIONS = _heads("organisations.tsv")
NAMES = _heads("given_names.tsv")
COMMON_NAMES = frozenset(row["word"] for row in rows("given_names.tsv") if row["noun"])  # names that are words as well
NAME_FOLLOWS = frozenset(row["word"].split()[-1] for row in rows("organisations.tsv") if row["named"])
UNNAMED = words_of("unnamed.tsv")


def _cased(words: Iterable[str]) -> frozenset[str]:
    """Genitive, objective and locative forms: a title or organisation that goes on behind another (আদালত পুলিশের …)."""
    forms: set[str] = set()
    for word in words:
        forms.update(form for form, ending in inflections(word, classifiers=False) if ending.case)
        forms.update(word + plural for plural in ("দের", "েদের", "দেরকে"))
    return frozenset(forms)


CASED_HEADS = _cased(row["word"].split()[-1] for table in ("titles.tsv", "organisations.tsv") for row in rows(table))


def _long_bodies() -> dict[str, frozenset[str]]:
    """Names of bodies of two words: the first word, with every form of the second."""
    table: dict[str, set[str]] = {}
    for row in rows("organisations.tsv"):
        first, *rest = row["word"].split()
        if len(rest) == 1:
            table.setdefault(first, set()).update(form for form, _ in inflections(rest[0], classifiers=False))
    return {first: frozenset(forms) for first, forms in table.items()}


LONG_BODIES = _long_bodies()


def begins_body(words: list[str], i: int) -> bool:
    """Whether the name of a body of two words begins at token i, in whatever case: উত্তর কোরিয়ার."""
    after = LONG_BODIES.get(words[i])
    return after is not None and i + 1 < len(words) and words[i + 1] in after


CASED_ORGANISATIONS = _cased(row["word"].split()[-1] for row in rows("organisations.tsv"))
CASED_NAMES = frozenset(
    form
    for row in rows("given_names.tsv")
    for form, ending in inflections(row["word"], classifiers=False)
    if ending.case in ("genitive", "objective") and not ending.emphatic
)
_PLURALS = ("রা", "গণ", "বৃন্দ", "রাও", "রাই", "সীরা", "কারীরা")


@cache
def documents() -> frozenset[str]:
    """Locative, genitive and bare forms of document nouns: আবেদনে, প্রতিবেদনটিতে, বিবৃতি থেকে."""
    forms: set[str] = set()
    for row in rows("documents.tsv"):
        for form, ending in inflections(row["word"].split()[-1]):
            if ending.case in ("locative", "genitive", "") and ending.emphatic in ("", "ও"):
                forms.add(form)
    return frozenset(forms)


def _kind_of(word: str) -> WordKind:
    """The kind of a word by its form and the tables."""
    head = word[:1]
    if head < "\u0980":
        if head.isdigit():
            return "number"
        return "bare" if head.isalpha() else "mark"
    if head in "।॥" or head > "\u09ff":
        return "mark"
    if word in SUBJECT_PRONOUNS:
        return "pronoun"
    if word in JOINS:
        return "join"
    if word in DETERMINERS:
        return "determiner"
    if word in NOMINATIVES or word in NAMES or word in ORGANISATIONS:
        return "bare"
    if word in ADJUNCTS:
        return "adjunct"
    if word in RELATIVES:
        return "relative"
    if word in TITLES:
        return "plural" if word.endswith(("রা", "রাও", "গণ", "গুলো")) and len(word) > 4 else "bare"
    readings = verb_forms().get(word)
    if readings:
        if any(reading.tense == "participle" for reading in readings):
            return "locative"  # করে, বলে: "having done" far more often than "does"
        if any(reading.finite for reading in readings):
            return "verb"
        if readings[0].tense == "genitive":
            return "genitive"
        return "locative" if readings[0].tense in ("participle", "infinitive", "conditional") else "bare"
    if word[-1] == "র" and word[:-1] in ORGANISATIONS:
        return "genitive"  # বিআরটিএর, behind a letter's name
    return _by_ending(word)


kind_of: Callable[[str], WordKind] = Remembered(_kind_of).__getitem__  # some of the most asked for facts


_FINITE_ENDINGS = ("েছেন", "েছে", "েছিলেন", "েছিল", "চ্ছেন", "চ্ছে", "য়নি", "েননি", "েনি", "েছি")


def _by_ending(word: str) -> WordKind:
    if word.endswith(_FINITE_ENDINGS) and len(word) > 4:
        return "verb"
    stem = word[:-1] if word[-1] in "ইও" and len(word) > 3 and word[-2] not in "াি" else word
    if stem.endswith(("দেরকে", "দের")):
        return "genitive" if stem[:-2] in _DA_STEMS else "plural_objective"
    if stem.endswith("কে") and len(stem) > 3:
        return "objective"
    if stem.endswith(("ের", "য়ের")) and len(stem) > 3:
        return "genitive"
    if stem.endswith("র") and len(stem) > 2 and stem[-2] in "ািীুূোৌ":
        return "genitive"
    if stem.endswith(_PLURALS) and len(stem) > 4:
        return "plural"
    if stem.endswith("তে") and len(stem) > 3:
        return "locative"
    if stem.endswith("ে") and len(stem) > 2:
        return "locative"
    if (stem.endswith("ায়") and len(stem) > 2) or stem.endswith(("য়ে", "োয়")):
        return "locative"
    return "bare"
