"""Sources as people look at them: who says what, and what was said against it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict

import msgspec

from ..ledger import ClaimRecord, Ledger, Query
from ..ledger.overview import Voice, claims_page, newest_reading, voices
from ..ledger.search import Position

_REMEMBERED = 2000  # voices of one list; pages behind them are asked for each time
_LISTS = 8
# Seconds. In PostgreSQL a reading may come to light after one with a later number.
_FRESH = 30.0


class Voices:
    """Who says most, counted over all claims. That takes a while in a large ledger, so it is counted again only when
    something was added. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lists: OrderedDict[str | None, tuple[int, float, list[Voice]]] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, *, since: str | None, after: int, limit: int) -> list[Voice]:
        """As `ledger.overview.voices`."""
        if after + limit > _REMEMBERED:
            return voices(self._ledger, since=since, after=after, limit=limit)
        with self._lock:  # others wait for the one that counts
            newest, now = newest_reading(self._ledger), time.monotonic()
            known = self._lists.pop(since, None)
            if known is None or known[0] != newest or now - known[1] > _FRESH:
                known = (newest, now, voices(self._ledger, since=since, after=0, limit=_REMEMBERED))
            self._lists[since] = known
            if len(self._lists) > _LISTS:
                self._lists.popitem(last=False)
        return known[2][after : after + limit]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a source and the claims of others that conflict with it."""

    claim: ClaimRecord
    series: str | None
    against: tuple[ClaimRecord, ...] = ()


def said_by(
    ledger: Ledger, name: str, *, after: Position | None = None, limit: int
) -> tuple[list[Said], Position | None]:
    """The claims of a source, the newest first, from a position on; and the position of the next page."""
    claims, following = claims_page(ledger, Query(source=name), after=after, limit=limit)
    held = ledger.results.series(claims=[claim.key for claim in claims]) if claims else []
    series_of = {claim: series.id for series in held for claim in series.claims}
    against: dict[int, set[int]] = defaultdict(set)
    own = {claim.key for claim in claims}
    for relation in ledger.results.relations([series.id for series in held]) if held else []:
        if relation.relation == "conflicts":
            for one, other in ((relation.a, relation.b), (relation.b, relation.a)):
                if one in own and other not in own:
                    against[one].add(other)
    others = {key for keys in against.values() for key in keys}
    records = {claim.key: claim for claim in ledger.claims(keys=others)} if others else {}
    said = [
        Said(
            claim=claim,
            series=series_of.get(claim.key),
            against=_distinct([records[key] for key in sorted(against.get(claim.key, ())) if key in records]),
        )
        for claim in claims
    ]
    return said, following


def _distinct(claims: list[ClaimRecord]) -> tuple[ClaimRecord, ...]:
    """One of those in which a report says the same of the same source: a headline repeats its text."""
    told = {(c.report, c.low, c.high, c.hedge, c.speaker or c.source): c for c in reversed(claims)}
    return tuple(reversed(told.values()))
