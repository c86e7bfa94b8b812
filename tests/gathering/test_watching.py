"""Watching a small web of news whose hosts are slow, broken, hostile and changing: exactly what may be is gathered."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

import news_site
import unruly_readers
from dabi.gathering.asking import Manners
from dabi.gathering.discovery import read_list
from dabi.gathering.limits import Limits
from dabi.ledger import Added, Ledger, LedgerFull, LedgerLocked, open_ledger
from dabi.reading.inputs import Failure, Report
from dabi.service.following import Following, FollowOptions, follow, stop_following
from dabi.service.gathering import Event, Gone, Resting, Tally, WatchOptions
from dabi.service.ledger import add_fetched
from dabi.service.watching import Stop, watch
from news_site import Answer, Site
from unruly_readers import unruly

DELAY = 0.05
MANNERS = Manners(allow_private=True, delay=DELAY, patience=3.0, limits=Limits(seconds=5.0, connect=5.0))
FOLLOWING = FollowOptions(manners=MANNERS)


def clock_time() -> datetime:
    return datetime.now(UTC)


def followed(ledger: Ledger, *given: str, options: FollowOptions = FOLLOWING) -> list[Following]:
    found = follow(ledger, given, options)
    assert not [each for each in found if isinstance(each, Failure)]
    return [each for each in found if isinstance(each, Following)]


def round_of(
    ledger: Ledger, *, everything: bool = False, manners: Manners = MANNERS, now: Callable[[], datetime] = clock_time
) -> tuple[list[Event], Tally]:
    tally = Tally()
    options = WatchOptions(manners=manners, once=True, everything=everything)
    return list(watch(ledger, options, tally=tally, now=now)), tally


def versions(ledger: Ledger) -> dict[str, int]:
    """How many versions the ledger holds of each page."""
    held: dict[str, int] = defaultdict(int)
    for record in ledger.reports(history=True):
        held[record.article] = max(held[record.article], record.version)
    return dict(held)


def of(kind: type, events: list[Event]) -> list[object]:
    return [event for event in events if isinstance(event, kind)]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with news_site.running() as site, open_ledger(tmp_path_factory.mktemp("watched") / "ledger.db") as ledger:
        yield Watched(site, ledger)


class TestAllHosts:
    """One site with all its hosts, over three rounds."""

    def test_exactly_what_may_be_is_gathered(self, watched: Watched) -> None:
        first = watched.rounds[0]
        assert first.held == first.expected
        assert len(first.held) == 175
        assert first.tally.added == 175
        assert first.claims > 2 * 175

    def test_what_may_not_be_is_told_and_costs_the_others_nothing(self, watched: Watched) -> None:
        site, first = watched.site, watched.rounds[0]
        failures = {failure.source: failure.reason for failure in of(Failure, first.events)}  # type: ignore[attr-defined]
        bad = {
            **{site.host(news_site.Broken).url(n): "" for n in news_site.Broken.BAD},
            **{site.host(news_site.Slow).url(n): "too long" for n in news_site.Slow.HANGING},
            **{site.host(news_site.Bombing).url(n): "" for n in news_site.Bombing.BOMBS},
            site.host(news_site.Redirecting).url(1): "round in a circle",
            site.host(news_site.Redirecting).url(9): "front page",
        }
        assert failures.keys() == bad.keys()
        assert all(words in failures[url] for url, words in bad.items())
        redirecting, sloppy = site.host(news_site.Redirecting).name, site.host(news_site.Sloppy).name
        assert first.tally.forbidden == {site.host(news_site.Forbidding).name: 10, redirecting: 1}
        assert first.tally.elsewhere == {redirecting: 2, "example.invalid": 2}
        assert watched.ledger.following.known(["http://example.invalid/x", "http://example.invalid/s.xml"]) == set()
        assert first.tally.unusable == {sloppy: 3}
        assert first.tally.old == 2  # entries of a sitemap, years old
        assert first.tally.resting == {}

    def test_twice_over_stores_nothing_twice(self, watched: Watched) -> None:
        again = watched.rounds[1]
        assert again.held == watched.rounds[0].held
        assert of(Added, again.events) == []
        assert again.tally.listed == again.tally.added == again.tally.versions == 0
        assert again.tally.unchanged == 175

    def test_what_is_not_due_is_not_asked_for(self, watched: Watched) -> None:
        assert watched.requests_when_nothing_was_due == 0

    def test_every_change_is_found_and_only_changes(self, watched: Watched) -> None:
        for watched_round in watched.rounds[2:]:
            assert watched_round.held == watched_round.expected
            brought = of(Added, watched_round.events)
            corrected = [page for page, count in watched_round.expected.items() if count > 1]
            assert sorted(added.article for added in brought) == sorted(corrected)  # type: ignore[attr-defined]
            assert all(added.changes for added in brought)  # type: ignore[attr-defined]
        assert set(watched.rounds[3].held.values()) == {1, 3}

    def test_a_page_that_is_gone_is_told_once_and_kept(self, watched: Watched) -> None:
        gone = watched.site.host(news_site.Plain).url(news_site.Plain.GONE)
        assert [event.url for event in of(Gone, watched.rounds[2].events)] == [gone]  # type: ignore[attr-defined]
        assert of(Gone, watched.rounds[3].events) == []
        assert watched.ledger.report(gone).version == 1

    def test_what_is_forbidden_was_never_asked_for(self, watched: Watched) -> None:
        assert watched.site.problems == []
        forbidding = watched.site.host(news_site.Forbidding)
        asked = {request.path for request in watched.requests if request.host == forbidding.name}
        assert "/news/2" in asked
        assert not asked & {f"/news/{n}" for n in range(1, 20, 2)}

    def test_each_host_is_asked_one_at_a_time_and_no_sooner_than_it_wants(self, watched: Watched) -> None:
        by_host = defaultdict(list)
        for request in watched.requests:
            by_host[request.host].append(request)
        assert len(by_host) == 10
        for host in watched.site.hosts:
            delay = max(DELAY, host.delay or 0.0)
            requests = sorted(by_host[host.name], key=lambda request: request.begun)
            pauses = [after.begun - before.answered for before, after in pairwise(requests)]
            assert min(pauses) >= delay, f"{host.name}: {min(pauses)}"

    def test_a_host_that_hangs_keeps_only_itself_waiting(self, watched: Watched) -> None:
        slow = [request for request in watched.requests if request.host == watched.site.host(news_site.Slow).name]
        hung = next(n for n, request in enumerate(slow) if request.path == f"/news/{news_site.Slow.HANGING[0]}")
        begun, ended = slow[hung].begun, slow[hung + 1].begun
        assert len({request.host for request in watched.requests if begun < request.begun < ended}) >= 7

    def test_retry_after_and_etags(self, watched: Watched) -> None:
        busy = [request for request in watched.requests if request.host == watched.site.host(news_site.Busy).name]
        assert [request.status for request in busy].count(429) == 2
        for before, after in pairwise(busy):
            if before.status == 429:
                assert after.begun - before.answered >= 1.0
        again = [request for request in busy if request.status == 304]
        assert all(request.conditional for request in again)
        assert len(again) == 10 + 2 * 4  # all of the second round; then what was neither corrected nor dressed anew

    def test_a_page_without_a_date_has_that_of_its_feed(self, watched: Watched) -> None:
        sloppy = watched.site.host(news_site.Sloppy)
        for n in (0, 1, 13):
            local = sloppy.published(n).astimezone(news_site.DHAKA)
            assert watched.ledger.report(sloppy.url(n)).published == local.strftime("%Y-%m-%dT%H:%M")


class WatchedRound:
    """What one round did, and what it should have done."""

    def __init__(self, site: Site, ledger: Ledger, events: list[Event], tally: Tally) -> None:
        self.events = events
        self.tally = tally
        self.held = versions(ledger)
        self.expected = site.expected()
        self.claims = ledger.counts()["claims"]


class Watched:
    """All hosts, followed by their feeds, and watched: as they are, again, and after two changes."""

    def __init__(self, site: Site, ledger: Ledger) -> None:
        self.site, self.ledger = site, ledger
        followed(ledger, *(host.feed for host in site.hosts))
        self.rounds = [WatchedRound(site, ledger, *round_of(ledger))]
        before = len(site.requests)
        round_of(ledger)
        self.requests_when_nothing_was_due = len(site.requests) - before
        self.rounds.append(WatchedRound(site, ledger, *round_of(ledger, everything=True)))
        for number in (1, 2):
            site.round = number
            self.rounds.append(WatchedRound(site, ledger, *round_of(ledger, everything=True)))
        self.requests = list(site.requests)


class Feed(news_site.Host):
    """A host that answers what a test says, and otherwise like the others."""

    pages = 4
    answers: dict[str, Answer]

    def answer(self, path: str) -> Answer:
        return self.answers.get(path) or super().answer(path)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(news_site, "HOSTS", (Feed, *news_site.HOSTS))
    with news_site.running((Feed,)) as site:
        site.hosts[0].answers = {}  # type: ignore[attr-defined]
        yield site


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.db") as opened:
        yield opened


class Clock:
    """The time as a test sets it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def visits(ledger: Ledger, site: Site, clock: Clock) -> list[str]:
    """One round at the clock's time; the paths that were asked for."""
    site.forget_requests()
    list(watch(ledger, WatchOptions(manners=MANNERS, once=True), now=clock))
    return sorted(request.path for request in site.requests)


def test_pages_are_read_again_ever_later_and_feeds_as_often_as_they_change(ledger: Ledger, site: Site) -> None:
    followed(ledger, site.hosts[0].feed)
    clock = Clock()
    assert visits(ledger, site, clock) == ["/feed.xml", *(f"/news/{n}" for n in range(4))]
    clock.ahead = timedelta(minutes=20)
    assert visits(ledger, site, clock) == []
    clock.ahead = timedelta(minutes=31)
    assert visits(ledger, site, clock) == ["/feed.xml"]
    pages = [f"/news/{n}" for n in range(4)]
    for hours, asked in (
        (1.1, pages),
        (5, []),
        (7.3, pages),
        (31.5, pages),
        (60, []),
        (104, pages),
        (1000, []),
        (2000, []),
    ):
        clock.ahead = timedelta(hours=hours)
        assert [path for path in visits(ledger, site, clock) if path.startswith("/news")] == asked, hours


def test_a_page_that_is_always_just_changed_has_one_version_and_is_visited(ledger: Ledger, site: Site) -> None:
    host, clock = site.hosts[0], Clock()
    followed(ledger, host.feed)
    visited = []
    for hours in (0, 1.1, 7.3):
        clock.ahead = timedelta(hours=hours)
        head = f'<meta property="article:modified_time" content="{clock().isoformat()}">'
        host.answers = {"/news/0": Answer(news_site.page(0, site.today, head=head))}  # type: ignore[attr-defined]
        assert "/news/0" in visits(ledger, site, clock)
        noted = ledger.following.fetch(host.url(0))
        assert noted is not None
        visited.append((noted.visited, noted.changed))
    assert versions(ledger)[host.url(0)] == 1
    assert len({moment for moment, _ in visited}) == 3
    assert {changed for _, changed in visited} == {visited[0][0]}


def test_a_fixed_time_between_visits(ledger: Ledger, site: Site) -> None:
    followed(ledger, site.hosts[0].feed, options=FollowOptions(manners=MANNERS, every=timedelta(minutes=5)))
    clock = Clock()
    for minutes, asked in ((0, 1), (4, 0), (6, 1), (9, 0), (12, 1)):
        clock.ahead = timedelta(minutes=minutes)
        assert visits(ledger, site, clock).count("/feed.xml") == asked


def test_only_recent_articles_at_the_first_look_and_all_new_ones_since(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    host.published = lambda n: site.today - timedelta(days=n)  # type: ignore[method-assign]
    followed(ledger, host.feed)
    round_of(ledger)
    assert sorted(versions(ledger)) == [host.url(n) for n in range(2)]
    clock = Clock()
    clock.ahead = timedelta(days=30)  # the machine was off for a month
    Feed.pages = 6
    try:
        host.published = lambda n: site.today + timedelta(days=n if n >= 4 else -n)  # type: ignore[method-assign]
        visits(ledger, site, clock)
    finally:
        Feed.pages = 4
    assert sorted(versions(ledger)) == [host.url(n) for n in (0, 1, 4, 5)]


def test_undated_entries_of_a_sitemap_are_old_at_the_first_look_and_new_afterwards(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]

    def listed(*numbers: int) -> Answer:
        entries = "".join(f"<url><loc>{host.url(n)}</loc></url>" for n in numbers)
        return Answer(f"<urlset>{entries}</urlset>".encode(), media="application/xml")

    host.answers = {"/sitemap.xml": listed(0, 1)}  # type: ignore[attr-defined]
    followed(ledger, f"{host.root}/sitemap.xml")
    round_of(ledger)
    assert versions(ledger) == {}
    host.answers = {"/sitemap.xml": listed(0, 1, 2)}  # type: ignore[attr-defined]
    round_of(ledger, everything=True)
    assert versions(ledger) == {host.url(2): 1}


def sitemap_of(*entries: str) -> Answer:
    return Answer(f"<urlset>{''.join(entries)}</urlset>".encode(), media="application/xml")


def entry(url: str, day: str | None = None) -> str:
    dated = "" if day is None else f"<lastmod>{day}</lastmod>"
    return f"<url><loc>{url}</loc>{dated}</url>"


class TestLongLists:
    """More new pages in a list than one visit takes, and more known ones."""

    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("dabi.service.channel_visits.MOST_NEW", 3)

    def test_what_one_visit_leaves_the_next_one_takes(self, ledger: Ledger, site: Site) -> None:
        host, today = site.hosts[0], site.today.date().isoformat()
        sitemap = sitemap_of(*(entry(host.url(n), today) for n in range(4)))
        tagged = Answer(sitemap.body, media=sitemap.media, headers=(("ETag", '"same"'),))
        host.answers = {"/sitemap.xml": tagged}  # type: ignore[attr-defined]
        followed(ledger, f"{host.root}/sitemap.xml")
        _, tally = round_of(ledger)
        assert (tally.added, tally.left) == (3, {host.name: 1})
        _, tally = round_of(ledger, everything=True)
        assert (tally.added, tally.left) == (1, {})
        assert sorted(versions(ledger)) == [host.url(n) for n in range(4)]
        site.forget_requests()
        round_of(ledger, everything=True)  # read to its end by now
        assert [request.status for request in site.requests if request.path == "/sitemap.xml"] == [304]

    def test_what_is_known_does_not_count(self, ledger: Ledger, site: Site) -> None:
        host = site.hosts[0]
        known = [entry(f"{host.root}/older/{n}") for n in range(8)]
        host.answers = {"/sitemap.xml": sitemap_of(*known)}  # type: ignore[attr-defined]
        followed(ledger, f"{host.root}/sitemap.xml")
        round_of(ledger)
        host.answers = {"/sitemap.xml": sitemap_of(*known, entry(host.url(2)))}  # type: ignore[attr-defined]
        _, tally = round_of(ledger, everything=True)
        assert (versions(ledger), tally.left) == ({host.url(2): 1}, {})

    @pytest.mark.parametrize("levels", [1, 2])
    def test_a_part_of_an_index_is_gone_on_with_whatever_its_date(
        self, ledger: Ledger, site: Site, levels: int
    ) -> None:
        host, before = site.hosts[0], (site.today - timedelta(days=1)).isoformat()

        def index(path: str) -> Answer:
            part = f"<sitemap><loc>{host.root}{path}</loc><lastmod>{before}</lastmod></sitemap>"
            return Answer(f"<sitemapindex>{part}</sitemapindex>".encode(), media="application/xml")

        host.answers = {  # type: ignore[attr-defined]
            "/sitemap.xml": index("/part.xml" if levels == 1 else "/inner.xml"),
            "/inner.xml": index("/part.xml"),
            "/part.xml": sitemap_of(*(entry(host.url(n), before) for n in range(4))),
        }
        followed(ledger, f"{host.root}/sitemap.xml")
        round_of(ledger)
        assert len(versions(ledger)) == 3
        round_of(ledger, everything=True)
        assert len(versions(ledger)) == 4
        site.forget_requests()
        round_of(ledger, everything=True)
        assert "/part.xml" not in {request.path for request in site.requests}


class Daily:
    """A host with a sitemap for each day; it is followed today, and the clock begins at noon tomorrow in Dhaka."""

    def __init__(self, ledger: Ledger, site: Site) -> None:
        self.ledger, self.site, self.clock = ledger, site, Clock()
        self.host = site.hosts[0]
        self.host.answers = {}  # type: ignore[attr-defined]
        self.noon = self.clock().astimezone(news_site.DHAKA).replace(hour=12, minute=0, second=0) + timedelta(days=1)
        self.at(0)

    def follow(self, **options: Any) -> None:
        pattern = f"{self.host.root}/{{year}}-{{month}}-{{day}}.xml"
        self.publish(-1)
        self.publish(0, 0)
        followed(self.ledger, pattern, options=FollowOptions(manners=MANNERS, **options))

    def at(self, days: int, hours: float = 0) -> None:
        self.clock.ahead = self.noon + timedelta(days=days, hours=hours) - datetime.now(UTC)

    def path(self, day: int) -> str:
        return f"/{self.noon.date() + timedelta(days=day)}.xml"

    def publish(self, day: int, *pages: int) -> None:
        entries = "".join(f"<url><loc>{self.host.url(n)}</loc></url>" for n in pages)
        answer = Answer(f"<urlset>{entries}</urlset>".encode(), media="application/xml")
        self.host.answers[self.path(day)] = answer  # type: ignore[attr-defined]

    def asked(self) -> list[str]:
        """The lists that a round asks for."""
        return [path for path in visits(self.ledger, self.site, self.clock) if path.endswith(".xml")]


class TestASitemapForEachDay:
    @pytest.fixture
    def daily(self, ledger: Ledger, site: Site) -> Daily:
        return Daily(ledger, site)

    def test_today_and_yesterday_as_the_outlet_s_clock_has_them(self, daily: Daily, ledger: Ledger) -> None:
        daily.follow(max_age=timedelta(hours=24))
        daily.publish(-1, 1)
        assert daily.asked() == [daily.path(-1), daily.path(0)]
        assert sorted(versions(ledger)) == [daily.host.url(n) for n in (0, 1)]  # whatever their entries do not say
        daily.at(0, hours=11)
        daily.publish(0, 0, 2)
        assert daily.asked() == [daily.path(-1), daily.path(0)]
        daily.at(1, hours=-11.5)  # half past midnight in Dhaka, the evening before in Greenwich
        daily.publish(0, 0, 2, 3)
        events, tally = round_of(ledger, now=daily.clock)
        assert sorted(versions(ledger)) == [daily.host.url(n) for n in range(4)]
        assert (tally.failed, [e for e in events if isinstance(e, Failure)]) == (0, [])  # today's is not there yet
        daily.at(1)
        daily.publish(1)
        assert daily.asked() == [daily.path(0), daily.path(1)]
        daily.at(2)
        daily.publish(2)
        assert daily.asked() == [daily.path(0), daily.path(1), daily.path(2)]  # a last time
        daily.at(2, hours=8)
        assert daily.asked() == [daily.path(1), daily.path(2)]

    def test_days_that_were_missed_are_read_once_each(self, daily: Daily, ledger: Ledger) -> None:
        daily.follow()
        daily.asked()
        for day in (1, 2, 4, 5):
            daily.publish(day, day % 4)
        daily.at(5)
        assert daily.asked() == [daily.path(day) for day in range(-1, 6)]
        assert sorted(versions(ledger)) == [daily.host.url(n) for n in (0, 1, 2)]
        daily.at(5, hours=8)
        assert daily.asked() == [daily.path(4), daily.path(5)]
        daily.at(100)
        assert len(daily.asked()) == 32  # no further back than a month

    def test_where_none_is_there_it_is_told_and_tried_again(self, daily: Daily, ledger: Ledger) -> None:
        daily.follow()
        daily.asked()
        daily.at(10)
        events, tally = round_of(ledger, now=daily.clock)
        (failure,) = [event for event in events if isinstance(event, Failure)]
        assert "{year}" in failure.source
        assert daily.path(10) in failure.reason
        assert tally.failed == 1
        daily.publish(10, 1)
        daily.at(11)
        round_of(ledger, now=daily.clock)
        assert sorted(versions(ledger)) == [daily.host.url(n) for n in (0, 1)]
        (state,) = ledger.following.states()
        assert state.channels[0].problem is None


def test_a_page_that_its_sitemap_says_has_changed_is_read_again_at_once(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    clock = Clock()

    def listed(changed: datetime) -> Answer:
        entry = f"<url><loc>{host.url(0)}</loc><lastmod>{changed.isoformat()}</lastmod></url>"
        return Answer(f"<urlset>{entry}</urlset>".encode(), media="application/xml")

    host.answers = {"/sitemap.xml": listed(site.today)}  # type: ignore[attr-defined]
    followed(ledger, f"{host.root}/sitemap.xml")
    assert visits(ledger, site, clock) == ["/news/0", "/sitemap.xml"]
    clock.ahead = timedelta(hours=200)  # all regular revisits are over
    visits(ledger, site, clock)
    clock.ahead = timedelta(hours=207)
    site.round = 1
    host.answers = {"/sitemap.xml": listed(site.today + timedelta(hours=206))}  # type: ignore[attr-defined]
    visits(ledger, site, clock)
    clock.ahead = timedelta(hours=207, minutes=1)
    visits(ledger, site, clock)
    assert versions(ledger) == {host.url(0): 2}


def test_what_was_forgotten_is_not_fetched_again_unless_it_changed(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    clock = Clock()

    def publish(*numbers: int, changed: dict[int, datetime] | None = None) -> None:
        moments = {n: f"<lastmod>{moment.isoformat()}</lastmod>" for n, moment in (changed or {}).items()}
        entries = "".join(f"<url><loc>{host.url(n)}</loc>{moments.get(n, '')}</url>" for n in numbers)
        answer = Answer(f"<urlset>{entries}</urlset>".encode(), media="application/xml")
        host.answers = {"/sitemap.xml": answer, "/news/3": moved}  # type: ignore[attr-defined]

    moved = Answer(b"", 301, headers=(("Location", host.url(1)),))
    publish()
    followed(ledger, f"{host.root}/sitemap.xml")
    visits(ledger, site, clock)
    publish(0, 1, 3)
    for hours in (1, 2.1, 8.5, 33, 106):
        clock.ahead = timedelta(hours=hours)
        visits(ledger, site, clock)
    assert ledger.following.due("9999")[1:] == []  # the pages are over
    clock.ahead = timedelta(days=130)
    publish(0, 1, 2, 3)
    assert visits(ledger, site, clock) == ["/news/2", "/robots.txt", "/sitemap.xml"]
    assert ledger.following.known(host.url(n) for n in range(4)) == {host.url(2), host.url(3)}
    clock.ahead = timedelta(days=131)
    publish(0, 1, 2, 3, changed={0: clock() - timedelta(hours=1), 1: clock() - timedelta(days=125)})
    assert [path for path in visits(ledger, site, clock) if "news" in path] == ["/news/0", "/news/2"]
    assert versions(ledger) == {host.url(n): 1 for n in range(3)}


def test_what_a_list_gives_an_old_date_is_not_new_once_the_list_is_known(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    clock = Clock()

    def publish(*days: int) -> None:
        published = [(site.today + timedelta(days=day)).isoformat() for day in days]
        entries = "".join(
            f"<url><loc>{host.url(n)}</loc><news:publication_date>{date}</news:publication_date></url>"
            for n, date in enumerate(published)
        )
        space = "http://www.google.com/schemas/sitemap-news/0.9"
        answer = Answer(f"<urlset xmlns:news='{space}'>{entries}</urlset>".encode(), media="application/xml")
        host.answers = {"/sitemap.xml": answer}  # type: ignore[attr-defined]

    publish()
    followed(ledger, f"{host.root}/sitemap.xml")
    visits(ledger, site, clock)
    clock.ahead = timedelta(days=200)  # the machine was off: all that came meanwhile is new
    publish(10)
    assert [path for path in visits(ledger, site, clock) if "news" in path] == ["/news/0"]
    clock.ahead = timedelta(days=201)
    publish(10, 20, 150)
    assert [path for path in visits(ledger, site, clock) if "news" in path] == ["/news/0", "/news/2"]  # one again


def test_what_a_page_calls_itself_is_its_identity(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    head = "<link rel='canonical' href='/bangla/20251123001'>"
    host.answers = {  # type: ignore[attr-defined]
        f"/news/{n}": Answer(news_site.page(1, site.today, head=head if n < 2 else "<link rel='canonical' href='/'>"))
        for n in range(4)
    }
    host.link = lambda n: f"{host.url(n)}?id=20251123001"  # type: ignore[method-assign]
    host.answers.update({f"{path}?id=20251123001": answer for path, answer in host.answers.items()})  # type: ignore[attr-defined]
    followed(ledger, host.feed)
    round_of(ledger)
    assert versions(ledger) == {
        f"{host.root}/bangla/20251123001": 1,
        f"{host.url(2)}?id=20251123001": 1,  # the front page is no article
        f"{host.url(3)}?id=20251123001": 1,
    }


def test_a_feed_that_is_no_longer_one_is_told_and_tried_again_later(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    followed(ledger, host.feed)
    for answer, reason in ((Answer(b"<html><body>404</body></html>"), "no feed"), (Answer(b"", 404), "no such page")):
        host.answers = {"/feed.xml": answer}  # type: ignore[attr-defined]
        events, tally = round_of(ledger, everything=True)
        (failure,) = of(Failure, events)
        assert reason in str(failure)
        assert tally.failed == 1
    (state,) = ledger.following.states()
    assert state.channels[0].failures == 2
    host.answers = {}  # type: ignore[attr-defined]
    round_of(ledger, everything=True)
    assert len(versions(ledger)) == 4


ENGLISH = b"<!doctype html><title>News</title><article><h1>News</h1><p>" + b"The river rose by a metre. " * 20 + b"</p>"
LISTING = "<ul>" + "<li><a href='/x'>নদীর খবর আছে</a></li>" * 60 + "</ul>"


def test_what_is_not_bengali_or_no_article_is_left_out_once(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    host.answers = {  # type: ignore[attr-defined]
        "/news/0": Answer(ENGLISH),
        "/news/1": Answer(b"<html><body>x</body></html>"),
        "/news/2": Answer(f"<html><body>{LISTING}</body></html>".encode()),
    }
    followed(ledger, host.feed)
    events, tally = round_of(ledger)
    assert versions(ledger) == {host.url(3): 1}
    assert (of(Failure, events), tally.added, tally.passed) == ([], 1, {host.name: 3})
    noted = ledger.following.fetches(host.url(n) for n in range(4))
    assert [noted[host.url(n)].state for n in range(4)] == ["passed", "passed", "passed", "read"]
    assert [noted[host.url(n)].problem for n in range(3)] == [
        "it is not a page in Bengali",
        "it is not a page in Bengali",
        "there is no article text on it",
    ]
    site.forget_requests()
    round_of(ledger, everything=True)
    assert {request.path for request in site.requests} == {"/feed.xml", "/news/3"}


def test_a_page_that_is_held_has_no_version_without_an_article(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    followed(ledger, host.feed)
    round_of(ledger)
    host.answers = {"/news/0": Answer(ENGLISH)}  # type: ignore[attr-defined]
    _, tally = round_of(ledger, everything=True)
    noted = ledger.following.fetch(host.url(0))
    assert noted is not None
    assert (noted.state, noted.next is not None, tally.passed) == ("read", True, {host.name: 1})
    assert versions(ledger) == {host.url(n): 1 for n in range(4)}
    host.answers = {}  # type: ignore[attr-defined]
    _, tally = round_of(ledger, everything=True)
    assert (tally.unchanged, tally.passed) == (4, {})


class TestAPageThatKillsWhoReadsIt:
    @pytest.fixture
    def deadly(self, site: Site) -> str:
        host = site.hosts[0]
        host.answers = {"/news/1": Answer(b"kill\n" + host.article(1))}  # type: ignore[attr-defined]
        return host.url(1)

    def test_it_is_set_aside_and_the_others_are_read(
        self, ledger: Ledger, site: Site, deadly: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        host, clock = site.hosts[0], Clock()
        followed(ledger, host.feed)
        assert watched_by_another(tmp_path / "ledger.db") == -signal.SIGKILL
        noted = ledger.following.fetch(deadly)
        assert noted is not None
        assert (noted.state, noted.failures, noted.problem) == ("waiting", 1, "reading it was begun and did not end")
        assert "/news/1" not in visits(ledger, site, clock)  # the others come first
        monkeypatch.setattr("dabi.service.page_visits.read_report", unruly)
        clock.ahead = timedelta(minutes=11)
        events, _ = round_of(ledger, now=clock)
        (failure,) = of(Failure, events)
        assert str(failure) == f"{deadly}: the process that read it died, 2 times (signal 9, SIGKILL)"
        assert sorted(versions(ledger)) == [host.url(n) for n in (0, 2, 3)]
        site.forget_requests()
        round_of(ledger, everything=True)
        assert "/news/1" not in {request.path for request in site.requests}

    def test_where_it_is_read_in_a_process_of_its_own_and_is_harmless_it_is_kept(
        self, ledger: Ledger, site: Site, deadly: str, tmp_path: Path
    ) -> None:
        followed(ledger, site.hosts[0].feed)
        assert watched_by_another(tmp_path / "ledger.db") == -signal.SIGKILL
        events, _ = round_of(ledger, everything=True)
        assert of(Failure, events) == []
        assert deadly in versions(ledger)

    def test_where_its_own_process_takes_this_one_with_it_it_is_set_aside_unread(
        self, ledger: Ledger, site: Site, deadly: str, tmp_path: Path
    ) -> None:
        followed(ledger, site.hosts[0].feed)
        assert watched_by_another(tmp_path / "ledger.db") == -signal.SIGKILL
        noted = ledger.following.fetch(deadly)
        assert noted is not None
        ledger.following.save(msgspec.structs.replace(noted, failures=8))
        site.forget_requests()
        events, _ = round_of(ledger, everything=True)
        (failure,) = of(Failure, events)
        assert str(failure) == f"{deadly}: reading it was begun 8 times and did not end"
        assert "/news/1" not in {request.path for request in site.requests}


def watched_by_another(where: Path) -> int | None:
    """One round in another process, which reads as `unruly` does; its exit status."""
    process = multiprocessing.get_context("forkserver").Process(target=unruly_readers.watch_once, args=(str(where),))
    process.start()
    process.join(120)
    return process.exitcode


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(news_site, "HOSTS", (Feed, *news_site.HOSTS))
    with news_site.running((Feed, news_site.Busy)) as site:
        site.hosts[0].answers = {}  # type: ignore[attr-defined]
        yield site


def test_a_feed_that_would_take_too_long_has_failed(ledger: Ledger, two: Site) -> None:
    host, other = two.hosts
    followed(ledger, host.feed, other.feed)
    endless = b"<rss><channel><item>" + b"<a>" * 1_600_000
    host.answers = {"/feed.xml": Answer(endless, media="application/rss+xml")}  # type: ignore[attr-defined]
    events, tally = round_of(ledger)
    (failure,) = of(Failure, events)
    assert str(failure) == f"{host.feed}: the feed has more than 100,000 elements"
    assert sorted(versions(ledger)) == sorted(other.gathered())
    noted = ledger.following.fetch(host.feed)
    assert noted is not None
    assert (noted.state, noted.failures, tally.failed) == ("failed", 1, 1)


def test_a_feed_that_is_long_being_read_keeps_no_other_host_waiting(
    ledger: Ledger, two: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, other = two.hosts
    followed(ledger, host.feed, other.feed)
    go_on, in_time = threading.Event(), []

    def read(data: bytes, url: str, **more: Any) -> object:
        if url == host.feed:
            in_time.append(go_on.wait(60))
        return read_list(data, url, **more)

    monkeypatch.setattr("dabi.service.channel_visits.read_list", read)
    left = set(other.gathered())
    for event in watch(ledger, WatchOptions(manners=MANNERS, once=True)):
        if isinstance(event, Added):
            left.discard(event.article)
        if not left:
            go_on.set()
    assert in_time == [True]
    assert len(versions(ledger)) == len(other.gathered()) + len(host.gathered())


def test_a_host_whose_robots_txt_can_not_be_had_rests(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    followed(ledger, host.feed)
    with ledger.writing() as connection:
        from dabi.ledger.following import hosts

        connection.execute(hosts.delete())
    host.answers = {"/robots.txt": Answer(b"", 503)}  # type: ignore[attr-defined]
    events, tally = round_of(ledger)
    (resting,) = of(Resting, events)
    assert (resting.host, tally.failed) == (host.name, 0)  # type: ignore[attr-defined]
    assert versions(ledger) == {}
    host.answers = {}  # type: ignore[attr-defined]
    round_of(ledger, everything=True)
    assert len(versions(ledger)) == 4


def test_a_feed_that_is_busy_is_asked_again_when_it_says(ledger: Ledger, site: Site) -> None:
    host = site.hosts[0]
    followed(ledger, host.feed)
    busy = iter([Answer(b"", 429, "text/plain", (("Retry-After", "1"),))])
    channel = host.channel
    host.channel = lambda: next(busy, None) or channel()  # type: ignore[method-assign]
    site.forget_requests()
    events, tally = round_of(ledger)
    assert (of(Failure, events), tally.added) == ([], 4)
    first, second = [request for request in site.requests if request.path == "/feed.xml"]
    assert second.begun - first.answered >= 1.0


def test_what_is_followed_no_longer_is_not_asked_for(ledger: Ledger, site: Site) -> None:
    followed(ledger, site.hosts[0].feed)
    round_of(ledger)
    assert stop_following(ledger, site.hosts[0].feed) == site.hosts[0].name
    site.forget_requests()
    round_of(ledger, everything=True)
    assert site.requests == []
    assert len(versions(ledger)) == 4


def test_watching_goes_on_until_it_is_stopped_and_notices_what_is_followed_meanwhile(
    ledger: Ledger, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dabi.service.watching._LOOK", 0.05)
    stop, tally = Stop(), Tally()
    events = watch(ledger, WatchOptions(manners=MANNERS), tally=tally, stop=stop)
    gathered = []
    followed(ledger, site.hosts[0].feed)
    for event in events:
        if isinstance(event, Added):
            gathered.append(event.article)
            if len(gathered) == 4:
                with pytest.raises(LedgerLocked):
                    round_of(ledger)
                stop()
    assert sorted(gathered) == sorted(versions(ledger)) == [site.hosts[0].url(n) for n in range(4)]
    assert tally.added == 4
    assert list(watch(ledger, WatchOptions(manners=MANNERS), stop=stop)) == []  # stopped before it began


def test_an_error_of_the_ledger_ends_the_watch_and_one_page_that_can_not_be_read_does_not(
    ledger: Ledger, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = site.hosts[0]
    followed(ledger, host.feed)
    wrong: Exception = LedgerFull("the disk is full")

    def failing(ledger: Ledger, report: Report, **more: Any) -> Added | Failure:
        if report.id == host.url(2):
            raise wrong
        return add_fetched(ledger, report, **more)

    monkeypatch.setattr("dabi.service.page_visits.add_fetched", failing)
    with pytest.raises(LedgerFull):
        round_of(ledger)
    assert host.url(2) not in versions(ledger)
    wrong = RecursionError("too deep")
    events, _ = round_of(ledger, everything=True)
    (failure,) = of(Failure, events)
    assert "it could not be read (RecursionError: too deep)" in str(failure)
    assert sorted(versions(ledger)) == [host.url(n) for n in (0, 1, 3)]


def test_who_stops_listening_stops_the_watch(ledger: Ledger, site: Site) -> None:
    followed(ledger, site.hosts[0].feed)
    events = watch(ledger, WatchOptions(manners=MANNERS))
    next(events)
    events.close()  # type: ignore[attr-defined]
    with ledger.gathering():
        held = len(versions(ledger))
    assert 1 <= held <= 4
    round_of(ledger, everything=True)
    assert len(versions(ledger)) == 4
