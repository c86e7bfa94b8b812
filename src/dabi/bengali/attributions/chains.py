"""Through whom a statement came: the attributions around a nested one, and credits such as "খবর বিবিসির।"."""

from __future__ import annotations

from ..phrases import CASED_HEADS
from .units import Draft, Unit

_NEAREST = 16  # attributions of one sentence, before and behind, among which one is sought that holds another
_CREDITS = frozenset({"খবর", "সূত্র"})


def link_chains(units: list[Unit]) -> None:
    """Give every draft the sources of the drafts whose content holds it, nearest first."""
    before: Unit | None = None
    for unit in units:
        if len(unit.drafts) > 1:
            _nested(unit)
        if before is not None and unit.last - unit.first <= 6 and unit.p.words[unit.first] in _CREDITS:
            _credit(unit, before)
        before = unit


def _span(draft: Draft) -> tuple[int, int]:
    return draft.content[0][0], draft.content[-1][1]


def _place(draft: Draft) -> int:
    tokens = draft.cue or draft.source
    return draft.unit.p.starts[tokens[0]] if tokens else draft.content[0][0]


def _nested(unit: Unit) -> None:
    for k, inner in enumerate(unit.drafts):
        if not inner.content or inner.continues is not None:
            continue
        around = []
        for outer in unit.drafts[max(0, k - _NEAREST) : k + _NEAREST]:
            if outer is inner or outer.source is None or not outer.content:
                continue
            start, end = _span(outer)
            if start <= _place(inner) < end and start <= _span(inner)[0] and _span(inner)[1] <= end:
                around.append((end - start, outer.source))
        for _, source in sorted(around):
            extent = unit.p.starts[source[0]], unit.p.ends[source[1] - 1]
            if extent not in inner.via and (inner.source is None or inner.source != source):
                inner.via.append(extent)
        if around:
            inner.steps.append("chain: it stands in what another source says")


def _credit(unit: Unit, before: Unit) -> None:
    p = unit.p
    for i in range(unit.first + 1, unit.end):
        if p.words[i] in CASED_HEADS:
            for draft in before.drafts:
                draft.via.append((p.starts[unit.first + 1], p.ends[i]))
                draft.steps.append("chain: the credit in the sentence behind")
            return
