"""One noun phrase read from its first word: adjectives, then nouns up to the one that ends it."""

from __future__ import annotations

from ...passage import Passage
from ...sentences import ABBREVIATIONS
from ...words import base_form
from .figures import Tokens
from .word_classes import (
    ADJECTIVES,
    CONTAINERS,
    EVENTS,
    HEADS,
    INDEFINITE,
    MEASURES,
    PAIRS,
    SIZES,
    case_of,
    class_of,
    inflected,
    is_number,
    is_person,
    wordlike,
)

_DASHES = frozenset("-–")
_OPENING = frozenset("‘“'\"")
_CLOSING = frozenset("’”'\"")
_LONGEST = 10  # tokens of a phrase
_TOGETHER = frozenset(("ও", "এবং", "বা", "থেকে"))
_ATTRIBUTIVE = ("ছাড়া", "ভুক্ত", "যুক্ত", "মুক্ত", "বিহীন", "জাত")  # of words said of the noun behind them
_PASSED = frozenset(("করে", "মাত্র", "হারে", "এই"))  # ২০০ টাকা করে জরিমানা, ১০ শতাংশ হারে শুল্ক
_SAYING = frozenset(("কথা", "ঘোষণা", "দাবি", "বিষয়", "বিষয়টি", "আশ্বাস", "প্রতিশ্রুতি"))  # ২ লাখ টাকা ক্ষতিপূরণের | কথা
_IN_BRACKETS = 8  # tokens of a figure said again


def phrase(p: Passage, j: int) -> Tokens | None:
    """The noun phrase or event that begins at token j, or behind what may stand between it and a figure."""
    j = skipped(p, j)
    if j < len(p.words) and p.words[j] in _OPENING:
        return _quoted(p, j)
    return _read(p, j)


def skipped(p: Passage, j: int) -> int:
    """The token where the name may begin: behind করে, দীর্ঘ, মূল্যের, সামান্য and a figure repeated in brackets."""
    words = p.words
    n = len(words)
    if j < n and words[j] == "(":
        for k in range(j + 1, min(j + _IN_BRACKETS, n - 1)):
            if words[k] == ")":
                return skipped(p, k + 1) if any(map(is_number, words[j + 1 : k])) else j
        return j
    if j + 1 < n and words[j] == "বেশি" and class_of(words[j + 1]) == "adverb":
        j += 1  # ৫ ফুট বেশি উচ্চতার জলোচ্ছ্বাস
    start = j
    while j < n and (words[j] in _PASSED or (j > start and words[j] in INDEFINITE) or class_of(words[j]) == "adverb"):
        j += 1
    return j


def _read(p: Passage, j: int) -> Tokens | None:
    words = p.words
    n = len(words)
    k = j
    nouns = 0
    while k < n and k - j < _LONGEST:
        word = words[k]
        if word in ABBREVIATIONS and k + 1 < n and words[k + 1] == "." and p.touches(k + 1):
            k += 2  # মো. আবদুল লতিফ
            continue
        if k + 1 < n and words[k + 1] in PAIRS.get(word, ()):
            return j, _what_it_holds(p, k + 2)  # মোবাইল ফোন
        kind = class_of(word)
        if kind in ("mark", "stop", "verb", "adverb", "number"):
            together = _together(p, j, k) if nouns == 0 and k > j else None
            if together is None:
                break
            k = together
            continue
        if kind == "event" and word in ADJECTIVES and k == j and _modifies(p, k):
            k += 1  # ৩টি মৃত ডলফিন
            continue
        if kind == "event":
            if k > j and k + 1 < n and is_person(words[k + 1]) and words[k + 1] not in EVENTS:
                return j, k + 2  # ডেঙ্গু আক্রান্ত রোগী
            return (k, k + 1) if k == j else (j, k)
        if kind == "unit" and k == j:
            return None  # ৪৫ টাকা কেজি
        if word.endswith(SIZES):
            return j, k + 1
        if k + 2 < n and words[k + 1] in _DASHES and p.touches(k + 1) and p.touches(k + 2) and wordlike(words[k + 2]):
            k += 2
            word = words[k]
        elif kind in ("descriptor", "adjective"):
            if nouns:
                break  # ৭টি বগি লাইনচ্যুত
            k += 1
            if k < n and words[k] in _OPENING:
                inner = _quoted(p, k)
                return (j, inner[1]) if inner is not None else (j, k)
            continue
        k += 1
        if word in MEASURES and word not in HEADS and k < n and words[k] in HEADS and not is_person(words[k]):
            continue  # চা দোকান
        if word in CONTAINERS and k < n and class_of(words[k]) in ("noun", "adjective"):
            inside = _read(p, k)
            if inside is not None and _is_stuff(words[inside[1] - 1]):
                return j, inside[1]
        if inflected(word):
            return j, _what_it_holds(p, k)
        nouns += 1
        if nouns >= 2 or ((word in HEADS or word in MEASURES) and not _compound_follows(p, k, word)):
            return j, _and_another(p, k, word)
    return (j, _and_another(p, k, words[k - 1])) if k > j else None


def _modifies(p: Passage, k: int) -> bool:
    """Whether the word at token k is said of the noun behind it: মৃত ডলফিন, but দুজনকে মৃত ঘোষণা করেন."""
    return k + 1 < len(p.words) and class_of(p.words[k + 1]) == "noun" and p.words[k + 1] not in _SAYING


def _together(p: Passage, j: int, k: int) -> int | None:
    """মৃদু থেকে মাঝারি ধরনের, এডহক ও প্রকল্পভুক্ত: two adjectives of one noun; the token behind the joint."""
    words = p.words
    if words[k] not in _TOGETHER or k + 1 >= len(words):
        return None
    if class_of(words[k - 1]) not in ("adjective", "descriptor"):
        return None
    return k + 1 if class_of(words[k + 1]) in ("adjective", "descriptor", "noun") else None


def _and_another(p: Passage, k: int, noun: str) -> int:
    """২৮টি শহর ও গ্রাম: a second bare noun of the same sort belongs to the counted; the token behind the phrase."""
    words = p.words
    if k + 1 < len(words) and words[k] == "বা" and noun in MEASURES and words[k + 1] in MEASURES:
        return k + 2  # গম বা আটা
    if k + 1 < len(words) and words[k] in _TOGETHER and words[k + 1].endswith(_ATTRIBUTIVE):
        whole = _read(p, k + 1)
        return k if whole is None else whole[1]  # হাড় ও চর্বিছাড়া মাংস
    if k + 1 >= len(words) or words[k] not in ("ও", "এবং") or not _same_sort(noun, words[k + 1]):
        return k
    following = words[k + 2] if k + 2 < len(words) else "\n"
    return k + 2 if following not in EVENTS or is_person(noun) else k


def _what_it_holds(p: Passage, k: int) -> int:
    """৫০টি মাছের ঘের: stuff in the genitive belongs to the thing that holds it; the token behind the phrase."""
    word = p.words[k - 1]
    if case_of(word) != "genitive" or base_form(word) not in MEASURES or k >= len(p.words):
        return k
    return k + 1 if class_of(p.words[k]) == "noun" and p.words[k] not in MEASURES and p.words[k] not in _SAYING else k


def _is_stuff(word: str) -> bool:
    """Whether a word, with সহ or in the genitive too, names what a vessel can hold: চিনি, চিনিসহ, ফেনসিডিলের."""
    base = word if word in MEASURES else base_form(word.removesuffix("সহ"))
    return (base in MEASURES or base in HEADS) and not is_person(word) and case_of(word) != "locative"


def _same_sort(noun: str, other: str) -> bool:
    base = base_form(other) if other not in HEADS else other
    return class_of(other) == "noun" and base in HEADS and is_person(noun) == is_person(other)


def _compound_follows(p: Passage, k: int, head: str) -> bool:
    """A head before another inflected head is its attribute: ট্রাক চালকের; but a person is not of a place: রোগী হাসপাতালে."""
    if k >= len(p.words):
        return False
    word = p.words[k]
    if word in EVENTS or word in HEADS or base_form(word) not in HEADS:
        return False
    return not is_person(head) or is_person(word)


def _quoted(p: Passage, j: int) -> Tokens | None:
    """‘রাজনৈতিক হয়রানিমূলক’ মামলা: the quoted words and the noun behind them."""
    words = p.words
    for k in range(j + 1, min(j + 5, len(words))):
        if words[k] in _CLOSING:
            following = phrase(p, k + 1) if k + 1 < len(words) and wordlike(words[k + 1]) else None
            if following is not None and words[following[0]] not in EVENTS:
                return j, following[1]
            return (j, k + 1) if k > j + 1 else None
        if not wordlike(words[k]):
            return None
    return None
