"""How many and how much: counts, money, measures, percentages, ages and ratios in Bengali text.

    >>> from dabi.bengali import quantities
    >>> [(q.low, q.hedge, q.kind) for q in quantities.read("অন্তত ২০ জন আহত")]
    [(20, 'at_least', 'count')]

`find` reads one passage and gives mentions in folded offsets; `read` reads a text on its own and gives the model's
values in offsets of the text as it came in; `to_si` converts a measure.
"""

from __future__ import annotations

from ...model import Quantity, Span
from .. import times
from ..mentions import QuantityMention
from ..passage import passage
from ..script import Folded, fold
from .assembly import find
from .units import to_si

__all__ = ["find", "read", "to_si"]


def read(text: str) -> list[Quantity]:
    """The quantities of a text, in text order, without attribution or time; offsets are those of `text`."""
    folded = fold(text)
    p = passage(folded)
    return [_quantity(text, folded, m) for m in find(p, times.find(p, times.Anchors()))]


def _quantity(text: str, folded: Folded, m: QuantityMention) -> Quantity:
    start, end = folded.raw_span(m.start, m.end)
    of = None
    if m.of is not None:
        a, b = folded.raw_span(*m.of)
        of = Span(a, b, text[a:b])
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        low=m.low,
        high=m.high,
        hedge=m.hedge,
        kind=m.kind,
        unit=m.unit,
        of=of,
        rule=m.trace.rule,
    )
