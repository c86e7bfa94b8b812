"""Sources as people look at them: who says what, and what was said against it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict

import msgspec

from ..ledger import ClaimRecord, Ledger, LedgerMissing
from ..ledger.overview import newest_reading
from ..ledger.search import Position
from ..ledger.voices import Heard, Voice, claims_by, listed_name, voices, voices_around

_REMEMBERED = 2000  # voices of one list; pages behind them are asked for each time
_LISTS = 8
# Seconds. In PostgreSQL a reading may come to light after one with a later number.
_FRESH = 30.0
_AROUND = 12  # others in whose names a name stands: so many with claims
_NEWEST = 40  # of all these claims


class Voices:
    """Who says most, counted over all claims. That takes a while in a large ledger, so it is counted again only when
    something was added. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lists: OrderedDict[str | None, tuple[int, float, Heard]] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, *, since: str | None, after: int, limit: int) -> list[Voice]:
        """Who says most in articles of these days, from place `after` on."""
        if after + limit > _REMEMBERED:
            return list(voices(self._ledger, since=since).listed[after : after + limit])
        return list(self._heard(since).listed[after : after + limit])

    def most(self) -> tuple[Voice, ...]:
        """Those who say most of all."""
        return self._heard(None).listed

    def unresolved(self, *, since: str | None) -> int:
        """How many claims have a source that a word only points back to."""
        return self._heard(since).unresolved

    def _heard(self, since: str | None) -> Heard:
        with self._lock:  # others wait for the one that counts
            newest, now = newest_reading(self._ledger), time.monotonic()
            known = self._lists.pop(since, None)
            if known is None or known[0] != newest or now - known[1] > _FRESH:
                heard = voices(self._ledger, since=since)
                known = (newest, now, msgspec.structs.replace(heard, listed=heard.listed[:_REMEMBERED]))
            self._lists[since] = known
            if len(self._lists) > _LISTS:
                self._lists.popitem(last=False)
        return known[2]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who says something; `others`: those in whose names this name stands."""

    voice: Voice
    others: tuple[Voice, ...] = ()


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a source and the claims of others that conflict with it."""

    claim: ClaimRecord
    series: str | None
    against: tuple[ClaimRecord, ...] = ()


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """One in whose name another name stands, with the newest claims."""

    voice: Voice
    claims: tuple[ClaimRecord, ...]


def source_called(ledger: Ledger, name: str) -> Source:
    """The source of this name. Raises LedgerMissing when nobody of just this name says anything."""
    voice, others = voices_around(ledger, name)
    if voice is None:
        raise LedgerMissing(f"nobody of the name {name}")
    return Source(voice=voice, others=tuple(others))


def claims_of(
    ledger: Ledger, source: Source, *, after: Position | None = None, limit: int
) -> tuple[list[ClaimRecord], Position | None]:
    """The claims of a source, the newest first, from a position on; and the position of the next page."""
    return claims_by(ledger, source.voice.name, [source.voice], after=after, limit=limit)


def around(ledger: Ledger, source: Source) -> list[Around]:
    """Those in whose names the name of a source stands, with what they said last."""
    chosen = source.others[:_AROUND]
    found, _ = claims_by(ledger, source.voice.name, chosen, limit=_NEWEST) if chosen else ([], None)
    by_name: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in found:
        by_name[listed_name(claim.speaker or claim.source or "")].append(claim)
    return [Around(voice=voice, claims=tuple(by_name[voice.name][:2])) for voice in chosen]


def said_by(
    ledger: Ledger, source: Source, *, after: Position | None = None, limit: int
) -> tuple[list[Said], Position | None]:
    """As `claims_of`, each with its series and what was said against it."""
    claims, following = claims_of(ledger, source, after=after, limit=limit)
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
