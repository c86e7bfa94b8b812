"""Many people and processes at one ledger: who comes first, who waits, who may only read, who asks for too much."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bulk_add import nth
from dabi.ledger import Ledger, LedgerLocked, LedgerReadOnly, LedgerTooSlow, Query, open_ledger
from dabi.ledger.engine import Pooling
from dabi.reconciliation.keeping import update
from dabi.service.ledger import add_reports
from postgres import Server

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


def at_once(script: str, where: str, processes: int) -> list[str]:
    """What processes print that are let go at the same moment; `ledger` is open_ledger(where) when they ask."""
    wait = f"import sys; from dabi.ledger import open_ledger; where = {where!r}; print('ready', flush=True); input()\n"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", wait + script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = []
    for process in started:
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        told.append(out.strip())
    return told


def test_processes_that_start_together_make_the_tables_once(where: str) -> None:
    script = "with open_ledger(where) as ledger: print(ledger.counts()['pages'])"
    assert at_once(script, where, 4) == ["0"] * 4
    with open_ledger(where) as ledger:
        ledger.add(*nth(0), extractor="1")
        assert ledger.counts()["reports"] == 1


def written_by_another(path: Path) -> sqlite3.Connection:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_new_file_is_waited_for_while_another_process_writes_in_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(written_by_another(path)) as other:
        later = threading.Timer(0.3, other.execute, ["COMMIT"])
        later.start()
        with open_ledger(path) as ledger:
            assert ledger.counts()["pages"] == 0
        later.join()


def test_a_new_file_that_stays_locked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(written_by_another(path)), pytest.raises(LedgerLocked, match="another process is writing"):
        open_ledger(path, patience=0.1)


def test_processes_that_link_together_find_what_one_alone_finds(where: str, tmp_path: Path) -> None:
    with open_ledger(where) as ledger, open_ledger(tmp_path / "alone.db") as alone:
        for one in (ledger, alone):
            assert len(list(add_reports(one, [EXAMPLES]))) > 10
        articles = ledger.counts()["pages"]
        script = (
            "from dabi.reconciliation.keeping import update\n"
            "with open_ledger(where) as ledger: print(update(ledger, at_once=2))"
        )
        done = [int(number) for number in at_once(script, where, 2)]
        assert sum(done) == articles == update(alone)
        assert {frozenset(s.claims) for s in ledger.results.series()} == {
            frozenset(s.claims) for s in alone.results.series()
        }
        assert {frozenset(s.reports) for s in ledger.results.stories()} == {
            frozenset(s.reports) for s in alone.results.stories()
        }


def test_linking_waits_for_another_and_then_says_so(where: str) -> None:
    with open_ledger(where) as first, open_ledger(where, patience=0.2) as second:
        with first.linking(), pytest.raises(LedgerLocked), second.linking():
            pytest.fail("two at once")
        with second.linking():
            pass


def test_a_process_killed_while_it_links_keeps_nobody_waiting(where: str) -> None:
    with open_ledger(where, patience=20) as ledger:
        script = (
            f"from dabi.ledger import open_ledger\nwith open_ledger({where!r}) as ledger, ledger.linking():\n"
            "    print('held', flush=True)\n    input()"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
        with ledger.linking():
            pass
        holder.communicate()


@pytest.fixture
def place(server: Server) -> str:
    return server.create()


def as_reader(server: Server, url: str) -> str:
    """The URL for a user who may read the ledger that is there, as docs/deploy.md grants it."""
    database = url.rpartition("/")[2]
    role = f"reader_{database}"
    for statement in (
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    ):
        server.run(statement, database)
    return url.replace("dabi@", f"{role}@")


def test_a_user_who_may_only_read_reads_everything_and_writes_nothing(server: Server, place: str) -> None:
    with open_ledger(place) as owner:
        assert owner.writable
        list(add_reports(owner, [EXAMPLES]))
        update(owner)
        owner.add(*nth(0), extractor="1")
        with open_ledger(as_reader(server, place)) as reader:
            assert not reader.writable
            assert reader.counts() == owner.counts()
            assert list(reader.search(Query(words='"ফেরি ডুবি"'))) == list(owner.search(Query(words='"ফেরি ডুবি"')))
            assert reader.results.series() == owner.results.series()
            assert update(reader) == 0  # linking what is new is left to those who may
            with pytest.raises(LedgerReadOnly, match="the user may not write there"):
                reader.add(*nth(1), extractor="1")
            assert reader.counts() == owner.counts()


def test_a_user_who_may_only_read_can_not_make_the_tables(server: Server, place: str) -> None:
    with pytest.raises(LedgerReadOnly, match="open it once as the user who owns it"):
        open_ledger(as_reader(server, place))


def test_a_question_that_takes_too_long_is_ended_and_writing_is_not(place: str) -> None:
    with open_ledger(place, pooling=Pooling(reading=0.2)) as ledger:
        with pytest.raises(LedgerTooSlow, match="longer than is allowed"), ledger.reading() as connection:
            connection.execute(text("SELECT pg_sleep(20)"))
        with ledger.writing() as connection:
            connection.execute(text("SELECT pg_sleep(0.4)"))
        assert ledger.counts()["pages"] == 0


def test_who_finds_all_connections_in_use_is_told(where: str) -> None:
    with open_ledger(where, pooling=Pooling(size=1, overflow=0, wait=0.1)) as ledger:
        with ledger.reading(), pytest.raises(LedgerLocked, match="all connections are in use"), ledger.reading():
            pytest.fail("two of one")
        assert ledger.counts()["pages"] == 0


def test_a_connection_that_the_server_has_closed_is_made_anew(server: Server, place: str) -> None:
    with open_ledger(place) as ledger:
        assert ledger.counts()["pages"] == 0
        server.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{place.rpartition('/')[2]}'"
        )
        assert ledger.counts()["pages"] == 0


def test_what_the_url_sets_stands_beside_what_dabi_sets(place: str) -> None:
    with open_ledger(f"{place}?application_name=desk&options=-c%20work_mem%3D6MB", patience=7) as ledger:
        assert settings(ledger) == ("desk", "6MB", "7s")
    with open_ledger(place, patience=7) as ledger:
        assert settings(ledger)[0] == "dabi"


def settings(ledger: Ledger) -> tuple[str, ...]:
    with ledger.reading() as connection:
        names = ("application_name", "work_mem", "lock_timeout")
        return tuple(connection.execute(text(f"SHOW {name}")).scalar_one() for name in names)
