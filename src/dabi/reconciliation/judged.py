"""What people have said of figures: their word makes two series one, or keeps two figures apart.

Who says of two figures that they count the same thing says it of their series: these become one as wholes. Only where
that would bring figures together that somebody has split do the two figures alone go together, and the others with
whichever the links speak for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .features import Link
from .series import Key, Series, join
from .statement import Statement, order

JUDGED = 1e6  # what a person's word weighs, for a link or against it: more than all features together


def judged(a: Statement, b: Statement, *, together: bool) -> Link:
    """The link of two figures of which a person has said that they count the same thing, or that they do not."""
    first, second = sorted((a.key, b.key))
    score = JUDGED if together else -JUDGED
    return Link(first, second, score, (("judged", score),))


def join_as_told(statements: Sequence[Statement], links: Iterable[Link], told: Iterable[Link]) -> list[Series]:
    """The series of a set of figures, with what people have said of them; of one pair the last word counts."""
    words = {(made.a, made.b): made for made in told}
    others = [made for made in links if (made.a, made.b) not in words]
    apart = [made for made in words.values() if made.score < 0]
    together = [made for made in words.values() if made.score > 0]
    firm: list[Link] = []  # the figures of these go together before all others
    while True:
        series = join(statements, [*others, *apart, *firm])
        groups, hindered = _grouped(series, [made for made in together if made not in firm], apart)
        if not hindered:
            return [_one([series[n] for n in group], together) for group in groups]
        firm += hindered


def _grouped(
    series: Sequence[Series], together: Sequence[Link], apart: Sequence[Link]
) -> tuple[list[list[int]], list[Link]]:
    """The numbers of the series that become one; and the links that can't make two one, because of a split."""
    number = {s.key: n for n, one in enumerate(series) for s in one.members}
    groups = {n: [n] for n in range(len(series))}
    group = {n: n for n in groups}
    split = [(number[made.a], number[made.b]) for made in apart if made.a in number and made.b in number]
    hindered: list[Link] = []
    for made in together:
        if made.a not in number or made.b not in number:
            continue
        one, other = sorted((group[number[made.a]], group[number[made.b]]))
        if one == other:
            continue
        if any({group[a], group[b]} == {one, other} for a, b in split):
            hindered.append(made)
            continue
        for n in groups[other]:
            group[n] = one
        groups[one] += groups.pop(other)
    return list(groups.values()), hindered


def _one(parts: Sequence[Series], told: Sequence[Link]) -> Series:
    members = tuple(sorted((s for part in parts for s in part.members), key=order))
    inside: set[Key] = {s.key for s in members}
    links = {(made.a, made.b): made for part in parts for made in part.links}
    links.update({(made.a, made.b): made for made in told if made.a in inside and made.b in inside})
    return Series(members, tuple(links[pair] for pair in sorted(links)))
