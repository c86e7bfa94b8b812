"""The rules that find times, in the order in which they are tried, and the words that set each of them off.

A rule gets a `Scan` and a token, and gives the mentions that begin there and the token after them, or None.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..beginnings import Beginning
from ..mentions import TimeMention
from ..passage import Passage
from ..remembered import Remembered
from .anchors import Anchors
from .clock import CLOCK_WORDS, HOUR_ENDINGS, HOUR_WORDS
from .dates import DATE_WORDS, DAY_ENDINGS, NAMED_DAYS, RANGE_WORDS
from .eras import CENTURIES, DECADES, FISCAL, SEASONS
from .intervals import moment
from .lengths import bare_year, era, repetition, span, until_now
from .lexer import (
    APPROXIMATIONS,
    DAY_PARTS,
    ERAS,
    EVERY,
    MODIFIERS,
    MONTHS,
    NAMED_YEARS,
    NOW,
    PRAYERS,
    RELATIVE_DAYS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from .lists import day_list, weekday_list
from .numbers import NUMBER_WORDS, SCALES
from .repetitions import REPETITIONS
from .scan import Rule, Scan
from .spans import CONNECTORS, GLUED, SPAN_STARTS
from .years import DASHES, GENITIVES

RULES: tuple[tuple[str, Rule], ...] = (
    ("times.repetition", repetition),
    ("times.until_now", until_now),
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
    sets: tuple[tuple[Iterable[str], tuple[Rule, ...]], ...] = (
        (REPETITIONS.first_words() | EVERY.first_words(), (repetition,)),
        ({*DECADES, *CENTURIES}, (era,)),
        (NOW.first_words(), (until_now,)),
        (MODIFIERS.first_words(), (era, span, moment)),
        (NUMBER_WORDS, (span, moment)),
        (SPAN_STARTS | APPROXIMATIONS.first_words(), (span,)),
        (WEEKDAYS.first_words(), (weekday_list,)),
        (UNITS.first_words(), (repetition, span, moment)),
        (MONTHS.first_words() | WEEKDAYS.first_words() | RELATIVE_DAYS.first_words(), (moment,)),
        (DAY_PARTS.first_words() | PRAYERS.first_words() | ZONES.first_words() | CLOCK_WORDS, (moment,)),
        ({*NAMED_YEARS, *NAMED_DAYS, "কাল", "’", "‘", "'"}, (moment,)),
    )
    order = [rule for _, rule in RULES]
    masks: dict[str, int] = {}
    for words, rules in sets:
        mask = sum(1 << order.index(rule) for rule in rules)
        for word in words:
            masks[word] = masks.get(word, 0) | mask
    chosen = {mask: tuple(rule for k, rule in enumerate(order) if mask >> k & 1) for mask in set(masks.values())}
    return {word: chosen[mask] for word, mask in masks.items()}


DISPATCH = _dispatch()


def _rules_at(word: str) -> tuple[Rule, ...]:
    return DISPATCH.get(word, NUMBER_RULES if "0" <= word[0] <= "9" else ())


# Words that may be a time by themselves: আজ, জুলাইয়ে, দুদিন. Behind the others that set a rule off (এই, তিন, ৭, ’) a
# time goes on with one of _GOES_ON, or there is none.
_TABLES = (REPETITIONS, NOW, UNITS, MONTHS, WEEKDAYS, RELATIVE_DAYS, DAY_PARTS, PRAYERS, GLUED)
_ALONE = frozenset({*NAMED_YEARS, *HOUR_WORDS}.union(*(table.single for table in _TABLES)))
_GOES_ON = frozenset(
    {"টি", "টা", "শ", "তম", "সালের", "সনের", ":", ","}
    | {*DISPATCH, *SCALES, *HOUR_ENDINGS}
    | DASHES | CONNECTORS | RANGE_WORDS | DATE_WORDS | DAY_ENDINGS | GENITIVES
    | ERAS.first_words() | FISCAL.first_words() | SEASONS.first_words()
    | {word for table in (*_TABLES, MODIFIERS, ZONES, APPROXIMATIONS, EVERY) for word in table.second_words()}
)  # fmt: skip


def needs_more(word: str) -> bool:
    """Whether a word that sets a rule off is no time by itself; four digits may be a year."""
    return word.isdecimal() and len(word) != 4 if word[0].isdecimal() else word not in _ALONE


def may_go_on(word: str) -> bool:
    """Whether a word may stand second in a time."""
    return word[0].isdecimal() or word in _GOES_ON


_NEEDS_MORE = Remembered(needs_more)
_MAY_GO_ON = Remembered(may_go_on)
_RULES_AT = Remembered(_rules_at)
_BEGINS = Beginning(_rules_at)


def find(passage: Passage, anchors: Anchors) -> list[TimeMention]:
    """The times of a passage in text order, and the anchors moved on by them."""
    scan = Scan(passage, anchors)
    mentions: list[TimeMention] = []
    words = passage.words
    after = 0
    anchors.habit = False
    for i in passage.where(_BEGINS):
        if i < after or (_NEEDS_MORE[words[i]] and i + 1 < len(words) and not _MAY_GO_ON[words[i + 1]]):
            continue
        for rule in _RULES_AT[words[i]]:
            found = rule(scan, i)
            if found is not None:
                mentions += found[0]
                after = found[1]
                break
    return mentions
