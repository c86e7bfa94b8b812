"""Stories: the reports of one running event, by time and by the words, names and places they share.

A report is the weights of its heaviest content words. Two reports are compared only if they share at least two of
their leading words and lie near each other in time (`keys_of`), so that the cost of a new report does not grow with the
ledger. Whether two reports are of one story depends on those two alone, never on what else is in the ledger.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import TypeVar

from .coded import coded_keys
from .echoes import NEAR_COPY, bands, similarity
from .intervals import digits, middle
from .statement import Report, Statement
from .vocabulary import is_usual, sudden_incidents

LEADING = 12  # words of a report that are keys
REACH = 400  # days between two reports of one story: last year's outbreak or budget is told beside this one's
SOON = 21  # days within which an incident of a day is reported as news
SAME_STORY = 0.25  # likeness above which two reports are of one story
COMPARED = 0.12  # and above which their figures are compared at all, on one day
FADING = 0.12  # how much likelier two reports must be when they lie two months or more apart
OTHER = 0.4  # what is left of the likeness of two reports that begin with different places or incidents
TOLD = 0.1  # what a figure of three digits or more adds that both tell
TELLING = 3  # digits of a figure that is a key by itself
NEIGHBOURS = 48  # reports before it that one report meets under a key, and that it is compared with, at most


def keys_of(report: Report) -> Iterator[str]:
    """The keys under which reports of one story meet: pairs of leading words of which one at least is
    not usual, telling figures, bands of near-copies."""
    coded = [statement for statement in report.statements if statement.position == "coded"]
    for statement in coded:
        yield from coded_keys(statement)
    yield from report.telling
    leading = sorted(term for term, _ in report.terms[:LEADING])
    for one, other in combinations(leading, 2):
        if not (is_usual(one) and is_usual(other)):
            yield f"{one} {other}"
    for band, values in bands(report.sketch):
        yield f"={band}:{'-'.join(map(str, values))}"


def telling_figures(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The keys of figures that few reports share by chance."""
    found = (s for s in statements if digits(s) >= TELLING and middle(s) is not None)
    return tuple(dict.fromkeys(f"#{s.kind}:{s.unit or ''}:{middle(s):g}" for s in found))


def other_event(a: Report, b: Report) -> bool:
    """Whether two reports plainly tell of different events.

    Each begins with places, or with a kind of incident, that the other never names; or both begin with an incident of a
    day, and weeks lie between them.
    """
    if a.lead and b.lead and not set(a.lead) & set(b.places) and not set(b.lead) & set(a.places):
        return True
    if not a.begins or not b.begins:
        return False
    if not set(a.begins) & set(b.incidents) and not set(b.begins) & set(a.incidents):
        return True
    return apart(a, b) > SOON and set(a.begins) | set(b.begins) <= sudden_incidents()


def likeness(a: Report, b: Report) -> float:
    """What two reports have in common, 0 to 1: the cosine of their words' weights, or how far one copies the other."""
    weights = dict(b.terms)
    cosine = math.fsum(weight * weights[term] for term, weight in a.terms if term in weights)
    if other_event(a, b):
        return cosine * OTHER
    if a.telling and set(a.telling) & set(b.telling):
        cosine += TOLD
    copied = similarity(a.sketch, b.sketch)
    return min(max(cosine, copied if copied >= NEAR_COPY else 0.0), 1.0)


def is_coded(report: Report) -> bool:
    """Whether a report is a claim coded elsewhere: without text, its keys alone say what to compare it with."""
    return bool(report.statements) and report.statements[0].position == "coded"


def apart(a: Report, b: Report) -> int:
    """Days between two reports; 0 if a date is unknown."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 0


def is_echo(a: Report, b: Report) -> bool:
    """Whether one report is a near-copy of the other; the same words about another event are a form, not a copy."""
    return not other_event(a, b) and similarity(a.sketch, b.sketch) >= NEAR_COPY


class NearCopies:
    """Which of some reports are near-copies of each other, found out when it is asked, each pair once."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = {report.id: report for report in reports}
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, one: str, other: str) -> bool:
        """Whether two reports, given by their ids, are near-copies; a report is none of itself."""
        if one == other:
            return False
        pair = (min(one, other), max(one, other))
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = is_echo(self._reports[pair[0]], self._reports[pair[1]])
        return found


def needed(a: Report, b: Report) -> float:
    """The likeness from which two reports are compared: more, the further they lie apart."""
    return COMPARED + FADING * min(apart(a, b) / 60, 1.0)


def worth_comparing(a: Report, b: Report) -> float | None:
    """The likeness of two reports that meet under a key, or None if their figures need not be compared."""
    if apart(a, b) > REACH:
        return None
    if other_event(a, b) and not set(a.telling) & set(b.telling):
        return None  # nothing in them could be of one series
    like = likeness(a, b)
    return like if like >= needed(a, b) or (is_coded(a) and is_coded(b)) else None


def canonical(report: Report) -> tuple[str, str]:
    """The order in which reports are told: by publication, then by id."""
    return report.published or "~", report.id


def turn(report: Report) -> str:
    """The order in which reports meet: by publication; those published at once in an order of no meaning, but always
    the same. One short text, so that a ledger can keep it beside every key."""
    digest = blake2b(report.id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{report.published or '~'} {digest}"


def neighbours(reports: Sequence[Report]) -> list[tuple[Report, Report, float]]:
    """The pairs of reports worth comparing, with their likeness, each once, the one whose turn comes first in front.

    Under each key a report meets the `NEIGHBOURS` before it; of all it meets, those that share most keys with it are
    compared. So which pairs these are depends on the reports alone, not on the order in which they came.
    """
    ordered = sorted(reports, key=turn)
    held: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[Report, Report, float]] = []
    for index, report in enumerate(ordered):
        met: Counter[int] = Counter()
        for key in keys_of(report):
            met.update(held[key][-NEIGHBOURS:])
            held[key].append(index)
        for other in nearest(met):
            like = worth_comparing(ordered[other], report)
            if like is not None:
                pairs.append((ordered[other], report, like))
    return pairs


_Met = TypeVar("_Met", int, tuple[str, int])


def nearest(met: Counter[_Met]) -> list[_Met]:
    """Of those met under keys, the ones that share most keys, the later of equals: at most `NEIGHBOURS`, in order."""
    if len(met) <= NEIGHBOURS:
        return sorted(met)
    return sorted(sorted(met, key=lambda other: (met[other], other))[-NEIGHBOURS:])


def stories_of(reports: Sequence[Report], pairs: Iterable[tuple[Report, Report, float]]) -> list[tuple[str, ...]]:
    """The stories: ids of the reports that like pairs join, each in order of publication; the oldest story first."""
    parent = {report.id: report.id for report in reports}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b, like in pairs:
        if like >= SAME_STORY:
            one, other = sorted((root(a.id), root(b.id)))
            parent[other] = one
    members: dict[str, list[str]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: (report.published or "~", report.id)):
        members[root(report.id)].append(report.id)
    return [tuple(ids) for ids in members.values()]
