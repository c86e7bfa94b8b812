"""A worker outlives whatever its records do to the process that reads them, and knows which record it was."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

parquet = pytest.importorskip("pyarrow.parquet")

from dabi.cluster import supervision  # noqa: E402
from dabi.cluster.columns import analysis_of  # noqa: E402
from dabi.cluster.layout import Folder  # noqa: E402
from dabi.cluster.protocol import RESULTS, Order  # noqa: E402
from dabi.cluster.shards import Piece, Shard, cut, sources  # noqa: E402
from dabi.cluster.supervision import SHARDS, Done, Reader, ReaderFailed, Task, analyse_shard  # noqa: E402
from dabi.model import Analysis  # noqa: E402
from dabi.service import read_reports  # noqa: E402
from dabi.service.ledger import reader_version  # noqa: E402

GOOD = ["নদীতে ট্রলার ডুবে ৫ জনের মৃত্যু হয়েছে।", "মেলায় ৩০০ জন কারিগর এসেছেন।", "সেতুর কাজে ১২ কোটি টাকা লাগবে।"]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch, poison: None) -> Iterator[Reader]:
    """A reading process of the test's own, with the words to obey on its path."""
    reader = Reader()
    monkeypatch.setattr(supervision, "_readers", {os.getpid(): reader})
    yield reader
    reader.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(str(tmp_path / "out"))
    folder.make(*SHARDS)
    return folder


def shard(tmp_path: Path, texts: list[str]) -> Shard:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": t}) + "\n" for n, t in enumerate(texts, 1)))
    (made,) = cut(sources([str(path)]), {}, 1 << 20)
    return made


def analysed(shard: Shard, folder: Folder, *, seconds: int = 60, memory: int = 2 << 30) -> Done:
    task = Task(reader=reader_version(), folder=os.getcwd(), seconds=seconds, memory=memory)
    return analyse_shard(shard, task, folder)


def articles(folder: Folder) -> list[Analysis]:
    with folder.system.open(folder.path(*SHARDS, "0000000.parquet")) as file:
        return [analysis_of(row) for row in parquet.read_table(file).to_pylist()]


def errors(folder: Folder) -> list[dict[str, Any]]:
    with folder.system.open(folder.path(*SHARDS, "0000000.errors.parquet")) as file:
        return list(parquet.read_table(file).to_pylist())


def test_a_shard_reads_as_dabi_read_does(tmp_path: Path, folder: Folder) -> None:
    made = shard(tmp_path, GOOD)
    done = analysed(made, folder)
    assert articles(folder) == list(read_reports([made.pieces[0].path]))
    assert (done.articles, done.claims, done.errors) == (3, sum(len(a.claims) for a in articles(folder)), 0)
    assert done.days == {"unknown": sum(len(text.encode()) for text in GOOD)}
    assert done.peak > 0
    assert folder.names(*SHARDS) == ["0000000.json", "0000000.parquet"]


def test_a_record_that_kills_its_reader_is_set_aside_with_its_reason(tmp_path: Path, folder: Folder) -> None:
    done = analysed(shard(tmp_path, [GOOD[0], "DIE-NOW " + GOOD[1], GOOD[2]]), folder)
    assert [a.id for a in articles(folder)] == ["a1", "a3"]
    (error,) = errors(folder)
    assert error["reason"] == "it killed its worker twice (signal 11, Segmentation fault)"
    assert (error["record"], error["line"], error["id"]) == (2, 2, "a2")
    assert error["beginning"] == "DIE-NOW " + GOOD[1]
    assert (done.articles, done.errors) == (2, 1)


def test_many_such_records_cost_only_themselves(tmp_path: Path, folder: Folder) -> None:
    analysed(shard(tmp_path, ["DIE-NOW", "DIE-NOW", GOOD[1], "DIE-NOW"]), folder)
    assert [a.id for a in articles(folder)] == ["a3"]
    assert [e["id"] for e in errors(folder)] == ["a1", "a2", "a4"]


def test_a_reader_that_dies_once_is_no_fault_of_the_record(tmp_path: Path, folder: Folder) -> None:
    analysed(shard(tmp_path, [GOOD[0], f"DIE-ONCE:{tmp_path / 'died'} {GOOD[1]}", GOOD[2]]), folder)
    assert (tmp_path / "died").exists()
    assert [a.id for a in articles(folder)] == ["a1", "a2", "a3"]


def test_a_record_that_never_ends_is_set_aside(tmp_path: Path, folder: Folder) -> None:
    analysed(shard(tmp_path, [GOOD[0], "NEVER-END", GOOD[2]]), folder, seconds=1)
    assert [a.id for a in articles(folder)] == ["a1", "a3"]
    assert [e["reason"] for e in errors(folder)] == ["it killed its worker twice (it took too long)"]


def test_a_record_that_needs_too_much_memory_costs_one_line(tmp_path: Path, folder: Folder) -> None:
    analysed(shard(tmp_path, [GOOD[0], "EAT-MEMORY", GOOD[2]]), folder)
    assert [a.id for a in articles(folder)] == ["a1", "a3"]
    assert [e["reason"] for e in errors(folder)] == ["reading it needs more than 2,048 MB of memory"]


def test_a_record_that_fails_costs_one_line(tmp_path: Path, folder: Folder) -> None:
    analysed(shard(tmp_path, [GOOD[0], "RAISE", GOOD[2]]), folder)
    assert [a.id for a in articles(folder)] == ["a1", "a3"]
    assert [e["reason"] for e in errors(folder)] == ["it could not be read: RuntimeError: no luck"]


def test_a_file_in_which_the_next_record_cannot_be_found_ends_there(tmp_path: Path, folder: Folder) -> None:
    """A pipe that nobody writes to: opening it takes for ever. The files around it are read."""
    made = shard(tmp_path, GOOD)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    stuck = Piece(input=1, file=0, path=str(pipe), id="pipe")
    after = Piece(input=2, file=0, path=made.pieces[0].path, id="again", kind="lines", end=made.pieces[0].end)
    done = analysed(Shard(number=0, pieces=(*made.pieces, stuck, after)), folder, seconds=1)
    assert done.articles == 6
    assert [(e["input"], e["source"]) for e in errors(folder)] == [(1, str(pipe))]
    assert errors(folder)[0]["reason"] == (
        "reading on from its beginning killed its worker twice (it took too long); the rest of it was not read"
    )


def test_readers_killed_from_outside_change_nothing(
    tmp_path: Path, folder: Folder, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time while it reads on after results, so never twice at one record."""
    texts = [f"{GOOD[n % 3]} আরও {n} জন এসেছেন।" for n in range(600)]
    made = shard(tmp_path, texts)
    frames = reader._frames
    killed = []

    def killing(order: Order) -> Iterator[tuple[int, bytes]]:
        for frame, data in frames(order):
            if frame == RESULTS and len(killed) < 3:
                assert reader.process is not None
                killed.append(reader.process.pid)
                reader.process.send_signal(signal.SIGKILL)
            yield frame, data

    monkeypatch.setattr(reader, "_frames", killing)
    done = analysed(made, folder)
    assert len(set(killed)) == 3
    assert done.errors == 0
    assert articles(folder) == list(read_reports([made.pieces[0].path]))


def test_a_reader_that_does_not_start_is_no_fault_of_the_records(
    tmp_path: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(ReaderFailed, match="does not start"):
        analysed(shard(tmp_path, GOOD), folder)
    assert folder.names(*SHARDS) == []


def test_a_worker_with_other_rules_does_not_read(tmp_path: Path, folder: Folder) -> None:
    task = Task(reader="9.9.9+00000000", folder=os.getcwd(), seconds=60, memory=2 << 30)
    with pytest.raises(ReaderFailed, match=r"has dabi .*, and the run was begun with 9\.9\.9"):
        analyse_shard(shard(tmp_path, GOOD), task, folder)
    assert folder.names(*SHARDS) == []


def test_a_shard_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shard(tmp_path, GOOD)
    folder.remove(*SHARDS)
    with pytest.raises(FileNotFoundError):
        analysed(made, folder)
    folder.make(*SHARDS)
    assert analysed(made, folder).articles == 3  # and the reader serves the next one
    assert folder.names(*SHARDS) == ["0000000.json", "0000000.parquet"]
