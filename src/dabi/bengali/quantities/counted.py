"""What is counted: the noun phrase behind a figure, or named just before it."""

from __future__ import annotations

from ..lexicon import rows, words_of
from ..numerals import FORMS, is_digits
from ..passage import Passage
from ..words import base_form, inflections
from . import units
from .draft import Draft

Tokens = tuple[int, int]  # half-open token range


def _role(role: str, *, inflected: bool) -> frozenset[str]:
    stems = [row["word"] for row in rows("counted_words.tsv") if row["role"] == role]
    if not inflected:
        return frozenset(stems)
    return frozenset(form for stem in stems for form, _ in inflections(stem))


STOPS = _role("stop", inflected=False)
DESCRIPTORS = _role("descriptor", inflected=False)
HEADS = _role("head", inflected=False)
ADJECTIVES = _role("adjective", inflected=False)
EVENTS = _role("event", inflected=True)
UNINFLECTED = words_of("uninflected.tsv")

_DASHES = frozenset("-–")
_VERB_ENDINGS = ("ছেন", "ছিল", "ছিলেন", "লেন", "বেন", "চ্ছে", "য়েছে", "েছে", "চ্ছেন", "তেন", "ছিলাম", "ছি", "লাম")
_ADJECTIVE_ENDINGS = ("ীয়", "যোগ্য", "বাহী", "ভিত্তিক", "মূলক", "সংক্রান্ত", "ভুক্ত", "প্রাপ্ত", "পন্থী", "বিরোধী")
_LONGEST = 5
# Before the figure: what may stand between it and the noun it counts.
_FILLERS = frozenset(
    ["মাত্র", "মোট", "আরও", "আরো", "ছিল", "ছিলেন", "হয়েছে", "হয়", "হয়েছেন", "হচ্ছে", "দাঁড়িয়েছে", "দাঁড়াল", "এখন", "বেড়ে", "কমে", "রয়েছে", "আছে", "আছেন", "হলো", "সর্বমোট", "প্রতি", "সব", "মিলিয়ে", "এবার", "বর্তমানে", "গড়ে", "পড়ে", "ঘটে", "হবে", "থাকে", ":", "-", "–", "—"]
)
_MEASURES = frozenset(form for w in ("সংখ্যা", "পরিমাণ") for form, _ in inflections(w))


def _bengali(word: str) -> bool:
    return "ঀ" <= word[0] <= "\u09e3" or word[0] in "ৰৱ"


def _wordlike(word: str) -> bool:
    return _bengali(word) or (word[0].isascii() and word[0].isalpha())


def _is_verb(word: str) -> bool:
    return word.endswith(_VERB_ENDINGS) and len(word) > 4


def _inflected(word: str) -> bool:
    if word in UNINFLECTED or word in HEADS or word in ADJECTIVES:
        return False
    if word.endswith(("দের", "ের", "গুলো", "গুলোর", "েরা", "কে", "দেরকে", "সহ")):
        return base_form(word) != word or word.endswith("সহ")
    return base_form(word) != word


def find(p: Passage, draft: Draft) -> Tokens | None:
    """The tokens of what a draft counts, or None when it is only understood."""
    if draft.kind == "age":
        return _aged(p, draft)
    j = draft.last
    if draft.case in ("genitive", "objective", "with") and draft.classifier:
        return _event_after(p, j) or _partitive(p, draft)
    if draft.kind == "money" and draft.case == "locative":
        j = _past_figure(p, j)
    if draft.case == "locative" and draft.kind == "count":
        return before(p, draft)
    if _names_itself_before(p, draft):
        return before(p, draft)
    return after(p, j, draft) or before(p, draft)


def _past_figure(p: Passage, j: int) -> int:
    """১০০ টাকায় ১২৫ গ্রাম মাংস: the price is of what the next figure measures."""
    words = p.words
    if j < len(words) and (is_digits(words[j]) or FORMS[words[j]] is not None):
        k = j + 1
        while k < len(words) and k < j + 3 and (FORMS[words[k]] is not None):
            k += 1
        unit = units.match(p, k)
        return unit.last if unit else k
    return j


def after(p: Passage, j: int, draft: Draft | None = None) -> Tokens | None:
    """The noun phrase that begins at token j."""
    words = p.words
    n = len(words)
    if j < n and words[j] == "করে":
        j += 1  # ২,৫০০ টাকা করে আর্থিক সহায়তা
    if j + 1 < n and words[j] == "(":
        return None
    k = j
    nouns = 0
    while k < n and k - j < _LONGEST * 2:
        word = words[k]
        if not _wordlike(word):
            break
        if k > j and p.touches(k) and words[k - 1] not in _DASHES:
            break
        if word in STOPS or _is_verb(word):
            break
        if word in EVENTS:
            return (k, k + 1) if k == j else (j, k)
        if k > j and FORMS[word] is not None and FORMS[word].role != "word":  # type: ignore[union-attr]
            break
        joined = k + 2 < n and words[k + 1] in _DASHES and p.touches(k + 1) and p.touches(k + 2)
        if joined and _wordlike(words[k + 2]):
            k += 2
            word = words[k]
            if _inflected(word):
                return j, k + 1
            nouns += 1
            k += 1
            if nouns >= 2:
                return j, k
            continue
        if word in DESCRIPTORS or word in ADJECTIVES or word.endswith(_ADJECTIVE_ENDINGS):
            k += 1
            continue
        if _inflected(word):
            return j, k + 1
        nouns += 1
        k += 1
        if word in HEADS and not _compound_follows(p, k):
            return j, k
        if nouns >= 2:
            return j, k
    if k == j or (nouns == 0 and all(w in ADJECTIVES for w in words[j:k]) and k - j == 0):
        return None
    return j, k


def _compound_follows(p: Passage, k: int) -> bool:
    """ভারতীয় ট্রাক | চালকের: a head before another inflected head is its attribute."""
    if k >= len(p.words):
        return False
    word = p.words[k]
    return word not in EVENTS and base_form(word) in HEADS and word not in HEADS


def _event_after(p: Passage, j: int) -> Tokens | None:
    """একজনের মৃত্যু, ১০ জনকে আটক, ৩০ জনকে আসামি."""
    words = p.words
    for k in range(j, min(j + 3, len(words))):
        if not _bengali(words[k]):
            return None
        if words[k] in EVENTS:
            return k, k + 1
    return None


def _partitive(p: Passage, draft: Draft) -> Tokens | None:
    """জড়িতদের একজনকে."""
    if draft.first > 0 and p.words[draft.first - 1].endswith("দের") and len(p.words[draft.first - 1]) > 5:
        return draft.first - 1, draft.first
    return None


def _names_itself_before(p: Passage, draft: Draft) -> bool:
    """ট্রেন দুটি চালু হবে; জমি তিন বিঘা; মৃতের সংখ্যা ৫২."""
    words = p.words
    i, j = draft.first, draft.last
    if i == 0:
        return False
    if words[i - 1] in _MEASURES:
        return True
    after_word = words[j] if j < len(words) else "\n"
    if draft.classifier in ("টি", "টা", "টো") and draft.form == "word" and words[i - 1] in HEADS:
        return (
            after_word in EVENTS
            or after_word in STOPS
            or not _wordlike(after_word)
            or draft.case == "genitive"
        )
    return False


def before(p: Passage, draft: Draft) -> Tokens | None:
    """The noun phrase that ends just before the figure, across fillers."""
    words = p.words
    k = draft.first - 1
    steps = 0
    while k >= 0 and words[k] in _FILLERS and steps < 4:
        k -= 1
        steps += 1
    if k < 0:
        return None
    word = words[k]
    if not _bengali(word) or _is_verb(word) or (word in STOPS and word not in _MEASURES):
        return None
    if word in _MEASURES:
        if k > 0 and _bengali(words[k - 1]) and words[k - 1] not in STOPS:
            return k - 1, (k if word.startswith("সংখ্যা") else k + 1)
        return k, k + 1
    if word in EVENTS:
        return k, k + 1
    if _inflected(word) and word not in HEADS:
        return None
    first = k
    while (
        first > 0
        and k - first < 2
        and (words[first - 1] in ADJECTIVES or words[first - 1] in ("সর্বোচ্চ", "সর্বনিম্ন", "গড়", "স্বাভাবিক"))
    ):
        first -= 1
    return first, k + 1


_NAME_STOPS = frozenset(
    ["ও", "এবং", "নিহত", "আহত", "গৃহবধূ", "শিক্ষক", "ছেলে", "মেয়ে", "স্ত্রী", "স্বামী", "ভাই", "বোন", "বাবা", "মা", "চাচা", "মামা", "শিশু", "যুবক", "নেতা", "কর্মী", "সভাপতি", "সম্পাদক", "বাসিন্দা", "সাংবাদিক", "ব্যবসায়ী", "কৃষক", "শ্রমিক", "চালক", "হলেন", "হলো", "নাম", "বন্ধু", "সাবেক", "আটক", "গ্রেপ্তার", "গবেষক"]
)


def _aged(p: Passage, draft: Draft) -> Tokens | None:
    """The name before (৪৫), or the person behind ৩৪ বছর বয়সী."""
    words = p.words
    if draft.rule == "quantities.age_in_brackets":
        k = draft.first - 2
        first = k + 1
        while first > 0 and k + 1 - first < 5:
            word = words[first - 1]
            if word == ".":
                first -= 1
                continue
            if not _bengali(word) and not (word in _DASHES and p.touches(first - 1)):
                break
            if first - 1 < k and (
                word in _NAME_STOPS
                or _is_verb(word)
                or (word.endswith(("র", "তে", "য়", "ে"))
                and _inflected(word))
            ):
                break
            first -= 1
        if words[first] == ".":
            first += 1
        return (first, k + 1) if first <= k else None
    j = draft.last
    while j < len(words) and (
        words[j].startswith(("বয়স", "বয়সী", "বয়সি")) or words[j] in ("এক", "একজন", "একটি", "ওই")
    ):
        j += 1
    return _name_after(p, j) if j > draft.last else _before_age(p, draft) or after(p, j, draft)


def _name_after(p: Passage, j: int) -> Tokens | None:
    return after(p, j)


def _before_age(p: Passage, draft: Draft) -> Tokens | None:
    """কামালের বয়স ৫৭ বছর."""
    words = p.words
    for k in range(draft.first - 1, max(-1, draft.first - 6), -1):
        if words[k] in ("বয়স", "বয়সও"):
            if k > 0 and _bengali(words[k - 1]) and words[k - 1] not in STOPS:
                return k - 1, k
            return k, k + 1
        if words[k] in "।\n":
            break
    return None
