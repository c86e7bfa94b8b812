"""kill -9 of all that takes part in `dabi cluster reconcile`, while it works: it finds what a quiet run finds.

`DABI_KILLS=200 pytest tests/faults` kills the whole command too; that a stopped one goes on where it was is tried
without it in tests/cluster.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("the tests of the cluster need Java", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq

from cluster.one_process import Reconciled
from dabi.cluster import columns
from dabi.cluster.reconciling.lines import series_lines
from dabi.cluster.session import ClusterError
from process_tree import below, is_python_worker
from sinkings import Sinking

REPORTS = 80
DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
# The Java processes do not live long enough for their second compiler to be worth the work.
QUICK = [
    argument
    for side in ("driver", "executor")
    for argument in ("--set", f"spark.{side}.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
]
PATIENCE = 400


@pytest.fixture(scope="module")
def reports() -> list[Sinking]:
    chance = random.Random(5)
    return [
        Sinking(id=f"r{n}", place=chance.randrange(4), dead=chance.randint(5, 30), day=chance.randint(1, 28))
        for n in range(REPORTS)
    ]


@pytest.fixture(scope="module")
def undisturbed(reports: list[Sinking]) -> list[str]:
    return Reconciled([one.analysed() for one in reports]).lines


@pytest.fixture
def folder(reports: list[Sinking], tmp_path: Path) -> Path:
    """The reports as `dabi cluster analyse` writes them."""
    rows = [columns.row(columns.Position(0, 0, n), *one.analysed()) for n, one in enumerate(reports)]
    for first in range(0, len(rows), 20):
        day = tmp_path / "articles" / f"day={first}"
        day.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows[first : first + 20], schema=columns.schema()), day / "0.parquet")
    (tmp_path / "_manifest.json").write_text('{"reader": "1", "complete": true}')
    return tmp_path


def started(folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*DABI, "cluster", "reconcile", str(folder), *QUICK, *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def killed(process: subprocess.Popen[str], chosen: Callable[[int, str, dict[int, tuple[int, str]]], bool]) -> bool:
    """Kill one of the chosen processes as soon as there is one; whether there was."""
    for _ in range(2000):
        if process.poll() is not None:
            return False
        known = below(process.pid)
        there = [pid for pid, (parent, command) in known.items() if chosen(parent, command, known)]
        if there:
            os.kill(there[-1], signal.SIGKILL)
            return True
        time.sleep(0.01)
    return False


def is_executor(parent: int, command: str, known: dict[int, tuple[int, str]]) -> bool:
    return "CoarseGrainedExecutorBackend" in command


def test_workers_and_an_executor_killed(folder: Path, undisturbed: list[str]) -> None:
    """A Python worker in each of the stages that work in Python, and one of two executors between them."""
    process = started(folder, "--master", "local-cluster[2,1,1024]")
    kills: list[str] = []

    def disturb() -> None:
        if killed(process, is_python_worker):
            kills.append("read")
        assert process.stderr is not None
        for line in process.stderr:
            for stage, chosen in (
                ("ranks", is_python_worker), ("reports", is_python_worker),
                ("comparisons", is_executor), ("components", is_python_worker),
            ):  # fmt: skip
                if f", {stage}:" in line and killed(process, chosen):
                    kills.append(f"after {stage}")
            said.append(line)

    said: list[str] = []
    thread = threading.Thread(target=disturb, daemon=True)
    thread.start()
    assert process.wait(timeout=PATIENCE) == 0, said
    thread.join(timeout=10)
    assert "after comparisons" in kills  # the executor
    assert len(kills) >= 4, kills
    assert list(series_lines(str(folder))) == undisturbed


@pytest.mark.skipif("DABI_KILLS" not in os.environ, reason="part of the full run: DABI_KILLS=200")
def test_the_driver_killed(folder: Path, undisturbed: list[str]) -> None:
    """In the middle of a stage; what is finished by then is not made again."""
    process = started(folder, "--workers", "2")
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if ", comparisons:" in line:
            break
    else:
        pytest.fail(f"it ended before: {said}")
    for pid in (process.pid, *below(process.pid)):
        os.kill(pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(ClusterError, match="has not been reconciled"):
        series_lines(str(folder))
    _, again = started(folder, "--workers", "2").communicate(timeout=PATIENCE)
    assert again.count("there from an earlier run") == len(said) == 5
    assert list(series_lines(str(folder))) == undisturbed
