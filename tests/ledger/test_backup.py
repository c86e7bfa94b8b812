"""Copies of a ledger and ledgers out of copies, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bulk_add import nth
from dabi.ledger import ClaimRecord, Ledger, LedgerDamaged, LedgerError, LedgerMissing, ReportRecord, open_ledger
from dabi.ledger.backup import back_up, restore
from dabi.ledger.engine import location, shown
from dabi.reconciliation.keeping import update
from dabi.service.judging import judge
from dabi.service.ledger import add_reports
from postgres import Server

TESTS = Path(__file__).resolve().parent.parent
EXAMPLES = TESTS.parent / "examples"


@pytest.fixture
def elsewhere(where: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another place in the same database, with nothing in it."""
    if "://" not in where:
        return str(tmp_path / "elsewhere" / "ledger.db")
    server: Server = request.getfixturevalue("server")
    return server.create()


@contextmanager
def adding(where: str) -> Iterator[None]:
    """Another process adds reports without end; it has begun."""
    process = subprocess.Popen(
        [sys.executable, TESTS / "bulk_add.py", where, "0", "100000"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert process.stdout is not None
    try:
        for _ in range(20):
            assert process.stdout.readline()
        yield
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()


def fill(ledger: Ledger) -> None:
    """The examples, linked, with a judgement on two claims and one taken back."""
    list(add_reports(ledger, [EXAMPLES]))
    update(ledger)
    series = max(ledger.results.series(), key=lambda s: len(s.claims))
    a, b = [claim.id for claim in ledger.claims(keys=series.claims)][:2]
    judge(ledger, "split", a=a, b=b, who="রাফি", why="দুই ঘটনা")
    label = judge(ledger, "relabel", a=a, label="ফেরিডুবি", who="রাফি")
    judge(ledger, "undo", undoes=label.number, who="মিতা")


def made(ledger: Ledger) -> dict[str, Any]:
    """What people and reconciliation made of the reports."""
    results = ledger.results
    series = sorted(results.series(), key=lambda s: s.id)
    return {
        "series": series,
        "relations": sorted(results.relations([s.id for s in series]), key=lambda r: (r.series, r.a, r.b)),
        "stories": sorted(results.stories(), key=lambda s: s.id),
        "judgements": list(ledger.judgements),
    }


def as_they_came(records: Iterable[ReportRecord] | Iterable[ClaimRecord]) -> list[Any]:
    """Records without the mark that they stand now: a version added after the copy takes it from the one before."""
    return [msgspec.structs.replace(record, latest=True) for record in records]


def test_a_copy_made_while_others_add_is_the_ledger_at_one_moment(where: str, elsewhere: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with open_ledger(where) as ledger:
        fill(ledger)
        few = ledger.counts()["readings"]
        with adding(where):
            assert back_up(where, copy) == copy.stat().st_size
            copied, until = ledger.counts()["readings"], time.monotonic() + 30
            while ledger.counts()["readings"] == copied and time.monotonic() < until:
                time.sleep(0.01)  # until they have added more than the copy can hold
        held = restore(copy, elsewhere)
        with open_ledger(elsewhere) as restored:
            assert made(restored) == made(ledger)
            versions = list(restored.reports(history=True))
            assert few + 20 <= len(versions) == held["readings"] < ledger.counts()["readings"]
            same = [v.key for v in versions]
            assert as_they_came(versions) == as_they_came(ledger.reports(history=True, keys=same))
            assert as_they_came(restored.claims(reports=same)) == as_they_came(ledger.claims(reports=same))
            changed = list(restored.changes())
            assert changed == list(ledger.changes())[: len(changed)]
            assert restored.check() == []
            # Life goes on in it.
            restored.add(*nth(50_000), extractor="1")
            update(restored)


def test_a_copy_is_one_file_for_its_owner(where: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    with open_ledger(where) as ledger:
        ledger.add(*nth(0), extractor="1")
        back_up(where, folder / "copy")
    assert [file.name for file in folder.iterdir()] == ["copy"]
    assert (folder / "copy").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(where: str, elsewhere: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for place, n in ((where, 0), (elsewhere, 1)):
        with open_ledger(place) as ledger:
            ledger.add(*nth(n), extractor="1")
    back_up(where, copy)
    first = copy.read_bytes()
    with pytest.raises(LedgerError, match="there is a file"):
        back_up(elsewhere, copy)
    assert copy.read_bytes() == first
    with pytest.raises(LedgerError, match="already"):
        restore(copy, elsewhere)
    with open_ledger(elsewhere) as ledger:
        assert [record.article for record in ledger.reports()] == [nth(1)[0].article]
    back_up(elsewhere, copy, replace=True)
    assert copy.read_bytes() != first


def test_what_is_there_already_is_told(server: Server, tmp_path: Path) -> None:
    where, others, copy = server.create(), server.create(), tmp_path / "copy"
    with open_ledger(where) as ledger:
        ledger.add(*nth(0), extractor="1")
    back_up(where, copy)
    with pytest.raises(LedgerError) as ledger_there:
        restore(copy, where)
    assert str(ledger_there.value) == f"there is a ledger in {where} already: restore into an empty database"
    server.run("CREATE TABLE letters (n int)", others.rpartition("/")[2])
    with pytest.raises(LedgerError) as tables_there:
        restore(copy, others.replace("dabi@", "dabi:secret@"))
    hidden = others.replace("dabi@", "dabi:***@")
    assert str(tables_there.value) == f"there are tables in {hidden} already (letters): restore into an empty database"
    with pytest.raises(LedgerError) as none_there:
        restore(copy, f"{where}_not?password=secret")
    assert str(none_there.value).startswith(f"the ledger {where}_not: ")
    assert "secret" not in str(none_there.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("postgresql://me:s%40cr:et@host/a", "postgresql://me:***@host/a"),
        ("postgres://me@host:5433/a?password=secret", "postgresql://me@host:5433/a"),
        ("postgresql+psycopg://me@/a?host=/run/postgresql", "postgresql://me@/a"),
    ],
)
def test_a_database_is_told_without_its_password(given: str, told: str) -> None:
    assert shown(location(given)) == told


def test_what_is_no_url_is_told_without_its_password() -> None:
    with pytest.raises(LedgerError, match="this is not a database URL") as error:
        location("postgresql://me:secret@host:port/a?password=secret")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_copy_that_is_not_whole_is_refused(where: str, elsewhere: str, tmp_path: Path, at: float) -> None:
    copy = tmp_path / "copy"
    with open_ledger(where) as ledger:
        for n in range(30):
            ledger.add(*nth(n), extractor="1")
    back_up(where, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * at)])
    with pytest.raises(LedgerError):
        restore(copy, elsewhere)
    copy.write_bytes(whole)
    assert restore(copy, elsewhere)["readings"] == 30  # what failed left nothing behind


def test_what_is_no_copy_is_told(where: str, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("প্রিয় সম্পাদক")
    with pytest.raises(LedgerDamaged, match="is no copy of a ledger"):
        restore(other, where)
    with pytest.raises(LedgerMissing, match="No such file"):
        restore(tmp_path / "none", where)


def test_a_damaged_ledger_gives_no_copy(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy"
    with open_ledger(path) as ledger:
        for n in range(60):
            ledger.add(*nth(n), extractor="1")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 8192)
    with pytest.raises(LedgerDamaged):
        back_up(path, copy)
    assert list(tmp_path.glob("copy*")) == []
    with pytest.raises(LedgerMissing):
        back_up(tmp_path / "none.db", copy)


def test_a_copy_goes_back_to_its_own_kind_of_database(server: Server, tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy"
    with open_ledger(path):
        back_up(path, copy)
    with pytest.raises(LedgerError, match="can't go to PostgreSQL"):
        restore(copy, server.create())


def test_a_url_without_a_host_in_its_usual_place_is_copied_too(server: Server, tmp_path: Path) -> None:
    """As docs/deploy.md has it: the host, or the folder of the socket, stands behind the question mark."""
    name = server.create().rpartition("/")[2]
    url = f"postgresql://dabi@/{name}?host=127.0.0.1&port={server.port}"
    with open_ledger(url) as ledger:
        ledger.add(*nth(0), extractor="1")
    assert back_up(url, tmp_path / "copy") > 0
    into = server.create().rpartition("/")[2]
    assert restore(tmp_path / "copy", url.replace(name, into))["reports"] == 1


def test_without_the_programs_of_postgresql_the_command_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.create().replace("dabi@", "dabi:secret@")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LedgerError, match=r"postgresql-client.*pg_dump --format=custom") as told:
        back_up(url, tmp_path / "copy")
    assert "secret" not in str(told.value)
