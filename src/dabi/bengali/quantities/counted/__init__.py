"""What is counted: the noun phrase behind a figure, or named before it.

`find` gives folded offsets. The phrase is the shortest that says what is counted, case ending included; None when it is
only understood. `RULES` is the order in which the rules are asked; each is a short function named for what it reads:

    persons   of ages, and of numbers of persons
    behind    the noun phrase or the event that follows
    before    the noun phrase or the event that stands before, also across a verb
    elsewhere names shared along a list, left over from an earlier figure, or resumed by a pronoun
"""

from __future__ import annotations

from collections.abc import Callable

from ...mentions import Extent
from ..draft import Draft
from . import before, behind, elsewhere, persons
from .figures import Figures, Tokens
from .phrases import phrase
from .word_classes import AMOUNT_VERBS, EVENTS, HEADS, SIZES, STOPS

__all__ = ["AMOUNT_VERBS", "EVENTS", "HEADS", "RULES", "STOPS", "Figures", "find", "phrase"]

Rule = Callable[[Figures, Draft], Tokens | None]

RULES: tuple[Rule, ...] = (
    persons.already_named,
    persons.of_an_age,
    before.whole_of_a_share,
    persons.one_of_several,
    persons.befallen,
    persons.died_before,
    persons.participle_before,
    persons.reached_by_the_verb,
    elsewhere.of_those,
    before.locative_figure,
    before.price_of,
    elsewhere.price_again,
    before.amount,
    before.definite,
    before.adjacent_measure,
    persons.behind_them,
    behind.measured_noun,
    behind.noun,
    elsewhere.said_of_the_next,
    elsewhere.shared_in_a_list,
    before.adjacent,
    before.whole_of_a_measure,
    before.paid_in,
    before.across,
    behind.event,
    elsewhere.left_over,
    elsewhere.resumed,
    before.amount_across,
    before.for_each,
)


def find(f: Figures, draft: Draft) -> Extent | None:
    """The folded offsets of what a draft counts."""
    tokens = next((found for rule in RULES if (found := rule(f, draft)) is not None), None)
    if tokens is not None:
        tokens = _up_to_a_time(f, tokens)
    draft.counted = tokens
    if tokens is None:
        return None
    p = f.p
    start, end = p.starts[tokens[0]], p.ends[tokens[1] - 1]
    last = p.words[tokens[1] - 1]
    for suffix in SIZES:
        if last.endswith(suffix) and len(last) > len(suffix):
            end -= len(suffix)
    return start, end


def _up_to_a_time(f: Figures, tokens: Tokens) -> Tokens:
    """১২ লাখের সংযোগ | সন্ধ্যার মধ্যে: a time is no part of the name."""
    first, last = tokens
    return first, next((k for k in range(first + 1, last) if k in f.time_ends), last)
