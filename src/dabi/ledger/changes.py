"""What changed in the claims of a page from one version to the next: appeared, went, or silently corrected."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence

import msgspec

from .records import ChangeKind, ClaimRecord
from .words import words

# Two sentences are the same sentence, edited, when they share at least this part of their words (Jaccard).
_SAME_SENTENCE = 0.5
_MOST_PAIRS = 10_000

_HEDGES = {
    "about": "about ",
    "more_than": "more than ",
    "at_least": "at least ",
    "less_than": "less than ",
    "up_to": "up to ",
    "several": "several: ",
}
_COMPARED = ("value", "hedge", "unit", "counted", "event", "status", "source", "time")


Pair = tuple[ClaimRecord, ClaimRecord]


class Difference(msgspec.Struct, frozen=True):
    """One claim before and after; one side is missing where it appeared or went."""

    kind: ChangeKind
    before: ClaimRecord | None
    after: ClaimRecord | None
    fields: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """In words: "23 → 20", "23 → more than 23", "happened → denied"."""
        if self.before is None or self.after is None:
            claim = self.before or self.after
            assert claim is not None
            thing = claim.of or claim.counted or claim.event
            return f"{shown(claim)} ({thing})" if thing else shown(claim)
        parts = []
        for field in self.fields:
            if field in ("value", "hedge", "unit"):
                part = f"{shown(self.before)} → {shown(self.after)}"
            else:
                part = f"{_of(self.before, field) or '–'} → {_of(self.after, field) or '–'}"
            if part not in parts:
                parts.append(part)
        return "; ".join(parts)


def shown(claim: ClaimRecord) -> str:
    """A claim's value in words and international digits: "more than 12,000,000 BDT"."""
    unit = "%" if claim.unit == "%" else f" {claim.unit}" if claim.unit else ""
    low, high = claim.low, claim.high
    if low is not None and high is not None and low != high:
        figure = f"{low:,}–{high:,}"
    else:
        end = low if low is not None else high
        figure = "?" if end is None else f"{end:,}"
    return f"{_HEDGES.get(claim.hedge, '')}{figure}{unit}"


def differences(before: Sequence[ClaimRecord], after: Sequence[ClaimRecord]) -> list[Difference]:
    """Pair the claims of two versions: first those that are the same, then the same claim with another value.

    Each claim is used once; order of appearance decides between equals.
    """
    old = {claim.key: claim for claim in before}
    new = {claim.key: claim for claim in after}
    pairs = [*_equal(old, new, _everything), *_equal(old, new, _value_and_thing), *_alike(old, new)]
    found = [difference for a, b in sorted(pairs, key=_order) if (difference := _compared(a, b)) is not None]
    found += [Difference("went", a, None) for a in old.values()]
    found += [Difference("appeared", None, b) for b in new.values()]
    return found


def _order(pair: Pair) -> int:
    return pair[0].key


def _compared(a: ClaimRecord, b: ClaimRecord) -> Difference | None:
    fields = tuple(field for field in _COMPARED if _of(a, field) != _of(b, field))
    return Difference("changed", a, b, fields) if fields else None


def _of(claim: ClaimRecord, field: str) -> object:
    if field == "value":
        return claim.low, claim.high
    if field == "source":
        return claim.speaker or claim.source
    return getattr(claim, field)


def _everything(claim: ClaimRecord) -> Hashable:
    return tuple(_of(claim, field) for field in _COMPARED), claim.in_headline


def _value_and_thing(claim: ClaimRecord) -> Hashable:
    return claim.low, claim.high, claim.unit, claim.counted, claim.event, claim.in_headline


def _equal(
    old: dict[int, ClaimRecord], new: dict[int, ClaimRecord], key: Callable[[ClaimRecord], Hashable]
) -> list[Pair]:
    """Take pairs with equal keys out of both, in text order."""
    waiting: dict[Hashable, deque[ClaimRecord]] = {}
    for claim in old.values():
        waiting.setdefault(key(claim), deque()).append(claim)
    pairs = []
    for claim in list(new.values()):
        if candidates := waiting.get(key(claim)):
            pairs.append((candidates.popleft(), claim))
    return _taken(old, new, pairs)


def _alike(old: dict[int, ClaimRecord], new: dict[int, ClaimRecord]) -> list[Pair]:
    """Pairs of one kind and unit that count the same thing in the same place, or stand in a sentence that was edited.

    The best pairs first. Only for what is left over, and not for very many: after a rewrite nothing is the same.
    """
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    scored = []
    for i, a in enumerate(old.values()):
        for j, b in enumerate(new.values()):
            if (a.kind, a.unit, a.in_headline) != (b.kind, b.unit, b.in_headline):
                continue
            thing = a.counted is not None and (a.counted, a.event) == (b.counted, b.event)
            likeness = _likeness(a, b)
            if likeness >= _SAME_SENTENCE or (thing and a.places == b.places):
                scored.append((-likeness - thing, abs(i - j), i, a, b))
    pairs: list[Pair] = []
    used: set[int] = set()
    for *_, a, b in sorted(scored, key=lambda item: item[:3]):
        if a.key not in used and b.key not in used:
            used.update((a.key, b.key))
            pairs.append((a, b))
    return _taken(old, new, pairs)


def _taken(old: dict[int, ClaimRecord], new: dict[int, ClaimRecord], pairs: list[Pair]) -> list[Pair]:
    for a, b in pairs:
        del old[a.key], new[b.key]
    return pairs


def _likeness(a: ClaimRecord, b: ClaimRecord) -> float:
    first, second = set(words(a.sentence)), set(words(b.sentence))
    return len(first & second) / len(first | second) if first or second else 1.0
