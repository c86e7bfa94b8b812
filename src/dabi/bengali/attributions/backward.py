"""Shapes in which the content stands before the cue."""

from __future__ import annotations

from ..phrases import GENITIVE_PRONOUNS, INNER_ADJUNCTS, OCCASIONS, documents, kind_of
from .clause_front import look_front
from .clauses import (
    INTRODUCES,
    SAYING,
    Clause,
    add_content,
    add_quote,
    content_start,
    count_words,
    draft_of,
    is_speech,
    take_subject,
)
from .contents import clause_start, extent
from .left_of_cue import look_left
from .noun_phrases import extend_left, has_evidence, is_participle
from .quotes import Quote
from .right_of_cue import look_right
from .sources import document_before
from .units import Draft, Unit

_RESUMES = frozenset({"তা", "তা-ই", "সেটি", "সেটা", "তাই", "সেটিই", "সেটাই"})


def speech_backward(c: Clause) -> Draft | None:
    """… বলে জানান X, X … বলে জানান, … বলে অভিযোগ X-এর: the content stands before বলে."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice not in ("active", "passive", "noun") or cue.tense in ("conditional", "infinitive", "noun"):
        return None
    at = -1
    near = unit.cues_before(cue.first)
    for i in range(cue.first - 1, max(unit.first, cue.first - 14) - 1, -1):
        if words[i] in SAYING and not unit.quote_at(i):
            at = i
            break
        if words[i] in ",;।—" or any(o.first <= i < o.last and o.finite for o in near):
            break
    if at <= unit.first or words[at - 1] == "কথা":
        return None
    if cue.entry.takes == "feeling" and cue.voice != "noun" and not _is_said(c, at):
        return None  # বীর বলে সম্মান জানান
    draft = draft_of(c, "attributions.speech_backward")
    _backward_source(draft, c, at)
    if cue.voice == "noun" and draft.source is None and cue.last < unit.end:
        return None
    start = content_start(c, at)
    quote = unit.quote_at(at - 1)
    if quote is not None and quote.closing == at - 1 and is_speech(unit, quote):
        listed = _first_of_list(unit, quote)
        if draft.source is None:
            draft.source = look_front(p, start, listed.opening)
        if listed is not quote:
            draft.form = "direct"
            why = "the quotations before বলে, one behind the other"
            return draft if add_content(draft, extent(p, listed.opening + 1, quote.closing), why) else None
        return draft if add_quote(draft, quote, "the quotation before বলে") else None
    if draft.source is None and cue.voice == "active":
        front = look_front(p, start, at)
        if front is not None and front[1] < at:
            draft.source = front
            draft.steps.append("source: the noun phrase at the front of the sentence")
            start = front[1]
    if draft.source is None and cue.voice == "active" and start > unit.first and words[start - 1] in ("এবং", "ও", "আর"):
        draft.source = look_front(p, unit.first, start)
    why = "from the front of the sentence to বলে"
    return draft if add_content(draft, extent(p, skip_lead(c, start, at), at), why) else None


_SAID_ALOUD = frozenset(
    {
        "স্লোগান",
        "চিৎকার",
        "ক্ষোভ",
        "উদ্বেগ",
        "হতাশা",
        "প্রশ্ন",
        "আক্ষেপ",
        "সাক্ষ্য",
        "জবানবন্দি",
        "সমালোচনা",
        "দুঃখ",
        "সন্তোষ",
        "বিস্ময়",
        "কটাক্ষ",
        "প্রতিবেদন",
        "তথ্য",
        "খবর",
        "সংবাদ",
        "বিশ্লেষণ",
        "বিবৃতি",
        "রায়",
    }
)


def _is_said(c: Clause, at: int) -> bool:
    """Whether what stands before বলে is a clause or a quotation, so that a cue of feeling reports it."""
    words = c.p.words
    if words[c.cue.first] not in _SAID_ALOUD:
        return False
    quote = c.unit.quote_at(at - 1)
    if quote is not None and quote.closing == at - 1:
        return True
    return kind_of(words[at - 1]) == "verb" or words[at - 1] in ("না", "নেই", "নয়", "ছিল", "আছে", "রয়েছে")


_COURTS = frozenset({"থানায়", "আদালতে", "ট্রাইব্যুনালে"})


def nominal_start(c: Clause, start: int, end: int) -> int:
    """Where a noun phrase that is said begins: past the occasion (সংবাদ সম্মেলনে) and past the addressee (…দের)."""
    words = c.p.words
    for k in range(end - 2, start, -1):
        if words[k] in ("নিজেকে", "নিজেদের") and is_participle(words[k - 1]) and words[c.cue.first] == "দাবি":
            return k  # শুনানিতে এসে | নিজেকে নিরপরাধ (দাবি করেন)
    for k in range(end - 2, start - 1, -1):
        filed = words[k] in _COURTS and "বাদী" in words[start:k]  # X বাদী হয়ে থানায় | … অভিযোগ এনে মামলা করেন
        if words[k] in OCCASIONS or filed or (k > start and words[k].endswith("তেই") and words[k] != "এমনিতেই"):
            start = k + 1  # ঝড় না থামতেই | আরেকটি ঝড়ের পূর্বাভাস
            break
    if c.cue.entry.act == "demand":
        for k in range(start + 1, end - 1):
            if words[k] == "প্রতি" and kind_of(words[k - 1]) in ("genitive", "plural_objective"):
                start = k + 1
                break
            if kind_of(words[k]) in ("verb", "mark", "locative"):
                break
    if c.cue.entry.act in ("demand", "promise"):
        for k in range(start, end - 2):
            kind = kind_of(words[k])
            if kind == "plural_objective" and kind_of(words[k + 1]) == "objective":
                start = k + 1
                break
            if kind in ("verb", "mark"):
                break
    return skip_lead(c, start, end)


def skip_lead(c: Clause, start: int, end: int) -> int:
    """Past connectives at the front of a content: তবে, এ ছাড়া, একই সঙ্গে."""
    words = c.p.words
    while start < end and (
        (kind_of(words[start]) in ("adjunct", "join") and words[start] not in INNER_ADJUNCTS) or words[start] in ",-–—"
    ):
        start += 1
    return start


def _backward_source(draft: Draft, c: Clause, at: int) -> None:
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    right = look_right(p, cue.last, unit.end)
    if cue.voice == "noun":
        j = cue.first
        if j - 1 > at and (
            kind_of(words[j - 1]) in ("genitive", "plural_objective") or words[j - 1] in GENITIVE_PRONOUNS
        ):
            draft.source = (extend_left(p, at + 1, j), j)
        elif cue.last < unit.end and kind_of(words[unit.end - 1]) in ("genitive", "plural_objective"):
            draft.source = (cue.last, unit.end)
        return
    middle = look_left(p, at + 1, cue.first)
    draft.to = middle.to
    if middle.source is not None and cue.voice == "active":
        draft.source = middle.source
        draft.steps.append("source: between বলে and the cue")
    elif right is not None:
        draft.source = right
        draft.steps.append("source: the noun phrase after the cue")
    elif cue.voice == "passive":
        draft.source = document_before(p, at + 1, cue.first)
    if cue.voice == "passive" and cue.last < unit.end and words[unit.end - 1] in documents():
        draft.source = (cue.last, unit.end)


def noun_backward(c: Clause) -> Draft | None:
    """…, অভিযোগ X-এর; … -এমন আশঙ্কা X-এর: a noun behind the content, the genitive of its source at the end."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice != "noun" or not cue.entry.alone or cue.last >= unit.end:
        return None
    if kind_of(words[unit.end - 1]) not in ("genitive", "plural_objective") or unit.end - cue.last > 12:
        return None
    at = cue.first
    if words[at - 1] == "এমন" and at - 1 > unit.first:
        at -= 1
    if at <= unit.first or words[at - 1] not in ",:-–—" or words[cue.first] == "খবর":
        return None
    draft = draft_of(c, "attributions.noun_backward")
    draft.source = (cue.last, unit.end)
    draft.steps.append("source: the genitive after the noun")
    why = "what stands before the noun"
    start = content_start(c, at)
    return draft if add_content(draft, extent(p, start if start < at - 1 else unit.first, at), why) else None


def quote_before(c: Clause) -> Draft | None:
    """‘…’, বলেন X; ‘…’ X বলেন: the quotation stands before source and cue."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "active" or not cue.finite:
        return None
    floor = clause_start(unit, cue.first)
    quote = next((q for q in reversed(unit.quotes) if q.closing < cue.first), None)
    if quote is None or not is_speech(unit, quote):
        return None
    between = p.words[quote.closing + 1 : cue.first]
    if quote.closing + 1 < floor - 2 and count_words(p, quote.closing + 1, floor) > 3:
        return None  # ‘…’ এবং …, X বলেন: more than the quotation is said
    if len(between) > 14 or any(w in "।?!" for w in between):
        return None
    draft = draft_of(c, "attributions.quote_before")
    listed = _first_of_list(unit, quote)
    behind = quote.closing + 1
    while behind < cue.first and p.words[behind] in _AND_SO_ON:
        behind += 1
    if behind < cue.first:
        take_subject(draft, c, max(floor, behind))
    if draft.source is None:
        draft.source = look_right(p, cue.last, unit.end)
    if draft.source is None:
        draft.source = look_front(p, unit.first, listed.opening)
    if listed is not quote:
        draft.form = "direct"
        why = "the quotations before the cue, one behind the other"
        return draft if add_content(draft, extent(p, listed.opening + 1, quote.closing), why) else None
    return draft if add_quote(draft, quote, "the quotation before the cue") else None


_AND_SO_ON = frozenset({"ইত্যাদি", "প্রভৃতি", "সহ", "এমন", "এ", "ধরনের", "নানা", "বিভিন্ন", "বলে"})


def _first_of_list(unit: Unit, quote: Quote) -> Quote:
    """‘…’, ‘…’ ও ‘…’: the first of the quotations that stand in a row up to this one."""
    first = quote
    for other in reversed(unit.quotes):
        if other.closing < first.opening and all(
            w in ",;/" or w in ("ও", "এবং") for w in unit.p.words[other.closing + 1 : first.opening]
        ):
            first = other
    return first


def clause_before(c: Clause) -> Draft | None:
    """…, জানালেন X; …, তা জানিয়েছেন X: the content is the clause before the comma, X ends the sentence."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if not cue.finite or cue.entry.takes not in ("speech", "wish") or cue.voice == "postposition":
        return None
    if cue.last < unit.end and words[cue.last] in INTRODUCES:
        return None
    left = cue.first
    resumed = left > unit.first and words[left - 1] in _RESUMES
    if resumed:
        left -= 1
    comma = clause_start(unit, left)
    if comma <= unit.first or count_words(p, unit.first, comma) < 3:
        return None
    draft = draft_of(c, "attributions.clause_before")
    if not resumed and comma < left:
        return _said_last(draft, c, comma)
    if cue.voice == "active":
        draft.source = look_right(p, cue.last, unit.end)
        if draft.source is not None and words[draft.source[1] - 1] in ("কথা", "কথাও"):
            return _told_last(draft, c, comma)
        if draft.source is not None and cue.entry.takes == "wish" and not has_evidence(words[slice(*draft.source)]):
            return None  # …, চান বকেয়া বেতন: what they want
        if draft.source is not None and draft.source[1] < unit.end and not has_evidence(words[slice(*draft.source)]):
            return None  # …, বলেছে দাম বাড়বে: a clause follows, not who says it
        if draft.source is None and resumed:
            take_subject(draft, c, comma)
    elif resumed:
        draft.source = document_before(p, comma, left)
        front = _document_in_front(c, comma) if draft.source is None else None
        if front is not None:
            draft.source = front
            draft.steps.append("source: the document at the front of the sentence")
            why = "the clause between the document and the comma"
            return draft if add_content(draft, extent(p, front[1], comma), why) else None
        if draft.source is None and cue.last < unit.end and words[unit.end - 1] in documents():
            draft.source = (cue.last, unit.end)
    if draft.source is None:
        return None
    draft.steps.append("source: the noun phrase after the cue")
    why = "the clause before the comma"
    return draft if add_content(draft, extent(p, content_start(c, comma), comma), why) else None


def _document_in_front(c: Clause, ceiling: int) -> tuple[int, int] | None:
    """রুলে কেন …, তা জানতে চাওয়া হয়েছে: a document in the locative with which the sentence begins."""
    p, first = c.p, c.unit.first
    for i in range(first, min(ceiling, first + 6)):
        kind = kind_of(p.words[i])
        if kind == "locative":
            return (extend_left(p, first, i + 1), i + 1) if p.words[i] in documents() else None
        if kind not in ("bare", "genitive", "determiner", "adjunct"):
            return None
    return None


def _told_last(draft: Draft, c: Clause, comma: int) -> Draft | None:
    """সরে দাঁড়ালেন প্রার্থী, জানালেন হুমকির কথা: behind the cue stands what is told, by him of whom the headline speaks."""
    told, draft.source = draft.source, None
    words = c.p.words
    done = next((i for i in range(comma - 2, c.unit.first - 1, -1) if kind_of(words[i]) == "verb"), -1)
    if done >= 0:
        draft.source = look_right(c.p, done + 1, comma)
    if draft.source is None:
        draft.source = look_front(c.p, c.unit.first, comma)
    draft.steps.append("source: the noun phrase of the clause before")
    return draft if told and add_content(draft, extent(c.p, *told), "what is told of behind the cue") else None


def _said_last(draft: Draft, c: Clause, comma: int) -> Draft | None:
    """…, শনিবার রাষ্ট্রীয় গণমাধ্যম জানিয়েছে।: behind the comma nothing but a time, the source and the cue."""
    p, cue, words = c.p, c.cue, c.p.words
    if cue.voice != "active" or cue.last < c.unit.end:
        return None
    take_subject(draft, c, comma)
    source = draft.source
    if source is None or source[1] != cue.first or not has_evidence(words[source[0] : source[1]]):
        return None
    if any(kind_of(w) != "adjunct" for w in words[comma : source[0]]):
        return None
    why = "all that stands before the comma, reported speech in it included"
    return draft if add_content(draft, extent(p, c.unit.first, comma), why) else None
