"""Shapes in which the content follows the cue."""

from __future__ import annotations

from ..lexicon import rows, words_of
from ..numerals import FORMS
from ..phrases import CASED_HEADS, CASED_ORGANISATIONS, GENITIVE_PRONOUNS, documents, kind_of
from ..verbs import verb_forms
from ..words import inflections
from .clause_front import look_front
from .clauses import (
    INTRODUCES,
    JOINING,
    OPENING,
    RELATIVE,
    SAYING,
    Clause,
    add_content,
    add_quote,
    count_words,
    draft_of,
    goes_on,
    is_speech,
    quote_after,
    take_source,
)
from .contents import clause_start, extent
from .noun_phrases import extend_left, has_evidence, is_participle
from .right_of_cue import look_right
from .units import Draft

_ENDS_CLAUSE = frozenset({"নেই", "নয়", "না", "ছিল", "ছিলেন", "আছে", "রয়েছে", "হয়", "হয়েছে"})
_TURNS = frozenset(
    {"তবে", "কিন্তু", "তা", "তাতে", "সেসব", "সেই", "সেটি", "সেটা", "এতে", "ফলে", "এরপর", "পরে", "যেখানে", "যা", "যাতে", "যার"}
)
_LIST_WORDS = words_of("cue_adjectives.tsv") | {"পাল্টা", "বিস্ফোরক", "সটান", "মূল", "প্রধান", "একটাই", "এক", "দফা", "আরও"}
_BETWEEN = _LIST_WORDS | {"অবশ্য", "যদিও", "আবার"}  # বিরোধীদের অবশ্য দাবি
_ADJECTIVES = words_of("document_adjectives.tsv")
_OWNERS = frozenset(row["word"] for row in rows("document_adjectives.tsv") if row["owner"])
_BARE_NOUNS = frozenset({"ধারণা", "দাবি", "আশা", "বিশ্বাস", "ভাষ্য"})
_NO_SOURCE = frozenset({"আইন", "চুক্তি", "নীতিমালা", "বিধিমালা", "নির্দেশনা", "নির্দেশ", "তালিকা", "ঘোষণা", "আদেশ", "রায়"})


def speech_forward(c: Clause) -> Draft | None:
    """X বলেন, …: the content follows the cue up to the end of the sentence, or is the quotation there."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    end = unit.end
    if cue.voice not in ("active", "passive") or not (cue.finite or cue.tense == "participle") or cue.last >= end:
        return None
    if words[cue.last] == "না" and cue.entry.act == "expect" and words[cue.last + 1 : cue.last + 2] == [","]:
        cue = cue._replace(last=cue.last + 1)  # তিনি মনে করেন না, …
        c = c._replace(cue=cue)
    after = words[cue.last]
    if after not in INTRODUCES and after != "যে":
        return None
    floor = max(clause_start(unit, cue.first), c.floor)
    if any(w in RELATIVE for w in words[floor : cue.first]) and after not in OPENING:
        return None  # যে আদেশ দিয়েছেন, তা …
    quote = quote_after(unit, cue.last)
    if after in OPENING and (quote is None or not is_speech(unit, quote)):
        return None
    takes = cue.entry.takes
    if takes == "wish" and words[cue.first - 1].endswith("তে"):
        return None  # দিতে চাই: a will of one's own
    if cue.tense == "participle":
        if quote is None and (takes != "speech" or any(o.first > cue.first and o.finite for o in unit.cues)):
            return None
        if cue.verb_alone and _is_conjunction(c):
            return None
    start = cue.last
    while start < end and (words[start] in ",:-–—" or words[start] == "যে"):
        start += 1
    if quote is None or not is_speech(unit, quote):
        if takes in ("feeling", "label") and after not in ",:-–—":
            return None
        few = count_words(p, start, end) < (2 if kind_of(words[end - 1]) == "verb" else 3)
        if takes != "speech" and (few or words[start] in _TURNS or "যা" in words[start : start + 8]):
            return None  # … দিয়েছে, আগের মাসে যা ছিল …
        if takes == "wish" and after != ",":
            return None
    draft = draft_of(c, "attributions.speech_forward")
    take_source(draft, c, floor)
    if takes == "record" and draft.source is None:
        return None  # what the reporter saw: বাড়িতে গিয়ে দেখা যায়
    asked = cue.entry.act == "ask" and ("?" in words[end : unit.last] or words[end - 2 : end] == ["কি", "না"])
    if takes == "feeling" and draft.source is None and quote is None and not (cue.voice == "passive" and asked):
        return None
    if quote is not None and is_speech(unit, quote) and not goes_on(unit, quote):
        return draft if add_quote(draft, quote, "the quotation after the cue, up to its closing mark") else None
    return (
        draft if add_content(draft, extent(p, start, end), "from behind the cue to the end of the sentence") else None
    )


def _is_conjunction(c: Clause) -> bool:
    """Whether বলে at the cue is the conjunction "that" or "saying", not the verb "says"."""
    words, cue = c.p.words, c.cue
    if words[cue.first] not in SAYING:
        return False
    before = kind_of(words[cue.first - 1]) if cue.first > c.unit.first else "mark"
    return before not in ("bare", "pronoun", "plural") or words[cue.last] != ","


def noun_forward(c: Clause) -> Draft | None:
    """X-এর দাবি, …: a noun with the genitive of its source, then the content."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "noun" or not cue.entry.alone:
        return None
    i = cue.last
    words = p.words
    if words[cue.first] == "খবর" and not _is_news_of(c):
        return None  # "news" in all other places
    linked = i < unit.end and words[i] in ("হলো", "হল", "হচ্ছে", "ছিল")
    if linked:
        i += 1
    bare = not linked and (i >= unit.end or (words[i] not in INTRODUCES and words[i] != "যে"))
    if i >= unit.end or (bare and not any(kind_of(w) == "verb" for w in words[i : unit.end])):
        return None
    floor = clause_start(unit, cue.first)
    j = cue.first
    while j > floor and (words[j - 1] in _BETWEEN or kind_of(words[j - 1]) == "number"):
        j -= 1
    if j - 1 > floor and words[j - 1] == "থেকে" and words[j - 2] == "পক্ষ":
        source = (extend_left(p, floor, j - 1), j)
    elif (
        j > floor and (kind_of(words[j - 1]) in ("genitive", "plural_objective") or words[j - 1] in GENITIVE_PRONOUNS)
    ) or (j > floor and words[j - 1] == "সূত্রে"):
        source = (extend_left(p, floor, j), j)
    elif cue.first == unit.first and words[i] == "," and cue.entry.act in ("accuse", "claim"):
        draft = draft_of(c, "attributions.noun_forward")
        draft.steps.append("source: nobody is named before the noun")
        return draft if add_content(draft, extent(p, i, unit.end), "from behind the noun to the end") else None
    else:
        return None
    if bare and not (words[cue.first] in _BARE_NOUNS and _names_somebody(words[source[0] : source[1]])):
        return None
    draft = draft_of(c, "attributions.noun_forward")
    draft.source = source
    draft.steps.append("source: the genitive before the noun")
    quote = quote_after(unit, i)
    if quote is not None and is_speech(unit, quote):
        return draft if add_quote(draft, quote, "the quotation after the noun") else None
    return (
        draft if add_content(draft, extent(p, i, unit.end), "from behind the noun to the end of the sentence") else None
    )


def _is_news_of(c: Clause) -> bool:
    """সূত্রের খবর …; রয়টার্সের খবর, …: what a source or a medium reports."""
    before, after = c.p.words[c.cue.first - 1], c.p.words[c.cue.last : c.cue.last + 1]
    return before in ("সূত্রের", "সূত্রে") or (before in CASED_ORGANISATIONS and after == [","])


def _names_somebody(words: list[str]) -> bool:
    return words[-1] in CASED_HEADS or words[-1] in GENITIVE_PRONOUNS or has_evidence(words)


def hopeful_forward(c: Clause) -> Draft | None:
    """X আশাবাদী, …: the predicate noun itself is the cue, its subject the source."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "noun" or p.words[cue.first] != "আশাবাদী" or cue.last >= unit.end:
        return None
    draft = draft_of(c, "attributions.noun_forward")
    floor = max(clause_start(unit, cue.first), c.floor)
    take_source(draft, c._replace(cue=cue._replace(voice="active")), floor)
    if draft.source is None:
        return None
    return draft if add_content(draft, extent(p, cue.last, unit.end), "from behind the cue to the end") else None


def postposition(c: Clause) -> Draft | None:
    """X-এর মতে, …; X অনুযায়ী …: the source stands before the postposition, the content after it."""
    cue, p, unit = c.cue, c.p, c.unit
    if cue.voice != "postposition":
        return None
    words = p.words
    floor = max(clause_start(unit, cue.first), c.floor)
    i = cue.first
    if i <= floor:
        return None
    word = words[i - 1]
    genitive = kind_of(word) in ("genitive", "plural_objective") or word in GENITIVE_PRONOUNS
    if not genitive and (word in _ADJECTIVES or (word in _OWNERS and cue.entry.cue in ("হিসাবে", "হিসেবে"))):
        return _report_with_adjective(c, floor)
    if cue.entry.case == "genitive" and not genitive and cue.entry.cue != "মতে":
        return _itself(c, floor)
    if word in ("নিজের", "নিজ", "নিজস্ব", "এর", "সে", "সেই", "এই"):
        return None
    known = word in documents() or has_evidence([word])
    if not cue.entry.strong and ((word in _NO_SOURCE and not _lists_people(c, word)) or not known):
        return None
    if cue.entry.cue in ("হিসাবে", "হিসেবে") and _counts_people(c, word):
        pass  # মন্ত্রণালয়ের হিসাবে নিহত ৪০ হাজার
    elif cue.entry.cue in ("হিসাবে", "হিসেবে", "ভাষায়", "কথায়") and (
        cue.last >= unit.end or words[cue.last] not in INTRODUCES
    ):
        return None
    later = [o for o in unit.cues if o.first > cue.first and o.finite and o.voice in ("active", "passive")]
    if later and cue.entry.cue.startswith(("বরাত", "উদ্ধৃতি")):
        return None  # who is quoted at second hand: the cue behind takes it up
    draft = draft_of(c, "attributions.postposition")
    first = i = _before_time(words, floor, i)
    if i > floor and (i == cue.first or kind_of(words[i - 1]) in ("genitive", "plural_objective")):
        first = extend_left(p, floor, i)
        draft.source = (first, i)
        draft.steps.append("source: the phrase before the postposition")
    else:
        draft.steps.append("source: none, the phrase before the postposition says only when")
    start, end = cue.last, unit.end
    quote = quote_after(unit, start)
    if quote is not None and is_speech(unit, quote):
        return draft if add_quote(draft, quote, "the quotation after the postposition") else None
    if count_words(p, start, end) < 2:
        start, end = unit.first, first
    return draft if add_content(draft, extent(p, start, end), "the rest of the sentence") else None


_TIME_TABLES = ("weekdays.tsv", "months.tsv", "time_units.tsv", "day_parts.tsv", "relative_days.tsv")
_TIMES = frozenset(
    form
    for table in _TIME_TABLES
    for row in rows(table)
    if not row.get("short")  # রবির তথ্য: a company
    for form, _ in inflections(row["word"], classifiers=False)
) | {row["word"] for row in rows("time_words.tsv") if row["role"] == "era" and row["word"].endswith("র")}
_POINTING = frozenset(row["word"] for row in rows("time_words.tsv") if row["role"] == "modifier")


def _before_time(words: list[str], floor: int, end: int) -> int:
    """Where a time begins that stands right before a postposition: রেলওয়ের | গত শুক্রবারের, | সন্ধ্যা ছয়টার (তথ্য
    অনুযায়ী); `end` if there is none."""
    if not _is_a_time(words[end - 1]):
        return end
    i = end - 1
    while i > floor and (_is_a_time(words[i - 1]) or _counts(words[i - 1]) or words[i - 1] in _POINTING):
        i -= 1
    return i


def _is_a_time(word: str) -> bool:
    return word in _TIMES or (word.endswith("টার") and (word == "টার" or _counts(word.removesuffix("টার"))))


def _counts(word: str) -> bool:
    return word[0].isdigit() or FORMS[word] is not None


_MONEY = words_of("currencies.tsv") | {"জমা", "লেনদেন", "স্থানান্তর"}


def _lists_people(c: Clause, document: str) -> bool:
    """স্বজনদের তালিকা অনুযায়ী নিখোঁজ ১১ জন: a list that somebody made of those who were counted, and not one of receivers."""
    owner, after = c.p.words[c.cue.first - 2], c.p.words[c.cue.last : c.unit.end]
    return (
        document == "তালিকা"
        and (owner in CASED_ORGANISATIONS or owner in _BEREAVED)
        and any(w[0].isdigit() for w in after)
    )


_BEREAVED = frozenset({"স্বজনদের", "স্বজনের", "পরিবারের", "পরিবারগুলোর", "এলাকাবাসীর"})


def _counts_people(c: Clause, owner: str) -> bool:
    """Whether a body's হিসাব is its count, and not its account in a bank: a number follows, and no money."""
    after = c.p.words[c.cue.last : c.unit.end]
    return owner in CASED_ORGANISATIONS and any(w[0].isdigit() for w in after) and _MONEY.isdisjoint(after)


def _report_with_adjective(c: Clause, floor: int) -> Draft | None:
    """ব্যুরোর হালনাগাদ প্রতিবেদন অনুযায়ী, সর্বশেষ হিসাব অনুযায়ী, সরকারি হিসাবে: adjectives before the report."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    i = cue.first
    while i > floor and words[i - 1] in _ADJECTIVES:
        i -= 1
    draft = draft_of(c, "attributions.postposition")
    if i > floor and kind_of(words[i - 1]) in ("genitive", "plural_objective"):
        draft.source, draft.cue = (extend_left(p, floor, i), i), (i, cue.last)
        draft.steps.append("source: the genitive before the adjectives of the report")
    elif cue.last - cue.first == 2:
        draft.source, draft.cue = (i, cue.first + 1), (cue.first + 1, cue.last)
        draft.source_type = "document"
        draft.steps.append("source: the report itself, no owner is named")
    elif words[cue.first - 1] in _OWNERS and (
        words[cue.last : cue.last + 1] == [","] or any(w[0].isdigit() for w in words[cue.last : unit.end])
    ):
        draft.source = (i, cue.first)
        draft.source_type = "document"
        draft.steps.append("source: whose count it is")
    else:
        return None
    return draft if add_content(draft, extent(p, cue.last, unit.end), "the rest of the sentence") else None


def _itself(c: Clause, floor: int) -> Draft | None:
    """দপ্তরের প্রকাশিত বুলেটিন অনুযায়ী, …: no owner right before the report, so that the report itself is the source."""
    cue, p = c.cue, c.p
    noun = cue.first
    if cue.last - cue.first != 2 or p.words[noun] not in documents() or kind_of(p.words[noun - 1]) != "relative":
        return None
    draft = draft_of(c, "attributions.postposition")
    draft.source, draft.cue = (extend_left(p, floor, noun + 1), noun + 1), (noun + 1, cue.last)
    draft.source_type = "document"
    draft.steps.append("source: the report before the postposition")
    return draft if add_content(draft, extent(p, cue.last, c.unit.end), "the rest of the sentence") else None


def _is_idiom(word: str) -> bool:
    """Whether জানান is followed by a form of দেওয়া: জানান দেয় "makes itself felt"."""
    return any(reading.verb == "দেওয়া" for reading in verb_forms().get(word, ()))


def _verbless(c: Clause, floor: int) -> bool:
    """চিকিৎসকেরা জানিয়েছেন আহতদের মধ্যে ৪ জনের অবস্থা গুরুতর: who says it stands before, and what follows counts something."""
    source = look_front(c.p, floor, c.cue.first)
    after = c.p.words[c.cue.last : c.unit.end]
    return source is not None and source[1] == c.cue.first and len(after) > 4 and any(w[0].isdigit() for w in after)


def bare_forward(c: Clause) -> Draft | None:
    """X বলেছেন …: no comma, but a clause follows the cue."""
    cue, p, unit = c.cue, c.p, c.unit
    words = p.words
    if cue.voice not in ("active", "passive") or not cue.finite or cue.entry.takes not in ("speech", "record"):
        return None
    end = unit.end
    if (
        end - cue.last < 3
        or words[cue.last] in JOINING
        or words[cue.last] in ("কি", "কিনা", "কী")
        or _is_idiom(words[cue.last])
    ):
        return None
    if cue.voice == "passive" and cue.tense == "future":
        return None
    floor = max(clause_start(unit, cue.first), c.floor)
    if any(w in RELATIVE for w in words[floor : cue.first]):
        return None
    right = look_right(p, cue.last, end)
    clause = any(kind_of(w) == "verb" for w in words[cue.last : end]) or words[end - 1] in _ENDS_CLAUSE
    if right is not None and right[1] >= end and not clause and not _verbless(c, floor):
        return None
    draft = draft_of(c, "attributions.bare_forward")
    take_source(draft, c, floor)
    if draft.source is None and cue.voice == "active" and floor - 2 > unit.first and is_participle(words[floor - 2]):
        draft.source = look_front(p, unit.first, floor - 1)  # সংস্থাটি, বাজার পর্যালোচনা করে, বলেছে …
    if draft.source is None and (
        cue.entry.takes == "record" or not any(kind_of(w) == "verb" for w in words[cue.last : end])
    ):
        return None
    return draft if add_content(draft, extent(p, cue.last, end), "the clause behind the cue") else None
