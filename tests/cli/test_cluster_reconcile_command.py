"""`dabi cluster reconcile`, as far as it goes without the engine: the engine itself is tried in tests/cluster."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("pyarrow")

from dabi.cli import cluster  # noqa: F401  # adds its commands
from dabi.cli.commands import app

runner = CliRunner()


def test_help_shows_how_it_is_used() -> None:
    said = runner.invoke(app, ["cluster", "reconcile", "--help"])
    assert said.exit_code == 0
    assert "dabi cluster reconcile analysed/ --format jsonl > series.jsonl" in said.stdout


def test_a_folder_that_was_not_analysed(tmp_path: Path) -> None:
    said = runner.invoke(app, ["cluster", "reconcile", str(tmp_path)])
    assert said.exit_code == 1
    assert said.stdout == ""
    assert f"{tmp_path} holds no analysed articles: dabi cluster analyse" in said.stderr


def test_a_folder_whose_analysis_is_not_finished(tmp_path: Path) -> None:
    (tmp_path / "_manifest.json").write_text('{"reader": "1", "complete": false}')
    said = runner.invoke(app, ["cluster", "reconcile", str(tmp_path)])
    assert said.exit_code == 1
    assert "is not finished: run dabi cluster analyse again" in said.stderr


def test_a_setting_that_is_none(tmp_path: Path) -> None:
    said = runner.invoke(app, ["cluster", "reconcile", str(tmp_path), "--set", "memory"])
    assert said.exit_code == 2
