"""`dabi backup` and `dabi restore` as people type them."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bulk_add import nth
from dabi.cli import backup  # noqa: F401  # adds its commands
from dabi.cli.commands import app
from dabi.ledger import open_ledger

run = CliRunner()


def test_there_and_back(tmp_path: Path) -> None:
    db, copy, back = (str(tmp_path / name) for name in ("news.db", "copy.db", "back.db"))
    with open_ledger(db) as ledger:
        ledger.add(*nth(0), extractor="1")
    done = run.invoke(app, ["backup", copy, "--db", db])
    assert (done.exit_code, "MB, checked" in done.stderr) == (0, True)
    again = run.invoke(app, ["backup", copy, "--db", db])
    assert (again.exit_code, "there is a file" in again.stderr) == (1, True)
    assert run.invoke(app, ["backup", copy, "--db", db, "--replace"]).exit_code == 0
    done = run.invoke(app, ["restore", copy, "--db", back])
    assert (done.exit_code, "restored: 1 pages, 1 reports" in done.stderr) == (0, True)
    assert run.invoke(app, ["restore", copy, "--db", back]).exit_code == 1
    with open_ledger(back) as ledger:
        assert ledger.text("a0") == nth(0)[0].text


def test_what_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    for command in (["backup", str(tmp_path / "copy")], ["restore", str(tmp_path / "copy")]):
        done = run.invoke(app, [*command, "--db", str(tmp_path / "none.db")])
        assert done.exit_code == 1
        assert done.stderr.startswith("dabi: ")
        assert done.stderr.count("\n") == 1
