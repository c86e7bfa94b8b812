"""Sentences that are one sentence printed twice."""

from __future__ import annotations

from functools import lru_cache

from ..bengali.passage import passage
from .statement import Statement

COPIED = 0.5  # share of common words above which two sentences are one
_SHORTEST = 4  # words: shorter ones are alike by chance


def copied(a: Statement, b: Statement) -> bool:
    """Whether the sentences of two figures are one sentence printed twice, edited perhaps."""
    one, other = _words(a.evidence), _words(b.evidence)
    if min(len(one), len(other)) < _SHORTEST:
        return False
    return len(one & other) >= COPIED * len(one | other)


@lru_cache(maxsize=16384)
def _words(evidence: str) -> frozenset[str]:
    return frozenset(word for word in passage(evidence).words if word[:1].isalpha())
