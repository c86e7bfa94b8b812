"""Finding the noun phrase that names who says it: left of a cue, right of it, or at the front of the clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ..lexicon import rows, words_of
from ..numerals import FORMS
from ..passage import Passage
from ..phrases import (
    CASED_HEADS,
    CASED_NAMES,
    CASED_ORGANISATIONS,
    COMMON_NAMES,
    GENITIVE_PRONOUNS,
    JOINS,
    NAME_FOLLOWS,
    NAMES,
    OCCASIONS,
    ORGANISATIONS,
    SUBJECT_PRONOUNS,
    TITLE_PARTS,
    TITLES,
    UNNAMED,
    documents,
    kind_of,
)
from ..places import find_place
from ..sentences import ABBREVIATIONS
from ..verbs import verb_forms

Tokens = tuple[int, int]  # half-open token range
_NOTHING: Mapping[int, int] = {}

_BRACKET = 10  # longest bracketed aside in a name, in tokens
_PHRASE = 40  # longest source, in tokens
_CLOSING = {")": "(", "’": "‘", "”": "“", "'": "'", '"': '"', "]": "["}
_EVERYBODY = frozenset({"অনেকে", "অনেকেই", "সবাই", "সকলে", "সকলেই"})
AFTER_NAMES = frozenset({"এমপি", "এনডিসি", "পিএসসি", "বিপিএম", "পিপিএম", "এফসিএ", "এফসিএমএ", "পিএইচডি", "এমডি"})
_TOLD = frozenset({"কথা", "কথাও", "বিষয়টি", "বিষয়", "প্রসঙ্গ", "সত্যতা"})  # what an unfinished cue before the cue tells of
_TAKE_NOUN = frozenset(
    {"নিয়ে", "দিয়ে", "সহ", "ছাড়া", "পর", "আগে", "সময়", "জন্য", "পর্যন্ত", "মাধ্যমে", "বিষয়ে", "প্রসঙ্গে", "শেষে"}
)
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
_LOCATIVES = words_of("common_locatives.tsv") | OCCASIONS
_MONEY = words_of("currencies.tsv")
_DEED = ("ানোর", "ওয়ার", "করার", "ধরার", "তোলার", "রাখার", "আনার")  # genitives of verbal nouns
_TOWARDS = frozenset({"সাথে", "সঙ্গে", "কাছে", "বিরুদ্ধে", "জন্য", "নেতৃত্বে", "মতো", "প্রতি", "উপস্থিতিতে"})


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


def _matching(words: list[str], closing: int, floor: int, reach: int = _BRACKET) -> int:
    """The index of the mark that opens what `closing` closes, or -1."""
    opener = _CLOSING[words[closing]]
    for j in range(closing - 1, max(floor, closing - reach) - 1, -1):
        if words[j] == opener:
            return j
    return -1


def _pop_chunk(words: list[str], i: int, floor: int) -> int:
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
        while k > floor and j - k < 2 and kind_of(words[k - 1]) == "bare" and not _is_head(words[k - 1]):
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


def look_left(p: Passage, floor: int, end: int, passed: Mapping[int, int] = _NOTHING) -> Left:
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
                i = _pop_chunk(words, i, floor)
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
            start = _pop_chunk(words, i, floor)
            to = to or (start, i)
            i = start
        elif kind == "locative" and _is_family_name(words, i - 1, floor):
            break
        elif kind == "locative":
            acted = acted or is_participle(word)
            i = _pop_chunk(words, i, floor)
            weak = True
        elif word in _TAKE_NOUN and i - 1 > floor:
            i = _pop_chunk(words, i, floor)
            if i > floor and kind_of(words[i - 1]) == "bare" and not _is_head(words[i - 1]):
                i = _pop_chunk(words, i, floor)
            weak = True
        elif kind == "genitive" and i - 2 >= floor and words[i - 2] in NAMES and not weak and anaphor is None:
            break  # আলী হায়দার: a name that looks like a genitive
        elif (
            word in ("এ", "তে")
            and i - 3 > floor
            and words[i - 2] in "-–"
            and p.touches(i - 1)
            and words[i - 3] in _CLOSING
        ):
            opening = _matching(words, i - 3, floor)
            i = opening if opening >= 0 else i - 1  # ‘এক্স’–এ
            weak = True
        elif word in _MONEY and i - 2 >= floor and _counts(words[i - 2]):
            i -= 1
            while i > floor and _counts(words[i - 1]):
                i -= 1  # ৬০০ কোটি ডলার (অঙ্গীকার করেছে): an amount promises nothing
            weak = True
        elif kind in ("adjunct", "determiner", "genitive", "join"):
            i -= 1
        elif kind == "mark":
            if word in _CLOSING and word != ")":
                opening = _matching(words, i - 1, floor)
                if opening >= 0:
                    break
            if word == ")":
                opening = _matching(words, i - 1, floor)
                if opening > floor and not _dated(words, opening, i):
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


def _dated(words: list[str], opening: int, closing: int) -> bool:
    return any(kind_of(w) == "adjunct" or w[0].isdigit() for w in words[opening + 1 : closing - 1])


def extend_left(p: Passage, floor: int, end: int) -> int:
    """The first token of the noun phrase that ends before `end`."""
    words = p.words
    i = end - 1
    if words[i] in SUBJECT_PRONOUNS:
        return i
    if words[i] in _CLOSING:
        opening = _matching(words, i, floor)
        if opening >= 0:
            i = opening
    joined = False
    stop = max(floor, end - _PHRASE)
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
            elif word in _CLOSING:
                opening = _matching(words, i - 1, stop)
                if opening <= stop or _dated(words, opening, i):
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
        i = _pop_chunk(words, i, floor)
        if i > floor and kind_of(words[i - 1]) == "bare" and words[i - 1] not in TITLES:
            i -= 1
            while i > floor and kind_of(words[i - 1]) == "genitive":
                i -= 1
    elif i > floor and kind_of(words[i - 1]) == "bare":
        i -= 1
    return i


def look_right(p: Passage, start: int, ceiling: int) -> Tokens | None:
    """The source that follows a cue: the noun phrase up to the next comma, quotation or end."""
    words = p.words
    i = start
    while i < ceiling and (kind_of(words[i]) == "adjunct" or words[i] == "না"):
        i += 1
    end = i
    while end < ceiling and end - i < _PHRASE:
        word = words[end]
        kind = kind_of(word)
        if kind == "mark":
            if word == "(":
                close = next((j for j in range(end, min(ceiling, end + _BRACKET)) if words[j] == ")"), -1)
                if close < 0:
                    break
                end = close + 1
                continue
            if word in "-–‑" and end > i and p.touches(end) and end + 1 < ceiling and p.touches(end + 1):
                end += 1
                continue
            if word == "." and end > i and (words[end - 1] in ABBREVIATIONS or len(words[end - 1]) <= 2):
                end += 1
                continue
            if word in "‘“'\"" and end + 1 < ceiling:
                close = next((j for j in range(end + 1, min(ceiling, end + 8)) if words[j] in _CLOSING), -1)
                if close >= 0 and end > i:
                    end = close + 1
                    continue
            break
        if kind == "verb" or (kind == "pronoun" and end > i):
            while end > i and words[end - 1] not in JOINS and kind == "verb":
                end -= 1
            break
        end += 1
        if kind == "pronoun":
            break
    while end > i and (words[end - 1] in JOINS or kind_of(words[end - 1]) in ("adjunct", "locative", "objective")):
        end -= 1
    if end <= i or kind_of(words[end - 1]) == "plural_objective":
        return None
    return i, end


def look_front(p: Passage, start: int, ceiling: int) -> Tokens | None:
    """The source at the front of a clause whose content follows: the first nominative title, name, body or pronoun."""
    words = p.words
    i = start
    while i < ceiling:
        word = words[i]
        kind = kind_of(word)
        if kind == "verb" or word in "।?!‘“":
            return None
        if word == "(":
            i = next((k for k in range(i, min(ceiling, i + _BRACKET)) if words[k] == ")"), i) + 1
            continue
        if kind == "pronoun":
            return i, i + 1
        if word in COMMON_NAMES and word not in ORGANISATIONS and not _beside_name(words, i, ceiling):
            i += 1
            continue
        if kind == "plural" or (kind == "bare" and word not in TITLE_PARTS and _is_head(word)):
            end = _phrase_end(p, i, ceiling)
            if end > 0 and end < ceiling and word not in NAMES and kind != "plural" and is_deed(words[end]):
                end = -end  # সেনা পাঠানোর: the object of what is done
            if end > 0:
                return extend_left(p, start, end), end
            i = -end
        i += 1
    return None


def is_deed(word: str) -> bool:
    """Whether a word is a verbal noun in some case: পাঠানোর, নিতে."""
    return word.endswith(_DEED) or any(
        reading.tense in ("genitive", "infinitive", "noun") for reading in verb_forms().get(word, ())
    )


def _beside_name(words: list[str], i: int, ceiling: int) -> bool:
    return (i > 0 and (words[i - 1] in NAMES or words[i - 1] in TITLES)) or (i + 1 < ceiling and words[i + 1] in NAMES)


def _is_head(word: str) -> bool:
    return word in NAMES or word in TITLES or word in ORGANISATIONS or word in UNNAMED


def _phrase_end(p: Passage, i: int, ceiling: int) -> int:
    """Where the noun phrase with a head at i ends; negative (minus its last token) if it is not nominative."""
    words = p.words
    j = i + 1
    if words[i] in _EVERYBODY:
        return j  # অনেকেই | স্বরাষ্ট্রসচিবের পদত্যাগ দাবি করেছেন
    named = words[i] in NAMES
    plural = kind_of(words[i]) == "plural"
    unknown = 0
    while j < ceiling and j - i < _PHRASE:
        word = words[j]
        kind = kind_of(word)
        if word in NAMES:
            named, unknown = True, 0
        elif word in CASED_HEADS and not named and not plural:
            if kind in ("objective", "plural_objective", "locative"):
                return (_before_object(words, i, j) if kind == "objective" else 0) or -j
            # আদালত পুলিশের উপপরিদর্শক: the phrase goes on behind the genitive if a title follows
            if words[i] in ORGANISATIONS and kind == "genitive" and word in CASED_ORGANISATIONS and j == i + 1:
                apart = True  # রাশিয়া ইউক্রেনের …: two phrases, unless a title follows
            else:
                apart = False
            ahead = next((k for k in range(j + 1, min(ceiling, j + 5)) if _is_head(words[k])), -1)
            if apart and ahead < 0:
                break
            if ahead < 0 or any(kind_of(words[k]) not in ("bare", "genitive", "mark") for k in range(j + 1, ahead)):
                return -j
            j = ahead
        elif named and word in CASED_NAMES and words[j - 1] in NAMES:
            return -j  # শেখ হাসিনার ছেলে: the name is a genitive
        elif word in TITLES or word in ORGANISATIONS:
            if named or plural:
                break
        elif kind == "plural":
            plural = True
        elif kind == "bare":
            if plural or (named and not (unknown == 0 and words[j - 1] in NAMES and words[j - 2] in TITLES)):
                break  # but মুখপাত্র মারিয়া জাখারোভা: one unknown word behind a first name
            if words[i] in ORGANISATIONS and words[i] not in NAME_FOLLOWS:
                break
            if word in THINGS and words[i] not in TITLE_PARTS:
                break  # চিকিৎসক | ঠান্ডা পানি: what is spoken of, not a name
            unknown += 1
            if unknown > 3:
                break
        elif kind == "join":
            if j + 1 >= ceiling or not (_is_head(words[j + 1]) or kind_of(words[j + 1]) == "plural"):
                break
            named = plural = False
        elif kind == "mark":
            if word == "(":
                close = next((k for k in range(j, min(ceiling, j + _BRACKET)) if words[k] == ")"), -1)
                if close < 0:
                    break
                j = close
            elif not (
                (word == "." and (words[j - 1] in ABBREVIATIONS or len(words[j - 1]) <= 2))
                or (word in "-–‑" and p.touches(j) and j + 1 < ceiling and p.touches(j + 1))
            ):
                break
        else:
            if kind == "genitive" and words[j - 1] == ".":
                return -j  # ড. করিমের আইনজীবী: the abbreviation belongs to a name in the genitive
            if (
                kind == "genitive"
                and unknown > 0
                and words[i] in TITLES
                and j + 1 < ceiling
                and words[j + 1] in _TOWARDS
            ):
                return -j  # মন্ত্রী নো কোয়াং চোলের সাথে: the name goes on into the genitive
            break
        j += 1
    while j > i + 1 and (words[j - 1] in JOINS or (kind_of(words[j - 1]) == "mark" and words[j - 1] != ")")):
        j -= 1
    return j


def _before_object(words: list[str], i: int, j: int) -> int:
    """Where the subject at i ends before the object that ends at j: সরকার | জেলা প্রশাসককে; 0 if it is all one phrase."""
    if words[i] in TITLE_PARTS or words[i] in _FIRST_OF_COMPOUND:
        return 0
    last = max((k for k in range(i, j) if _is_head(words[k]) and words[k] not in TITLE_PARTS), default=-1)
    return last + 1 if last >= i and all(kind_of(words[k]) == "bare" for k in range(i, last + 1)) else 0


def bare_subject(p: Passage, start: int, end: int) -> Tokens | None:
    """The body or office at the very front of an order, before whom it is given to: আদালত | আসামিকে … আদেশ দেন."""
    words = p.words
    i = start
    while i < end and kind_of(words[i]) in ("adjunct", "join"):
        i += 1
    j = i
    while j < end and j - i < _PHRASE and kind_of(words[j]) in ("bare", "genitive", "plural"):
        j += 1
    if j >= end or kind_of(words[j]) not in ("objective", "plural_objective"):
        return None
    last = max((k for k in range(i, j) if _is_head(words[k]) and words[k] not in TITLE_PARTS), default=-1)
    if last < 0 or (last == i and words[i] in _FIRST_OF_COMPOUND and last + 1 == j) or kind_of(words[last]) != "bare":
        return None
    return i, last + 1


_FIRST_OF_COMPOUND = frozenset({"পুলিশ", "ব্যাংক", "সেনা", "র‍্যাব", "হাসপাতাল", "থানা", "কলেজ", "বিশ্ববিদ্যালয়", "দল"})


def best_subject(p: Passage, floor: int, end: int, passed: Mapping[int, int] = _NOTHING) -> tuple[Left, str]:
    """The source left of a cue: the nearest noun phrase, or the one at the front when the nearest is only an object."""
    left = look_left(p, floor, end, passed)
    near = left.source
    if near is not None and "নিজের" in p.words[near[0] + 1 : near[1]]:
        near = (near[0], p.words.index("নিজের", near[0] + 1))  # ট্রাম্প | নিজের ট্রুথ সোশ্যালে লিখেছেন
        left = left._replace(source=near)
    if near is not None and left.weak and near[1] - near[0] > 1:
        first, *rest = p.words[near[0] : near[1]]
        if first in ORGANISATIONS and first not in NAME_FOLLOWS and not any(map(_is_head, rest)):
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


def look_lead(p: Passage, floor: int, end: int) -> Tokens | None:
    """The pronoun with which a clause begins, past adjuncts: আমরা … বলেছি."""
    i = floor
    while i < end and kind_of(p.words[i]) in ("adjunct", "join"):
        i += 1
    return (i, i + 1) if i < end and kind_of(p.words[i]) == "pronoun" else None


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
