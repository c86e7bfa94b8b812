"""When: times in Bengali text, resolved to EDTF and ISO 8601.

`find` reads a passage with the anchors of its article; `read` reads a text by itself; `parse_date` reads a dateline.
"""

from __future__ import annotations

from ...model import TimeExpression
from ..calendar import Country
from ..passage import passage
from .anchors import Anchors
from .datelines import parse_date
from .grammar import RULES, find

__all__ = ["RULES", "Anchors", "find", "parse_date", "read"]


def read(text: str, published: str | None = None, country: Country = "BD") -> list[TimeExpression]:
    """The times of a text, with offsets into it as given. `published` is an EDTF date."""
    tokens = passage(text)
    found = []
    for mention in find(tokens, Anchors(published, country)):
        start, end = tokens.folded.raw_span(mention.start, mention.end)
        found.append(
            TimeExpression(
                start=start,
                end=end,
                text=text[start:end],
                edtf=mention.edtf,
                duration=mention.duration,
                set=mention.set,
                unresolved=mention.unresolved,
                rule=mention.trace.rule,
            )
        )
    return found
