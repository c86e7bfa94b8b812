"""Any analysis at all comes back from its row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

pa = pytest.importorskip("pyarrow")

from dabi.cluster.columns import Position, analysis_of, row, schema, submission_of  # noqa: E402
from dabi.ledger import Submission  # noqa: E402
from dabi.model import Analysis  # noqa: E402

WORDS = st.text(max_size=12)


def values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StrType():
            return WORDS
        case inspect.LiteralType(values=words):
            return st.sampled_from(words)
        case inspect.IntType():
            return st.integers(0, 2**40)
        case inspect.FloatType():
            return st.floats(allow_nan=False) | st.integers(-(10**40), 10**40)
        case inspect.NoneType():
            return st.none()
        case inspect.UnionType(types=types):
            return st.one_of(*map(values, types))
        case inspect.VarTupleType(item_type=item):
            return st.lists(values(item), max_size=2).map(tuple)
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: values(field.type) for field in fields})
    raise TypeError(kind)


@given(values(inspect.type_info(Analysis)), WORDS, WORDS)
def test_any_analysis_comes_back(analysis: Analysis, page: str, text: str) -> None:
    submission = Submission(article=page, text=text)
    made = row(Position(0, 1, 2), submission, analysis)
    (back,) = pa.Table.from_pylist([made], schema=schema()).to_pylist()
    assert analysis_of(back) == analysis
    if analysis.text is not None:
        assert submission_of(back) == submission
