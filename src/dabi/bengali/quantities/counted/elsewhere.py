"""Named elsewhere in the sentence: at the end of a list, with an earlier figure, or before a pronoun."""

from __future__ import annotations

from itertools import pairwise

from ...passage import Passage
from ..draft import Draft
from . import behind, persons
from .figures import Figures, Tokens
from .phrases import phrase, skipped
from .word_classes import EVENTS, bengali, case_of, class_of, is_number, is_verb

_BOUNDARIES = frozenset("।\n;?!()") | {"”", "“", "‘", "’"}
_SENTENCE_ENDS = frozenset("।\n?!")
_JOINING = frozenset((",", "ও", "এবং", "বা", "কিংবা", "আর", "থেকে"))
_ITEM = 8  # tokens from one figure of a list to the next
_BACK = 40  # tokens back to an earlier figure of the sentence
_AMONG = ("মধ্যে", "ভেতরে")
_RESUMING = frozenset(("তা", "সেটি", "সেটা", "এটি", "তাও"))


def shared_in_a_list(f: Figures, d: Draft) -> Tokens | None:
    """কসবায় একটি, রামপুরে দুটি ক্যাম্প; ঢাকায় ২০, সিলেটে ১০ ও খুলনায় ১৪ জন রোগী: the name stands behind a later figure."""
    words = f.p.words
    if d.right >= len(words) or words[d.right] not in _JOINING:
        return None
    here = d
    for there in f.drafts[d.index + 1 :]:
        if there.left == here.left:
            here = there
            continue
        if not _goes_on(f.p, here.right, there.left) or there.unit != d.unit or there.kind != d.kind:
            return None
        if d.classifier and there.classifier != d.classifier:
            return None
        found = _named_behind(f, there)
        if found is not None:
            return found
        here = there
    return _article_in_a_list(f, here)


def _named_behind(f: Figures, d: Draft) -> Tokens | None:
    return persons.behind_them(f, d) or behind.noun(f, d) or behind.event(f, d)


def said_of_the_next(f: Figures, d: Draft) -> Tokens | None:
    """৪ দশমিক ২ মাত্রার ২০টি ভূমিকম্প, ১০ কেজি ওজনের দুটি মাছ: a measure of what the next figure counts."""
    if d.kind not in ("measure", "money") or d.index + 1 >= len(f.drafts):
        return None
    there = f.drafts[d.index + 1]
    j = skipped(f.p, d.right)
    if there.first != j or not (j > d.right or d.case == "genitive"):
        return None
    return _named_behind(f, there)


def _article_in_a_list(f: Figures, d: Draft) -> Tokens | None:
    """দুই বা একটি বাড়ি: the last of the list may be a number that is no mention of its own."""
    words = f.p.words
    for k in range(d.right + 1, min(d.right + _ITEM, len(words))):
        if words[k] in _BOUNDARIES or is_verb(words[k]):
            return None
        if is_number(words[k]):
            last = k + 1
            while last < len(words) and (is_number(words[last]) or words[last] in ("জন", "টি", "দশমিক")):
                last += 1
            return phrase(f.p, last) if d.unit is None else None
    return None


def _goes_on(p: Passage, first: int, last: int) -> bool:
    """Whether only joints and places stand between two figures of a list."""
    if last - first > _ITEM or p.words[first] not in _JOINING:
        return False
    return not any(word in _BOUNDARIES or is_verb(word) or word in EVENTS for word in p.words[first:last])


def of_those(f: Figures, d: Draft) -> Tokens | None:
    """৩০০ আসনের মধ্যে ২২৩টিতে জয়: a number with a case ending of its own stands for those before "among"."""
    if d.kind != "count" or d.classifier not in ("টি", "টা") or d.case not in ("genitive", "locative"):
        return None
    return left_over(f, d)


def price_again(f: Figures, d: Draft) -> Tokens | None:
    """পেঁয়াজ ১০ টাকা বেড়ে ১২০ টাকায় বিক্রি হচ্ছে: sold is what the price before is of."""
    words = f.p.words
    j = f.past_time(d.right)
    if d.kind != "money" or d.case != "locative" or j >= len(words) or words[j] not in ("বিক্রি", "কেনাবেচা"):
        return None
    return resumed(f, d)


def left_over(f: Figures, d: Draft) -> Tokens | None:
    """৩০টি কোম্পানির মধ্যে দর বেড়েছে ১২টির: of those that were counted before "among"; আক্রান্তদের মধ্যে … ৯৫ জন."""
    words = f.p.words
    if d.kind not in ("count", "percent", "ratio"):
        return None
    for k in range(d.left - 1, max(0, d.left - _BACK), -1):
        word = words[k]
        if word in _SENTENCE_ENDS:
            return None
        if word in _AMONG and bengali(words[k - 1]) and case_of(words[k - 1]) == "genitive":
            if class_of(words[k - 1]) in ("noun", "event"):
                return k - 1, k
            return None
    return None


def resumed(f: Figures, d: Draft) -> Tokens | None:
    """ঋণ ছিল ৩৩ কোটি টাকা, তা বেড়ে হয়েছে ৩৪ কোটি টাকা: what the last figure of the same unit in the sentence counts."""
    words = f.p.words
    relative = _relative(f.p, d)
    if relative is not None:
        return relative
    for earlier in reversed(f.drafts[max(0, d.index - 3) : d.index]):
        if d.first - earlier.last > _BACK or _SENTENCE_ENDS.intersection(words[earlier.last : d.first]):
            return None
        if earlier.kind == d.kind and earlier.unit == d.unit and earlier.classifier == d.classifier:
            return earlier.counted
        if (
            d.kind in ("percent", "ratio")
            and earlier is f.drafts[d.index - 1]
            and _which(words[earlier.last : d.first])
        ):
            return earlier.counted  # …, যা গত বছরের চেয়ে ৯ শতাংশ বেশি
    return None


def _which(words: list[str]) -> bool:
    """Whether a clause that begins with যা stands between two figures."""
    return any(a == "," and b == "যা" for a, b in pairwise(words))


def _relative(p: Passage, d: Draft) -> Tokens | None:
    """সবচেয়ে লম্বা যে সেতু হয়েছে, তা দুই মিটারের বেশি: the noun of the relative clause."""
    words = p.words
    k = d.left - 1
    if k < 1 or words[k] not in _RESUMING or words[k - 1] != ",":
        return None
    for m in range(k - 2, max(0, k - 12), -1):
        if words[m] in _BOUNDARIES:
            return None
        if words[m] == "যে" and class_of(words[m + 1]) == "noun":
            return m + 1, m + 2
    return None
