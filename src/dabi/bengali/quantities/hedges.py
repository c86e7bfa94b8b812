"""Hedges around a figure: about, more than, at least, less than, up to."""

from __future__ import annotations

from typing import NamedTuple

from ..lexicon import rows
from ..passage import Passage, passage


class HedgeMatch(NamedTuple):
    hedge: str
    first: int
    last: int
    entry: str


_BEFORE: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}  # last word: words before it, hedge, entry
_AFTER: dict[str, tuple[str, str, str]] = {}  # word: hedge, needs, entry
for _row in rows("hedges.tsv"):
    _phrase = _row["phrase"]
    _tokens = passage(_phrase).words
    _entry = f"hedges.tsv: {_phrase}"
    if _row["side"] == "before":
        _BEFORE.setdefault(_tokens[-1], []).append((tuple(_tokens[:-1]), _row["hedge"], _entry))
    else:
        _AFTER.setdefault(_phrase, (_row["hedge"], _row["needs"], _entry))
for _phrases in _BEFORE.values():
    _phrases.sort(key=lambda item: -len(item[0]))

# Words between a figure in the genitive and its hedge: ১০ কোটির কিছু বেশি.
_BETWEEN = frozenset(("কিছু", "কিছুটা", "সামান্য", "একটু", "অনেক", "চেয়ে", "থেকে"))
_DASHES = frozenset("-–—")
_GENITIVE_ALONE = frozenset(("এর", "র", "এরও", "রও", "টিরও", "টির", "জনেরও", "জনের"))


def before(p: Passage, first: int) -> HedgeMatch | None:
    """The hedge that ends just before token `first`."""
    if first == 0:
        return None
    words = p.words
    for lead, hedge, entry in _BEFORE.get(words[first - 1], ()):
        start = first - 1 - len(lead)
        if start >= 0 and tuple(words[start : first - 1]) == lead:
            return HedgeMatch(hedge, start, first, entry)
    return None


def after(p: Passage, j: int, case: str, measured: bool = False) -> HedgeMatch | None:
    """The hedge behind a figure that ends before token j in the given case; ২০০-এর and ২০০র are genitives too."""
    words = p.words
    n = len(words)
    genitive = case == "genitive"
    if j < n and not genitive:
        k = j + 1 if words[j] in _DASHES and p.touches(j) else j
        if k < n and words[k] in _GENITIVE_ALONE:
            genitive, j = True, k + 1
    if j >= n:
        return None
    if genitive:
        k = j
        while k < n and k < j + 2 and words[k] in _BETWEEN:
            k += 1
        found = _AFTER.get(words[k]) if k < n else None
        if found is None:
            return None
        if k > j and words[k - 1] == "থেকে" and found[0] not in ("more_than", "less_than"):
            return None
        return HedgeMatch(found[0], j, k + 1, found[2])
    found = _AFTER.get(words[j])
    if found is not None and (found[1] == "any" or (found[1] == "number" and not measured)):
        return HedgeMatch(found[0], j, j + 1, found[2])
    return None
