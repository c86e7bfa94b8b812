"""Headlines: "… : X", "X: …", "‘…’, X", "…-র অভিযোগ"."""

from __future__ import annotations

from ..phrases import CASED_HEADS, documents, kind_of
from .clause_front import look_front
from .contents import clause_start, extent, inside
from .noun_phrases import THINGS, extend_left, has_evidence
from .units import Draft, Unit

_LONGEST_NAME = 7


def headline(unit: Unit, *, heading: bool = False) -> Draft | None:
    """The attribution that the form of a headline, or of a heading within the body, makes, if it has one."""
    return _colon(unit, heading) or _quote_and_name(unit) or _said_to(unit) or noun_at_end(unit)


def _colon(unit: Unit, heading: bool) -> Draft | None:
    p, first, last = unit.p, unit.first, unit.last
    colons = [i for i in range(first, last) if p.words[i] == ":" and not unit.quote_at(i)]
    if not colons:
        return None
    draft = Draft(unit, "attributions.headline_colon")
    tail, front = colons[-1], colons[0]
    end = unit.end
    after = p.words[tail + 1 : end]
    if (heading and not has_evidence(after)) or p.words[first] in ("সূত্র", "তথ্যসূত্র", "ছবি", "খবর"):
        return None  # সূত্র: রয়টার্স is a credit
    if any(cue.first > tail for cue in unit.cues):
        return None
    topic = any(w[0].isdigit() or w == "নম্বর" or kind_of(w) == "locative" for w in after)
    happens = len(after) > 1 and after[-1] in THINGS and not has_evidence(after)  # উত্তরে বন্যা: বিস্তীর্ণ এলাকা প্লাবিত
    if (
        0 < len(after) <= _LONGEST_NAME
        and not happens
        and not any(kind_of(w) in ("verb", "adjunct") for w in after)
        and not (topic and not has_evidence(after))
    ):
        draft.source = (tail + 1, end)
        span = extent(p, first, tail)
        draft.steps.append("source: the name behind the last colon of the headline")
    else:
        before = p.words[first:front]
        named = has_evidence(before) or any(w in documents() for w in before)
        if not (0 < len(before) <= _LONGEST_NAME and named) or any(kind_of(w) == "verb" for w in before):
            return None
        draft.source = (first, front)
        span = extent(p, front + 1, last)
        draft.steps.append("source: the name before the first colon of the headline")
    if span is None:
        return None
    draft.content.append(span)
    return draft


def _quote_and_name(unit: Unit) -> Draft | None:
    p = unit.p
    for quote in unit.quotes:
        if quote.closing >= unit.last - 1 or quote.closing - quote.opening < 4:
            continue
        i = quote.closing + 1
        if p.words[i] not in ",-–—" or unit.last - i - 1 > _LONGEST_NAME or unit.cues:
            continue
        source = look_front(p, i + 1, unit.last)
        start = extend_left(p, i + 1, unit.last) if source is None else source[0]
        if start >= unit.end:
            continue  # nobody is named behind it
        draft = Draft(unit, "attributions.headline_quote")
        draft.source = (start, unit.end)
        draft.form = "direct"
        draft.content.extend(inside(unit, quote))
        draft.steps.append("source: the name behind the quotation")
        return draft
    return None


def _said_to(unit: Unit) -> Draft | None:
    """…, আইনজীবীকে হাইকোর্ট: what is said, to whom, and by whom."""
    p, end = unit.p, unit.end
    comma = clause_start(unit, end)
    if comma - unit.first < 3 or not 2 <= end - comma <= _LONGEST_NAME or unit.cues:
        return None
    if any(kind_of(w) == "verb" for w in p.words[comma:end]):
        return None
    for i in range(comma, end - 1):
        if kind_of(p.words[i]) in ("objective", "plural_objective") and has_evidence(p.words[i + 1 : end]):
            draft = Draft(unit, "attributions.headline_said_to")
            draft.to, draft.source = (comma, i + 1), (i + 1, end)
            span = extent(p, unit.first, comma)
            if span is not None:
                draft.content.append(span)
                draft.steps.append("source: the name behind the addressee")
                return draft
    return None


def noun_at_end(unit: Unit) -> Draft | None:
    """… দাবি X-এর; …-র আহ্বান: a noun behind what is said, its source in the genitive or left out."""
    p = unit.p
    for cue in unit.cues:
        if cue.voice != "noun" or cue.entry.act not in ("accuse", "demand", "expect", "claim", "promise"):
            continue
        if cue.first - unit.first < 2:
            continue
        kind = kind_of(p.words[cue.first - 1])
        if kind not in ("genitive", "bare", "locative") or (
            kind == "locative" and not p.words[cue.first - 1].endswith("তে")
        ):
            continue
        rest = unit.end - cue.last
        if rest > _LONGEST_NAME:
            continue
        if (
            rest
            and kind_of(p.words[unit.end - 1]) not in ("genitive", "plural_objective")
            and p.words[unit.end - 1] != "বিরুদ্ধে"
        ):
            continue
        draft = Draft(unit, "attributions.headline_noun")
        draft.cue = (cue.first, cue.last)
        draft.found = cue
        draft.act = cue.entry.act
        draft.entries.append(cue.entry.entry)
        start = clause_start(unit, cue.first)
        if cue.first - start < 2:
            start = unit.first
        named = look_front(p, unit.first, start) if start > unit.first else None
        if named is not None and named[1] >= start - 1:
            draft.source = named
        else:
            told = start > unit.first and any(kind_of(w) == "verb" for w in p.words[unit.first : start])
            start = unit.first if start > unit.first and p.words[start - 1] != ":" and not told else start
        span = extent(p, start, cue.first)
        body = p.words[cue.first - 1]
        if not rest and kind == "genitive" and body in CASED_HEADS and p.words[cue.first - 2].endswith("তে"):
            draft.source = (cue.first - 1, cue.first)  # দালাল তাড়াতে হাইকোর্টের নির্দেশ
            span = extent(p, start, cue.first - 1)
        if rest and p.words[unit.end - 1] != "বিরুদ্ধে":
            draft.source = (cue.last, unit.end)
        if span is None:
            return None
        draft.content.append(span)
        draft.steps.append("content: what stands before the noun in the headline")
        return draft
    return None
