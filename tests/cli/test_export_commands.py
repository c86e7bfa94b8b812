"""`dabi export` as people run it, on a ledger with a running story."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet
import pytest

import ferry_story

DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("desk")
    environment = {**os.environ, "DABI_DB": str(folder / "ledger.db")}

    def dabi(*arguments: str | Path, given: str = "", fails: int = 0) -> subprocess.CompletedProcess[bytes]:
        command = [*DABI, *map(str, arguments)]
        done = subprocess.run(command, input=given.encode(), capture_output=True, env=environment, timeout=120)
        assert done.returncode == fails, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return done

    dabi("add", "--input", "jsonl", "-", given=ferry_story.LINES)
    return dabi


def table(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def deaths(run: Run) -> str:
    """The id of the series of deaths."""
    held = [row for row in table(run("export", "series")) if row["event"] == "death"]
    return max(held, key=lambda row: int(row["claims"]))["id"]


def test_claims_with_their_series(run: Run, deaths: str) -> None:
    rows = table(run("export", "claims"))
    assert {row["article"] for row in rows} == {f"https://example.org/ferry/{n}" for n in range(1, 5)}
    assert all(row["text"] in row["sentence"] for row in rows)
    counted = {row["low"] for row in rows if row["series"] == deaths}
    assert {"11", "13", "18", "20", "22"} <= counted


def test_only_the_claims_asked_for(run: Run) -> None:
    rows = table(run("export", "claims", "--event", "death", "--min", "18", "--outlet", "দিনের আলো"))
    assert {(row["outlet"], row["low"]) for row in rows} == {("দিনের আলো", "18")}


def test_only_claims_of_a_kind(run: Run) -> None:
    assert {(row["kind"], row["unit"]) for row in table(run("export", "claims", "--kind", "money"))} == {
        ("money", "BDT")
    }
    assert table(run("export", "claims", "--kind", "percent")) == []
    listed = run("claims", "--kind", "money", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["unit"] for line in listed] == ["BDT"]
    assert len(run("search", "--kind", "money", "--format", "jsonl").stdout.splitlines()) == 1
    assert b"--kind" in run("export", "claims", "--kind", "weight", fails=2).stderr


@pytest.mark.parametrize("name", ["c.parquet", "c.jsonl", "c.jsonld", "c.ftm.json", "c.csv"])
def test_the_name_of_the_file_says_the_form(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert run("export", "claims", "-o", path).stdout == b""
    data = path.read_bytes()
    if name == "c.parquet":
        assert pyarrow.parquet.read_table(path).num_rows > 10
    elif name == "c.jsonld":
        assert json.loads(data)["@graph"][0]["@type"] == "Claim"
    elif name == "c.csv":
        assert data.startswith(b"\xef\xbb\xbfid,")
    else:
        first = json.loads(data.splitlines()[0])
        assert first.get("schema") == ("Article" if name == "c.ftm.json" else None)


def test_relations_and_reports(run: Run, deaths: str) -> None:
    related = table(run("export", "relations"))
    ids = {row["id"] for row in table(run("export", "claims"))}
    assert {row["relation"] for row in related if row["series"] == deaths} >= {"conflicts", "moved"}
    assert {row["a"] for row in related} | {row["b"] for row in related} <= ids
    assert len(table(run("export", "reports"))) == 4


def test_the_chart_its_specification_and_its_metadata(run: Run, deaths: str, tmp_path: Path) -> None:
    svg = run("export", "chart", deaths, "--lang", "bn").stdout.decode()
    assert ElementTree.fromstring(svg).get("lang") == "bn"
    for name, key in (("c.vl.json", "$schema"), ("c.meta.json", "method")):
        run("export", "chart", deaths, "-o", tmp_path / name)
        assert key in json.loads((tmp_path / name).read_text(encoding="utf-8"))


def test_the_dossier_of_a_story(run: Run, tmp_path: Path) -> None:
    (story,) = json.loads(run("stories", "--format", "json").stdout)
    run("export", "story", story["id"], "--lang", "bn", "-o", tmp_path / "ferry.html")
    page = (tmp_path / "ferry.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<svg") >= 4
    assert "চাঁদপুর জেলা প্রশাসন জানায়, <mark>২০ জনের</mark> মৃত্যু" in page


def test_what_is_not_there_is_said_and_leaves_no_file(run: Run, tmp_path: Path) -> None:
    for what in ("chart", "story"):
        run("export", what, "nothing", "-o", tmp_path / "x.html", fails=1)
    assert b"there is no series nothing" in run("export", "chart", "nothing", fails=1).stderr
    assert b"there is no story nothing" in run("export", "story", "nothing", fails=1).stderr
    assert not (tmp_path / "x.html").exists()


def test_a_name_that_asks_for_something_else_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("export", "claims", "-o", tmp_path / "c.svg", fails=2)
    assert b"here there are csv, jsonl, parquet, jsonld, ftm" in done.stderr
    assert not (tmp_path / "c.svg").exists()
