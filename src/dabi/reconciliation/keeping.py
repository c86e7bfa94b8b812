"""Keeping the results in a ledger up to date with its reports.

New readings are compared with those they meet under a key and with nothing else. Only the series and stories that they
touch are made anew, from the figures that links hold together, so a report costs the same in a large ledger as in a
small one, and the series are those that all reports at once would give.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, func, select

from ..ledger import results
from ..ledger.derived import blocks, reconciled
from ..ledger.exclusive import LOOKS
from ..ledger.schema import CLAIMS_PER_READING
from .across import across
from .checks import check
from .clues import reading_of
from .coded import coded_report
from .echoes import similarity
from .features import Link
from .relations import relations_of
from .series import Series, components, join, judged, links_between
from .statement import Report, Statement
from .stories import NEIGHBOURS, SAME_STORY, NearCopies, canonical, is_echo, keys_of, nearest, worth_comparing
from .summaries import described, detail_of, iso, story_id
from .sums import sums_of

if TYPE_CHECKING:
    from ..ledger import Ledger, ReportRecord

AT_ONCE = 100  # readings in one transaction
_TURN = 2 * LOOKS  # seconds left to others who wait, between two transactions
_PAIRS = 1_500  # pairs of reports whose links are kept in memory
_REPORTS = 3_000
_UNDATED = "0001-01-01"

Key = tuple[str, int, int]


_UNDER = select(blocks.c.report).where(blocks.c.block == bindparam("key"))
_BEFORE = (
    _UNDER.where(blocks.c.day <= bindparam("at"))
    .order_by(blocks.c.day.desc(), blocks.c.report.desc())
    .limit(NEIGHBOURS)
)
_AFTER = _UNDER.where(blocks.c.day > bindparam("at")).order_by(blocks.c.day, blocks.c.report).limit(NEIGHBOURS)


class _Noted(msgspec.Struct, frozen=True):
    """A reading with its number in the ledger."""

    number: int
    report: Report

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
        keeper.forget_stale()
        pending = ledger.results.pending(method())
    done = 0
    for first in range(0, len(pending), at_once):
        time.sleep(_TURN)
        with ledger.linking():
            left = ledger.results.pending(method(), pending[first : first + at_once])
            keeper.heed()
            keeper.add(left)
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
        self.merged: list[str] = []  # stories that became part of another
        self.decoder = msgspec.msgpack.Decoder(Report)
        self.heed()

    def heed(self) -> None:
        """Take up what people have judged up to now."""
        standing = self.ledger.judgements.standing()
        self.judgements = [j for j in standing if j.kind in ("link", "split") and j.a and j.b]

    # Reports

    def load(self, numbers: Iterable[int]) -> dict[int, _Noted]:
        """The readings as they were noted when they were reconciled."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if number not in self.known]
        for number, note in self.results.record(missing):
            self._keep(_Noted(number, self.decoder.decode(note)))
        return {number: self.known[number] for number in wanted if number in self.known}

    def _keep(self, noted: _Noted) -> None:
        self.known[noted.number] = noted
        while len(self.known) > _REPORTS:
            self.known.popitem(last=False)

    def between(self, a: _Noted, b: _Noted) -> list[Link]:
        """The links between two readings that meet under a key and are worth comparing."""
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
        if like is None or not set(keys_of(a.report)) & set(keys_of(b.report)):
            return []
        first, second = sorted((a.report, b.report), key=canonical)
        return links_between(first, second, like)

    # Adding

    def add(self, numbers: Sequence[int]) -> None:
        """Reconcile readings, in one transaction."""
        fresh = [_Noted(record.key, report_of(record)) for record in self.ledger.reports(keys=numbers, history=True)]
        met = self._met(fresh)
        met_numbers = {number for counted in met.values() for number in counted}
        others = self.load(met_numbers - {noted.number for noted in fresh})
        for noted in fresh:
            self._keep(noted)
        around = {**others, **{noted.number: noted for noted in fresh}}
        found: list[Link] = []
        alike: list[tuple[_Noted, _Noted, float]] = []
        for noted in fresh:
            found += self.between(noted, noted)
            for number in met[noted.number]:
                other = around.get(number)
                if other is None:
                    continue
                like = worth_comparing(noted.report, other.report)
                if like is not None:
                    alike.append((other, noted, like))
                    found += self.between(other, noted)
        by_article = {noted.report.id: noted for noted in around.values()}
        touched = {key for made in found if made.score > 0 for key in (made.a, made.b)}
        regrouped, dropped = self._series(touched, found, by_article)
        self.results.save(
            msgspec.structs.replace(
                regrouped,
                stories=tuple(self._stories(fresh, alike)),
                echoes=tuple(_echoes(alike)),
                links=tuple(_links(found, by_article)),
                sums=tuple(made for noted in fresh for made in _sums(noted)),
                findings=tuple(made for noted in fresh for made in _findings(noted)),
                blocks=tuple(block for noted in fresh for block in _blocks(noted)),
            ),
            method=method(),
            done={noted.number: msgspec.msgpack.encode(noted.report) for noted in fresh},
            drop_series=dropped,
            drop_stories=self.merged,
        )

    def _met(self, fresh: Sequence[_Noted]) -> dict[int, list[int]]:
        """For each new reading, the ones to compare it with: those that share most keys, the new ones among them."""
        inside: dict[str, list[tuple[str, int]]] = defaultdict(list)
        found: dict[int, list[int]] = {}
        with self.ledger.reading() as connection:
            last = connection.execute(select(func.max(blocks.c.day))).scalar_one_or_none() or ""
            for noted in fresh:
                day = _day(noted.report)
                met: Counter[int] = Counter()
                for key in dict.fromkeys(keys_of(noted.report)):
                    here = inside[key]
                    before = [number for other_day, number in here if other_day <= day]
                    after = [number for other_day, number in here if other_day > day]
                    before += connection.execute(_BEFORE, {"key": key, "at": day}).scalars()
                    if day < last:
                        after += connection.execute(_AFTER, {"key": key, "at": day}).scalars()
                    met.update(set(before) | set(after))
                    here.append((day, noted.number))
                met.pop(noted.number, None)
                found[noted.number] = nearest(met)
        return found

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

    def forget_stale(self) -> None:
        """Drop the results of readings that are no longer current, and make the series they were in anew."""
        stale = self.results.stale()
        if not stale:
            return
        gone = self.load(stale)
        claims = [noted.claim(statement) for noted in gone.values() for statement in noted.report.statements]
        series = self.results.series(claims=claims) if claims else []
        left = [c for held in series for c in held.claims if c // CLAIMS_PER_READING not in gone]
        stories = self.results.stories(reports=stale)
        self.results.save(
            results.Results(
                stories=tuple(
                    msgspec.structs.replace(s, reports=tuple(r for r in s.reports if r not in gone)) for s in stories
                )
            ),
            method=method(),
            forget=stale,
            drop_series=[held.id for held in series],
        )
        for number in stale:
            self.known.pop(number, None)
        self.links.clear()
        if left:
            self.regroup(left)

    def _series(
        self, touched: set[Key], found: Sequence[Link], by_article: dict[str, _Noted]
    ) -> tuple[results.Results, list[str]]:
        """The series of all figures that links hold together with the touched ones; and the ids they replace."""
        touched = set(touched)
        positive = {(made.a, made.b): made for made in found if made.score > 0}
        number_of = {key: by_article[key[0]] for key in touched}
        claims = {self._claim(key, number_of[key]): key for key in touched}
        frontier = set(claims)
        seen: set[int] = set()
        while frontier:
            seen |= frontier
            stored = self.results.links(sorted(frontier))
            ends = {end for link in stored for end in (link.a, link.b)}
            noted = self.load(end // CLAIMS_PER_READING for end in ends)
            for link in stored:
                a, b = self._key(link.a, noted), self._key(link.b, noted)
                if a is not None and b is not None:
                    positive.setdefault((min(a, b), max(a, b)), Link(a, b, link.weight, ()))
            for other in noted.values():
                by_article[other.report.id] = other
            frontier = ends - seen
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
                between += self.between(one, other)
        said = {(link.a, link.b) for link in told}
        return join(statements, [*(link for link in between if (link.a, link.b) not in said), *told])

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
        return next(noted.claim(s) for s in noted.report.statements if s.key == key)

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

    def _stories(self, fresh: Sequence[_Noted], alike: Sequence[tuple[_Noted, _Noted, float]]) -> list[results.Story]:
        """The stories that the new readings make or join; those that become one are named in `merged`."""
        pairs = [(a.number, b.number) for a, b, like in alike if like >= SAME_STORY]
        numbers = {number for pair in pairs for number in pair} | {noted.number for noted in fresh}
        old = self.results.stories(reports=sorted(numbers))
        parent: dict[int, int] = {}

        def root(number: int) -> int:
            parent.setdefault(number, number)
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        joins = [*pairs, *((story.reports[0], r) for story in old for r in story.reports if story.reports)]
        for noted in fresh:
            root(noted.number)
        for a, b in joins:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
        members: dict[int, list[int]] = defaultdict(list)
        for number in parent:
            members[root(number)].append(number)
        stories = [self._story(sorted(group)) for group in members.values()]
        kept = {story.id for story in stories}
        self.merged = [story.id for story in old if story.id not in kept]
        return stories

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


def _day(report: Report) -> str:
    return iso(report.day) if report.day is not None else _UNDATED


def _blocks(noted: _Noted) -> list[results.Block]:
    day = _day(noted.report)
    return [results.Block(key=key, report=noted.number, day=day) for key in dict.fromkeys(keys_of(noted.report))]


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


def _sums(noted: _Noted) -> list[results.Sum]:
    claims = {s.key: noted.claim(s) for s in noted.report.statements}
    return [
        results.Sum(
            whole=claims[made.whole],
            parts=tuple(claims[part] for part in made.parts),
            adds_up=made.adds_up,
            report=noted.number,
            detail={"rule": made.rule},
        )
        for made in sums_of(noted.report)
    ]


def _findings(noted: _Noted) -> list[results.Finding]:
    claims = {s.key: noted.claim(s) for s in noted.report.statements}
    return [
        results.Finding(
            report=noted.number,
            kind=made.kind,
            claims=tuple(claims[key] for key in made.figures),
            what=made.what,
            detail={"rule": made.rule},
        )
        for made in check(noted.report)
    ]
