"""Following: what an outlet or address is followed by, and what is followed in a ledger."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from ..bengali.calendar import Country
from ..gathering.asking import HostResting, Manners, PoliteFetcher, RobotsUnknown
from ..gathering.discovery import feeds_of_page, read_list
from ..gathering.entry_dates import iso, local_day
from ..gathering.feed_bounds import FeedRefused
from ..gathering.feeds import Feed
from ..gathering.fetching import Fetched, FetchFailed
from ..gathering.links import belongs, domain_of, home_of, host_of, web_link
from ..gathering.sitemaps import Sitemap
from ..ledger import Ledger, LedgerMissing, LedgerRefused
from ..ledger.follow_store import Followed, FollowedState, Host
from ..reading.daily_address import check_daily, is_daily, on_day
from ..reading.inputs import Failure
from ..reading.outlets import Outlet, outlet_named

MAX_AGE = timedelta(days=2)
# Where to look when a site names neither feed nor sitemap: as WordPress, and most other software, has them.
_USUAL = ("/feed/", "/rss.xml", "/sitemap.xml")
_MOST_SITEMAPS = 5  # of those that a robots.txt names

ChannelKind = Literal["feed", "sitemap"]


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or sitemap that is followed: how many pages (of an index: sitemaps) it lists now, and their newest date
    (ISO 8601 UTC). `problem`: why it could not be looked at."""

    url: str
    kind: ChannelKind
    title: str | None = None
    listed: int | None = None
    newest: str | None = None
    problem: str | None = None


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """What following did: under which name, by what, and which of that is new. `elsewhere`: how many of the pages
    listed are of other domains and will be left out."""

    name: str
    outlet: str | None
    given: str
    domains: tuple[str, ...]
    channels: tuple[Channel, ...]
    new: tuple[str, ...]
    elsewhere: dict[str, int] = {}


class FollowOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to follow. `every`: a fixed time between visits; `domains`: further ones that pages may be of."""

    every: timedelta | None = None
    max_age: timedelta = MAX_AGE
    name: str | None = None
    domains: tuple[str, ...] = ()
    manners: Manners = Manners()


def follow(ledger: Ledger, given: Iterable[str], options: FollowOptions | None = None) -> list[Following | Failure]:
    """Follow outlets (by name, spelling or domain), feeds, sitemaps or pages; what was found for each, in order.

    An outlet is followed by what its file says; a page by the feeds that it names, else by the sitemaps of its host's
    robots.txt, else by what is where such things usually are. Addresses are visited as by `watch`: robots.txt holds.
    """
    return asyncio.run(_follow_all(ledger, list(given), options or FollowOptions()))


def stop_following(ledger: Ledger, given: str) -> str:
    """Follow something no longer, by its name, as it was given, or another spelling of the outlet; its name comes back.

    Raises LedgerMissing when it is not followed.
    """
    outlet = outlet_named(given)
    for each in ledger.following.followed():
        if given in (each.name, each.given) or (outlet is not None and each.name == outlet.name):
            ledger.following.stop(each.name)
            return each.name
    raise LedgerMissing(f"{given!r} is not followed: `dabi follow --list` shows what is")


def followed_states(ledger: Ledger) -> list[FollowedState]:
    """What is followed, and how it goes."""
    return ledger.following.states()


def resting_hosts(ledger: Ledger) -> dict[str, Host]:
    """The hosts that are left alone for now, by name (with the port where it is not the usual one)."""
    return {host.host: host for host in ledger.following.resting(iso(datetime.now(UTC)))}


async def _follow_all(ledger: Ledger, given: list[str], options: FollowOptions) -> list[Following | Failure]:
    manners = msgspec.structs.replace(options.manners, afresh=True)
    async with PoliteFetcher(_Hosts(ledger), manners) as fetcher:
        return [await _Looking(ledger, fetcher, options, each.strip()).follow() for each in given]


class _Hosts:
    """The ledger as the fetcher wants it."""

    def __init__(self, ledger: Ledger) -> None:
        self._store = ledger.following

    async def load(self, host: str) -> Host | None:
        return await asyncio.to_thread(self._store.host, host)

    async def save(self, host: Host) -> None:
        await asyncio.to_thread(self._store.save_host, host)


class _NothingFound(Exception):
    """Why something can't be followed, in words."""


class _Looking:
    """Looks for what one outlet or address can be followed by."""

    def __init__(self, ledger: Ledger, fetcher: PoliteFetcher, options: FollowOptions, given: str) -> None:
        self._ledger = ledger
        self._fetcher = fetcher
        self._options = options
        self._given = given
        self._outlet: Outlet | None = None
        self._country: Country = "BD"
        self._tried: list[str] = []
        self._resting = False  # a host is, and is not to be asked
        self._led_to: list[str] = []  # the domain of the address given, and of where it redirects to
        self._pages: list[str] = []  # that are listed

    async def follow(self) -> Following | Failure:
        try:
            address = self._address()
            self._country = self._outlet.country if self._outlet else "BD"
            channels = await self._of_address(address) if address else await self._of_outlet()
            return await self._register(channels, address)
        except (_NothingFound, LedgerRefused) as error:
            return Failure(source=self._given, reason=str(error).removeprefix(f"{self._given}: "))

    def _address(self) -> str | None:
        """The address that was given; None where the outlet as a whole was."""
        outlet = outlet_named(self._given)
        parts = urlsplit(self._given if "//" in self._given else f"//{self._given}")
        self._outlet = outlet
        if outlet is not None:
            front_page = parts.path in ("", "/") and not parts.query
            a_name = "//" not in self._given and "." not in self._given.split("/")[0]
            if front_page or a_name:
                return None
        written = self._given if "://" in self._given else f"https://{self._given}"
        looks_like_one = " " not in self._given and ("." in self._given or ":" in self._given)
        address = web_link(written, written) if looks_like_one else None
        if address is None:
            raise _NothingFound(
                "neither an outlet that dabi knows nor a web address (`dabi outlets` lists those it knows)"
            )
        if is_daily(address):
            try:
                check_daily(address)
            except ValueError as error:
                raise _NothingFound(str(error)) from None
        return address

    async def _of_outlet(self) -> list[Channel]:
        """By what the outlet's file says, where it answers; else by what its front page says."""
        assert self._outlet is not None
        found = [await self._tried_channel(feed.url, feed.kind, sure=feed.verified) for feed in self._outlet.feeds]
        channels = [channel for channel in found if channel is not None]
        if channels:
            return channels
        home = self._outlet.home or f"https://{self._outlet.domains[0]}/" if self._outlet.domains else None
        if home is None:
            raise _NothingFound("dabi knows no address of this outlet: give one of its feeds")
        return await self._of_address(home)

    async def _of_address(self, address: str) -> list[Channel]:
        self._led_to = [domain_of(address)]
        if is_daily(address):
            daily = await self._looked_for_day(address)
            if isinstance(daily, str):
                raise _NothingFound(daily)
            return [daily]
        fetched = await self._get(address)
        feeds: list[str] = []
        if isinstance(fetched, str):
            if address != home_of(address) or self._resting:
                raise _NothingFound(fetched)
            said = fetched  # a front page that does not open says nothing about the feeds
        else:
            page = fetched.media in ("text/html", "application/xhtml+xml")
            said = "it is a page that names no feed" if page else "it is no feed and no sitemap that can be read"
            address = fetched.url
            self._led_to.append(domain_of(address))
            try:
                channel = self._channel(fetched)
            except FeedRefused as refused:
                raise _NothingFound(str(refused)) from None
            if channel is not None:
                return [channel]
            feeds = feeds_of_page(fetched.body, address)
        for candidates in (feeds, await self._sitemaps(address)):
            found = [await self._tried_channel(url, None) for url in candidates]
            if channels := [channel for channel in found if channel is not None]:
                return channels
        for path in _USUAL:
            channel = await self._tried_channel(urljoin(home_of(address), path), None)
            if channel is not None:
                return [channel]
        raise _NothingFound(f"{said}, and there is none at {', '.join(self._tried)}")

    async def _sitemaps(self, url: str) -> list[str]:
        """The sitemaps that robots.txt names; those of news alone where there are some."""
        try:
            rules = await self._fetcher.rules(url)
        except (FetchFailed, HostResting):
            return []
        named = [link for written in rules.sitemaps if (link := web_link(written, url)) is not None]
        of_news = [link for link in named if "news" in link.lower()]
        return (of_news or named)[:_MOST_SITEMAPS]

    async def _tried_channel(self, url: str, kind: ChannelKind | None, *, sure: bool = False) -> Channel | None:
        """A feed or sitemap at an address; None where there is none. One that is `sure` is followed even so."""
        channel = await (self._looked_for_day(url) if is_daily(url) else self._looked_at(url))
        if isinstance(channel, Channel):
            return channel
        return Channel(url=url, kind=kind or "feed", problem=channel) if sure else None

    async def _looked_at(self, url: str) -> Channel | str:
        """The feed or sitemap at an address, or why there is none."""
        self._tried.append(url)
        fetched = await self._get(url)
        if isinstance(fetched, str):
            return fetched
        try:
            return self._channel(fetched) or "it is no feed and no sitemap"
        except FeedRefused as refused:
            return str(refused)

    async def _looked_for_day(self, url: str) -> Channel | str:
        """The same of a sitemap for each day: today's, or yesterday's where today's is not there yet."""
        today = local_day(datetime.now(UTC), self._country)
        found = await self._looked_at(on_day(url, today))
        if isinstance(found, str):
            before = await self._looked_at(on_day(url, today - timedelta(days=1)))
            found = before if isinstance(before, Channel) else found
        return found if isinstance(found, str) else msgspec.structs.replace(found, url=url)

    async def _get(self, url: str) -> Fetched | str:
        """What is at an address, or why it can't be had, in words."""
        try:
            return await self._fetcher.get(url)
        except FetchFailed as failure:
            return f"{url}: {failure.reason}" if url != self._given else failure.reason
        except HostResting as resting:
            self._resting = True
            said = resting.reason if resting.host in self._given else str(resting)
            if isinstance(resting, RobotsUnknown):  # asked for anew each time
                return said
            return f"{said}; it is left alone until {resting.until.astimezone():%Y-%m-%d %H:%M}"

    def _channel(self, fetched: Fetched) -> Channel | None:
        seen = datetime.fromisoformat(fetched.when)
        found = read_list(fetched.body, fetched.url, country=self._country, media=fetched.media, seen=seen)
        if found is None or (isinstance(found, Feed) and not found.entries and found.broken):
            return None
        parts = found.parts if isinstance(found, Sitemap) else ()
        dates = [entry.published or entry.updated for entry in found.entries] + [part.updated for part in parts]
        instants = [date.instant for date in dates if date is not None]
        self._pages += [entry.url for entry in found.entries]
        return Channel(
            url=fetched.url,
            kind="sitemap" if isinstance(found, Sitemap) else "feed",
            title=found.title if isinstance(found, Feed) else None,
            listed=len(found.entries) or len(parts),
            newest=iso(max(instants)) if instants else None,
        )

    async def _register(self, channels: list[Channel], address: str | None) -> Following:
        options, now = self._options, iso(datetime.now(UTC))
        domains = [*options.domains]
        if self._outlet is not None:
            domains += self._outlet.domains
        else:
            domains += self._led_to
        beyond = Counter(domain_of(page) for page in self._pages if not belongs(page, tuple(domains)))
        name = options.name or await self._free_name(address)
        followed = Followed(
            name=name,
            given=self._given,
            outlet=self._outlet.name if self._outlet else None,
            country=self._country,
            domains=tuple(dict.fromkeys(domains)),
            every=options.every.total_seconds() if options.every else None,
            max_age=options.max_age.total_seconds(),
            since=now,
        )
        listed = [(channel.url, channel.kind) for channel in channels]
        new = await asyncio.to_thread(self._ledger.following.add, followed, listed, now=now)
        return Following(
            name=name,
            outlet=followed.outlet,
            given=self._given,
            domains=followed.domains,
            channels=tuple(channels),
            new=new,
            elsewhere=dict(beyond),
        )

    async def _free_name(self, address: str | None) -> str:
        """The outlet's name; of an address its host, or all of it where the host's name is taken."""
        if address is None:
            assert self._outlet is not None
            return self._outlet.name
        taken = {each.name: each for each in await asyncio.to_thread(self._ledger.following.followed)}
        mine = next((each.name for each in taken.values() if each.given == self._given), None)
        if mine is not None:
            return mine
        host = self._outlet.name if self._outlet else host_of(address)
        return address if host in taken else host
