"""Reading many files on many cores: planned once, done shard by shard, gone on with wherever it stopped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..reading.inputs import InputKind
from ..service.ledger import reader_version
from ..service.reading import edtf
from .gather import gather
from .layout import ARTICLES, ERRORS, FORMAT, MANIFEST, WORK, Folder, Manifest
from .session import ClusterError, need
from .shards import Shard, Source, Unreadable, blocks, cut, newlines, shard_size, sources
from .supervision import SHARDS, Done, Task, analyse_shard, stem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Session = Callable[[], AbstractContextManager["SparkSession"]]

_PLAN = (WORK, "plan.json")
_LOCK = (WORK, "lock")
_BATCHES = (WORK, "batches")
_RECONCILED = "reconciled"  # what was made of the articles
# Shards that are gathered at once: so many for each core, that waiting for the last of them does not count.
_BATCH_PER_CORE, _SMALLEST_BATCH = 16, 256
# What one record may take: seconds, and bytes of memory.
SECONDS, MEMORY = 300, 2 << 30


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder was begun with. A later run goes on only with the same."""

    format: int = FORMAT
    reader: str
    kind: InputKind
    published: str | None
    folder: str  # where relative paths begin
    sources: tuple[Source, ...]
    shards: tuple[Shard, ...]
    batch: int  # shards that are gathered at once


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is. `stage`: looking, reading, sorting."""

    stage: str
    articles: int = 0
    errors: int = 0
    bytes: int = 0  # read by now
    total: int = 0


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the folder at the end, and what this run had to do for it."""

    output: str
    reader: str
    articles: int
    claims: int
    errors: int
    days: int
    bytes: int  # of the inputs
    shards: int
    resumed: int  # shards that were done before
    seconds: float
    seconds_reading: float  # of them, in which shards were read
    seconds_sorting: float  # and in which the rows were put under their days; the rest is looking and starting
    peak: int  # bytes of memory that the largest reading process needed


class Refused(ClusterError):
    """It cannot be done as it was asked for."""


class Different(Refused):
    """The folder was begun with something else; the message says what."""


class Totals(msgspec.Struct, kw_only=True):
    """Sums over shards, as a batch leaves them behind."""

    articles: int = 0
    claims: int = 0
    errors: int = 0
    bytes: int = 0
    shards: int = 0
    peak: int = 0

    def add(self, more: Totals | Done) -> None:
        for name in ("articles", "claims", "errors", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(more, name))
        self.shards += more.shards if isinstance(more, Totals) else 1
        self.peak = max(self.peak, more.peak)


def analyse(
    paths: Sequence[str],
    output: str,
    session: Session,
    *,
    kind: InputKind = "auto",
    published: str | None = None,
    again: bool = False,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    shard_bytes: int | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Read all reports of files and folders into the tables of `output` (see `layout`), going on where a run stopped.

    `again` removes what stands there and begins anew. `session` opens the engine when there is something to do.
    Raises Refused for standard input, paths where nothing is, and the like, Different when the folder was begun with
    other inputs, options or rules, ClusterError when the engine fails, ValueError for a date that is none.
    """
    begun = time.monotonic()
    given = edtf(published)
    need("pyarrow")
    try:
        folder = Folder(output)
        found = sources(paths, kind)
    except Unreadable as error:
        raise Refused(str(error)) from None
    if all("://" not in path and not os.path.exists(path) for path in paths):
        raise Refused(f"{paths[0]}: there is no such file or folder")
    progress(Progress(stage="looking"))
    _check_output(folder, paths)
    with _alone(folder):
        if again:
            _clear(folder)
        plan = folder.read(Plan, *_PLAN)
        if plan is not None:
            _compare(plan, found, kind, given)
            manifest = folder.read(Manifest, MANIFEST)
            if manifest is not None and manifest.complete:
                return _summary(folder, plan, _finished(folder), begun)
        with session() as spark:
            if plan is None:
                plan = _planned(spark, found, kind, given, shard_bytes)
                folder.write(plan, *_PLAN)
                folder.write(Manifest(reader=plan.reader, complete=False), MANIFEST)
            run = _Run(
                spark,
                folder,
                plan,
                Task(
                    reader=plan.reader, kind=kind, published=given, folder=plan.folder, seconds=seconds, memory=memory
                ),
                progress,
            )
            run.carry_out()
        _write_manifest(folder, plan)
        return _summary(folder, plan, _finished(folder), begun, run)


class _Run:
    """The batches of a plan that are not done yet."""

    def __init__(
        self, spark: SparkSession, folder: Folder, plan: Plan, task: Task, progress: Callable[[Progress], None]
    ) -> None:
        self._spark = spark
        self._folder = folder
        self._plan = plan
        self._task = task
        self._progress = progress
        self._total = sum(piece.size for shard in plan.shards for piece in shard.pieces)
        self._done = Totals()
        self.resumed = 0
        self.reading = self.sorting = 0.0  # seconds

    def carry_out(self) -> None:
        for names in (SHARDS, _BATCHES):
            self._folder.make(*names)
            self._folder.sweep(*names)
        self._folder.make(ARTICLES)
        for number, start in enumerate(range(0, len(self._plan.shards), self._plan.batch)):
            shards = self._plan.shards[start : start + self._plan.batch]
            totals = self._folder.read(Totals, *_BATCHES, _batch_name(number))
            if totals is None:
                totals = self._batch(number, shards)
                self._folder.write(totals, *_BATCHES, _batch_name(number))
            else:
                self.resumed += len(shards)
            self._done.add(totals)
            for name in self._folder.names(*SHARDS):
                if int(name.split(".", 1)[0]) < start + len(shards):
                    self._folder.remove(*SHARDS, name)

    def _batch(self, number: int, shards: Sequence[Shard]) -> Totals:
        finished = self._finished(shards)
        self.resumed += len(finished)
        missing = [shard for shard in shards if shard.number not in finished]
        if missing:
            begun = time.monotonic()
            finished |= {done.shard: done for done in self._read(missing, finished.values())}
            self.reading += time.monotonic() - begun
        totals = Totals()
        for done in finished.values():
            totals.add(done)
        self._tell("sorting", totals)
        begun = time.monotonic()
        gather(self._spark, self._folder, number, [finished[shard.number] for shard in shards])
        self.sorting += time.monotonic() - begun
        return totals

    def _finished(self, shards: Sequence[Shard]) -> dict[int, Done]:
        """What is known of the shards that an earlier run has done; those of which something is gone are read anew."""
        there = set(self._folder.names(*SHARDS))
        found = {}
        for shard in shards:
            name = stem(shard.number)
            if f"{name}.json" in there and (done := self._folder.read(Done, *SHARDS, f"{name}.json")) is not None:
                files = {f"{name}.parquet": done.articles, f"{name}.errors.parquet": done.errors}
                if all(file in there for file, count in files.items() if count):
                    found[shard.number] = done
        return found

    def _read(self, shards: Sequence[Shard], finished: Iterable[Done]) -> list[Done]:
        """Have shards read by the workers."""
        context = self._spark.sparkContext
        task, folder = self._task, self._folder
        # Tasks add to these as they end, so that the run can be watched.
        counts = {name: context.accumulator(0) for name in ("articles", "errors", "bytes")}

        def read(shard: Shard) -> Done:
            done = analyse_shard(shard, task, folder)
            for name, counted in counts.items():
                counted.add(getattr(done, name))
            return done

        before = Totals()
        for done in finished:
            before.add(done)

        def tell() -> None:
            so_far = Totals(**{name: getattr(before, name) + counted.value for name, counted in counts.items()})
            self._tell("reading", so_far)

        with _watched(tell):
            return context.parallelize(shards, len(shards)).map(read).collect()

    def _tell(self, stage: str, batch: Totals) -> None:
        self._progress(
            Progress(
                stage=stage,
                articles=self._done.articles + batch.articles,
                errors=self._done.errors + batch.errors,
                bytes=self._done.bytes + batch.bytes,
                total=self._total,
            )
        )


@contextmanager
def _watched(tell: Callable[[], None], every: float = 0.5) -> Iterator[None]:
    """Call a function again and again while something is being done."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(every):
            tell()

    thread = threading.Thread(target=watch, daemon=True)
    tell()
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _planned(
    spark: SparkSession, found: Sequence[Source], kind: InputKind, published: str | None, size: int | None
) -> Plan:
    context = spark.sparkContext
    cores = context.defaultParallelism
    chosen = size or shard_size(sum(source.size or 0 for source in found), cores)
    counted = dict.fromkeys(blocks(found, chosen), 0)
    if counted:
        tasks = min(len(counted), 4 * cores)
        counted = dict(context.parallelize(list(counted), tasks).map(lambda block: (block, newlines(block))).collect())
    return Plan(
        reader=reader_version(),
        kind=kind,
        published=published,
        folder=os.getcwd(),
        sources=tuple(found),
        shards=tuple(cut(found, counted, chosen)),
        batch=max(_SMALLEST_BATCH, _BATCH_PER_CORE * cores),
    )


def _check_output(folder: Folder, paths: Sequence[str]) -> None:
    """Make the folder. Raises Refused for one that is not ours, or would be read as an input."""
    if folder.names() and not folder.exists(WORK):
        raise Different(f"{folder.place} holds something else than a run of dabi: name a new folder")
    for path in paths:
        if folder.local and os.path.isdir(path) and Path(folder.place).is_relative_to(os.path.realpath(path)):
            raise Refused(f"{folder.place} lies in {path}, which is to be read: name a folder outside of it")
    folder.make(WORK)


def _clear(folder: Folder) -> None:
    """Remove all that an earlier run wrote, but for the lock that we hold."""
    for name in (MANIFEST, ARTICLES, ERRORS, _RECONCILED):
        folder.remove(name)
    for name in folder.names(WORK):
        if name != _LOCK[-1]:
            folder.remove(WORK, name)


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Keep a second run away from the folder, where it is on this machine; the system forgets it when we die."""
    if not folder.local:
        yield
        return
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    with open(folder.path(*_LOCK), "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ClusterError(f"another run is writing to {folder.place}") from None
        yield


def _compare(plan: Plan, found: Sequence[Source], kind: InputKind, published: str | None) -> None:
    """Raises Different when the folder was begun with anything else."""
    begun = "the folder was begun with"
    remedy = "name another folder, or read everything anew with --again"
    if plan.format != FORMAT or plan.reader != reader_version():
        raise Different(f"{begun} dabi {plan.reader}, this is {reader_version()}: {remedy}")
    if (plan.kind, plan.published) != (kind, published):
        raise Different(f"{begun} other options (--input, --published): {remedy}")
    before = {_whole_path(plan.folder, source): source for source in plan.sources}
    now = {_whole_path(os.getcwd(), source): source for source in found}
    for path, source in now.items():
        if path not in before:
            raise Different(f"{begun} other inputs, without {source.path}: {remedy}")
        if not _same(before[path], source):
            raise Different(f"{source.path} has changed since {_when(before[path])}: {remedy}")
    for path, source in before.items():
        if path not in now:
            raise Different(f"{begun} other inputs, also {source.path}: {remedy}")
    if [(s.input, path) for path, s in before.items()] != [(s.input, path) for path, s in now.items()]:
        raise Different(f"{begun} the inputs in another order: {remedy}")


def _when(source: Source) -> str:
    return f"the folder was begun (then {source.size:,} bytes)" if source.size is not None else "the folder was begun"


def _whole_path(folder: str, source: Source) -> str:
    return source.path if "://" in source.path else os.path.join(folder, source.path)


def _same(a: Source, b: Source) -> bool:
    return (a.size, a.changed, a.head, a.problem) == (b.size, b.changed, b.head, b.problem)


def _finished(folder: Folder) -> Totals:
    totals = Totals()
    for name in folder.names(*_BATCHES):
        if (batch := folder.read(Totals, *_BATCHES, name)) is not None:
            totals.add(batch)
    return totals


def _write_manifest(folder: Folder, plan: Plan) -> None:
    totals = _finished(folder)
    counts: dict[str, Any] = {name: getattr(totals, name) for name in ("articles", "claims", "errors", "bytes")}
    folder.write(Manifest(reader=plan.reader, complete=True, **counts), MANIFEST)


def _summary(folder: Folder, plan: Plan, totals: Totals, begun: float, run: _Run | None = None) -> Summary:
    """What stands there; without a run, all of it was there before."""
    return Summary(
        output=folder.place,
        reader=plan.reader,
        articles=totals.articles,
        claims=totals.claims,
        errors=totals.errors,
        days=len(folder.names(ARTICLES)),
        bytes=totals.bytes,
        shards=len(plan.shards),
        resumed=run.resumed if run else len(plan.shards),
        seconds=round(time.monotonic() - begun, 2),
        seconds_reading=round(run.reading, 2) if run else 0.0,
        seconds_sorting=round(run.sorting, 2) if run else 0.0,
        peak=totals.peak,
    )


def _batch_name(number: int) -> str:
    return f"{number:05}.json"
