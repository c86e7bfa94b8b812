"""Speech that carries on without a cue of its own: "X বলেন, …। …। …।".

Whether a sentence still reports the speaker before it is a sum of weights (lexicon/continuing.tsv) over what can be
read off it: who speaks in which tense, whether it says আমরা, ends in -বে, opens with এদিকে … `training.py` computes the
weights.
"""

from __future__ import annotations

import math
from functools import cache

from ..lexicon import rows
from ..phrases import PRONOUNS, kind_of
from .contents import extent
from .units import Draft, Unit

SPEAKING = frozenset(w for w, r in PRONOUNS.items() if r["refers"] == "speaker") | frozenset(
    {"আমাকে", "আমাদেরকে", "আমাদেরও", "আপনি", "আপনারা", "আপনাদের", "আপনার", "তোমরা"}
)
_LONG_PARAGRAPH = 15  # sentences: whole articles without paragraphs, where narrative and speech alternate
_ENDINGS = (
    ("বে", "will"),
    ("েছেন", "has_done_honorific"),
    ("েন", "does_honorific"),
    ("ছিল", "had_done"),
    ("ছিলেন", "had_done"),
    ("েছে", "has_done"),
    ("ছে", "is_doing"),
)


@cache
def _openers() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Phrases with which the outlet takes the word again, by their first word, each with whether it surely does."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for row in rows("narrative_openers.tsv"):
        words = tuple(row["phrase"].split())
        table.setdefault(words[0], []).append((words, row["sure"] == "yes"))
    return {first: tuple(phrases) for first, phrases in table.items()}


@cache
def weights() -> dict[str, float]:
    """The weight of each feature, in units of log odds; their sum must exceed 0."""
    return {row["feature"]: float(row["weight"]) for row in rows("continuing.tsv")}


def carry_on(units: list[Unit]) -> None:
    """Give each sentence that still reports the speaker before it an attribution without source and cue."""
    current: Draft | None = None
    before: Unit | None = None
    distance = 0
    for unit in units:
        if unit.role != "body":
            before = current = None
            continue
        if unit.drafts:
            if (
                current is None
                or before is None
                or not is_inner(unit)
                or _sum(current, distance + 1, unit, before) <= 0
            ):
                current, distance = carrier(unit), 0
        elif current is not None and before is not None:
            total = _sum(current, distance + 1, unit, before)
            if total > 0:
                distance += 1
                _add(unit, current, total)
            else:
                current = None
        before = unit


def features(current: Draft, distance: int, unit: Unit, before: Unit) -> list[str]:
    """What speaks for or against a sentence carrying on the speech of `current`, `distance` sentences after it."""
    words = unit.p.words
    first = words[unit.first]
    last = words[unit.end - 1] if unit.end > unit.first else ""
    rule = current.rule.removeprefix("attributions.")
    found = ["always", "after " + rule + ("" if current.source else " without source")]
    if current.source_type == "document":
        found.append("after a document")
    if current.found is not None:
        found.append(f"cue in {current.found.tense or 'no tense'} {current.found.person}".rstrip())
        if current.found.voice != "active":
            found.append("cue is " + current.found.voice)
    found.append(f"sentence {min(distance, 4)}")
    if any(w in SPEAKING for w in words[unit.first : unit.last]):
        found.append("speaks of আমি আমরা আপনি")
    if last in ("না", "নেই", "নয়"):
        found.append("ends in a negation")
    else:
        for ending, name in _ENDINGS:
            if last.endswith(ending):
                found.append("verb " + name)
                break
        else:
            found.append("verb হয়" if last in ("হয়", "হন") else "no such verb")
    for phrase, sure in _openers().get(first, ()):
        if tuple(words[unit.first : unit.first + len(phrase)]) == phrase:
            found.append("sure opener" if sure else "narrative opener")
            break
    found.append("begins " + first)
    if kind_of(first) == "pronoun":
        found.append("begins with a pronoun")
    if unit.passage != before.passage:
        found.append("new paragraph")
    if len(unit.p.sentences) > _LONG_PARAGRAPH:
        found.append("long paragraph")
    if unit.quotes:
        found.append("has a quotation")
    if unit.cues:
        found.append("has a cue")
    if any(w[0].isdigit() for w in words[unit.first : unit.last]):
        found.append("has a number")
    found.append(f"length {min((unit.last - unit.first) // 8, 4)}")
    return found


def _sum(current: Draft, distance: int, unit: Unit, before: Unit) -> float:
    table = weights()
    found = features(current, distance, unit, before)
    if "sure opener" in found:
        return -math.inf
    return sum(table.get(feature, 0.0) for feature in found)


def _add(unit: Unit, current: Draft, total: float) -> None:
    span = extent(unit.p, unit.first, unit.last)
    if span is None:
        return
    draft = Draft(unit, "attributions.continuing")
    draft.content.append(span)
    draft.act = current.act if current.act in ("claim", "accuse") else "state"
    draft.continues = current
    draft.entries.append("continuing.tsv")
    draft.steps.append(f"no cue: the sentence still reports the speaker before it (sum of weights {total:+.1f})")
    unit.drafts.append(draft)


def is_inner(unit: Unit) -> bool:
    """Whether all attributions of a unit are the running speaker's own (আমরা আশা করি …) or name nobody."""
    words = unit.p.words
    for draft in unit.drafts:
        if draft.anaphoric or draft.form == "direct":
            return False
        if draft.source is not None:
            if words[draft.source[1] - 1] not in SPEAKING:
                return False
        elif draft.found is None or (
            draft.found.person == "3h" and draft.cue is not None and draft.cue[0] == unit.first
        ):
            return False
    return True


def carrier(unit: Unit) -> Draft | None:
    """The draft whose speech can run on into the next sentence."""
    own = [draft for draft in unit.drafts if not draft.quoted]
    if not own:
        return None
    last = max(own, key=lambda draft: draft.content[0][1] if draft.content else 0)
    return last if last.form == "indirect" and not last.anaphoric else None
