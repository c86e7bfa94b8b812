"""The people named in a text: by a title before the name, or by two words of which one is known from given_names.tsv.

A name ends where a word can be no part of it: a case ending, a role, a word of the common vocabulary, the noun of a
compound verb (রাকিব যোগ করেন). Initials (আ ন ম রাশেদুল), joints (মাহমুদ উল আলম) and hyphens (কামরুজ-জামান)
hold a name together.
"""

from __future__ import annotations

from collections.abc import Callable

from .beginnings import Beginning
from .lexicon import rows, words_of
from .names import Name, known_plain, plain_name, spelled_letters
from .passage import Passage
from .phrases import (
    CASED_HEADS,
    COMMON_NAMES,
    LONG_BODIES,
    NAMES,
    ORGANISATIONS,
    PRONOUNS,
    TITLE_PARTS,
    TITLES,
    UNNAMED,
    begins_body,
    kind_of,
)
from .places import find_place
from .remembered import Remembered
from .sentences import ABBREVIATIONS
from .verbs import is_finite, readings_of

_DEFINITE = ("টি", "টা", "গুলো")
_HYPHENS = frozenset("-‐–")
_LONGEST_NAME = 7  # words of a personal name
_PLACE_NOUNS = words_of("uninflected.tsv")
_PREFIXES = frozenset(
    {"মো", "মোঃ", "মোহাম্মদ", "মুহাম্মদ", "ড", "ডা", "মোসা", "মোছা", "অ্যাড"}
    | {"আ", "এ", "এম", "এস", "কে", "জে", "আর", "বি", "এইচ"}
)
_NAME_WORDS = NAMES | _PREFIXES
_JOINTS = frozenset(row["word"] for row in rows("name_joints.tsv") if row["stands"] == "inner")
_LATER = words_of("name_joints.tsv")
_NOT_IN_NAMES = words_of("not_in_names.tsv")
_NAMED_AFTER = frozenset(row["word"] for row in rows("not_in_names.tsv") if row["thing"])
_ROLE_ENDINGS = tuple(words_of("role_endings.tsv"))
_VOCABULARY = ("counted_words.tsv", "function_words.tsv", "time_words.tsv", "compounds.tsv", "indefinites.tsv")
_COMMON = (frozenset().union(*map(words_of, _VOCABULARY)) | PRONOUNS.keys()) - NAMES
_COMPOUND_VERBS = frozenset({"করা", "হওয়া", "দেওয়া", "নেওয়া", "পাওয়া"})


def people(p: Passage, first: int, last: int) -> list[Name]:
    """The people named in a stretch of tokens, in order."""
    words = p.words
    found: list[Name] = []
    free = first
    for i in p.where(_BEGINS, first, last):
        if i < free:
            continue
        word = words[i]
        if begins_body(words, i):
            free = i + 2  # নিউইয়র্ক টাইমস
            continue
        if word == "জন" and (i == first or words[i - 1] not in TITLES) and (i + 1 >= last or words[i + 1] not in NAMES):
            continue  # ৭০ জন সদস্য: the classifier
        name = _person_at(p, _from(p, i, free), last)
        if name is not None:
            found.append(name)
            free = name.last
    return found


def _from(p: Passage, i: int, free: int) -> int:
    """Where a name begins of which token i is the first known word: আমেনা বেগম, শহীদ উদ্দিন."""
    words = p.words
    if i <= free or (words[i] not in NAMES and words[i] not in _LATER):
        return i
    if words[i] in _LATER and kind_of(words[i - 1]) == "bare" and words[i - 1] not in _COMMON:
        return i - 1
    return i - 1 if _may_be_a_first_name(words[i - 1]) else i


def _may_be_a_first_name(word: str) -> bool:
    return (
        kind_of(word) == "bare"
        and len(word) > 2
        and word not in TITLES
        and word not in ORGANISATIONS
        and word not in NAMES
        and word not in UNNAMED
        and not word.endswith(_DEFINITE)
        and not is_no_name(word)
        and not find_place(word)
        and not spelled_letters(word)
        and not is_finite(word)  # দেশে ফেরেন হালিমা বেগম
    )


def is_no_name(word: str) -> bool:
    """Whether a word can be no part of a person's name: of the common vocabulary, or a role by its ending."""
    return word in _NOT_IN_NAMES or word in _COMMON or (word.endswith(_ROLE_ENDINGS) and word not in NAMES)


_STARTS = TITLES | NAMES | _LATER | (ABBREVIATIONS & _PREFIXES) | LONG_BODIES.keys()  # only here a name is looked for
_BEGINS = Beginning(_STARTS.__contains__)


def _person_at(p: Passage, i: int, last: int) -> Name | None:
    titles, start = _titles_at(p, i, last)
    if not 0 <= start < last or _begins_no_name(p.words[start]):
        return None
    return _Reading(p, start, last, tuple(titles)).name()


def _begins_no_name(word: str) -> bool:
    rules = _RULES_FOR[word]
    return not rules or rules[0] is _Reading.no_name


class _Reading:
    """A name that is read from its first token on. A rule says whether the name may go on (True), has ended (False), or
    that it has nothing to say of the word that comes (None)."""

    def __init__(self, p: Passage, start: int, last: int, titles: tuple[str, ...]) -> None:
        self.p = p
        self.words = p.words
        self.start = self.end = start
        self.last = last
        self.titles = titles
        self.parts = 0  # words and runs of initials
        self.known = self.common = self.unknown = 0  # words from the table, those among them that mean something else

    def name(self) -> Name | None:
        while self.end < self.last and self.parts < _LONGEST_NAME and self._goes_on():
            pass
        while self.end > self.start and (self.words[self.end - 1] == "." or self.words[self.end - 1] in _JOINTS):
            self.end -= 1
        if not self._is_a_name():
            return None
        p, start, end = self.p, self.start, self.end
        text = p.text[p.starts[start] : p.starts[end - 1]] + plain_name(self.words[end - 1])
        return Name(start, end, "person", text, self.titles)

    def _goes_on(self) -> bool:
        word = self.words[self.end]
        for rule in _RULES_FOR[word]:
            goes_on = rule(self, word)
            if goes_on is not None:
                return goes_on
        return False

    def _is_a_name(self) -> bool:
        start, end, words = self.start, self.end, self.words
        if self.titles:
            return end > start and (self.parts > 1 or self.known > 0)  # one unknown word behind a title may be anything
        if self.parts < 2 or not self.known:
            return False
        if end < self.last and words[end] in _NAMED_AFTER:
            return False  # হালিমা মঞ্জিল, মনির কনস্ট্রাকশন
        if self.known > self.common:
            return True
        # তাঁর সরকার: words that are names only beside others
        return not self.unknown and end - start > 1 and (start == 0 or words[start - 1] not in PRONOUNS)

    def _after(self, far: int = 1) -> str:
        return self.words[self.end + far] if self.end + far < self.last else ""

    def dot(self, word: str) -> bool | None:
        before = self.words[self.end - 1]
        if self.end == self.start or (before not in ABBREVIATIONS and len(before) > 2):
            return None
        self.end += 1
        return True

    def initials(self, word: str) -> bool | None:
        """Two or more, written apart or as one word, before a name: আ ন ম রাশেদুল হক, এএসএম নাসিম."""
        words, end, letters = self.words, self.end, 0
        while end < self.last and _is_initial(words[end]):
            letters += len(spelled_letters(words[end])) or 1
            end += 2 if end + 1 < self.last and words[end + 1] == "." else 1
        behind = words[end : min(end + 2, self.last)]
        led = self.titles and behind and not is_no_name(behind[0]) and _may_be_unknown(behind[0])
        if letters < 2 or not (led or any(word in NAMES for word in behind)):
            return None
        self.end = end
        self.parts += 1
        return True

    def no_name(self, word: str) -> bool | None:
        return False

    def hyphens(self, word: str) -> bool | None:
        """Words that hyphens hold together: কামরুজ-জামান."""
        words, p, end = self.words, self.p, self.end + 1
        while end + 1 < self.last and words[end] in _HYPHENS and p.touches(end) and p.touches(end + 1):
            if is_no_name(words[end + 1]) or not "অ" <= words[end + 1][0] <= "য়":
                return None
            end += 2
        if end == self.end + 1:
            return None
        known = any(map(_is_known, words[self.end : end]))
        self.known += known
        self.unknown += not known
        self.parts += 2
        self.end = end
        return kind_of(words[end - 1]) == "bare"

    def joint(self, word: str) -> bool | None:
        """মাহমুদ [উল] আলম."""
        after = self._after()
        led = self.titles or self.end > self.start
        if not led or not after or not (kind_of(after) == "bare" or _is_known(after)):
            return None
        self.parts += self.end == self.start
        self.end += 1
        return True

    def letters(self, word: str) -> bool | None:
        """An abbreviation behind a name is none of it."""
        return False if self.end > self.start and self.words[self.end - 1] not in _PREFIXES else None

    def known_word(self, word: str) -> bool | None:
        is_prefix = word in _PREFIXES and _begins_name(self.words, self.end, self.last)
        if word not in NAMES and word not in _LATER and not is_prefix:
            return None
        self.known += word in NAMES
        self.common += word in COMMON_NAMES
        self._take()
        return word in NAMES or not word.endswith("ও")

    def known_in_case(self, word: str) -> bool | None:
        self.known += 1
        self._take()
        return False

    def unknown_word(self, word: str) -> bool | None:
        after = self._after()
        if not _may_be_unknown(word) and after not in _LATER:
            return None
        length = self.end - self.start
        # আবুল [কাশেম] মোহাম্মদ; but জামিন মঞ্জুর করেন
        leads_on = _is_known(after) and not find_place(word) and not _is_a_compound_verb(self._after(2))
        if self.unknown >= 2 or (not self.titles and not self.known and length) or _is_a_compound_verb(after):
            return False
        led = length and self.words[self.end - 1] in _JOINTS  # সেলিম বিন [মোর্শেদ]
        before_noun = kind_of(after or "।") in ("bare", "join") and not (self.titles and is_no_name(after))
        if self.known and not leads_on and not led and (length > 1 or before_noun):
            return False  # পুতিন প্রতিরক্ষা ও …: another noun, no surname; but গবেষক জেমস কুক নতুন …
        self.unknown += 1
        self._take()
        if word.endswith("ও") and len(word) > 4:
            return False  # emphatic: the name ends
        return bool(self.titles or not self.known or _is_known(after))

    def foreign_first_name(self, word: str) -> bool | None:
        """ভলোদিমির, আলেকজান্ডার: they look like genitives."""
        looks = not word.endswith("ের") and word not in CASED_HEADS and len(word) > 4
        if not looks or not self.titles or self.end > self.start or kind_of(self._after() or "।") != "bare":
            return None
        self.unknown += 1
        self._take()
        return True

    def unknown_in_case(self, word: str) -> bool | None:
        behind = self.titles and not self.known and 0 < self.end - self.start < 3
        if not behind or word in CASED_HEADS:
            return None
        if plain_name(word) not in _PLACE_NOUNS:
            self._take()
        return False

    def _take(self) -> None:
        self.parts += 1
        self.end += 1


def _titles_at(p: Passage, i: int, last: int) -> tuple[list[str], int]:
    """The titles at token i, and where they end; -1 where a bracket among them does not close."""
    words = p.words
    titles: list[str] = []
    while i < last and words[i] in TITLES and words[i] not in _PREFIXES and _is_title(words, i, last):
        titles.append(words[i])
        i += 1
        if i < last and words[i] == "(":
            close = next((k for k in range(i, min(last, i + 6)) if words[k] == ")"), -1)
            if close < 0:
                return titles, -1
            titles.extend(words[i + 1 : close])
            i = close + 1
        elif i + 1 < last and words[i] == "ও" and words[i + 1] in TITLES:
            i += 1
    return titles, i


def _is_title(words: list[str], i: int, last: int) -> bool:
    """Whether a word that can be a title is none of a name here: দলের আমির | করিম মোল্লা, but not আমির | হোসেন."""
    if i + 1 < last and words[i + 1] in _LATER:
        return False  # শহীদ উদ্দিন
    if words[i] not in NAMES:
        return True
    if words[i] not in COMMON_NAMES:
        return False
    led = i > 0 and (kind_of(words[i - 1]) == "genitive" or words[i - 1].endswith("ীয়"))
    if led and i + 1 < last and words[i + 1] in _NAME_WORDS:
        return True
    if i > 0 and words[i - 1] in TITLES and words[i - 1] not in TITLE_PARTS:
        return False  # সদস্য আমির হামজা চৌধুরী
    return i + 2 < last and words[i + 2] in NAMES


def _is_known(word: str) -> bool:
    return word in NAMES or word in _LATER or known_plain(word) is not None


def _may_be_unknown(word: str) -> bool:
    return (
        kind_of(word) == "bare"
        and word not in TITLES
        and word not in ORGANISATIONS
        and not word.endswith(_DEFINITE)
        and not is_finite(word)
    )


def _is_a_compound_verb(word: str) -> bool:
    """Whether the word before this one makes a verb with it, and is no name: রাকিব যোগ [করেন]."""
    return any(reading.verb in _COMPOUND_VERBS for reading in readings_of(word))


def _is_initial(word: str) -> bool:
    if word in _PREFIXES or (len(word) == 1 and "ক" <= word <= "হ"):
        return True
    return bool(spelled_letters(word)) and word not in TITLES and not is_no_name(word)


def _begins_name(words: list[str], i: int, last: int) -> bool:
    """Whether মো, এ, কে … is an initial or short first name here and not a word of its own."""
    after = words[i + 1] if i + 1 < last else ""
    return (
        len(words[i]) > 4
        or after == "."
        or after in NAMES
        or (after in _PREFIXES and i + 2 < last and (words[i + 2] in NAMES or words[i + 2] == "."))
    )


# In this order; each with the words of which it can say something at all.
_RULES: tuple[tuple[Callable[[_Reading, str], bool | None], Callable[[str], object]], ...] = (
    (_Reading.dot, ".".__eq__),
    (_Reading.initials, _is_initial),
    (_Reading.no_name, is_no_name),
    (_Reading.hyphens, lambda word: word[0] > "ঀ"),
    (_Reading.joint, _JOINTS.__contains__),
    (_Reading.letters, spelled_letters),
    (_Reading.known_word, (_NAME_WORDS | _LATER).__contains__),
    (_Reading.known_in_case, known_plain),
    (_Reading.unknown_word, lambda word: kind_of(word) == "bare"),
    (_Reading.foreign_first_name, lambda word: kind_of(word) == "genitive"),
    (_Reading.unknown_in_case, lambda word: kind_of(word) in ("genitive", "objective")),
)
_RULES_FOR = Remembered(lambda word: tuple(rule for rule, holds in _RULES if holds(word)))
