"""`dabi outlets` and `dabi outlets check` as people run them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from answering import server, told

PAGES = Path(__file__).resolve().parents[1] / "outlets"


@pytest.fixture
def run(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*arguments: str, fails: int = 0) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "COLUMNS": "200"}
        environment.pop("DABI_DB", None)
        done = subprocess.run(
            [sys.executable, "-c", "from dabi.cli import main; main()", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
            timeout=60,
        )
        assert done.returncode == fails, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def test_the_list_without_a_ledger(run) -> None:  # type: ignore[no-untyped-def]
    listed = [json.loads(line) for line in run("outlets").stdout.splitlines()]
    by_name = {row["name"]: row for row in listed}
    assert by_name["Prothom Alo"]["feeds"][0] == "https://www.prothomalo.com/feed/"
    assert by_name["Bartaman"]["zone"] == "Asia/Kolkata"
    assert by_name["Prothom Alo"]["pages"] is None
    table = run("outlets", "--format", "table").stdout
    assert "prothomalo.com" in table
    assert "BBC Bangla" in table


def test_the_list_and_the_check_of_a_ledger(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    broken = (PAGES / "samakal.html").read_text(encoding="utf-8").replace("<p style", "<!-- <p style")
    for n in range(3):
        (tmp_path / f"samakal-{n}.html").write_text(broken + f"<!-- {n} -->", encoding="utf-8")
    run("add", "--db", "news.db", *(f"samakal-{n}.html" for n in range(3)), str(PAGES / "jugantor.html"))
    table = csv.DictReader(io.StringIO(run("outlets", "--db", "news.db", "--format", "csv").stdout))
    assert {row["name"]: row["pages"] for row in table}["Samakal"] == "3"
    done = run("outlets", "check", "--db", "news.db", fails=1)
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(check["outlet"], check["status"]) for check in checks] == [("Samakal", "drifted"), ("Jugantor", "few")]
    assert "1 does not read as expected" in done.stderr
    run("outlets", "check", "--db", "news.db", "--outlet", "যুগান্তর")


def test_the_check_of_a_file(run) -> None:  # type: ignore[no-untyped-def]
    done = run("outlets", "check", str(PAGES / "jugantor.html"), "--format", "table")
    assert "Jugantor" in done.stdout
    assert "ok" in done.stdout


def test_the_check_of_an_address(run) -> None:  # type: ignore[no-untyped-def]
    with server() as site:
        site.routes["/news"] = told((PAGES / "samakal.html").read_text(encoding="utf-8"))
        checked = json.loads(run("outlets", "check", site.address("/news"), "--allow-private").stdout)
        assert (checked["outlet"], checked["status"], checked["example"]) == ("Samakal", "ok", site.address("/news"))
        assert "not public" in run("outlets", "check", site.address("/news"), fails=1).stderr


def test_wrong_use(run) -> None:  # type: ignore[no-untyped-def]
    assert "নদীপথ" in run("outlets", "check", "--outlet", "নদীপথ", fails=2).stderr
    run("outlets", "check", "x.html", "--outlet", "Samakal", "--outlet", "Jugantor", fails=2)
    run("outlets", "check", "--days", "0", fails=2)
    assert "no such file" in run("outlets", "check", "none.html", fails=1).stderr
    assert "none.db" in run("outlets", "check", "--db", "none.db", fails=1).stderr
