"""The source at the front of a clause, far from its cue."""

from __future__ import annotations

from ..passage import Passage
from ..phrases import (
    CASED_HEADS,
    CASED_NAMES,
    CASED_ORGANISATIONS,
    COMMON_NAMES,
    JOINS,
    NAME_FOLLOWS,
    NAMES,
    ORGANISATIONS,
    TITLE_PARTS,
    TITLES,
    kind_of,
)
from ..sentences import ABBREVIATIONS
from .noun_phrases import (
    LONGEST_BRACKET,
    LONGEST_PHRASE,
    THINGS,
    Tokens,
    extend_left,
    is_deed,
    is_head,
)

_EVERYBODY = frozenset({"অনেকে", "অনেকেই", "সবাই", "সকলে", "সকলেই"})
_TOWARDS = frozenset({"সাথে", "সঙ্গে", "কাছে", "বিরুদ্ধে", "জন্য", "নেতৃত্বে", "মতো", "প্রতি", "উপস্থিতিতে"})


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
            i = next((k for k in range(i, min(ceiling, i + LONGEST_BRACKET)) if words[k] == ")"), i) + 1
            continue
        if kind == "pronoun":
            return i, i + 1
        if word in COMMON_NAMES and word not in ORGANISATIONS and not _beside_name(words, i, ceiling):
            i += 1
            continue
        if kind == "plural" or (kind == "bare" and word not in TITLE_PARTS and is_head(word)):
            end = _phrase_end(p, i, ceiling)
            if end > 0 and end < ceiling and word not in NAMES and kind != "plural" and is_deed(words[end]):
                end = -end  # সেনা পাঠানোর: the object of what is done
            if end > 0:
                return extend_left(p, start, end), end
            i = -end
        i += 1
    return None


def _beside_name(words: list[str], i: int, ceiling: int) -> bool:
    return (i > 0 and (words[i - 1] in NAMES or words[i - 1] in TITLES)) or (i + 1 < ceiling and words[i + 1] in NAMES)


def _phrase_end(p: Passage, i: int, ceiling: int) -> int:
    """Where the noun phrase with a head at i ends; negative (minus its last token) if it is not nominative."""
    words = p.words
    j = i + 1
    if words[i] in _EVERYBODY:
        return j  # অনেকেই | স্বরাষ্ট্রসচিবের পদত্যাগ দাবি করেছেন
    named = words[i] in NAMES
    plural = kind_of(words[i]) == "plural"
    unknown = 0
    while j < ceiling and j - i < LONGEST_PHRASE:
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
            ahead = next((k for k in range(j + 1, min(ceiling, j + 5)) if is_head(words[k])), -1)
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
            if j + 1 >= ceiling or not (is_head(words[j + 1]) or kind_of(words[j + 1]) == "plural"):
                break
            named = plural = False
        elif kind == "mark":
            if word == "(":
                close = next((k for k in range(j, min(ceiling, j + LONGEST_BRACKET)) if words[k] == ")"), -1)
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
    last = max((k for k in range(i, j) if is_head(words[k]) and words[k] not in TITLE_PARTS), default=-1)
    return last + 1 if last >= i and all(kind_of(words[k]) == "bare" for k in range(i, last + 1)) else 0


def bare_subject(p: Passage, start: int, end: int) -> Tokens | None:
    """The body or office at the very front of an order, before whom it is given to: আদালত | আসামিকে … আদেশ দেন."""
    words = p.words
    i = start
    while i < end and kind_of(words[i]) in ("adjunct", "join"):
        i += 1
    j = i
    while j < end and j - i < LONGEST_PHRASE and kind_of(words[j]) in ("bare", "genitive", "plural"):
        j += 1
    if j >= end or kind_of(words[j]) not in ("objective", "plural_objective"):
        return None
    last = max((k for k in range(i, j) if is_head(words[k]) and words[k] not in TITLE_PARTS), default=-1)
    if last < 0 or (last == i and words[i] in _FIRST_OF_COMPOUND and last + 1 == j) or kind_of(words[last]) != "bare":
        return None
    return i, last + 1


_FIRST_OF_COMPOUND = frozenset({"পুলিশ", "ব্যাংক", "সেনা", "র‍্যাব", "হাসপাতাল", "থানা", "কলেজ", "বিশ্ববিদ্যালয়", "দল"})


def look_lead(p: Passage, floor: int, end: int) -> Tokens | None:
    """The pronoun with which a clause begins, past adjuncts: আমরা … বলেছি."""
    i = floor
    while i < end and kind_of(p.words[i]) in ("adjunct", "join"):
        i += 1
    return (i, i + 1) if i < end and kind_of(p.words[i]) == "pronoun" else None
