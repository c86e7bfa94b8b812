"""Speech that carries on without a cue of its own: "X বলেন, …। …। …।"."""

from __future__ import annotations

from functools import cache

from ..lexicon import rows
from .contents import extent
from .phrases import PRONOUNS
from .units import Draft, Unit

_RUNS_ON = frozenset(
    {
        "attributions.speech_forward",
        "attributions.noun_forward",
        "attributions.postposition",
        "attributions.bare_forward",
    }
)
_SPEAKING = frozenset(w for w, r in PRONOUNS.items() if r["refers"] == "speaker") | frozenset(
    {"আমাকে", "আমাদেরকে", "আমাদেরও", "আপনি", "আপনারা", "আপনাদের", "আপনার", "তোমরা"}
)


@cache
def _openers() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases with which the outlet takes the word again, by their first word."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("narrative_openers.tsv"):
        words = tuple(row["phrase"].split())
        table.setdefault(words[0], []).append(words)
    return {first: tuple(phrases) for first, phrases in table.items()}


def carry_on(units: list[Unit]) -> None:
    """Give each sentence that still reports the words of the speaker before it an attribution without source and cue."""
    current: Draft | None = None
    before: Unit | None = None
    for unit in units:
        if unit.role != "body":
            before = current = None
            continue
        if unit.drafts:
            inner = current is not None and before is not None and _is_inner(unit)
            if not inner or not _continues(current, unit, before):
                current = _carrier(unit)
        elif current is not None and before is not None and _continues(current, unit, before):
            _add(unit, current)
        else:
            current = None
        before = unit


def _add(unit: Unit, current: Draft) -> None:
    span = extent(unit.p, unit.first, unit.last)
    if span is None:
        return
    draft = Draft(unit, "attributions.continuing")
    draft.content.append(span)
    draft.act = current.act if current.act in ("claim", "accuse") else "state"
    draft.continues = current
    draft.steps.append("no cue: the sentence still reports the words of the speaker before it")
    unit.drafts.append(draft)


def _is_inner(unit: Unit) -> bool:
    """Whether all attributions of a unit are the running speaker's own (আমরা আশা করি …) or name nobody."""
    words = unit.p.words
    for draft in unit.drafts:
        if draft.anaphoric or draft.form == "direct":
            return False
        if draft.source is not None and words[draft.source[1] - 1] not in _SPEAKING:
            return False
        if draft.source is None and (draft.found is None or draft.found.person == "3h" and draft.cue is not None and draft.cue[0] == unit.first):
            return False
    return True


def _carrier(unit: Unit) -> Draft | None:
    """The draft whose speech can run on into the next sentence."""
    last = max(unit.drafts, key=lambda d: d.content[0][1] if d.content else 0)
    if last.form == "indirect" and not last.anaphoric:
        return last
    return None


def _continues(current: Draft, unit: Unit, before: Unit) -> bool:
    words = unit.p.words
    if unit.passage != before.passage:
        return False
    own = any(w in _SPEAKING for w in words[unit.first : unit.last])
    last = words[unit.end - 1] if unit.end > unit.first else ""
    stays = own or last.endswith("বে") or last == "না"
    if stays:
        return True
    if current.rule not in _RUNS_ON:
        return False
    for phrase in _openers().get(words[unit.first], ()):
        if tuple(words[unit.first : unit.first + len(phrase)]) == phrase:
            return False
    return True
