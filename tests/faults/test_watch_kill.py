"""kill -9 at random moments of `dabi watch --once`: run again to the end, the ledger is that of a run nobody disturbed.

`DABI_KILLS=100 pytest tests/faults/test_watch_kill.py` is the full run; without it a few are tried. Half of the kills
fall into the first gathering, half into the next, when pages have changed; on both databases.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

import news_site
from dabi.gathering.asking import Manners
from dabi.ledger import Ledger, open_ledger
from dabi.service.following import FollowOptions, follow
from news_site import Site

KILLS = int(os.environ.get("DABI_KILLS", "12")) // 4  # in each of two rounds, on each of two databases
KINDS = (news_site.Plain, news_site.Mapped, news_site.Busy)
DELAY = 0.02
WATCH = [sys.executable, "-c", "from dabi.cli import main; main()", "watch", "--once", "--allow-private", "--no-link"]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with news_site.running(KINDS) as site:
        yield site


@pytest.fixture(scope="module")
def undisturbed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What a ledger holds after each of two rounds."""
    where = str(tmp_path_factory.mktemp("undisturbed") / "ledger.db")
    follow_all(where, site)
    held = []
    for site.round in (0, 1):
        finish(where)
        held.append(contents(where))
    assert versions_of(held[1]) == sorted(site.expected().items())
    return held


def follow_all(where: str, site: Site) -> None:
    with open_ledger(where) as ledger:
        follow(
            ledger, [host.feed for host in site.hosts], FollowOptions(manners=Manners(allow_private=True, delay=DELAY))
        )


def start(where: str) -> subprocess.Popen[str]:
    command = [*WATCH, "--now", "--delay", str(DELAY), "--db", where, "--format", "jsonl"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def finish(where: str) -> None:
    """Watch to the end: once more when a host asked to be left alone for longer than one waits."""
    for _ in range(3):
        process = start(where)
        _, complaints = process.communicate(timeout=120)
        assert process.returncode in (0, 1), complaints
        assert "Traceback" not in complaints
        if "left alone" not in complaints:
            return
    pytest.fail(complaints)


def kill_at_random(where: str, chance: random.Random) -> list[dict[str, Any]]:
    """Kill a watch somewhere between its start and its end; what it had promised by then."""
    process = start(where)
    assert process.stdout is not None
    lines = []
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 1.0))  # while it starts
    else:
        lines.append(process.stdout.readline())
        time.sleep(chance.uniform(0, 1.2))
    process.kill()
    lines += process.stdout.readlines()
    assert process.wait() in (-signal.SIGKILL, 0, 1)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def contents(where: str) -> list[tuple[Any, ...]]:
    """All versions of all pages, and how far gathering is with each; without times and numbers of rows."""
    with open_ledger(where) as ledger:
        assert ledger.check() == []
        counts = ledger.counts()
        assert counts["reports"] == counts["readings"]
        held: list[tuple[Any, ...]] = [
            (
                record.article,
                record.version,
                record.sha256,
                record.published,
                tuple(claim.id for claim in ledger.claims(reports=[record.key])),
            )
            for record in ledger.reports(history=True)
        ]
        held += [(change.article, change.version, change.kind, change.what) for change in ledger.changes()]
        held += pages_of(ledger)
    return sorted(held, key=repr)


def pages_of(ledger: Ledger) -> list[tuple[Any, ...]]:
    from sqlalchemy import select

    from dabi.ledger.following import fetches

    columns = (fetches.c.url, fetches.c.kind, fetches.c.state, fetches.c.article, fetches.c.sha256)
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def versions_of(held: list[tuple[Any, ...]]) -> list[tuple[str, int]]:
    newest: dict[str, int] = {}
    for row in held:
        if isinstance(row[1], int) and len(row[2]) == 64:
            newest[row[0]] = max(newest.get(row[0], 0), row[1])
    return sorted(newest.items())


def test_killed_while_watching(where: str, site: Site, undisturbed: list[Any]) -> None:
    chance = random.Random(KILLS)
    site.round = 0
    follow_all(where, site)
    for site.round in (0, 1):
        for _ in range(KILLS):
            promised = kill_at_random(where, chance)
            with open_ledger(where) as ledger:
                for line in promised:
                    assert ledger.report(line["article"], version=line["version"]).key == line["key"]
        finish(where)
        assert contents(where) == undisturbed[site.round]
    assert site.problems == []
