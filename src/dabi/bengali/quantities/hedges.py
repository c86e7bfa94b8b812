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
_AFTER: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}  # first word: words behind it, hedge, needs, entry
_NOT_WITH: dict[str, frozenset[str]] = {}  # entry: units with which the words only say which reading is meant
for _row in rows("hedges.tsv"):
    _phrase = _row["phrase"]
    _tokens = passage(_phrase).words
    _entry = f"hedges.tsv: {_phrase}"
    if _row["side"] == "before":
        _BEFORE.setdefault(_tokens[-1], []).append((tuple(_tokens[:-1]), _row["hedge"], _entry))
    else:
        for _emphatic in ("", "ও", "ই"):
            _first, *_rest = [*_tokens[:-1], _tokens[-1] + _emphatic]
            _AFTER.setdefault(_first, []).append((tuple(_rest), _row["hedge"], _row["needs"], _entry))
    if _row["not_with"]:
        _NOT_WITH[_entry] = frozenset(_row["not_with"].split(";"))
for _phrases in _BEFORE.values():
    _phrases.sort(key=lambda item: -len(item[0]))
for _longer in _AFTER.values():
    _longer.sort(key=lambda item: -len(item[0]))

# Words between a figure in the genitive and its hedge: ১০ কোটির কিছু বেশি.
_BETWEEN = frozenset(("কিছু", "কিছুটা", "সামান্য", "একটু", "অনেক", "চেয়ে", "থেকে"))
_ASIDE = 8  # tokens of an aside at most
_DASHES = frozenset("-–—")
_GENITIVE_ALONE = frozenset(("এর", "র", "এরও", "রও", "টিরও", "টির", "জনেরও", "জনের"))


def before(p: Passage, first: int, unit: str | None = None) -> HedgeMatch | None:
    """The hedge that ends just before token `first`; সর্বনিম্ন ৯ ডিগ্রি names a reading and is none."""
    if first == 0:
        return None
    words = p.words
    for lead, hedge, entry in _BEFORE.get(words[first - 1], ()):
        start = first - 1 - len(lead)
        if unit is not None and unit in _NOT_WITH.get(entry, ()):
            continue
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
    if not genitive:
        return _match(p, j, j, ("any",) if measured else ("any", "number"))
    k = j
    while k < n and k < j + 2 and words[k] in _BETWEEN:
        k += 1
    found = _match(p, j, k, ("genitive", "any", "number"))
    if found is not None and k > j and words[k - 1] == "থেকে" and found.hedge not in ("more_than", "less_than"):
        return None
    return found


def _match(p: Passage, first: int, at: int, needs: tuple[str, ...]) -> HedgeMatch | None:
    words = p.words
    if at >= len(words):
        return None
    for rest, hedge, need, entry in _AFTER.get(words[at], ()):
        last = at + 1 + len(rest)
        if need in needs and tuple(words[at + 1 : last]) == rest:
            return HedgeMatch(hedge, first, last, entry)
    return None


def across_brackets(p: Passage, j: int, case: str, measured: bool) -> HedgeMatch | None:
    """The hedge behind an aside in brackets: ৫ মিটার (১৬ ফুট) পর্যন্ত, চার মিটারের (১৩ ফুট) বেশি."""
    words = p.words
    if j >= len(words) or words[j] != "(":
        return None
    for k in range(j + 2, min(j + _ASIDE, len(words))):
        if words[k] == ")":
            return after(p, k + 1, case, measured)
    return None
