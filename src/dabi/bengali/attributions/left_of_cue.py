"""What stands left of a cue: the source, whom it addresses, and what it points back to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ..lexicon import rows, words_of
from ..numerals import FORMS
from ..passage import Passage
from ..phrases import (
    CASED_HEADS,
    GENITIVE_PRONOUNS,
    NAMES,
    OCCASIONS,
    ORGANISATIONS,
    TITLES,
    documents,
    kind_of,
)
from ..places import find_place
from ..verbs import verb_forms
from .noun_phrases import (
    CLOSING,
    Tokens,
    dated,
    extend_left,
    is_head,
    is_participle,
    matching,
    pop_chunk,
)

NOTHING: Mapping[int, int] = {}
_TOLD = frozenset({"কথা", "কথাও", "বিষয়টি", "বিষয়", "প্রসঙ্গ", "সত্যতা"})  # what an unfinished cue before the cue tells of
_TAKE_NOUN = frozenset(
    {"নিয়ে", "দিয়ে", "সহ", "ছাড়া", "পর", "আগে", "সময়", "জন্য", "পর্যন্ত", "মাধ্যমে", "বিষয়ে", "প্রসঙ্গে", "শেষে"}
)
_LOCATIVES = words_of("common_locatives.tsv") | OCCASIONS
_MONEY = words_of("currencies.tsv")


class Left(NamedTuple):
    """What stands before a cue: the source, whom it addresses, what it points back to, and whether the find is weak."""

    source: Tokens | None
    to: Tokens | None
    anaphor: Tokens | None
    weak: bool
    floor: int  # first token of what was read


@cache
def _anaphors() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("anaphors.tsv"):
        words = tuple(row["phrase"].split())
        for emphatic in ("",) if words[-1].endswith(("ই", "ও")) else ("", "ই", "ও"):
            table.setdefault(words[-1] + emphatic, []).append((*words[:-1], words[-1] + emphatic))
    return {last: tuple(sorted(phrases, key=len, reverse=True)) for last, phrases in table.items()}


@cache
def _addressees() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Media of several words in the objective case: প্রথম আলোকে."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("organisations.tsv"):
        *before, last = row["word"].split()
        if before:
            table.setdefault(last + "কে", []).append((*before, last + "কে"))
    return {last: tuple(phrases) for last, phrases in table.items()}


def _ending_at(words: list[str], end: int, floor: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    for phrase in table.get(words[end - 1], ()):
        n = len(phrase)
        if end - n >= floor and tuple(words[end - n : end]) == phrase:
            return n
    return 0


def anaphor_before(words: list[str], end: int, floor: int) -> int:
    """How many tokens before `end` point back to an earlier statement (এ তথ্য); 0 if none do."""
    return _ending_at(words, end, floor, _anaphors()) if end > floor else 0


def addressee_length(words: list[str], end: int, floor: int) -> int:
    """How many tokens before `end` are a known medium in the objective case (প্রথম আলোকে); 0 if none."""
    return _ending_at(words, end, floor, _addressees()) if end > floor else 0


def _pop_addressee(p: Passage, i: int, floor: int) -> int:
    """The start of the addressee whose objective is at i-1, with its title: সচিব মুশফিকুর রহমানকে."""
    words = p.words
    known = _ending_at(words, i, floor, _addressees())
    if known:
        return i - known
    j = i - 1
    stem = words[j].removesuffix("কে")
    if stem in NAMES or stem in TITLES:
        for back in range(j - 1, max(floor, j - 5) - 1, -1):
            if words[back] in TITLES:
                j = back
                break
            if kind_of(words[back]) not in ("bare", "genitive", "mark"):
                break
    if j == i - 1 and stem in TITLES:
        k = j  # রাশিয়ার প্রতিরক্ষা মন্ত্রীকে: what stands between the country and the office belongs to it
        while k > floor and j - k < 2 and kind_of(words[k - 1]) == "bare" and not is_head(words[k - 1]):
            k -= 1
        if k > floor and kind_of(words[k - 1]) == "genitive":
            j = k
    while j > floor and kind_of(words[j - 1]) in ("genitive", "determiner"):
        j -= 1
    return j


def _is_family_name(words: list[str], i: int, floor: int) -> bool:
    """মহাসচিব মার্ক রুত্তে: a word in -ে behind a title and one first name is the family name, not a place."""
    word = words[i]
    if i - 2 < floor or not word.endswith(("ে", "েই")) or len(word) < 4 or word in _LOCATIVES or is_participle(word):
        return False
    if verb_forms().get(word) or word in documents() or word in CASED_HEADS or find_place(word):
        return False
    first = words[i - 1]
    return kind_of(first) == "bare" and first not in TITLES and first not in ORGANISATIONS and words[i - 2] in TITLES


def look_left(p: Passage, floor: int, end: int, passed: Mapping[int, int] = NOTHING) -> Left:
    """Read leftwards from a cue: adjuncts, addressee and anaphor are passed, the first bare noun ends the source.

    `passed` maps the end of other, unfinished cues (অস্বীকার করে বলেন) to their first token: they are stepped over.
    """
    words = p.words
    i = end
    to: Tokens | None = None
    anaphor: Tokens | None = None
    weak = acted = False
    while i > floor:
        if i in passed:
            i = max(floor, passed[i])
            weak = acted = True
            if i > floor and words[i - 1] in _TOLD:
                i = pop_chunk(words, i, floor)
            continue
        n = anaphor_before(words, i, floor)
        if n and anaphor is None:
            anaphor = (i - n, i)
            i -= n
            continue
        word = words[i - 1]
        kind = kind_of(word)
        if kind == "number":
            i -= 1
            weak = True
        elif kind == "objective":
            start = _pop_addressee(p, i, floor)
            to = to or (start, i)
            i = start
        elif kind == "plural_objective":
            start = pop_chunk(words, i, floor)
            to = to or (start, i)
            i = start
        elif kind == "locative" and _is_family_name(words, i - 1, floor):
            break
        elif kind == "locative":
            acted = acted or is_participle(word)
            i = pop_chunk(words, i, floor)
            weak = True
        elif word in _TAKE_NOUN and i - 1 > floor:
            i = pop_chunk(words, i, floor)
            if i > floor and kind_of(words[i - 1]) == "bare" and not is_head(words[i - 1]):
                i = pop_chunk(words, i, floor)
            weak = True
        elif kind == "genitive" and i - 2 >= floor and words[i - 2] in NAMES and not weak and anaphor is None:
            break  # আলী হায়দার: a name that looks like a genitive
        elif (
            word in ("এ", "তে")
            and i - 3 > floor
            and words[i - 2] in "-–"
            and p.touches(i - 1)
            and words[i - 3] in CLOSING
        ):
            opening = matching(words, i - 3, floor)
            i = opening if opening >= 0 else i - 1  # ‘এক্স’–এ
            weak = True
        elif word in _MONEY and i - 2 >= floor and _counts(words[i - 2]):
            i -= 1
            while i > floor and _counts(words[i - 1]):
                i -= 1  # ৩০০ কোটি রুপি (অঙ্গীকার করেছে): an amount promises nothing
            weak = True
        elif kind in ("adjunct", "determiner", "genitive", "join"):
            i -= 1
        elif kind == "mark":
            if word in CLOSING and word != ")":
                opening = matching(words, i - 1, floor)
                if opening >= 0:
                    break
            if word == ")":
                opening = matching(words, i - 1, floor)
                if opening > floor and not dated(words, opening, i):
                    break
                if opening >= 0:
                    i = opening
                    continue
            if word in "-–" and i < end and p.touches(i - 1) and p.touches(i):
                i -= 1
                continue
            return Left(None, to, anaphor, weak, i)
        elif kind == "verb":
            return Left(None, to, anaphor, weak, i)
        else:
            break
    if i <= floor:
        named = _like_a_genitive(words, floor, end) if to is None and anaphor is None else 0
        if named:
            return Left((extend_left(p, floor, named), named), to, anaphor, False, floor)
        return Left(None, to, anaphor, weak, floor)
    first = extend_left(p, floor, i)
    if weak and not acted and first == floor:
        weak = False  # মাশরাফি তাঁর বক্তব্যে বলেন: the first phrase of the clause, nothing done before the speaking
    return Left((first, i), to, anaphor, weak, first)


def _like_a_genitive(words: list[str], floor: int, end: int) -> int:
    """The end of a name before a cue that only looks like a genitive (সঞ্জয়কুমার বলেন): no verb of saying takes one."""
    i = end
    while i > floor and words[i - 1] in ("আরও", "আরো"):
        i -= 1
    if i <= floor or kind_of(words[i - 1]) != "genitive" or words[i - 1] in GENITIVE_PRONOUNS:
        return 0
    return i


def _counts(word: str) -> bool:
    return word[0].isdigit() or FORMS[word] is not None
