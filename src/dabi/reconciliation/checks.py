"""What does not fit inside one report: headline against body, total against parts, per cent against counts, slips of
scale, a running total that falls.

Each finding names the figures it is about and says in words what is the matter; nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from ..extraction import MOST_COMPARED
from .features import Rarity, comparable
from .intervals import interval, meet, middle, same_value
from .slips import slip_between
from .statement import Report, Statement
from .sums import Sum, sums_of
from .vocabulary import only_grows

Kind = Literal[
    "headline_hedge",
    "headline_number",
    "parts_exceed",
    "parts_short",
    "percent_off",
    "percent_sum",
    "scale_slip",
    "fell",
]
Key = tuple[str, int, int]

_ALIKE = 0.35  # likeness of clauses from which two figures are taken to count the same for a check
_PERCENT = 1.0  # percentage points by which rounding may be off
_WHOLE = 1.5  # percentage points by which rounded shares may miss a hundred
_OPEN = frozenset(["more_than", "at_least", "less_than", "up_to", "about", "several"])


class Finding(msgspec.Struct, frozen=True):
    """Something that does not fit: its kind, the report, the figures, and a sentence in English."""

    kind: Kind
    report: str
    figures: tuple[Key, ...]
    what: str
    rule: str


def check(report: Report) -> list[Finding]:
    """All findings inside one report, in the order of the text."""
    rarity = Rarity((report,))
    sums = sums_of(report)
    found = [
        *_headline(report, rarity),
        *_parts(report, sums),
        *_shares(report, sums),
        *_hundred(report),
        *_scale(report, rarity),
        *falls(report.statements, report.id),
    ]
    return sorted(set(found), key=lambda finding: (finding.figures[0][1], finding.kind, finding.figures))


def shown(statement: Statement) -> str:
    """A figure as the report writes it."""
    if statement.text:
        return statement.text
    low, high = statement.low, statement.high
    return f"{low if low is not None else ''}–{high if high is not None else ''}" if low != high else f"{low}"


def alike(a: Statement, b: Statement, rarity: Rarity) -> bool:
    """Whether two comparable figures plainly count the same thing, whatever their numbers."""
    one, other = a.clues, b.clues
    if not comparable(a, b) or set(one.groups) != set(other.groups) or one.outside != other.outside:
        return False
    if one.happening != other.happening or ("part" in one.markers) != ("part" in other.markers):
        return False
    if ("new" in one.markers) != ("new" in other.markers) or (one.window == "day") != (other.window == "day"):
        return False
    if one.places and other.places and not set(one.places) & set(other.places):
        return False
    if one.things and other.things and not set(one.things) & set(other.things):
        return False
    return rarity.likeness(one.near, other.near) >= _ALIKE or (
        one.happening is not None and bool(set(one.things) & set(other.things))
    )


def _headline(report: Report, rarity: Rarity) -> Iterator[Finding]:
    """The headline says more than the body, or another number."""
    body = [s for s in report.statements if s.position == "body"]
    for head in report.statements:
        if head.position != "headline" or head.kind == "age":
            continue
        same = [s for s in body if comparable(head, s) and same_value(head, s)]
        hedged = [s for s in same if s.hedge in _OPEN]
        if head.hedge == "exact" and hedged and len(hedged) == len(same):
            yield Finding(
                "headline_hedge", report.id, (head.key, hedged[0].key),
                f"the headline says {shown(head)}, the body {shown(hedged[0])}", "checks.headline_hedge",
            )  # fmt: skip
        met = [s for s in body if comparable(head, s) and meet(interval(head), interval(s))]
        if same or any(alike(head, s, rarity) for s in met):
            continue
        others = [s for s in body if alike(head, s, rarity)]
        if others:
            yield Finding(
                "headline_number", report.id, (head.key, others[0].key),
                f"the headline says {shown(head)}, the body {shown(others[0])}", "checks.headline_number",
            )  # fmt: skip


def _parts(report: Report, sums: Iterable[Sum]) -> Iterator[Finding]:
    """Parts that are more than their whole, or a list of parts that does not reach it."""
    by_key = {s.key: s for s in report.statements}
    for made in sums:
        whole, parts = by_key[made.whole], [by_key[key] for key in made.parts]
        if made.adds_up or len(parts) < 2:
            continue
        total = sum(middle(p) or 0.0 for p in parts)
        wanted = middle(whole) or 0.0
        kind: Kind = "parts_exceed" if total > wanted else "parts_short"
        listed = " + ".join(map(shown, parts))
        yield Finding(
            kind, report.id, (whole.key, *made.parts),
            f"the parts {listed} make {total:,.10g}, the total is {shown(whole)}", "checks.parts",
        )  # fmt: skip


def _shares(report: Report, sums: Iterable[Sum]) -> Iterator[Finding]:
    """A part, its whole and a share in one sentence that do not fit together."""
    by_key = {s.key: s for s in report.statements}
    for made in sums:
        whole = by_key[made.whole]
        for key in made.parts:
            part = by_key[key]
            shares = [s for s in report.statements if s.kind == "percent" and s.sentence == part.sentence]
            numbers = [s for s in report.statements if s.kind == part.kind and s.sentence == part.sentence]
            if len(shares) != 1 or len(numbers) > 2:
                continue
            one, other, share = middle(part), middle(whole), middle(shares[0])
            if not one or not other or share is None:
                continue
            true = 100 * one / other
            if abs(true - share) > max(_PERCENT, 0.05 * share) and not meet(interval(shares[0]), (true - 1, true + 1)):
                yield Finding(
                    "percent_off", report.id, (shares[0].key, part.key, whole.key),
                    f"{shown(part)} of {shown(whole)} is {true:.1f} %, not {shown(shares[0])}", "checks.percent_off",
                )  # fmt: skip


def _hundred(report: Report) -> Iterator[Finding]:
    """Shares of men and women, or of three groups and more, in one sentence that miss a hundred."""
    by_sentence: dict[int, list[Statement]] = {}
    for statement in report.statements:
        if statement.kind == "percent" and statement.hedge == "exact" and statement.clues.groups:
            by_sentence.setdefault(statement.sentence, []).append(statement)
    for shares in by_sentence.values():
        groups = {group for s in shares for group in s.clues.groups}
        total = sum(middle(s) or 0.0 for s in shares)
        if {"men", "women"} <= groups and len(shares) == 2 and abs(total - 100) > _WHOLE:
            yield Finding(
                "percent_sum", report.id, tuple(s.key for s in shares),
                f"the shares {' + '.join(map(shown, shares))} make {total:,.10g} %", "checks.percent_sum",
            )  # fmt: skip


def _scale(report: Report, rarity: Rarity) -> Iterator[Finding]:
    """The same figure twice, once with a wrong scale word."""
    compared = report.statements[:MOST_COMPARED]
    for i, one in enumerate(compared):
        for other in compared[i + 1 :]:
            if one.sentence != other.sentence and comparable(one, other):
                factor = slip_between(one, other)
                if factor is not None and alike(one, other, rarity):
                    yield Finding(
                        "scale_slip", report.id, (one.key, other.key),
                        f"{shown(one)} and {shown(other)} differ by a factor of {factor}", "checks.scale_slip",
                    )  # fmt: skip


def falls(members: Sequence[Statement], report: str) -> Iterator[Finding]:
    """A running total that is lower for a later day, by one origin or in one report."""
    running = [
        s
        for s in members
        if s.asof is not None
        and s.clues.happening is not None
        and only_grows(s.clues.happening)
        and {"total", "rise"} & set(s.clues.markers)
        and "part" not in s.clues.markers
    ]
    running.sort(key=lambda s: (s.asof or 0, s.start))
    for i, later in enumerate(running):
        for earlier in running[:i]:
            if (earlier.asof or 0) >= (later.asof or 0) or not comparable(earlier, later):
                continue
            one, other = earlier.clues, later.clues
            same = (one.happening, one.groups, one.places, one.window) == (
                other.happening, other.groups, other.places, other.window,
            )  # fmt: skip
            before, after = middle(earlier), middle(later)
            if (
                same
                and before is not None
                and after is not None
                and after < before
                and not meet(interval(earlier), interval(later))
            ):
                yield Finding(
                    "fell", report, (earlier.key, later.key),
                    f"{shown(later)} for a later day than {shown(earlier)}", "checks.fell",
                )  # fmt: skip
