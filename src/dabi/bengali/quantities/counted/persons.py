"""Persons: of what age, how many of them, and what befell them."""

from __future__ import annotations

from ...lexicon import rows
from ...passage import Passage
from ...phrases import CASED_NAMES, NAMES
from ...places import find_place
from ...sentences import ABBREVIATIONS
from ...words import base_form
from ..draft import Draft
from . import before, behind
from .figures import Figures, Tokens
from .phrases import phrase, skipped
from .word_classes import (
    EVENT_NAMES,
    EVENTS,
    HEADS,
    NAME_STOPS,
    STOPS,
    bengali,
    case_of,
    class_of,
    inflected,
    is_person,
    is_verb,
)

_BODIES = frozenset(("লাশ", "মরদেহ", "মৃতদেহ", "দেহ", "কঙ্কাল", "দেহাবশেষ"))
_OTHER = frozenset(("অন্য", "অপর", "আরও", "বাকি"))
_FOUND = frozenset(("শনাক্ত", "সনাক্ত", "পজিটিভ"))
_KIN = frozenset(row["word"] for row in rows("age_words.tsv") if row["role"] == "person")  # the name of the aged itself


def already_named(f: Figures, d: Draft) -> Tokens | None:
    """৫০০ মানুষের বেশি: read with the hedge."""
    return d.named


def one_of_several(f: Figures, d: Draft) -> Tokens | None:
    """জড়িতদের একজনকে."""
    if not d.oblique or d.left == 0:
        return None
    word = f.p.words[d.left - 1]
    return (d.left - 1, d.left) if word.endswith("দের") and len(word) > 5 and word not in STOPS else None


def befallen(f: Figures, d: Draft) -> Tokens | None:
    """একজনের মৃত্যু, ১০ জনকে আটক, ৪৪ জনকে গতকাল কারাগারে পাঠানো: an event close behind persons in an oblique case."""
    if d.classifier != "জন" or not d.oblique:
        return None
    p = f.p
    j = f.past_time(d.right)
    for k in range(j, min(j + 3, len(p.words))):
        if not bengali(p.words[k]):
            return None
        if p.words[k] in EVENTS:
            return k, k + 1
        if p.words[k] in STOPS and p.words[k] != "করে":
            return None
        if d.case == "genitive" and class_of(p.words[k]) == "noun" and case_of(p.words[k]) == "":
            if p.words[k] in _BODIES:
                return k, k + 1  # দুজনের লাশ
            if k + 1 < len(p.words) and p.words[k + 1] in _FOUND:
                return k, k + 2  # ২৬৮ জনের করোনা শনাক্ত
            break  # ১৪ জনের নাম ঘোষণা
    return behind.acted_on(f, j) if d.case == "objective" else None


def died_before(f: Figures, d: Draft) -> Tokens | None:
    """মারা গেছেন মোট ১২ জন, মারা যাওয়া ৬৯ জনের মধ্যে: two words for one event, right before persons."""
    if d.classifier != "জন":
        return None
    k = before.back(f, d.left - 1)
    return behind.dying(f.p, k - 1) if k > 0 else None


def participle_before(f: Figures, d: Draft) -> Tokens | None:
    """দগ্ধ ৯ জনকে, সাজাপ্রাপ্ত অন্য তিনজন: a participle before a number of persons; ট্রলার তিনটির."""
    words = f.p.words
    left = d.left - 1 if d.left > 1 and words[d.left - 1] in _OTHER else d.left
    if left == 0 or not d.classifier:
        return None
    if not d.oblique and d.classifier != "জন":
        return None
    word = words[left - 1]
    if word == "যে" and left > 1:
        word = words[left - 2]
        return (left - 2, left - 1) if word in EVENTS else None
    named = word in EVENT_NAMES
    if d.oblique:
        named = named or word in HEADS or (word in NAME_STOPS and len(word) > 5) or word in ("মৃত", "জীবিত")
    if not named:
        return None
    if not d.oblique:
        following = f.past_time(d.right)
        if following < len(words) and words[following] in EVENTS:
            return following, following + 1
    return left - 1, left


def reached_by_the_verb(f: Figures, d: Draft) -> Tokens | None:
    """অজ্ঞাতনামা আসামি করা হয়েছে তিনজনকে: what the verb before makes of them."""
    if not d.oblique:
        return None
    if d.case == "objective" and d.left > 0 and is_verb(f.p.words[d.left - 1]):
        found = before.adjacent(f, d) or before.across(f, d)
        if found is not None:
            return found
    return None


def behind_them(f: Figures, d: Draft) -> Tokens | None:
    """২০ জন যাত্রী, ৩ জন পুলিশের সদস্য, ৪৪ জন হাসপাতালে ভর্তি, ১২ জন মারা গেছেন: persons are never a place."""
    if d.classifier != "জন" or d.oblique:
        return None
    p = f.p
    j = skipped(p, f.past_time(d.right))
    j = skipped(p, f.past_time(j))
    if j >= len(p.words):
        return None
    found = behind.dying(p, j) or phrase(p, j)
    if found is None:
        return None
    first, last = found
    of_place = last - first == 1 and case_of(p.words[first]) == "genitive" and find_place(p.words[first]) is not None
    if of_place and (last >= len(p.words) or class_of(p.words[last]) != "noun"):
        return None  # আক্রান্তদের মধ্যে ৮১৪ জন ঢাকার
    if p.words[last : last + 1] == ["জন্য"]:
        return behind.event_at(f, last + 1) or phrase(p, last + 1)  # দুজন চিরদিনের জন্য | পঙ্গু
    if p.words[first] in EVENTS or p.words[first] == "মারা":
        return found
    if case_of(p.words[last - 1]) != "locative" and class_of(p.words[last - 1]) != "adverb":
        behind_adjunct = behind.adjunct(f, first, min(len(p.words), first + 8))
        if behind_adjunct is not None and not any(map(is_person, p.words[first:last])) and last - first > 1:
            return behind.event_at(f, behind_adjunct) or _people(p, found)
        return _people(p, found)
    for k in range(first, last):
        if is_person(p.words[k]):
            return first, k + 1  # ২২৭ জন বিদেশি নির্বাচন কমিশনে, ২১৫ জন রোগী হাসপাতালে
    return behind.event_at(f, first)


def _people(p: Passage, found: Tokens) -> Tokens:
    """৩ জন পুলিশের সদস্য: a genitive before a word for persons belongs to it."""
    first, last = found
    words = p.words
    if case_of(words[last - 1]) != "genitive" or is_person(words[last - 1]) or last >= len(words):
        return found
    return (first, last + 1) if class_of(words[last]) == "noun" and is_person(words[last]) else found


def of_an_age(f: Figures, d: Draft) -> Tokens | None:
    """The name before (৪৫), or the person behind ৩৪ বছর বয়সী or before বয়স ৩৪."""
    if d.kind != "age":
        return None
    p = f.p
    if d.rule == "quantities.age_in_brackets":
        return _name_before(p, d.first - 2)
    words = p.words
    named = _before_age(p, d)
    if named is not None:
        return named
    j = d.last
    while j < len(words) and (words[j].startswith("বয়স") or words[j] in ("এক", "একজন", "একটি", "ওই", "এই")):
        if words[j] in ("বয়সে", "বয়সেই", "বয়সের"):
            return before.across(f, d)
        j += 1
    found = phrase(p, j)
    return _past_profession(p, found) if found is not None else before.adjacent(f, d)


def _past_profession(p: Passage, found: Tokens) -> Tokens:
    """২৩ বছর বয়সী পেসার শরিফুল ইসলামকে: the name behind the profession."""
    words = p.words
    first = found[0]
    for k in range(first, min(first + 3, len(words))):
        word = words[k]
        if word not in NAMES and word not in CASED_NAMES:
            continue
        if k == first or _KIN.intersection(words[first:k]):
            return found
        end = k + 1
        while end < len(words) and end < k + 3 and not inflected(words[end - 1]) and class_of(words[end]) == "noun":
            if is_person(words[end]):
                break
            end += 1
        return k, end
    return found


_GENITIVES = ("ের", "ার", "বাড়ির", "খালির", "কাঠির", "হাটির", "মারির")  # not of names: নাসির, সাইদুর


def _name_before(p: Passage, k: int) -> Tokens | None:
    """A person's name that ends at token k: to the last word that is a relation, a profession, a place or a stop."""
    words = p.words
    first = k
    size = 1
    while first > 0 and size < 4:
        word = words[first - 1]
        if word == "." and first > 1 and words[first - 2] in ABBREVIATIONS:
            first -= 2
            continue
        if word == "ওরফে" and first > 1:
            first -= 2
            size = 1
            continue
        if not bengali(word) or word in NAME_STOPS or word in HEADS or word in EVENTS or word in STOPS:
            break
        if is_verb(word) and word not in NAMES:
            break
        if class_of(word) in ("adjective", "number") or word.endswith(("ায়", "তে", "ছেন", "ছে", "বাসী")):
            break
        if word.endswith(_GENITIVES) and first < k and inflected(word):
            break
        if word.endswith("ের") and base_form(word) != word and len(word) > 5:
            break
        first -= 1
        size += 1
    return first, k + 1


def _before_age(p: Passage, d: Draft) -> Tokens | None:
    """কামালের বয়স ৫৭ বছর."""
    words = p.words
    for k in range(d.first - 1, max(-1, d.first - 6), -1):
        if words[k] in ("বয়স", "বয়সও"):
            if k > 0 and bengali(words[k - 1]) and words[k - 1].endswith("র") and words[k - 1] not in STOPS:
                return _name_before(p, k - 1)
            return k, k + 1
        if words[k] in "।\n":
            break
    return None
