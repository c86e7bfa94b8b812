"""What a worker does with a shard: it has the records read by a process of its own and writes what comes back.

When that process dies, the worker starts another, which goes on after what has come. A record of which it died twice
is set aside with the reason; so is the rest of a file in which the next record cannot even be found.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from typing import Any

import msgspec

from ..reading.inputs import InputKind
from .columns import error_schema
from .layout import WORK, Folder
from .protocol import DONE, HEADER, ORDER, READY, RESULTS, STATE, Order, Results, State, Stop, send
from .shards import Shard

SHARDS = (WORK, "shards")
# How often a record may kill the process that reads it.
_TRIES = 2
# How often that process may die before it reads anything: then it is not the records.
_STARTS = 5
# Bytes of rows that are held before they are written as one row group.
_ROW_GROUP = 16 << 20


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """How shards are read."""

    reader: str  # the version of dabi and of its rules
    kind: InputKind = "auto"
    published: str | None = None
    folder: str  # where relative paths begin
    seconds: int  # for one record
    memory: int  # bytes for the process that reads


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard. Written last: a shard is done when it has this file."""

    shard: int
    articles: int = 0
    claims: int = 0
    errors: int = 0
    bytes: int = 0  # of the input
    days: dict[str, int] = {}  # bytes of text by day
    seconds: float = 0  # that reading took
    peak: int = 0  # bytes of memory that the process that reads has needed so far, at most


class ReaderFailed(RuntimeError):
    """The process that reads does not start, or is of another version of dabi."""


def stem(shard: int) -> str:
    return f"{shard:07}"


def analyse_shard(shard: Shard, task: Task, folder: Folder) -> Done:
    """Read a shard and write its rows and errors into the folder. What is there already is written anew."""
    from pyarrow import Table, ipc, parquet

    from .reading import staged_schema

    begun = time.monotonic()
    name = stem(shard.number)
    articles = claims = 0
    days: dict[str, int] = {}
    errors: list[dict[str, Any]] = []
    with ExitStack() as stack:
        writer: Any = None
        held: list[Any] = []
        size = 0
        reader = _reader()

        def flush() -> None:
            nonlocal writer, size
            if held:
                if writer is None:
                    file = stack.enter_context(folder.writing(*SHARDS, f"{name}.parquet"))
                    writer = stack.enter_context(parquet.ParquetWriter(file, staged_schema(), compression="zstd"))
                writer.write_batch(Table.from_batches(held).combine_chunks().to_batches()[0])
                held.clear()
                size = 0

        for results in stack.enter_context(closing(reader.results(shard, task))):
            if results.articles is not None:
                held += ipc.open_stream(results.articles)
                size += len(results.articles)
            articles += results.read
            claims += results.claims
            errors += results.errors
            for day, amount in results.days.items():
                days[day] = days.get(day, 0) + amount
            if size >= _ROW_GROUP:
                flush()
        flush()
    if errors:
        with folder.writing(*SHARDS, f"{name}.errors.parquet") as file:
            parquet.write_table(Table.from_pylist(errors, schema=error_schema()), file, compression="zstd")
    done = Done(
        shard=shard.number,
        articles=articles,
        claims=claims,
        errors=len(errors),
        bytes=sum(piece.size for piece in shard.pieces),
        days=days,
        seconds=round(time.monotonic() - begun, 3),
        peak=reader.peak(),
    )
    folder.write(done, *SHARDS, f"{name}.json")
    return done


class Reader:
    """The process that reads, kept from shard to shard."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._died = ""

    def results(self, shard: Shard, task: Task) -> Generator[Results]:
        """What the records of a shard give, each exactly once. Raises ReaderFailed."""
        order = Order(
            pieces=shard.pieces,
            kind=task.kind,
            published=task.published,
            folder=task.folder,
            seconds=task.seconds,
            memory=task.memory,
        )
        deaths: dict[State, int] = {}
        starts = 0
        while True:
            state: State | None = None
            for frame, data in self._frames(order):
                if frame == READY:
                    version = msgspec.msgpack.decode(data, type=str)
                    if version != task.reader:
                        where = f"{sys.executable} on {socket.gethostname()}"
                        raise ReaderFailed(f"{where} has dabi {version}, and the run was begun with {task.reader}")
                elif frame == STATE:
                    state = msgspec.msgpack.decode(data, type=State)
                elif frame == RESULTS:
                    results = msgspec.msgpack.decode(data, type=Results)
                    yield results
                    order = msgspec.structs.replace(order, after=results.last)
                elif frame == DONE:
                    return
            if state is None:
                starts += 1
                if starts == _STARTS:
                    raise ReaderFailed(f"the process that reads does not start: {self._died}")
                continue
            deaths[state] = deaths.get(state, 0) + 1
            if deaths[state] == _TRIES:
                order = _without(order, state, self._died)

    def close(self) -> None:
        """End the process."""
        self._bury()

    def peak(self) -> int:
        """Bytes of memory that the process has needed so far, at most; 0 where the system does not say."""
        try:
            with open(f"/proc/{self.process.pid if self.process else 0}/status") as file:
                return next((int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM")), 0)
        except OSError:
            return 0

    def _frames(self, order: Order) -> Iterator[tuple[int, bytes]]:
        """The frames that answer an order, until it is done or the process is gone."""
        done = False
        try:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, ORDER, order)
            while len(header := process.stdout.read(HEADER.size)) == HEADER.size:
                frame, size = HEADER.unpack(header)
                data = process.stdout.read(size)
                if len(data) < size:
                    break
                done = frame == DONE
                yield frame, data
                if done:
                    return
        except BrokenPipeError:
            pass
        finally:
            if not done:  # also when nobody wants the rest
                self._bury()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dabi.cluster.reader"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
        return self.process

    def _bury(self) -> None:
        if self.process is not None:
            self.process.kill()  # after an error of ours it may still be there
            status = self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except BrokenPipeError:
                        continue
            self.process = None
            self._died = _cause(status)


_readers: dict[int, Reader] = {}


def _reader() -> Reader:
    """This process's own; one that was forked from another must not use the other's."""
    return _readers.setdefault(os.getpid(), Reader())


def _cause(status: int) -> str:
    if status >= 0:
        return f"it ended with status {status}"
    if -status == getattr(signal, "SIGALRM", None):
        return "it took too long"
    return f"signal {-status}, {signal.strsignal(-status) or 'unknown'}"


def _without(order: Order, state: State, cause: str) -> Order:
    """The order without what killed its reader."""
    if state.fetching:
        after = f"after record {state.record}" if state.record > 0 else "from its beginning"
        reason = f"reading on {after} killed its worker twice ({cause}); the rest of it was not read"
        return msgspec.structs.replace(order, stops={**order.stops, state.piece: Stop(state.record, reason)})
    reason = f"it killed its worker twice ({cause})"
    return msgspec.structs.replace(order, aside={**order.aside, f"{state.piece}/{state.record}": reason})
