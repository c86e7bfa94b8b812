"""The columns of the tables that the stages hand on, and how reports and figures are numbered in them.

A report's `rank` is its place in the order in which reports meet (`stories.turn`), from 0. A figure, and a report as a
member of stories, are single numbers made of the rank and the place among the report's figures, so that both can be
put together by one search for connected components.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

# Figures of one report, at most: as in the ledger (`CLAIMS_PER_READING`).
PLACES = 1 << 20
_STORY = PLACES - 1  # the place that stands for the report itself


def figure(rank: int, place: int) -> int:
    """The number of the figure at a place, from 0, among the figures of the report of that rank."""
    return rank * PLACES + place


def telling(rank: int) -> int:
    """The number of a report as a member of a story."""
    return rank * PLACES + _STORY


def span() -> pa.DataType:
    """A figure as tables name it: its place among the claims of its article, and where it stands in the text."""
    import pyarrow as pa

    return pa.struct([("number", pa.int32()), ("start", pa.int64()), ("end", pa.int64())])


@cache
def reading() -> pa.Schema:
    """What one article comes to by itself. `error` says why nothing else is there."""
    import pyarrow as pa

    total = [("whole", span()), ("parts", pa.list_(span())), ("adds_up", pa.bool_()), ("rule", pa.string())]
    oddity = [
        ("kind", pa.string()),
        ("figures", pa.list_(span())),
        ("what", pa.string()),
        ("rule", pa.string()),
    ]
    return pa.schema(
        [
            ("page", pa.string()),  # the article's identity in a ledger
            ("input", pa.int32()),  # with the next two: its place in all that was read
            ("file", pa.int64()),
            ("record", pa.int64()),
            ("turn", pa.string()),  # the order in which reports meet is by it, then by page
            ("published", pa.string()),  # or "~" when that is unknown: canonical order is by it, then by page
            ("outlet", pa.string()),
            ("title", pa.string()),
            ("day", pa.int32()),  # of publication, a proleptic Gregorian ordinal
            ("words", pa.list_(pa.string())),  # its heaviest words
            ("keys", pa.list_(pa.int64())),  # hashes of the keys under which it meets others
            ("figures", pa.int32()),
            ("note", pa.binary()),  # `reconciliation.statement.Report`, packed by `notes`
            ("sums", pa.list_(pa.struct(total))),
            ("findings", pa.list_(pa.struct(oddity))),
            ("error", pa.string()),
        ]
    )


@cache
def window() -> pa.Schema:
    """A report and those that stand before it under one key."""
    import pyarrow as pa

    return pa.schema([("later", pa.int64()), ("earlier", pa.list_(pa.int64()))])


@cache
def meeting() -> pa.Schema:
    """A report and those it is compared with."""
    import pyarrow as pa

    return pa.schema([("block", pa.int64()), ("later", pa.int64()), ("earlier", pa.list_(pa.int64()))])


@cache
def comparison() -> pa.Schema:
    """What two reports have to do with each other, `a` the one whose turn comes first; or a report with itself."""
    import pyarrow as pa

    link = [("a", pa.int32()), ("b", pa.int32()), ("weight", pa.float64()), ("features", pa.string())]
    return pa.schema(
        [
            ("a", pa.int64()),  # ranks
            ("b", pa.int64()),
            ("a_page", pa.string()),
            ("b_page", pa.string()),
            ("likeness", pa.float64()),
            ("similarity", pa.float64()),  # where one repeats the other's words
            ("repeats", pa.bool_()),  # b repeats a, else a repeats b
            ("packed", pa.binary()),  # all links, for and against: `links.packed`
            ("links", pa.list_(pa.struct(link))),  # those that speak for one series; a, b: numbers of the claims
            ("joins", pa.list_(pa.int64())),  # figures and reports that belong together, two by two
        ]
    )


@cache
def share() -> pa.Schema:
    """A piece of a component: the figures that one report has in it (kind 0), or links between two reports' (1)."""
    import pyarrow as pa

    return pa.schema([("component", pa.int64()), ("kind", pa.int32()), ("rank", pa.int64()), ("data", pa.binary())])


@cache
def series() -> pa.Schema:
    """A series; or (`alone`) a total that stands in none, for its parts' sake."""
    import pyarrow as pa

    place = [("page", pa.string()), ("number", pa.int32()), ("start", pa.int64()), ("end", pa.int64())]
    member = [*place, ("claim", pa.string())]
    relation = [
        ("a", pa.struct(place)),
        ("b", pa.struct(place)),
        ("relation", pa.string()),
        ("rule", pa.string()),
        ("superseded", pa.bool_()),
        ("finding", pa.struct([("kind", pa.string()), ("what", pa.string()), ("rule", pa.string())])),
    ]
    return pa.schema(
        [
            ("id", pa.string()),
            ("alone", pa.bool_()),
            ("label", pa.string()),
            ("event", pa.string()),
            ("counted", pa.string()),
            ("place", pa.string()),
            ("unit", pa.string()),
            ("first_day", pa.string()),
            ("last_day", pa.string()),
            ("origins", pa.int32()),
            ("members", pa.list_(pa.struct(member))),
            ("relations", pa.list_(pa.struct(relation))),
            ("input", pa.int32()),  # of the first member, with the next three
            ("file", pa.int64()),
            ("record", pa.int64()),
            ("number", pa.int32()),
            ("line", pa.string()),  # as `dabi series --format jsonl` writes it
        ]
    )


@cache
def story() -> pa.Schema:
    """A story with its reports in canonical order."""
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.string()),
            ("title", pa.string()),
            ("first_day", pa.string()),
            ("last_day", pa.string()),
            ("outlets", pa.list_(pa.string())),
            ("words", pa.list_(pa.string())),
            ("reports", pa.list_(pa.string())),
        ]
    )
