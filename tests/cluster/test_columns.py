"""The columns of the articles table are the analysis format, and a row gives its article back."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from dabi.cluster.columns import (  # noqa: E402
    UNKNOWN_DAY,
    Position,
    analysis_of,
    day_of,
    row,
    schema,
    submission_of,
)
from dabi.ledger import Submission  # noqa: E402
from dabi.model import Analysis, Article, Quantity  # noqa: E402
from sample import ANALYSIS, TEXT  # noqa: E402


def through_parquet(made: dict[str, Any]) -> dict[str, Any]:
    file = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([made], schema=schema()), file)
    (back,) = parquet.read_table(file).to_pylist()
    return dict(back)


def with_numbers(low: float | int | None, high: float | int | None) -> Analysis:
    quantity = Quantity(
        start=0, end=2, text="২৩", low=low, high=high, hedge="range", kind="count", rule="quantities.test"
    )
    return Analysis(id="n", article=Article(), text="২৩ জন", quantities=(quantity,))


def test_every_field_of_the_format_has_its_column() -> None:
    """A new field of the model is a new column, with no word said."""
    written = msgspec.json.decode(msgspec.json.encode(ANALYSIS))

    def names(kind: Any) -> Any:
        if pa.types.is_struct(kind):
            return {field.name: names(field.type) for field in kind if not field.name.endswith("_exact")}
        return [names(kind.value_type)] if pa.types.is_list(kind) else None

    def shape(value: Any, kind: Any) -> Any:
        if isinstance(kind, dict):
            return {key: shape(inside, kind[key]) for key, inside in (value or dict.fromkeys(kind)).items()}
        if isinstance(kind, list):
            return [shape(next(iter(value or []), None), kind[0])]
        return None

    table = names(pa.struct(list(schema())))
    for name, value in written.items():
        assert shape(value, table[name]) == table[name], name


def test_an_article_comes_back_from_parquet_exactly() -> None:
    submission = Submission(
        article="https://example.org/1",
        text="<p>যেমন এল</p>",
        media="html",
        source="https://example.org/1",
        fetched="2025-07-06T01:02:03Z",
        given={"published": "2025-07-05", "outlet": "চরবার্তা"},
    )
    back = through_parquet(row(Position(1, 2, 3), submission, ANALYSIS))
    assert (back["input"], back["file"], back["record"]) == (1, 2, 3)
    assert analysis_of(back) == ANALYSIS
    assert submission_of(back) == submission


def test_a_text_that_was_read_as_it_came_is_kept_once() -> None:
    made = row(Position(0, 0, 1), Submission(article="a", text=TEXT), ANALYSIS)
    assert made["content"] is None
    assert submission_of(made).text == TEXT


@pytest.mark.parametrize("number", [23, 23.5, 23.0, 0, -4, 2**53 + 1, 10**30, 10**400, 1e300, 0.1, None])
def test_numbers_keep_their_value_and_kind(number: float | int | None) -> None:
    analysis = with_numbers(number, number)
    back = through_parquet(row(Position(0, 0, 1), Submission(article="n", text="২৩ জন"), analysis))
    found = analysis_of(back).quantities[0]
    assert (found.low, type(found.low)) == (number, type(number))
    assert (found.high, type(found.high)) == (number, type(number))


def test_plain_numbers_stand_only_once() -> None:
    made = row(Position(0, 0, 1), Submission(article="n", text="২৩ জন"), with_numbers(23, 23.5))
    (quantity,) = made["quantities"]
    assert (quantity["low"], quantity["low_exact"], quantity["high"], quantity["high_exact"]) == (
        23.0,
        None,
        23.5,
        None,
    )


@pytest.mark.parametrize(
    ("published", "day"),
    [("2025-07-05T09:15", "2025-07-05"), ("2025-07", "2025-07-01"), (None, UNKNOWN_DAY), ("../2025", UNKNOWN_DAY)],
)
def test_the_day_is_the_first_of_the_publication(published: str | None, day: str) -> None:
    analysis = Analysis(id="a", article=Article(published=published), text="")
    assert day_of(row(Position(0, 0, 1), Submission(article="a", text=""), analysis)) == day


def test_half_a_surrogate_pair_is_refused_and_not_written_wrongly() -> None:
    analysis = Analysis(id="a", article=Article(), text="ক\ud800")
    with pytest.raises(UnicodeEncodeError):
        row(Position(0, 0, 1), Submission(article="a", text="ক\ud800"), analysis)
