"""Claims coded by people: tables with one claim a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from dabi.ledger import Ledger, LedgerError, Query
from dabi.ledger.coded import CodedClaim, CodedRow, coded_claims

FULL = (
    "id,report,reported,date_start,date_end,place,latitude,longitude,actors,event,counted,low,high,hedge,unit,source,note\n"
    "e1,Daily Gazette 12,2021-03-05,2021-03-01,2021-03-03,Northport,12.5,-3.25,Army; Militia ;Army,"
    'clash,deaths,"1,200",1300,range,,the mayor,"Two days, one ferry"\n'
)


def rows(tmp_path: Path, text: str, name: str = "table.csv", **options: str) -> list[CodedRow]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return list(coded_claims(path, **options))


def test_all_columns(tmp_path: Path, ledger: Ledger) -> None:
    (row,) = rows(tmp_path, FULL)
    assert row.claim == CodedClaim(
        id="e1",
        report="Daily Gazette 12",
        reported="2021-03-05",
        date_start="2021-03-01",
        date_end="2021-03-03",
        place="Northport",
        latitude=12.5,
        longitude=-3.25,
        actors=("Army", "Militia"),
        event="clash",
        counted="deaths",
        low=1200,
        high=1300,
        hedge="range",
        source="the mayor",
        note="Two days, one ferry",
    )
    added = ledger.add_coded(row.claim)
    assert (added.outcome, added.claims) == ("added", 1)
    assert ledger.add_coded(row.claim).outcome == "unchanged"
    (claim,) = ledger.claims()
    assert (claim.id, claim.article, claim.coded, claim.coded_report) == ("e1", "coded:e1", True, "Daily Gazette 12")
    assert (claim.low, claim.high, claim.hedge, claim.kind) == (1200, 1300, "range", "count")
    assert (claim.date_start, claim.date_end, claim.time) == ("2021-03-01", "2021-03-03", "2021-03-01/2021-03-03")
    assert (claim.places, claim.actors, claim.latitude) == (("Northport",), ("Army", "Militia"), 12.5)
    assert (claim.day, claim.start, claim.note) == ("2021-03-05", None, "Two days, one ferry")
    assert ledger.report("coded:e1").coded == row.claim
    assert ledger.report("coded:e1").text == ""
    for query in (
        Query(words="ferry"),
        Query(words="Northport"),
        Query(place="northport"),
        Query(person="militia"),
        Query(source="mayor"),
        Query(coded=True),
    ):
        assert [c.id for c in ledger.claims(query)] == ["e1"], query
    assert list(ledger.claims(Query(coded=False))) == []


def test_an_id_and_a_value_are_enough(tmp_path: Path) -> None:
    found = rows(tmp_path, "id;low;high;unit\na;3;;\nb;;7;BDT\nc;5;5;%\nd;1;2;km\n")
    claims = [row.claim for row in found if row.claim is not None]
    assert [(c.low, c.high, c.hedge, c.kind) for c in claims] == [
        (3, None, "at_least", "count"),
        (None, 7, "up_to", "money"),
        (5, 5, "exact", "percent"),
        (1, 2, "range", "measure"),
    ]


def test_json_lines(tmp_path: Path) -> None:
    text = '{"id": 7, "low": 3.5, "actors": ["ক", "খ"], "place": null}\n\n{"id": "x"}\nnope\n[1]\n'
    first, second, third, fourth = rows(tmp_path, text, "table.jsonl")
    assert first.claim is not None
    assert (first.claim.id, first.claim.low, first.claim.actors, first.claim.place) == ("7", 3.5, ("ক", "খ"), None)
    assert (second.line, second.problem) == (3, "neither low nor high")
    assert "not JSON" in (third.problem or "")
    assert fourth.problem == "not an object"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",1", "no id"),
        ("a,", "neither low nor high"),
        ("a,many", "low is no number: many"),
        ("a,nan", "low is no number: nan"),
        ("a,5,4", "low 5 is above high 4"),
        ("a,5,5,yesterday", "date_start is no date: yesterday"),
        ("a,5,5,,95", "no place on earth: 95, None"),
        ("a,5,5,,,perhaps", "hedge is none of"),
        ("a,5,5,,,,,,", "more cells than columns"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_costs_the_others_nothing(
    tmp_path: Path, row: str, problem: str
) -> None:
    first, second = rows(tmp_path, f"id,low,high,date_start,latitude,hedge\n{row}\nz,1\n")
    assert first.claim is None
    assert problem in (first.problem or "")
    assert first.line == 2
    assert second.claim is not None


def test_what_is_no_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no column named id"):
        rows(tmp_path, "name,low\nx,1\n")
    with pytest.raises(LedgerError, match="no column named id"):
        rows(tmp_path, "")
    with pytest.raises(LedgerError, match="can't be read as a table"):
        list(coded_claims(tmp_path / "missing.csv"))
    (tmp_path / "latin.csv").write_bytes(b"id,low\n\xff\xfe,1\n")
    with pytest.raises(LedgerError, match="can't be read as a table"):
        list(coded_claims(tmp_path / "latin.csv"))


def test_a_row_that_changed_is_a_version(tmp_path: Path, ledger: Ledger) -> None:
    for text in ("id,low,high,counted\na,23,23,deaths\n", "id,low,high,counted\na,20,20,deaths\n"):
        (row,) = rows(tmp_path, text)
        assert row.claim is not None
        added = ledger.add_coded(row.claim)
    assert (added.outcome, added.version) == ("version", 2)
    assert [change.what for change in added.changes] == ["23 → 20"]


def test_a_prefix_keeps_two_tables_apart(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "id,low\n1,5\n", prefix="ours/")
    assert row.claim is not None
    assert (row.claim.id, row.claim.article) == ("ours/1", "coded:ours/1")


def test_a_spreadsheet_with_a_byte_order_mark_and_tabs(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "\ufeffid\tlow\tplace\n১\t5\tঢাকা, উত্তর\n")
    assert row.claim is not None
    assert (row.claim.id, row.claim.place) == ("১", "ঢাকা, উত্তর")
