"""One, or just "a": whether এক, একজন, একটি counts."""

from __future__ import annotations

from ..lexicon import rows
from ..numerals import FORMS, is_digits
from ..passage import Passage
from ..words import inflections
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
_JOINING = frozenset(("ও", "এবং", ",", "আর"))


def counts(p: Passage, draft: Draft) -> bool:
    """Whether a bare এক or একটি is the news, or is set beside another count."""
    words = p.words
    n = len(words)
    i, j = draft.first, draft.last
    before = words[i - 1] if i > 0 else "\n"
    if draft.form == "digits":
        return True
    if before in _AGAINST:
        return False
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
    return after in _JOINING and _another_count(p, j + 1)


def _befallen(p: Passage, draft: Draft) -> bool:
    """এক জেলে গুলিবিদ্ধ, একজন নিহত, এক নারীর মৃত্যু: within two words, in one clause."""
    words = p.words
    for k in range(draft.last, min(draft.last + 3, len(words))):
        word = words[k]
        if not "ঀ" <= word[0] <= "\u09ff":
            return False
        if word in _CASUALTY:
            after = words[k + 1] if k + 1 < len(words) else ""
            return not (
                k == draft.last and draft.classifier == "" and after[:1] and "ঀ" <= after[0] <= "\u09ff"
            )
    return False


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
        if form is not None and form.role in ("cardinal", "scale", "word"):
            return k < j - 1 and not (form.stem == "এক" and not form.classifier)
    return False


def _another_count(p: Passage, j: int) -> bool:
    """A count with a classifier in the next few words: কসবায় একটি, রামপুরে দুটি."""
    words = p.words
    for k in range(j, min(j + 5, len(words))):
        word = words[k]
        if word in ("।", "\n", ";"):
            return False
        form = FORMS[word]
        if form is not None and form.role in ("cardinal",) and form.classifier:
            return True
        if is_digits(word):
            return True
    return False
