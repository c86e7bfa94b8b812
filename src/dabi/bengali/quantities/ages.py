"""Ages: রহিমা বেগম (৪৫), ৩৪ বছর বয়সী, বয়স ৫৭ বছর, ৩০ বছরের যুবক."""

from __future__ import annotations

from ..lexicon import rows
from ..numerals import is_digits, is_numeral
from ..passage import Passage
from ..words import inflections
from . import figures, hedges
from .draft import Draft

_OLDEST = 130
_MOST_LISTED = 12  # longer runs of numbers are no ages

_YEARS = frozenset(form for form, _ in inflections("বছর", classifiers=False)) | frozenset(("বৎসর", "বৎসরের"))
_MONTHS = frozenset(form for form, _ in inflections("মাস", classifiers=False))
_PERSONS = frozenset(
    form for row in rows("age_words.tsv") if row["role"] == "person" for form, _ in inflections(row["word"])
)
_AGE_STEMS = tuple(row["word"] for row in rows("age_words.tsv") if row["role"] == "age")
_ARTICLES = frozenset(("এক", "একজন", "একটি", "ওই", "এই", "এ", "তার", "তাঁর"))
_NOT_NAMES = frozenset(("ধারা", "বিধি", "নম্বর", "নং", "ও", "এবং", "সালে", "সাল", "পৃষ্ঠা", "আসন", "অনুচ্ছেদ"))


def bracketed(p: Passage, draft: Draft) -> bool:
    """(৪৫) right behind a name; the draft becomes an age."""
    words = p.words
    i, j = draft.first, draft.last
    if not draft.bare or draft.form != "digits" or i < 2 or j >= len(words) or words[i - 1] != "(":
        return False
    before = words[i - 2]
    if words[j] != ")" and not (words[j] in _YEARS | _MONTHS and j + 1 < len(words) and words[j + 1] == ")"):
        return False
    if not "ঀ" <= before[-1] <= "\u09ff" or before in _NOT_NAMES or is_digits(before) or before in "।":
        return False
    if draft.low is None or not 0 < draft.low <= _OLDEST:
        return False
    _settle(draft, "quantities.age_in_brackets", "year")
    if words[j] in _MONTHS:
        draft.unit = "month"
    if words[j] != ")":
        draft.last, draft.end = j + 1, p.starts[j] + 3
    return True


def in_years(p: Passage, draft: Draft) -> bool:
    """N বছর with বয়স before or behind, or N বছরের before a person."""
    words = p.words
    n = len(words)
    j = draft.last
    if draft.classifier or draft.settled or (draft.low is None and draft.high is None):
        return False
    years = j < n and words[j] in _YEARS
    months = j < n and words[j] in _MONTHS
    if _listed(p, draft):
        return True
    if not years and not months:
        if draft.bare and _age_before(p, draft.first, 3) and not _unit_like(p, j):
            _settle(draft, "quantities.age_bare", "year")
            return True
        if draft.bare and j < n and words[j].startswith(_AGE_STEMS):
            _settle(draft, "quantities.age_bare", "year")
            return True
        return False
    genitive = words[j].endswith("ের")
    k = j + 1
    hedge = hedges.after(p, k, "genitive") if genitive else None
    if hedge is not None:
        k = hedge.last
    if hedge is None and not genitive and (hedge := hedges.after(p, k, "")) is not None:  # ৬০ বছর বা তদূর্ধ্ব
        k = hedge.last
    aged = k < n and words[k].startswith(_AGE_STEMS)
    if not aged and hedge is None and genitive:
        m = k
        while m < n and m < k + 2 and words[m] in _ARTICLES:
            m += 1
        aged = m < n and words[m] in _PERSONS
    if not aged and _age_before(p, draft.first, 4):
        aged = True
    if not aged:
        return False
    _settle(draft, "quantities.age_in_years", "year" if years else "month")
    draft.last, draft.end = j + 1, p.starts[j] + 3
    draft.core_last = draft.last
    draft.case = "genitive" if genitive else ""
    return True


def _listed(p: Passage, draft: Draft, others: int = _MOST_LISTED) -> bool:
    """৯ ও ১২ বছর বয়সী, ৫, ৭ ও ৯ বছরের শিশু: the last of several bare numbers says that all are ages."""
    words = p.words
    j = draft.last
    if not others or not draft.bare or draft.case or j + 1 >= len(words) or words[j] not in (",", "ও", "এবং"):
        return False
    second = figures.single_at(p, j + 1) if is_numeral(words[j + 1]) else None
    if second is None or second.form != draft.form or not second.bare:
        return False
    if not (_listed(p, second, others - 1) if words[j] == "," else in_years(p, second)):
        return False
    _settle(draft, "quantities.age_in_years", second.unit or "year")
    return True


def _age_before(p: Passage, first: int, reach: int) -> bool:
    for k in range(first - 1, max(-1, first - 1 - reach), -1):
        word = p.words[k]
        if word in ("।", "\n", ";"):
            return False
        if word in ("বয়স", "বয়সও", "বয়সই"):
            return True
    return False


def _unit_like(p: Passage, j: int) -> bool:
    return j < len(p.words) and p.words[j] in ("থেকে", "দিন", "ঘণ্টা", "জন", "টি", "টাকা")


def _settle(draft: Draft, rule: str, unit: str) -> None:
    draft.kind, draft.unit, draft.rule, draft.settled, draft.bare = "age", unit, rule, True, False
    draft.entries.append("age_words.tsv: বয়স")
