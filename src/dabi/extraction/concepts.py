"""What happened to the thing counted, how it stands, and its base form: words to concepts by the lexicon."""

from __future__ import annotations

from functools import cache

from ..bengali.lexicon import rows, words_of
from ..bengali.passage import Passage
from ..bengali.remembered import Remembered, places
from ..bengali.verbs import verb_forms
from ..bengali.words import base_form, inflections
from ..model import Status

_Table = tuple[dict[str, str], dict[str, str]]


@cache
def _events() -> _Table:
    words: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    for row in rows("events.tsv"):
        if row["match"] == "prefix":
            prefixes[row["word"]] = row["concept"]
        else:
            for form, _ in inflections(row["word"]):
                words.setdefault(form, row["concept"])
    return words, prefixes


@cache
def _statuses() -> tuple[dict[str, Status], dict[str, Status], frozenset[str]]:
    words: dict[str, Status] = {}
    endings: dict[str, Status] = {}
    for row in rows("statuses.tsv"):
        status: Status = row["status"]  # type: ignore[assignment]  # the table's test checks the column
        if row["match"] == "ending":
            endings[row["word"]] = status
        else:
            for form, _ in inflections(row["word"], classifiers=False):
                words.setdefault(form, status)
    return words, endings, words_of("not_verbs.tsv")


def _event_of(word: str) -> str | None:
    words, prefixes = _events()
    concept = words.get(word)
    if concept is None:
        for prefix, named in prefixes.items():
            if word.startswith(prefix):
                return named
    return concept


_EVENT = Remembered(_event_of)


def event_of_word(word: str) -> str | None:
    """The concept a word names, or None."""
    return _EVENT[word]


_MAY_NAME = Remembered(lambda word: word == "প্রাণ" or _EVENT[word] is not None)


def event_near(passage: Passage, of: tuple[int, int] | None, first: int, last: int, begin: int, end: int) -> str | None:
    """The concept for a quantity in tokens first..last-1 of the sentence begin..end-1.

    The words of the counted thing decide first, then the nearest word after the quantity, then the nearest before.
    `of` is a token range or None.
    """
    words = passage.words
    if of is not None:
        for i in range(of[1] - 1, of[0] - 1, -1):
            if (concept := _named_at(words, i)) is not None:
                return _set_free(words, concept, last, end)
    before = places(words[begin:first], _MAY_NAME.__getitem__, begin)
    for i in [*places(words[last:end], _MAY_NAME.__getitem__, last), *reversed(before)]:
        if (concept := _named_at(words, i)) is not None:
            return _set_free(words, concept, max(i, last), end)
    return None


_FREED = {  # words of letting go, with how the verbs behind them begin
    "মুক্তি": ("দে", "দি", "পে", "পা", "মি", "মে", "লাভ"),
    "মুক্ত": ("কর", "হ"),
    "ছে\u09dcে": ("দে", "দি"),  # ছেড়ে
    "ছা\u09dcা": ("পে", "পা"),  # ছাড়া
}


def _set_free(words: list[str], concept: str, first: int, end: int) -> str:
    """Who is held or taken, and is let go in the same clause, is released: ৫০ বন্দিকে মুক্তি দেওয়া হয়েছে.

    A release that is only demanded is none: ৫০ বন্দির মুক্তি দাবি.
    """
    if concept not in ("arrest", "missing"):
        return concept
    for i in range(first, end):
        if words[i] in _BREAKS:
            break
        following = words[i + 1] if i + 1 < end else "।"
        verbs = _FREED.get(words[i], ())
        if following.startswith(verbs) or (words[i].startswith("মুক্ত") and following in _ENDS):
            return "release"
    return concept


_BREAKS = frozenset({",", ";", "ও", "এবং", "আর", "কিন্তু", "তবে", "।", ":"})
_ENDS = frozenset({"।", "?", "!"})


_FREE = frozenset({"বিনা", "নামমাত্র"})  # বিনা মূল্যে: no price
_LOSING = ("হার", "গে", "গি", "কাড়", "কেড়", "ঝর")  # প্রাণ হারান, প্রাণ গেল, প্রাণ কাড়ল


def _named_at(words: list[str], i: int) -> str | None:
    """The concept that token i names, with the word before and behind it in sight."""
    if words[i] == "প্রাণ" and i + 1 < len(words) and words[i + 1].startswith(_LOSING):
        return "death"
    concept = event_of_word(words[i])
    return None if concept == "price" and i > 0 and words[i - 1] in _FREE else concept


_OF_WHAT_WAS_SAID = frozenset({"এমন", "এ", "এই", "এটি", "এটা", "তা", "যা", "বলে"})  # মারা গেছেন, এমন আশঙ্কা


@cache
def _done() -> frozenset[str]:
    """Finite verbs of what is over: দিয়েছে, দেন, দিল."""
    tenses = {"perfect", "pluperfect", "past"}
    tables = (verb_forms(), verb_forms("common_verbs.tsv"))
    return frozenset(form for table in tables for form, found in table.items() if {f.tense for f in found} <= tenses)


def status_after(passage: Passage, last: int, end: int) -> Status:
    """How the thing stands, by the first telling word in tokens last..end-1; happened when none tells otherwise.

    A comma behind a verb of what is over ends what is told of it: ১২ জন মারা গেছেন, আরও মৃত্যুর আশঙ্কা.
    """
    words = _statuses()[0]
    done = _done()
    over = False
    final = end - 5  # finite verbs stand at the end: two or three words, a danda, a closing quotation mark
    for i in range(last, end):
        word = passage.words[i]
        if word in done:
            over = True
        elif word == "," and over and (i + 1 == end or passage.words[i + 1] not in _OF_WHAT_WAS_SAID):
            return "happened"
        if (status := words.get(word)) is not None:
            return status
        if i >= final and (status := _STATUS_BY_ENDING[word]) is not None:
            return status
    return "happened"


def _status_by_ending(word: str) -> Status | None:
    _, endings, not_verbs = _statuses()
    if len(word) <= 2 or word in not_verbs:
        return None
    return next((status for ending, status in endings.items() if word.endswith(ending)), None)


_STATUS_BY_ENDING = Remembered(_status_by_ending)


_COUNT_NOUNS = frozenset({"সংখ্যা", "পরিমাণ", "সংখ্যক"})


def counted_base(words: list[str]) -> str | None:
    """The base form of the head of a counted noun phrase: its last noun, less সংখ্যা and the like."""
    bases = [base_form(word) for word in words if word[:1].isalpha()]
    while len(bases) > 1 and bases[-1] in _COUNT_NOUNS:
        bases.pop()
    return bases[-1] if bases else None
