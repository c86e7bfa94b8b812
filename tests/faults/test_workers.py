"""Worker processes that are killed, crash, hang or cannot start: what is read is the same, and nothing else is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dabi.ledger import Added, Ledger, open_ledger
from dabi.reading.inputs import Failure, Report
from dabi.service.ledger import add_reports
from dabi.service.workers import _AHEAD, Read, WorkersFailed, _Pool, analysed, sharded
from process_tree import below
from unruly_readers import slow, unread, unruly

DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
FORKED = "multiprocessing.forkserver"  # in the command of both the process that forks and what it forks
STORY = "সেতু ধসে {n} জন নিহত হয়েছেন। জেলা প্রশাসক জানান, আহত {m} জনকে হাসপাতালে নেওয়া হয়েছে।"


def report(n: int, order: str = "") -> Report:
    text = STORY.format(n=n + 2, m=n + 7)
    return Report(id=f"r{n}", source=f"r{n}", kind="text", content=f"{order}\n{text}" if order else text, named=True)


def ids(found: Iterable[object]) -> list[str]:
    outcomes = (one for one in found if isinstance(one, Read | Failure))
    return [one.report.id if isinstance(one, Read) else f"!{one.source}" for one in outcomes]


def workers_of_ours() -> list[int]:
    """Forked from the process that forks them, which is a child of ours; a database's server has children too."""
    known = below(os.getpid())
    return sorted(pid for pid, (parent, command) in known.items() if FORKED in command and parent in known)


# Order and sameness


def test_what_several_read_is_what_one_reads_in_the_same_order() -> None:
    reports = [report(n) for n in range(40)]
    assert list(analysed(reports, 3)) == list(analysed(reports, 1))


def test_what_is_no_report_keeps_its_place() -> None:
    given = [report(0), Failure(source="bad", reason="no"), report(1), "a word", report(2)]
    found = list(analysed(given, 2))
    assert ids(found) == ["r0", "!bad", "r1", "r2"]
    assert found[3] == "a word"


def test_a_report_larger_than_a_pipe() -> None:
    large = Report(id="large", source="", kind="text", content=STORY.format(n=3, m=4) * 20_000)
    reports = [large, report(1), large, report(2)]
    found = list(analysed(reports, 2, read=unread))
    assert [one.analysis().text for one in found if isinstance(one, Read)] == [one.content for one in reports]


def test_a_lone_surrogate_comes_through() -> None:
    odd = Report(id="odd", source="", kind="text", content="নিহত ৫ জন \ud800।")
    (found,) = analysed([odd], 2)
    assert isinstance(found, Read)
    assert found.analysis().text == odd.content


def test_shards_are_parts_that_make_the_whole() -> None:
    reports = [report(n) for n in range(20)]
    parts = [list(analysed(reports, 2, shard=(k, 3))) for k in (1, 2, 3)]
    assert ids(parts[1]) == ["r1", "r4", "r7", "r10", "r13", "r16", "r19"]
    assert parts[1] == list(analysed(reports, 1, shard=(2, 3)))
    assert sorted(one for part in parts for one in ids(part)) == sorted(one.id for one in reports)
    assert list(sharded("abcdefg", None)) == list("abcdefg")


def test_input_is_taken_in_only_as_far_as_it_is_needed() -> None:
    taken = 0

    def stream() -> Iterator[Report]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield report(n)

    found = analysed(stream(), 2)
    for handed_on in range(1, 60):
        next(found)
        assert taken - handed_on <= 2 * 16
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert taken < 100


def test_large_reports_are_held_by_the_megabyte() -> None:
    pool = _Pool(8, unruly, None, 60)
    large = "sleep 0\n" + "x" * (30 << 20)
    taken = 0

    def stream() -> Iterator[Report]:
        nonlocal taken
        for n in range(9):
            taken += 1
            yield Report(id=str(n), source="", kind="html", content=f"raise {n}\n{large}")

    try:
        found = pool.run(stream())
        next(found)
        assert taken <= 4
    finally:
        pool.close()


# What goes wrong


@pytest.mark.parametrize("order", ["kill", "crash", "exit"])
def test_a_report_that_kills_its_worker_twice_is_set_aside(order: str) -> None:
    reports = [report(n, order if n == 5 else "") for n in range(20)]
    found = list(analysed(reports, 2, read=unruly))
    assert ids(found) == [f"!r{n}" if n == 5 else f"r{n}" for n in range(20)]
    failure = found[5]
    assert isinstance(failure, Failure)
    assert "died, 2 times" in failure.reason
    assert {"kill": "SIGKILL", "crash": "SIGSEGV", "exit": "status 3"}[order] in failure.reason


def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    reports = [report(n, f"kill-once {tmp_path / str(n)}" if n % 3 == 0 else "") for n in range(12)]
    assert ids(analysed(reports, 2, read=unruly)) == [one.id for one in reports]
    assert len(list(tmp_path.iterdir())) == 4


def test_all_reports_kill_their_workers() -> None:
    assert ids(analysed([report(n, "kill") for n in range(4)], 2, read=unruly)) == ["!r0", "!r1", "!r2", "!r3"]


def test_a_report_that_takes_too_long_is_set_aside() -> None:
    reports = [report(n, "sleep 600" if n == 1 else "") for n in range(8)]
    found = list(analysed(reports, 2, read=unruly, timeout=2.5))
    assert ids(found) == [f"!r{n}" if n == 1 else f"r{n}" for n in range(8)]
    assert "longer than 2.5 seconds" in str(found[1])


def test_time_that_the_caller_takes_is_not_the_report_s() -> None:
    stream = analysed([report(n) for n in range(30)], 2, timeout=2.5)
    found = [next(stream)]
    time.sleep(3)
    found += stream
    assert ids(found) == [f"r{n}" for n in range(30)]


def test_an_error_in_reading_is_told_as_such() -> None:
    found = list(analysed([report(0), report(1, "raise of our own"), report(2)], 2, read=unruly))
    assert ids(found) == ["r0", "!r1", "r2"]
    assert "LookupError: of our own" in str(found[1])


def test_workers_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The function they should read with is not there for them."""

    def unknown(report: Report, published: str | None) -> object:
        raise AssertionError

    unknown.__qualname__ = unknown.__name__ = "unknown"
    monkeypatch.setattr(sys.modules[__name__], "unknown", unknown, raising=False)
    with pytest.raises(WorkersFailed, match="__main__"):
        list(analysed([report(0)], 2, read=unknown))  # type: ignore[arg-type]


def test_an_error_of_the_input_ends_the_workers() -> None:
    def stream() -> Iterator[Report]:
        yield report(0)
        raise OSError("the input broke")

    with pytest.raises(OSError, match="the input broke"):
        list(analysed(stream(), 2))


def test_killed_at_random_while_reading() -> None:
    """As reports come out in order, one that was hit has been read again when the next worker is killed: between two
    kills come more reports than are on their way at once."""
    chance = random.Random(1)
    reports = [report(n) for n in range(250)]
    apart = 2 * _AHEAD + 8
    found = []
    killed = 0
    for one in analysed(reports, 2, read=slow):
        found.append(one)
        if len(found) % apart == 5 and (workers := workers_of_ours()):
            os.kill(chance.choice(workers), signal.SIGKILL)
            killed += 1
    assert killed >= 5
    assert found == list(analysed(reports, 1))


# The ledger


def contents(ledger: Ledger) -> list[object]:
    return [
        *((r.key, r.article, r.version, r.latest, r.sha256, r.text, r.analysis) for r in ledger.reports(history=True)),
        *ledger.claims(),
        *((c.article, c.version, c.kind, c.what) for c in ledger.changes()),
    ]


def told(added: Iterable[Added | Failure]) -> list[object]:
    """What adding said, but for the time of day."""
    return [one if isinstance(one, Failure) else replace(one, changes=[c.what for c in one.changes]) for one in added]


def test_the_ledger_is_that_of_one_worker(where: str, tmp_path: Path) -> None:
    days = [STORY.format(n=n % 31, m=n % 29) for n in range(60)]
    lines = [{"id": f"p{n % 23}", "text": text, "published": "2025-06-24"} for n, text in enumerate(days)]
    lines += [{"id": "p1"}, {"id": "p2", "text": STORY.format(n=2, m=2)}, lines[0], lines[0]]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    with open_ledger(tmp_path / "one.db") as one, open_ledger(where) as several:
        alone = told(add_reports(one, [path]))
        assert told(add_reports(several, [path], workers=2)) == alone
        assert contents(several) == contents(one)
        again = [added.outcome for added in add_reports(several, [path], workers=2) if isinstance(added, Added)]
        assert again == ["unchanged"] * 63


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"id": f"p{n}", "text": STORY.format(n=n, m=n)}) for n in range(9)), "utf-8")
    with open_ledger(tmp_path / "ledger.db") as ledger:
        list(add_reports(ledger, [path], workers=2))
        monkeypatch.setattr(_Pool, "_take_in", refuse_reports(_Pool._take_in))
        assert [getattr(one, "outcome", None) for one in add_reports(ledger, [path], workers=2)] == ["unchanged"] * 9


def refuse_reports(take_in: object) -> object:
    def checked(pool: object, task: object) -> None:
        assert getattr(task, "report", None) is None, "a known report was given to the workers"
        take_in(pool, task)  # type: ignore[operator]

    return checked


def test_interrupted_by_the_keyboard(tmp_path: Path) -> None:
    """What was said to be added is, nobody is left behind, and the next run goes on."""
    path = tmp_path / "news.jsonl"
    lines = ({"id": f"p{n}", "text": STORY.format(n=n, m=n) * 30} for n in range(400))
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    command = [*DABI, "add", "--db", str(tmp_path / "ledger.db"), "--workers", "2", "--format", "jsonl", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(5)]
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        rest, complaint = process.communicate(timeout=30)
    assert process.returncode != 0
    assert b"Traceback" not in complaint
    told += [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    for _ in range(100):
        if not left_of_group(process.pid):
            break
        time.sleep(0.05)
    assert left_of_group(process.pid) == []
    with open_ledger(tmp_path / "ledger.db") as ledger:
        assert len(told) <= ledger.counts()["reports"] <= len(told) + 1
        assert ledger.check() == []


def left_of_group(group: int) -> list[int]:
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(place.name))
    return found
