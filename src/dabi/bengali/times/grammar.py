"""The rules that find times, in the order in which they are tried, and the words that set each of them off.

A rule gets a `Scan` and a token, and gives the mentions that begin there and the token after them, or None.
"""

from __future__ import annotations

from ..mentions import TimeMention
from ..passage import Passage
from .anchors import Anchors
from .clock import CLOCK_WORDS
from .eras import CENTURIES, DECADES
from .intervals import moment
from .lengths import bare_year, era, repetition, span
from .lexer import (
    APPROXIMATIONS,
    DAY_PARTS,
    EVERY,
    MODIFIERS,
    MONTHS,
    NAMED_YEARS,
    PRAYERS,
    RELATIVE_DAYS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from .lists import day_list, weekday_list
from .numbers import NUMBER_WORDS
from .repetitions import REPETITIONS
from .scan import Rule, Scan
from .spans import GLUED, SPAN_STARTS

RULES: tuple[tuple[str, Rule], ...] = (
    ("times.repetition", repetition),
    ("times.era", era),
    ("times.list", day_list),
    ("times.weekday_list", weekday_list),
    ("times.span", span),
    ("times.moment", moment),
    ("times.bare_year", bare_year),
)


NUMBER_RULES: tuple[Rule, ...] = (era, day_list, span, moment, bare_year)


def _dispatch() -> dict[str, tuple[Rule, ...]]:
    """Which rules a token sets off, in the order of RULES."""
    wanted: dict[str, set[Rule]] = {}

    def add(words: set[str] | frozenset[str], *rules: Rule) -> None:
        for word in words:
            wanted.setdefault(word, set()).update(rules)

    add(REPETITIONS.first_words() | EVERY.first_words(), repetition)
    add(frozenset({*DECADES, *CENTURIES}), era)
    add(MODIFIERS.first_words(), era, span, moment)
    add(frozenset(NUMBER_WORDS), span, moment)
    add(SPAN_STARTS | APPROXIMATIONS.first_words() | frozenset({"দীর্ঘ", "টানা", *GLUED.single}), span)
    add(WEEKDAYS.first_words(), weekday_list)
    add(UNITS.first_words(), repetition, span, moment)
    add(
        MONTHS.first_words() | WEEKDAYS.first_words() | RELATIVE_DAYS.first_words() | DAY_PARTS.first_words()
        | PRAYERS.first_words() | ZONES.first_words() | CLOCK_WORDS | {"’", "‘", "'"}
        | {"কাল", *NAMED_YEARS}
        | {"পয়লা", "পহেলা", "দোসরা", "তেসরা", "চৌঠা", "একুশে", "বাইশে", "পঁচিশে", "সাতই", "ছাব্বিশে"},
        moment,
    )  # fmt: skip
    order = [rule for _, rule in RULES]
    return {word: tuple(rule for rule in order if rule in rules) for word, rules in wanted.items()}


DISPATCH = _dispatch()


def find(passage: Passage, anchors: Anchors) -> list[TimeMention]:
    """The times of a passage in text order, and the anchors moved on by them."""
    scan = Scan(passage, anchors)
    mentions: list[TimeMention] = []
    words = passage.words
    dispatch = DISPATCH
    after = 0
    anchors.habit = False
    for i in [k for k, word in enumerate(words) if word in dispatch or "0" <= word[0] <= "9"]:
        if i < after:
            continue
        for rule in dispatch.get(words[i], NUMBER_RULES):
            found = rule(scan, i)
            if found is not None:
                mentions += found[0]
                after = found[1]
                break
    return mentions
