"""Shapes in which a noun phrase before the cue is what is said: …-র দাবি জানান, …-তে নির্দেশ দেন, … হিসেবে আখ্যায়িত করেন."""

from __future__ import annotations

from ..lexicon import words_of
from ..numerals import FORMS
from ..passage import Passage
from ..phrases import (
    BEHALF,
    GATHERINGS,
    GENITIVE_PRONOUNS,
    NAMES,
    ORGANISATIONS,
    TITLE_PARTS,
    TITLES,
    documents,
    kind_of,
)
from ..verbs import verb_forms
from .backward import nominal_start
from .clause_front import bare_subject, look_front
from .clauses import RELATIVE, SAYING, Clause, add_content, content_start, draft_of
from .contents import clause_start, extent
from .cues import Cue
from .left_of_cue import addressee_length, anaphor_before
from .noun_phrases import extend_left, has_evidence, is_deed
from .right_of_cue import look_right
from .units import Draft

_SAID = frozenset({"কথা", "কথাও", "বিষয়টি", "বিষয়", "খবর", "তথ্য"})
_HEADWORDS = _SAID | {"বিষয়টিও", "সত্যতা", "ঘটনা", "ঘটনাটি", "দায়", "সম্ভাবনা", "জন্য", "পক্ষে", "বিরুদ্ধে"}
_KEPT = frozenset({"বিষয়টি", "বিষয়টিও", "সত্যতা", "খবর", "তথ্য", "ঘটনা", "ঘটনাটি"})  # headwords that are said themselves
_LABELS = frozenset({"হিসেবে", "হিসাবে", "বলে", "বলেও"})
_BARE_OBJECT = frozenset({"দাবি", "উল্লেখ", "আখ্যায়িত", "আখ্যা", "দাবী"})


def nominal_before(c: Clause) -> Draft | None:
    """…-র দাবি জানান X: the noun phrase before the cue, marked by its case, a headword (কথা) or হিসেবে."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice not in ("active", "passive") or not (cue.finite or cue.tense == "participle"):
        return None
    if cue.entry.takes in ("feeling", "record", "wish") or (cue.verb_alone and cue.entry.act == "expect"):
        return None
    if words[cue.first] == "মনে":
        return _held_to_be(c)
    start = max(c.floor, content_start(c, cue.first))
    i = cue.first
    while i > start and words[i - 1] in _EARNEST:
        i -= 1
    if i <= start:
        return None
    draft = draft_of(c, "attributions.nominal_before")
    behind = look_right(p, cue.last, unit.end) if cue.finite and cue.voice == "active" else None
    said_to = addressed(p, start, i, whole=behind is not None and has_evidence(words[slice(*behind)]))
    if said_to is not None and said_to[0] > start and kind_of(words[said_to[0] - 1]) != "mark":
        draft.to, i = said_to, said_to[0]
    fronted = _fronted_object(draft, c, start, i)
    if fronted is not None:
        return fronted
    if cue.entry.takes == "blame":
        return _blame(draft, c, start)
    head = i - 1 if words[i - 1] in _HEADWORDS and i - 1 > start else i
    label = words[i - 1] in _LABELS and (cue.entry.takes == "label" or words[cue.first] in ("উল্লেখ", "মন্তব্য", "দাবি"))
    to_be_done = words[i - 1] == "জন্য" and i - 2 > start and is_deed(words[i - 2])
    if cue.verb_alone and words[i - 1] not in _SAID and head < i and not to_be_done:
        return None
    if label:
        head = i - 1
    if (cue.entry.takes == "label" and not label and words[cue.first] not in _BARE_OBJECT) or head <= start:
        return None
    if not _is_marked(c, start, head, i, label):
        return None
    if (
        c.floor > unit.first
        and start >= c.floor
        and cue.voice == "passive"
        and any(o.verb_alone and o.last <= start for o in unit.cues)
    ):
        return None  # তিনি বলেন, … আশঙ্কা রয়েছে: part of what he says
    if any(w in RELATIVE for w in words[clause_start(unit, head) : head]) and cue.tense != "participle":
        return None
    find_source = _active_source if cue.voice == "active" else _passive_source
    start = max(find_source(draft, c, start, head), _behind_participle(c))
    start = _skip_addressee(c, draft, nominal_start(c, start, head), head)
    if start >= head or (head - start == 1 and kind_of(words[start]) in ("determiner", "adjunct")):
        return None
    if words[cue.first] in _BARE_OBJECT and look_front(p, start, cue.first) == (start, head):
        return None  # কোচ মিকেল দাবি করেছেন …: who says it, not what is said
    if draft.source is None and cue.voice == "active" and (cue.tense, cue.person) == ("present", "3"):
        return None  # এ কাজ ধৈর্য দাবি করে: nobody speaks
    end = head + 1 if head < i and words[head] in _KEPT else head
    if (condition := _condition_before(draft, c)) is not None:
        add_content(draft, extent(p, *condition), "the condition before the source")
    if words[cue.first] == "ঘোষণা" and cue.voice == "active" and _gives_money(words[start:head]):
        draft.act = "promise"
        draft.steps.append("act: money that is announced is promised")
    return draft if add_content(draft, extent(p, start, end), "the noun phrase before the cue") else None


def _condition_before(draft: Draft, c: Clause) -> tuple[int, int] | None:
    """দাবি না মানা পর্যন্ত | তাঁরা … ঘোষণা দেন: on what a promise or demand depends, in front of who makes it."""
    if draft.source is None or c.cue.entry.act not in ("promise", "demand", "state") or draft.source[1] >= c.cue.first:
        return None
    words, end = c.p.words, draft.source[0]
    start = max(c.floor, content_start(c, end), clause_start(c.unit, end))
    if end - start < 3 or not (
        _is_condition(words[end - 1]) or (words[end - 3 : end][:1] == ["না"] and words[end - 1] == "পর্যন্ত")
    ):
        return None
    return start, end


def _is_condition(word: str) -> bool:
    return word.endswith("লে") and kind_of(word) == "locative"  # মানলে, হলে


def _held_to_be(c: Clause) -> Draft | None:
    """একে বিপজ্জনক মনে করছেন তাঁরা: what is held to be what; an object in -কে and what it is held to be."""
    cue, p, words = c.cue, c.p, c.p.words
    start = max(c.floor, clause_start(c.unit, cue.first))
    found = [k for k in range(start, cue.first - 1) if kind_of(words[k]) == "objective"]
    if not cue.finite or not found or kind_of(words[cue.first - 1]) not in ("bare", "relative"):
        return None
    draft = draft_of(c, "attributions.nominal_before")
    find_source = _active_source if cue.voice == "active" else _passive_source
    begin = find_source(draft, c, start, cue.first)
    if begin > found[-1] or (draft.source is None and cue.voice == "active"):
        return None
    return draft if add_content(draft, extent(p, begin, cue.first), "what is held to be so") else None


def _behind_participle(c: Clause) -> int:
    """Behind … অভিযোগ করে, … স্বাগত জানিয়ে: another cue, unfinished, whose content is its own."""
    return max(
        (o.last for o in c.unit.cues_before(c.cue.first) if o.last < c.cue.first and _is_aside(c, o)),
        default=c.unit.first,
    )


def _is_aside(c: Clause, other: Cue) -> bool:
    """Whether an unfinished cue is a statement of its own; সতর্ক করে is part of what is demanded."""
    words = c.p.words
    return (
        other.tense == "participle"
        and not other.verb_alone
        and other.entry.takes not in ("label", "wish")
        and words[other.first] != "সতর্ক"
        and words[other.last] not in _NO_ASIDE
    )


_NO_ASIDE = frozenset({"বলে", "বলা", "থেকে", "এবং", "ও"})
_ALL_OF_THEM = frozenset({"সবাইকে", "সকলকে", "সবার"})
_EARNEST = words_of("cue_adjectives.tsv")
_FRONTED = frozenset({"বিষয়টি", "খবরটি", "ঘটনাটি", "তথ্যটি", "খবর", "তথ্য", "বিষয়টিও"})


def _fronted_object(draft: Draft, c: Clause, start: int, end: int) -> Draft | None:
    """তাঁর মৃত্যুর বিষয়টি চিকিৎসক শাওন রহমান … নিশ্চিত করেছেন: the object in front, then who says it."""
    p, words = c.p, c.p.words
    if c.cue.voice != "active" or not c.cue.finite or c.cue.entry.takes != "speech":
        return None
    for k in range(start + 1, end - 1):
        if words[k] in _FRONTED and (kind_of(words[k - 1]) == "genitive" or words[k - 1] in GENITIVE_PRONOUNS):
            source = look_front(p, k + 1, end)
            if source is None or source[1] > end or not has_evidence(words[source[0] : source[1]]):
                return None
            draft.source = source
            draft.steps.append("source: the noun phrase behind the object in front")
            return (
                draft
                if add_content(draft, extent(p, nominal_start(c, start, k), k + 1), "the object in front")
                else None
            )
        if kind_of(words[k]) in ("verb", "mark"):
            return None
    return None


def _blame(draft: Draft, c: Clause, start: int) -> Draft | None:
    """X এ হামলার জন্য বিদ্রোহীদের দায়ী করেছে: whom it is laid to, and for what."""
    p, head = c.p, c.cue.first
    if c.cue.voice != "active" or not c.cue.finite or p.words[head - 1] in RELATIVE:
        return None
    if kind_of(p.words[head - 1]) not in ("objective", "plural_objective"):
        return None
    draft.to = None
    start = nominal_start(c, _active_source(draft, c, start, head), head)
    return draft if add_content(draft, extent(p, start, head), "whom it is laid to") else None


_TO_SOMEBODY = frozenset({"আহ্বান", "অনুরোধ", "পরামর্শ", "তাগিদ", "আশ্বাস", "প্রতিশ্রুতি", "হুঁশিয়ারি", "হুমকি"})
_BEFORE_CHARGE = frozenset({"বিরুদ্ধে", "নামে"})


def charge(c: Clause) -> Draft | None:
    """…-র অভিযোগে মামলা করেছে X: for what somebody is tried or blamed, and by whom if the sentence says so."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.entry.takes != "charge" or cue.first - unit.first < 2 or cue.last >= unit.end:
        return None
    last = words[cue.first - 1]
    if kind_of(last) not in ("genitive", "bare", "relative") or words[cue.last] in ("বলা", "উল্লেখ", "আরও", "জানানো"):
        return None
    start = max(
        c.floor, content_start(c, cue.first), clause_start(unit, cue.first) if last not in ("জড়িত",) else unit.first
    )
    for k in range(cue.first - 2, start - 1, -1):
        kind = kind_of(words[k])
        if words[k] in _BEFORE_CHARGE or kind == "verb":
            start = k + 1
            break
    start = nominal_start(c, start, cue.first)
    draft = draft_of(c, "attributions.charge")
    for k in range(cue.last, unit.end - 1):
        if words[k].startswith("মামলা"):
            for j in range(k + 1, min(unit.end, k + 4)):
                if any(r.verb == "করা" and r.finite for r in verb_forms().get(words[j], ())):
                    draft.source = look_right(p, j + 1, unit.end) or look_front(p, cue.last, k)
                    break
            break
    if draft.source is not None:
        draft.steps.append("source: who brings the case")
    if cue.first - start < 2:
        return None
    return draft if add_content(draft, extent(p, start, cue.first), "the charge before অভিযোগে") else None


def _is_marked(c: Clause, start: int, head: int, i: int, label: bool) -> bool:
    """Whether the phrase before the cue is marked as what is said."""
    cue, words = c.cue, c.p.words
    last = words[head - 1]
    kind = kind_of(last)
    if anaphor_before(words, head, start) or last in ("নাম", "প্রতি", "সংখ্যা"):
        return False
    if label:
        return True
    if last in _MONEY and cue.entry.act == "promise":
        return False  # ৩০০ কোটি ডলার অঙ্গীকার করেছে: ডলার is no genitive
    if kind == "genitive" and last in GENITIVE_PRONOUNS:
        return False
    to_do = last.endswith(("তে", "তেও")) and kind == "locative"
    if cue.verb_alone and head == i:
        return to_do or (last == "না" and words[head - 2].endswith("তে"))
    if kind in ("genitive",) or to_do or last in ("জন্য", "জন্যও", "জন্যই", "চেয়ে", "না") or last.endswith(("রও", "রই")):
        return True
    if words[cue.first] == "নিশ্চিত" and last == "মৃত্যু":
        return True
    if words[cue.first] == "ঘোষণা" and kind == "bare" and _gives_money(words[start:head]):
        return True
    return words[cue.first] in _BARE_OBJECT and kind in ("bare", "relative") and head - start >= 2


_MONEY = frozenset({"টাকা", "রুপি", "ডলার", "ইউরো", "পাউন্ড"})


def _gives_money(words: list[str]) -> bool:
    """২ লক্ষ টাকা আর্থিক সাহায্য (ঘোষণা করলেন): an amount that is promised, unlike a programme or a list."""
    return any(w in _MONEY for w in words) and any(w[0].isdigit() or FORMS[w] is not None for w in words)


def addressed(p: Passage, floor: int, end: int, *, whole: bool = False) -> tuple[int, int] | None:
    """The addressee right before a cue: সচিবকে, আমলাদের, সরকারের প্রতি; a body before it is part of it if `whole`."""
    words = p.words
    i = end
    if i > floor and words[i - 1] in ("প্রতি", "কাছে"):
        i -= 1
        if kind_of(words[i - 1]) not in ("genitive", "plural_objective"):
            return None
    elif i <= floor or kind_of(words[i - 1]) not in ("objective", "plural_objective"):
        return None
    known = addressee_length(words, i, floor)
    if known:
        return i - known, end
    start = i - 1
    while start > floor and i - start < 5 and kind_of(words[start - 1]) in ("bare", "relative"):
        if words[start - 1] in ORGANISATIONS or (words[start - 1] in TITLES and words[start - 1] not in TITLE_PARTS):
            named = words[i - 1].removesuffix("কে") in NAMES
            if named and words[start - 1] in TITLES:
                start -= 1  # সচিব মুশফিকুর রহমানকে
            if whole and not named:
                start -= 1
                continue  # বার কাউন্সিল সচিবকে নির্দেশ দেন X
            break  # সুপ্রিম কোর্ট কেন্দ্রকে: who gives the order
        start -= 1
    return start, end


def _skip_addressee(c: Clause, draft: Draft, start: int, head: int) -> int:
    """Past an addressee between source and content: X সচিবকে … নির্দেশ দেন."""
    p = c.p
    words = p.words
    if words[start] in _ALL_OF_THEM and words[start].endswith("কে") and head - start > 1:
        draft.to = draft.to or (start, start + 1)
        return start + 1
    for j in range(start + 1, min(head - 1, start + 7)):
        if words[j] == "প্রতি" and kind_of(words[j - 1]) in ("genitive", "plural_objective"):
            draft.to = draft.to or (start, j + 1)  # সরকারের প্রতি | … আহ্বান
            return j + 1
        if kind_of(words[j]) in ("verb", "mark", "locative"):
            break
    for j in range(start, min(head - 1, start + 4)):
        kind = kind_of(words[j])
        if kind == "objective" or (
            kind == "plural_objective" and kind_of(words[j + 1]) in ("objective", "adjunct", "locative")
        ):
            if kind == "objective" and c.cue.entry.takes == "label":
                return start
            bare_deed = words[c.cue.first] in _TO_SOMEBODY and not is_deed(words[head - 1])
            if addressee_length(words, j + 1, start) or words[j].removesuffix("কে") in ORGANISATIONS or bare_deed:
                draft.to = draft.to or (start, j + 1)
                return j + 1
            return start
        if kind not in ("bare", "genitive", "determiner", "number"):
            return start
    return start


def _active_source(draft: Draft, c: Clause, start: int, head: int) -> int:
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    inner = cue.last < unit.end and words[cue.last] in SAYING  # পুলিশ টাকা দাবি করে | বলে জানান X
    right = look_right(p, cue.last, unit.end) if cue.finite and not inner else None
    if right is not None and has_evidence(words[right[0] : right[1]]):
        draft.source = right
        draft.steps.append("source: the noun phrase after the cue")
        return start
    front = look_front(p, start, head)
    if front is not None and front[1] < head:
        draft.source = front
        draft.steps.append("source: the noun phrase at the front of the clause")
        return front[1]
    if front is None and right is None:
        front = bare_subject(p, start, min(head + 1, cue.first))
        if front is not None:
            draft.source = front
            draft.steps.append("source: the body or office before whom the order is given to")
            return front[1]
    if right is not None:
        draft.source = right
        draft.steps.append("source: the noun phrase after the cue")
        return start
    if start > unit.first and words[start - 1] in ("এবং", "ও", "আর"):
        draft.source = look_front(p, unit.first, start)  # তিনি … করেন এবং … নির্দেশ দেন
    comma = clause_start(unit, head)
    if draft.source is None and comma > start:
        front = look_front(p, unit.first, comma)
        if front is not None:
            draft.source = front
    return start


def _passive_source(draft: Draft, c: Clause, start: int, head: int) -> int:
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    right = look_right(p, cue.last, unit.end)
    if cue.last < unit.end and words[unit.end - 1] in documents():
        draft.source = (cue.last, unit.end)
        return start
    for k in range(start, head):
        word = words[k]
        if kind_of(word) == "locative" and word in documents():
            draft.source = (extend_left(p, start, k + 1), k + 1)
        elif word == "থেকে" and k > start and words[k - 1] in GATHERINGS | BEHALF:
            draft.source = (extend_left(p, start, k), k + 1)
        else:
            continue
        draft.steps.append("source: the document or body at the front of the clause")
        return k + 1
    if cue.last < unit.end - 1 and words[unit.end - 1] == "থেকে" and words[unit.end - 2] in GATHERINGS | BEHALF:
        right = (cue.last, unit.end)
    if right is None and cue.last < unit.end and words[unit.end - 1] in ("থেকে", "পক্ষে"):
        right = (cue.last, unit.end)
    if right is not None and (words[right[1] - 1] in ("থেকে", "পক্ষে") or words[right[1] - 1] in documents()):
        draft.source = right
    return start
