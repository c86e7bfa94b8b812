"""Series: the figures that count the same thing, joined from the links between them.

Links join the best first, and two groups are joined only while the links between them speak for it on average: one
strong link does not pull two long series into one. The result depends on the set of figures only, not on the order in
which they came.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from .features import Link, Rarity, Wording, figures_of, link
from .statement import Report, Statement, order
from .stories import TELLING, other_event

Key = tuple[str, int, int]


class Series(msgspec.Struct, frozen=True):
    """Figures of one thing, in canonical order, with the links that hold them."""

    members: tuple[Statement, ...]
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> str:
        """Named after its first figure: report and place in it."""
        first = self.members[0]
        return first.claim or f"{first.article}:{first.start}-{first.end}"


class Prepared:
    """A report made ready for comparing its figures with those of many others."""

    __slots__ = ("report", "figures", "wording")

    def __init__(self, report: Report) -> None:
        self.report = report
        self.figures = figures_of(report)
        self.wording = Wording(report)


def links_between(a: Report, b: Report, like: float) -> list[Link]:
    """The links between the figures of two reports, or within one report if both are the same."""
    one = Prepared(a)
    return links_of(one, one if a.id == b.id else Prepared(b), like)


def links_of(a: Prepared, b: Prepared, like: float) -> list[Link]:
    """The same for reports that are prepared."""
    inside = a.report.id == b.report.id
    rarity = Rarity.of((a.wording,) if inside else (a.wording, b.wording))
    mine, theirs = a.figures, b.figures
    apart = not inside and other_event(a.report, b.report)
    found: list[Link] = []
    for i, one in enumerate(mine):
        for other in mine[i + 1 :] if inside else theirs:
            if apart and (one.middle != other.middle or one.digits < TELLING):
                continue  # reports of different events: only a telling number can be told in both
            made = link(one, other, like, rarity, apart)
            if made is not None:
                found.append(made)
    return found


def join(statements: Iterable[Statement], links: Iterable[Link]) -> list[Series]:
    """The series of a set of figures; a figure that nothing joins is a series of its own."""
    by_key = {statement.key: statement for statement in statements}
    group: dict[Key, int] = {}
    members: dict[int, list[Key]] = {}
    for number, statement in enumerate(sorted(by_key.values(), key=order)):
        group[statement.key] = number
        members[number] = [statement.key]
    between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    known = [made for made in links if made.a in group and made.b in group]
    heap: list[tuple[float, int, int]] = []
    for made in known:
        one, other = group[made.a], group[made.b]
        between[one][other] = between[other][one] = (made.score, 1)
        _push(heap, between, one, other)
    while heap:
        mean, one, other = heapq.heappop(heap)
        current = between.get(one, {}).get(other)
        if current is None or -current[0] / current[1] != mean:
            continue
        _merge(one, other, members, between, heap)
    for number, keys in members.items():
        for key in keys:
            group[key] = number
    held: dict[int, list[Link]] = defaultdict(list)
    for made in known:
        if group[made.a] == group[made.b] and made.score > 0:
            held[group[made.a]].append(made)
    return [
        Series(
            tuple(sorted((by_key[key] for key in keys), key=order)),
            tuple(sorted(held[number], key=lambda made: (made.a, made.b))),
        )
        for number, keys in sorted(members.items())
    ]


def _merge(
    one: int,
    other: int,
    members: dict[int, list[Key]],
    between: dict[int, dict[int, tuple[float, int]]],
    heap: list[tuple[float, int, int]],
) -> None:
    """Join group `other` into group `one`; one < other."""
    members[one] += members.pop(other)
    for third, (score, count) in between.pop(other).items():
        del between[third][other]
        if third == one:
            continue
        before = between[one].get(third, (0.0, 0))
        total = (before[0] + score, before[1] + count)
        between[one][third] = between[third][one] = total
    for third in between[one]:
        _push(heap, between, one, third)


def _push(
    heap: list[tuple[float, int, int]], between: dict[int, dict[int, tuple[float, int]]], one: int, other: int
) -> None:
    """Put two groups on the heap by the mean of their links, if it speaks for joining them."""
    score, count = between[one][other]
    if score > 0:
        heapq.heappush(heap, (-score / count, min(one, other), max(one, other)))


def components(links: Iterable[Link]) -> list[set[Key]]:
    """The figures that links speaking for a series hold together, directly or through others.

    No series reaches over two components, so each may be joined on its own.
    """
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for made in links:
        if made.score > 0:
            one, other = sorted((root(made.a), root(made.b)))
            parent[other] = one
    found: dict[Key, set[Key]] = defaultdict(set)
    for key in parent:
        found[root(key)].add(key)
    return [found[key] for key in sorted(found)]


def series_of(reports: Sequence[Report], pairs: Sequence[tuple[Report, Report, float]]) -> list[Series]:
    """The series of a set of reports, given the pairs of reports worth comparing (`stories.neighbours`)."""
    prepared = {report.id: Prepared(report) for report in reports}
    found: list[Link] = []
    for report in prepared.values():
        found += links_of(report, report, 1.0)
    for a, b, like in pairs:
        found += links_of(prepared[a.id], prepared[b.id], like)
    return join((statement for report in reports for statement in report.statements), found)
