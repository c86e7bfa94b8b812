"""kill -9 at random moments of a bulk add: what was reported as added is there, whole and once; the next run goes on.

`DABI_KILLS=200 pytest tests/faults` is the full run, half of the kills on each database; without it a few are tried.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from bulk_add import FIGURES, nth
from dabi.ledger import Ledger, Query, open_ledger
from postgres import Server

KILLS = int(os.environ.get("DABI_KILLS", "12")) // 2
TESTS = Path(__file__).parent.parent
# Seconds after which a process is killed, counted from its first promise, or from its start.
WHILE_ADDING, WHILE_STARTING = 0.12, 0.7


def start(where: str, first: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, TESTS / "bulk_add.py", where, str(first), "100000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )


def kill_at_random(process: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Kill it, and return the lines that it managed to print."""
    assert process.stdout is not None
    lines = []
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, WHILE_STARTING))
    else:
        lines.append(process.stdout.readline())
        time.sleep(chance.uniform(0, WHILE_ADDING))
    assert process.poll() is None, process.communicate()[1]
    process.kill()
    lines += process.stdout.readlines()
    assert process.wait() == -signal.SIGKILL
    return [line for line in lines if line.endswith("\n")]


def assert_whole(ledger: Ledger, promised: list[str], upto: int) -> None:
    """Every promise is kept, and there is nothing but whole reports, each once, in order."""
    counts = ledger.counts()
    assert counts["reports"] == counts["readings"]
    assert counts["claims"] == FIGURES * counts["readings"]
    # Of the last report the promise may have been lost with the process; nothing more.
    assert upto <= counts["reports"] <= upto + 1
    for line in promised:
        number, article, version, key = line.split()
        submission, analysis = nth(int(number))
        assert ledger.text(article, version=int(version)) == submission.text
        claims = list(ledger.claims(reports=[int(key)]))
        assert [c.id for c in claims] == [c.id for c in analysis.claims]
        assert [c.version for c in claims] == [int(version)] * FIGURES


def assert_indexed(ledger: Ledger, count: int) -> None:
    """The words of every report that stands can be found, and each new version says what changed."""
    versions = sum(n % 5 == 4 for n in range(count))
    assert len(list(ledger.search(Query(words="দুর্ঘটনা")))) == count - versions
    assert len(list(ledger.claims(Query(place="চর", source="প্রশাসক")))) == FIGURES * (count - versions)
    assert len(list(ledger.changes())) == FIGURES * versions


def test_killed_while_adding(where: str) -> None:
    chance = random.Random(f"{KILLS}")
    next_number = 0
    for _ in range(KILLS):
        process = start(where, max(0, next_number - 3))  # a next run meets what is there already
        promised = kill_at_random(process, chance)
        if promised:
            next_number = max(next_number, int(promised[-1].split()[0]) + 1)
        with open_ledger(where) as ledger:
            assert_whole(ledger, promised, next_number)
            next_number = ledger.counts()["reports"]
    with open_ledger(where) as ledger:
        for n in range(next_number + 10):
            outcome = ledger.add(*nth(n), extractor="1").outcome
            assert (outcome == "unchanged") == (n < next_number)
        assert_indexed(ledger, next_number + 10)
        assert ledger.check() == []


def test_the_server_killed_while_adding(server: Server) -> None:
    """The process of the database that serves us is killed: the server recovers, and what was promised is there."""
    where = server.create()
    chance = random.Random(1)
    next_number = 0
    for _ in range(2 if KILLS < 50 else 10):
        process = start(where, next_number)
        assert process.stdout is not None
        promised = [process.stdout.readline()]
        with psycopg.connect(where) as connection:
            others = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            ).fetchall()
        time.sleep(chance.uniform(0, WHILE_ADDING))
        for (pid,) in others:
            os.kill(pid, signal.SIGKILL)
        rest, complaint = process.communicate()
        assert process.returncode == 1
        assert "does not answer" in complaint
        promised += rest.splitlines(keepends=True)
        promised = [line for line in promised if line.endswith("\n")]
        next_number = int(promised[-1].split()[0]) + 1
        with opened_when_recovered(where) as ledger:
            assert_whole(ledger, promised, next_number)
            next_number = ledger.counts()["reports"]
    with open_ledger(where) as ledger:
        assert_indexed(ledger, next_number)


def opened_when_recovered(where: str) -> Ledger:
    for _ in range(200):
        try:
            return open_ledger(where)
        except Exception:
            time.sleep(0.05)
    pytest.fail("the server did not come back")
