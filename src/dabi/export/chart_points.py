"""What a chart of a series draws: one mark for each claim, where it lies, how its hedge is drawn, and its text.

Nothing is averaged and no bound is made into a value: an open end stays an arrow, a range a bar from end to end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from ..ledger.records import ClaimRecord
from ..ledger.results import Relation
from ..reconciliation.intervals import dimension
from ..reconciliation.origins import origin_words
from .chart_axes import DAY, noon
from .claim_words import claim_amount, claim_reported, claim_voice, leading
from .wording import Language, act_word, digits, word

Shape = Literal["point", "bar"]
Arrow = Literal["up", "down"]
Undrawn = Literal["undated", "unit", "valueless"]
Linker = Callable[[ClaimRecord], str | None]

MOST_SOURCES = 12  # told apart by colour and shape; further ones are drawn as one
_UP = frozenset(["more_than", "at_least", "several"])
_HOLLOW = frozenset(["about", "several"])


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One claim to draw. `low` and `high` are in the unit of the chart and equal except for a bar."""

    claim: int  # its key
    day: str
    at: datetime
    low: float
    high: float
    shape: Shape
    arrow: Arrow | None
    hollow: bool
    source: str
    echo: bool
    text: str
    link: str | None


class Conflict(msgspec.Struct, frozen=True):
    """A line between two points that conflict."""

    a: Point
    b: Point
    text: str


class Drawing(msgspec.Struct, frozen=True):
    """All there is to draw. `sources` are in the order of their colours and shapes; `undrawn` says what stayed out."""

    points: tuple[Point, ...]
    conflicts: tuple[Conflict, ...]
    sources: tuple[str, ...]
    kind: str
    unit: str | None
    undrawn: dict[Undrawn, tuple[int, ...]]


def drawing(
    claims: Iterable[ClaimRecord], relations: Iterable[Relation], language: Language, link: Linker | None
) -> Drawing:
    """What to draw of the claims of one series, in order of publication."""
    ordered = sorted(claims, key=lambda claim: (claim.published or "~", claim.key))
    by_key = {claim.key: claim for claim in ordered}
    held = [relation for relation in relations if relation.a in by_key and relation.b in by_key]
    kind, unit = _unit(ordered)
    names, others = _voices(ordered, language)
    echoes = _echoes(by_key, held)
    against: dict[int, list[int]] = defaultdict(list)
    for relation in held:
        if relation.relation == "conflicts":
            against[relation.a].append(relation.b)
            against[relation.b].append(relation.a)
    points: list[Point] = []
    undrawn: dict[Undrawn, list[int]] = defaultdict(list)
    for claim in ordered:
        placed = _placed(claim, kind, unit)
        if isinstance(placed, str):
            undrawn[placed].append(claim.key)
            continue
        at, low, high = placed
        points.append(
            Point(
                claim=claim.key,
                day=at.date().isoformat(),
                at=at,
                low=low,
                high=high,
                shape="point" if low == high else "bar",
                arrow=_arrow(claim),
                hollow=claim.hedge in _HOLLOW,
                source=names[claim.key],
                echo=claim.key in echoes,
                text=mark_text(claim, [by_key[key] for key in against[claim.key]], claim.key in echoes, language),
                link=link(claim) if link is not None else None,
            )
        )
    drawn = {point.claim: point for point in points}
    sources = dict.fromkeys(point.source for point in points)
    if others is not None and others in sources:
        del sources[others]
        sources[others] = None  # in the key behind those that have a name
    conflicts = [
        Conflict(drawn[r.a], drawn[r.b], _conflict_text(by_key[r.a], by_key[r.b], language))
        for r in held
        if r.relation == "conflicts" and r.a in drawn and r.b in drawn
    ]
    return Drawing(
        tuple(points),
        tuple(conflicts),
        tuple(sources),
        kind,
        unit,
        {reason: tuple(keys) for reason, keys in undrawn.items()},
    )


def _echoes(claims: dict[int, ClaimRecord], relations: Sequence[Relation]) -> set[int]:
    """The claims that only say again what another one says; of those in one report the one that leads is no echo."""
    echoes = {relation.b for relation in relations if relation.relation == "echo"}
    again: dict[int, list[ClaimRecord]] = defaultdict(list)
    for relation in relations:
        a, b = claims[relation.a], claims[relation.b]
        if relation.relation == "echo" and relation.a not in echoes and a.report == b.report:
            again[relation.a].append(b)
    for first, others in again.items():
        echoes.add(first)
        echoes.discard(leading([claims[first], *others]).key)
    return echoes


def mark_text(claim: ClaimRecord, against: Sequence[ClaimRecord], echo: bool, language: Language) -> str:
    """What a mark says to those who do not see it: when, how much, whose word, in which outlet, how it stands."""
    voice = claim_voice(claim, language)
    parts = [f"{claim_reported(claim, language)}: {claim_amount(claim, language)}", voice]
    if claim.act is not None and claim.act != "state":
        parts[-1] += f" ({act_word(claim.act, claim.source_type, language)})"
    if claim.outlet and claim.outlet != voice:
        parts.append(claim.outlet)
    if claim.status != "happened":
        parts.append(word(f"status.{claim.status}", language))
    if echo:
        parts.append(word("chart.echo", language))
    parts += [_conflicting(other, language) for other in against]
    return " · ".join(parts)


def _conflicting(other: ClaimRecord, language: Language) -> str:
    return word(
        "chart.conflicts_with",
        language,
        n=claim_amount(other, language),
        name=claim_voice(other, language),
        x=claim_reported(other, language),
    )


def _conflict_text(a: ClaimRecord, b: ClaimRecord, language: Language) -> str:
    one, other = (f"{claim_amount(c, language)} ({claim_voice(c, language)})" for c in (a, b))
    return word("chart.conflict_between", language, low=one, high=other)


def _unit(claims: Sequence[ClaimRecord]) -> tuple[str, str | None]:
    """The kind and unit that most of the claims have; of equals the first."""
    counted = Counter((claim.kind, claim.unit) for claim in claims if claim.low is not None or claim.high is not None)
    return max(counted, key=lambda pair: counted[pair]) if counted else ("count", None)


def _placed(claim: ClaimRecord, kind: str, unit: str | None) -> tuple[datetime, float, float] | Undrawn:
    """Where a claim lies, in the unit of the chart, or why it lies nowhere."""
    at = _moment(claim)
    if at is None:
        return "undated"
    low = claim.low if claim.low is not None else claim.high
    high = claim.high if claim.high is not None else claim.low
    if low is None or high is None:
        return "valueless"
    measured, factor = dimension(claim.kind, claim.unit)
    wanted, of_chart = dimension(kind, unit)
    if measured != wanted:
        return "unit"
    scale = factor / of_chart
    return at, float(low) * scale, float(high) * scale


def _moment(claim: ClaimRecord) -> datetime | None:
    """When the claim was published: to the minute where that is known, else noon."""
    if not claim.day:
        return None
    try:
        day = date.fromisoformat(claim.day)
    except ValueError:
        return None
    clock = (claim.published or "").partition("T")[2][:5]
    if len(clock) == 5 and clock[:2].isdigit() and clock[3:].isdigit():
        minutes = int(clock[:2]) * 60 + int(clock[3:])
        if minutes < DAY / timedelta(minutes=1):
            return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    return noon(day)


def _arrow(claim: ClaimRecord) -> Arrow | None:
    if claim.low is not None and claim.high is None and claim.hedge in _UP:
        return "up"
    return "down" if claim.low is None and claim.high is not None else None


def _voices(claims: Sequence[ClaimRecord], language: Language) -> tuple[dict[int, str], str | None]:
    """The name under which each claim's source is drawn, one for one origin however it is written; and which of these
    names stands for all further sources, if there are too many."""
    first: dict[object, str] = {}
    named: dict[int, str] = {}
    for claim in claims:
        voice = claim_voice(claim, language)
        own = claim.source is None and claim.speaker is None
        key = voice if own else origin_words(claim.speaker or claim.source) or voice
        named[claim.key] = first.setdefault(key, voice)
    counted = Counter(named.values())
    if len(counted) <= MOST_SOURCES:
        return named, None
    kept = {name for name, _ in counted.most_common(MOST_SOURCES - 1)}
    others = word("chart.others", language, n=digits(str(len(counted) - len(kept)), language))
    return {key: name if name in kept else others for key, name in named.items()}, others
