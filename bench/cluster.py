"""`python -m bench.cluster`: how fast `dabi cluster analyse` is on one core and on two, and whether its memory is flat.

Both runs are processes of their own over the same lines of JSON, made by repeating the examples with prose behind them,
each kept on its cores. Speed is told with what starting costs (the engine, its Python workers) and without it.
`--memory-mb 1000` is the long run; it is measured beside one of a tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .corpus import articles, size, typical

_DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
# What the processes of a run are, by a word of their command lines.
_KINDS = {"reading": "dabi.cluster.reader", "worker": "pyspark.daemon", "Java": "java", "driver": "dabi.cli"}
_DAYS = 30


def lines(path: Path, megabytes: float) -> int:
    """A file of about so many megabytes; how many articles it holds."""
    texts = typical(sum(1 for text in articles() for _ in range(len(text) // 300)))
    count = written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            day = f"2025-06-{1 + count % _DAYS:02}"
            line = {"id": f"article-{count}", "text": texts[count % len(texts)], "published": day}
            text = json.dumps(line, ensure_ascii=False) + "\n"
            file.write(text)
            written += size(text)
            count += 1
    return count


def analyse(path: Path, cores: int, place: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The summary of a run, and the peak of memory of one process of each kind in bytes."""
    output = place / f"out-{cores}"
    command = [*_DABI, "cluster", "analyse", str(path), "-o", str(output), "--workers", str(cores), "--format", "jsonl"]
    command = [*_confined(cores), *command]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, watched(process.pid) as peaks:
        out, _ = process.communicate()
    shutil.rmtree(output, ignore_errors=True)
    if process.returncode:
        raise RuntimeError(f"dabi cluster analyse exited with {process.returncode}")
    summary: dict[str, Any] = json.loads(out)
    return summary, {**peaks, "reading": max(peaks.get("reading", 0), summary["peak"])}


def _confined(cores: int) -> list[str]:
    """What keeps a command on so many cores, all its processes together: a worker has one that reads beside it, and
    Java its own threads, so that one worker alone uses more than a core. Where there is no taskset, nothing."""
    if shutil.which("taskset") is None:
        return []
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    return ["taskset", "--cpu-list", ",".join(map(str, allowed))]


def pool(path: Path, cores: int) -> float:
    """Seconds of `dabi read` with so many workers, without the engine."""
    command = [*_confined(cores), *_DABI, "read", "--workers", str(cores), "--format", "jsonl", str(path)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


@contextmanager
def watched(pid: int) -> Iterator[dict[str, int]]:
    """The peaks of memory below a process, by kind, looked at twice a second (where there is /proc)."""
    peaks: dict[str, int] = defaultdict(int)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            for below in _below(pid):
                kind, peak = _memory(below)
                if kind is not None:
                    peaks[kind] = max(peaks[kind], peak)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def _below(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> tuple[str | None, int]:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None, 0
    kind = next((kind for kind, word in _KINDS.items() if word in command), None)
    return kind, next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def throughput(megabytes: float, place: Path) -> None:
    path = place / "speed.jsonl"
    count = lines(path, megabytes)
    amount = path.stat().st_size / 1e6
    print(f"Speed of `dabi cluster analyse`, {count} articles ({amount:.1f} MB)")
    whole, without = {}, {}
    for cores in (1, 2):
        summary, _ = analyse(path, cores, place)
        whole[cores] = summary["seconds"]
        without[cores] = summary["seconds_reading"] + summary["seconds_sorting"]
        started, lasting = amount / whole[cores], amount / without[cores]
        print(f"  {_cores(cores)}  {whole[cores]:7.1f} s with starting ({started:.2f} MB/s)", end="")
        print(f"   {without[cores]:7.1f} s without ({lasting:.2f} MB/s), {summary['seconds_sorting']:.1f} s sorting")
    print(f"  two cores are {whole[1] / whole[2]:.2f} × one with starting, {without[1] / without[2]:.2f} × without")
    print("`dabi read --workers`, the same function without the engine")
    seconds = {cores: pool(path, cores) for cores in (1, 2)}
    for cores, taken in seconds.items():
        print(f"  {_cores(cores)}  {taken:7.1f} s ({amount / taken:.2f} MB/s)")
    print(
        f"  two cores are {seconds[1] / seconds[2]:.2f} × one; the engine takes {whole[2] / seconds[2]:.2f} × as long"
    )


def _cores(count: int) -> str:
    return f"{count} core " if count == 1 else f"{count} cores"


def memory(megabytes: float, place: Path) -> None:
    print(f"Memory of one process of each kind over {megabytes / 10:g} and {megabytes:g} MB, {os.cpu_count()} cores")
    peaks = []
    for amount in (megabytes / 10, megabytes):
        path = place / "memory.jsonl"
        lines(path, amount)
        summary, found = analyse(path, os.cpu_count() or 1, place)
        peaks.append(found)
        told = "   ".join(f"{kind} {found.get(kind, 0) / 1e6:6.0f} MB" for kind in _KINDS)
        print(f"  {amount:7.0f} MB   {told}   {summary['bytes'] / 1e6 / summary['seconds']:.2f} MB/s")
        path.unlink()
    ratios = [f"{kind} {peaks[1][kind] / peaks[0][kind]:.2f}" for kind in _KINDS if peaks[0].get(kind)]
    print(f"  ratio of the peaks   {'   '.join(ratios)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--speed-mb", type=float, default=16, help="megabytes for speed; 0 leaves it out")
    parser.add_argument("--memory-mb", type=float, default=40, help="megabytes for memory; 0 leaves it out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dabi-bench-") as place:
        if given.speed_mb:
            throughput(given.speed_mb, Path(place))
        if given.memory_mb:
            memory(given.memory_mb, Path(place))


if __name__ == "__main__":
    main()
