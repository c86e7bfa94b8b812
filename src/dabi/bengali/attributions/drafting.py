"""The attributions that cues, quotations and headlines make, unit by unit, before speech that runs on."""

from __future__ import annotations

from bisect import bisect_left

from ..phrases import ORGANISATIONS, TITLES, kind_of
from ..words import base_form
from .backward import speech_backward
from .clause_front import look_front
from .clauses import add_quote
from .cues import Cue
from .forward import bare_forward, speech_forward
from .headlines import headline, noun_at_end
from .noun_phrases import extend_left
from .shapes import drafts_of
from .units import Draft, Unit

_HEADING = 14  # tokens of a line without a full stop that is read as a heading
_QUOTED_RULES = (("attributions.speech_forward", speech_forward), ("attributions.speech_backward", speech_backward),
                 ("attributions.bare_forward", bare_forward))  # fmt: skip
_LONG_QUOTE = 8  # tokens of a quotation that is taken for speech though no cue stands by it


def draft_units(units: list[Unit]) -> None:
    """Fill the drafts of every unit."""
    before: Unit | None = None
    known: set[str] = set()
    for unit in units:
        if unit.role == "headline" or _is_heading(unit):
            draft = headline(unit, heading=unit.role != "headline")
            unit.drafts = [draft] if draft else drafts_of(unit, None)
        else:
            if unit.cues:
                unit.drafts = drafts_of(unit, before if before is not None and before.role == "body" else None)
                if not unit.drafts and not any(kind_of(w) == "verb" for w in unit.p.words[unit.first : unit.last]):
                    draft = noun_at_end(unit)  # ন্যায্য মজুরির দাবি শ্রমিক ফেডারেশনের।
                    if draft is not None and draft.source is not None:
                        unit.drafts = [draft]
            if unit.quotes and not any(draft.form == "direct" for draft in unit.drafts):
                _uncued_quote(unit, known)
            if unit.inner:
                _within_quotes(unit)
        for draft in unit.drafts:
            if draft.form == "indirect" and unit.quotes and _quotes_inside(draft):
                draft.form = "mixed"
            if draft.source is not None:
                known.update(w for w in unit.p.words[draft.source[0] : draft.source[1]] if _is_name(w))
        before = unit


def _quotes_inside(draft: Draft) -> bool:
    """Whether a content in the outlet's words holds words of the source in quotation marks."""
    p = draft.unit.p
    for quote in draft.unit.quotes:
        if quote.opening < 0 or quote.closing >= len(p) or quote.closing - quote.opening < 3:
            continue
        if any(start <= p.ends[quote.opening] and p.starts[quote.closing] <= end for start, end in draft.content):
            return True
    return False


def _is_name(word: str) -> bool:
    return len(word) > 2 and kind_of(word) == "bare" and word not in TITLES and word not in ORGANISATIONS


def _is_heading(unit: Unit) -> bool:
    """A short line of the body without a full stop: … প্রদর্শনের আহ্বান."""
    p = unit.p
    return (
        unit.role == "body"
        and unit.first == 0
        and unit.last == len(p)
        and len(p) <= _HEADING
        and p.words[-1] not in "।?!.’”'\""
        and kind_of(p.words[-1]) != "verb"
    )


def _uncued_quote(unit: Unit, known: set[str]) -> None:
    """তাসকিন তাকিয়ে সেদিকে, ‘…’: a quotation behind a comma, said by whom the sentence is about."""
    p = unit.p
    quote = unit.quotes[-1]
    at = quote.opening
    if quote.closing - at < _LONG_QUOTE or at - unit.first < 2 or p.words[at - 1] not in ",:":
        return
    if quote.closing < unit.last - 2 or unit.drafts:
        return
    draft = Draft(unit, "attributions.quote_without_cue")
    for i in range(at - 2, unit.first - 1, -1):
        word = p.words[i]
        if word in known or base_form(word) in known or base_form(word.removesuffix("ও")) in known:
            draft.source = (extend_left(p, unit.first, i + 1), i + 1)
            break
    if draft.source is None:
        draft.source = look_front(p, unit.first, at - 1)
    if draft.source is None and kind_of(p.words[at - 2]) == "genitive":
        draft.source = (extend_left(p, unit.first, at - 1), at - 1)
    draft.steps.append("source: whom the sentence before the quotation is about")
    if add_quote(draft, quote, "the quotation behind the comma"):
        unit.drafts.append(draft)


def _reports_others(cue: Cue) -> bool:
    """Whether a cue inside a quotation is more than the speaker's own আমি মনে করি or আশা করি."""
    if not (cue.finite or cue.voice == "passive") or cue.entry.takes not in ("speech", "record"):
        return False
    return cue.person != "1" or (cue.verb_alone and cue.entry.act == "state" and cue.last - cue.first == 1)


def _within_quotes(unit: Unit) -> None:
    """Speech reported inside a quotation: ‘বাবা বলেন যে, …’. Only clear shapes; the rest is the speaker's own talk."""
    p = unit.p
    sentences = p.sentences
    for at in range(max(0, bisect_left(sentences, (unit.first, 0)) - 1), len(sentences)):
        first, last = sentences[at]
        if first >= unit.last:
            break
        if last <= unit.first:
            continue
        cues = [cue for cue in unit.inner if first <= cue.first < last and _reports_others(cue)]
        if not cues:
            continue
        quote = unit.quote_at(cues[0].first)
        if quote is None:
            continue
        part = Unit(p, unit.passage, unit.role, max(first, quote.opening + 1), min(last, quote.closing))
        part.cues = cues
        for draft in drafts_of(part, None, _QUOTED_RULES):
            draft.quoted = True
            unit.drafts.append(draft)
