"""What an outlet, a page or an address is followed by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

import news_site
from dabi.gathering.asking import Manners
from dabi.gathering.fetching import FetchFailed
from dabi.ledger import Ledger, LedgerMissing, open_ledger
from dabi.reading.inputs import Failure
from dabi.reading.outlets import Feed, Outlet, outlet_named
from dabi.service.following import Following, FollowOptions, follow, stop_following
from news_site import Answer, Host, Site

MANNERS = Manners(allow_private=True, delay=0.0, patience=0.2)
OPTIONS = FollowOptions(manners=MANNERS)


class Scripted(Host):
    """A host that answers what a test says, a feed and pages besides."""

    pages = 3
    answers: dict[str, Answer]

    def answer(self, path: str) -> Answer:
        return self.answers.get(path) or super().answer(path)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(news_site, "HOSTS", (Scripted,))
    with news_site.running((Scripted, Scripted)) as site:
        for host in site.hosts:
            host.answers = {}  # type: ignore[attr-defined]
        yield site


@pytest.fixture
def host(site: Site) -> Scripted:
    host = site.hosts[0]
    assert isinstance(host, Scripted)
    return host


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.db") as opened:
        yield opened


def one(ledger: Ledger, given: str, options: FollowOptions = OPTIONS) -> Following:
    (found,) = follow(ledger, [given], options)
    assert isinstance(found, Following), str(found)
    return found


def refused(ledger: Ledger, given: str) -> str:
    (found,) = follow(ledger, [given], OPTIONS)
    assert isinstance(found, Failure)
    assert ledger.following.followed() == []
    return found.reason


def page(head: str) -> Answer:
    return Answer(f"<!doctype html><html><head>{head}</head><body>খবর</body></html>".encode())


def link(address: str) -> str:
    return f"<link rel='alternate' type='application/rss+xml' href='{address}'>"


def test_a_feed(ledger: Ledger, host: Scripted) -> None:
    found = one(ledger, host.feed, msgspec.structs.replace(OPTIONS, every=timedelta(minutes=20)))
    (channel,) = found.channels
    assert (found.name, found.outlet, found.domains, found.new) == (host.name, None, (host.name,), (host.feed,))
    assert (channel.kind, channel.listed, channel.title, channel.problem) == ("feed", 3, "খবর", None)
    assert channel.newest == host.published(0).isoformat().replace("+00:00", ".000Z")
    (followed,) = ledger.following.followed()
    assert (followed.every, followed.max_age, followed.given) == (1200.0, 172800.0, host.feed)


def test_a_page_by_the_feeds_that_it_names(ledger: Ledger, host: Scripted) -> None:
    host.answers = {"/news": page(link("/missing.xml") + link("/feed.xml") + link("/comments.xml"))}
    found = one(ledger, f"{host.root}/news")
    assert [channel.url for channel in found.channels] == [host.feed]


def test_a_page_by_the_sitemaps_of_its_robots_txt_those_of_news_first(ledger: Ledger, host: Scripted) -> None:
    empty = Answer(b"<urlset></urlset>", media="application/xml")
    named = "".join(f"Sitemap: {host.root}/{name}.xml\n" for name in ("all", "news-1", "news-2"))
    host.answers = {
        "/": page(""),
        "/robots.txt": Answer(f"User-agent: *\nDisallow: /private\n{named}".encode(), media="text/plain"),
        **{f"/{name}.xml": empty for name in ("all", "news-1", "news-2")},
    }
    found = one(ledger, host.root)
    assert [channel.url for channel in found.channels] == [f"{host.root}/news-1.xml", f"{host.root}/news-2.xml"]
    assert {channel.kind for channel in found.channels} == {"sitemap"}


def test_a_page_by_what_is_at_a_usual_place(ledger: Ledger, host: Scripted) -> None:
    host.answers = {"/rss.xml": host.channel()}  # the front page itself is not there
    assert [channel.url for channel in one(ledger, f"{host.root}/").channels] == [f"{host.root}/rss.xml"]


def test_what_names_nothing(ledger: Ledger, host: Scripted) -> None:
    host.answers = {"/about": page("")}
    reason = refused(ledger, f"{host.root}/about")
    assert "a page that names no feed" in reason
    assert f"{host.root}/sitemap.xml" in reason
    assert "no such page" in refused(ledger, f"{host.root}/missing")
    host.answers["/broken.xml"] = Answer(b"<rss version='2.0'><channel><ti", media="application/rss+xml")
    assert "no feed and no sitemap that can be read" in refused(ledger, f"{host.root}/broken.xml")
    assert "neither an outlet" in refused(ledger, "কোনো এক কাগজ")
    assert "neither an outlet" in refused(ledger, "file:///etc/passwd")
    host.answers["/robots.txt"] = Answer(b"User-agent: dabi\nDisallow: /", media="text/plain")
    with ledger.writing() as connection:
        from dabi.ledger.following import hosts

        connection.execute(hosts.delete())
    assert "robots.txt forbids it" in refused(ledger, host.feed)


def test_pages_elsewhere_are_counted_and_can_be_taken(ledger: Ledger, host: Scripted) -> None:
    host.link = lambda n: f"https://www.example.org/{n}"  # type: ignore[method-assign]
    assert one(ledger, host.feed).elsewhere == {"example.org": 3}
    taken = one(ledger, host.feed, msgspec.structs.replace(OPTIONS, domains=("example.org",)))
    assert (taken.elsewhere, taken.domains) == ({}, ("example.org", host.name))


def test_an_address_that_leads_to_another_host_is_followed_there(ledger: Ledger, site: Site, host: Scripted) -> None:
    other = site.hosts[1]
    host.answers = {"/old.xml": Answer(b"", 301, headers=(("Location", other.feed),))}
    found = one(ledger, f"{host.root}/old.xml")
    assert found.channels[0].url == other.feed
    assert set(found.domains) == {host.name, other.name}
    assert found.elsewhere == {}


def daily(host: Scripted, ago: int, *pages: int) -> tuple[str, Answer]:
    """The path and content of the sitemap of a day, in Bangladesh."""
    day = (datetime.now(UTC) + timedelta(hours=6)).date() - timedelta(days=ago)
    entries = "".join(f"<url><loc>{host.url(n)}</loc></url>" for n in pages)
    return f"/{day}/sitemap.xml", Answer(f"<urlset>{entries}</urlset>".encode(), media="application/xml")


@pytest.mark.parametrize("ago", [0, 1])
def test_a_sitemap_for_each_day_by_todays_or_yesterdays(ledger: Ledger, host: Scripted, ago: int) -> None:
    host.answers = dict([daily(host, ago, 1, 2)])
    pattern = f"{host.root}/{{year}}-{{month}}-{{day}}/sitemap.xml"
    (channel,) = one(ledger, pattern).channels
    assert (channel.url, channel.kind, channel.listed, channel.problem) == (pattern, "sitemap", 2, None)


def test_a_sitemap_for_each_day_that_is_none(ledger: Ledger, host: Scripted) -> None:
    reason = refused(ledger, f"{host.root}/{{year}}-{{month}}-{{day}}/sitemap.xml")
    assert daily(host, 0)[0] in reason
    assert "no such page" in reason
    assert "no whole day, without {month} and {day}" in refused(ledger, f"{host.root}/{{year}}.xml")


def test_two_feeds_of_one_host_have_names_of_their_own(ledger: Ledger, host: Scripted) -> None:
    host.answers = {"/sport.xml": host.channel()}
    assert one(ledger, host.feed).name == host.name
    assert one(ledger, f"{host.root}/sport.xml").name == f"{host.root}/sport.xml"
    assert stop_following(ledger, f"{host.root}/sport.xml") == f"{host.root}/sport.xml"
    assert [each.name for each in ledger.following.followed()] == [host.name]


class TestOutlets:
    """An outlet whose domain is a host of ours."""

    @pytest.fixture
    def outlet(self, host: Scripted, monkeypatch: pytest.MonkeyPatch) -> Outlet:
        known = outlet_named("Prothom Alo")
        assert known is not None
        outlet = msgspec.structs.replace(
            known, name="Nodipar", country="IN", domains=(host.name,), home=f"{host.root}/", feeds=()
        )
        monkeypatch.setattr(
            "dabi.service.following.outlet_named",
            lambda text: outlet if text == "নদীপাড়" or host.name in text else None,
        )
        return outlet

    def follow(self, ledger: Ledger, outlet: Outlet, monkeypatch: pytest.MonkeyPatch, *feeds: Feed) -> Following:
        described = msgspec.structs.replace(outlet, feeds=feeds)
        monkeypatch.setattr("dabi.service.following.outlet_named", lambda text: described)
        return one(ledger, "নদীপাড়")

    def test_by_the_feeds_in_its_file_those_that_are_not_verified_where_they_answer(
        self, ledger: Ledger, host: Scripted, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = self.follow(
            ledger,
            outlet,
            monkeypatch,
            Feed(url=f"{host.root}/tried.xml"),
            Feed(url=f"{host.root}/verified.xml", kind="sitemap", verified=True),
            Feed(url=host.feed),
        )
        assert (found.name, found.outlet, found.domains) == ("Nodipar", "Nodipar", (host.name,))
        assert [(channel.url, channel.kind, channel.problem is None) for channel in found.channels] == [
            (f"{host.root}/verified.xml", "sitemap", False),  # it may be away for a moment only
            (host.feed, "feed", True),
        ]
        assert ledger.following.followed()[0].country == "IN"

    def test_by_a_sitemap_for_each_day_whether_it_is_there_now_or_not(
        self, ledger: Ledger, host: Scripted, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pattern = f"{host.root}/{{year}}-{{month}}-{{day}}/sitemap.xml"
        found = self.follow(ledger, outlet, monkeypatch, Feed(url=pattern, kind="sitemap", verified=True))
        assert [(channel.url, channel.kind) for channel in found.channels] == [(pattern, "sitemap")]
        assert "no such page" in (found.channels[0].problem or "")

    def test_by_its_front_page_where_its_file_names_nothing_that_answers(
        self, ledger: Ledger, host: Scripted, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        host.answers = {"/": page(link("/feed.xml"))}
        found = self.follow(ledger, outlet, monkeypatch, Feed(url=f"{host.root}/tried.xml"))
        assert [channel.url for channel in found.channels] == [host.feed]

    def test_its_address_is_the_outlet_and_an_address_below_is_that_feed(
        self, ledger: Ledger, host: Scripted, outlet: Outlet
    ) -> None:
        host.answers = {"/": page(link("/feed.xml")), "/sport.xml": host.channel()}
        assert one(ledger, f"{host.root}/").name == "Nodipar"
        below = one(ledger, f"{host.root}/sport.xml", msgspec.structs.replace(OPTIONS, name="sport"))
        assert (below.name, below.outlet) == ("sport", "Nodipar")
        assert [channel.url for channel in below.channels] == [f"{host.root}/sport.xml"]

    def test_stopped_by_any_of_its_names(self, ledger: Ledger, host: Scripted, outlet: Outlet) -> None:
        host.answers = {"/": page(link("/feed.xml"))}
        one(ledger, "নদীপাড়")
        assert stop_following(ledger, f"{host.root}/") == "Nodipar"
        with pytest.raises(LedgerMissing, match="not followed"):
            stop_following(ledger, "নদীপাড়")


@pytest.mark.parametrize(
    "given", ["Prothom Alo", "prothom-alo", "প্রথম আলো", "prothomalo.com", "https://www.prothomalo.com"]
)
def test_outlets_that_dabi_knows_are_taken_as_outlets(
    given: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a network their verified feeds are followed all the same, with what is wrong now."""

    monkeypatch.setattr("dabi.gathering.asking.Fetcher.get", _nobody_there)
    found = one(ledger, given)
    assert (found.name, found.domains) == ("Prothom Alo", ("prothomalo.com",))
    assert {channel.kind for channel in found.channels} == {"feed", "sitemap"}
    assert all(channel.problem for channel in found.channels)
    assert len(ledger.following.due("9999")) == len(found.channels)


async def _nobody_there(fetcher: object, url: str, **more: object) -> None:
    raise FetchFailed("there is no such host", url, "unknown_host")
