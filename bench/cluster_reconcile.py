"""What reconciling on the engine costs as articles become more: `python -m bench.cluster_reconcile [ARTICLES …]`.

1000 and 5000 by itself; `--workers N` cores (2), `--keep DIR` keeps the articles and results there for another run.
Reports of running events (`bench.linking`), cut to the five figures that a newspaper's have, are read once and
multiplied: each copy tells of other villages and people, weeks later, so that stories stay as small as they are in the
news however many reports there are. Printed for each size: seconds of each stage, of processor time of all processes
together, the most memory they held, what was shuffled between stages and what was written; in the end by how much time
grew against the number of articles.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from bench.linking import reports
from dabi import service
from dabi.cluster import columns
from dabi.cluster.reconciling.run import reconcile
from dabi.cluster.session import opened
from dabi.ledger import Submission

_BASE = 2_000  # reports that are read; all others are made of them
_LINES = 3  # of a report
_APART = 90  # days between a copy and the next one: no event is told of for so long
_FILE = 1_000  # articles of one file
_CONSONANTS = "কখগঘচছজঝটঠডঢতথদধনপফবভমযরলশষসহ"
_NAMED = re.compile(r"জেলার (\S+) এলাকায়|কর্মকর্তা (\S+) (\S+) বলেন")
_MB = 1e6


def rows(count: int) -> Iterator[columns.Row]:
    """`count` articles as `cluster analyse` writes them."""
    base = [_row(n, *told) for n, told in enumerate(reports(min(count, _BASE)))]
    for n in range(count):
        yield _copy(base[n % len(base)], n, n // len(base))


def _row(number: int, id: str, text: str, day: str) -> tuple[bytes, tuple[str, ...]]:
    """An article as JSON, and the names in it that are its event's own."""
    text = "\n".join(text.split("\n")[:_LINES])
    analysis = service.analyse(text, published=day, id=id)
    row = columns.row(columns.Position(0, 0, number), Submission(article=id, text=text), analysis)
    names = {name for found in _NAMED.findall(text) for name in found if name}
    return msgspec.json.encode(row), tuple(sorted(names, key=lambda name: (-len(name), name)))


def _copy(base: tuple[bytes, tuple[str, ...]], number: int, copy: int) -> columns.Row:
    """The same article of another event: names changed letter by letter, so that all offsets hold."""
    encoded, names = base
    told = encoded.decode()
    for name in names:
        told = told.replace(name, "".join(_other(letter, copy) for letter in name))
    row: columns.Row = msgspec.json.decode(told)
    row["record"] = number
    row["page"] = row["id"] = f"{copy}/{row['page']}"
    day = date.fromisoformat(row["article"]["published"]) + timedelta(days=_APART * copy)
    row["article"]["published"] = day.isoformat()
    for claim in row["claims"]:
        claim["id"] = blake2b(f"{copy}/{claim['id']}".encode(), digest_size=8).hexdigest()
    return row


def _other(letter: str, copy: int) -> str:
    at = _CONSONANTS.find(letter)
    return letter if at < 0 else _CONSONANTS[(at + 7 * copy) % len(_CONSONANTS)]


def write(folder: Path, count: int) -> None:
    """A folder as `cluster analyse` leaves it, in as many files as days would make."""
    import pyarrow as pa
    from pyarrow import parquet

    held: list[columns.Row] = []
    made = 0

    def put() -> None:
        nonlocal made
        day = folder / "articles" / f"day={columns.day_of(held[0])}-{made}"
        day.mkdir(parents=True)
        table = pa.Table.from_pylist(held, schema=columns.schema())
        parquet.write_table(table, day / "0.parquet", compression="zstd")
        made += 1
        held.clear()

    for row in rows(count):
        held.append(row)
        if len(held) == _FILE:
            put()
    if held:
        put()
    (folder / "_manifest.json").write_text('{"reader": "bench", "complete": true}')


class Watched:
    """The most memory that this process and all it starts hold together, in MB, looked at twice a second; what they
    share is counted once. And the processor time they take."""

    def __enter__(self) -> Watched:
        self.most = 0.0
        self.seconds = 0.0
        self._taken: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.seconds = sum(self._taken.values())

    def _look(self) -> None:
        ticks = os.sysconf("SC_CLK_TCK")
        begun: dict[int, float] = {}
        while not self._ended.wait(0.5):
            memory = 0.0
            for pid in _tree(os.getpid()):
                try:
                    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                memory += int(rollup.split("\nPss:")[1].split()[0]) / 1000
                taken = (int(fields[11]) + int(fields[12])) / ticks
                self._taken[pid] = taken - begun.setdefault(pid, taken)
            self.most = max(self.most, memory)


def _tree(root: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def _shuffled(spark: Any) -> int:
    """Bytes that tasks have written for others, as Spark counts them."""
    found = 0
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    for number in range(executors.size()):
        found += executors.apply(number).totalShuffleWrite()
    return found


def measure(count: int, folder: Path, workers: int) -> float:
    """Seconds that reconciling so many articles takes."""
    if not (folder / "_manifest.json").exists():
        process = get_context("spawn").Process(target=write, args=(folder, count))  # its memory is not ours
        process.start()
        process.join()
    shutil.rmtree(folder / "reconciled", ignore_errors=True)
    print(f"\n{count:,} articles, {_size(folder / 'articles') / _MB:,.0f} MB; {workers} cores")
    with opened(workers=workers) as spark:
        spark.range(1000).repartition(workers).count()
        with Watched() as watched:
            begun = time.monotonic()
            summary = reconcile(spark, str(folder), _tell)
            seconds = time.monotonic() - begun
            shuffled = _shuffled(spark)
    per_report = 1000 * watched.seconds / summary.reports
    print(f"  together {seconds:,.1f} s; {watched.seconds:,.0f} s of processor time, {per_report:.1f} ms a report")
    print(f"  at most {watched.most:,.0f} MB in memory; {shuffled / _MB:,.0f} MB shuffled")
    results = _size(folder / "reconciled") / _MB
    print(f"  {results:,.0f} MB of results: {summary.series:,} series, {summary.stories:,} stories")
    compared, linked = summary.compared / summary.reports, summary.links / summary.reports
    print(f"  each report compared with {compared:.1f} others, {linked:.0f} links")
    return seconds


def _tell(name: str, number: int, of: int, seconds: float) -> None:
    print(f"  {name:12} {seconds:8.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="*", type=int, default=[1_000, 5_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where articles and results stay")
    given = parser.parse_args()
    sizes = sorted(given.articles)
    with tempfile.TemporaryDirectory() as temporary:
        place = given.keep or Path(temporary)
        took = [measure(size, place / str(size), given.workers) for size in sizes]
    if len(sizes) > 1:
        print(f"\n{sizes[-1] / sizes[0]:.1f} times the articles take {took[-1] / took[0]:.1f} times the seconds")


if __name__ == "__main__":
    main()
