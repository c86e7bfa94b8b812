"""One, or just "a": whether এক, একজন, একটি counts."""

from __future__ import annotations

from ..lexicon import rows
from ..numerals import APART_CLASSIFIERS, FORMS, is_digits
from ..passage import Passage
from ..words import base_form, inflections
from . import counted
from .draft import Draft


def _role(role: str) -> frozenset[str]:
    return frozenset(
        form
        for row in rows("singles.tsv")
        if row["role"] == role
        for form, _ in inflections(row["word"], classifiers=False)
    )


_CASUALTY = _role("casualty")
_BEFORE = frozenset(row["word"] for row in rows("singles.tsv") if row["role"] == "before")
_AGAINST = frozenset(row["word"] for row in rows("singles.tsv") if row["role"] == "against")
_AFTER = frozenset(row["word"] for row in rows("singles.tsv") if row["role"] == "after")
_DEATH = ("মৃত্যু", "প্রাণহানি")
_AGED = ("বছরের", "বয়সী", "বয়সি")
_JOINING = frozenset(("ও", "এবং", ",", "আর"))


def counts(p: Passage, draft: Draft) -> bool:
    """Whether a bare এক or একটি is the news, or is set beside another count."""
    words = p.words
    n = len(words)
    i, j = draft.first, draft.last
    before = words[i - 1] if i > 0 else "\n"
    if draft.form == "digits":
        return True
    if before in _AGAINST or before.startswith(_AGED):
        return False
    if before == "মধ্যে" and i > 1 and _is_count(words[i - 2]):
        return bool(draft.classifier)
    if before in _BEFORE:
        return True
    after = words[j] if j < n else "\n"
    if after in _AFTER and draft.classifier:
        return True
    if draft.classifier == "বার" or draft.classifier == "দফা":
        return False
    if _befallen(p, draft):
        return True
    if draft.classifier == "জন" and before.endswith("দের"):
        return draft.case in ("genitive", "objective")
    if before in ("ও", "এবং") and i > 1 and _counted_noun_before(p, i - 1):
        return True
    if draft.classifier == "জন" and draft.case == "objective" and _same_case_count(p, j):
        return True
    if draft.classifier in ("জন", "টি") and _ends_a_list(p, i, draft.classifier):
        return True
    return after in _JOINING and _another_count(p, j + 1)


def _is_count(word: str) -> bool:
    """দুজনের, আসনের after a number is too far: only a number itself, with its classifier."""
    form = FORMS[word]
    return word in APART_CLASSIFIERS or (form is not None and bool(form.classifier))


def _befallen(p: Passage, draft: Draft) -> bool:
    """এক জেলে গুলিবিদ্ধ, একজন নিহত, এক নারীর মৃত্যু: within two words, in one clause."""
    words = p.words
    n = len(words)
    k = draft.last
    if k < n and words[k] in _CASUALTY:
        return bool(draft.classifier)
    if k + 1 >= n or words[k + 1] not in _CASUALTY:
        return False
    noun = words[k]
    if not "ঀ" <= noun[0] <= "\u09ff" or noun in counted.STOPS:
        return False
    if words[k + 1].startswith(_DEATH):
        return noun.endswith("র")
    if noun.endswith("কে") or draft.case == "objective":
        return True
    return noun in counted.HEADS or base_form(noun) == noun


def _counted_noun_before(p: Passage, j: int) -> bool:
    """দুটি নোট ও | একটি সিডি: a real count, then at most three words, before token j."""
    words = p.words
    for k in range(j - 1, max(-1, j - 4), -1):
        word = words[k]
        if word in ("।", "\n", ",", "ও", "এবং"):
            return False
        if is_digits(word):
            return True
        form = FORMS[word]
        if form is not None and form.role in ("cardinal", "bound", "scale", "word"):
            return k < j - 1 and not (form.stem == "এক" and not form.classifier)
    return False


def _ends_a_list(p: Passage, i: int, classifier: str) -> bool:
    """সিলেটের ৭৪ জন, রংপুরের ১৬ জন এবং ঢাকার | একজন: a count of the same sort, a joint and at most three words before."""
    words = p.words
    k = i - 1
    while k >= 0 and i - k < 4 and words[k] not in _JOINING:
        if words[k] in counted.STOPS or words[k] in counted.EVENTS or not "ঀ" <= words[k][0] <= "\u09ff":
            return False
        k -= 1
    if k < 1 or words[k] not in _JOINING:
        return False
    form = FORMS[words[k - 1]]
    return words[k - 1] == classifier or (form is not None and form.classifier == classifier and not form.case)


def _another_count(p: Passage, j: int) -> bool:
    """A count with a classifier in the next few words: কসবায় একটি, রামপুরে দুটি."""
    words = p.words
    for k in range(j, min(j + 6, len(words))):
        word = words[k]
        if word in ("।", "\n", ";"):
            return False
        form = FORMS[word]
        if form is not None and form.role in ("cardinal", "bound") and form.classifier:
            return True
        if is_digits(word):
            return True
    return False


def _same_case_count(p: Passage, j: int) -> bool:
    """একজনকে আটক করে এবং ৫ জনকে ছেড়ে দেয়: set beside another person count in the same sentence."""
    words = p.words
    for k in range(j, min(j + 8, len(words))):
        if words[k] in ("।", "\n"):
            return False
        if words[k] == "জনকে":
            return True
        form = FORMS[words[k]]
        if form is not None and form.classifier == "জন" and form.case == "objective" and form.stem != "এক":
            return True
    return False
