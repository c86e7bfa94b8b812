"""The commands of the ledger as people run them: processes of their own, one after the other on one ledger."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import postgres

DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]


class Desk:
    """Somebody with a ledger of their own."""

    def __init__(self, folder: Path, db: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, "DABI_DB": db, "DABI_USER": "রুমা"}

    def run(self, *arguments: str, given: str = "", fails: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*DABI, *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment,
            cwd=self.folder,
            timeout=60,
        )
        assert done.returncode == fails, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def lines(self, *arguments: str, given: str = "", fails: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, given=given, fails=fails).stdout.splitlines()]


@pytest.fixture(scope="session")
def server() -> Any:
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    with postgres.running(settings={"fsync": "off"}) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    if request.param == "sqlite":
        return Desk(tmp_path, str(tmp_path / "own" / "ledger.db"))
    return Desk(tmp_path, request.getfixturevalue("server").create())


def jsonl(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_a_day_at_the_desk(desk: Desk) -> None:
    first = {
        "id": "d1",
        "published": "2025-07-02",
        "outlet": "নদীর খবর",
        "text": "ভোলায় ট্রলারডুবিতে ২৩ জেলে নিখোঁজ হয়েছেন।",
    }
    second = {**first, "id": "d2", "text": "বরগুনায় ঝড়ে জেলেদের ঘাটে জেলেদেরই ৪০টি ঘর ভেঙেছে।"}
    added = desk.lines("add", "--input", "jsonl", "-", given=jsonl(first, second))
    assert [(a["article"], a["outcome"]) for a in added] == [("d1", "added"), ("d2", "added")]
    again = desk.lines("add", "--input", "jsonl", "-", given=jsonl(first, second))
    assert [a["outcome"] for a in again] == ["unchanged", "unchanged"]

    corrected = {**first, "text": first["text"].replace("২৩", "২০")}
    (change,) = desk.lines("add", "--input", "jsonl", "-", given=jsonl(corrected))[0]["changes"]
    assert change["what"] == "23 → 20"
    history = desk.lines("history", "d1")
    assert [step["kind"] for step in history if step["kind"] != "read"] == ["fetched", "fetched", "changed"]
    assert "23 → 20" in desk.run("history", "d1", "--format", "table").stdout

    assert [hit["article"] for hit in desk.lines("search", "জেলে")] == ["d2", "d1"]
    assert [hit["article"] for hit in desk.lines("search", "জেলে", "--newest")] == ["d1", "d2"]
    assert [hit["article"] for hit in desk.lines("search", "--outlet", "নদীর খবর")] == ["d1", "d2"]
    table = csv.DictReader(io.StringIO(desk.run("claims", "--max", "30", "--format", "csv").stdout))
    assert [(row["article"], row["low"], row["outlet"]) for row in table] == [("d1", "20", "নদীর খবর")]
    shown = desk.run("claims", "--format", "table", "--lang", "bn").stdout
    assert "২০" in shown
    assert "ট্রলারডুবিতে" in shown

    one, other = (claim["id"] for claim in desk.lines("claims"))
    assert "judgement 1" in desk.run("judge", "link", one, other, "--why", "একই ঘটনা").stderr
    desk.run("judge", "undo", "1", "--who", "অনি")
    assert desk.lines("judge", "list") == []
    judgements = desk.lines("judge", "list", "--all")
    assert [(j["kind"], j["who"], j["stands"]) for j in judgements] == [("link", "রুমা", False), ("undo", "অনি", True)]

    (desk.folder / "table.csv").write_text("id,low,counted,place\nx1,12,deaths,Bhola\nx2,,deaths,\n", encoding="utf-8")
    done = desk.run("import", "table.csv", fails=1)
    assert [json.loads(line)["article"] for line in done.stdout.splitlines()] == ["coded:x1"]
    assert "table.csv, line 3: neither low nor high" in done.stderr
    assert [claim["id"] for claim in desk.lines("claims", "--place", "bhola")] == ["x1"]


def test_files_keep_their_place_and_pasted_text_its_words(desk: Desk) -> None:
    for folder, count in (("a", "১২"), ("b", "১৫")):
        (desk.folder / folder).mkdir()
        (desk.folder / folder / "report.txt").write_text(f"খুলনায় {count} জন আহত।", encoding="utf-8")
    (desk.folder / "many.jsonl").write_text(jsonl({"text": "১ জন আহত।"}, {"text": "২ জন আহত।"}), encoding="utf-8")
    articles = [a["article"] for a in desk.lines("add", "a", "a/../b/report.txt", "many.jsonl")]
    root = str(desk.folder)
    assert articles == [f"{root}/{name}" for name in ("a/report.txt", "b/report.txt", "many.jsonl#1", "many.jsonl#2")]
    (pasted,) = desk.lines("add", "-", given="যশোরে ৩ জন আহত।")
    assert pasted["article"].startswith("text:")
    assert desk.lines("add", "-", given="যশোরে ৩ জন আহত।")[0]["outcome"] == "unchanged"
    assert [step["version"] for step in desk.lines("history", "b/report")] == [1, 1]
    assert "may be any of" in desk.run("history", "report", fails=1).stderr


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_reading_anew_keeps_both_readings(desk: Desk) -> None:
    text = "গতকাল ৭ জন আহত হয়েছেন।"
    desk.run("add", "-", given=text)
    assert desk.lines("reread") == []
    (dated,) = desk.lines("add", "-", "--published", "2025-03-02", given=text)
    assert dated["outcome"] == "reading"
    assert [claim["date_start"] for claim in desk.lines("claims")] == ["2025-03-01"]
    assert len(desk.lines("claims", "--history")) == 2


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_what_goes_wrong_is_said_and_exits_with_its_number(desk: Desk) -> None:
    for command in (["search", "x"], ["judge", "list"]):
        assert "no ledger at" in desk.run(*command, fails=1).stderr
    (desk.folder / "report.txt").write_text("৭ জন আহত।", encoding="utf-8")
    assert "no such file" in desk.run("add", "report.txt", "missing.txt", fails=1).stderr
    assert "does not hold nothing" in desk.run("history", "nothing", fails=1).stderr
    assert "no claim x" in desk.run("judge", "link", "x", "y", fails=1).stderr
    assert "no column named id" in desk.run("import", "report.txt", fails=1).stderr
    for wrong in (["claims", "--since", "soon"], ["claims", "--about", "soon"], ["search", "--limit", "0"], ["judge"]):
        assert "Usage" in (done := desk.run(*wrong, fails=2)).stderr + done.stdout
    desk.environment["DABI_DB"] = str(desk.folder / "report.txt")
    assert "damaged or is no ledger" in desk.run("claims", fails=1).stderr
    assert (desk.folder / "report.txt").read_text("utf-8") == "৭ জন আহত।"
    desk.environment["DABI_DB"] = "postgresql://someone:secret@127.0.0.1:1/none"
    assert "does not answer" in (said := desk.run("claims", fails=1).stderr)
    assert "secret" not in said


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_a_killed_run_has_kept_every_line_it_printed(desk: Desk) -> None:
    articles = jsonl(*({"id": f"a{n}", "text": f"বাজারে {n} জন বিক্রেতা ছিলেন।\n" * 5} for n in range(400)))
    (desk.folder / "many.jsonl").write_text(articles, encoding="utf-8")
    command = [*DABI, "add", "many.jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=desk.environment, cwd=desk.folder) as process:
        assert process.stdout is not None
        printed = [process.stdout.readline()]
        time.sleep(0.2)
        process.kill()
        printed += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    kept = [json.loads(line)["article"] for line in printed if line.endswith(b"\n")]
    again = desk.lines("add", "many.jsonl")
    outcomes = [a["outcome"] for a in again]
    assert set(outcomes[: len(kept)]) == {"unchanged"}
    assert set(outcomes[len(kept) + 1 :]) == {"added"}
    assert len(desk.lines("search", "বিক্রেতা", "--limit", "5000")) == 400
