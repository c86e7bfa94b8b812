"""Speech that carries on without a cue of its own: "X বলেন, …। …। …।".

Whether a sentence still reports the speaker before it is a sum of weights (lexicon/continuing.tsv) over what can be
read off it: who speaks in which tense, whether it says আমরা, ends in -বে, opens with এদিকে … `training.py` computes the
weights.
"""

from __future__ import annotations

import math
from functools import cache

from ..lexicon import rows, words_of
from ..phrases import COMMON_NAMES, NAMES, ORGANISATIONS, PRONOUNS, SUBJECT_PRONOUNS, TITLE_PARTS, TITLES, kind_of
from ..verbs import verb_forms
from .clause_front import look_front
from .contents import extent
from .units import Draft, Unit

SPEAKING = frozenset(w for w, r in PRONOUNS.items() if r["refers"] == "speaker") | frozenset(
    {"আমাকে", "আমাদেরকে", "আমাদেরও", "আপনি", "আপনারা", "আপনাদের", "আপনার", "তোমরা"}
)
# Log odds that are asked for. A sentence without a figure loses no claim when it is left out, and does not end the
# speech; one with a figure gives it to the speaker or to the outlet, so either mistake costs the same; and a speech
# that is taken to go on carries every mistake further. Measured with the weights, see docs/decisions/0007.
UNSAID = 2.8
FIGURE = -0.2
GOES_ON = 1.0
_PROPER_NAMES = NAMES - COMMON_NAMES
_FULL_TITLES = TITLES - TITLE_PARTS
_LONG_PARAGRAPH = 15  # sentences: whole articles without paragraphs, where narrative and speech alternate
_NEGATIONS = frozenset({"না", "নেই", "নয়", "নন", "নাই"})
_NEEDS = frozenset({"উচিত", "দরকার", "প্রয়োজন", "জরুরি", "সম্ভব", "চাই", "পারে", "পারেন", "পারি", "পারবে", "পারবেন", "পারব"})
_PASSIVES = frozenset({"হয়", "হয়েছে", "হয়েছিল", "হচ্ছে", "হলো"})
_ENDINGS = (  # the longest first
    ("েছিলেন", "had_done_honorific"),
    ("েছিল", "had_done"),
    ("ছিলেন", "was_doing"),
    ("ছিল", "was_doing"),
    ("েছেন", "has_done_honorific"),
    ("চ্ছেন", "is_doing_honorific"),
    ("ছেন", "is_doing_honorific"),
    ("বেন", "will"),
    ("লেন", "did_honorific"),
    ("েন", "does_honorific"),
    ("ান", "does_honorific"),
    ("বে", "will"),
    ("েছে", "has_done"),
    ("ছে", "is_doing"),
    ("নি", "has_not_done"),
    ("ল", "did"),
)
_FIRST_PERSON = ("েছি", "চ্ছি", "ছিলাম", "লাম", "তাম")
_FRONT = 6  # tokens in which a date at the front of a sentence is looked for
_MONTHS = words_of("months.tsv")


Phrases = dict[str, tuple[tuple[tuple[str, ...], bool], ...]]  # by their first word, each with whether it is sure


def _phrases(*, anywhere: bool) -> Phrases:
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for row in rows("narrative_openers.tsv"):
        if not anywhere or row["anywhere"] == "yes":
            words = tuple(row["phrase"].split())
            table.setdefault(words[0], []).append((words, row["sure"] == "yes"))
    return {first: tuple(phrases) for first, phrases in table.items()}


@cache
def _openers() -> Phrases:
    """Phrases with which the outlet takes the word again."""
    return _phrases(anywhere=False)


@cache
def _closers() -> Phrases:
    """Phrases anywhere in a sentence by which the outlet speaks of its own work."""
    return _phrases(anywhere=True)


@cache
def weights() -> dict[str, float]:
    """The weight of each feature, in units of log odds."""
    return {row["feature"]: float(row["weight"]) for row in rows("continuing.tsv")}


def carry_on(units: list[Unit]) -> None:
    """Give each sentence that still reports the speaker before it an attribution without source and cue."""
    ahead = outlooks(units)
    current: Draft | None = None
    before: Unit | None = None
    distance = 0
    for unit, outlook in zip(units, ahead, strict=True):
        if unit.role != "body":
            before = current = None
            continue
        if unit.drafts:
            if (
                current is None
                or before is None
                or not is_inner(unit)
                or _sum(current, distance + 1, unit, before, outlook) <= GOES_ON
            ):
                current, distance = carrier(unit), 0
        elif current is not None and before is not None:
            distance += 1
            total = _sum(current, distance, unit, before, outlook)
            if total > (FIGURE if unit.counts else UNSAID) and not unit.pointed_at:
                _add(unit, current, total)
            if total <= GOES_ON:
                current = None
        before = unit


def outlooks(units: list[Unit]) -> list[str]:
    """For each unit, who speaks in the next one that has an attribution: he who is meant by তিনি, or another."""
    found: list[str] = []
    following, passage = "nobody speaks later", -1
    for unit in reversed(units):
        near = "" if passage == unit.passage else " in a later paragraph"
        found.append(following + (near if passage >= 0 else ""))
        if unit.drafts and unit.role == "body":
            following, passage = _outlook(unit), unit.passage
    found.reverse()
    return found


def _outlook(unit: Unit) -> str:
    draft = min(unit.drafts, key=lambda d: (d.cue or d.source or (unit.first, 0))[0])
    words = unit.p.words
    if draft.source is None:
        return (
            "the subject is left out later" if draft.found and draft.found.person == "3h" else "nobody is named later"
        )
    added = draft.cue is not None and any(w in ("আরও", "আরো") for w in words[unit.first : draft.cue[1]])
    if words[draft.source[1] - 1] in SUBJECT_PRONOUNS:
        return "says more later" if added else "speaks again later"
    return "another speaks later"


def _who(current: Draft) -> str:
    """What kind of source speaks."""
    if current.source is None:
        return "nobody"
    words = current.unit.p.words
    last = words[current.source[1] - 1]
    if last in SUBJECT_PRONOUNS:
        return "pronoun"
    kind = kind_of(last)
    if kind in ("plural", "plural_objective"):
        return "group"
    if last in ORGANISATIONS:
        return "organisation"
    if kind in ("locative", "genitive"):
        return "genitive or locative"
    return "person"


def _verb(last: str, before: str) -> str:
    """The tense and person in which a sentence ends."""
    if last in _NEGATIONS:
        return "ends in a negation"
    if last in _NEEDS:
        return "ends in a need or possibility"
    if last in _PASSIVES and before.endswith(("া", "ানো")):
        return "verb is passive " + ("present" if last in ("হয়", "হচ্ছে") else "past")
    if any(r.person == "1" and r.finite for r in verb_forms().get(last, ())) or last.endswith(_FIRST_PERSON):
        return "verb in the first person"
    if kind_of(last) == "verb" or last.endswith(("েন", "বে", "ছে", "ছিল")):
        for ending, name in _ENDINGS:
            if last.endswith(ending):
                return "verb " + name
    return "verb হয়" if last in ("হয়", "হন") else "no such verb"


def features(current: Draft, distance: int, unit: Unit, before: Unit, outlook: str) -> list[str]:
    """What speaks for or against a sentence carrying on the speech of `current`, `distance` sentences after it."""
    p, end = unit.p, unit.end
    words = p.words
    first = words[unit.first]
    last = words[end - 1] if end > unit.first else ""
    mine = words[unit.first : unit.last]
    rule = current.rule.removeprefix("attributions.")
    found = ["always", "after " + rule, _who(current) + " speaks"]
    if current.found is not None:
        found.append(f"cue in {current.found.tense or 'no tense'} {current.found.person}".rstrip())
        if current.found.voice != "active":
            found.append("cue is " + current.found.voice)
        found.append("act " + current.found.entry.act)
    found.append(f"sentence {min(distance, 4)}")
    if not SPEAKING.isdisjoint(mine):
        found.append("speaks of আমি আমরা আপনি")
    verb = _verb(last, words[end - 2] if end - 1 > unit.first else "")
    found.append(verb)
    for phrase, sure in _openers().get(first, ()):
        if tuple(words[unit.first : unit.first + len(phrase)]) == phrase:
            found.append("sure opener" if sure else "narrative opener")
            break
    closers = _closers()
    if not closers.keys().isdisjoint(mine) and any(
        sure and tuple(words[i : i + len(phrase)]) == phrase
        for i in range(unit.first, unit.last)
        for phrase, sure in closers.get(words[i], ())
    ):
        found.append("sure opener")
    found.append("begins " + first)
    found += _front(unit, current)
    found += _since_the_cue(unit, current, before, rule)
    if unit.passage != before.passage:
        found.append("new paragraph")
        found.append("new paragraph, " + verb)
        found.append("new paragraph, " + outlook)
    elif unit.first > 0 and unit.last >= len(p):
        found.append("last of its paragraph")
    found.append(outlook)
    if len(p.sentences) > _LONG_PARAGRAPH:
        found.append("long paragraph")
    if unit.quotes:
        found.append("has a quotation")
    if unit.cues:
        found.append("has a cue")
    if any(w[0].isdigit() for w in mine):
        found.append("has a number")
    if unit.counts:
        found.append("has a figure")
    if len({w for w in mine if len(w) > 3}.intersection(before.p.words[before.first : before.last])):
        found.append("shares a word with the sentence before")
    found.append(f"length {min((unit.last - unit.first) // 8, 4)}")
    return found


def _since_the_cue(unit: Unit, current: Draft, before: Unit, rule: str) -> list[str]:
    """How many paragraphs back the cue stands, and whether it began its own."""
    gap = unit.passage - current.unit.passage
    near = min(gap, 2)
    found = [f"paragraph {min(gap, 4)} after the cue" + (", its first" if unit.passage != before.passage else "")]
    found.append(f"paragraph {near}, after {rule}")
    if current.found is not None:
        found.append(f"paragraph {near}, act {current.found.entry.act}")
    found.append("cue begins its paragraph" if current.unit.first == 0 else "cue later in its paragraph")
    found.append(f"paragraph of {min(len(unit.p.sentences), 6)}")
    return found


def _front(unit: Unit, current: Draft) -> list[str]:
    """Of whom a sentence speaks, and whether it begins with a date."""
    p, words = unit.p, unit.p.words
    first = words[unit.first]
    found = []
    kind = kind_of(first)
    if kind in ("pronoun", "adjunct", "join"):
        found.append("begins with a pronoun" if kind == "pronoun" else "begins with an adjunct")
    front = words[unit.first : min(unit.last, unit.first + _FRONT)]
    if any(w in _MONTHS or (w.isdigit() and len(w) == 4 and w[:2] in ("19", "20")) for w in front):
        found.append("begins with a date")
    if unit.first + 1 < unit.last and first[0].isdigit() and words[unit.first + 1] in ".)":
        found.append("item of a list")
    subject = look_front(p, unit.first, unit.end)
    if subject is None:
        found.append("no named subject")
    else:
        head = words[subject[1] - 1]
        if head in SUBJECT_PRONOUNS:
            found.append("subject " + ("is a speaker" if head in SPEAKING else "is a pronoun"))
        elif head in ORGANISATIONS:
            found.append("subject is an organisation")
        elif kind_of(head) == "plural":
            found.append("subject is a group")
        else:
            found.append("subject is a person")
    for i in range(unit.first + 1, unit.last - 1):
        if words[i] == ")" and words[i - 1].isdigit() and len(words[i - 1]) < 3 and words[i - 2] == "(":
            found.append("age in brackets")
            break
    if current.source is not None:
        said_by = {w for w in current.unit.p.words[current.source[0] : current.source[1]] if _names(w)}
        if said_by.intersection(words[unit.first : unit.last]):
            found.append("names the speaker")
    mine = words[unit.first : unit.last]
    if not _PROPER_NAMES.isdisjoint(mine):
        found.append("names a person")
    if not _FULL_TITLES.isdisjoint(mine):
        found.append("has a title")
    return found


def _names(word: str) -> bool:
    return len(word) > 2 and kind_of(word) == "bare" and word not in TITLES


def _sum(current: Draft, distance: int, unit: Unit, before: Unit, outlook: str) -> float:
    table = weights()
    found = features(current, distance, unit, before, outlook)
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
