"""The shapes of reported speech, as an ordered list of named rules. For every cue the first rule that fits wins.

X বলেন, …        speech_forward          … বলে জানান X       speech_backward
‘…’, বলেন X      quote_before            …-র দাবি জানান X    nominal_before
X-এর মতে, …      postposition            X-এর দাবি, …        noun_forward
এ তথ্য জানান X   points_back             … : X               headline_colon (in headlines.py)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..passage import Passage
from .contents import clause_start, extent, inside
from .cues import Cue
from .phrases import GENITIVE_PRONOUNS, NAMES, ORGANISATIONS, TITLES, documents, kind_of
from .quotes import Quote
from .sources import (
    Left,
    anaphor_before,
    best_subject,
    document_before,
    extend_left,
    has_evidence,
    look_front,
    look_left,
    look_right,
)
from .units import Draft, Unit

_SAYING = frozenset({"বলে", "বলেও", "বলেই"})
_OPENING = frozenset("‘“'\"")
_INTRODUCES = frozenset(",:-–—") | _OPENING


class Clause(NamedTuple):
    """One cue with the stretch of its unit in which source and content are looked for."""

    unit: Unit
    cue: Cue
    floor: int  # first token after the cue before this one
    ceiling: int  # first token of the next cue, or the unit's end
    before: Unit | None  # the unit before

    @property
    def p(self) -> Passage:
        return self.unit.p


def _draft(c: Clause, rule: str) -> Draft:
    draft = Draft(c.unit, rule)
    draft.cue = (c.cue.first, c.cue.last)
    draft.found = c.cue
    draft.act = c.cue.entry.act
    draft.entries.append(c.cue.entry.entry)
    return draft


def _take(draft: Draft, c: Clause, floor: int) -> Left:
    """Give the draft the subject and addressee left of its cue."""
    left, why = best_subject(c.p, floor, c.cue.first, _unfinished(c))
    draft.source = left.source
    draft.to = left.to
    draft.steps.append(why)
    return left


def _unfinished(c: Clause) -> dict[int, int]:
    """Participle cues before this one, which do not end its clause: last token (exclusive) → first."""
    return {o.last: o.first for o in c.unit.cues if o.last <= c.cue.first and o.tense == "participle"}


def _content(draft: Draft, span: tuple[int, int] | None, why: str) -> bool:
    if span is None:
        return False
    draft.content.append(span)
    draft.steps.append(f"content: {why}")
    return True


def _words_between(p: Passage, first: int, last: int) -> int:
    return sum(kind_of(w) != "mark" for w in p.words[first:last])


def _quote_after(unit: Unit, i: int) -> Quote | None:
    """The quotation that opens at token i or right after a comma, dash or যে there."""
    words = unit.p.words
    while i < unit.last and (words[i] in ",:-–—" or words[i] == "যে"):
        i += 1
    for quote in unit.quotes:
        if quote.opening == i:
            return quote
    return None


def _is_speech(unit: Unit, quote: Quote) -> bool:
    words = unit.p.words
    return quote.closing - quote.opening > 5 or words[quote.closing - 1] in "।?!"


def points_back(c: Clause) -> Draft | None:
    """এ তথ্য নিশ্চিত করেছেন X: what is reported is the sentence before."""
    cue, p = c.cue, c.p
    if cue.voice not in ("active", "passive") or not (cue.finite or cue.tense == ""):
        return None
    if cue.last < c.unit.end and p.words[cue.last] in _INTRODUCES:
        return None
    floor = clause_start(c.unit, cue.first)
    left = look_left(p, floor, cue.first)
    anaphor = left.anaphor
    if anaphor is None:
        return None
    if kind_of(p.words[anaphor[0] - 1]) == "genitive" and anaphor[0] > floor and anaphor[1] - anaphor[0] == 1:
        return None  # জামিন নামঞ্জুরের বিষয়টি: the content stands in this sentence
    draft = _draft(c, "attributions.points_back")
    _take(draft, c, floor)
    if draft.source is None:
        draft.source = look_right(p, cue.last, c.unit.end)
        if draft.source:
            draft.steps.append("source: the noun phrase after the cue")
    if draft.source is None:
        draft.source = document_before(p, floor, anaphor[0])
    before = c.before
    if before is not None and before.role == "body" and all(d.anaphoric or d.cue is None for d in before.drafts):
        _content(draft, extent(p if before.p is p else before.p, before.first, before.last),
                 f"“{p.slice(*anaphor)}” points to the sentence before, which has no cue of its own")  # fmt: skip
    else:
        draft.anaphoric = True
        _content(draft, (p.starts[anaphor[0]], p.ends[anaphor[1] - 1]), "the anaphor: the sentence before has its own cue")
    return draft


def speech_forward(c: Clause) -> Draft | None:
    """X বলেন, …: the content follows the cue up to the end of the sentence, or is the quotation there."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice not in ("active", "passive"):
        return None
    if not cue.finite and cue.tense not in ("participle",):
        return None
    end = unit.end
    if cue.last >= end:
        return None
    after = p.words[cue.last]
    introduced = after in _INTRODUCES or after == "যে"
    if not introduced:
        return None
    if not cue.finite and not (after in ",:" or after in _OPENING):
        return None
    quote = _quote_after(unit, cue.last)
    if not cue.finite and quote is None and cue.entry.takes != "speech":
        return None
    if cue.entry.takes in ("feeling", "label") and quote is None and after not in ",:-–—":
        return None
    if cue.verb_alone and cue.tense == "participle" and cue.last - 1 > unit.first and _is_that(c):
        return None
    draft = _draft(c, "attributions.speech_forward")
    floor = clause_start(unit, cue.first)
    _take_for_voice(draft, c, floor)
    if quote is not None and _is_speech(unit, quote):
        draft.form = "direct"
        if not _content(draft, inside(p, quote), "the quotation after the cue, up to its closing mark"):
            return None
        rest = quote.closing + 1
        if rest < unit.last and _words_between(p, rest, unit.end) > 6 and not _cue_in(unit, rest):
            pass
        return draft
    start = cue.last
    while start < end and (p.words[start] in ",:-–—" or p.words[start] == "যে"):
        start += 1
    if not _content(draft, extent(p, start, end), "from behind the cue to the end of the sentence"):
        return None
    if cue.entry.takes != "speech" and _words_between(p, start, end) < 3:
        return None
    if not cue.finite and _has_later_finite(c):
        return None
    return draft


def _is_that(c: Clause) -> bool:
    """Whether বলে at the cue is the conjunction "that" or "saying", not the verb "says"."""
    p, cue = c.p, c.cue
    if p.words[cue.first] not in _SAYING:
        return False
    before = kind_of(p.words[cue.first - 1]) if cue.first > c.unit.first else "mark"
    return before not in ("bare", "pronoun", "plural") or p.words[cue.last] != ","


def _has_later_finite(c: Clause) -> bool:
    return any(other.first > c.cue.first and other.finite for other in c.unit.cues)


def _cue_in(unit: Unit, start: int) -> bool:
    return any(cue.first >= start for cue in unit.cues)


def _take_for_voice(draft: Draft, c: Clause, floor: int) -> None:
    """The source of an active cue is its subject; of a passive one a document or a place of record, if any."""
    cue, p = c.cue, c.p
    if cue.voice == "active":
        _take(draft, c, max(floor, c.floor))
        return
    draft.source = document_before(p, max(floor, c.floor), cue.first)
    if draft.source:
        draft.source_type = "document"
        draft.steps.append("source: the document or body before the passive cue")
    else:
        draft.steps.append("the passive names no source")


def speech_backward(c: Clause) -> Draft | None:
    """… বলে জানান X, X … বলে জানান: the content stands before বলে."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice not in ("active", "passive", "noun"):
        return None
    words = p.words
    at = -1
    for i in range(cue.first - 1, max(unit.first, cue.first - 14) - 1, -1):
        if words[i] in _SAYING and not unit.quote_at(i):
            at = i
            break
        if words[i] in ",;।—" or any(o.first <= i < o.last and o.finite for o in unit.cues):
            break
    if at <= unit.first:
        return None
    draft = _draft(c, "attributions.speech_backward")
    middle = look_left(p, at + 1, cue.first)
    draft.to = middle.to
    if middle.source is not None and cue.voice == "active":
        draft.source = middle.source
        draft.steps.append("source: between বলে and the cue")
    start = _previous_end(c, at)
    right = look_right(p, cue.last, unit.end)
    if draft.source is None and right is not None:
        draft.source = right
        draft.steps.append("source: the noun phrase after the cue")
    if draft.source is None and cue.voice == "passive":
        draft.source = document_before(p, at + 1, cue.first)
    if draft.source is None and cue.voice == "noun":
        return None
    quote = unit.quote_at(at - 1)
    if quote is not None and quote.closing == at - 1 and _is_speech(unit, quote):
        draft.form = "direct"
        if draft.source is None:
            draft.source = look_front(p, start, quote.opening)
        return draft if _content(draft, inside(p, quote), "the quotation before বলে") else None
    if draft.source is None and cue.voice == "active":
        front = look_front(p, start, at)
        if front is not None and has_evidence(words[front[0] : front[1]]):
            draft.source = front
            draft.steps.append("source: the noun phrase at the front of the sentence")
            start = front[1]
    return draft if _content(draft, extent(p, start, at), "from the front of the sentence to বলে") else None


def _previous_end(c: Clause, at: int) -> int:
    """Where the material of this cue begins: behind an earlier cue with its content, or the unit's start."""
    start = c.unit.first
    for other in c.unit.cues:
        if other.last <= at and other.finite and other is not c.cue:
            i = other.last
            while i < at and c.p.words[i] in ",:-–—":
                i += 1
            start = max(start, i)
    return start


def quote_before(c: Clause) -> Draft | None:
    """‘…’, বলেন X; ‘…’ X বলেন: the quotation stands before source and cue."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "active" or not cue.finite:
        return None
    floor = clause_start(unit, cue.first)
    quote = next((q for q in reversed(unit.quotes) if q.closing < cue.first), None)
    if quote is None or not _is_speech(unit, quote):
        return None
    between = p.words[quote.closing + 1 : cue.first]
    if len(between) > 14 or any(w in "।?!" for w in between):
        return None
    draft = _draft(c, "attributions.quote_before")
    _take(draft, c, max(floor, quote.closing + 1))
    if draft.source is None:
        draft.source = look_right(p, cue.last, unit.end)
    if draft.source is None:
        draft.source = look_front(p, unit.first, quote.opening)
    draft.form = "direct"
    return draft if _content(draft, inside(p, quote), "the quotation before the cue") else None


_HEADWORDS = frozenset({"কথা", "কথাও", "বিষয়টি", "বিষয়", "বিষয়টিও", "তথ্য", "খবর", "সত্যতা", "ঘটনা", "ঘটনাটি", "দায়", "সম্ভাবনা", "বিষয়ে", "জন্য"})


def nominal_before(c: Clause) -> Draft | None:
    """…-র দাবি জানান, …-তে নির্দেশ দেন, …-র কথা জানান, … হিসেবে আখ্যায়িত করেন: a noun phrase before the cue is what is said."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice not in ("active", "passive") or not (cue.finite or cue.tense == "participle"):
        return None
    if cue.entry.takes == "feeling":
        return None
    start = max(c.floor, _previous_end(c, cue.first))
    i = cue.first
    to = None
    if i <= start:
        return None
    # addressee between content and cue: …দিতে সচিবকে নির্দেশ দেন
    left = look_left_object(p, start, i)
    if left is not None and kind_of(words[left[0] - 1] if left[0] > start else "।") != "mark":
        to, i = left, left[0]
    head = i
    if words[i - 1] in _HEADWORDS and i - 1 > start:
        head = i - 1
    if words[i - 1] in ("হিসেবে", "হিসাবে", "বলে", "বলেও"):
        head = i - 1
        label = True
    else:
        label = False
    if cue.entry.takes == "label" and not label:
        return None
    if head <= start:
        return None
    last = words[head - 1]
    kind = kind_of(last)
    marked = label or kind == "genitive" or (kind == "locative" and last.endswith("তে")) or last in ("জন্য", "চেয়ে", "না")
    if not marked and last.endswith(("রও", "ইও")):
        marked = True
    if kind == "genitive" and last in GENITIVE_PRONOUNS:
        return None
    if not marked:
        return None
    if cue.verb_alone and head == i and not label and not (last.endswith("তে") or last == "না"):
        return None
    draft = _draft(c, "attributions.nominal_before")
    draft.to = to
    right = look_right(p, cue.last, unit.end)
    if cue.voice == "active" and right is not None and has_evidence(words[right[0] : right[1]]):
        draft.source = right
        draft.steps.append("source: the noun phrase after the cue")
    elif cue.voice == "active":
        front = look_front(p, start, head)
        if front is not None and has_evidence(words[front[0] : front[1]]) and front[1] < head:
            draft.source = front
            draft.steps.append("source: the noun phrase at the front of the clause")
            start = front[1]
        elif right is not None and cue.finite:
            draft.source = right
    else:
        at = clause_start(unit, cue.first)
        k = max(at, start)
        while k < head and kind_of(words[k]) in ("adjunct", "genitive", "determiner", "bare"):
            if words[k] in documents() and kind_of(words[k]) == "locative":
                break
            k += 1
        if k < head and words[k] in documents() and words[k].endswith(("ে", "তে", "য়")):
            draft.source = (extend_left(p, max(at, start), k + 1), k + 1)
            start = k + 1
        elif right is not None and words[right[1] - 1] in ("থেকে", "পক্ষে"):
            draft.source = right
    start = _skip_adjuncts(p, start, head)
    return draft if _content(draft, extent(p, start, head), "the noun phrase before the cue") else None


def _skip_adjuncts(p: Passage, start: int, end: int) -> int:
    words = p.words
    while start < end and (kind_of(words[start]) in ("adjunct", "mark", "join")):
        start += 1
    return start


def look_left_object(p: Passage, floor: int, end: int) -> tuple[int, int] | None:
    """The addressee right before a cue: সচিবকে, আমলাদের, সরকারের প্রতি."""
    words = p.words
    i = end
    if i > floor and words[i - 1] in ("প্রতি", "কাছে"):
        i -= 1
        if kind_of(words[i - 1]) not in ("genitive", "plural_objective"):
            return None
    elif i <= floor or kind_of(words[i - 1]) not in ("objective", "plural_objective"):
        return None
    start = i - 1
    while start > floor and kind_of(words[start - 1]) in ("bare", "genitive") and words[start - 1] in (TITLES | NAMES | ORGANISATIONS):
        start -= 1
    return start, end


def noun_forward(c: Clause) -> Draft | None:
    """X-এর দাবি, …: a noun with the genitive of its source, then the content."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "noun" or not cue.entry.alone:
        return None
    i = cue.last
    words = p.words
    if i < unit.end and words[i] in ("হলো", "হল", "হচ্ছে", "ছিল"):
        i += 1
    if i >= unit.end or (words[i] not in _INTRODUCES and words[i] != "যে"):
        return None
    floor = clause_start(unit, cue.first)
    j = cue.first
    while j > floor and words[j - 1] in ("মূল", "প্রধান", "একটাই", "স্পষ্ট", "এক"):
        j -= 1
    if j <= floor or (kind_of(words[j - 1]) not in ("genitive", "plural_objective") and words[j - 1] not in GENITIVE_PRONOUNS):
        return None
    draft = _draft(c, "attributions.noun_forward")
    draft.source = (extend_left(p, floor, j), j)
    draft.steps.append("source: the genitive before the noun")
    quote = _quote_after(unit, i)
    if quote is not None and _is_speech(unit, quote):
        draft.form = "direct"
        return draft if _content(draft, inside(p, quote), "the quotation after the noun") else None
    return draft if _content(draft, extent(p, i, unit.end), "from behind the noun to the end of the sentence") else None


_NO_SOURCE = frozenset({"আইন", "নিয়ম", "ধারা", "বিধি", "চুক্তি", "সূচি", "পরিকল্পনা", "চাহিদা", "সামর্থ্য", "ইচ্ছা", "শর্ত", "সময়", "প্রয়োজন", "আইনের", "নীতি", "কথা", "ধর্ম", "সংবিধান", "নির্দেশনা", "নির্দেশ"})


def postposition(c: Clause) -> Draft | None:
    """X-এর মতে, …; X অনুযায়ী …: the source stands before the postposition, the content after it (or before the source)."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "postposition":
        return None
    words = p.words
    floor = max(clause_start(unit, cue.first), c.floor)
    i = cue.first
    if i <= floor:
        return None
    kind = kind_of(words[i - 1])
    if cue.entry.case == "genitive" and kind not in ("genitive", "plural_objective") and words[i - 1] not in GENITIVE_PRONOUNS:
        return None
    if not cue.entry.strong:
        stem = words[i - 1]
        if stem in _NO_SOURCE or not (stem in documents() or stem in ORGANISATIONS):
            return None
    draft = _draft(c, "attributions.postposition")
    draft.source = (extend_left(p, floor, i), i)
    draft.steps.append("source: the phrase before the postposition")
    start = cue.last
    end = unit.end
    later = [o for o in unit.cues if o.first > cue.first and o.finite and o.voice in ("active", "passive")]
    if later and cue.entry.cue.startswith(("বরাত", "উদ্ধৃতি")):
        return None
    quote = _quote_after(unit, start)
    if quote is not None and _is_speech(unit, quote):
        draft.form = "direct"
        return draft if _content(draft, inside(p, quote), "the quotation after the postposition") else None
    if _words_between(p, start, end) < 2:
        start, end = unit.first, draft.source[0]
    return draft if _content(draft, extent(p, start, end), "the rest of the sentence") else None


def bare_forward(c: Clause) -> Draft | None:
    """X বলেছেন …: no comma, but a clause follows the cue."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "active" and not (cue.voice == "passive" and cue.entry.takes == "speech"):
        return None
    if not cue.finite or cue.entry.takes not in ("speech",):
        return None
    end = unit.end
    if end - cue.last < 4 or not any(kind_of(w) == "verb" for w in p.words[cue.last : end]):
        return None
    if p.words[cue.last] in JOINS_AND_ENDS:
        return None
    draft = _draft(c, "attributions.bare_forward")
    _take_for_voice(draft, c, clause_start(unit, cue.first))
    return draft if _content(draft, extent(p, cue.last, end), "the clause behind the cue") else None


JOINS_AND_ENDS = frozenset({"এবং", "ও", "তবে", "না", "এ", "আর"})

Rule = Callable[[Clause], Draft | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("attributions.points_back", points_back),
    ("attributions.speech_forward", speech_forward),
    ("attributions.noun_forward", noun_forward),
    ("attributions.speech_backward", speech_backward),
    ("attributions.quote_before", quote_before),
    ("attributions.nominal_before", nominal_before),
    ("attributions.postposition", postposition),
    ("attributions.bare_forward", bare_forward),
)


def drafts_of(unit: Unit, before: Unit | None) -> list[Draft]:
    """The attributions that the cues of a unit make."""
    found: list[Draft] = []
    words = unit.p.words
    floor = unit.first
    for at, cue in enumerate(unit.cues):
        ceiling = unit.cues[at + 1].first if at + 1 < len(unit.cues) else unit.last
        if words[cue.first] in _SAYING and cue.last - cue.first == 1:
            if cue.last >= unit.last or words[cue.last] not in _INTRODUCES:
                continue
        if words[cue.first - 1 : cue.first] == ["কথা"] and cue.verb_alone and words[cue.first].startswith("বল"):
            if cue.first - 2 < unit.first or not anaphor_before(words, cue.first, unit.first):
                continue
        clause = Clause(unit, cue, floor, ceiling, before)
        for _, rule in RULES:
            draft = rule(clause)
            if draft is not None:
                found.append(draft)
                break
        if cue.finite or cue.voice == "postposition":
            floor = cue.last
    return found
