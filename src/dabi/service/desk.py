"""The desk: what runs, what moved, what conflicts and what was silently corrected since a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from ..ledger import Change, ClaimRecord, Ledger
from ..ledger.overview import Head, Step, corrections, newest_day, newest_heads, running, steps
from ..ledger.results import Finding
from .findings import claims_of, findings_between
from .labels import labels
from .series import order
from .stories import StoryLine, story_lines

# Days before the newest article that the desk looks back unless a day is chosen: the first in which there is a story
# that more than one report tells.
WINDOWS = (7, 30, 365)
STORIES = 24
LISTED = 12  # movements, conflicts and corrections each
NEWEST = 8


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """Two figures of one series of which the later stands against the earlier one. `odd`: what does not fit between
    them, more than that they differ."""

    series: str
    label: str | None
    before: ClaimRecord
    after: ClaimRecord
    superseded: bool
    odd: Finding | None = None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that a page gave differently in a later version, without a word about it."""

    change: Change
    before: ClaimRecord | None
    after: ClaimRecord | None


class DeskView(msgspec.Struct, frozen=True, kw_only=True):
    since: str | None
    articles: int
    claims: int
    stories: tuple[StoryLine, ...]
    moved: tuple[Movement, ...]
    conflicts: tuple[Movement, ...]
    corrected: tuple[Correction, ...]
    newest: tuple[Head, ...]


def desk(ledger: Ledger, *, since: str | None = None) -> DeskView:
    """What there is to see since a day (YYYY-MM-DD); without one, lately as `WINDOWS` says."""
    start, running_now = since, _running(ledger, since) if since else []
    for days in WINDOWS if since is None else ():
        start = _before(newest_day(ledger), days)
        running_now = _running(ledger, start)
        if any(line.reports > 1 for line in running_now):
            break
    counts = ledger.counts()
    return DeskView(
        since=start,
        articles=counts["pages"],
        claims=counts["claims"],
        stories=tuple(running_now),
        moved=tuple(movements(ledger, "moved", since=start, limit=LISTED)),
        conflicts=tuple(movements(ledger, "conflicts", since=start, limit=LISTED)),
        corrected=tuple(corrected(ledger, since=since, limit=LISTED)),
        newest=tuple(newest_heads(ledger, NEWEST)),
    )


def _running(ledger: Ledger, since: str | None) -> list[StoryLine]:
    ids = running(ledger, since=since, limit=STORIES)
    held = {story.id: story for story in ledger.results.stories(ids)} if ids else {}
    return story_lines(ledger, [held[id] for id in ids if id in held])


def _before(newest: str | None, days: int) -> str | None:
    if newest is None:
        return None
    try:
        return (date.fromisoformat(newest) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None


def movements(ledger: Ledger, label: Literal["moved", "conflicts"], *, since: str | None, limit: int) -> list[Movement]:
    """Of each series the newest pair of figures in this relation, between two reports, the newest first."""
    kept = _last_of_each(steps(ledger, label, since=since, most=4 * limit))
    keys = {key for step in kept for key in (step.a, step.b)}
    claims = {claim.key: claim for claim in ledger.claims(keys=keys)} if keys else {}
    best: dict[str, Movement] = {}
    called = labels(ledger)
    names = {s.id: s.label for s in ledger.results.series({step.series for step in kept})} if kept else {}
    for step in kept:
        if step.a not in claims or step.b not in claims:
            continue
        before, after = sorted((claims[step.a], claims[step.b]), key=order)
        if before.article == after.article or not (before.latest and after.latest):
            continue
        if since is not None and (after.day or "") < since:
            continue
        if label == "moved" and _leaves_open(before, after):
            continue
        made = Movement(
            series=step.series,
            label=called.get(step.series, names.get(step.series)),
            before=before,
            after=after,
            superseded=step.superseded,
        )
        known = best.get(step.series)
        if known is None or _newer(made) > _newer(known):
            best[step.series] = made
    found = sorted(best.values(), key=_newer, reverse=True)[:limit]
    between = findings_between(ledger, [made.series for made in found])
    held = claims_of(ledger, between)
    # A pair of numbers is told once, and may be that of other sentences of the two reports.
    odd = {_pair(one.detail["series"], *(held[key] for key in one.claims)): one for one in between}
    return [msgspec.structs.replace(m, odd=odd.get(_pair(m.series, m.before, m.after))) for m in found]


def _leaves_open(before: ClaimRecord, after: ClaimRecord) -> bool:
    """Whether a later bound only says less than the figure before: "more than 100" after "more than 120" is no fall."""
    if after.low is None or after.high is not None or before.low is None:
        return False
    return (after.kind, after.unit) == (before.kind, before.unit) and after.low <= before.low


def _pair(series: str, *claims: ClaimRecord) -> tuple[str, frozenset[tuple[float | None, float | None]]]:
    return series, frozenset((claim.low, claim.high) for claim in claims)


def _newer(made: Movement) -> tuple[tuple[str, str, int], tuple[str, str, int]]:
    return order(made.after), order(made.before)


def _last_of_each(found: Sequence[Step], each: int = 12) -> list[Step]:
    """Of each series the pairs whose later claim was added last."""
    by_series: dict[str, list[Step]] = {}
    for step in found:
        by_series.setdefault(step.series, []).append(step)
    return [
        step
        for steps_of in by_series.values()
        for step in sorted(steps_of, key=lambda s: (max(s.a, s.b), min(s.a, s.b)), reverse=True)[:each]
    ]


def corrected(ledger: Ledger, *, since: str | None, limit: int) -> list[Correction]:
    """Figures that pages changed between two versions, the newest first."""
    found = [c for c in corrections(ledger, since=since, limit=8 * limit) if c.kind == "changed"][:limit]
    keys = {key for change in found for key in (change.before, change.after) if key is not None}
    claims = {claim.key: claim for claim in ledger.claims(keys=keys)} if keys else {}
    return [Correction(change=c, before=claims.get(c.before or -1), after=claims.get(c.after or -1)) for c in found]
