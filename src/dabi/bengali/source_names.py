"""Sources as a list names them: what speaks stands in the nominative.

A sentence puts the paper or gathering that says something into the locative (এক প্রতিবেদনে বলা হয়), and a body before
পক্ষ থেকে. The span of a source stays as written; where a source is shown by name, it is shown without.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .lexicon import words_of
from .names import plain_organisation
from .phrases import BEHALF, GATHERINGS, OCCASIONS, ORGANISATIONS, PRONOUNS, TITLES
from .script import fold_text
from .words import inflections

_FROM = frozenset({"থেকে", "হতে"})
_PLACES = frozenset({"এতে", "তাতে", "যাতে", "সেখানে", "যেখানে"})  # stand for a paper and are listed as they stand


@cache
def _nominatives() -> dict[str, str]:
    """Locative forms of the nouns for papers and gatherings, each with its nominative; a classifier stays."""
    papers = [word.split()[-1] for word in words_of("documents.tsv")]
    nouns = [word for word in papers if word not in _PLACES and word not in OCCASIONS]  # of a few both forms are listed
    return {
        form: noun + ending.classifier
        for noun in (*nouns, *GATHERINGS)
        for form, ending in inflections(noun)
        if ending.case == "locative"
    }


_GENITIVES = ("ের", "\u09dfের", "\u09af\u09bcের", "র")
_SPEAK = ORGANISATIONS | TITLES | {"সূত্র"}


def _without_genitive(word: str) -> str:
    """মেয়রের, সূত্রের, বিআরটিএর: an office, a body or a source that says something by its genitive (…-র ভাষ্য)."""
    stems = (word.removesuffix(ending) for ending in _GENITIVES if word.endswith(ending))
    return next((stem for stem in stems if fold_text(stem) in _SPEAK), word)


@lru_cache(maxsize=8192)
def source_name(source: str) -> str:
    """The name of a source given as written; as it is where its last word says nothing of its case.

    স্বাস্থ্য বিভাগের এক প্রতিবেদনে → স্বাস্থ্য বিভাগের এক প্রতিবেদন, সমিতির পক্ষ থেকে → সমিতি, প্রেস উইং থেকে → প্রেস উইং.
    """
    words = source.split()
    if len(words) > 1 and words[-1] in _FROM:
        words.pop()
        if len(words) > 1 and fold_text(words[-1]) in BEHALF:
            words.pop()
            words[-1] = plain_organisation(fold_text(words[-1]))
    elif words:
        words[-1] = _nominatives().get(fold_text(words[-1])) or _without_genitive(words[-1])
    return " ".join(words)


def points_back(source: str) -> bool:
    """Whether a source is but a word for somebody or something named before, and names nobody: তিনি, এতে."""
    word = fold_text(source)
    return word in PRONOUNS or word in _PLACES
