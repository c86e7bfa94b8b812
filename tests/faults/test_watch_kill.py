"""kill -9 at random moments of `dabi watch --once`: run again to the end, the ledger is that of a run nobody disturbed.

`DABI_KILLS=100 pytest tests/faults/test_watch_kill.py` is the full run; without it a few are tried. Half of the kills
fall into the first gathering, half into the next, when pages have changed; on both databases.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import news_site
from dabi.gathering.asking import Manners
from dabi.ledger import Ledger, open_ledger
from dabi.service.following import FollowOptions, follow
from forked import Command
from news_site import Site

KILLS = int(os.environ.get("DABI_KILLS", "12")) // 4  # in each of two rounds, on each of two databases
KINDS = (news_site.Plain, news_site.Mapped, news_site.Busy)
DELAY = 0.02


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with news_site.running(KINDS) as site:
        yield site


@pytest.fixture(scope="module")
def undisturbed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What a ledger holds after each of two rounds."""
    folder = tmp_path_factory.mktemp("undisturbed")
    where = str(folder / "ledger.db")
    follow_all(where, site)
    held = []
    for site.round in (0, 1):
        finish(where, folder)
        held.append(contents(where))
    assert versions_of(held[1]) == sorted(site.expected().items())
    return held


def follow_all(where: str, site: Site) -> None:
    with open_ledger(where) as ledger:
        follow(
            ledger, [host.feed for host in site.hosts], FollowOptions(manners=Manners(allow_private=True, delay=DELAY))
        )


def start(where: str, folder: Path) -> Command:
    options = ("--once", "--now", "--no-link", "--allow-private", "--delay", str(DELAY))
    return Command(folder, "watch", *options, "--db", where, "--format", "jsonl")


def finish(where: str, folder: Path) -> None:
    """Watch to the end: once more when a host asked to be left alone for longer than one waits."""
    for _ in range(3):
        command = start(where, folder)
        assert command.wait() in (0, 1), command.complaints
        assert "Traceback" not in command.complaints
        if "left alone" not in command.complaints:
            return
    pytest.fail(command.complaints)


def kill_at_random(where: str, folder: Path, chance: random.Random) -> list[dict[str, Any]]:
    """Kill a watch somewhere between its start and its end; what it had promised by then."""
    command = start(where, folder)
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 0.3))  # while it starts
    else:
        command.wait_for_a_line()
        time.sleep(chance.uniform(0, 1.0))
    assert command.kill() in (-signal.SIGKILL, 0, 1), command.complaints
    return [json.loads(line) for line in command.lines]


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


def test_killed_while_watching(where: str, site: Site, undisturbed: list[Any], tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    site.round = 0
    follow_all(where, site)
    for site.round in (0, 1):
        for _ in range(KILLS):
            promised = kill_at_random(where, tmp_path, chance)
            with open_ledger(where) as ledger:
                for line in promised:
                    assert ledger.report(line["article"], version=line["version"]).key == line["key"]
        finish(where, tmp_path)
        assert contents(where) == undisturbed[site.round]
    assert site.problems == []
