"""Which noun phrase names who says it: the nearest to the cue or the one at the front; or a document that says it."""

from __future__ import annotations

from collections.abc import Mapping

from ..passage import Passage
from ..phrases import (
    JOINS,
    NAME_FOLLOWS,
    ORGANISATIONS,
    TITLES,
    documents,
    kind_of,
)
from .clause_front import look_front, look_lead
from .left_of_cue import NOTHING, Left, look_left
from .noun_phrases import (
    Tokens,
    extend_left,
    has_evidence,
    is_head,
    is_participle,
)

AFTER_NAMES = frozenset({"এমপি", "এনডিসি", "পিএসসি", "বিপিএম", "পিপিএম", "এফসিএ", "এফসিএমএ", "পিএইচডি", "এমডি"})


def best_subject(p: Passage, floor: int, end: int, passed: Mapping[int, int] = NOTHING) -> tuple[Left, str]:
    """The source left of a cue: the nearest noun phrase, or the one at the front when the nearest is only an object."""
    left = look_left(p, floor, end, passed)
    near = left.source
    if near is not None and "নিজের" in p.words[near[0] + 1 : near[1]]:
        near = (near[0], p.words.index("নিজের", near[0] + 1))  # ট্রাম্প | নিজের ট্রুথ সোশ্যালে লিখেছেন
        left = left._replace(source=near)
    if near is not None and left.weak and near[1] - near[0] > 1:
        first, *rest = p.words[near[0] : near[1]]
        if first in ORGANISATIONS and first not in NAME_FOLLOWS and not any(map(is_head, rest)):
            near = (near[0], near[0] + 1)  # সেনাবাহিনী | অভিযান চালিয়ে বলেছে
            left = left._replace(source=near)
    if near is not None and left.weak:
        whole = look_front(p, near[0], end)
        if (
            whole is not None
            and whole[0] == near[0]
            and whole[1] < near[1]
            and has_evidence(p.words[slice(*whole)])
            and not has_evidence(p.words[whole[1] : near[1]])
            and not any(w in JOINS for w in p.words[whole[1] : near[1]])
        ):
            near = whole  # সভাপতি সুলতানা কামাল | পরিস্থিতি নাজুক হওয়ার কথা উল্লেখ করে বলেন
            left = left._replace(source=near)
    if near is not None and (not left.weak or has_evidence(p.words[near[0] : near[1]])):
        lead = look_lead(p, floor, near[0])
        if lead is not None and not has_evidence(p.words[near[0] : near[1]]):
            return left._replace(source=lead), "source: the pronoun at the front of the clause"
        return left, "source: the noun phrase left of the cue, past adjuncts and addressee"
    front = look_front(p, floor, end)
    if front is not None and front[1] < end and has_evidence(p.words[front[0] : front[1]]):
        return left._replace(source=front), "source: the noun phrase at the front of the clause"
    if near is not None and left.weak and near[0] == floor and all(w in TITLES for w in p.words[slice(*near)]):
        return left, "source: the one word for a person at the front of the clause"  # মা আক্ষেপ করে বলেন
    if near is not None and left.weak:
        return left._replace(source=None), "the bare noun left of the cue is an object, not a source: subject dropped"
    if near is not None:
        return left, "source: the noun phrase left of the cue"
    return left, "no noun phrase left of the cue: subject dropped"


_THROUGH = frozenset({"থেকে", "হতে", "পক্ষে", "তরফে"})
_PASSED = frozenset(
    {
        "আরও",
        "আরো",
        "এ",
        "এই",
        "তথ্য",
        "কথা",
        "এসব",
        "স্পষ্ট",
        "কঠোর",
        "করে",
        "দিয়ে",
        "বরাত",
        "উদ্ধৃতি",
        "বরাতে",
        "মাধ্যমে",
        "ঘেঁটে",
    }
)


def handed_to(p: Passage, floor: int, end: int) -> Tokens | None:
    """To whom a document was given: এক এমপিকে জমা দেওয়া (প্রতিবেদনে)."""
    words = p.words
    i = end - 1
    if i <= floor or words[i] not in _HANDED:
        return None
    if kind_of(words[i - 1]) == "bare":
        i -= 1
    if i <= floor or kind_of(words[i - 1]) != "objective":
        return None
    return extend_left(p, floor, i), i


_HANDED = frozenset({"দেওয়া", "পাঠানো", "লেখা", "করা"})


def _past_message(words: list[str], i: int, floor: int) -> int:
    """Before a message that was sent: সদর দপ্তর থেকে | খুদে বার্তা পাঠিয়ে (বলা হয়)."""
    if i - 2 <= floor or not (is_participle(words[i - 1]) or words[i - 1] in _SENT) or words[i - 2] not in documents():
        return i
    for k in range(i - 3, max(floor, i - 6), -1):
        if words[k] in _THROUGH:
            return k + 1
        if kind_of(words[k]) not in ("bare", "determiner", "adjunct", "relative") and words[k] not in ("খুদে", "ক্ষুদে"):
            break
    return i


_SENT = frozenset({"পাঠিয়ে", "দিয়ে", "প্রকাশ", "ডেকে"})


def document_before(p: Passage, floor: int, end: int) -> Tokens | None:
    """A document, place of record or "from" phrase before a passive cue: আবেদনে, কমিশনের পক্ষ থেকে, এক বিজ্ঞপ্তিতে."""
    words = p.words
    i = end
    if i - 3 > floor and words[i - 2 : i] == ["কথা", "বলে"] and words[i - 3] in ("সঙ্গে", "সাথে"):
        return extend_left(p, floor, i - 3), i - 3
    credited = False
    while i > floor and (
        words[i - 1] in _PASSED
        or (kind_of(words[i - 1]) == "adjunct" and words[i - 1] not in _THROUGH and words[i - 1] not in documents())
    ):
        credited = credited or words[i - 1] in ("বরাত", "উদ্ধৃতি", "বরাতে", "মাধ্যমে")
        i -= 1
    i = _past_message(words, i, floor)
    if i <= floor:
        return None
    word = words[i - 1]
    if credited and kind_of(word) in ("genitive", "plural_objective"):
        return extend_left(p, floor, i), i
    if kind_of(word) == "bare" and words[i : i + 1] == ["করে"]:
        return None  # নথি পর্যালোচনা করে দেখা যায়
    if word in documents() or word == "সূত্রে" or word in _THROUGH:
        if word in _THROUGH:
            if i - 2 < floor or kind_of(words[i - 2]) in ("number", "locative", "adjunct"):
                return None
            return extend_left(p, floor, i - 1), i
        return extend_left(p, floor, i), i
    return None
