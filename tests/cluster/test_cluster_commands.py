"""What the commands say when they are used wrongly, or where something is not installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import dabi.cli.cluster  # noqa: F401  # adds its commands
from dabi.cli.commands import app

EXAMPLES = str(Path(__file__).resolve().parents[2] / "examples")
ANALYSE = ["cluster", "analyse", EXAMPLES, "--output"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="dabi")


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    done = run(*ANALYSE, str(tmp_path))
    assert done.exit_code == 1
    assert done.stderr == "dabi: the package pyspark is missing: pip install 'dabi[cluster]'\n"


def test_without_java_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = run(*ANALYSE, str(tmp_path))
    assert done.exit_code == 1
    assert "Spark runs on Java, and there is none" in done.stderr
    assert "openjdk-17-jre-headless" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([*ANALYSE, "OUT", "--published", "soon"], 2, "is not a date"),
        ([*ANALYSE, "OUT", "--set", "memory=1g"], 2, "is not like spark.executor.memory=4g"),
        (["cluster", "analyse", "-", "-o", "OUT"], 2, "standard input cannot be divided"),
        (["cluster", "analyse", "nosuch.jsonl", "-o", "OUT"], 2, "nosuch.jsonl: there is no such file or folder"),
        (["cluster", "analyse", EXAMPLES, "-o", EXAMPLES], 2, "holds something else"),
        (["cluster", "load", "OUT"], 1, "OUT holds no analysed articles: dabi cluster analyse"),
    ],
)
def test_wrong_use_is_said_before_anything_starts(
    tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    pytest.importorskip("pyarrow")
    out = str(tmp_path / "out")
    done = run(*(out if argument == "OUT" else argument for argument in arguments))
    assert done.exit_code == status
    assert words.replace("OUT", out) in " ".join(done.stderr.replace("│", " ").split())
    assert not os.path.exists(out)


def test_help_shows_examples() -> None:
    for command in ("analyse", "load"):
        assert f"dabi cluster {command} " in run("cluster", command, "--help").stdout
