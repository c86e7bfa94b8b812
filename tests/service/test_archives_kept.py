"""Archives in the ledger: a page captured several times is one page with versions, in whatever order they come."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

import web_archive as made
from dabi.ledger import Added, open_ledger
from dabi.reading.archive_counts import ArchiveCounts
from dabi.service.ledger import add_reports

DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
FIGURES = {"05": "২৩০", "09": "২৪০", "13": "২৫০"}  # by the hour at which the page had them
CAPTURES = [(f"2025-06-24T{hour}:00:00Z", made.BENGALI.replace("২৩০", count)) for hour, count in FIGURES.items()]


def kept(tmp_path: Path, archives: list[list[bytes]], workers: int = 1) -> tuple[list[str], list[str], str]:
    """What adding archives one after the other did, what the versions differ in, and the figure that stands."""
    with open_ledger(tmp_path / "ledger.db") as ledger:
        outcomes = []
        for number, records in enumerate(archives):
            path = tmp_path / f"{number}.warc.gz"
            path.write_bytes(made.gzipped(records))
            outcomes += [one.outcome for one in add_reports(ledger, [path], workers=workers) if isinstance(one, Added)]
        changes = [change.what for change in ledger.changes()]
        return outcomes, changes, ledger.report("https://news.example/1").fetched


@pytest.mark.parametrize("workers", [1, 2])
def test_captures_in_one_archive_become_versions(tmp_path: Path, workers: int) -> None:
    records = [made.capture(1, text, date=date) for date, text in CAPTURES]
    outcomes, changes, newest = kept(tmp_path, [records], workers)
    assert outcomes == ["added", "version", "version"]
    assert changes == ["230 → 240", "240 → 250"]
    assert newest == CAPTURES[2][0]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_captures_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    records = [[made.capture(1, CAPTURES[n][1], date=CAPTURES[n][0])] for n in order]
    outcomes, _, newest = kept(tmp_path, records)
    assert outcomes == ["added", "version", "version"]
    assert newest == CAPTURES[2][0]


def test_the_same_page_captured_again_is_no_version(tmp_path: Path) -> None:
    records = [made.capture(1, date=f"2025-06-2{day}T05:30:00Z") for day in (4, 5, 6)]
    outcomes, changes, _ = kept(tmp_path, [records, records])
    assert outcomes == ["added", *["unchanged"] * 5]
    assert changes == []


def test_a_record_without_a_time_is_kept(tmp_path: Path) -> None:
    assert kept(tmp_path, [[made.capture(1, date="some day")]])[0] == ["added"]


def test_counts_add_up_over_archives(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.warc.gz").write_bytes(made.gzipped([made.capture(number), made.info()]))
    counts = ArchiveCounts()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        list(add_reports(ledger, [tmp_path], counts=counts))
    assert counts == ArchiveCounts(archives=3, records=3, kept=3)


def run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*DABI, *arguments], cwd=folder, input=given, capture_output=True, timeout=60)


def test_on_the_command_line(tmp_path: Path) -> None:
    english = made.record("https://news.example/2", made.http(made.page("Flood", made.ENGLISH * 9).encode()))
    (tmp_path / "a.warc.gz").write_bytes(made.gzipped([made.capture(1), english, made.capture(3, length=700)]))
    (tmp_path / "b.warc.gz").write_bytes(made.gzipped([english]))
    done = run(tmp_path, "add", "--db", "news.db", "a.warc.gz")
    assert done.returncode == 1  # a record was broken
    assert done.stdout.count(b"\n") == 1
    told = done.stderr.decode()
    assert "a.warc.gz: the record at byte " in told
    assert "dabi: 1 archive, 3 records: 1 Bengali, 1 not Bengali, 1 broken" in told
    done = run(tmp_path, "read", "b.warc.gz")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "dabi: 1 archive, 1 record: no Bengali page, 1 not Bengali" in done.stderr.decode()


def test_shards_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(made.gzipped([made.capture(n) for n in range(7)]))
    whole = run(tmp_path, "read", "a.warc.gz").stdout.splitlines()
    part = run(tmp_path, "read", "--shard", "2/3", "--workers", "2", "a.warc.gz").stdout
    assert part.splitlines() == whole[1::3]
    assert run(tmp_path, "read", "--shard", "2/3", "a.warc.gz").stdout == part
    wrong = run(tmp_path, "read", "--shard", "4/3", "a.warc.gz")
    assert wrong.returncode == 2
    assert b"--shard" in wrong.stderr


def test_an_archive_on_standard_input(tmp_path: Path) -> None:
    done = run(tmp_path, "read", "-", given=made.gzipped([made.info(), made.capture(1), made.capture(2)]))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == 2
