"""The forms of the verbs that make cues, generated once from verbs.tsv and paradigms.tsv."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .lexicon import rows

FINITE = frozenset({"present", "progressive", "perfect", "pluperfect", "past", "future", "habitual"})


class VerbForm(NamedTuple):
    """One form of one verb. `person` is 1, 3, 3h (honorific) or empty."""

    verb: str
    tense: str
    person: str

    @property
    def finite(self) -> bool:
        return self.tense in FINITE


def _forms_of(verb: dict[str, str]) -> list[tuple[str, VerbForm]]:
    found = []
    for row in rows("paradigms.tsv"):
        if row["class"] not in ("*", verb["class"]):
            continue
        stems = verb["nouns"].split("/") if row["stem"] == "nouns" else [verb.get(row["stem"], "")]
        for stem in stems:
            found.append((stem + row["ending"], VerbForm(verb["verb"], row["tense"], row["person"])))
    return found


@cache
def verb_forms(verbs: str = "verbs.tsv") -> dict[str, tuple[VerbForm, ...]]:
    """Every generated form of a table's verbs with what it can be; one spelling may belong to several verbs."""
    table: dict[str, tuple[VerbForm, ...]] = {}
    for verb in rows(verbs):
        for form, reading in _forms_of(verb):
            table[form] = (*table.get(form, ()), reading)
    return table


def readings_of(word: str) -> tuple[VerbForm, ...]:
    """What a word can be as a form of a verb, of those that make cues or of the others of the news."""
    return (*verb_forms().get(word, ()), *verb_forms("common_verbs.tsv").get(word, ()))


def is_finite(word: str) -> bool:
    """Whether a word is a finite form of a verb."""
    return any(reading.finite for reading in readings_of(word))


def is_conditional(word: str) -> bool:
    """Whether a word is a conditional form of a verb: দিলে, শোধ করলে."""
    return any(reading.tense == "conditional" for reading in readings_of(word))
