"""Migrations, and opening what is no ledger or not ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import dabi.ledger.derived
import dabi.ledger.following
import dabi.ledger.migrations
from dabi.ledger import (
    Ledger,
    LedgerDamaged,
    LedgerError,
    LedgerLocked,
    LedgerMissing,
    LedgerTooNew,
    LedgerUnreachable,
    open_ledger,
)
from dabi.ledger.migrate import HEAD
from dabi.ledger.schema import metadata
from reports import Figure, report

OWN = ("article_words", "claim_words")  # full-text tables, which SQLAlchemy does not describe


def test_migrations_make_the_tables_that_the_code_describes(ledger: Ledger) -> None:
    def ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
        return not str(table).startswith(OWN)

    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    folder = Path(dabi.ledger.migrations.__file__).parent
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


def test_opening_again_finds_everything(where: str) -> None:
    with open_ledger(where) as ledger:
        ledger.add(*report("a", [Figure(value=1)]), extractor="1")
    with open_ledger(where, create=False) as ledger:
        assert [c.low for c in ledger.claims()] == [1]


def test_a_ledger_of_an_older_dabi_is_brought_up_to_date_with_its_data(where: str) -> None:
    with open_ledger(where) as ledger:
        ledger.add(*report("a", [Figure(value=1)]), extractor="1")
        with ledger.writing() as connection:
            for table in (*dabi.ledger.derived.DERIVED, *dabi.ledger.following.GATHERING):
                connection.execute(text(f"DROP TABLE {table.name}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with open_ledger(where) as ledger:
        assert ledger.results.pending("1") == [1]
        assert [c.low for c in ledger.claims()] == [1]


def test_a_ledger_of_a_newer_dabi_is_left_alone(where: str) -> None:
    with open_ledger(where) as ledger, ledger.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerTooNew, match="newer dabi"):
        open_ledger(where)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "addresses.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE people (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerDamaged, match="other tables"):
        open_ledger(path)


def test_there_must_be_a_ledger_to_read(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing, match="no ledger at"):
        open_ledger(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(tmp_path)
    with open_ledger(tmp_path / "new" / "folder" / "l.db"):
        assert (tmp_path / "new" / "folder" / "l.db").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://[", "sqlite://"])
def test_what_is_no_place_for_a_ledger(url: str) -> None:
    with pytest.raises(LedgerError):
        open_ledger(url)


def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    with pytest.raises(LedgerError, match="does not answer") as caught:
        open_ledger("postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_a_writer_that_waits_too_long_says_so_and_can_try_again(where: str) -> None:
    made = report("a", [Figure(value=1)])
    with open_ledger(where) as first, open_ledger(where, patience=0.3) as second:
        with first.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE pages IN EXCLUSIVE MODE"))
            with pytest.raises(LedgerLocked, match="another process is writing"):
                second.add(*made, extractor="1")
            assert list(second.claims()) == []  # reading goes on
        assert second.add(*made, extractor="1").outcome == "added"


def test_a_place_where_nothing_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerUnreachable, match="Not a directory"):
        open_ledger(tmp_path / "file" / "below" / "l.db")


def test_errors_that_are_not_the_ledgers_come_as_they_are(ledger: Ledger) -> None:
    with pytest.raises(BrokenPipeError), ledger.reading():
        raise BrokenPipeError
