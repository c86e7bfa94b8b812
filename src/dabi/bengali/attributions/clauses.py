"""What every shape starts from: one cue with the stretch of its unit in which source and content are looked for."""

from __future__ import annotations

from typing import NamedTuple

from ..passage import Passage
from ..phrases import begins_body, kind_of
from ..remembered import Remembered
from .clause_front import look_front
from .contents import inside
from .cues import Cue
from .left_of_cue import Left
from .noun_phrases import extend_left
from .quotes import Quote
from .sources import AFTER_NAMES, best_subject, document_before, handed_to
from .units import Draft, Unit

SAYING = frozenset({"বলে", "বলেও", "বলেই"})
OPENING = frozenset("‘“'\"")
INTRODUCES = frozenset(",:-–—") | OPENING
RELATIVE = frozenset(
    {
        "যাদের",
        "যাঁদের",
        "যার",
        "যাঁর",
        "যাকে",
        "যেখানে",
        "যে",
        "যা",
        "যেসব",
        "যেভাবে",
        "যাঁরা",
        "যারা",
        "যিনি",
        "যেটা",
        "যেটি",
        "যত",
        "যেমন",
    }
)
JOINING = frozenset({"এবং", "ও", "তবে", "না", "এ", "আর", "কিন্তু"})


class Clause(NamedTuple):
    """One cue with its unit, the first token after the finite cue before it, and the unit before."""

    unit: Unit
    cue: Cue
    floor: int
    before: Unit | None

    @property
    def p(self) -> Passage:
        return self.unit.p


def draft_of(c: Clause, rule: str) -> Draft:
    """A draft with the cue's own values."""
    draft = Draft(c.unit, rule)
    draft.cue = (c.cue.first, c.cue.last)
    draft.found = c.cue
    draft.act = c.cue.entry.act
    draft.entries.append(c.cue.entry.entry)
    return draft


def add_content(draft: Draft, span: tuple[int, int] | None, why: str) -> bool:
    """Give the draft a content; False when there is none."""
    if span is None:
        return False
    draft.content.append(span)
    draft.steps.append(f"content: {why}")
    return True


def add_quote(draft: Draft, quote: Quote, why: str) -> bool:
    """Give the draft what a quotation holds as its content; False when it is empty."""
    draft.form = "direct"
    spans = inside(draft.unit, quote)
    draft.content.extend(spans)
    draft.steps.append(f"content: {why}" + (", and on into the paragraphs behind" if len(spans) > 1 else ""))
    return bool(spans)


_IS_NO_MARK = Remembered(lambda word: kind_of(word) != "mark")


def count_words(p: Passage, first: int, last: int) -> int:
    """How many tokens of a stretch are no marks."""
    return sum(map(_IS_NO_MARK.__getitem__, p.words[first:last]))


def quote_after(unit: Unit, i: int) -> Quote | None:
    """The quotation that opens at token i or behind a comma, dash or যে there."""
    words = unit.p.words
    while i < unit.last and (words[i] in ",:-–—" or words[i] == "যে"):
        i += 1
    for quote in unit.quotes:
        if quote.opening == i:
            return quote
    return None


_TITLED = frozenset(  # ‘…’ শিরোনামে: the quotation is a name
    {
        "শিরোনামে",
        "শিরোনামের",
        "শীর্ষক",
        "শিরোনাম",
        "নামে",
        "নামের",
        "নামক",
        "প্রতিপাদ্যে",
        "প্রতিপাদ্য",
        "প্রতিপাদ্যকে",
        "স্লোগানে",
        "স্লোগানকে",
        "ব্যানারে",
    }
)


def is_speech(unit: Unit, quote: Quote) -> bool:
    """Whether a quotation is somebody's words rather than a name or a word in quotation marks."""
    words = unit.p.words
    if quote.closing + 1 < unit.last and words[quote.closing + 1] in _TITLED:
        return False
    return quote.closing - quote.opening > 5 or words[quote.closing - 1] in "।?!"


def goes_on(unit: Unit, quote: Quote) -> bool:
    """Whether a report goes on behind its quotation: বলেছেন “…” এবং … নেওয়া উচিত."""
    words = unit.p.words
    i = quote.closing + 1
    if i < unit.end and words[i] == ",":
        i += 1
    if i >= unit.end or words[i] not in ("এবং", "ও", "আর") or words[quote.closing - 1] in "।?!":
        return False
    comma = next((k for k in range(i, unit.end) if words[k] in ",;"), unit.end)
    return comma - i > 3 and not any(
        i <= cue.first < comma and cue.person == "3h" for cue in unit.cues if cue.verb_alone
    )


def unfinished(c: Clause) -> dict[int, int]:
    """Participle cues before this one, which do not end its clause: last token (exclusive) → first."""
    return {
        o.last: o.first for o in c.unit.cues_before(c.cue.first) if o.last <= c.cue.first and o.tense == "participle"
    }


def take_subject(draft: Draft, c: Clause, floor: int) -> Left:
    """Give the draft the subject and addressee left of its cue."""
    left, why = best_subject(c.p, floor, c.cue.first, unfinished(c))
    draft.source = left.source
    words = c.p.words
    if (
        draft.source == (floor, floor + 1)
        and words[floor] in AFTER_NAMES
        and floor - 2 > c.unit.first
        and words[floor - 1] == ","
    ):
        draft.source = (extend_left(c.p, c.unit.first, floor - 1), floor + 1)  # আবদুর রহমান, এমপি
    draft.to = left.to
    draft.steps.append(why)
    return left


def coordinate_subject(c: Clause) -> tuple[int, int] | None:
    """The subject of the clause before এবং, which goes on as that of the cue: মেয়র … করেছেন এবং বলেছেন …"""
    words, first = c.p.words, c.unit.first
    i = c.cue.first
    while i > first and kind_of(words[i - 1]) == "adjunct":
        i -= 1
    if i - 2 < first or words[i - 1] not in ("এবং", "আর", "ও") or kind_of(words[i - 2]) != "verb":
        return None
    front = look_front(c.p, first, i - 1)
    if front is not None:
        return front
    end = first
    while end < i and kind_of(words[end]) == "bare" and not (end > first and begins_body(words, end)):
        end += 1
    return (first, end) if end > first else None


def take_source(draft: Draft, c: Clause, floor: int) -> None:
    """The source of an active cue is its subject; of a passive one a document or a body, if any is named."""
    if c.cue.voice == "active":
        take_subject(draft, c, floor)
        if draft.source is None:
            draft.source = coordinate_subject(c)
        return
    draft.source = _heard(c, floor)
    if draft.source:
        draft.steps.append("source: whom one hears say it")
        return
    draft.source = document_before(c.p, floor, c.cue.first)
    if draft.source:
        draft.source_type = "document"
        draft.steps.append("source: the document or body before the passive cue")
        draft.to = handed_to(c.p, floor, draft.source[0])
    else:
        draft.steps.append("the passive names no source")


def _heard(c: Clause, floor: int) -> tuple[int, int] | None:
    """ভিডিওতে তাঁকে বলতে শোনা যায়: whom one hears or sees say something."""
    words, at = c.p.words, c.cue.first - 1
    if at - 1 < floor or words[at] not in ("বলতে", "বলতেও") or words[c.cue.first] not in ("শোনা", "দেখা"):
        return None
    while at - 1 > floor and words[at - 1] in ("আরও", "আরো"):
        at -= 1
    return (extend_left(c.p, floor, at), at) if kind_of(words[at - 1]) == "objective" else None


def content_start(c: Clause, at: int) -> int:
    """Where what stands before token `at` begins: behind an earlier cue that introduces it, or the unit's start."""
    words = c.p.words
    start = c.unit.first
    for other in c.unit.cues_before(at):
        if other.last > at or other is c.cue or not (other.finite or other.voice == "postposition"):
            continue
        if any(w in RELATIVE for w in words[max(c.unit.first, other.first - 12) : other.first]):
            continue  # যে গুরুত্ব দিয়েছেন, তা … বলে: the clause belongs to the content
        i = other.last
        if i < at and (words[i] in INTRODUCES or words[i] == "যে"):
            while i < at and (words[i] in ",:-–—" or words[i] == "যে"):
                i += 1
            start = max(start, i)
        elif i < at and words[i] in ("এবং", "ও") and other.person == "3h" and c.cue.person == "3h":
            start = max(start, i + 1)
    for i in range(c.cue.first - 1, start, -1):
        if (
            words[i] in ("এবং", "আর")
            and c.cue.person == "3h"
            and words[i - 1].endswith("েন")
            and kind_of(words[i - 1]) == "verb"
        ):
            return i + 1
    return start
