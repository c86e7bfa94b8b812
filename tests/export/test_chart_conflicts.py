"""The lines between conflicting figures: few enough to be told apart, and none of the figures without one."""

from __future__ import annotations

from itertools import product

from claim_records import claim, relation
from dabi.export.chart_conflicts import conflict_lines
from dabi.export.chart_points import Conflict, drawing
from dabi.export.charts import series_spec
from dabi.export.wording import word
from dabi.ledger import ClaimRecord
from dabi.ledger.results import Relation


def lines(claims: list[ClaimRecord], relations: list[Relation], most: int) -> tuple[list[tuple[int, int]], int]:
    """The keys of the claims that a line joins, and how many pairs of figures have none."""
    drawn, unjoined = conflict_lines(drawing(claims, relations, "en", None).conflicts, most)
    return [(conflict.a.claim, conflict.b.claim) for conflict in drawn], unjoined


def test_figures_that_many_repeat_are_joined_once_where_they_are_nearest_and_no_echo() -> None:
    said = [
        claim(1, "2025-09-04T08:00", 17),
        claim(2, "2025-09-04T08:30", 17),
        claim(3, "2025-09-04T09:00", 17),
        claim(4, "2025-09-04T10:00", 15),
        claim(5, "2025-09-04T12:00", 15),
    ]
    against = [relation(a, b, "conflicts") for a, b in product((1, 2, 3), (4, 5))]
    assert lines(said, [relation(1, 3, "echo"), *against], 9) == ([(2, 4)], 0)


def test_where_all_are_echoes_there_is_a_line_all_the_same() -> None:
    said = [claim(n, f"2025-09-0{n}", 17 if n % 2 else 15) for n in (1, 2, 3, 4)]
    echoes = [relation(1, 3, "echo"), relation(2, 4, "echo"), relation(3, 4, "conflicts")]
    assert lines(said, echoes, 9) == ([(3, 4)], 0)


def test_a_bound_is_another_figure_than_its_number() -> None:
    said = [claim(1, "2025-09-01", 20), claim(2, "2025-09-01", 20, hedge="at_least"), claim(3, "2025-09-02", 15)]
    drawn, unjoined = lines(said, [relation(1, 3, "conflicts"), relation(2, 3, "conflicts")], 9)
    assert (sorted(drawn), unjoined) == ([(1, 3), (2, 3)], 0)


def test_of_too_many_each_figure_keeps_the_line_to_the_nearest() -> None:
    said = [claim(n, f"2025-09-0{n}", 10 * n) for n in range(1, 7)]
    against = [relation(a, b, "conflicts") for a, b in product(range(1, 7), range(1, 7)) if a < b]
    assert lines(said, against, 3) == ([(n, n + 1) for n in range(1, 6)], 10)
    drawn, unjoined = lines(said, against, 7)
    assert (drawn[:5], len(drawn), unjoined) == ([(n, n + 1) for n in range(1, 6)], 7, 8)
    assert len(lines(said, against, 15)[0]) == 15


def test_two_disputes_are_not_joined_with_each_other() -> None:
    said = [claim(n, f"2025-09-0{n}", n) for n in (1, 2, 3, 4)]
    assert lines(said, [relation(1, 2, "conflicts"), relation(3, 4, "conflicts")], 0) == ([(1, 2), (3, 4)], 0)
    nothing: list[Conflict] = []
    assert conflict_lines(nothing, 5) == ([], 0)


def test_the_chart_says_how_many_have_no_line() -> None:
    said = [claim(n, f"2025-09-0{n}", 10 * n) for n in range(1, 7)]
    against = [relation(a, b, "conflicts") for a, b in product(range(1, 7), range(1, 7)) if a < b]
    narrow, wide = (series_spec(said, against, language="bn", width=width) for width in (300, 1040))
    assert word("chart.note.unjoined", "bn", n="১০") in narrow["usermeta"]["dabi"]["notes"]
    assert wide["usermeta"]["dabi"]["notes"] == []
    (layer,) = (layer for layer in narrow["layer"] if layer["mark"]["type"] == "line")
    assert len({row["pair"] for row in layer["data"]["values"]}) == 5
