"""Charts of any claims: every claim is drawn or named as left out, and what is drawn lies where it may be seen."""

from __future__ import annotations

import json
from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_records import claim, relation
from dabi.export.chart_points import MOST_SOURCES, drawing
from dabi.export.charts import series_spec
from dabi.ledger import ClaimRecord
from dabi.ledger.results import Relation
from dabi.model import Hedge

HEDGES: tuple[Hedge, ...] = ("exact", "about", "more_than", "at_least", "less_than", "up_to", "range", "several")
VALUES = st.one_of(
    st.none(),
    st.integers(0, 10**13),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.sampled_from([0, 1e-6, 0.5, 1e12]),
)
DAYS = st.one_of(st.none(), st.dates(), st.dates(date(2025, 1, 1), date(2025, 1, 20)))


@st.composite
def claims(draw: st.DrawFn) -> list[ClaimRecord]:
    made = []
    for key in range(draw(st.integers(0, 25))):
        low, high = draw(VALUES), draw(VALUES)
        if low is not None and high is not None and low > high:
            low, high = high, low
        day = draw(DAYS)
        clock = draw(st.sampled_from(["", "T09:30", "T23:59", "T99:99", "T7"]))
        record = claim(
            key,
            None if day is None else day.isoformat() + clock,
            low,
            high=high,
            hedge=draw(st.sampled_from(HEDGES)),
            text="x",
            unit=draw(st.sampled_from([None, None, None, "BDT"])),
        )
        source = draw(st.one_of(st.none(), st.text(max_size=12)))
        made.append(msgspec.structs.replace(record, source=source, day=None if day is None else day.isoformat()))
    return made


@st.composite
def related(draw: st.DrawFn) -> list[Relation]:
    pairs = draw(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=20))
    return [relation(a, b, draw(st.sampled_from(["conflicts", "echo", "moved"]))) for a, b in pairs if a != b]


@given(claims(), related(), st.sampled_from([290, 640]))
@settings(max_examples=150, deadline=None)
def test_every_claim_is_drawn_inside_the_plot_or_named(
    given_claims: list[ClaimRecord], relations: list[Relation], width: int
) -> None:
    made = drawing(given_claims, relations, "bn", None)
    out = [key for keys in made.undrawn.values() for key in keys]
    assert sorted([*out, *(p.claim for p in made.points)]) == [c.key for c in given_claims]
    assert len(made.sources) <= MOST_SOURCES
    spec = series_spec(given_claims, relations, language="bn", width=width)
    json.dumps(spec, allow_nan=False)
    assert sorted(spec["usermeta"]["dabi"]["drawn"]) == sorted(p.claim for p in made.points)
    if not made.points:
        return
    x, y = (spec["encoding"][axis]["scale"]["domain"] for axis in "xy")
    assert x[0] < x[1]
    assert y[0] < y[1]
    for layer in spec["layer"]:
        for row in layer["data"]["values"]:
            assert x[0] <= row["at"] <= x[1]
            if "low" not in row:
                continue  # where a day begins
            assert y[0] <= row["low"] <= y[1]
            assert y[0] <= row.get("high", row["low"]) <= y[1]


@given(claims(), related())
@settings(max_examples=50, deadline=None)
def test_the_order_of_claims_makes_no_difference(given_claims: list[ClaimRecord], relations: list[Relation]) -> None:
    assert series_spec(given_claims, relations) == series_spec(reversed(given_claims), relations)
