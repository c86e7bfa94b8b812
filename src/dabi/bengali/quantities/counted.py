"""What is counted: the noun phrase behind a figure, or named before it.

`find` gives folded offsets. The phrase is the shortest that says what is counted, case ending included; None when it is
only understood.
"""

from __future__ import annotations

from ..lexicon import rows, words_of
from ..mentions import Extent
from ..numerals import FORMS, is_digits
from ..passage import Passage
from ..sentences import ABBREVIATIONS
from ..words import base_form, inflections
from . import units
from .draft import Draft

Tokens = tuple[int, int]  # half-open token range


def _role(role: str, *, inflected: bool) -> frozenset[str]:
    stems = [row["word"] for row in rows("counted_words.tsv") if role in row["role"].split(",")]
    if not inflected:
        return frozenset(stems)
    return frozenset(form for stem in stems for form, _ in inflections(stem))


STOPS = _role("stop", inflected=False)
DESCRIPTORS = _role("descriptor", inflected=False)
HEADS = _role("head", inflected=False)
ADJECTIVES = _role("adjective", inflected=False)
MEASURES = _role("measure", inflected=False)
EVENTS = _role("event", inflected=True)
_EVENT_NAMES = _role("event", inflected=False)
_SKIPPED = _role("skip", inflected=False)
_UNINFLECTED = words_of("uninflected.tsv")
_NAME_STOPS = words_of("name_stops.tsv")

_DASHES = frozenset("-–")
_OPENING = frozenset("‘“'\"")
_CLOSING = frozenset("’”'\"")
_VERB_ENDINGS = ("ছেন", "ছিল", "ছিলেন", "লেন", "বেন", "চ্ছে", "য়েছে", "েছে", "চ্ছেন", "তেন", "ছিলাম", "ানো", "ানোর")
_ADJECTIVE_ENDINGS = (
    "ীয়",
    "যোগ্য",
    "বাহী",
    "ভিত্তিক",
    "মূলক",
    "সংক্রান্ত",
    "ভুক্ত",
    "প্রাপ্ত",
    "পন্থী",
    "বিরোধী",
    "নামীয়",
    "ছাড়া",
)
_SUFFIX_OF_SIZE = ("বিশিষ্ট",)  # ২৫০ শয্যাবিশিষ্ট
_LONGEST = 10  # tokens of a phrase, and of the way back to what a verb divides from its figure
_FILLERS = _role("filler", inflected=False) | frozenset("-–—:")
_AMOUNT = frozenset(form for word in ("সংখ্যা", "পরিমাণ") for form, _ in inflections(word))
_RELATIONAL = _role("relational", inflected=False)
_OF_EXTREMES = _role("extreme", inflected=False)
_BOUNDARIES = frozenset("।\n;?!()") | {"”", "“", "‘", "’"}
_JOINING = frozenset((",", "ও", "এবং", "বা", "কিংবা", "আর", "থেকে"))


def _bengali(word: str) -> bool:
    return "ঀ" <= word[0] <= "\u09e3" or word[0] in "ৰৱ"


def _wordlike(word: str) -> bool:
    return _bengali(word) or (word[0].isascii() and word[0].isalpha())


def _is_verb(word: str) -> bool:
    return len(word) > 4 and word.endswith(_VERB_ENDINGS)


def _inflected(word: str) -> bool:
    if word in _UNINFLECTED or word in HEADS or word in ADJECTIVES or word in MEASURES:
        return False
    return word.endswith("সহ") or base_form(word) != word


def _is_number(word: str) -> bool:
    form = FORMS[word]
    return is_digits(word) or (form is not None and form.role not in ("word", "denominator"))


def find(p: Passage, draft: Draft) -> Extent | None:
    """The folded offsets of what a draft counts."""
    tokens = _tokens(p, draft)
    if tokens is None:
        return None
    start, end = p.starts[tokens[0]], p.ends[tokens[1] - 1]
    last = p.words[tokens[1] - 1]
    for suffix in _SUFFIX_OF_SIZE:
        if last.endswith(suffix) and len(last) > len(suffix):
            end -= len(suffix)
    return start, end


def _tokens(p: Passage, draft: Draft) -> Tokens | None:
    if draft.named is not None:
        return draft.named
    if draft.kind == "age":
        return _aged(p, draft)
    if draft.kind in ("percent", "ratio"):
        whole = _whole(p, draft)
        if whole is not None:
            return whole
    if draft.classifier and draft.case in ("genitive", "objective", "with"):
        return _partitive(p, draft) or _qualified(p, draft) or _event_after(p, draft.last) or _reached(p, draft)
    if draft.classifier == "জন":
        participle = _qualified(p, draft)
        if participle is not None and p.words[participle[0]] in EVENTS:
            return _event_after(p, draft.last) or participle
    if draft.case == "locative" and draft.kind == "count":
        return before(p, draft)
    if _amount_before(p, draft) or _definite(p, draft):
        return before(p, draft)
    j = _past_price(p, draft) if draft.kind == "money" and draft.case == "locative" else draft.last
    return after(p, j) or _shared(p, draft) or before(p, draft)


def after(p: Passage, j: int) -> Tokens | None:
    """The noun phrase that begins at token j."""
    words = p.words
    n = len(words)
    j = _skipped(p, j)
    if j < n and words[j] in _OPENING:
        return _quoted(p, j)
    k = j
    nouns = 0
    while k < n and k - j < _LONGEST:
        word = words[k]
        if not _wordlike(word) or word in STOPS or _is_verb(word) or word.endswith("ভাবে"):
            break
        if word in EVENTS:
            return (k, k + 1) if k == j else (j, k)
        if k == j and word in units.MEASURE_FORMS:
            return None  # ৪৫ টাকা কেজি
        if k > j and _is_number(word):
            break
        if word in ABBREVIATIONS and k + 1 < n and words[k + 1] == "." and p.touches(k + 1):
            k += 2  # মো. আবদুল লতিফ
            continue
        if word.endswith(_SUFFIX_OF_SIZE):
            return j, k + 1
        if k + 2 < n and words[k + 1] in _DASHES and p.touches(k + 1) and p.touches(k + 2) and _wordlike(words[k + 2]):
            k += 2
            word = words[k]
        elif word in DESCRIPTORS or word in ADJECTIVES or word.endswith(_ADJECTIVE_ENDINGS):
            k += 1
            continue
        k += 1
        if _inflected(word):
            return j, k
        nouns += 1
        if nouns >= 2 or ((word in HEADS or word in MEASURES) and not _compound_follows(p, k)):
            return j, k
    return (j, k) if k > j else None


def _skipped(p: Passage, j: int) -> int:
    """The token where the name may begin: behind করে, দীর্ঘ, মূল্যের and a figure repeated in brackets."""
    words = p.words
    n = len(words)
    if j < n and words[j] == "(":
        for k in range(j + 1, min(j + 8, n - 1)):
            if words[k] == ")":
                return _skipped(p, k + 1) if any(map(_is_number, words[j + 1 : k])) else j
        return j
    start = j
    while j < n and (
        words[j] in _SKIPPED
        or (j > start and words[j] in ("একটি", "এক"))
        or words[j].endswith("ভাবে")
        or words[j] in ("করে", "মাত্র", "হারে", "এই")
    ):
        j += 1
    return j


def _quoted(p: Passage, j: int) -> Tokens | None:
    """‘রাজনৈতিক হয়রানিমূলক’ মামলা: the quoted words and the noun behind them."""
    words = p.words
    for k in range(j + 1, min(j + 5, len(words))):
        if words[k] in _CLOSING:
            following = after(p, k + 1) if k + 1 < len(words) and _wordlike(words[k + 1]) else None
            if following is not None and words[following[0]] not in EVENTS:
                return j, following[1]
            return (j, k + 1) if k > j + 1 else None
        if not _wordlike(words[k]):
            return None
    return None


def _compound_follows(p: Passage, k: int) -> bool:
    """A head before another inflected head is its attribute: ট্রাক চালকের."""
    if k >= len(p.words):
        return False
    word = p.words[k]
    return word not in EVENTS and word not in HEADS and base_form(word) in HEADS


def _shared(p: Passage, draft: Draft) -> Tokens | None:
    """এক কেজি বা আধা কেজি মাংস; কসবায় একটি, রামপুরে দুটি ক্যাম্প: the name stands behind the next figure of the kind."""
    words = p.words
    n = len(words)
    j = draft.last
    if j >= n or words[j] not in _JOINING:
        return None
    for k in range(j + 1, min(j + 7, n)):
        word = words[k]
        if word in _BOUNDARIES or _is_verb(word):
            return None
        if not _is_number(word):
            continue
        last = k + 1
        while last < n and (_is_number(words[last]) or words[last] in ("জন", "টি", "দশমিক")):
            last += 1
        unit = units.match(p, last)
        if (unit.unit.symbol if unit is not None else None) != draft.unit:
            return None
        return after(p, unit.last if unit is not None else last)
    return None


def _past_price(p: Passage, draft: Draft) -> int:
    """১০০ টাকায় ১২৫ গ্রাম মাংস: the price is of what the next figure measures."""
    words = p.words
    j = draft.last
    if j < len(words) and _is_number(words[j]):
        k = j + 1
        while k < len(words) and k < j + 3 and _is_number(words[k]):
            k += 1
        unit = units.match(p, k)
        return unit.last if unit is not None else k
    return j


def _event_after(p: Passage, j: int) -> Tokens | None:
    """একজনের মৃত্যু, ১০ জনকে আটক, ৩০ জনকে আসামি."""
    for k in range(j, min(j + 3, len(p.words))):
        if not _bengali(p.words[k]):
            return None
        if p.words[k] in EVENTS:
            return k, k + 1
    return None


def _partitive(p: Passage, draft: Draft) -> Tokens | None:
    """জড়িতদের একজনকে."""
    before_ = p.words[draft.first - 1] if draft.first else ""
    if before_.endswith("দের") and len(before_) > 5 and before_ not in STOPS:
        return draft.first - 1, draft.first
    return None


def _qualified(p: Passage, draft: Draft) -> Tokens | None:
    """দগ্ধ ৯ জনকে, সন্দেহভাজন দুজনকে: a participle right before a number of persons; ট্রলার তিনটির."""
    if draft.first == 0:
        return None
    before_ = p.words[draft.first - 1]
    if before_ == "যে" and draft.first > 1:
        before_ = p.words[draft.first - 2]
        return (draft.first - 2, draft.first - 1) if before_ in EVENTS else None
    if before_ in _EVENT_NAMES or before_ in HEADS or (before_ in _NAME_STOPS and len(before_) > 5):
        return draft.first - 1, draft.first
    return None


def _reached(p: Passage, draft: Draft) -> Tokens | None:
    """অজ্ঞাতনামা আসামি করা হয়েছে তিনজনকে: what the verb before makes of them."""
    return before(p, draft) if draft.case == "objective" and _is_verb(p.words[draft.first - 1]) else None


def _whole(p: Passage, draft: Draft) -> Tokens | None:
    """জিডিপির ২ শতাংশ, তাদের শরীরের ২০ শতাংশ: the whole of which a share is taken, in the genitive before."""
    words = p.words
    k = draft.first - 1
    if k < 0 or not _bengali(words[k]) or words[k] in STOPS or not words[k].endswith("র"):
        return None
    if words[k] in HEADS or words[k] in ADJECTIVES or base_form(words[k]) == words[k]:
        return None
    following = after(p, draft.last)
    if following is not None and words[following[1] - 1] in HEADS:
        return None
    return _with_adjectives(p, k), k + 1


def _with_adjectives(p: Passage, k: int) -> int:
    first = k
    while first > 0 and k - first < 2 and (p.words[first - 1] in ADJECTIVES or p.words[first - 1] in _OF_EXTREMES):
        first -= 1
    return first


def _amount_before(p: Passage, draft: Draft) -> bool:
    """মৃতের সংখ্যা ৫২."""
    return draft.first > 0 and p.words[draft.first - 1] in _AMOUNT


def _definite(p: Passage, draft: Draft) -> bool:
    """ট্রেন দুটি চালু হবে: noun, then number with টি, then what is no name."""
    if draft.first == 0 or draft.classifier not in ("টি", "টা", "টো"):
        return False
    following = p.words[draft.last] if draft.last < len(p.words) else "\n"
    if p.words[draft.first - 1] not in HEADS:
        return False
    return following in EVENTS or following in STOPS or not _wordlike(following) or _is_verb(following)


def before(p: Passage, draft: Draft) -> Tokens | None:
    """The noun phrase before a figure: adjacent, or one of the known names across a verb, within the clause."""
    words = p.words
    k = draft.first - 1
    while k >= 0 and (words[k] in _FILLERS or words[k].endswith("প্রতি") or _per(p, k)):
        k -= 2 if _per(p, k) else 1
    if k < 0 or words[k] in _BOUNDARIES:
        return None
    if words[k] in _AMOUNT:
        if k > 0 and _bengali(words[k - 1]) and words[k - 1] not in STOPS:
            return _with_adjectives(p, k - 1), (k if words[k].startswith("সংখ্যা") else k + 1)
        return k, k + 1
    if k > 0 and words[k - 1].endswith("র") and _is_price_base(p, k) and _inflected(words[k - 1]):
        first = k - 1  # গরুর মাংসের কেজি ৭৫০ টাকা
        while first > 0 and words[first - 1].endswith("র") and k - first < 2 and _inflected(words[first - 1]):
            first -= 1
        return first, k
    adjacent = True
    for m in range(k, max(-1, k - _LONGEST), -1):
        word = words[m]
        if word in _BOUNDARIES or word in ("কিন্তু", "তবে", "এবং", "আর") or (word == "," and m < k):
            return None
        if not _bengali(word) or _is_number(word):
            if _is_number(word) and not adjacent:
                return None
            continue
        if word in _EVENT_NAMES or (word in MEASURES or word in HEADS):
            return _name_ending_at(p, m)
        if word in _AMOUNT and not adjacent:
            return (_with_adjectives(p, m - 1), m + 1) if m > 0 and words[m - 1].endswith("র") else (m, m + 1)
        if adjacent and word not in STOPS and not _is_verb(word) and not _inflected(word):
            return _name_ending_at(p, m)
        adjacent = False
    return None


def _per(p: Passage, k: int) -> bool:
    """প্রতি কেজি, প্রতি ভরি: the base of a price between its name and the price."""
    return k > 0 and p.words[k - 1] == "প্রতি" and _is_price_base(p, k)


def _is_price_base(p: Passage, k: int) -> bool:
    return p.words[k] in ("হালি", "ডজন", "জোড়া") or units.match(p, k) is not None


def _name_ending_at(p: Passage, k: int) -> Tokens:
    """A noun with its adjectives and one attribute noun: মূল বেতন, শোভন চেয়ার, কাগজপত্র প্রক্রিয়াকরণ মাশুল."""
    words = p.words
    first = _with_adjectives(p, k)
    if words[k] in _RELATIONAL and first == k and k > 0 and words[k - 1].endswith("র") and _inflected(words[k - 1]):
        return k - 1, k + 1  # দারিদ্র্যের হার
    if words[k] in MEASURES and first == k and k > 0:
        attribute = words[k - 1]
        plain = _bengali(attribute) and attribute not in STOPS and attribute not in _BOUNDARIES
        plain = plain and not _is_verb(attribute) and not _is_number(attribute) and attribute not in EVENTS
        if plain and not _inflected(attribute):
            first = k - 1
    return first, k + 1


def _aged(p: Passage, draft: Draft) -> Tokens | None:
    """The name before (৪৫), or the person behind ৩৪ বছর বয়সী or before বয়স ৩৪."""
    if draft.rule == "quantities.age_in_brackets":
        return _name_before(p, draft.first - 2)
    words = p.words
    named = _before_age(p, draft)
    if named is not None:
        return named
    j = draft.last
    while j < len(words) and (words[j].startswith("বয়স") or words[j] in ("এক", "একজন", "একটি", "ওই", "এই")):
        if words[j] in ("বয়সে", "বয়সেই", "বয়সের"):
            return None
        j += 1
    return after(p, j)


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
        if not _bengali(word) or word in _NAME_STOPS or word in HEADS or word in EVENTS or word in STOPS:
            break
        if (
            word in ADJECTIVES
            or word.endswith((*_ADJECTIVE_ENDINGS, "ায়", "তে", "ছেন", "ছে", "বাসী"))
            or _is_number(word)
        ):
            break
        if word.endswith(("ের", "ার")) and size > 1 and _inflected(word):
            break
        if word.endswith("ের") and base_form(word) != word and len(word) > 5:
            break
        first -= 1
        size += 1
    return first, k + 1


def _before_age(p: Passage, draft: Draft) -> Tokens | None:
    """কামালের বয়স ৫৭ বছর."""
    words = p.words
    for k in range(draft.first - 1, max(-1, draft.first - 6), -1):
        if words[k] in ("বয়স", "বয়সও"):
            if k > 0 and _bengali(words[k - 1]) and words[k - 1].endswith("র") and words[k - 1] not in STOPS:
                return _name_before(p, k - 1)
            return k, k + 1
        if words[k] in "।\n":
            break
    return None
