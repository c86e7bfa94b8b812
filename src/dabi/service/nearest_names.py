"""The names in a list that are most like one that is not in it: spelt otherwise, in another script, or only begun."""

from __future__ import annotations

from collections.abc import Iterable

from ..bengali.names import name_key
from ..ledger.voices import Voice
from ..ledger.words import words
from ..reconciliation.names import name_likeness, word_likeness

_ALIKE = 0.65
_BEGUN = 0.9  # of a name one of whose words begins so
_LONGEST = 200  # letters looked at: the names of people and bodies are shorter


def nearest_names(name: str, known: Iterable[Voice], *, most: int = 8) -> list[Voice]:
    """The voices whose names are most like a name, the likest first; of equal ones who says most."""
    name = name[:_LONGEST]
    scored = [(_likeness(name, voice.name), voice) for voice in known]
    near = [(score, voice) for score, voice in scored if score >= _ALIKE]
    return [voice for _, voice in sorted(near, key=lambda one: (-one[0], -one[1].articles, one[1].name))[:most]]


def _likeness(asked: str, name: str) -> float:
    one, other = words(asked), words(name)
    if not one or not other:
        return 0.0
    if _key(one) == _key(other):
        return 1.0
    begun = " ".join(one)
    if len(begun) > 1 and any(" ".join(other[at:]).startswith(begun) for at in range(len(other))):
        return _BEGUN
    return max(name_likeness(asked, name) or 0.0, word_likeness("".join(one), "".join(other)))


def _key(name: list[str]) -> str:
    """One key for a name, whether its words stand apart or as one: কোস্ট গার্ড, কোস্টগার্ড."""
    return name_key("".join(name))
