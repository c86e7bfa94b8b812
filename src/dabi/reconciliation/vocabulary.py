"""The tables of `lexicon/`, compiled: from a token to what it means for linking."""

from __future__ import annotations

from functools import cache, lru_cache

from ..bengali.lexicon import rows
from ..bengali.words import base_form, inflections

TABLES = f"{__package__}.lexicon"


def _split(cell: str) -> list[str]:
    return [word for piece in cell.split(";") if (word := piece.strip())]


@cache
def _happenings() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    words: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    groups: dict[str, str] = {}
    for row in rows("happenings.tsv", TABLES):
        groups[row["concept"]] = row["group"]
        for word in _split(row["words"]):
            for form, _ in inflections(word):
                words.setdefault(form, row["concept"])
        for word in _split(row["other"]):
            words.setdefault(word, row["concept"])
        for prefix in _split(row["prefixes"]):
            prefixes.setdefault(prefix, row["concept"])
    return words, prefixes, groups


@lru_cache(maxsize=65536)
def happening_of(word: str) -> str | None:
    """What a token says has happened, or None."""
    words, prefixes, _ = _happenings()
    concept = words.get(word)
    if concept is None:
        for length in range(min(len(word), 9), 2, -1):
            if (concept := prefixes.get(word[:length])) is not None:
                break
    return concept


def group_of_happening(concept: str) -> str | None:
    """The group within which happenings exclude each other."""
    return _happenings()[2].get(concept)


@cache
def _incidents() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for row in rows("incidents.tsv", TABLES):
        for word in _split(row["words"]):
            for form, _ in inflections(word):
                kinds.setdefault(form, row["kind"])
    return kinds


def incident_of(word: str) -> str | None:
    """The kind of incident that a token names, or None."""
    return _incidents().get(word)


@cache
def sudden_incidents() -> frozenset[str]:
    """The kinds of incident that are over in a day."""
    return frozenset(row["kind"] for row in rows("incidents.tsv", TABLES) if row["sudden"] == "yes")


@cache
def _growing() -> frozenset[str]:
    return frozenset(row["concept"] for row in rows("happenings.tsv", TABLES) if row["grows"] == "yes")


def only_grows(concept: str) -> bool:
    """Whether the running total of a happening never falls."""
    return concept in _growing()


@cache
def _things() -> dict[str, str]:
    terms: dict[str, str] = {}
    for row in rows("things.tsv", TABLES):
        for word in [row["term"], *_split(row["variants"])]:
            for form, _ in inflections(word):
                terms.setdefault(form, row["term"])
            terms.setdefault(base_form(word), row["term"])
        for word in _split(row["other"]):
            terms.setdefault(word, row["term"])
    return terms


def is_thing(term: str) -> bool:
    """Whether a term is one that the table of things names."""
    return term in _things()


@cache
def _groups() -> dict[str, str]:
    named: dict[str, str] = {}
    for row in rows("groups.tsv", TABLES):
        for word in [row["word"], *_split(row["other"])]:
            named.setdefault(word, row["group"])
    return named


def group_of(word: str) -> str | None:
    """The part of the whole that a base form names (women, children …), or None."""
    return _groups().get(word)


@cache
def _common() -> frozenset[str]:
    listed = [row["word"] for row in rows("common.tsv", TABLES)]
    return frozenset(listed) | frozenset(map(base_form, listed))


@cache
def _usual() -> frozenset[str]:
    listed = [row["word"] for row in rows("usual.tsv", TABLES)]
    return frozenset(listed) | frozenset(map(base_form, listed)) | frozenset(thing_of(word) for word in listed)


def is_usual(term: str) -> bool:
    """Whether a content word tells what kind of event a report is of rather than which."""
    return term in _usual() or happening_of(term) is not None


@cache
def _finite() -> tuple[str, ...]:
    return tuple(row["ending"] for row in rows("finite_endings.tsv", TABLES))


def is_verb(word: str) -> bool:
    """Whether a word as written looks like a verb form."""
    return len(word) > 3 and word.endswith(_finite())


@lru_cache(maxsize=65536)
def term_of(word: str) -> str | None:
    """The content word a token stands for: base form, one spelling for synonyms; None for numbers and common words."""
    if not word[:1].isalpha() or len(word) < 2:
        return None
    if word.isascii():
        word = word.lower()
    common = _common()
    if word in common:
        return None
    base = base_form(word)
    if base in common:
        return None
    return _things().get(word) or _things().get(base) or base


def thing_of(word: str) -> str:
    """The one word for a counted noun, given in base form or as written, in any language."""
    folded = word.casefold()
    return _things().get(folded) or _things().get(base_form(folded)) or base_form(folded)


@cache
def _markers() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("markers.tsv", TABLES):
        first, *rest = row["phrase"].split(" ")
        by_first.setdefault(first, []).append((tuple(rest), row["marker"]))
    for phrases in by_first.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return by_first


def markers_in(words: list[str], first: int, last: int) -> list[tuple[int, str]]:
    """The markers among tokens first..last-1, as (token, marker), the longest phrase at each token."""
    found: list[tuple[int, str]] = []
    table = _markers()
    for i in range(first, last):
        phrases = table.get(words[i]) or table.get(base_form(words[i]))
        for rest, marker in phrases or ():
            following = words[i + 1 : i + 1 + len(rest)]
            if i + len(rest) < last and all(
                word == wanted or base_form(word) == wanted for word, wanted in zip(following, rest, strict=True)
            ):
                found.append((i, marker))
                break
    return found


@cache
def _sources() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("sources.tsv", TABLES)}


def source_word(word: str) -> str | None:
    """filler, document or relay for a base form that tells no origin by itself; None for a name."""
    return _sources().get(word)
