"""Noun phrases: where one begins, what belongs to it, and whether it can name somebody."""

from __future__ import annotations

from collections.abc import Iterable

from ..lexicon import rows, words_of
from ..passage import Passage
from ..phrases import (
    COMMON_NAMES,
    JOINS,
    NAMES,
    ORGANISATIONS,
    SUBJECT_PRONOUNS,
    TITLE_PARTS,
    TITLES,
    UNNAMED,
    kind_of,
)
from ..sentences import ABBREVIATIONS
from ..verbs import verb_forms

Tokens = tuple[int, int]  # half-open token range
LONGEST_BRACKET = 10  # longest bracketed aside in a name, in tokens
LONGEST_PHRASE = 40  # longest source, in tokens
CLOSING = {")": "(", "’": "‘", "”": "“", "'": "'", '"': '"', "]": "["}
_COMPOUND = words_of("compounds.tsv")
THINGS = (
    frozenset(  # common nouns, numbers and adjectives that no name holds
        {row["word"] for row in rows("counted_words.tsv") if " " not in row["word"]}
        | {row["word"] for row in rows("number_words.tsv")}
    )
    - NAMES
    - TITLES
    - ORGANISATIONS
)
_DEED = ("ানোর", "ওয়ার", "করার", "ধরার", "তোলার", "রাখার", "আনার")  # genitives of verbal nouns


def has_evidence(words: Iterable[str]) -> bool:
    """Whether a noun phrase holds a word that only people and organisations have."""
    for w in words:
        if w in COMMON_NAMES:
            continue
        if (
            (w in TITLES and w not in TITLE_PARTS)
            or w in NAMES
            or w in ORGANISATIONS
            or w in SUBJECT_PRONOUNS
            or w in UNNAMED
        ):
            return True
        if kind_of(w) == "plural":
            return True
    return False


def is_participle(word: str) -> bool:
    """Whether a word is a verb's participle: what stands before it may be its object."""
    readings = verb_forms().get(word.rstrip("ইও"), ()) or verb_forms().get(word, ())
    return any(r.tense in ("participle", "conditional", "infinitive") for r in readings) or word.endswith("িয়ে")


def matching(words: list[str], closing: int, floor: int, reach: int = LONGEST_BRACKET) -> int:
    """The index of the mark that opens what `closing` closes, or -1."""
    opener = CLOSING[words[closing]]
    for j in range(closing - 1, max(floor, closing - reach) - 1, -1):
        if words[j] == opener:
            return j
    return -1


def pop_chunk(words: list[str], i: int, floor: int) -> int:
    """The start of the case-marked phrase whose last word is at i-1: its genitives, numerals and compound parts."""
    i -= 1
    while i > floor:
        word = words[i - 1]
        kind = kind_of(word)
        if kind in ("genitive", "determiner", "number", "plural_objective") or word in _COMPOUND:
            i -= 1
        else:
            break
    return i


def dated(words: list[str], opening: int, closing: int) -> bool:
    return any(kind_of(w) == "adjunct" or w[0].isdigit() for w in words[opening + 1 : closing - 1])


def extend_left(p: Passage, floor: int, end: int) -> int:
    """The first token of the noun phrase that ends before `end`."""
    words = p.words
    i = end - 1
    if words[i] in SUBJECT_PRONOUNS:
        return i
    if words[i] in CLOSING:
        opening = matching(words, i, floor)
        if opening >= 0:
            i = opening
    joined = False
    stop = max(floor, end - LONGEST_PHRASE)
    while i > stop:
        word = words[i - 1]
        kind = kind_of(word)
        if kind in ("bare", "genitive", "plural", "determiner", "plural_objective"):
            if kind == "bare" and word.endswith("টা") and len(word) > 4:
                break  # পারফরম্যান্সটা: a phrase of its own
            if word == "সময়" and i - 2 >= stop and is_deed(words[i - 2]):
                break  # বক্তব্য দেওয়ার সময় | করিম মোল্লা
            i -= 1
        elif kind == "number":
            if i - 1 == stop or kind_of(words[i]) == "mark":
                break
            i -= 1
        elif kind == "join":
            if i - 2 < stop or kind_of(words[i - 2]) not in ("bare", "genitive", "plural", "mark"):
                break
            joined = True
            i -= 1
        elif kind == "relative":
            i = _relative(words, i - 1, stop)
        elif kind == "mark":
            if word in "’'" and p.touches(i) and p.touches(i - 1):
                i -= 1  # ইন্টিগ্রিটি’র: an apostrophe
            elif word in CLOSING:
                opening = matching(words, i - 1, stop)
                if opening <= stop or dated(words, opening, i):
                    break
                i = opening
            elif word == "." and i - 2 >= stop and (words[i - 2] in ABBREVIATIONS or len(words[i - 2]) <= 2):
                i -= 2
            elif (
                (word in "-–—‑" and p.touches(i - 1) and p.touches(i))
                or word in "/&'’"
                or (word == "," and joined and i - 2 >= stop and kind_of(words[i - 2]) in ("bare", "plural"))
            ):
                i -= 1
            else:
                break
        else:
            break
    k = i + 1 if kind_of(words[i]) == "bare" and words[i] not in TITLES else i
    if floor < i <= k < end - 1 and kind_of(words[k]) == "relative" and kind_of(words[i - 1]) == "objective":
        i = k + 1  # এক এমপিকে জমা দেওয়া | প্রতিবেদন
    while i < end - 1 and (words[i] in JOINS or (kind_of(words[i]) == "mark" and words[i] not in "‘“'\"(")):
        i += 1
    return i


def _relative(words: list[str], i: int, floor: int) -> int:
    """The start of a relative participle's phrase: one case-marked chunk before it belongs to it."""
    if i - 1 > floor and words[i - 1] in ("থেকে", "হতে") and kind_of(words[i - 2]) in ("bare", "genitive", "mark"):
        return i - 1  # অধিদপ্তর থেকে পাঠানো (বিজ্ঞপ্তিতে)
    if i > floor and kind_of(words[i - 1]) in ("locative", "objective"):
        i = pop_chunk(words, i, floor)
        if i > floor and kind_of(words[i - 1]) == "bare" and words[i - 1] not in TITLES:
            i -= 1
            while i > floor and kind_of(words[i - 1]) == "genitive":
                i -= 1
    elif i > floor and kind_of(words[i - 1]) == "bare":
        i -= 1
    return i


def is_deed(word: str) -> bool:
    """Whether a word is a verbal noun in some case: পাঠানোর, নিতে."""
    return word.endswith(_DEED) or any(
        reading.tense in ("genitive", "infinitive", "noun") for reading in verb_forms().get(word, ())
    )


def is_head(word: str) -> bool:
    return word in NAMES or word in TITLES or word in ORGANISATIONS or word in UNNAMED
