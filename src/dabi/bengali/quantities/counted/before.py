"""Before the figure: the noun phrase beside it, or the one that the clause is about, across its verb."""

from __future__ import annotations

from ...passage import Passage
from ...phrases import ORGANISATIONS
from ...verbs import is_conditional
from .. import units
from ..draft import Draft
from .figures import Figures, Tokens
from .phrases import phrase
from .word_classes import (
    ADJECTIVES,
    AMOUNT_VERBS,
    AMOUNTS,
    EVENT_NAMES,
    EVENTS,
    EXTREMES,
    FILLERS,
    HEADS,
    LIGHT_VERBS,
    MEASURES,
    POSTPOSITIONS,
    RELATIONAL,
    STOPS,
    TRADE_VERBS,
    bengali,
    case_of,
    class_of,
    inflected,
    is_number,
    is_person,
    is_verb,
    wordlike,
)

_FAR = 12  # tokens back to what a verb divides from its figure
_ASIDE = 6  # tokens of a name said again in brackets
_BOUNDARIES = frozenset("।\n;?!()") | {"”", "“", "‘", "’"}
_CLAUSES = frozenset(("কিন্তু", "তবে", "এবং", "আর", "যে"))
_WITH_UNITS = ("money", "measure", "percent")
_INSIDE = frozenset(
    ("ভেতরে", "ভেতর", "অভ্যন্তরে", "ওপরে", "উপরে", "ওপর", "উপর", "নিচে", "নিচ", "পর", "আগে")
)  # how far, not how long
_COMPARED = frozenset(("চেয়ে", "চেয়েও", "চাইতে", "তুলনায়", "তুলনায়ও", "মধ্যে", "মতো"))
_WITH = frozenset(("দিয়ে", "দ্বারা"))
_EACH = frozenset(("প্রতিটি", "প্রত্যেক", "প্রতি"))
_OR = frozenset(("বা", "অথবা", "কিংবা"))
_PRICE_BASES = ("হালি", "ডজন", "জোড়া")


# Rules


def whole_of_a_share(f: Figures, d: Draft) -> Tokens | None:
    """জিডিপির ২ শতাংশ, তাদের শরীরের ২০ শতাংশ: the whole of which a share is taken, in the genitive before."""
    if d.kind not in ("percent", "ratio"):
        return None
    p = f.p
    k = f.before_time(d.left - 1)
    if k < 0 or not _is_whole(p, k):
        return None
    if (d.kind == "ratio" and k < d.left - 1) or _is_compared(d):
        return across(f, d)
    following = phrase(p, f.past_time(d.right))
    if following is not None and p.words[following[1] - 1] in HEADS:
        return None
    return _with_adjectives(p, k), k + 1


def whole_of_a_measure(f: Figures, d: Draft) -> Tokens | None:
    """শহরের ১৪ কিলোমিটারজুড়ে, বাঁধের ২০০ মিটার ভেঙে গেছে: a stretch of what stands in the genitive."""
    k = d.left - 1
    if d.kind != "measure" or k < 0 or not _is_whole(f.p, k):
        return None
    if d.right < len(f.p.words) and f.p.words[d.right] in _INSIDE:
        return None
    return _with_adjectives(f.p, k), k + 1


def locative_figure(f: Figures, d: Draft) -> Tokens | None:
    """৫২ জনে দাঁড়িয়েছে, ৪০টিতে নেমেছে: the counted stands before."""
    if d.kind != "count" or d.case != "locative":
        return None
    return adjacent(f, d) or across(f, d)


def amount(f: Figures, d: Draft) -> Tokens | None:
    """মৃতের সংখ্যা ৫২."""
    if d.left > 0 and f.p.words[d.left - 1] in AMOUNTS:
        return adjacent(f, d)
    return None


def definite(f: Figures, d: Draft) -> Tokens | None:
    """ট্রেন দুটি চালু হবে: noun, then number with টি, then what is no name."""
    words = f.p.words
    if d.left == 0 or d.classifier not in ("টি", "টা", "টো") or words[d.left - 1] not in HEADS:
        return None
    following = words[d.right] if d.right < len(words) else "\n"
    if following in EVENTS or following in STOPS or not wordlike(following) or is_verb(following):
        return adjacent(f, d)
    return None


def price_of(f: Figures, d: Draft) -> Tokens | None:
    """গরুটিকে দুই লাখ টাকায় কিনেছেন: what has the price, before a verb of buying and selling."""
    words = f.p.words
    if d.kind != "money" or d.case != "locative" or d.right >= len(words):
        return None
    j = f.past_time(d.right)
    if j >= len(words) or (words[j] not in TRADE_VERBS and words[j] not in ("বিক্রি", "কেনা", "বিক্রয়", "ক্রয়")):
        return None
    for k in range(d.left - 1, max(-1, d.left - 5), -1):
        if words[k] in _BOUNDARIES or words[k] == "," or is_verb(words[k]):
            break
        if class_of(words[k]) == "noun" and case_of(words[k]) == "objective":
            return _name_ending_at(f.p, k)
    return adjacent(f, d)


def adjacent_measure(f: Figures, d: Draft) -> Tokens | None:
    """সর্বনিম্ন তাপমাত্রা ৯ ডিগ্রি রেকর্ড করা হয়, দাম ৫০ টাকা বৃদ্ধি: a measure beside its figure goes before what follows."""
    if d.kind not in _WITH_UNITS or d.case in ("genitive", "with"):
        return None
    k = back(f, d.left - 1)
    if k < 0 or f.p.words[k] not in MEASURES or f.p.words[k] in units.MEASURE_FORMS:
        return None
    following = phrase(f.p, f.past_time(d.right))
    if following is not None and f.p.words[following[1] - 1] in MEASURES and d.kind != "percent":
        return None  # প্রতি পরিবার চাল ১০ টাকা দাম
    return _name_ending_at(f.p, k)


def adjacent(f: Figures, d: Draft) -> Tokens | None:
    """The noun phrase right before a figure and its fillers."""
    if d.oblique:
        return None
    p, words = f.p, f.p.words
    k = back(f, d.left - 1)
    if k < 0 or words[k] in _BOUNDARIES:
        return None
    if words[k] in AMOUNTS:
        if k > 0 and bengali(words[k - 1]) and words[k - 1] not in STOPS:
            return _with_adjectives(p, k - 1), k + 1
        return k, k + 1
    if k > 0 and words[k - 1].endswith("র") and _is_price_base(p, k) and inflected(words[k - 1]):
        first = k - 1  # গরুর মাংসের কেজি ৭৫০ টাকা
        while first > 0 and words[first - 1].endswith("র") and k - first < 2 and inflected(words[first - 1]):
            first -= 1
        return first, k
    word = words[k]
    if not bengali(word) or is_number(word):
        return None
    if (d.kind in _WITH_UNITS and _is_actor(word)) or word in ORGANISATIONS:
        return None
    if word in EVENT_NAMES or word in MEASURES or word in HEADS:
        return _name_ending_at(p, k)
    if word in STOPS or is_verb(word) or inflected(word) or class_of(word) in ("adverb", "adjective", "unit"):
        return None
    return _name_ending_at(p, k)


def across(f: Figures, d: Draft) -> Tokens | None:
    """মূল বেতন দেওয়া হয় ১১ হাজার টাকা: a known name across a verb, within the clause."""
    if d.oblique and d.case != "objective":
        return None
    p, words = f.p, f.p.words
    k = back(f, d.left - 1)
    if k >= 0 and case_of(words[k]) == "with":
        return None  # ব্যাংক কর্মকর্তাসহ চারজনকে
    comma = False
    m = k
    floor = max(f.floor(d), k - _FAR + 1)
    while m >= floor:
        before_time = f.before_time(m)
        if before_time != m:
            m = before_time
            continue
        if m < k and (opening := _aside(p, m)) is not None:
            m = opening - 1
            continue
        word = words[m]
        if word == ",":
            if not _only_places(f, m + 1, d.left):
                return None
            comma = True
        elif word in _BOUNDARIES or word in _CLAUSES or (is_number(word) and m < k):
            return None
        elif bengali(word):
            if _is_governed(p, m):
                pass
            elif word in EVENT_NAMES:
                return _undergone(p, m) or _name_ending_at(p, m)
            elif word in MEASURES or word in HEADS or (_is_definite(word) and not comma) or _are_persons(d, word):
                return _name_ending_at(p, m)
            elif word in AMOUNTS and m < k:
                owned = m > 0 and words[m - 1].endswith("র")
                return (_with_adjectives(p, m - 1), m + 1) if owned else (m, m + 1)
        m -= 1
    return None


def _aside(p: Passage, m: int) -> int | None:
    """Where the brackets that close at token m open, when they only say the name again: প্রবাসী আয় (রেমিট্যান্স) এসেছে …"""
    if p.words[m] != ")":
        return None
    opening = next((i for i in range(m - 1, max(-1, m - _ASIDE), -1) if p.words[i] == "("), None)
    if opening is None or not all(class_of(word) in ("noun", "adjective") for word in p.words[opening + 1 : m]):
        return None
    return opening


def amount_across(f: Figures, d: Draft) -> Tokens | None:
    """ফাটলটি ১২ মিটার লম্বা, মজুত দাঁড়িয়েছে ৩০ হাজার টনে: the subject of a verb that says how much there is."""
    p, words = f.p, f.p.words
    if not _says_how_much(f, d):
        return None
    candidate = None
    k = d.left - 1
    m = k
    while m >= max(f.floor(d), k - _FAR + 1):
        before_time = f.before_time(m)
        if before_time != m:
            m = before_time
            continue
        word = words[m]
        if word == "," or word in _BOUNDARIES or word in _CLAUSES or is_number(word):
            break
        if (
            class_of(word) == "noun"
            and case_of(word) in ("", "definite")
            and not (_is_actor(word) or _is_governed(p, m))
        ):
            candidate = m
            break
        m -= 1
    return _name_ending_at(p, candidate) if candidate is not None else None


def paid_in(f: Figures, d: Draft) -> Tokens | None:
    """চাল দিয়ে শোধ করলে পাঁচ কেজি, ভুট্টা বা জোয়ার দ্বারা দিলে তিন কেজি: what something is done with is what is weighed."""
    p, words, k = f.p, f.p.words, d.left - 1
    if d.kind != "measure" or d.unit in units.LENGTHS or k < 2 or not is_conditional(words[k]):
        return None
    for m in range(k - 1, max(f.floor(d), k - _ASIDE), -1):
        if words[m] in _BOUNDARIES or words[m] == ",":
            return None
        if words[m] in _WITH and class_of(words[m - 1]) == "noun" and not inflected(words[m - 1]):
            first, last = _name_ending_at(p, m - 1)
            if first > 1 and words[first - 1] in _OR and class_of(words[first - 2]) == "noun":
                first -= 2
            return first, last
    return None


def for_each(f: Figures, d: Draft) -> Tokens | None:
    """প্রতিটি চারাগাছের জন্য ৩০০ টাকা, প্রতিটি চালানে ৫০ হাজার টাকা: that of which each brings or costs so much."""
    words = f.p.words
    if d.kind != "money":
        return None
    for m in range(d.left - 1, max(f.floor(d), d.left - _ASIDE), -1):
        if words[m] in _BOUNDARIES or words[m] == "," or is_verb(words[m]):
            return None
        if words[m - 1] in _EACH and class_of(words[m]) == "noun":
            each = case_of(words[m]) == "locative" or (case_of(words[m]) == "genitive" and words[m + 1] == "জন্য")
            return (m, m + 1) if each else None
    return None


# What the rules look at


def back(f: Figures, k: int) -> int:
    """The token before fillers, times and price bases that end at token k."""
    p = f.p
    while k >= 0:
        before_time = f.before_time(k)
        if before_time != k:
            k = before_time
        elif p.words[k] in FILLERS or p.words[k].endswith(("প্রতি", "পিছু")):
            k -= 1
        elif _per(p, k):
            k -= 2
        else:
            break
    return k


def _per(p: Passage, k: int) -> bool:
    """প্রতি কেজি, প্রতি ভরি: the base of a price between its name and the price."""
    return k > 0 and p.words[k - 1] == "প্রতি" and _is_price_base(p, k)


def _is_price_base(p: Passage, k: int) -> bool:
    return p.words[k] in _PRICE_BASES or units.match(p, k) is not None


def _is_whole(p: Passage, k: int) -> bool:
    word = p.words[k]
    return (
        bengali(word)
        and word not in STOPS
        and word not in HEADS
        and word not in ADJECTIVES
        and (case_of(word) == "genitive")
    )


def _is_compared(d: Draft) -> bool:
    """গত বছরের দ্বিগুণ: the genitive before a multiple is what it is compared with."""
    return d.kind == "ratio" and d.low is not None and d.low >= 2


def _with_adjectives(p: Passage, k: int) -> int:
    first = k
    while (
        first > 0 and k - first < 2 and (class_of(p.words[first - 1]) == "adjective" or p.words[first - 1] in EXTREMES)
    ):
        first -= 1
    return first


def _undergone(p: Passage, m: int) -> Tokens | None:
    """তেল আমদানি হয়েছে ২ লাখ টন, আদা প্রতি কেজি বিক্রি হচ্ছে ৯০ টাকায়: the thing with which the event at token m was done."""
    words = p.words
    if m == 0 or m + 1 >= len(words) or words[m + 1] not in LIGHT_VERBS:
        return None
    while m > 1 and (
        words[m - 1].endswith("প্রতি") or words[m - 1] in FILLERS or _per(p, m - 1) or _where_sold(p, m - 1)
    ):
        m -= 2 if _per(p, m - 1) else 1
    thing = words[m - 1].removesuffix("ই")
    known = thing in MEASURES or (thing in HEADS and not is_person(thing))
    return _name_ending_at(p, m - 1) if known or thing in HEADS else None


def _where_sold(p: Passage, k: int) -> bool:
    """পেঁয়াজ খুচরায় বিক্রি হচ্ছে: a locative between the thing and what is done with it."""
    return k > 0 and class_of(p.words[k]) == "noun" and case_of(p.words[k]) == "locative"


def _is_definite(word: str) -> bool:
    return case_of(word) == "definite" and word.endswith(("টি", "টা")) and class_of(word) == "noun"


def _are_persons(d: Draft, word: str) -> bool:
    """স্বেচ্ছাসেবক নামানো হয়েছে ৭ হাজার: bare persons, where nothing else is counted."""
    return d.kind == "count" and is_person(word) and case_of(word) == ""


def _is_actor(word: str) -> bool:
    return is_person(word) or word in ORGANISATIONS


def _is_governed(p: Passage, m: int) -> bool:
    """Whether a noun belongs to what follows: মোবাইল ব্যাংকিংয়ে, ভূমি থেকে, ট্রাক ও লরির."""
    word = p.words[m]
    following = p.words[m + 1]
    if following in POSTPOSITIONS:
        return not (following == "হতে" and p.words[m + 2 : m + 3] and p.words[m + 2].startswith("পার"))  # আকার হতে পারে
    if following in ("ও", "এবং", ",") and word not in MEASURES:
        return word in HEADS and class_of(p.words[m + 2]) == "noun"
    if word in MEASURES or word in AMOUNTS or class_of(following) != "noun":
        return False
    case = case_of(following)
    return case in ("locative", "objective", "with") or (
        case == "genitive" and _COMPARED.isdisjoint(p.words[m + 2 : m + 5])
    )


def _only_places(f: Figures, first: int, last: int) -> bool:
    """Whether tokens first..last-1 only say where and when: …, চট্টগ্রামে—৩৩ ডিগ্রি."""
    m = first
    while m < last:
        behind_time = f.past_time(m)
        if behind_time != m:
            m = behind_time
            continue
        word = f.p.words[m]
        if not (word in FILLERS or (class_of(word) == "noun" and case_of(word) in ("locative", "genitive"))):
            return False
        m += 1
    return True


def _says_how_much(f: Figures, d: Draft) -> bool:
    """Whether a verb of amounts (বেড়েছে, ছিল) or a dimension (লম্বা) stands right before or behind the figure."""
    words = f.p.words
    if d.kind == "age" or d.classifier == "জন":
        return False
    j = f.past_time(d.right)
    behind = words[j] if j < len(words) else "\n"
    before = words[d.left - 1] if d.left > 0 else "\n"
    if behind in AMOUNT_VERBS or before in AMOUNT_VERBS or class_of(behind) == "adverb":
        return True
    return d.kind in _WITH_UNITS and behind in ("।", "\n", "বৃদ্ধি", "হ্রাস")


def _name_ending_at(p: Passage, k: int) -> Tokens:
    """A noun with its adjectives and one attribute noun: মূল বেতন, শোভন চেয়ার, কাগজপত্র প্রক্রিয়াকরণ মাশুল."""
    words = p.words
    first = _with_adjectives(p, k)
    if words[k] in RELATIONAL and first == k and k > 0 and words[k - 1].endswith("র") and inflected(words[k - 1]):
        return k - 1, k + 1  # দারিদ্র্যের হার
    if (words[k] in MEASURES or words[k] in RELATIONAL) and first == k and k > 0:
        attribute = words[k - 1]
        kinds = ("noun", "event") if words[k] in RELATIONAL and words[k + 1] not in LIGHT_VERBS else ("noun",)
        if class_of(attribute) in kinds and not inflected(attribute):
            first = k - 1
    return first, k + 1
