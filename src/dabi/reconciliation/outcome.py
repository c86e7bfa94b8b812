"""All of reconciliation at once, for reports held in memory: stories, series with their relations and sums, echoes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from .relations import Relation, relations_of
from .series import Series, series_of
from .statement import Report, Statement
from .stories import NearCopies, is_echo, neighbours, stories_of
from .sums import Sum, sums_of


class Reconciled(msgspec.Struct, frozen=True):
    """A series with how its figures stand and the sums whose total is in it."""

    series: Series
    relations: tuple[Relation, ...]
    sums: tuple[Sum, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What a set of reports comes to."""

    stories: tuple[tuple[str, ...], ...]
    series: tuple[Reconciled, ...]
    near_copies: frozenset[tuple[str, str]]


def reconcile(reports: Sequence[Report]) -> Outcome:
    """Stories, series, relations and sums of a set of reports. The order in which they are given does not matter."""
    ordered = sorted(reports, key=lambda report: (report.published or "~", report.id))
    pairs = neighbours(ordered)
    copies = frozenset((min(a.id, b.id), max(a.id, b.id)) for a, b, _ in pairs if is_echo(a, b))
    sums: dict[tuple[str, int, int], list[Sum]] = {}
    for report in ordered:
        for made in sums_of(report):
            sums.setdefault(made.whole, []).append(made)
    copied = NearCopies(ordered)
    found = []
    for series in series_of(ordered, pairs):
        held = tuple(made for member in series.members for made in sums.get(member.key, ()))
        found.append(Reconciled(series, tuple(relations_of(series.members, copied)), held))
    return Outcome(tuple(stories_of(ordered, pairs)), tuple(found), copies)


def line_of(found: Reconciled) -> dict[str, Any]:
    """One series as a line of `dabi series --format jsonl`: figures as [article, start, end]."""
    return {
        "series": found.series.id,
        "members": [member_of(member) for member in found.series.members],
        "relations": [
            {"a": list(r.a), "b": list(r.b), "relation": r.relation, "rule": r.rule} for r in found.relations
        ],
        "sums": [
            {"whole": list(s.whole), "parts": [list(p) for p in s.parts], "adds_up": s.adds_up} for s in found.sums
        ],
    }


def member_of(member: Statement) -> dict[str, Any]:
    """A member of a series: where it stands in its report, or the id of a claim coded elsewhere."""
    if member.position == "coded":
        return {"claim": member.claim}
    return {"article": member.article, "start": member.start, "end": member.end}
