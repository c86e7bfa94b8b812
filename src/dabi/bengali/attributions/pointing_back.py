"""Shapes that point back to what was said before: এ তথ্য নিশ্চিত করেছেন X."""

from __future__ import annotations

from ..phrases import kind_of
from .clauses import (
    INTRODUCES,
    OPENING,
    Clause,
    add_content,
    content_start,
    count_words,
    draft_of,
    is_speech,
    quote_after,
    take_subject,
    unfinished,
)
from .contents import clause_start, extent
from .left_of_cue import look_left
from .noun_phrases import extend_left, has_evidence
from .right_of_cue import look_right
from .sources import best_subject, document_before
from .units import Draft, Unit

_GATHERINGS = frozenset({"সম্মেলনে", "ব্রিফিংয়ে", "সভায়", "বৈঠকে", "অনুষ্ঠানে", "সমাবেশে"})


def points_back(c: Clause) -> Draft | None:
    """এ তথ্য নিশ্চিত করেছেন X: what is reported is the sentence before."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice not in ("active", "passive") or not (cue.finite or cue.tense == ""):
        return None
    if cue.last < c.unit.end and words[cue.last] in INTRODUCES:
        quote = quote_after(c.unit, cue.last)
        if words[cue.last] not in OPENING or (quote is not None and is_speech(c.unit, quote)):
            return None
    floor = clause_start(c.unit, cue.first)
    left = look_left(p, floor, cue.first)
    anaphor = left.anaphor
    if (
        anaphor is None
        and words[cue.first - 1] == "তা"
        and floor == unit.first
        and cue.first - 1 >= floor
        and cue.verb_alone
    ):
        anaphor = (cue.first - 1, cue.first)  # বিজ্ঞপ্তিতে তা জানানো হয়েছে
    if anaphor is None and cue.verb_alone and cue.first - 3 >= floor:
        last = words[cue.first - 3 : cue.first]
        if last[0] in _POINTING and kind_of(last[1]) == "genitive" and last[2] in ("কথা", "কথাই", "তথ্য"):
            anaphor = (cue.first - 3, cue.first)  # এমন সিদ্ধান্তের কথা জানান
    if (
        anaphor is None
        and words[cue.first] in ("তথ্য", "খবর")
        and words[cue.first - 1] in _POINTING
        and cue.first > floor
    ):
        anaphor = (cue.first - 1, cue.first + 1)  # কর্মকর্তাদের সঙ্গে কথা বলে এ তথ্য পাওয়া গেছে
    if anaphor is None:
        return _this_very_act(c, floor)
    one_word = anaphor[1] - anaphor[0] == 1
    if one_word and anaphor[0] > floor and kind_of(words[anaphor[0] - 1]) == "genitive":
        return None  # জামিন নামঞ্জুরের বিষয়টি: the content stands in this sentence
    draft = draft_of(c, "attributions.points_back")
    take_subject(draft, c, floor)
    if draft.source is not None and anaphor[0] <= draft.source[0] < anaphor[1]:
        draft.source = None  # সে কথাই বলেছেন X
    if draft.source is not None and draft.source[0] < anaphor[0] < draft.source[1]:
        draft.source = (draft.source[0], anaphor[0])  # সংস্থাটি | এ আশঙ্কার কথা জানিয়েছে
    if cue.voice == "passive":
        draft.source = document_before(p, floor, anaphor[0]) or document_before(p, anaphor[1], cue.first)
        if draft.source is None and anaphor[0] > floor and words[anaphor[0] - 1] in _GATHERINGS:
            draft.source = (extend_left(p, floor, anaphor[0]), anaphor[0])
    right = look_right(p, cue.last, c.unit.end)
    if right is not None and (draft.source is None or _only_behind(c, draft.source, right)):
        draft.source = right  # প্রদর্শনী দেখতে এসে এ কথা বলেন X
        draft.steps.append("source: the noun phrase after the cue")
    if draft.source is None:
        draft.source = document_before(p, floor, anaphor[0])
    if draft.source is None and cue.last < c.unit.end <= cue.last + 8:
        draft.source = (cue.last, c.unit.end)  # এমনটাই দাবি গোয়েন্দাদের
    before = c.before
    if (
        floor > c.unit.first
        and anaphor[0] - floor < 3
        and count_words(p, c.unit.first, floor) > 3
        and draft.source is not None
    ):
        start = content_start(c, floor)
        if add_content(draft, extent(p, start, floor), f"“{p.slice(*anaphor)}” points to the clause before the comma"):
            return draft
    if (
        before is not None
        and before.role == "body"
        and not _only_meets(before)
        and all(d.anaphoric or d.cue is None for d in before.drafts)
    ):
        why = f"“{p.slice(*anaphor)}” points to the sentence before, which has no cue of its own"
        add_content(draft, extent(before.p, before.first, before.last), why)
        before.pointed_at = True
    else:
        draft.anaphoric = True
        why = "the anaphor itself: the sentence before has its own cue"
        add_content(draft, (p.starts[anaphor[0]], p.ends[anaphor[1] - 1]), why)
    return draft


def _only_behind(c: Clause, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether a person or body stands behind the cue, and none before it; প্রদর্শনী ‘আলো’ is neither."""
    words = c.p.words
    called = words[left[1] - 1] in "’”'\""
    return has_evidence(words[slice(*right)]) and (called or not has_evidence(words[slice(*left)]))


_ACTS = frozenset(
    {
        "দাবি",
        "অভিযোগ",
        "মন্তব্য",
        "ঘোষণা",
        "আহ্বান",
        "আহবান",
        "নির্দেশ",
        "নির্দেশনা",
        "আদেশ",
        "হুঁশিয়ারি",
        "আশ্বাস",
        "আশা",
        "আশঙ্কা",
        "প্রতিশ্রুতি",
        "অনুরোধ",
        "পরামর্শ",
        "সুপারিশ",
        "প্রস্তাব",
        "স্লোগান",
        "উদ্বেগ",
        "প্রশ্ন",
        "সিদ্ধান্ত",
        "পূর্বাভাস",
    }
)
_ARISES = frozenset({"উঠেছে", "উঠেছিল", "ওঠে", "উঠে", "উঠল"})
_POINTING = frozenset({"এ", "এই", "এমন", "এসব", "একই", "অনুরূপ"})


def _this_very_act(c: Clause, floor: int) -> Draft | None:
    """আদালত এ আদেশ দেন: the noun of the cue itself points back, nothing new is said."""
    cue, p, unit = c.cue, c.p, c.unit
    at = cue.first - 1
    if cue.verb_alone or at < unit.first or p.words[at] not in _POINTING or not cue.finite:
        return None
    if p.words[cue.first] not in _ACTS or p.words[cue.last - 1] in _ARISES:
        return None
    draft = draft_of(c, "attributions.points_back")
    if cue.voice == "active":
        left, right = best_subject(p, floor, at, unfinished(c))[0].source, look_right(p, cue.last, unit.end)
        draft.source = right if left is None or (right is not None and _only_behind(c, left, right)) else left
    elif cue.voice == "passive":
        draft.source = document_before(p, floor, at)
    before = c.before
    if at - 1 == unit.first and p.words[at - 1] in "-–—" and before is not None and before.p is p and not before.drafts:
        before.pointed_at = True  # কেন মামলা হয়নি?— এমন প্রশ্ন তোলেন X
        why = "the sentence before the dash"
        return draft if add_content(draft, extent(p, before.first, before.last), why) else None
    draft.anaphoric = True
    why = "the noun of the cue points back: nothing new is said"
    return draft if add_content(draft, (p.starts[at], p.ends[cue.first]), why) else None


_MEETINGS = frozenset({"আয়োজন", "অনুষ্ঠিত", "আহ্বান"})


def _only_meets(unit: Unit) -> bool:
    """সংবাদ সম্মেলনের আয়োজন করে সংস্থা। সেখানে এসব তথ্য …: the sentence only tells of the meeting, not of what was said."""
    words = unit.p.words[unit.first : unit.last]
    return any(w in _MEETINGS for w in words) and any(w in _GATHERINGS or w.startswith("সম্মেলন") for w in words)
