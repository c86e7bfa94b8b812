"""Asking hosts politely: what robots.txt forbids is not asked for, turns are kept, and who fails is left alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Protocol

import msgspec

from ..ledger.follow_store import Host
from . import robots
from .entry_dates import iso
from .fetching import Fetched, Fetcher, FetchFailed
from .identity import product
from .limits import PAGE, Limits
from .links import belongs, host_of
from .politeness import DELAY, HOSTS_AT_ONCE, Turns
from .robots import Rules
from .schedule import host_pause

# Statuses with which a host says that it is in trouble, or that it is asked too much.
_TROUBLE = frozenset([429, 500, 502, 503, 504, 507, 508, 520, 521, 522, 523, 524])
_TROUBLED_WHY = frozenset(["unreachable", "too_slow", "unknown_host", "broken"])
# A robots.txt that could not be had because of these is as if there were none: the host has answered.
_NO_ROBOTS = frozenset(["media", "redirects"])
_LONGEST_PAUSE = timedelta(days=1)
_NAME_AGAIN = timedelta(minutes=5)

_domains: ContextVar[tuple[str, ...] | None] = ContextVar("_domains", default=None)


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How to behave. Times in seconds.

    `patience`: how long is waited for a host that is to be left alone; one that takes longer is given up for now.
    `afresh`: a robots.txt that could not be had a while ago is asked for again, as a person who asks now expects.
    """

    agent: str | None = None
    allow_private: bool = False
    delay: float = DELAY
    hosts_at_once: int = HOSTS_AT_ONCE
    patience: float = 30.0
    afresh: bool = False
    limits: Limits = PAGE


class HostResting(Exception):
    """A host that is to be left alone until `until`, and why, in words."""

    def __init__(self, host: str, until: datetime, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.until = until
        self.reason = reason


class RobotsUnknown(HostResting):
    """A host whose robots.txt can't be had, so that nothing may be asked for."""


class Elsewhere(FetchFailed):
    """A redirect to a site that is not followed."""


class HostStore(Protocol):
    """Where hosts are kept from run to run."""

    async def load(self, host: str) -> Host | None: ...

    async def save(self, host: Host) -> None: ...


def is_trouble(failure: FetchFailed) -> bool:
    """Whether a failure may pass: it is the host's or the network's and not the page's."""
    return failure.why in _TROUBLED_WHY or failure.status in _TROUBLE


class PoliteFetcher:
    """Fetches addresses as their hosts want it. To be used as `async with PoliteFetcher(store) as fetcher`."""

    def __init__(
        self,
        store: HostStore,
        manners: Manners | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._manners = manners or Manners()
        self._now = now
        self._chance = chance
        self._turns = Turns(self._manners.hosts_at_once)
        private, agent = self._manners.allow_private, self._manners.agent
        self._fetcher = Fetcher(agent=agent, allow_private=private, permit=self._permitted)
        self._robots_fetcher = Fetcher(agent=agent, allow_private=private, permit=self._in_turn)
        self._product = product(self._fetcher.agent)
        self._hosts: dict[str, Host] = {}
        self._rules: dict[str, Rules] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> PoliteFetcher:
        await self._open.enter_async_context(self._fetcher)
        await self._open.enter_async_context(self._robots_fetcher)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        domains: tuple[str, ...] | None = None,
    ) -> Fetched:
        """Fetch an address; with `domains`, only as long as redirects stay within them.

        Raises FetchFailed (`why` "forbidden": by robots.txt), Elsewhere, and HostResting when the host is to be left
        alone for longer than one waits.
        """
        token = _domains.set(domains)
        try:
            fetched = await self._fetcher.get(url, etag=etag, modified=modified, limits=self._manners.limits)
        except FetchFailed as failure:
            await self._failed(failure)
            raise
        finally:
            _domains.reset(token)
        await self._answered(host_of(fetched.url))
        return fetched

    async def rules(self, url: str) -> Rules:
        """What the robots.txt says that an address goes by; fetched where what is kept of it is out of date."""
        host = host_of(url)
        async with self._asking.setdefault(host, asyncio.Lock()):
            known = await self._host(host)
            if not robots.is_current(known, self._now()):
                known = await self._ask_for_robots(url, known)
                self._rules.pop(host, None)
            rules = self._rules.get(host)
            if rules is None:
                rules = self._rules[host] = robots.rules_of(known, self._product)
            return rules

    # What stands before every request

    @asynccontextmanager
    async def _permitted(self, url: str) -> AsyncIterator[None]:
        domains = _domains.get()
        if domains is not None and not belongs(url, domains):
            raise Elsewhere("it redirects to another site", url, "refused")
        rules = await self.rules(url)
        if not rules.allow(url):
            if not rules.allowed_at_all:
                known = await self._host(rules.host)
                until = datetime.fromisoformat(known.robots_until or iso(self._now()))
                why = f" ({known.problem})" if known.problem else ""
                raise RobotsUnknown(rules.host, until, f"its robots.txt can't be had{why}, so nothing is asked for")
            raise FetchFailed("its robots.txt forbids it", url, "forbidden")
        async with self._turn(rules.host, max(self._manners.delay, rules.delay)):
            yield

    @asynccontextmanager
    async def _in_turn(self, url: str) -> AsyncIterator[None]:
        """For robots.txt itself, and where it is redirected to."""
        host = host_of(url)
        rules = self._rules.get(host)
        async with self._turn(host, max(self._manners.delay, rules.delay if rules else 0.0)):
            yield

    @asynccontextmanager
    async def _turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """The host's turn, when it is not to be left alone."""
        await self._host(host)
        while True:
            await self._rested(host)
            async with self._turns.turn(host, delay):
                if self._pause(host) <= 0:  # who had the turn before may have been sent away
                    yield
                    return

    async def _rested(self, host: str) -> None:
        """Wait until the host may be asked again, if that is soon. Raises HostResting."""
        while (pause := self._pause(host)) > 0:
            if pause > self._manners.patience:
                known = self._hosts[host]
                raise HostResting(host, self._now() + timedelta(seconds=pause), known.problem or "it failed")
            await asyncio.sleep(pause)

    def _pause(self, host: str) -> float:
        until = self._hosts[host].not_before
        return 0.0 if until is None else (datetime.fromisoformat(until) - self._now()).total_seconds()

    # What is known of hosts

    async def _host(self, host: str) -> Host:
        known = self._hosts.get(host)
        if known is None:
            kept = await self._store.load(host)
            if kept is not None and self._manners.afresh and kept.robots_state == "unreachable":
                kept = msgspec.structs.replace(kept, robots_state=None)
            # Two may have asked at once: the first one's answer counts.
            known = self._hosts.setdefault(host, kept or Host(host=host))
            if kept is not None:
                self._turns.met_before(host)
        return known

    async def _keep(self, host: Host) -> None:
        self._hosts[host.host] = host
        await self._store.save(host)

    async def _answered(self, host: str) -> None:
        known = await self._host(host)
        if known.failures or known.not_before is not None:
            await self._keep(msgspec.structs.replace(known, failures=0, not_before=None, problem=None))

    async def _failed(self, failure: FetchFailed) -> None:
        """Leave the host alone for a while, if the failure is its own."""
        if isinstance(failure, Elsewhere) or failure.why in ("forbidden", "refused"):
            return  # nobody was asked
        host = host_of(failure.url)
        if not is_trouble(failure):
            await self._answered(host)
            return
        known = await self._host(host)
        failures = known.failures + 1
        if failure.retry_after is not None:
            pause = timedelta(seconds=failure.retry_after)
        elif failure.why == "unknown_host":  # often we have no network ourselves, and it will be back any time
            failures, pause = known.failures, _NAME_AGAIN
        else:
            rules = self._rules.get(host)
            delay = max(self._manners.delay, rules.delay if rules else 0.0)
            pause = timedelta(seconds=host_pause(failures, delay, self._chance))
        until = iso(self._now() + min(pause, _LONGEST_PAUSE) + timedelta(milliseconds=1))
        await self._keep(msgspec.structs.replace(known, failures=failures, not_before=until, problem=failure.reason))

    async def _ask_for_robots(self, url: str, known: Host) -> Host:
        """Fetch a host's robots.txt, twice where the first try was in trouble that passes soon."""
        tries = 2
        while True:
            tries -= 1
            try:
                fetched = await self._robots_fetcher.get(robots.robots_address(url), limits=robots.LIMITS)
            except FetchFailed as failure:
                if failure.why == "refused":
                    raise FetchFailed(failure.reason, url, "refused") from None
                await self._failed(failure)
                known = self._hosts[known.host]
                passes = is_trouble(failure) and failure.why not in ("too_slow", "unknown_host")
                if tries and passes and self._pause(known.host) <= self._manners.patience:
                    continue
                status = 404 if failure.why in _NO_ROBOTS else failure.status
                kept = robots.refused(known, status, self._now())
            else:
                await self._answered(known.host)
                kept = robots.answered(self._hosts[known.host], fetched.body, self._now())
            await self._keep(kept)
            return kept
