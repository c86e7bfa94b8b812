"""Keeping the results in a ledger up to date with its reports.

New readings are compared with those they meet under a key and with nothing else. Only the series and stories that they
touch are made anew, from the figures that links hold together, so a report costs the same in a large ledger as in a
small one, and the series are those that all reports at once would give.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from ..ledger import results
from ..ledger.derived import reconciled
from ..ledger.exclusive import LOOKS
from ..ledger.overview import all_keys_of
from ..ledger.schema import CLAIMS_PER_READING
from .across import across
from .checks import check
from .clues import reading_of
from .coded import coded_report
from .echoes import similarity
from .features import Link
from .judged import join_as_told, judged
from .meetings import Meetings, with_others
from .relations import relations_of
from .series import Series, components, links_between
from .statement import Report, Statement
from .stories import SAME_STORY, NearCopies, canonical, is_echo, keys_of, turn, worth_comparing
from .summaries import described, detail_of, iso, story_id
from .sums import sums_of

if TYPE_CHECKING:
    from ..ledger import Ledger, ReportRecord

AT_ONCE = 100  # readings in one transaction
_TURN = 2 * LOOKS  # seconds left to others who wait, between two transactions
_PAIRS = 1_500  # pairs of reports whose links are kept in memory
_REPORTS = 3_000

Key = tuple[str, int, int]


class Note(msgspec.Struct, frozen=True, array_like=True):
    """What a ledger notes of a reading: its report, and the readings before it that it is compared with."""

    report: Report
    met: tuple[int, ...]


class _Noted(msgspec.Struct, frozen=True):
    """A reading with its number in the ledger."""

    number: int
    report: Report
    met: tuple[int, ...] = ()

    def note(self) -> bytes:
        return msgspec.msgpack.encode(Note(self.report, self.met))

    def claim(self, statement: Statement) -> int:
        return self.number * CLAIMS_PER_READING + statement.number


@cache
def method() -> str:
    """What the results were made by: a hash of the rules and words, so that with others everything is made anew."""
    digest = sha256()
    package = files(__package__)
    for folder in (package, package / "lexicon"):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith((".py", ".tsv")):
                digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return f"reconciliation {digest.hexdigest()[:12]}"


def update(ledger: Ledger, *, at_once: int = AT_ONCE) -> int:
    """Reconcile what the ledger holds and has not been reconciled; returns how many readings that were.

    May be stopped at any moment: what is done stays done, and the next run goes on from there. Several processes may
    do this at once and take turns, so that each sees what the others linked. A ledger that may only be read stays as
    it is. Raises LedgerLocked where another process keeps its turn too long.
    """
    if not ledger.writable:
        return 0
    with ledger.linking():
        if _made_otherwise(ledger):
            ledger.results.clear()
        keeper = _Keeper(ledger)
        stale = ledger.results.stale()
        for first in range(0, len(stale), at_once):
            keeper.change((), stale[first : first + at_once])
        pending = ledger.results.pending(method())
    done = 0
    for first in range(0, len(pending), at_once):
        time.sleep(_TURN)
        with ledger.linking():
            left = ledger.results.pending(method(), pending[first : first + at_once])
            keeper.heed()
            keeper.change(left)
        done += len(left)
    return done


def _made_otherwise(ledger: Ledger) -> bool:
    """Whether the ledger holds results that other rules or words have made."""
    other = select(reconciled.c.report).where(reconciled.c.method != method()).limit(1)
    with ledger.reading() as connection:
        return connection.execute(other).first() is not None


def regroup(ledger: Ledger, claims: Iterable[int]) -> None:
    """Make the series of these claims anew, after a person has judged about them; in one's turn (`Ledger.linking`)."""
    _Keeper(ledger).regroup(claims)


def report_of(record: ReportRecord) -> Report:
    """The record that linking works on, from a reading of the ledger."""
    if record.coded is not None:
        return coded_report(record.coded)
    return reading_of(record.text, msgspec.structs.replace(record.analysis, id=record.article))


class _Keeper:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.results = ledger.results
        self.known: OrderedDict[int, _Noted] = OrderedDict()
        self.links: OrderedDict[tuple[int, int], list[Link]] = OrderedDict()
        self.claims: dict[int, dict[Key, int]] = {}  # by reading
        self.changing: dict[int, _Noted] = {}  # what is about to be noted
        self.merged: list[str] = []  # stories that became part of another, or fell apart
        self.decoder = msgspec.msgpack.Decoder(Note)
        self.heed()

    def heed(self) -> None:
        """Take up what people have judged up to now."""
        standing = self.ledger.judgements.standing()
        self.judgements = [j for j in standing if j.kind in ("link", "split") and j.a and j.b]
        self.partners = self._partners([(j.a, j.b) for j in self.judgements if j.kind == "link" and j.a and j.b])

    def _partners(self, pairs: Sequence[tuple[str, str]]) -> dict[int, set[int]]:
        """The claims that people have linked with a claim, in whatever readings."""
        keys = all_keys_of(self.ledger, [id for pair in pairs for id in pair])
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in (*pairs, *(pair[::-1] for pair in pairs)):
            for key in keys.get(one, ()):
                found[key].update(keys.get(other, ()))
        return found

    # Reports

    def load(self, numbers: Iterable[int]) -> dict[int, _Noted]:
        """The readings as they were noted when they were reconciled."""
        found: dict[int, _Noted] = {}
        missing: list[int] = []
        for number in dict.fromkeys(numbers):
            noted = self.changing.get(number) or self.known.get(number)
            if noted is not None:
                found[number] = noted
            else:
                missing.append(number)
        for number, record in self.results.record(missing):
            note = self.decoder.decode(record)
            found[number] = _Noted(number, note.report, note.met)
            self._keep(found[number])
        return found

    def _keep(self, noted: _Noted) -> None:
        self.known[noted.number] = noted
        while len(self.known) > _REPORTS:
            self.known.popitem(last=False)

    def between(self, a: _Noted, b: _Noted) -> list[Link]:
        """The links between two readings that are compared."""
        pair = (min(a.number, b.number), max(a.number, b.number))
        found = self.links.get(pair)
        if found is None:
            found = self._compare(a, b)
            self.links[pair] = found
            while len(self.links) > _PAIRS:
                self.links.popitem(last=False)
        return found

    def _compare(self, a: _Noted, b: _Noted) -> list[Link]:
        if a.number == b.number:
            return links_between(a.report, a.report, 1.0)
        like = worth_comparing(a.report, b.report)
        return [] if like is None else links_between(a.report, b.report, like)

    # Adding and forgetting

    def change(self, numbers: Sequence[int], stale: Sequence[int] = ()) -> None:
        """Reconcile new readings and drop the results of stale ones, in one transaction.

        Readings of the ledger that meet others for it are compared with these, and no longer with those they have
        ceased to meet; the series and stories of all these are made anew.
        """
        gone = self.load(stale)
        fresh = {
            record.key: report_of(record)
            for record in (self.ledger.reports(keys=numbers, history=True) if numbers else ())
        }
        before = self._meet(fresh, gone)
        try:
            self._save(fresh, gone, before)
        finally:
            self.changing = {}

    def _meet(self, fresh: dict[int, Report], gone: dict[int, _Noted]) -> dict[int, frozenset[int]]:
        """Find out whom the new readings meet, and others for them: `changing`. Returns whom the others met before."""
        leaving = {number: noted.report for number, noted in gone.items()}
        come: dict[int, set[int]] = defaultdict(set)
        with self.ledger.reading() as connection:
            meetings = Meetings(connection, fresh, leaving)
            for number, report in fresh.items():
                for later in meetings.after(report):
                    come[later].add(number)
            for report in leaving.values():
                for later in meetings.after(report):
                    come[later] |= set()
        others = self.load(come)
        before: dict[int, frozenset[int]] = {}
        with self.ledger.reading() as connection:
            meetings = Meetings(connection, fresh, leaving)
            for number, report in fresh.items():
                self.changing[number] = _Noted(number, report, meetings.before(report))
            for number, noted in others.items():
                met = with_others(noted.met, gone, come[number])
                if met is None:
                    met = meetings.before(noted.report)
                if set(met) != set(noted.met):
                    before[number] = frozenset(noted.met)
                    self.changing[number] = msgspec.structs.replace(noted, met=met)
        return before

    def _save(self, fresh: dict[int, Report], gone: dict[int, _Noted], before: dict[int, frozenset[int]]) -> None:
        apart = {(number, other) for number, met in before.items() for other in met - {*self.changing[number].met}}
        apart = {pair for pair in apart if pair[1] not in gone}
        together = [
            (number, other)
            for number, noted in self.changing.items()
            for other in noted.met
            if other not in before.get(number, ())
        ]
        around = self.load({*self.changing, *(n for pair in (*together, *apart) for n in pair)})
        new = [around[number] for number in fresh]
        found = [link for noted in new for link in self.between(noted, noted)]
        alike: list[tuple[_Noted, _Noted, float]] = []
        for number, other in together:
            like = worth_comparing(around[other].report, around[number].report)
            if like is not None:
                alike.append((around[other], around[number], like))
                found += self.between(around[other], around[number])
        touched = {key for made in found if made.score > 0 for key in (made.a, made.b)}
        # What speaks against a series has come or gone, too: all figures of those that meet others now.
        anew = {*before, *(number for pair in apart for number in pair)}
        touched |= {s.key for number in anew for s in around[number].report.statements}
        touched |= {s.key for noted in new for s in noted.report.statements if noted.claim(s) in self.partners}
        lost = self._series_of(gone)
        left = self.load({claim // CLAIMS_PER_READING for held in lost for claim in held.claims} - gone.keys())
        held_by_lost = {claim for held in lost for claim in held.claims}
        touched |= {s.key for noted in left.values() for s in noted.report.statements if noted.claim(s) in held_by_lost}
        by_article = {noted.report.id: noted for noted in (*left.values(), *around.values())}
        regrouped, dropped = self._series(touched, found, by_article, apart, gone)
        kept = {made.id for made in regrouped.series}
        told = self._stories(fresh, alike, apart, gone)
        self.results.save(
            msgspec.structs.replace(
                regrouped,
                stories=tuple(told),
                echoes=tuple(_echoes(alike)),
                links=tuple(_links(found, by_article)),
                sums=tuple(made for noted in new for made in sums_in(noted.number, noted.report)),
                findings=tuple(made for noted in new for made in findings_in(noted.number, noted.report)),
                blocks=tuple(block for noted in new for block in blocks_of(noted.number, noted.report)),
            ),
            method=method(),
            done={number: self.changing[number].note() for number in fresh},
            again={number: self.changing[number].note() for number in before},
            forget=list(gone),
            apart=apart,
            drop_series=[*dropped, *(held.id for held in lost if held.id not in kept)],
            drop_stories=self.merged,
        )
        for noted in self.changing.values():
            self._keep(noted)
        for number in gone:
            self.known.pop(number, None)

    def _series_of(self, readings: dict[int, _Noted]) -> list[results.Series]:
        claims = [noted.claim(s) for noted in readings.values() for s in noted.report.statements]
        return self.results.series(claims=claims) if claims else []

    # Series

    def regroup(self, claims: Iterable[int]) -> None:
        """Make the series of these claims anew."""
        numbers = {claim // CLAIMS_PER_READING for claim in claims}
        around = self.load(numbers)
        wanted = set(claims)
        touched = {
            statement.key
            for noted in around.values()
            for statement in noted.report.statements
            if noted.claim(statement) in wanted
        }
        batch, dropped = self._series(touched, [], {noted.report.id: noted for noted in around.values()})
        self.results.save(batch, method=method(), drop_series=dropped)

    def _series(
        self,
        touched: set[Key],
        found: Sequence[Link],
        by_article: dict[str, _Noted],
        apart: Container[tuple[int, int]] = (),
        gone: Collection[int] = (),
    ) -> tuple[results.Results, list[str]]:
        """The series of all figures that links, or people's word, hold together with the touched ones; and the ids they
        replace.

        Links kept of readings that have `gone`, or between two that are no longer compared, hold nothing together.
        """
        touched = set(touched)
        positive = {(made.a, made.b): made for made in found if made.score > 0}
        number_of = {key: by_article[key[0]] for key in touched}
        claims = {self._claim(key, number_of[key]): key for key in touched}
        frontier = set(claims)
        seen: set[int] = set()
        while frontier:
            seen |= frontier
            stored = [link for link in self.results.links(sorted(frontier)) if not _loose(_readings(link), apart, gone)]
            ends = {end for link in stored for end in (link.a, link.b)}
            linked = {other for claim in frontier for other in self.partners.get(claim, ())}
            linked = {other for other in linked if other // CLAIMS_PER_READING not in gone}
            noted = self.load(end // CLAIMS_PER_READING for end in (*ends, *linked))
            for link in stored:
                a, b = self._key(link.a, noted), self._key(link.b, noted)
                if a is not None and b is not None:
                    positive.setdefault((min(a, b), max(a, b)), Link(a, b, link.weight, ()))
            for other in noted.values():
                by_article[other.report.id] = other
            frontier = (ends | {other for other in linked if self._key(other, noted) is not None}) - seen
        told = self._judged(by_article)
        groups = components([*positive.values(), *told])
        single = touched - {key for group in groups for key in group}
        made: list[results.Series] = []
        relations: list[results.Relation] = []
        members: set[int] = set()
        for group in [*groups, *({key} for key in sorted(single))]:
            members |= {self._claim(key, by_article[key[0]]) for key in group}
            for series in self._join(group, by_article, told):
                if len(series.members) > 1:
                    made.append(self._record(series, by_article))
                    relations += self._relations(series, by_article)
        before = [held.id for held in self.results.series(claims=sorted(members))] if members else []
        kept = {held.id for held in made}
        return (
            results.Results(series=tuple(made), relations=tuple(relations)),
            [held for held in before if held not in kept],
        )

    def _join(self, group: set[Key], by_article: dict[str, _Noted], told: Sequence[Link]) -> list[Series]:
        readings = sorted((by_article[article] for article in {key[0] for key in group}), key=lambda n: n.number)
        statements = [s for noted in readings for s in noted.report.statements if s.key in group]
        between: list[Link] = []
        for i, one in enumerate(readings):
            for other in readings[i:]:
                if one is other or one.number in other.met or other.number in one.met:
                    between += self.between(one, other)
        return join_as_told(statements, between, told)

    def _judged(self, by_article: dict[str, _Noted]) -> list[Link]:
        """The links that people have made or cut among these reports."""
        if not self.judgements:
            return []
        named = {s.claim: s for noted in by_article.values() for s in noted.report.statements if s.claim}
        return [
            judged(named[j.a], named[j.b], together=j.kind == "link")
            for j in self.judgements
            if j.a in named and j.b in named
        ]

    def _claim(self, key: Key, noted: _Noted) -> int:
        claims = self.claims.get(noted.number)
        if claims is None:
            if len(self.claims) >= _REPORTS:
                self.claims.clear()
            claims = self.claims[noted.number] = _claims(noted.number, noted.report)
        return claims[key]

    def _key(self, claim: int, noted: dict[int, _Noted]) -> Key | None:
        held = noted.get(claim // CLAIMS_PER_READING)
        if held is None:
            return None
        return next((s.key for s in held.report.statements if held.claim(s) == claim), None)

    def _record(self, series: Series, by_article: dict[str, _Noted]) -> results.Series:
        days = sorted(day for s in series.members if (day := by_article[s.article].report.day) is not None)
        what = described(series.members)
        return results.Series(
            id=series.id,
            story=None,
            label=what.label,
            event=what.event,
            counted=what.counted,
            place=what.place,
            unit=what.unit,
            first_day=iso(days[0]) if days else None,
            last_day=iso(days[-1]) if days else None,
            claims=tuple(self._claim(s.key, by_article[s.article]) for s in series.members),
            detail={"origins": what.origins},
        )

    def _relations(self, series: Series, by_article: dict[str, _Noted]) -> list[results.Relation]:
        copies = NearCopies(by_article[article].report for article in {s.article for s in series.members})
        odd = {frozenset(made.figures): made for made in across(series.members)}
        return [
            results.Relation(
                series=series.id,
                a=self._claim(r.a, by_article[r.a[0]]),
                b=self._claim(r.b, by_article[r.b[0]]),
                relation=r.relation,
                detail=detail_of(r, odd.get(frozenset((r.a, r.b)))),
            )
            for r in relations_of(series.members, copies)
        ]

    # Stories

    def _stories(
        self,
        fresh: Iterable[int],
        alike: Sequence[tuple[_Noted, _Noted, float]],
        apart: set[tuple[int, int]],
        gone: Collection[int],
    ) -> list[results.Story]:
        """The stories that change; those that are no more are named in `merged`.

        A story grows by the pairs that are alike. One that has lost a report or a pair is made of its pairs anew.
        """
        joins = [(a.number, b.number) for a, b, like in alike if like >= SAME_STORY]
        parted = {number for pair in apart for number in pair}
        numbers = {*fresh, *parted, *(number for pair in joins for number in pair)}
        old = self.results.stories(reports=sorted({*numbers, *gone}))
        for story in old:
            left = [number for number in story.reports if number not in gone]
            numbers.update(left)
            if len(left) == len(story.reports) and not parted.intersection(left):
                joins += ((left[0], number) for number in left)
                continue
            inside = self.load(left)
            for number, noted in inside.items():
                for other in noted.met:
                    like = worth_comparing(inside[other].report, noted.report) if other in inside else None
                    if like is not None and like >= SAME_STORY:
                        joins.append((number, other))
        parent = {number: number for number in numbers}

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        for a, b in joins:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
        members: dict[int, list[int]] = defaultdict(list)
        for number in parent:
            members[root(number)].append(number)
        made = [self._story(sorted(group)) for group in members.values()]
        kept = {story.id for story in made}
        self.merged = [story.id for story in old if story.id not in kept]
        return made

    def _story(self, numbers: Sequence[int]) -> results.Story:
        noted = sorted(self.load(numbers).values(), key=lambda n: canonical(n.report))
        first = noted[0].report
        days = sorted(n.report.day for n in noted if n.report.day is not None)
        return results.Story(
            id=story_id(first.id),
            title=first.title,
            first_day=iso(days[0]) if days else None,
            last_day=iso(days[-1]) if days else None,
            reports=tuple(n.number for n in noted),
            detail={
                "outlets": sorted({n.report.outlet for n in noted if n.report.outlet}),
                "words": [term for term, _ in first.terms[:8]],
            },
        )


def _readings(link: results.Link) -> tuple[int, int]:
    return link.a // CLAIMS_PER_READING, link.b // CLAIMS_PER_READING


def _loose(pair: tuple[int, int], apart: Container[tuple[int, int]], gone: Collection[int]) -> bool:
    return pair in apart or pair[::-1] in apart or pair[0] in gone or pair[1] in gone


def blocks_of(number: int, report: Report) -> list[results.Block]:
    """The keys under which a reading is found, with its turn."""
    at = turn(report)
    return [results.Block(key=key, report=number, day=at) for key in dict.fromkeys(keys_of(report))]


def _echoes(alike: Iterable[tuple[_Noted, _Noted, float]]) -> list[results.Echo]:
    found = []
    for a, b, _ in alike:
        if is_echo(a.report, b.report):
            first, second = sorted((a, b), key=lambda noted: canonical(noted.report))
            like = similarity(a.report.sketch, b.report.sketch)
            found.append(results.Echo(report=second.number, of=first.number, similarity=like))
    return found


def _links(found: Iterable[Link], by_article: dict[str, _Noted]) -> list[results.Link]:
    claims = {s.key: noted.claim(s) for noted in by_article.values() for s in noted.report.statements}
    return [
        results.Link(a=claims[made.a], b=claims[made.b], weight=made.score, features=dict(made.features))
        for made in found
        if made.score > 0
    ]


def sums_in(number: int, report: Report) -> list[results.Sum]:
    """The sums of a reading as a ledger keeps them."""
    claims = _claims(number, report)
    return [
        results.Sum(
            whole=claims[made.whole],
            parts=tuple(claims[part] for part in made.parts),
            adds_up=made.adds_up,
            report=number,
            detail={"rule": made.rule},
        )
        for made in sums_of(report)
    ]


def findings_in(number: int, report: Report) -> list[results.Finding]:
    """What does not fit inside a reading, as a ledger keeps it."""
    claims = _claims(number, report)
    return [
        results.Finding(
            report=number,
            kind=made.kind,
            claims=tuple(claims[key] for key in made.figures),
            what=made.what,
            detail={"rule": made.rule},
        )
        for made in check(report)
    ]


def _claims(number: int, report: Report) -> dict[Key, int]:
    return {s.key: number * CLAIMS_PER_READING + s.number for s in report.statements}
