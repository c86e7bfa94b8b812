"""What happened to the thing counted, how it stands, and its base form: words to concepts by the lexicon."""

from __future__ import annotations

from functools import cache

from ..bengali.lexicon import rows, words_of
from ..bengali.passage import Passage
from ..bengali.remembered import Remembered, places
from ..bengali.verbs import is_finite, verb_forms
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
def _statuses() -> tuple[dict[str, tuple[Status, frozenset[str]]], dict[str, Status], frozenset[str]]:
    """Words with what they tell and the words before which they do not; endings; what ends so and is no verb."""
    words: dict[str, tuple[Status, frozenset[str]]] = {}
    endings: dict[str, Status] = {}
    for row in rows("statuses.tsv"):
        status: Status = row["status"]  # type: ignore[assignment]  # the table's test checks the column
        if row["match"] == "ending":
            endings[row["word"]] = status
        else:
            for form, _ in inflections(row["word"], classifiers=False):
                words.setdefault(form, (status, frozenset(filter(None, row["not_before"].split(";")))))
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


def event_near(
    passage: Passage,
    of: tuple[int, int] | None,
    first: int,
    last: int,
    begin: int,
    end: int,
    *,
    of_persons: bool = True,
    of_money: bool = True,
) -> str | None:
    """The concept for a quantity in tokens first..last-1 of the sentence begin..end-1.

    The words of the counted thing decide first, then the nearest word after the quantity, then the nearest before, up
    to a semicolon. `of` is a token range or None. Sums and measures (not `of_persons`) are not
    killed, hurt, missing, seized, freed or infected; lengths (not `of_money`) are not owed, paid or budgeted.
    """
    words = passage.words

    def named(i: int, until: int) -> str | None:
        concept = _named_at(words, i)
        if concept is None or (concept in _OF_PERSONS and not of_persons) or (concept in _OF_MONEY and not of_money):
            return None
        return _set_free(words, _died_of(words, concept, i, until), max(i, last), end)

    if of is not None:
        for i in range(of[1] - 1, of[0] - 1, -1):
            if (concept := named(i, end)) is not None:
                return concept
    after = places(words[last:end], _MAY_NAME.__getitem__, last)
    before = places(words[begin:first], _MAY_NAME.__getitem__, begin)
    if not after and not before:
        return None
    left, right = _between_semicolons(words, first, last, begin, end)
    near = [i for i in after if i < right] + [i for i in reversed(before) if i >= left]
    return next((concept for i in near if (concept := named(i, end)) is not None), None)


_OF_MONEY = frozenset({"budget", "debt", "pay", "fine", "remittance", "compensation"})
_OF_PERSONS = frozenset({"death", "injury", "missing", "arrest", "release", "infection"})


def is_for_victims(words: list[str], first: int, last: int, begin: int, end: int) -> bool:
    """Whether a sum in tokens first..last-1 is given to families of those whom something befell, or to themselves:
    নিহতদের প্রত্যেকের পরিবারকে ৫০ হাজার টাকা দেওয়া হবে, আহতদের ১০ হাজার টাকা অনুদান দেওয়া হয়."""
    befallen = [i for i in range(begin, first) if _MAY_NAME[words[i]] and _named_at(words, i) in ("death", "injury")]
    if not befallen:
        return False
    family = any(word.startswith("পরিবার") for word in words[befallen[-1] + 1 : first])
    themselves = words[befallen[-1]].endswith(("দের", "দেরকে"))
    return (family or themselves) and any(word in _GIVEN for word in words[last : min(end, last + _GIVEN_WITHIN)])


_GIVEN = frozenset(
    {"অনুদান", "সহায়তা", "প্রদান"} | {form for form, found in verb_forms().items() if any(f.verb == "দেওয়া" for f in found)}
)
_GIVEN_WITHIN = 6  # tokens behind the sum


def _between_semicolons(words: list[str], first: int, last: int, begin: int, end: int) -> tuple[int, int]:
    """The part of begin..end-1 around first..last-1 that no semicolon cuts."""
    left = next((i + 1 for i in range(first - 1, begin - 1, -1) if words[i] == ";"), begin)
    return left, _until_semicolon(words, last, end)


def _until_semicolon(words: list[str], first: int, end: int) -> int:
    return next((i for i in range(first, end) if words[i] == ";"), end)


_DIED_WITHIN = 8  # tokens behind what somebody died of


def _died_of(words: list[str], concept: str, i: int, end: int) -> str:
    """Who is hurt and dies of it is dead: দুই কর্মী দগ্ধ হয়ে মারা গেছেন."""
    if concept == "death" or i + 1 >= end or words[i + 1] not in _HAVING_BECOME:
        return concept
    for j in range(i + 2, min(end, i + 2 + _DIED_WITHIN)):
        if words[j] in _BREAKS:
            break
        if _named_at(words, j) == "death":
            return "death"
    return concept


_HAVING_BECOME = frozenset({"হ\u09dfে", "হ\u09dfেই"})  # হয়ে, হয়েই


_FREED = {  # words of letting go, with how the verbs behind them begin
    "মুক্তি": ("দে", "দি", "পে", "পা", "মি", "মে", "লাভ"),
    "মুক্ত": ("কর", "হ"),
    "ছে\u09dcে": ("দে", "দি"),  # ছেড়ে
    "ছা\u09dcা": ("পে", "পা"),  # ছাড়া
}


def _set_free(words: list[str], concept: str, first: int, end: int) -> str:
    """Who is held or taken, and is let go in the same clause, is released: ৫০ বন্দিকে মুক্তি দেওয়া হয়েছে.

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
_TAKING = ("ঝর", "কাড়", "কেড়")  # ঝরল ৫ প্রাণ


def _lost_before(words: list[str], i: int) -> bool:
    """ঝরেছে ২৬১ প্রাণ, ঝরে গেল তিনটি তাজা প্রাণ: the verb first, a figure between."""
    for j in range(i - 1, max(-1, i - 5), -1):
        if words[j] in _BREAKS:
            return False
        if words[j].startswith(_TAKING):
            return True
    return False


def _named_at(words: list[str], i: int) -> str | None:
    """The concept that token i names, with the word before and behind it in sight."""
    if words[i] == "প্রাণ":
        if i + 1 < len(words) and words[i + 1].startswith(_LOSING):
            return "death"
        return "death" if _lost_before(words, i) else None
    if words[i] == "আটকে":
        return _stuck(words[i + 1] if i + 1 < len(words) else "")
    concept = event_of_word(words[i])
    return None if concept == "price" and i > 0 and words[i - 1] in _FREE else concept


def _stuck(verb: str) -> str | None:
    """আটকে রাখা is an arrest; who আটকে পড়েন is stranded, and what আটকে আছে is either."""
    if verb.startswith("রাখ"):
        return "arrest"
    return "stranded" if verb.startswith(("পড়", "আছেন", "ছিলেন")) else None


_OF_WHAT_WAS_SAID = frozenset({"এমন", "এ", "এই", "এটি", "এটা", "তা", "যা", "বলে"})  # মারা গেছেন, এমন আশঙ্কা


@cache
def _done() -> frozenset[str]:
    """Finite verbs of what is over: দিয়েছে, দেন, দিল."""
    tenses = {"perfect", "pluperfect", "past"}
    tables = (verb_forms(), verb_forms("common_verbs.tsv"))
    return frozenset(form for table in tables for form, found in table.items() if {f.tense for f in found} <= tenses)


def status_after(passage: Passage, last: int, end: int) -> Status:
    """How the thing stands, by the first telling word in tokens last..end-1; happened when none tells otherwise.

    A semicolon ends what is told of it, and so does a comma behind a verb of what is over: ১২ জন মারা গেছেন, আরও মৃত্যুর
    আশঙ্কা.
    """
    words = _statuses()[0]
    done = _done()
    over = False
    end = _until_semicolon(passage.words, last, end)
    said = _said_of_it(passage.words, last, end)
    final = said - 5  # finite verbs stand at the end: two or three words, a danda, a closing quotation mark
    for i in range(last, end):
        word = passage.words[i]
        if word in done:
            over = True
        elif word == "," and over and (i + 1 == end or passage.words[i + 1] not in _OF_WHAT_WAS_SAID):
            return "happened"
        told = words.get(word)
        if told is not None and (i + 1 == end or passage.words[i + 1] not in told[1]):
            return told[0]
        if final <= i < said and (status := _STATUS_BY_ENDING[word]) is not None:
            return status
    return "happened"


def _said_of_it(words: list[str], first: int, end: int) -> int:
    """Where it ends how the thing stands: ৫০০ ছাড়িয়ে গেছে | বলে ধারণা করা হচ্ছে, where only the supposing goes on."""
    for i in range(first + 1, end):
        if words[i] == "বলে" and (is_finite(words[i - 1]) or _STATUS_BY_ENDING[words[i - 1]] is not None):
            return i
    return end


_BESIDE = 4  # tokens from a figure to the comma behind what it counts


def done_before(passage: Passage, first: int, last: int, begin: int, end: int) -> bool:
    """Whether the verb stands before the figure, is of what is over, and a comma behind the counted ends what it says.

    ত্রাণ পেয়েছে ১২০ পরিবার, আরও ৩০০ পরিবারকে দেওয়ার প্রতিশ্রুতি.
    """
    words = passage.words
    behind = [i for i in range(last, min(end, last + _BESIDE)) if words[i] in _BREAKS]
    if not behind or words[behind[0]] != ",":
        return False
    return first > begin and words[first - 1] in _done()


def _status_by_ending(word: str) -> Status | None:
    _, endings, not_verbs = _statuses()
    if len(word) <= 2 or word in not_verbs or word.endswith("ভাবে"):  # অবৈধভাবে
        return None
    return next((status for ending, status in endings.items() if word.endswith(ending)), None)


_STATUS_BY_ENDING = Remembered(_status_by_ending)


_DYING = frozenset({"মারা", "প্রাণ"})  # মারা গেছেন, প্রাণ হারান
_COUNT_NOUNS = frozenset({"সংখ্যা", "পরিমাণ", "সংখ্যক"})


def counted_base(words: list[str]) -> str | None:
    """The base form of the head of a counted noun phrase: its last noun, less সংখ্যা and the like; মৃত্যু for মারা যান."""
    if words[0] in _DYING and len(words) == 2:
        return "মৃত্যু"
    bases = [base_form(word) for word in words if word[:1].isalpha()]
    while len(bases) > 1 and bases[-1] in _COUNT_NOUNS:
        bases.pop()
    return bases[-1] if bases else None
