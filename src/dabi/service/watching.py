"""Gathering everything that is followed: one round, or on and on until stopped.

Each host has a worker of its own that takes its visits one after the other, so that a slow or hostile one keeps only
itself waiting. What is to be done is in the ledger: a run that is killed is gone on with by the next.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from heapq import heappop, heappush
from itertools import count
from typing import TypeVar

import msgspec

from ..gathering.asking import HostResting, PoliteFetcher
from ..gathering.entry_dates import iso
from ..gathering.links import host_of
from ..ledger import Ledger
from ..ledger.follow_store import Fetch
from .channel_visits import visit_channel
from .gathering import Event, Idle, Resting, Run, Tally, TryAgain, WatchOptions
from .page_visits import visit_page

T = TypeVar("T")

# Seconds that a signal may wait.
_WAKE = 1.0
# Seconds between looks at what has come due: feeds are visited every quarter of an hour at most.
_LOOK = 5.0
# With so many visits waiting, no more are looked for.
_ENOUGH = 5000
# Feeds and sitemaps that are parsed at once.
_READERS = 4
# A page whose host asks for patience is asked for so often in one run.
_MOST_TRIES = 5


class Stop:
    """Ends a watch from another thread or a signal handler: what is being kept is kept, nothing new is begun."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._wake: Callable[[], object] | None = None

    def __call__(self) -> None:
        self._asked.set()
        if self._wake is not None:
            with suppress(RuntimeError):  # it has just ended by itself
                self._wake()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()


def watch(
    ledger: Ledger,
    options: WatchOptions | None = None,
    *,
    tally: Tally | None = None,
    stop: Stop | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Event]:
    """Visit what is followed in a ledger, as it comes due, and keep what is new; says what happens as it happens.

    What was yielded as added is kept. Ends after one round with `options.once`, else when `stop` is called. `tally` is
    counted along. Raises LedgerLocked when another process gathers into this ledger, and the ledger's other errors.
    """
    events: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
    ending = stop or Stop()
    counted = tally if tally is not None else Tally()

    def work() -> None:
        try:
            with ThreadPoolExecutor(1, "ledger") as executor, ThreadPoolExecutor(_READERS, "lists") as readers:
                run = Run(ledger, counted, executor=executor, readers=readers, tell=events.put, now=now)
                asyncio.run(_Watch(run, options or WatchOptions(), ending).go())
        except BaseException as error:
            events.put(error)
        else:
            events.put(None)

    with ledger.gathering():
        # Beside the caller's thread, so that a slow reader of what is yielded does not make the network seem slow.
        worker = threading.Thread(target=work, name="watch", daemon=True)
        worker.start()
        try:
            while (event := _next(events)) is not None:
                if isinstance(event, BaseException):
                    raise event
                yield event
        finally:
            ending()
            worker.join()


def _next(events: queue.SimpleQueue[T]) -> T:
    """The next event. Looked for again and again: a signal that comes just as a thread begins to wait without end is
    handled only when it wakes."""
    while True:
        with suppress(queue.Empty):
            return events.get(timeout=_WAKE)


class _Watch:
    def __init__(self, run: Run, options: WatchOptions, stop: Stop) -> None:
        self._run = run
        self._options = options
        self._stop = stop
        self._stopped = asyncio.Event()
        self._waiting: dict[str, list[tuple[int, int, Fetch]]] = {}  # heaps by host
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._held: dict[str, int] = {}  # addresses that wait or are visited, and how often they were tried
        self._numbers = count()
        self._done_before = 0

    async def go(self) -> None:
        loop = asyncio.get_running_loop()
        self._stop._wake = lambda: loop.call_soon_threadsafe(self._stopped.set)
        if self._stop.asked:
            self._stopped.set()
        run, options = self._run, self._options
        manners = msgspec.structs.replace(options.manners, afresh=options.everything or options.manners.afresh)
        async with PoliteFetcher(run, manners, now=run.now) as run.fetcher:
            stopping = asyncio.ensure_future(self._stopped.wait())
            try:
                if not self._stopped.is_set():
                    await self._take_due(everything=options.everything)
                while not self._stopped.is_set() and (self._workers or not options.once):
                    timeout = None if options.once else _LOOK
                    waited = {stopping, *self._workers.values()}
                    await asyncio.wait(waited, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                    self._clear_away()
                    if not self._workers:
                        self._tell_idle()
                    if not options.once and not self._stopped.is_set() and len(self._held) < _ENOUGH:
                        await self._take_due()
            finally:
                await self._end(stopping)
                self._stop._wake = None

    async def _end(self, stopping: asyncio.Task[bool]) -> None:
        tasks = [stopping, *self._workers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._run.settle()

    def _clear_away(self) -> None:
        """Forget workers that are done; one that ended in an error ends the run."""
        for host, task in list(self._workers.items()):
            if task.done():
                del self._workers[host]
                task.result()

    def _tell_idle(self) -> None:
        tally = self._run.tally
        done = tally.added + tally.versions
        if done > self._done_before:
            self._run.tell(Idle(done - self._done_before))
            self._done_before = done

    async def _take_due(self, *, everything: bool = False) -> None:
        run = self._run
        run.followed = {each.name: each for each in await run.in_order(run.following.followed)}
        for fetch in await run.in_order(run.following.due, run.moment, everything=everything):
            self._put(fetch)

    def _put(self, fetch: Fetch, tries: int = 0) -> None:
        host = host_of(fetch.url)
        if fetch.url in self._held or self._rests(host):
            return
        self._held[fetch.url] = tries
        heappush(self._waiting.setdefault(host, []), (fetch.kind == "page", next(self._numbers), fetch))
        worker = self._workers.get(host)
        if worker is None or worker.done():
            if worker is not None:
                worker.result()
            self._workers[host] = asyncio.create_task(self._work(host), name=host)

    def _rests(self, host: str) -> bool:
        resting = self._run.tally.resting.get(host)
        if resting is None:
            return False
        if resting.until > self._run.moment:
            return True
        del self._run.tally.resting[host]
        return False

    async def _work(self, host: str) -> None:
        """Make the visits of one host, feeds and sitemaps first, until there are none or it is to be left alone."""
        waiting = self._waiting[host]
        while waiting:
            _, _, fetch = heappop(waiting)
            tries = self._held[fetch.url]
            again = False
            try:
                await self._visit(fetch)
            except TryAgain:
                again = tries + 1 < _MOST_TRIES
            except HostResting as resting:
                self._rest(resting)
                if resting.host != host:
                    await self._put_off(fetch, resting)
            finally:
                del self._held[fetch.url]
            if again:
                self._put(fetch, tries + 1)
            if self._rests(host):
                for _, _, left in waiting:
                    del self._held[left.url]
                waiting.clear()

    async def _visit(self, fetch: Fetch) -> None:
        if fetch.followed not in self._run.followed:  # no longer
            return
        if fetch.kind == "page":
            await visit_page(self._run, fetch)
            return
        for page in await visit_channel(self._run, fetch):
            self._put(page)

    def _rest(self, resting: HostResting) -> None:
        told = Resting(host=resting.host, until=iso(resting.until), reason=resting.reason)
        if resting.host not in self._run.tally.resting:
            self._run.tell(told)
        self._run.tally.resting[resting.host] = told

    async def _put_off(self, fetch: Fetch, resting: HostResting) -> None:
        """A page that leads to another host, which rests: it is due when that one is."""
        later = msgspec.structs.replace(fetch, next=iso(resting.until))
        await self._run.in_order(self._run.following.save, later)
