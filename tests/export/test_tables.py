"""Tables that leave the ledger, read back by programs that know nothing of dabi: pyarrow and pandas."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import msgspec
import pandas
import pyarrow
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_records import FERRY, claim
from dabi.export import extras
from dabi.export.tables import TABLES, TableFormat, claim_rows, relation_rows, series_rows, write_table
from dabi.ledger import ClaimRecord
from dabi.ledger.results import Relation, Series

SERIES = Series(id="s1", label="যাত্রী", claims=tuple(c.key for c in FERRY), detail={"origins": 4})


def written(claims: list[ClaimRecord] | tuple[ClaimRecord, ...], form: TableFormat) -> bytes:
    out = io.BytesIO()
    assert write_table("claims", claim_rows(claims, {101: SERIES}), form, out) == len(claims)
    return out.getvalue()


def test_parquet_has_typed_columns_and_every_value() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written(FERRY, "parquet")))
    assert table.schema.names == list(TABLES["claims"])
    assert table.schema.field("low").type == pyarrow.float64()
    assert table.schema.field("start").type == pyarrow.int64()
    assert table.schema.field("coded").type == pyarrow.bool_()
    assert table.schema.field("places").type == pyarrow.list_(pyarrow.string())
    for row, record in zip(table.to_pylist(), FERRY, strict=True):
        for name in TABLES["claims"]:
            if not name.startswith("series"):
                value = getattr(record, name)
                assert row[name] == (list(value) if isinstance(value, tuple) else value), name
    assert [row["series"] for row in table.to_pylist()][:2] == ["s1", None]


def test_parquet_is_written_in_row_groups() -> None:
    many = [claim(key, "2025-01-01", key) for key in range(1, 5003)]
    read = pyarrow.parquet.ParquetFile(io.BytesIO(written(many, "parquet")))
    assert read.num_row_groups == 2
    assert read.read(["low"])["low"].to_pylist() == list(range(1, 5003))


def test_an_open_end_stays_open_everywhere() -> None:
    opened = [claim(1, "2025-01-01", 10, hedge="more_than"), claim(2, "2025-01-01", None, high=30, hedge="up_to")]
    parquet = pyarrow.parquet.read_table(io.BytesIO(written(opened, "parquet")))
    assert parquet["high"].to_pylist() == [None, 30]
    lines = [json.loads(line) for line in written(opened, "jsonl").splitlines()]
    assert [(line["low"], line["high"]) for line in lines] == [(10, None), (None, 30)]
    frame = pandas.read_csv(io.BytesIO(written(opened, "csv")))
    assert frame["high"].isna().tolist() == [True, False]
    assert frame["low"].isna().tolist() == [False, True]


def test_csv_is_read_by_pyarrow_and_pandas() -> None:
    data = written(FERRY, "csv")
    assert data.startswith(b"\xef\xbb\xbf")  # by which spreadsheets know UTF-8
    table = pyarrow.csv.read_csv(io.BytesIO(data))
    assert table.column_names == list(TABLES["claims"])
    assert table["source"].to_pylist()[0] == "চাঁদপুর জেলা প্রশাসন"
    frame = pandas.read_csv(io.BytesIO(data))
    assert frame["id"].tolist() == [c.id for c in FERRY]
    assert frame["sentence"].tolist() == [c.sentence for c in FERRY]
    assert frame["in_headline"].tolist() == [False] * len(FERRY)


def test_json_lines_carry_everything_as_it_is() -> None:
    frame = pandas.read_json(io.BytesIO(written(FERRY, "jsonl")), lines=True, dtype=False)
    assert frame["published"].tolist() == [c.published for c in FERRY]
    assert frame["places"].tolist() == [list(c.places) for c in FERRY]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+৮৮", "-১", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    hostile = [claim(1, "2025-01-01", -5, text="x", outlet=text, places=(text, "y"))]
    (row,) = csv.DictReader(io.StringIO(written(hostile, "csv").decode("utf-8-sig"), newline=""))
    assert row["outlet"] == "'" + text
    assert row["places"].startswith("'")
    assert row["low"] == "-5"  # a number is no formula
    (line,) = written(hostile, "jsonl").splitlines()
    assert json.loads(line)["outlet"] == text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(outlet=TEXT, sentence=TEXT, places=st.lists(TEXT, max_size=3), low=st.floats(-1e12, 1e12))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(outlet: str, sentence: str, places: list[str], low: float) -> None:
    record = msgspec.structs.replace(
        claim(1, None, low, text="x"), outlet=outlet, sentence=sentence, places=tuple(places)
    )
    (row,) = pyarrow.parquet.read_table(io.BytesIO(written([record], "parquet"))).to_pylist()
    assert (row["outlet"], row["sentence"], row["places"], row["low"]) == (outlet, sentence, places, low)
    line = json.loads(written([record], "jsonl"))
    assert (line["outlet"], line["sentence"], line["places"], line["low"]) == (outlet, sentence, places, low)
    (cells,) = csv.DictReader(io.StringIO(written([record], "csv").decode("utf-8-sig"), newline=""))
    assert cells["sentence"].removeprefix("'") == sentence.replace("\0", "").removeprefix("'")


def test_half_a_surrogate_pair_stops_nothing() -> None:
    broken = [claim(1, "2025-01-01", 5, outlet="ভাঙা \ud83d")]
    assert pyarrow.parquet.read_table(io.BytesIO(written(broken, "parquet")))["outlet"].to_pylist() == ["ভাঙা ?"]
    assert "ভাঙা ?" in written(broken, "csv").decode()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_empty_table_is_a_table(form: TableFormat) -> None:
    data = written([], form)
    if form == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(data)).num_rows == 0
    elif form == "csv":
        assert pyarrow.csv.read_csv(io.BytesIO(data)).column_names == list(TABLES["claims"])
    else:
        assert data == b""


def test_relations_and_series_name_claims_by_their_ids() -> None:
    related = [
        Relation(series="s1", a=101, b=201, relation="conflicts", detail={"rule": "relations.at_odds"}),
        Relation(series="s1", a=101, b=9, relation="agrees"),
    ]
    rows = list(relation_rows(related, {101: "c101", 201: "c201"}))
    assert rows == [
        {
            "series": "s1",
            "a": "c101",
            "b": "c201",
            "relation": "conflicts",
            "rule": "relations.at_odds",
            "superseded": False,
        }
    ]
    (row,) = series_rows([SERIES])
    assert (row["id"], row["claims"], row["origins"]) == ("s1", len(FERRY), 4)
    for name, made in (("relations", rows), ("series", [row])):
        out = io.BytesIO()
        write_table(name, made, "parquet", out)  # type: ignore[arg-type]
        assert pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).column_names == list(TABLES[name])  # type: ignore[index]


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(extras.MissingExtra, match=r"pip install 'dabi\[export\]'"):
        written(FERRY, "parquet")
    assert written(FERRY, "csv")  # needs nothing
