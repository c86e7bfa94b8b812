"""The commands that show what reports say against each other."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dabi.cli.sparkline import sparkline

DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]

REPORTS = [
    {
        "id": "ferry-1",
        "published": "2025-06-10",
        "text": "চাঁদপুরে লঞ্চডুবি, নিহত ৭\nচাঁদপুরের মতলবে মেঘনা নদীতে একটি লঞ্চ ডুবে অন্তত ৭ জন নিহত হয়েছেন। আহত হয়েছেন ২২ জন।",
    },
    {
        "id": "ferry-2",
        "published": "2025-06-11",
        "text": "মতলবে লঞ্চডুবি: মৃতের সংখ্যা বেড়ে ১১\nচাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় মৃতের সংখ্যা বেড়ে ১১ জনে দাঁড়াল।",
    },
    {
        "id": "aid",
        "published": "2025-04-20",
        "text": "হাওরে বাঁধ\nসুনামগঞ্জের হাওরে বাঁধ মেরামতে ৩০০ শ্রমিক পাঠানোর প্রতিশ্রুতি দিয়েছে জেলা প্রশাসন।",
    },
    {
        "id": "bridge-1",
        "published": "2025-05-02",
        "text": "সেতু নির্মাণে ব্যয়\nকর্ণফুলীর কালুরঘাট সেতু নির্মাণে মোট ৩৪৭ কোটি টাকা ব্যয় হয়েছে বলে জানিয়েছে সেতু বিভাগ।",
    },
    {
        "id": "bridge-2",
        "published": "2025-05-03",
        "text": "কালুরঘাট সেতু\nকর্ণফুলীর কালুরঘাট সেতু নির্মাণে মোট ৩৪৭ লাখ টাকা ব্যয় হয়েছে বলে জানিয়েছে সেতু বিভাগ।",
    },
    {
        "id": "fair",
        "published": "2025-06-11",
        "text": "বইমেলায় বিক্রি\nবরিশালের বইমেলায় ২ কোটি টাকার বই বিক্রি হয়েছে। এর মধ্যে শিশুদের বই বিক্রি হয়েছে ৬০ লাখ টাকার।",
    },
]


def dabi(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "160"}
    command = [*DABI, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, env=environment, timeout=60, check=False)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    given = "\n".join(json.dumps(report, ensure_ascii=False) for report in REPORTS).encode()
    assert dabi("add", "--db", path, "--input", "jsonl", "-", given=given).returncode == 0
    return path


def toll(db: Path) -> dict[str, Any]:
    (found,) = (
        line
        for line in lines(dabi("series", "--db", db, "--format", "jsonl"))
        if {m.get("article") for m in line["members"]} == {"ferry-1", "ferry-2"}
    )
    return found


def test_series_as_lines_keep_the_ids_and_spans_of_the_articles(db: Path) -> None:
    line = toll(db)
    texts = {report["id"]: report["text"] for report in REPORTS}
    figures = [texts[m["article"]][m["start"] : m["end"]] for m in line["members"]]
    assert figures == ["৭", "অন্তত ৭ জন", "১১", "১১ জন"]
    assert {relation["relation"] for relation in line["relations"]} >= {"moved"}


def test_a_total_alone_is_a_line_with_its_sum(db: Path) -> None:
    (line,) = (line for line in lines(dabi("series", "--db", db, "--format", "jsonl")) if line["sums"])
    assert line["members"] == [
        {"article": "fair", "start": line["sums"][0]["whole"][1], "end": line["sums"][0]["whole"][2]}
    ]
    assert line["sums"][0]["adds_up"] is False


def test_one_series_by_its_id_or_that_of_a_claim_in_it(db: Path) -> None:
    line = toll(db)
    done = dabi("series", line["series"], "--db", db, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["text"] for row in rows] == ["৭", "অন্তত ৭ জন", "১১", "১১ জন"]
    again = dabi("series", rows[-1]["claim"], "--db", db, "--format", "csv")
    assert again.stdout == done.stdout


def test_a_series_in_the_terminal_has_a_line_of_blocks_and_its_relations(db: Path) -> None:
    shown = dabi("series", toll(db)["series"], "--db", db, "--format", "table").stdout.decode()
    assert "▁▁██" in shown
    assert "moved" in shown


def test_no_such_series_or_story(db: Path) -> None:
    for command in ("series", "story"):
        done = dabi(command, "nosuch", "--db", db)
        assert done.returncode == 1
        assert b"nosuch" in done.stderr


def test_stories_and_one_of_them(db: Path) -> None:
    found = lines(dabi("stories", "--db", db))
    ferry = next(story for story in found if story["reports"] == 2)
    assert (ferry["first_day"], ferry["last_day"]) == ("2025-06-10", "2025-06-11")
    shown = dabi("story", ferry["id"], "--db", db, "--format", "table").stdout.decode()
    assert "চাঁদপুরে লঞ্চডুবি, নিহত ৭" in shown
    assert "\n2 reports, 2 origins\n" in shown
    (view,) = lines(dabi("story", ferry["id"], "--db", db, "--format", "json"))
    assert len(view["told"]) == 2
    assert len(lines(dabi("stories", "--db", db, "--since", "2025-06-11", "--limit", "1"))) == 1


def test_compare(db: Path) -> None:
    rows = lines(dabi("compare", "ferry-1", "ferry-2", "--db", db))
    standing = {(*row["a"], *row["b"]): (row["standing"], row["relation"]) for row in rows}
    assert standing["at least 7", "7 (headline)", "11"] == ("differs", "moved")
    assert standing["22",] == ("only_a", None)


def test_what_is_promised_says_so(db: Path) -> None:
    rows = lines(dabi("compare", "aid", "ferry-2", "--db", db))
    assert [row["a"] for row in rows if row["a"]] == [["300, promised (জেলা প্রশাসন)"]]


def test_one_figure_with_two_scales_shows_wherever_the_two_reports_meet(db: Path) -> None:
    (row,) = (row for row in lines(dabi("compare", "bridge-1", "bridge-2", "--db", db)) if row["slip"])
    assert (row["slip"], row["relation"]) == (100, "conflicts")
    for name in ("bridge-1", "bridge-2"):
        (finding,) = lines(dabi("check", name, "--db", db))
        assert (finding["kind"], finding["articles"]) == ("scale_slip", ["bridge-1", "bridge-2"])
    (moved,) = lines(dabi("desk", "--db", db, "--since", "2025-05-01", "--limit", "1"))[:1]
    assert moved["odd"] == finding["what"]
    (story,) = (s for s in lines(dabi("stories", "--db", db)) if s["first_day"] == "2025-05-02")
    assert finding["what"] in dabi("story", story["id"], "--db", db, "--format", "table").stdout.decode()


def test_check(db: Path) -> None:
    (finding,) = lines(dabi("check", "ferry-1", "--db", db))
    assert finding["kind"] == "headline_hedge"
    assert len(finding["sentences"]) == len(finding["claims"]) == 2
    assert lines(dabi("check", "fair", "--db", db)) == []
    assert dabi("check", "nosuch", "--db", db).returncode == 1


def test_desk_shows_what_moved_since_the_day_before_the_newest_report(db: Path) -> None:
    (row,) = lines(dabi("desk", "--db", db))
    assert (row["relation"], row["after"], row["published_after"]) == ("moved", "11", "2025-06-11")
    assert lines(dabi("desk", "--db", db, "--since", "2025-06-12")) == []


def test_a_date_that_is_none_is_a_wrong_use(db: Path) -> None:
    for command in ("stories", "series", "desk"):
        assert dabi(command, "--db", db, "--since", "soon").returncode == 2


def test_sparkline() -> None:
    assert sparkline([1, 2, 3]) == "▁▅█"
    assert sparkline([5, 5]) == "▄▄"
    assert sparkline([None, 4, 8]) == "·▁█"
    assert sparkline([]) == ""
    assert sparkline([None]) == "·"
    assert len(sparkline(range(100), width=10)) == 10
