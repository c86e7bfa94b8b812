"""No mark cuts another: contents hold the times and figures at their edges whole."""

from dabi.bengali.mentions import AttributionMention, Extent, TimeMention
from dabi.extraction.borders import uncut
from dabi.model import Trace

WHY = Trace("test")


def said(start: int, end: int, source: Extent | None = None) -> AttributionMention:
    return AttributionMention(source=source, cue=None, content=((start, end),), form="indirect", act="state", trace=WHY)


def time(start: int, end: int) -> TimeMention:
    return TimeMention(start=start, end=end, edtf="2025", trace=WHY)


def test_a_content_that_begins_inside_a_time_begins_with_it() -> None:
    (mended,) = uncut([said(15, 60)], [time(4, 20)])
    assert mended.content == ((4, 60),)
    assert mended.trace.steps  # and says so


def test_a_content_that_ends_inside_a_time_ends_with_it() -> None:
    assert uncut([said(0, 30)], [time(25, 40)])[0].content == ((0, 40),)


def test_edges_that_meet_are_left_alone() -> None:
    before = said(20, 40)
    assert uncut([before], [time(4, 20), time(40, 50), time(25, 30)]) == [before]


def test_a_content_never_grows_over_its_own_source() -> None:
    before = said(15, 60, source=(2, 10))
    assert uncut([before], [time(4, 20)]) == [before]
