"""An unfinished cue with a content of its own: … উল্লেখ করে X বলেন, …"""

from __future__ import annotations

from ..phrases import OCCASIONS
from .backward import nominal_start
from .clause_front import look_front
from .clauses import (
    INTRODUCES,
    SAYING,
    Clause,
    add_content,
    content_start,
    count_words,
    draft_of,
)
from .contents import extent
from .left_of_cue import look_left
from .noun_phrases import has_evidence
from .right_of_cue import look_right
from .sources import document_before
from .units import Draft


def participle_statement(c: Clause) -> Draft | None:
    """… উল্লেখ করে X বলেন, …: a participle cue behind its own content; its source is that of the cue that follows."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice != "active" or cue.tense != "participle" or cue.entry.takes not in ("speech", "order", "label"):
        return None
    if words[cue.first] in SAYING or words[cue.first] in ("নিশ্চিত", "সতর্ক", "ঘোষণা", "মনে", "স্বীকার", "অস্বীকার", "চিহ্নিত"):
        return None
    if cue.verb_alone and words[cue.first] != "জানিয়ে":
        return None
    if cue.last < unit.end and words[cue.last] in SAYING:
        return None  # পুলিশ টাকা দাবি করে বলে জানান X: what X says ends in a finite verb
    following = next(
        (o for o in unit.cues if o.first >= cue.last and o.finite and o.voice in ("active", "passive")), None
    )
    if following is None or following.first - cue.last > 25:
        return None
    head = cue.first
    if words[head - 1] in ("নাম", "প্রতি", "কাছে", "সংখ্যা"):
        return None  # নাম উল্লেখ করে মামলা, …-র প্রতি অনুরোধ জানিয়ে
    if head > unit.first and words[head - 1] in ("কথা", "বিষয়টি", "বিষয়", "হিসেবে"):
        head -= 1
    start = content_start(c, head)
    draft = draft_of(c, "attributions.participle_statement")
    between = look_left(p, cue.last, following.first)
    if following.voice == "passive":
        draft.source = document_before(p, cue.last, following.first)
    elif between.source is not None:
        draft.source = between.source
    else:
        draft.source = (
            look_right(p, following.last, unit.end)
            if following.last < unit.end and words[following.last] not in INTRODUCES
            else None
        )
    if draft.source is None:
        front = look_front(p, start, head)
        if front is not None and front[1] < head:
            draft.source = front
            start = front[1]
    unproven = draft.source is not None and not has_evidence(words[draft.source[0] : draft.source[1]])
    if unproven and between.weak and following.voice == "active":
        draft.source = None
    start = nominal_start(c, start, head)
    if count_words(p, start, head) < 2 or look_front(p, start, head) == (start, head):
        return None  # রেহানা পারভিন অভিযোগ করে বলেন: who says it, not what is said
    if words[head - 1] in OCCASIONS:
        return None  # সংবাদ সম্মেলনে অভিযোগ করে বলেন: where it is said
    draft.steps.append("source: that of the cue which follows the participle")
    return draft if add_content(draft, extent(p, start, head), "what stands before the participle cue") else None
