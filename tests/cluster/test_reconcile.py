"""What `dabi cluster reconcile` finds is what `dabi add` and `dabi series` find in the same articles."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ferry_story
from dabi.cluster import columns
from dabi.cluster.analyse import analyse
from dabi.cluster.load_results import load_results
from dabi.cluster.reconciling.lines import series_lines
from dabi.cluster.reconciling.run import FOLDER, finished, reconcile
from dabi.cluster.session import ClusterError
from dabi.ledger import Ledger, open_ledger
from dabi.reconciliation import lines, outcome
from dabi.reconciliation.keeping import report_of, update
from dabi.service.ledger import add_reports
from sinkings import Sinking

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
GOLD = Path(os.environ.get("DABI_GOLD", ROOT.parent / "shared" / "gold")) / "series" / "docs"


def sinking(n: int) -> Sinking:
    return Sinking(id=f"sinking-{n}", place=n, dead=7 + n, day=10 + n)


def inputs(folder: Path) -> list[str]:
    """Articles of all kinds: examples, running stories, a page that changed and one without a date; gold if present."""
    told = [sinking(n) for n in range(12)]
    told += [msgspec.structs.replace(sinking(1), dead=11), msgspec.structs.replace(sinking(2), place=3)]  # changed
    told += [sinking(4), Sinking(id="undated", day=None)]  # one is there already
    stories = folder / "stories.jsonl"
    stories.write_text("".join(f"{one.line}\n" for one in told) + ferry_story.LINES, encoding="utf-8")
    found = [str(stories), str(ROOT / "examples")]
    if GOLD.is_dir():
        gold = folder / "gold.jsonl"
        texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
        gold.write_text("".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts), encoding="utf-8")
        found.append(str(gold))
    return found


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return inputs(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module")
def ledger(given: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The same articles, added one after the other."""
    with open_ledger(tmp_path_factory.mktemp("ledger") / "ledger.db") as ledger:
        for _ in add_reports(ledger, given):
            pass
        update(ledger)
        yield ledger


def add_broken(folder: Path) -> None:
    """An article whose figures are said by someone who is not there."""
    row = columns.row(columns.Position(9, 0, 0), *Sinking(id="broken").analysed())
    for quantity in row["quantities"]:
        quantity["attribution"] = 99
    day = folder / "articles" / "day=broken"
    day.mkdir()
    pq.write_table(pa.Table.from_pylist([row], schema=columns.schema()), day / "0.parquet")


class Stopped(Exception):
    pass


def stop_after(stage: str) -> Any:
    def told(name: str, *_: object) -> None:
        if name == stage:
            raise Stopped

    return told


@pytest.fixture(scope="module")
def folder(spark: SparkSession, given: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The articles analysed and reconciled, with two stops on the way."""
    folder = str(tmp_path_factory.mktemp("analysed"))
    analyse(given, folder, lambda: nullcontext(spark))
    add_broken(Path(folder))
    for stage in ("ranks", "components"):
        with pytest.raises(Stopped):
            reconcile(spark, folder, stop_after(stage))
        with pytest.raises(ClusterError, match="has not been reconciled"):
            series_lines(folder)
    seconds = {}
    reconcile(spark, folder, lambda name, number, of, took: seconds.update({name: took}))
    assert [name for name, took in seconds.items() if not took] == [
        "read", "ranks", "meetings", "reports", "comparisons", "components",
    ]  # fmt: skip
    return folder


def table(folder: str, name: str) -> list[dict[str, Any]]:
    return pq.read_table(f"{folder}/{FOLDER}/{name}").to_pylist()


def test_the_lines_are_those_of_dabi_add_and_dabi_series(folder: str, ledger: Ledger) -> None:
    expected = [msgspec.json.encode(line).decode() for line in lines.series_lines(ledger)]
    assert list(series_lines(folder)) == expected
    assert any(len(json.loads(line)["members"]) > 5 for line in expected)
    assert any(json.loads(line)["label"] is None for line in expected)  # a total that stands in no series


def test_all_is_found_that_one_process_finds(folder: str, ledger: Ledger) -> None:
    at_once = outcome.reconcile([report_of(record) for record in ledger.reports()])
    assert {tuple(story["reports"]) for story in table(folder, "stories")} == set(at_once.stories)
    echoes = {(min(row["page"], row["of"]), max(row["page"], row["of"])) for row in table(folder, "echoes")}
    assert echoes == at_once.near_copies
    assert echoes
    numbers = {(c.article, c.start, c.end): c.key for c in ledger.claims()}
    sums = {
        ((row["page"], row["whole"]["start"], row["whole"]["end"]), row["adds_up"], row["rule"])
        for row in table(folder, "sums")
    }
    assert {(key, row.adds_up, row.detail["rule"]) for row in ledger.results.sums() for key in numbers if
            numbers[key] == row.whole} == sums  # fmt: skip


def test_the_tables_hold_what_a_ledger_holds(folder: str, ledger: Ledger) -> None:
    claims = {claim.key: claim for claim in ledger.claims()}

    def named(key: int) -> tuple[str, int]:
        claim = claims[key]
        return claim.article, key % (1 << 20)

    series = {row["id"]: row for row in table(folder, "series")}
    held = {one.id: one for one in ledger.results.series()}
    assert series.keys() == held.keys()
    for id, row in series.items():
        for field in ("label", "event", "counted", "place", "unit", "first_day", "last_day"):
            assert row[field] == getattr(held[id], field)
        assert row["origins"] == held[id].detail["origins"]
    members = {(row["series"], row["page"], row["number"]) for row in table(folder, "members")}
    assert members == {(one.id, *named(key)) for one in held.values() for key in one.claims}
    links = {(frozenset([(r["a_page"], r["a_number"]), (r["b_page"], r["b_number"])]), r["weight"], r["features"])
             for r in table(folder, "links")}  # fmt: skip
    assert links == {
        (frozenset([named(link.a), named(link.b)]), link.weight, msgspec.json.encode(link.features).decode())
        for link in ledger.results.links()
    }
    relations = {(r["series"], (r["a"]["page"], r["a"]["number"]), (r["b"]["page"], r["b"]["number"]), r["relation"])
                 for r in table(folder, "relations")}  # fmt: skip
    assert relations == {(r.series, named(r.a), named(r.b), r.relation) for r in ledger.results.relations()}


def test_what_is_done_is_not_done_again(spark: SparkSession, folder: str) -> None:
    summary = finished(folder)
    assert summary is not None
    assert summary.reports == len(table(folder, "reports"))
    assert summary.series == len(table(folder, "series")) > 0

    def told(*_: object) -> None:
        raise AssertionError("a stage was made again")

    assert reconcile(spark, folder, told) == summary


def test_an_article_that_fails_costs_the_others_nothing(folder: str) -> None:
    (error,) = table(folder, "errors")
    assert error["page"] == "broken"
    assert error["reason"].startswith("IndexError")
    summary = finished(folder)
    assert summary is not None
    assert summary.failed == 1


def test_a_folder_without_finished_analysis_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="holds no analysed articles"):
        reconcile(spark, str(tmp_path))
    (tmp_path / "_manifest.json").write_text('{"reader": "1", "complete": false}')
    with pytest.raises(ClusterError, match="not finished"):
        reconcile(spark, str(tmp_path))


def test_a_ledger_takes_over_what_was_found(folder: str, given: list[str], ledger: Ledger, tmp_path: Path) -> None:
    """The results in place, nothing is left to be linked, and what is added later is linked as ever."""
    with open_ledger(tmp_path / "taken.db") as taken, open_ledger(tmp_path / "other.db") as other:
        for _ in add_reports(taken, given):
            pass
        assert load_results(taken, folder)
        assert update(taken) == 0
        for kind in ("series", "relations", "links", "stories", "echoes"):
            assert getattr(taken.results, kind)() == getattr(ledger.results, kind)(), kind
        lined = list(lines.series_lines(taken))
        assert lined == list(lines.series_lines(ledger))
        later = [Sinking(id="sinking-20", place=1, dead=30, day=12), Sinking(id="sinking-1", place=1, dead=44, day=11)]
        for one in later:
            taken.add(*one.analysed(), extractor="test")
            ledger.add(*one.analysed(), extractor="test")
        update(taken)
        update(ledger)
        assert list(lines.series_lines(taken)) == list(lines.series_lines(ledger)) != lined
        assert taken.results.stories() == ledger.results.stories()
        other.add(*later[0].analysed(), extractor="test")
        assert not load_results(other, folder)  # it does not hold these articles
        update(other)
        assert len(other.results.stories()) == 1


def test_other_articles_are_reconciled_anew(folder: str) -> None:
    assert finished(folder) is not None
    (file,) = Path(folder, "articles", "day=broken").iterdir()
    os.utime(file, (0, 0))
    assert finished(folder) is None
