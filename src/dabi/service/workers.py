"""Reading in several processes of one machine: in order, within bounds, whatever becomes of a process.

Each worker has two pipes of its own, so that one that is killed takes nothing with it but the report it was reading.
That report is read again by another worker, alone; one whose worker dies twice, or that takes too long, is set aside as
a `Failure`. A worker gets its next reports while it reads, but only as many as its pipe holds, so that sending never
waits for it.

The executors of the standard library, and Loky's, are broken for good when a worker is killed, and do not say over
which report.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from ..model import Analysis
from ..reading.inputs import Failure, Report
from .reading import read_report

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
Reader = Callable[[Report, str | None], Analysis]

TIMEOUT = 120.0  # seconds for one report; reading does about 1 MB a second, and pages of archives have 16 at most
MOST_DEATHS = 2  # of workers over one report
_QUEUED = 8  # reports that a worker has, the one it reads among them: this process need not wake for each
_AHEAD = 16  # reports a worker that are read or wait to be handed on in their order
_AHEAD_BYTES = 64 << 20  # and how many bytes of them in all, unless a single one has more
_PAGE = 1 << 12  # a pipe is filled by the page
_PIPE = 1 << 20  # bytes that a pipe is asked to hold
_LEAST_PIPE = 1 << 16  # what it holds where it can't be asked
_FAILED_STARTS = 3  # in turn
_PRELOADED = ["dabi.service.reading", "dabi.reading.html", "trafilatura"]


class WorkersFailed(RuntimeError):
    """No worker can be started."""


class Read(NamedTuple):
    """A report with its analysis, as MessagePack."""

    report: Report
    packed: bytes

    def analysis(self) -> Analysis:
        if self.packed[:1] == _PICKLED:
            return pickle.loads(self.packed[1:])  # type: ignore[no-any-return]  # made by our own worker
        return _ANALYSES.decode(self.packed)


class _Passed(NamedTuple, Generic[T]):
    """Something in the stream that is no report, to be handed on in its place."""

    item: T


_ANALYSES = msgspec.msgpack.Decoder(Analysis)
_REPORTS = msgspec.msgpack.Decoder(Report)
_PICKLED = b"\xc1"  # begins no MessagePack
_FAILED = b"\xc1!"
_READY = b"\xc1?"


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sharded(reports: Iterable[T], shard: tuple[int, int] | None) -> Iterator[T]:
    """Every n-th of what comes: of (3, 16) the 3rd, the 19th, the 35th …"""
    for number, report in enumerate(reports):
        if shard is None or number % shard[1] == shard[0] - 1:
            yield report


def analysed(
    reports: Iterable[Report | T],
    workers: int,
    *,
    published: str | None = None,
    timeout: float = TIMEOUT,
    shard: tuple[int, int] | None = None,
    read: Reader = read_report,
) -> Iterator[Read | Failure | T]:
    """Read reports in `workers` processes (0: as many as there are processors), and hand them on in their order.

    What is no report passes through in its place. `published` (EDTF) wins over what reports say themselves. `timeout`:
    seconds for one report. `shard`: see `sharded`. `read` must be importable by its name. With one worker nothing else
    is started, and there is no timeout. Raises WorkersFailed, and whatever `reports` raises.
    """
    items = sharded(reports, shard)
    if (workers or cores()) == 1:
        for item in items:
            yield Read(item, _packed(read(item, published))) if isinstance(item, Report) else item
        return
    pool = _Pool(workers or cores(), read, published, timeout)
    try:
        yield from pool.run(items)
    finally:
        pool.close()


class _Task:
    """A report on its way, or something that takes no reading."""

    __slots__ = ("report", "data", "deaths", "result")

    def __init__(self, report: Report | None, result: object = None) -> None:
        self.report = report
        self.data = b"" if report is None else _sent(report)
        self.deaths = 0
        self.result = result


class _Worker:
    """A process with its pipes, and the reports it has: it reads the first, the others lie in its pipe."""

    def __init__(self, context: ForkServerContext | SpawnContext, read: Reader, published: str | None) -> None:
        theirs_in, self.inbox = context.Pipe(duplex=False)
        self.outbox, theirs_out = context.Pipe(duplex=False)
        self.capacity = _widened(self.inbox)
        _widened(self.outbox)
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs_in, theirs_out, read, published), daemon=True, name="dabi-worker"
        )
        with _uninterrupted():
            self.process.start()
        theirs_in.close()
        theirs_out.close()
        self.ready = False
        self.alone = False  # it is given no other report while it reads the first
        self.tasks: deque[_Task] = deque()
        self.since = time.monotonic()  # when it began with the first

    def takes(self, task: _Task) -> bool:
        if not self.ready:
            return False
        if not self.tasks:
            return True
        lying = sum(_pages(other.data) for other in islice(self.tasks, 1, None))
        room = lying + _pages(task.data) <= self.capacity
        return room and len(self.tasks) < _QUEUED and not self.alone and not task.deaths

    def give(self, task: _Task) -> None:
        """Raises OSError when the process is gone."""
        if not self.tasks:
            self.since = time.monotonic()
            self.alone = task.deaths > 0
        self.tasks.append(task)
        self.inbox.send_bytes(task.data)

    def end(self) -> str:
        """Kill it, and say in words how it ended."""
        self.process.kill()
        self.process.join()
        self.inbox.close()
        self.outbox.close()
        code = self.process.exitcode or 0
        return f"signal {-code}, {_signal(-code)}" if code < 0 else f"exit status {code}"


class _Pool:
    def __init__(self, size: int, read: Reader, published: str | None, timeout: float) -> None:
        self._size = size
        self._read = read
        self._published = published
        self._timeout = timeout
        if sys.platform == "win32":
            self._context: ForkServerContext | SpawnContext = get_context("spawn")
        else:
            # a clean process that has loaded what reads and forks workers: quick, and without our threads and files
            forking = get_context("forkserver")
            forking.set_forkserver_preload(_PRELOADED)
            self._context = forking
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()  # not given to a worker yet
        self._order: deque[_Task] = deque()  # all that was taken in and not handed on yet
        self._bytes = 0  # of _order
        self._failed_starts = 0

    def run(self, items: Iterator[Report | T]) -> Iterator[Read | Failure | T]:
        ended = False
        while True:
            while not ended and self._has_room():
                item = next(items, _END)
                if item is _END:
                    ended = True
                elif isinstance(item, Report):
                    self._take_in(_Task(item))
                else:
                    self._take_in(_Task(None, _Passed(item)))
                self._give()
                self._listen(0)
            while self._order and (result := self._order[0].result) is not None:
                task = self._order.popleft()
                self._bytes -= len(task.data)
                yield result.item if isinstance(result, _Passed) else result  # type: ignore[misc]
                self._listen(0)
                self._give()
            if not self._order:
                if ended:
                    return
                continue
            if ended or not self._has_room():
                self._give()
                self._listen(None)

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _has_room(self) -> bool:
        return len(self._order) < _AHEAD * self._size and (not self._order or self._bytes < _AHEAD_BYTES)

    def _take_in(self, task: _Task) -> None:
        self._order.append(task)
        self._bytes += len(task.data)
        if task.report is not None:
            self._waiting.append(task)

    def _give(self) -> None:
        """Hand what waits to the workers: first to those that have nothing to do."""
        while self._waiting:
            task = self._waiting[0]
            able = [worker for worker in self._workers if worker.takes(task)]
            if not any(not worker.tasks for worker in able) and len(self._workers) < self._size:
                starting = sum(not worker.ready for worker in self._workers)
                if starting < len(self._waiting):
                    self._workers.append(_Worker(self._context, self._read, self._published))
            if not able:
                return
            worker = min(able, key=lambda one: len(one.tasks))
            self._waiting.popleft()
            try:
                worker.give(task)
            except OSError:
                self._lost(worker)

    def _listen(self, patience: float | None) -> None:
        """Take what workers have to say, and look after those that take too long; wait for the first word or not."""
        if not self._workers:
            return
        if patience is None:
            now = time.monotonic()
            ends = [worker.since + self._timeout for worker in self._workers if worker.tasks]
            patience = max(0.0, min(ends) - now) if ends else None
        heard = set(wait([worker.outbox for worker in self._workers], patience))
        for worker in list(self._workers):
            if worker.outbox in heard:
                self._hear(worker)
            elif worker.tasks and time.monotonic() - worker.since >= self._timeout:
                self._overdue(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.outbox.recv_bytes()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if said == _READY:
            worker.ready = True
            self._failed_starts = 0
            return
        task = worker.tasks.popleft()
        worker.since = time.monotonic()
        if said.startswith(_FAILED):
            self._set_aside(task, said.removeprefix(_FAILED).decode("utf-8", "replace"))
        else:
            assert task.report is not None
            task.result = Read(task.report, said)

    def _lost(self, worker: _Worker) -> None:
        """A worker died: its first report may be why; the others go back in front of all that waits."""
        how = self._dismissed(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise WorkersFailed(
                    f"processes that read can't be started ({how}); a program that starts them must do so under "
                    "`if __name__ == '__main__':`"
                )
        for task in reversed(list(worker.tasks)[1:]):
            self._waiting.appendleft(task)
        if worker.tasks:
            task = worker.tasks[0]
            task.deaths += 1
            if task.deaths >= MOST_DEATHS:
                self._set_aside(task, f"the process that read it died, {task.deaths} times ({how})")
            else:
                self._waiting.appendleft(task)

    def _overdue(self, worker: _Worker) -> None:
        self._dismissed(worker)
        task, *others = worker.tasks
        self._waiting.extendleft(reversed(others))
        self._set_aside(task, f"reading it took longer than {self._timeout:g} seconds")

    def _dismissed(self, worker: _Worker) -> str:
        self._workers.remove(worker)
        return worker.end()

    def _set_aside(self, task: _Task, reason: str) -> None:
        assert task.report is not None
        name = task.report.source if task.report.source not in ("", "-") else task.report.id
        task.result = Failure(source=name, reason=reason)


_END = object()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started here is not reached by Ctrl-C, not even while it still loads: its parent ends it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # where it is started it lets the signal in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(inbox: Connection, outbox: Connection, read: Reader, published: str | None) -> None:
    """What a worker does until its inbox is closed."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it goes to the whole group; the parent ends us
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        outbox.send_bytes(_READY)
        while True:
            outbox.send_bytes(_answer(inbox.recv_bytes(), read, published))
    except (EOFError, BrokenPipeError, ConnectionError):  # nobody is there any more
        return


def _answer(data: bytes, read: Reader, published: str | None) -> bytes:
    try:
        return _packed(read(_received(data), published))
    except Exception as error:  # one report must not cost the others
        return _FAILED + f"reading it failed: {type(error).__name__}: {error}".encode("utf-8", "replace")


def _packed(analysis: Analysis) -> bytes:
    try:
        return msgspec.msgpack.encode(analysis)
    except UnicodeEncodeError:  # a lone surrogate, which Python's text may hold
        return _PICKLED + pickle.dumps(analysis)


def _sent(report: Report) -> bytes:
    try:
        return msgspec.msgpack.encode(report)
    except UnicodeEncodeError:
        return _PICKLED + pickle.dumps(report)


def _received(data: bytes) -> Report:
    if data[:1] == _PICKLED:
        return pickle.loads(data[1:])  # type: ignore[no-any-return]  # made by our own parent
    return _REPORTS.decode(data)


def _widened(pipe: Connection) -> int:
    """How many bytes a pipe holds, after asking for more."""
    try:
        import fcntl

        held = fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        held = _LEAST_PIPE
    return held


def _pages(data: bytes) -> int:
    """Bytes of a pipe that a message takes at most, with its length before it."""
    return (len(data) // _PAGE + 2) * _PAGE


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
