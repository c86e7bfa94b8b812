"""Speech that carries on without a cue of its own: "X বলেন, …। …। …।"."""

from __future__ import annotations

from .contents import extent
from .units import Draft, Unit


def carry_on(units: list[Unit]) -> None:
    """Give each sentence that still reports the words of the speaker before it an attribution without source and cue."""
    current: Draft | None = None
    before: Unit | None = None
    for unit in units:
        if unit.role != "body":
            before = None
            current = None
            continue
        if unit.drafts:
            current = _carrier(unit)
        elif current is not None and before is not None and _continues(current, unit, before):
            span = extent(unit.p, unit.first, unit.last)
            if span is not None:
                draft = Draft(unit, "attributions.continuing")
                draft.content.append(span)
                draft.act = current.act if current.act in ("claim", "accuse") else "state"
                draft.continues = current
                draft.steps.append("the sentence still reports the words of the speaker before it")
                unit.drafts.append(draft)
        else:
            current = None
        before = unit


def _carrier(unit: Unit) -> Draft | None:
    """The draft whose speech can run on into the next sentence."""
    last = unit.drafts[-1]
    if last.rule in ("attributions.speech_forward", "attributions.noun_forward") and last.form == "indirect":
        return last
    return None


def _continues(current: Draft, unit: Unit, before: Unit) -> bool:
    return unit.passage == before.passage and not unit.cues
