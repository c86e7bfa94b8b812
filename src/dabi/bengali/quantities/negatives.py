"""What looks like a quantity and is none. Each check is named for what the number is instead.

`BEFORE` checks run on the digits with which a number begins, `BEFORE_WORDS` on a number word, and tell where to go on;
`AFTER` checks run on a figure that has been read.
"""

from __future__ import annotations

from collections.abc import Callable

from ..lexicon import rows
from ..numerals import APART_CLASSIFIERS, FORMS, digits_value, is_digits
from ..passage import Passage
from ..words import inflections
from . import units
from .draft import Draft

_DASHES = frozenset("-–—")
_APOSTROPHES = frozenset("’‘'")
_ORDINAL_TAILS = frozenset(
    (
        "ম",
        "য়",
        "র্থ",
        "ষ্ঠ",
        "তম",
        "লা",
        "রা",
        "ঠা",
        "ই",
        "শে",
        "এ",
        "মে",
        "মের",
        "ষ্ঠে",
        "র্থে",
        "য়ে",
        "তমের",
        "ইং",
        "খ্রি",
    )
)


def _forms(side: str, why: tuple[str, ...], classifiers: bool = False) -> frozenset[str]:
    return frozenset(
        form
        for row in rows("not_quantities.tsv")
        if row["side"] == side and row["why"] in why
        for form, _ in inflections(row["word"], classifiers=classifiers)
    )


TIME_NOUNS = _forms("after", ("time",)) | frozenset(
    word + tail
    for row in rows("not_quantities.tsv")
    if row["why"] == "time"
    for word in (row["word"],)
    for tail in ("ব্যাপী", "খানেক", "খানেকের", "ভর", "পর", "জুড়ে")
)
_AFTER_NAMES = _forms("after", ("ordinal", "section", "score", "name"))
_BEFORE_IDENTIFIERS = _forms("before", ("identifier",))
_MONTHS = frozenset(form for row in rows("months.tsv") for form, _ in inflections(row["word"], classifiers=False))
_DAY_PARTS = frozenset(form for row in rows("day_parts.tsv") for form, _ in inflections(row["word"], classifiers=False))
OCLOCK = frozenset(("টা", "টে", "টো"))  # ৩টে, ২টো in West Bengal
_OCLOCK = {
    stem + ending + emphatic: case
    for stem in OCLOCK
    for ending, case in (("", ""), ("র", "genitive"), ("য়", "locative"), ("তে", "locative"))
    for emphatic in ("", "ও", "ই")
}
_ABOUT = frozenset(("প্রায়", "আনুমানিক"))
_CLOCK_AFTER = frozenset(("দিকে", "থেকে", "পর্যন্ত", "নাগাদ", "মধ্যে", "পর", "পরে", "আগে", "সময়", "সময়ে"))


def list_marker(p: Passage, i: int) -> int | None:
    """১. or (১) or ১) or ১। at the head of a point."""
    words = p.words
    if not is_digits(words[i]) or i + 1 >= len(words) or "." in words[i] or len(words[i]) > 2:
        return None
    after = words[i + 1]
    if not p.touches(i + 1) or after not in ".)।":
        return None
    if i + 2 < len(words) and p.touches(i + 2) and after == ".":
        return None
    if after == ")" and i > 0 and words[i - 1] == "(":
        ahead = i == 1 or words[i - 2] in "\n।:;—-–"
        return i + 2 if ahead else None
    if after == "।":
        return i + 2 if i == 0 or words[i - 1] == "\n" else None
    return i + 2


def identifier(p: Passage, i: int) -> int | None:
    """Numbers of houses, phones, cases, models: a leading zero, dots, Latin letters, র‌্যাব-১, নং ৫."""
    words = p.words
    word = words[i]
    if not is_digits(word):
        return None
    bracketed_age = len(word) == 2 and 0 < i < len(words) - 1 and words[i - 1] == "(" and words[i + 1] == ")"
    if word[0] == "0" and len(word) > 1 and word[1] != "." and not bracketed_age:
        return _run(p, i)
    if word.count(".") > 1 or len(word.replace(",", "")) > 18:
        return _run(p, i)
    if i + 1 < len(words) and p.touches(i + 1) and words[i + 1][0].isascii() and words[i + 1][0].isalpha():
        return None if words[i + 1] in ("km", "kg", "cm", "mm", "MW") else _run(p, i)
    slashed = i + 2 < len(words) and words[i + 1] == "/" and p.touches(i + 1) and is_digits(words[i + 2])
    if slashed and len(words[i + 2]) > 2:
        return _run(p, i)
    if i == 0:
        return None
    before = words[i - 1]
    if before in ("/", "+", "#", "@", "_") and p.touches(i):
        return _run(p, i)
    if before in _BEFORE_IDENTIFIERS or (before in ("নং", "নম্বর", "No") and i > 0):
        return None if _counted_after(p, i) else _run(p, i)
    if before == "." and i > 1 and words[i - 2] in ("নং", "No", "no", "ধারা"):
        return _run(p, i)
    if before in "-–" and p.touches(i) and i > 1 and p.touches(i - 1):
        stem = words[i - 2]
        if (stem[0].isalpha() or "ঀ" <= stem[0] <= "\u09ff") and FORMS[stem] is None and not _counted_after(p, i):
            return _run(p, i)
    if before[0].isascii() and before[0].isalpha() and before not in ("Tk", "BDT", "USD", "EUR", "US"):
        return None if _counted_after(p, i) else _run(p, i)
    return None


def _counted_after(p: Passage, i: int) -> bool:
    """Whether a classifier or a scale follows, which no identifier has."""
    if i + 1 >= len(p.words):
        return False
    word = p.words[i + 1]
    form = FORMS[word]
    return word in APART_CLASSIFIERS or (form is not None and form.role == "scale") or units.match(p, i + 1) is not None


def _run(p: Passage, i: int) -> int:
    """The token after a chain of digits, letters and dashes without spaces."""
    j = i + 1
    while (
        j < len(p.words)
        and p.touches(j)
        and (is_digits(p.words[j]) or p.words[j] in "-–/.()" or (p.words[j][0].isascii() and p.words[j][0].isalpha()))
    ):
        j += 1
    return j


def ordinal(p: Passage, i: int) -> int | None:
    """১ম, ৪র্থ, ১৫ই, ২১শে, ১০০তম, ১৪-তম."""
    words = p.words
    if not is_digits(words[i]) or i + 1 >= len(words) or not p.touches(i + 1):
        return None
    j = i + 2 if words[i + 1] in "-–" and i + 2 < len(words) else i + 1
    word = words[j]
    if word == "এ" and any(before.startswith("সংখ্যা") for before in words[max(0, i - 2) : i]):
        return None  # মৃতের সংখ্যা দাঁড়াল ৮৯৩-এ
    return j + 1 if word in _ORDINAL_TAILS or word.startswith("তম") else None


def clock(p: Passage, i: int) -> int | None:
    """রাত ৮টায়, সাড়ে ৫টার দিকে, ৩টা ৩০ মিনিটে, ১৭:২৮, ১১টা থেকে ১টা."""
    to = _clock_time(p, i)
    while to is not None and to + 1 < len(p.words) and (p.words[to] == "থেকে" or p.words[to] in _DASHES):
        further = _oclock(p, to + 1)
        if further is None:
            break
        to = further[0]
    return to


def _oclock(p: Passage, i: int) -> tuple[int, str, bool] | None:
    """N টা at token i with N at most 24: the token behind it, its case, whether সাড়ে and its like shift it."""
    words = p.words
    n = len(words)
    j = i
    form = None if is_digits(words[i]) else FORMS[words[i]]
    shifted = form is not None and form.role == "shift"
    if shifted:
        j = i + 1
        if j >= n:
            return None
        form = None if is_digits(words[j]) else FORMS[words[j]]
    if form is not None:
        if form.classifier not in OCLOCK or form.scale > 1 or form.value > 24:
            return None
        return j + 1, form.case, shifted
    if not is_digits(words[j]) or len(words[j]) > 5 or j + 1 >= n or words[j + 1] not in _OCLOCK:
        return None
    value = digits_value(words[j])
    if value is None or value > 24:
        return None
    return j + 2, _OCLOCK[words[j + 1]], shifted


def _clock_time(p: Passage, i: int) -> int | None:
    words = p.words
    n = len(words)
    before = words[i - 2] if i > 1 and words[i - 1] in _ABOUT else words[i - 1] if i > 0 else ""
    day_part = before in _DAY_PARTS
    if i + 2 < n and words[i + 1] == ":" and is_digits(words[i]) and is_digits(words[i + 2]):
        return i + 3 if p.touches(i + 1) or day_part else None
    found = _oclock(p, i)
    if found is None:
        return None
    k, case, shifted = found
    if shifted or day_part or case == "locative":
        return k
    if k < n and (words[k] in _CLOCK_AFTER or words[k] in TIME_NOUNS or words[k] == "বাজে"):
        return k
    if k + 1 < n and is_digits(words[k]) and words[k + 1].startswith("মিনিট"):
        return k + 2
    return None


def year(p: Passage, i: int) -> int | None:
    """২০২৪, ১৯৭১ and ২০২৩-২৪ with nothing that makes a count of them."""
    words = p.words
    word = words[i]
    if len(word) != 4 or not word.isdigit() or not "1500" <= word <= "2199":
        return None
    j = i + 1
    if j + 1 < len(words) and words[j] in _DASHES and p.touches(j) and is_digits(words[j + 1]):
        second = words[j + 1]
        short = len(second) == 2 and int(second) == (int(word) + 1) % 100
        if (short or (len(second) == 4 and second > word)) and not _counted_after(p, j + 1):
            return j + 2
    if _counted_after(p, i):
        return None
    if int(word) % 100 == 0 and j < len(words) and word < "2001" and words[j] not in TIME_NOUNS:
        return None
    if j < len(words) and words[j] == "থেকে" and j + 1 < len(words) and is_digits(words[j + 1]):
        if _counted_after(p, j + 1):
            return None
        return j + 2
    return j


def score(p: Passage, i: int) -> int | None:
    """৩-১ গোলে, ২-০ ব্যবধানে, ৬-৪, ৭-৬ সেটে."""
    words = p.words
    if i + 2 >= len(words) or not is_digits(words[i]) or words[i + 1] not in _DASHES or not is_digits(words[i + 2]):
        return None
    if not (p.touches(i + 1) and p.touches(i + 2)):
        return None
    first, second = words[i], words[i + 2]
    after = words[i + 3] if i + 3 < len(words) else ""
    if after.startswith(("গোল", "ব্যবধান", "সেট", "সমতা", "ড্র", "জয়")):
        return i + 3
    if i + 3 < len(words) and words[i + 3] in _DASHES and p.touches(i + 3):
        return _run(p, i)
    if "." in first or "." in second or "," in first:
        return None
    if int(first) >= int(second) and not _counted_after(p, i + 2):
        return i + 3
    return None


BEFORE: tuple[Callable[[Passage, int], int | None], ...] = (
    list_marker,
    identifier,
    ordinal,
    clock,
    score,
    year,
)
BEFORE_WORDS = (clock,)


def time_follows(p: Passage, draft: Draft) -> bool:
    """A duration or a date: তিন দিন, ৫ আগস্ট, ২৪ ঘণ্টায়, ছ’ঘণ্টা."""
    if draft.last >= len(p.words) or (draft.classifier and draft.classifier not in OCLOCK):
        return False
    word = p.words[draft.last]
    if (word in _DASHES or word in _APOSTROPHES) and p.touches(draft.last) and draft.last + 1 < len(p.words):
        word = p.words[draft.last + 1]
    if word in TIME_NOUNS:
        return True
    if draft.form == "several" and draft.first > 0 and p.words[draft.first - 1] in TIME_NOUNS:
        return p.words[draft.first].endswith("েক")  # মাস দুয়েক
    if draft.form == "several" or not draft.bare or not isinstance(draft.low, int) or draft.low > 32:
        return False
    return word in _MONTHS


def name_follows(p: Passage, draft: Draft) -> bool:
    """১৪৪ ধারা, ৩ নম্বর, ১৪ দলীয়, ৫৫ পদাতিক ডিভিশন, ৩ উইকেটে."""
    if draft.last >= len(p.words) or not draft.bare:
        return False
    j = draft.last
    word = p.words[j]
    if word in _DASHES and p.touches(j) and j + 1 < len(p.words):
        word = p.words[j + 1]
    return word in _AFTER_NAMES


def section(p: Passage, draft: Draft) -> bool:
    """৮(ক), ১৪ (১): a letter or number in brackets right behind a bare number."""
    words = p.words
    j = draft.last
    if not draft.bare or draft.form != "digits" or j + 2 >= len(words) or words[j] != "(":
        return False
    return words[j + 2] == ")" and (len(words[j + 1]) == 1 or is_digits(words[j + 1]))


AFTER: tuple[Callable[[Passage, Draft], bool], ...] = (time_follows, name_follows, section)
