"""The sentence that proves a claim, cut at its figure so that the figure can be marked."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Analysis, Claim
from .marks import word_end

# Code points shown on either side of the figure. Real sentences fit; a page without any sentence end, read as one
# sentence, does not, and would be repeated whole for each of its claims.
_REACH = 600


class Evidence(NamedTuple):
    """`before + figure + after` is the sentence; what lies beyond reach is given as “…”.

    The figure goes on to the end of its last word, case ending included.
    """

    before: str
    figure: str
    after: str


def evidence(analysis: Analysis, claim: Claim) -> Evidence:
    """The sentence of a claim. The analysis must carry its text."""
    text = analysis.text or ""
    quantity = analysis.quantities[claim.quantity]
    start = max(claim.sentence.start, quantity.start - _REACH)
    figure_end = min(word_end(text, quantity.end), max(claim.sentence.end, quantity.end))
    end = min(claim.sentence.end, figure_end + _REACH)
    before = text[start : quantity.start] if start == claim.sentence.start else "…" + text[start : quantity.start]
    after = text[figure_end:end] if end == claim.sentence.end else text[figure_end:end] + "…"
    return Evidence(before, text[quantity.start : figure_end], after)
