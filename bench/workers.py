"""Reading in several processes: how much faster two are than one, and what is left to the one that keeps.

`python -m bench.workers [ARTICLES] [WORKERS]`. Rates are by the clock, and say little on a machine that others use;
what the first process does itself is in processor time, and bounds what any number of workers can gain.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from dabi.ledger import open_ledger
from dabi.reading.inputs import Report, reports
from dabi.service.ledger import add_reports
from dabi.service.workers import Read, analysed

from .ledger import varied


def several(count: int = 2000, workers: int = 2) -> None:
    """The same articles by one process and by several: read, and read and added."""
    print(f"\nReading in {workers} processes, {count:,} articles")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, text in enumerate(varied(count)):
                file.write(json.dumps({"id": f"a{number}", "text": text}, ensure_ascii=False) + "\n")
        list(analysed([one for one in reports([path]) if isinstance(one, Report)][:20], workers))  # start what stays
        read = {number: _reading(path, number) for number in (1, workers)}
        added = {number: _adding(path, Path(folder) / f"{number}.db", number) for number in (1, workers)}
    for name, by in (("read", read), ("read and added", added)):
        (one, alone), (more, own) = by[1], by[workers]
        print(f"  {name:14} {count / one:6,.0f} a second by 1, {count / more:6,.0f} by {workers}: × {one / more:.2f}")
        print(f"  {'':14} {1000 * alone / count:.1f} ms an article by 1; {1000 * own / count:.1f} stay with it")


def _reading(path: Path, workers: int) -> tuple[float, float]:
    """Seconds by the clock, and of processor time in this process."""
    began, own = time.perf_counter(), time.process_time()
    size = sum(len(one.packed) for one in analysed(reports([path]), workers) if isinstance(one, Read))
    assert size
    return time.perf_counter() - began, time.process_time() - own


def _adding(path: Path, ledger: Path, workers: int) -> tuple[float, float]:
    began, own = time.perf_counter(), time.process_time()
    with open_ledger(ledger) as kept:
        for _ in add_reports(kept, [path], workers=workers):
            pass
    return time.perf_counter() - began, time.process_time() - own


if __name__ == "__main__":
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    several(*(int(argument) for argument in sys.argv[1:]))
