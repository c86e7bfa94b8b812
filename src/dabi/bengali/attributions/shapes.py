"""The shapes of reported speech, as an ordered list of named rules. For every cue the first rule that fits wins.

X বলেন, …            speech_forward          … বলে জানান X            speech_backward
X-এর দাবি, …         noun_forward            …, অভিযোগ X-এর           noun_backward
X-এর মতে, …          postposition            ‘…’, বলেন X              quote_before
X বলেছেন …           bare_forward            …, জানালেন X             clause_before
এ তথ্য জানান X       points_back             … উল্লেখ করে X বলেন, …   participle_statement
…-র অভিযোগে মামলা      charge                  …-র দাবি জানান X         nominal_before
Headlines have their own list in headlines.py, and continuing.py adds what runs on without a cue.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ..lexicon import words_of
from ..phrases import ORGANISATIONS, kind_of
from ..remembered import places
from ..verbs import verb_forms
from .backward import clause_before, noun_backward, quote_before, speech_backward
from .clauses import INTRODUCES, SAYING, Clause
from .contents import clause_start
from .forward import bare_forward, hopeful_forward, noun_forward, postposition, speech_forward
from .left_of_cue import anaphor_before
from .nominal import charge, nominal_before
from .noun_phrases import extend_left
from .participles import participle_statement
from .pointing_back import points_back
from .units import Draft, Unit

Rule = Callable[[Clause], Draft | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("attributions.points_back", points_back),
    ("attributions.speech_forward", speech_forward),
    ("attributions.noun_forward", noun_forward),
    ("attributions.noun_forward", hopeful_forward),
    ("attributions.speech_backward", speech_backward),
    ("attributions.noun_backward", noun_backward),
    ("attributions.quote_before", quote_before),
    ("attributions.clause_before", clause_before),
    ("attributions.participle_statement", participle_statement),
    ("attributions.charge", charge),
    ("attributions.nominal_before", nominal_before),
    ("attributions.postposition", postposition),
    ("attributions.bare_forward", bare_forward),
)


def drafts_of(unit: Unit, before: Unit | None, rules: tuple[tuple[str, Rule], ...] = RULES) -> list[Draft]:
    """The attributions that the cues of a unit make."""
    found: list[Draft] = []
    floor = unit.first
    for cue in unit.cues:
        if _is_no_report(unit, cue.first, cue.last):
            continue
        clause = Clause(unit, cue, floor, before)
        for _, rule in rules:
            draft = rule(clause)
            if draft is not None:
                found.append(draft)
                break
        if cue.finite or (cue.voice == "postposition" and found and found[-1].found is cue):
            floor = cue.last
    _share_subjects(found)
    _quoted_people(found)
    _end_before_tail(found)
    _at_second_hand(unit, found)
    found = [draft for draft in found if not _adds_nobody(draft, found)]
    return found


def _share_subjects(drafts: list[Draft]) -> None:
    """The subject of a participle cue is that of the finite cue behind it: … দাবি জানিয়ে তিনি বলেন, …"""
    for draft, following in pairwise(drafts):
        if draft.found is None or following.found is None or draft.found.tense != "participle" or draft.cue is None:
            continue
        if draft.unit.p.words[draft.cue[1]] in SAYING:
            continue  # পুলিশ টাকা দাবি করে | বলে জানান X
        own = draft.source is not None and draft.source[1] <= draft.cue[0]
        if following.source is not None and following.found.finite and not own:
            draft.source = following.source
            draft.steps.append("source: that of the cue which follows the participle")


def _adds_nobody(draft: Draft, drafts: list[Draft]) -> bool:
    """X জানায়, … বলে ধারণা করা হচ্ছে: an impersonal cue inside what X says; X remains the one who says it."""
    if draft.source is not None or draft.found is None or draft.found.voice != "passive" or draft.cue is None:
        return False
    if draft.rule != "attributions.speech_backward" or draft.found.entry.act != "expect":
        return False
    at = draft.unit.p.starts[draft.cue[0]]
    for outer in drafts:
        if outer.source is not None and outer.content and outer.content[0][0] <= at < outer.content[-1][1]:
            if outer.act == "state":
                outer.act = "expect"
            outer.entries.extend(draft.entries)
            outer.steps.append("act: what is said is itself held to be likely, by nobody else")
            return True
    return False


def _quoted_people(drafts: list[Draft]) -> None:
    """‘…’, KCNA কিমকে উদ্ধৃত করেছে: who is quoted is the source, who quotes him the chain."""
    for draft in drafts:
        if draft.cue is not None and draft.unit.p.words[draft.cue[0]] == "উদ্ধৃত" and draft.to is not None:
            if draft.source is not None:
                p = draft.unit.p
                draft.via.append((p.starts[draft.source[0]], p.ends[draft.source[1] - 1]))
            draft.source, draft.to = draft.to, None
            draft.steps.append("source: whom the quoting medium quotes")


def _end_before_tail(drafts: list[Draft]) -> None:
    """X বলেছেন …, Z জানিয়েছে: what X said ends where the report of Z ends, before Z."""
    for outer in drafts:
        if outer.rule != "attributions.clause_before" or len(outer.content) != 1 or outer.cue is None:
            continue
        start, end = outer.content[0]
        p = outer.unit.p
        for inner in drafts:
            if inner is outer or inner.cue is None or len(inner.content) != 1:
                continue
            if start <= p.starts[inner.cue[0]] < end <= inner.content[0][1] and inner.content[0][0] < end:
                inner.content[0] = (inner.content[0][0], end)


MONTHS = words_of("months.tsv")
_SECOND_HAND = (("বরাত", "দিয়ে"), ("উদ্ধৃতি", "দিয়ে"), ("বরাতে",), ("উদ্ধৃত", "করে"), ("সূত্রের", "বরাতে"))


def _begin_behind(unit: Unit, drafts: list[Draft], i: int) -> None:
    """মঙ্গলবার সূত্রের বরাতে | …, X জানিয়েছে: on whose word it is reported is no part of what is said."""
    p, words = unit.p, unit.p.words
    last = i + (2 if words[i] in ("বরাত", "উদ্ধৃতি", "উদ্ধৃত") else 1)
    start = extend_left(p, unit.first, i)
    if last >= unit.last:
        return
    for draft in drafts:
        if draft.form != "indirect" or len(draft.content) != 1 or draft.rule == "attributions.postposition":
            continue
        begin, end = draft.content[0]
        if not begin <= p.starts[start] < p.starts[last] < end:
            continue
        lead = [k for k in range(unit.first, start) if p.starts[k] >= begin]
        if all(kind_of(words[k]) in ("adjunct", "mark", "number", "determiner") or words[k] in MONTHS for k in lead):
            draft.content[0] = (p.starts[last], end)


_REPORTING = frozenset({"বরাত", "উদ্ধৃতি", "বরাতে", "উদ্ধৃত"})


def _at_second_hand(unit: Unit, drafts: list[Draft]) -> None:
    """X-এর বরাত দিয়ে Y জানায়: Y says it, and it came through X."""
    words = unit.p.words
    for i in places(words[unit.first + 1 : unit.last], _REPORTING.__contains__, unit.first + 1):
        if not any(tuple(words[i : i + len(phrase)]) == phrase for phrase in _SECOND_HAND):
            continue
        kind = kind_of(words[i - 1])
        if kind not in ("genitive", "plural_objective", "objective"):
            continue
        _begin_behind(unit, drafts, i)
        for draft in drafts:
            if draft.cue is None or draft.source is None or not i < draft.cue[0] < i + 14 or draft.source[1] == i:
                continue  # X-এর বরাতে বলা হয়েছে: X is the source itself
            start = extend_left(unit.p, unit.first, i)
            if start <= draft.source[0] < draft.source[1] <= i:
                body = draft.source[0]  # সিএনএন | তিনজন কর্মকর্তার বরাত দিয়ে
                while body < draft.source[1] and words[body] not in ORGANISATIONS:
                    body += 1
                if body == draft.source[1]:
                    continue
                draft.source = (draft.source[0], body + 1)
            if draft.source[0] <= start < draft.source[1]:
                start = draft.source[1]
            draft.via.append((unit.p.starts[start], unit.p.ends[i - 1]))
            draft.steps.append("chain: on whose word the source reports")
            break


_WRITTEN = frozenset(
    form
    for word in ("চিঠি", "গান", "বই", "কবিতা", "গল্প", "উপন্যাস", "নাটক", "চিত্রনাট্য", "কলাম")
    for form in (word, word + "টি", word + "টা")
)


def _is_no_report(unit: Unit, first: int, last: int) -> bool:
    """Whether the words of a cue report nothing here: বলে as "that", কথা বলেন "speaks with"."""
    words = unit.p.words
    if words[first] in SAYING and last - first == 1:
        return last >= unit.last or words[last] not in INTRODUCES
    if words[first] in ("খবর", "তথ্য") and any(word.endswith("নি") for word in words[first + 1 : last + 1]):
        return True  # ক্ষয়ক্ষতির খবর পাওয়া যায়নি
    if last - first == 1 and any(reading.verb == "লেখা" for reading in verb_forms().get(words[first], ())):
        before = words[clause_start(unit, first) : first]
        return not _WRITTEN.isdisjoint(before)  # বহু চিঠি লিখেছে, গানটা লিখেছি
    if first > unit.first and words[first - 1] == "কথা" and words[first].startswith("বল") and last - first == 1:
        return not anaphor_before(words, first, unit.first) and not words[max(unit.first, first - 2)].endswith("র")
    return False
