"""Behind the figure: the noun that is counted, or what happens to it."""

from __future__ import annotations

from ...passage import Passage
from ...words import base_form
from .. import units
from ..draft import Draft
from .figures import Figures, Tokens
from .phrases import phrase
from .word_classes import (
    DIMENSIONS,
    EVENTS,
    HEADS,
    LIGHT_VERBS,
    MEASURES,
    PLACES,
    case_of,
    class_of,
    is_number,
)

_CHUNKS = 4  # adjuncts between a figure and the event
_FAR = 12  # tokens
_WITH_UNITS = ("money", "measure", "percent")
_ALONG = ("জুড়ে", "ব্যাপী")
_DYING = ("মারা", "প্রাণ")  # মারা গেছেন, প্রাণ হারিয়েছেন


def noun(f: Figures, d: Draft) -> Tokens | None:
    """The noun phrase that begins behind the figure; what only says what is done with it is left to later rules."""
    if d.classifier == "জন":
        return None  # persons.behind_them has looked
    p = f.p
    j = f.past_time(_past_price(p, d) if d.kind == "money" and d.case == "locative" else d.right)
    if d.kind == "money":
        j = f.past_time(_past_rate(p, j))
    found = phrase(p, j)
    if found is None or _is_place(p, found):
        return None
    if d.kind in _WITH_UNITS:
        if _is_adjunct(p, d, found):
            return (found[0], found[1] - 1) if found[1] - found[0] > 1 and _bare_noun(p, found[1] - 2) else None
        if d.case != "genitive" and _is_done(p, found[1] - 1):
            owned = found[1] - found[0] > 1 and class_of(p.words[found[1] - 2]) == "noun"  # সম্পদের মালিক হয়েছেন
            return (found[0], found[1] - 1) if owned and case_of(p.words[found[1] - 2]) in ("", "genitive") else None
        if p.words[found[0]] in DIMENSIONS:
            return None
    if found[1] - found[0] == 1 and _is_done(p, found[0]) and not d.classifier and d.case != "genitive":
        return None if d.kind in _WITH_UNITS else found
    return found


def _is_place(p: Passage, found: Tokens) -> bool:
    """৩৩টি | সিলেট বিভাগে: a known place in the locative says where."""
    first, last = found
    return last - first == 2 and case_of(p.words[last - 1]) == "locative" and p.words[first] in PLACES


def measured_noun(f: Figures, d: Draft) -> Tokens | None:
    """১ লাখ ১৫২ মিমি শেল, তিনটি ১০ টন ক্ষমতার ট্রাক: the thing counted is described by a measure of its own."""
    if d.kind != "count" or d.index + 1 >= len(f.drafts):
        return None
    there = f.drafts[d.index + 1]
    if there.kind != "measure" or there.left != d.right or there.hedge != "exact" or there.case:
        return None
    found = noun(f, there)
    return None if found is None else (there.left, found[1])


def _is_adjunct(p: Passage, d: Draft, found: Tokens) -> bool:
    """৫০ লাখ টাকা ব্যাংকে জমা: a locative behind a unit says where, unless it is measured itself (এলাকায়, পয়েন্টে)."""
    last = p.words[found[1] - 1]
    if case_of(last) != "locative" or last in EVENTS or last.endswith(_ALONG):
        return False
    base = base_form(last)
    return base not in MEASURES and base not in DIMENSIONS and (d.kind == "money" or base not in HEADS)


def _bare_noun(p: Passage, k: int) -> bool:
    return class_of(p.words[k]) == "noun" and case_of(p.words[k]) == ""


def _is_done(p: Passage, k: int) -> bool:
    """রেকর্ড করা হয়েছে, বৃদ্ধি পেয়েছে: a noun that makes one verb with what follows, and is no known thing."""
    words = p.words
    word = words[k]
    if word in HEADS or word in MEASURES or word in EVENTS or case_of(word) != "":
        return False
    return k + 1 < len(words) and words[k + 1] in LIGHT_VERBS


def event(f: Figures, d: Draft) -> Tokens | None:
    """What happens to the counted, behind where, when and how: ৪৪ জন হাসপাতালে ভর্তি, ১০ লাখ টাকা ব্যাংকে জমা."""
    if d.oblique:
        return None
    found = event_at(f, d.right)
    if found is not None:
        return found
    return acted_on(f, f.past_time(d.right))


def acted_on(f: Figures, j: int) -> Tokens | None:
    """১৬ জনকে চাকরিচ্যুত করা হয়: a noun at token j that makes a verb with what follows."""
    return (
        (j, j + 1)
        if j < len(f.p.words) and class_of(f.p.words[j]) in ("noun", "adjective") and _is_done(f.p, j)
        else None
    )


def event_at(f: Figures, j: int) -> Tokens | None:
    """The event at token j or behind adjuncts (places, times, adverbs) that begin there."""
    words = f.p.words
    end = min(len(words), j + _FAR)
    for _ in range(_CHUNKS):
        j = f.past_time(j)
        while j < end and (class_of(words[j]) == "adverb" or words[j] in ("করে", "মাত্র") or words[j].endswith("ভাবে")):
            j = f.past_time(j + 1)
        if j >= end:
            return None
        if words[j] in EVENTS:
            return j, j + 1
        died = dying(f.p, j)
        if died is not None:
            return died
        behind_adjunct = adjunct(f, j, end)
        if behind_adjunct is None:
            return None
        j = behind_adjunct
    return None


def adjunct(f: Figures, j: int, end: int) -> int | None:
    """The token behind a locative phrase (ঢাকা মেডিকেল কলেজ হাসপাতালে, আশঙ্কাজনক অবস্থায়) that begins at token j."""
    words = f.p.words
    for k in range(j, end):
        word = words[k]
        kind = class_of(word)
        if kind in ("noun", "adjective", "descriptor"):
            if case_of(word) == "locative":
                return k + 1
        elif word == "অবস্থায়":
            return k + 1
        elif (kind != "mark" and word not in ("ও", "এবং")) or (kind == "mark" and word not in "-–()‘’"):
            return None
    return None


def dying(p: Passage, j: int) -> Tokens | None:
    """মারা গেছেন, প্রাণ হারিয়েছেন, মারা যাওয়া: two words for one event."""
    words = p.words
    if words[j] in _DYING and j + 1 < len(words) and class_of(words[j + 1]) in ("verb", "stop"):
        return (j, j + 2) if words[j + 1].startswith(("যা", "গে", "গি", "হারা", "হারি", "পড়")) else None
    return None


def _past_rate(p: Passage, j: int) -> int:
    """৪০ টাকা কেজি দরে বিক্রি হওয়া আদা: behind the unit that the price is for, and the selling, up to the thing."""
    words = p.words
    unit = units.match(p, j) if j < len(words) else None
    if unit is None:
        return j
    k = unit.last
    while k < len(words) and words[k] in _RATES:
        k += 1
    if k + 1 < len(words) and words[k] in ("বিক্রি", "কেনা") and words[k + 1] in ("হওয়া", "করা", "দেওয়া"):
        return k + 2
    return k if k < len(words) and class_of(words[k]) in ("noun", "adjective") and words[k] not in EVENTS else j


_RATES = frozenset(("দরে", "দামে", "হিসাবে", "হিসেবে", "করে", "মূল্যে"))


def _past_price(p: Passage, d: Draft) -> int:
    """১০০ টাকায় ১২৫ গ্রাম মাংস: the price is of what the next figure measures."""
    words = p.words
    j = d.right
    if j < len(words) and is_number(words[j]):
        k = j + 1
        while k < len(words) and k < j + 3 and is_number(words[k]):
            k += 1
        unit = units.match(p, k)
        return unit.last if unit is not None else k
    return j
