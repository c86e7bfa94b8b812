"""What a claim may be judged against: others of its series, other series of its story, what a search finds."""

from __future__ import annotations

import msgspec

from ..ledger import ClaimRecord, Ledger, Query
from ..ledger.overview import claims_page
from ..ledger.results import Series
from .judging import claims_by_id
from .series import SeriesLine, order, series_lines
from .stories import carried_series

_MOST = 40


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """`held`: the series that the claim is in. `inside`: others of that series; `left`: how many more it has. `series`:
    others of its story, those most like it first."""

    held: SeriesLine | None = None
    inside: tuple[ClaimRecord, ...] = ()
    left: int = 0
    series: tuple[SeriesLine, ...] = ()


def beside(ledger: Ledger, claim: ClaimRecord) -> Beside:
    """What stands beside a claim."""
    own, held = _held(ledger, claim)
    keys = {key for series in own for key in series.claims} - {claim.key}
    inside = sorted(ledger.claims(keys=keys), key=order) if keys else []
    return Beside(
        held=held,
        inside=tuple(inside[:_MOST]),
        left=max(len(inside) - _MOST, 0),
        series=tuple(_neighbours(ledger, claim, {series.id for series in own})),
    )


def _held(ledger: Ledger, claim: ClaimRecord) -> tuple[list[Series], SeriesLine | None]:
    own = ledger.results.series(claims=[claim.key])
    return own, series_lines(ledger, own)[0] if own else None


def _neighbours(ledger: Ledger, claim: ClaimRecord, own: set[str]) -> list[SeriesLine]:
    stories = ledger.results.stories(reports=[claim.report])
    held = [series for series in carried_series(ledger, stories) if series.id not in own]
    lines = [line for line in series_lines(ledger, held) if line.newest is not None]
    return sorted(
        lines, key=lambda line: (line.event != claim.event, line.unit != claim.unit, -line.tally.reports, line.id)
    )


def beside_series(ledger: Ledger, line: SeriesLine) -> list[SeriesLine]:
    """Other series of the story of a series, those most like it first."""
    return _neighbours(ledger, line.newest, {line.id}) if line.newest is not None else []


def held_by(ledger: Ledger, claim: ClaimRecord) -> SeriesLine | None:
    """The series that a claim is in."""
    return _held(ledger, claim)[1]


def claims_found(ledger: Ledger, words: str) -> list[ClaimRecord]:
    """Claims of these words, or of this id."""
    if not words.strip():
        return []
    called = claims_by_id(ledger, [words.strip()])
    return list(called.values()) or claims_page(ledger, Query(words=words), after=None, limit=_MOST)[0]
