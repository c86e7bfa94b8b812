"""kill -9 of all that takes part in `dabi cluster analyse`, while it works: the tables are those of a quiet run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyspark")

from dabi.cluster.analyse import analyse
from dabi.cluster.layout import Folder
from dabi.cluster.load import in_order
from dabi.service.reading import read_reports
from news_lines import written
from process_tree import below, is_python_worker

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ARTICLES = 1500
SHARD = 45_000  # bytes: about 75 articles
# The Java processes do not live long enough for their second compiler to be worth the work.
QUICK = "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("news") / "news.jsonl", ARTICLES)


@pytest.fixture(scope="module")
def undisturbed(news: str) -> list[str]:
    """What each article says, in order."""
    return [article.id + str(article.claims) for article in read_reports([news]) if hasattr(article, "claims")]


def read(output: Path) -> list[str]:
    from dabi.cluster.columns import analysis_of

    return [a.id + str(a.claims) for a in map(analysis_of, in_order(Folder(str(output))))]


@contextmanager
def killing(
    chosen: Callable[[int, str, dict[int, tuple[int, str]]], bool], times: int, output: Path, under: int, seed: int = 7
) -> Iterator[list[int]]:
    """Kill so many of the chosen processes, one after the other, once the first shard is done; a worker whose reader
    was killed keeps its next one, so that no record is hit twice."""
    chance = random.Random(seed)
    killed: list[int] = []
    bereft: set[int] = set()
    ended = threading.Event()

    def kill() -> None:
        while len(killed) < times and not ended.is_set():
            time.sleep(chance.uniform(0.02, 0.2))
            known = below(under)
            there = [
                pid for pid, (above, command) in known.items() if chosen(above, command, known) and above not in bereft
            ]
            if there and shards_done(output):
                pid = chance.choice(there)
                with suppress(ProcessLookupError):  # it has ended by itself meanwhile
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    if is_reader(known[pid][1]):
                        bereft.add(known[pid][0])

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()


def shards_done(output: Path) -> int:
    return len(list((output / "_work" / "shards").glob("[0-9]*.json")))


def is_worker(parent: int, command: str, known: dict[int, tuple[int, str]]) -> bool:
    """A Python worker of Spark, or the reader that works for it: not the daemon that they come from."""
    return is_reader(command) or is_python_worker(parent, command, known)


def is_reader(command: str) -> bool:
    return "dabi.cluster.reader" in command


def test_python_workers_killed(spark: SparkSession, news: str, undisturbed: list[str], tmp_path: Path) -> None:
    """Three: a task that fails four times ends the run."""
    output = tmp_path / "out"
    with killing(is_worker, 3, output, os.getpid()) as killed:
        summary = analyse([news], str(output), lambda: nullcontext(spark), shard_bytes=SHARD)
    assert len(killed) >= 2
    assert (summary.articles, summary.errors) == (ARTICLES, 0)
    assert read(output) == undisturbed


def started(news: str, output: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*DABI, "cluster", "analyse", news, "-o", str(output), "--shard-bytes", str(SHARD), "--set", QUICK, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_shards(process: subprocess.Popen[str], output: Path, count: int) -> None:
    for _ in range(2400):
        if shards_done(output) >= count:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    pytest.fail("no shard was done in two minutes")


def test_the_driver_interrupted_and_killed(
    spark: SparkSession, news: str, undisturbed: list[str], tmp_path: Path
) -> None:
    """Ctrl-C, then kill -9, at random moments of its work, then gone on with: what is done is not read again."""
    output = tmp_path / "out"
    chance = random.Random(3)
    done = 0
    for end in (signal.SIGINT, signal.SIGKILL):
        process = started(news, output, "--workers", "2")
        wait_for_shards(process, output, done + 1)
        time.sleep(chance.uniform(0, 0.5))
        known = {pid: command for pid, (_, command) in below(process.pid).items()}
        if end == signal.SIGINT:
            os.killpg(process.pid, end)  # as a terminal does it
            _, said = process.communicate()
            assert process.returncode == 130, said
            assert said.splitlines()[-1] == "dabi: stopped; started again, it goes on here"
            assert "Traceback" not in said
        else:
            process.kill()
            process.communicate()
        gone(known)
        done = shards_done(output)
    summary = analyse([news], str(output), lambda: nullcontext(spark))
    assert 0 < done <= summary.resumed
    assert (summary.articles, summary.errors) == (ARTICLES, 0)
    assert read(output) == undisturbed


def gone(pids: dict[int, str]) -> None:
    """Nothing of a killed run may work on behind the back of the next one."""
    for _ in range(600):
        if not any(Path(f"/proc/{pid}").exists() and _command(pid) == command for pid, command in pids.items()):
            return
        time.sleep(0.05)
    pytest.fail(f"still there: {[command for pid, command in pids.items() if Path(f'/proc/{pid}').exists()]}")


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def test_an_executor_killed(news: str, undisturbed: list[str], tmp_path: Path) -> None:
    """One of two executors, each a Java process with workers of its own."""
    output = tmp_path / "out"
    quick = QUICK.replace("driver", "executor")
    process = started(news, output, "--set", quick, "--master", "local-cluster[2,1,1024]", "--format", "jsonl")

    def is_executor(_: int, command: str, __: dict[int, tuple[int, str]]) -> bool:
        return "CoarseGrainedExecutorBackend" in command

    with killing(is_executor, 1, output, process.pid) as killed:
        out, said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert len(killed) == 1
    summary: dict[str, Any] = json.loads(out)
    assert (summary["articles"], summary["errors"]) == (ARTICLES, 0)
    assert read(output) == undisturbed
