"""Which attribution holds a figure, and which time dates it."""

from dabi.bengali.mentions import AttributionMention, QuantityMention, TimeMention
from dabi.extraction.linking import dating_time, innermost_attributions
from dabi.model import Trace

WHY = Trace("test")


def quantity(start: int, end: int) -> QuantityMention:
    return QuantityMention(
        start=start, end=end, low=1, high=1, hedge="exact", kind="count", unit=None, of=None, trace=WHY
    )


def said(*content: tuple[int, int], source: tuple[int, int] | None = (900, 905)) -> AttributionMention:
    return AttributionMention(source=source, cue=None, content=content, form="indirect", act="state", trace=WHY)


def time(start: int, end: int, **value: str) -> TimeMention:
    return TimeMention(start=start, end=end, trace=WHY, **value)


def test_the_innermost_content_holds_the_figure() -> None:
    outer, inner = said((0, 100)), said((20, 60))
    assert innermost_attributions([quantity(10, 12), quantity(30, 32)], [outer, inner]) == [0, 1]


def test_outside_every_content_the_outlet_speaks() -> None:
    assert innermost_attributions([quantity(5, 8), quantity(18, 22)], [said((10, 20))]) == [None, None]


def test_an_impersonal_statement_gives_way_to_the_one_who_is_named() -> None:
    named, impersonal = said((0, 100)), said((20, 60), source=None)
    assert innermost_attributions([quantity(30, 32)], [named, impersonal]) == [0]
    assert innermost_attributions([quantity(30, 32)], [impersonal]) == [0]


def test_both_pieces_of_a_divided_content_hold() -> None:
    assert innermost_attributions([quantity(1, 2), quantity(31, 33)], [said((0, 10), (30, 40))]) == [0, 0]


def test_of_two_equal_contents_the_later_named_is_the_inner_one() -> None:
    assert innermost_attributions([quantity(1, 2)], [said((0, 10)), said((0, 10))]) == [1]


def test_the_nearest_date_before_the_figure_dates_it_and_durations_never_do() -> None:
    times = list(
        enumerate(
            [
                time(0, 5, edtf="2024-08-01"),
                time(6, 9, edtf="2024-08-02"),
                time(10, 12, duration="P3D"),
                time(30, 33, edtf="2024-08-09"),
            ]
        )
    )
    assert dating_time(quantity(15, 16), (0, 40), times) == 1
    assert dating_time(quantity(20, 21), (18, 40), times) == 3
    assert dating_time(quantity(12, 14), (10, 20), times) is None
