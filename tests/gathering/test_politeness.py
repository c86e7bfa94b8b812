"""Turns, on a clock of the event loop's own that jumps to the next timer: waiting takes no time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

from dabi.gathering.politeness import Turns


class _Jumping(asyncio.SelectorEventLoop):
    """An event loop whose clock stands still while something runs, and jumps while all wait."""

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())
        self._at = 0.0
        select = self._selector.select  # type: ignore[attr-defined]

        def jump(timeout: float | None) -> Any:
            self._at += timeout or 0.0
            return select(0)

        self._selector.select = jump  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._at


def run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=_Jumping) as runner:
        runner.run(work)


def clock() -> float:
    return asyncio.get_running_loop().time()


class Requests:
    """Requests that take a second each, with who began and ended when."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.times: list[tuple[str, float, float]] = []

    async def ask(self, host: str, delay: float = 2.0, takes: float = 1.0) -> None:
        async with self.turns.turn(host, delay):
            begun = clock()
            await asyncio.sleep(takes)
            self.times.append((host, round(begun, 6), round(clock(), 6)))


def test_a_host_is_asked_one_at_a_time_with_a_pause_after_each() -> None:
    async def work() -> None:
        requests = Requests(Turns(16, clock))
        await asyncio.gather(*(requests.ask("a") for _ in range(3)))
        assert requests.times == [("a", 0, 1), ("a", 3, 4), ("a", 6, 7)]

    run(work())


def test_hosts_do_not_wait_for_each_other() -> None:
    async def work() -> None:
        requests = Requests(Turns(16, clock))
        await asyncio.gather(requests.ask("slow", takes=100), *(requests.ask("b", 1.0) for _ in range(2)))
        assert requests.times == [("b", 0, 1), ("b", 2, 3), ("slow", 0, 100)]

    run(work())


def test_only_so_many_at_once_and_who_pauses_takes_no_room() -> None:
    async def work() -> None:
        requests = Requests(Turns(2, clock))
        await asyncio.gather(requests.ask("a", 50), requests.ask("a", 50), *(requests.ask(h) for h in "bcd"))
        assert requests.times[:4] == [("a", 0, 1), ("b", 0, 1), ("c", 1, 2), ("d", 1, 2)]
        assert requests.times[4] == ("a", 51, 52)

    run(work())


def test_a_host_that_an_earlier_run_asked_is_given_its_pause_first() -> None:
    async def work() -> None:
        turns = Turns(16, clock)
        turns.met_before("a")
        requests = Requests(turns)
        await asyncio.gather(requests.ask("a", 5.0), requests.ask("b", 5.0))
        assert requests.times == [("b", 0, 1), ("a", 5, 6)]

    run(work())


def test_a_turn_ends_when_its_request_fails() -> None:
    async def fail(turns: Turns) -> None:
        async with turns.turn("a", 1.0):
            raise ConnectionError

    async def work() -> None:
        turns = Turns(1, clock)
        requests = Requests(turns)
        results = await asyncio.gather(fail(turns), requests.ask("a", 1.0), return_exceptions=True)
        assert isinstance(results[0], ConnectionError)
        assert requests.times == [("a", 1, 2)]

    run(work())
