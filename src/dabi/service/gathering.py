"""One run of gathering: what its visits share, what they tell, and what is counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from ..gathering.asking import Manners, PoliteFetcher
from ..gathering.entry_dates import iso
from ..gathering.fetching import FetchFailed
from ..ledger import Added, Ledger
from ..ledger.follow_store import Followed, Host
from ..reading.inputs import Failure

T = TypeVar("T")

_ASKED_TOO_MUCH = frozenset([429, 503])


class WatchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to watch. `once`: one round, then end. `everything`: look at all that is followed at once, due or not."""

    manners: Manners = Manners()
    once: bool = False
    everything: bool = False


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A page that the ledger holds and that is no longer where it was. What is held stays."""

    article: str
    url: str
    reason: str


class Resting(msgspec.Struct, frozen=True, kw_only=True):
    """A host that is left alone for now: `until` (ISO 8601 UTC), and why, in words."""

    host: str
    until: str
    reason: str


class Idle(msgspec.Struct, frozen=True):
    """Nothing is to be done at the moment; `new` readings came since the last time."""

    new: int


Event = Added | Failure | Gone | Resting | Idle


class TryAgain(Exception):
    """The host asked to be left alone for a moment: the address is to be asked for again in this run."""


class Tally(msgspec.Struct, kw_only=True):
    """What a run did. The counters of what was left out are by host."""

    lists: int = 0  # feeds and sitemaps read
    listed: int = 0  # pages found in them that were not known
    pages: int = 0  # pages that answered
    added: int = 0
    versions: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    forbidden: Counter[str] = msgspec.field(default_factory=Counter)  # by robots.txt
    elsewhere: Counter[str] = msgspec.field(default_factory=Counter)  # links and redirects to other sites
    unusable: Counter[str] = msgspec.field(default_factory=Counter)  # links that are no web address, or too many
    passed: Counter[str] = msgspec.field(default_factory=Counter)  # pages not in Bengali, or without an article
    left: Counter[str] = msgspec.field(default_factory=Counter)  # new pages of long lists, for the next time
    old: int = 0  # entries older than what was asked for
    resting: dict[str, Resting] = msgspec.field(default_factory=dict)


class Run:
    """What the visits of one run share. `put` takes fetches that are to be made in this run."""

    def __init__(
        self,
        ledger: Ledger,
        tally: Tally,
        *,
        executor: Executor,
        readers: Executor,
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self.ledger = ledger
        self.following = ledger.following
        self.tally = tally
        self.tell = tell
        self.now = now
        self.followed: dict[str, Followed] = {}
        self.fetcher: PoliteFetcher
        self._executor = executor
        self._readers = readers
        self._sure: set[asyncio.Task[Any]] = set()

    @property
    def moment(self) -> str:
        """Now, as the ledger writes it."""
        return iso(self.now())

    async def in_order(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Call something that reads or asks the ledger: one call at a time, beside the network."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: function(*arguments, **named))

    async def aside(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call something that takes long and asks no ledger: nobody else waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, function, *arguments)

    async def surely(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something to its end, even when the run is ended meanwhile: what is kept is also told."""
        task = asyncio.ensure_future(work)
        self._sure.add(task)
        task.add_done_callback(self._sure.discard)
        return await asyncio.shield(task)

    async def settle(self) -> None:
        """Wait for all that is surely to be done."""
        while self._sure:
            await asyncio.wait(set(self._sure))

    def fail(self, source: str, reason: str) -> None:
        self.tally.failed += 1
        self.tell(Failure(source=source, reason=reason))

    # HostStore, for the fetcher

    async def load(self, host: str) -> Host | None:
        return await self.in_order(self.following.host, host)

    async def save(self, host: Host) -> None:
        await self.in_order(self.following.save_host, host)


def asks_for_patience(failure: FetchFailed) -> bool:
    """Whether a host says when it may be asked again; its own rest is seen to elsewhere."""
    return failure.status in _ASKED_TOO_MUCH and failure.retry_after is not None
