"""Taking turns: to each host one request at a time with a pause after it, and only so many hosts at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

DELAY = 1.0  # seconds; what crawlers are commonly asked for
HOSTS_AT_ONCE = 16


class Turns:
    """Who may ask which host when. `clock` in seconds; hosts in `before` were asked by a run before this one."""

    def __init__(self, hosts_at_once: int = HOSTS_AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._room = asyncio.Semaphore(hosts_at_once)
        self._hosts: dict[str, asyncio.Lock] = {}
        self._ended: dict[str, float] = {}

    def met_before(self, host: str) -> None:
        """A run before this one, perhaps just killed, has asked this host: the pause counts from our beginning."""
        self._ended.setdefault(host, self._began)

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold it. The pause counts from the end of the last request.

        A host that waits takes no room from others. Nobody may hold two turns at once.
        """
        async with self._hosts.setdefault(host, asyncio.Lock()):
            ended = self._ended.get(host)
            if ended is not None:
                # A timer may fire a moment early.
                while (left := ended + delay - self._clock()) > 0:
                    await asyncio.sleep(left)
            async with self._room:
                try:
                    yield
                finally:
                    self._ended[host] = self._clock()
