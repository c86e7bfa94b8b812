"""Relations between figures, for any figures."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from dabi.reconciliation.intervals import interval, supposed
from dabi.reconciliation.relations import relate, relations_of
from dabi.reconciliation.statement import Clues, Statement

VALUES = st.one_of(st.integers(0, 2_000), st.sampled_from([10_000, 92_000, 92_261, 1_200_000, 13_000_000]))
HEDGES = ["exact", "about", "more_than", "at_least", "less_than", "up_to", "range", "several"]
ORIGINS = st.sampled_from([(), ("পুলিশ",), ("হাসপাতাল",)])


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    hedge = draw(st.sampled_from(HEDGES))
    value = draw(VALUES)
    low: int | None = value
    high: int | None = value
    if hedge in ("more_than", "at_least", "several"):
        high = None
    elif hedge in ("less_than", "up_to"):
        low = None
    elif hedge == "range":
        high = value + draw(st.integers(1, 500))
    origin = draw(ORIGINS)
    return Statement(
        article=draw(st.sampled_from("abc")),
        start=draw(st.integers(0, 50)),
        end=60,
        published=draw(st.sampled_from([None, "2025-01-01", "2025-01-02"])),
        position=draw(st.sampled_from(["headline", "body"])),
        low=low,
        high=high,
        hedge=hedge,
        kind=draw(st.sampled_from(["count", "age"])),
        source=origin[0] if origin else None,
        origin=origin,
        asof=draw(st.sampled_from([None, 739_000, 739_001])),
        clues=Clues(
            happening=draw(st.sampled_from([None, "death", "treatment"])),
            markers=draw(st.sampled_from([(), ("rise",), ("total", "rise")])),
        ),
    )


@given(statements(), statements())
def test_swapping_two_figures_changes_nothing(a: Statement, b: Statement) -> None:
    b = msgspec.structs.replace(b, kind=a.kind)
    if a.key == b.key:
        b = msgspec.structs.replace(b, article="z")
    assert relate(a, b) == relate(b, a)


@given(statements())
def test_a_figure_agrees_with_itself_told_again(a: Statement) -> None:
    again = msgspec.structs.replace(a, article="z")
    assert relate(a, again).relation in ("agrees", "echo")


@given(statements(), statements())
def test_what_cannot_both_be_true_of_one_day_never_agrees(a: Statement, b: Statement) -> None:
    one, other = supposed(a), supposed(b)
    if one[1] < other[0] or other[1] < one[0]:
        relation = relate(a, msgspec.structs.replace(b, article="z", kind=a.kind)).relation
        wide, narrow = interval(a), interval(b)
        if wide[1] < narrow[0] or narrow[1] < wide[0]:
            assert relation in ("moved", "conflicts", "refines")


@given(st.lists(statements(), min_size=2, max_size=8, unique_by=lambda s: s.key), st.randoms())
def test_the_order_of_a_series_does_not_matter(members: list[Statement], chance: object) -> None:
    members = [msgspec.structs.replace(s, kind="count") for s in members]
    shuffled = list(members)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert relations_of(members) == relations_of(shuffled)
    assert len(relations_of(members)) == len(members) * (len(members) - 1) // 2
