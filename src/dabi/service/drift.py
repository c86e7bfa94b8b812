"""Outlets and whether their pages still read as they should.

An outlet rebuilds its site, and its pages lose their headline, their date or most of their text without anybody being
told. Here the pages of the last days are measured against what the outlet's file says must be found, and against the
weeks before.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Literal, TypedDict

import msgspec

from ..ledger import Ledger
from ..ledger.fetched import FetchedPage, fetched_pages, pages_by_outlet
from ..model import Analysis
from ..reading.inputs import Failure, InputKind
from ..reading.outlets import Outlet, known_outlets, outlet_named, outlet_of_url
from ..reading.outlets.description import Minimum
from ..reading.outlets.loading import outlet_if_described
from .incoming import Web, incoming
from .reading import read_report

Status = Literal["drifted", "hints", "silent", "few", "ok"]

_WEEKS_BEFORE = 4  # windows of as many days before the one that is checked
_FEWEST = 3  # pages, to say anything of an outlet
_FEWEST_TO_COMPARE = 5
_FEWEST_FAILING = 2  # pages without a headline; one alone may be a photo story
_SHORTER = 0.5  # of the middle article before
_MOST_FURNITURE = 0.5  # of the letters
_HINTED = 10  # newest pages of an outlet on which its selectors are tried


class OutletRow(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet in a list. `described`: it has a file of its own. `pages`: in the ledger, None where there is none."""

    name: str
    slug: str
    country: str
    zone: str
    languages: tuple[str, ...]
    domains: tuple[str, ...]
    feeds: tuple[str, ...]
    described: bool
    pages: int | None


class OutletCheck(msgspec.Struct, frozen=True, kw_only=True):
    """How the pages of an outlet read.

    `status`: drifted = something that must be found is not; hints = they read right, but the selectors of the
    outlet's file find nothing any more; silent = pages before, none now; few = too few to tell; ok.
    `headline`, `date` and `byline` are the shares (0 to 1) of pages on which one was found, `furniture` is the share
    of the letters taken for furniture, `paragraphs`, `letters` (code points of text) and `claims` are those of the
    middle page; all are None where there are no pages. `since` is the day of the first page of those that fail,
    `example` one of them, the newest.
    """

    outlet: str
    status: Status
    pages: int
    headline: float | None = None
    date: float | None = None
    byline: float | None = None
    paragraphs: float | None = None
    letters: float | None = None
    letters_before: float | None = None
    claims: float | None = None
    furniture: float | None = None
    missed: tuple[str, ...] = ()  # selectors that find nothing on most pages
    problems: tuple[str, ...] = ()  # in words
    since: str | None = None  # YYYY-MM-DD
    example: str | None = None


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What was found on one page. `date` is None where a caller gave it, so that the page's own is not known."""

    address: str
    fetched: datetime
    headline: bool
    date: bool | None
    byline: bool
    paragraphs: int
    letters: int
    claims: int
    furniture: float
    article: str = ""
    version: int = 1


def list_outlets(ledger: Ledger | None = None) -> Iterator[OutletRow]:
    """All outlets that dabi knows, with how many of their pages the ledger holds."""
    held = pages_by_outlet(ledger) if ledger is not None else None
    for known in known_outlets():
        yield OutletRow(
            name=known.name,
            slug=known.slug,
            country=known.country,
            zone=known.zone,
            languages=known.languages,
            domains=known.domains,
            feeds=tuple(feed.url for feed in known.feeds),
            described=known.described,
            pages=held.get(known.name, 0) if held is not None else None,
        )


def check_ledger(
    ledger: Ledger, *, days: int, outlets: Sequence[str] = (), now: datetime | None = None, hints: bool = True
) -> list[OutletCheck]:
    """The outlets whose pages were fetched in the last days or the weeks before; those that drifted come first.

    `outlets`: only these, by the names dabi gives them. `now`: an aware time, the present if not given. Without `hints`
    no page is parsed again to try the selectors on it.
    """
    end = now or datetime.now(UTC)
    start = end - timedelta(days=days)
    earliest = start - timedelta(days=days * _WEEKS_BEFORE)
    recent: dict[str, list[Measured]] = defaultdict(list)
    before: dict[str, list[Measured]] = defaultdict(list)
    # a day more, since times may be written in other zones
    for page in fetched_pages(ledger, since=(earliest - timedelta(days=1)).astimezone(UTC).isoformat()):
        name = page.outlet or (outlet_of_url(page.source) if page.source else None)
        if name is None or (outlets and name not in outlets):
            continue
        measured = _of_page(page)
        if start <= measured.fetched <= end:
            recent[name].append(measured)
        elif earliest <= measured.fetched < start:
            before[name].append(measured)
    checks = [
        check_pages(name, recent[name], before[name], missed=_missed(ledger, name, recent[name]) if hints else ())
        for name in sorted({*recent, *before})
    ]
    order: dict[Status, int] = {"drifted": 0, "hints": 1, "silent": 2, "few": 3, "ok": 4}
    return sorted(checks, key=lambda check: (order[check.status], check.outlet))


def check_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    outlet: str | None = None,
    kind: InputKind = "auto",
    web: Web | None = None,
) -> Iterator[OutletCheck | Failure]:
    """How each page of some files or addresses reads, as one of the outlet named or of the one it names itself."""
    for report in incoming(paths, kind, web=web):
        if isinstance(report, Failure):
            yield report
            continue
        given = msgspec.structs.replace(report, outlet=outlet or report.outlet)
        analysis = read_report(given)
        name = analysis.article.outlet
        measured = measure(analysis, address=report.source, fetched=datetime.now(UTC))
        missed = _missed_on(report.content, name) if report.kind == "html" else ()
        problems = tuple(words for words, fails in _tests(_minimum(name)) if fails(measured))
        yield OutletCheck(
            outlet=name or "–",
            status="drifted" if problems else "hints" if missed else "ok",
            pages=1,
            **_figures([measured]),
            missed=missed,
            problems=problems,
            example=report.source,
        )


def check_pages(
    name: str, recent: Sequence[Measured], before: Sequence[Measured] = (), *, missed: tuple[str, ...] = ()
) -> OutletCheck:
    """How the recent pages of an outlet read against what its file wants and against its pages before."""
    figures = _figures(recent)
    earlier = median(page.letters for page in before) if len(before) >= _FEWEST_TO_COMPARE else None
    if len(recent) < _FEWEST:
        status: Status = "few" if recent else "silent"
        newest = max([*recent, *before], key=lambda page: page.fetched)
        since = newest.fetched.date().isoformat() if not recent else None
        return OutletCheck(
            outlet=name, status=status, pages=len(recent), **figures, letters_before=earlier, since=since,
            example=newest.address,
        )  # fmt: skip
    failing = list(_failing(name, recent, earlier))
    pages = sorted([*before, *recent], key=lambda page: page.fetched)
    since = example = None
    if failing:
        first = min(_since(pages, fails) for _, fails in failing)
        since = first.date().isoformat()
        example = max(
            (page for page in recent if any(fails(page) for _, fails in failing)), key=lambda page: page.fetched
        ).address
    return OutletCheck(
        outlet=name,
        status="drifted" if failing else "hints" if missed else "ok",
        pages=len(recent),
        **figures,
        letters_before=earlier,
        missed=missed,
        problems=tuple(words for words, _ in failing),
        since=since,
        example=example,
    )


def measure(analysis: Analysis, *, address: str, fetched: datetime) -> Measured:
    """What was found on a page; `address` and `fetched` say which it is."""
    article = analysis.article
    letters = sum(region.end - region.start for region in article.body)
    furniture = sum(region.end - region.start for region in article.furniture)
    return Measured(
        address=address,
        fetched=fetched,
        headline=article.headline is not None,
        date=None if article.published_by == "caller" else article.published is not None,
        byline=article.byline is not None,
        paragraphs=len(article.body),
        letters=letters,
        claims=len(analysis.claims),
        furniture=furniture / (letters + furniture) if letters + furniture else 0.0,
    )


Test = tuple[str, Callable[[Measured], bool]]


def _of_page(page: FetchedPage) -> Measured:
    fetched = datetime.fromisoformat(page.fetched)
    measured = measure(
        page.analysis,
        address=page.source or page.article,
        fetched=fetched if fetched.tzinfo is not None else fetched.replace(tzinfo=UTC),
    )
    return msgspec.structs.replace(measured, article=page.article, version=page.version)


def _minimum(name: str | None) -> Minimum:
    known = outlet_if_described(name)
    return known.minimum if known is not None else Minimum()


class _Figures(TypedDict, total=False):
    headline: float | None
    date: float | None
    byline: float | None
    paragraphs: float | None
    letters: float | None
    claims: float | None
    furniture: float | None


def _figures(pages: Sequence[Measured]) -> _Figures:
    if not pages:
        return {}
    dated = [page.date for page in pages if page.date is not None]
    return {
        "headline": sum(page.headline for page in pages) / len(pages),
        "date": sum(dated) / len(dated) if dated else None,
        "byline": sum(page.byline for page in pages) / len(pages),
        "paragraphs": median(page.paragraphs for page in pages),
        "letters": median(page.letters for page in pages),
        "claims": median(page.claims for page in pages),
        "furniture": median(page.furniture for page in pages),
    }


def _tests(wanted: Minimum) -> list[Test]:
    """What one page must hold by itself: the words for it when it does not, and whether it does not."""
    tests: list[Test] = []
    if wanted.headline:
        tests.append(("no headline", lambda page: not page.headline))
    if wanted.date:
        tests.append(("no date", lambda page: page.date is False))
    if wanted.byline > 0.5:
        tests.append(("no byline", lambda page: not page.byline))
    tests.append((f"fewer than {wanted.paragraphs} paragraphs", lambda page: page.paragraphs < wanted.paragraphs))
    if wanted.claims >= 1:
        tests.append((f"fewer than {wanted.claims:g} claims", lambda page: page.claims < wanted.claims))
    tests.append(("most of it taken for furniture", lambda page: page.furniture > _MOST_FURNITURE))
    return tests


def _failing(name: str, pages: Sequence[Measured], earlier: float | None) -> Iterator[Test]:
    """What is not found on an outlet's pages as it must be, in words, and which of them lack it."""
    wanted = _minimum(name)
    shares: list[tuple[str, float, Callable[[Measured], bool | None]]] = [
        ("a headline", wanted.headline, lambda page: page.headline),
        ("a date", wanted.date, lambda page: page.date),
        ("a byline", wanted.byline, lambda page: page.byline),
    ]
    for what, least, has in shares:
        known = [found for page in pages if (found := has(page)) is not None]
        missing = known.count(False)
        if missing >= _FEWEST_FAILING and 1 - missing / len(known) < least:
            share = f"{1 - missing / len(known):.0%} of {len(known)} pages have {what}, {least:.0%} should"
            yield share, lambda page, has=has: has(page) is False  # type: ignore[misc]
    paragraphs = median(page.paragraphs for page in pages)
    if paragraphs < wanted.paragraphs:
        few = f"the middle page has {_counted(paragraphs, 'paragraph')}, it should have {wanted.paragraphs}"
        yield few, lambda page: page.paragraphs < wanted.paragraphs
    claims = median(page.claims for page in pages)
    if claims < wanted.claims:
        few = f"the middle page has {_counted(claims, 'claim')}, it should have {wanted.claims:g}"
        yield few, lambda page: page.claims < wanted.claims
    letters = median(page.letters for page in pages)
    if earlier is not None and len(pages) >= _FEWEST_TO_COMPARE and letters < _SHORTER * earlier:
        shorter = f"the middle page has {letters:,.0f} letters of text, before it had {earlier:,.0f}"
        yield shorter, lambda page: page.letters < _SHORTER * earlier
    furniture = median(page.furniture for page in pages)
    if furniture > _MOST_FURNITURE:
        most = f"{furniture:.0%} of the middle page is taken for furniture"
        yield most, lambda page: page.furniture > _MOST_FURNITURE


def _counted(number: float, noun: str) -> str:
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def _since(pages: Sequence[Measured], fails: Callable[[Measured], bool]) -> datetime:
    """When pages, in order of time, began to fail: the point behind which failing ones outnumber the others most."""
    best = balance = 0
    begin = pages[-1].fetched
    for page in reversed(pages):
        balance += 1 if fails(page) else -1
        if balance > best and fails(page):
            best, begin = balance, page.fetched
    return begin


def _missed(ledger: Ledger, name: str, pages: Sequence[Measured]) -> tuple[str, ...]:
    """The fields of an outlet's selectors that find nothing on most of its newest pages."""
    known = outlet_if_described(name)
    if known is None or not _has_selectors(known):
        return ()
    newest = sorted(pages, key=lambda page: page.fetched, reverse=True)[:_HINTED]
    counts: dict[str, int] = defaultdict(int)
    for page in newest:
        for field in _missed_on(ledger.text(page.article, version=page.version), name):
            counts[field] += 1
    return tuple(field for field, count in counts.items() if count > len(newest) / 2)


def _has_selectors(known: Outlet) -> bool:
    return any(getattr(known.selectors, field) for field in known.selectors.__struct_fields__)


def _missed_on(page: str, name: str | None) -> tuple[str, ...]:
    from ..reading.html import parsed_page
    from ..reading.outlets.selecting import selected

    known = outlet_if_described(name)
    if known is None or not _has_selectors(known) or (tree := parsed_page(page)) is None:
        return ()
    return selected(tree, known).missed


def outlet_name(said: str) -> str:
    """The name of the outlet that a person means. Raises ValueError for none that dabi knows."""
    found = outlet_named(said)
    if found is None:
        raise ValueError(f"dabi knows no outlet {said!r}; `dabi outlets` lists those it knows")
    return found.name
