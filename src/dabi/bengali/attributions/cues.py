"""Finding cues: the words by which somebody is reported to say something.

A cue is a verb (বলেন), a noun with its verb in any form and in the passive (অভিযোগ করেছেন, অভিযোগ করা হয়), a noun alone
(তাঁর দাবি, …) or a postposition (পুলিশের মতে). Forms are looked up, never cut at run time.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from ...model import Act
from ..lexicon import rows
from ..passage import Passage
from ..verbs import VerbForm, verb_forms

Takes = Literal["speech", "order", "feeling", "label", "record", "wish", "charge", "blame"]
Voice = Literal["active", "passive", "noun", "postposition"]

_AFTER_PARTICIPLE = frozenset({"দেওয়া", "যাওয়া", "রাখা", "থাকা"})  # জানিয়ে দেন, বলে রেখেছেন: one finite verb
_AFTER_INFINITIVE = frozenset({"চাওয়া", "থাকা", "যাওয়া"})  # বলতে চাই, দাবি করতে থাকে
_BEGUN = frozenset({"শুরু", "আরম্ভ"})
_BEGIN = frozenset({"করা"})
_IN_SOME_WAY = "ভাবে"  # কোনও ভাবে: a noun far more often than "thinks"
_EMPHATIC = ("", "ও", "ই")
_PASSIVE_OF_BE = "হওয়া"
_PASSIVE_OF_GO = "যাওয়া"


class CueEntry(NamedTuple):
    """A row of cues.tsv or postpositions.tsv."""

    cue: str
    act: Act
    takes: Takes
    alone: bool
    entry: str  # for the trace
    case: str = ""
    strong: bool = True


class Cue(NamedTuple):
    """A cue at tokens first..last-1. `tense` and `person` are those of its verb, empty for nouns and postpositions."""

    first: int
    last: int
    entry: CueEntry
    voice: Voice
    tense: str
    person: str

    @property
    def finite(self) -> bool:
        return self.tense in _FINITE_TENSES

    @property
    def verb_alone(self) -> bool:
        return self.entry.cue == ""


_FINITE_TENSES = frozenset({"present", "progressive", "perfect", "pluperfect", "past", "future", "habitual", "state"})


class _Light(NamedTuple):
    middle: tuple[str, ...]  # further words between the noun and the verb: (দাবি) উত্থাপন (করা)
    verbs: frozenset[str]
    passive: frozenset[str]
    entry: CueEntry


class CueTable(NamedTuple):
    """What triggers a cue: nouns with their completions, verbs alone, postpositions by their first word."""

    nouns: dict[str, tuple[_Light, ...]]
    verbs: dict[str, tuple[tuple[VerbForm, CueEntry], ...]]
    passives: dict[str, CueEntry]  # verbal nouns of verbs alone: বলা (হয়)
    postpositions: dict[str, tuple[tuple[tuple[str, ...], CueEntry], ...]]
    triggers: frozenset[str]


@cache
def cue_table() -> CueTable:
    nouns: dict[str, list[_Light]] = {}
    verbs: dict[str, list[tuple[VerbForm, CueEntry]]] = {}
    passives: dict[str, CueEntry] = {}
    forms = verb_forms()
    spellings: dict[str, list[tuple[str, VerbForm]]] = {}
    for form, readings in forms.items():
        for reading in readings:
            spellings.setdefault(reading.verb, []).append((form, reading))
    for row in rows("cues.tsv"):
        name = "" if row["cue"] == "-" else row["cue"]
        entry = CueEntry(
            name,
            row["act"],  # type: ignore[arg-type]
            row["takes"],  # type: ignore[arg-type]
            row["alone"] == "yes",
            f"cues.tsv: {row['cue']} {row['verbs']}".replace("- ", ""),
        )
        if not name:
            for form, reading in spellings[row["verbs"]]:
                if reading.tense == "noun":
                    passives[form] = entry
                elif reading.tense != "genitive" and form != _IN_SOME_WAY:
                    verbs.setdefault(form, []).append((reading, entry))
            continue
        first, *rest = name.split()
        plain = frozenset(v for v in row["verbs"].split("/") if v and " " not in v)
        passive = frozenset(row["passive"].split("/")) if row["passive"] else frozenset()
        lights = [_Light(tuple(rest), plain, passive, entry)]
        for phrase in row["verbs"].split("/"):
            *middle, verb = phrase.split() or [""]
            if middle:
                lights.append(_Light((*rest, *middle), frozenset({verb}), frozenset(), entry))
        for emphatic in _EMPHATIC if not rest else ("",):
            nouns.setdefault(first + emphatic, []).extend(lights)
    postpositions: dict[str, list[tuple[tuple[str, ...], CueEntry]]] = {}
    for row in rows("postpositions.tsv"):
        words = tuple(row["phrase"].split())
        entry = CueEntry(
            row["phrase"],
            row["act"],  # type: ignore[arg-type]
            "speech",
            False,
            f"postpositions.tsv: {row['phrase']}",
            row["case"],
            row["strong"] == "yes",
        )
        postpositions.setdefault(words[0], []).append((words, entry))
    for options in postpositions.values():
        options.sort(key=lambda option: -len(option[0]))
    for lights in nouns.values():
        lights.sort(key=lambda light: -len(light.middle))
    return CueTable(
        {k: tuple(v) for k, v in nouns.items()},
        {k: tuple(v) for k, v in verbs.items()},
        passives,
        {k: tuple(v) for k, v in postpositions.items()},
        frozenset({*nouns, *verbs, *passives, *postpositions}),
    )


def find_cues(p: Passage, first: int, last: int, triggered: list[int]) -> list[Cue]:
    """The cues among the triggered tokens of a stretch, in order, none overlapping another."""
    table = cue_table()
    found: list[Cue] = []
    free = first
    for i in triggered:
        if i < free:
            continue
        cue = (
            _postposition(p.words, i, last, table) or _light(p.words, i, last, table) or _verb(p.words, i, last, table)
        )
        if cue is not None:
            found.append(cue)
            free = cue.last
    return found


def _postposition(words: list[str], i: int, last: int, table: CueTable) -> Cue | None:
    for phrase, entry in table.postpositions.get(words[i], ()):
        if i + len(phrase) <= last and tuple(words[i : i + len(phrase)]) == phrase:
            return Cue(i, i + len(phrase), entry, "postposition", "", "")
    return None


def _light(words: list[str], i: int, last: int, table: CueTable) -> Cue | None:
    alone: Cue | None = None
    forms = verb_forms()
    for middle, verbs, passive, entry in table.nouns.get(words[i], ()):
        j = i + 1
        if tuple(words[j : j + len(middle)]) != middle:
            continue
        j += len(middle)
        if j < last and words[j] == "না":
            j += 1
        if j < last:
            for reading in forms.get(words[j], ()):
                if reading.verb in passive and reading.tense != "noun" and reading.tense != "genitive":
                    return Cue(i, j + 1, entry, "passive", reading.tense, reading.person)
                if reading.verb not in verbs or reading.tense == "genitive":
                    continue
                if reading.tense == "noun":
                    be = _be(words, j + 1, last)
                    if be is not None:
                        return Cue(i, be[0], entry, "passive", be[1], "3")
                    continue
                ended = _finite_end(words, j + 1, last, reading.tense)
                if ended is not None:
                    return Cue(i, ended[0], entry, "active", ended[1].tense, ended[1].person)
                return Cue(i, j + 1, entry, "active", reading.tense, reading.person)
            if middle == () and "পাওয়া" in passive and words[j] in ("পাওয়া", "মেলা"):
                go = _be(words, j + 1, last, _PASSIVE_OF_GO)
                if go is not None:
                    return Cue(i, go[0], entry, "passive", go[1], "3")
            if words[j] in passive:
                return Cue(i, j + 1, entry, "passive", "state", "3")
        if entry.alone and alone is None and not middle:
            alone = Cue(i, i + 1, entry, "noun", "", "")
    return alone


def _finite_end(words: list[str], j: int, last: int, tense: str) -> tuple[int, VerbForm] | None:
    """The finite verb that ends an unfinished one: (জানিয়ে) দেন, (স্লোগান দিতে) শুরু করেন."""
    if tense == "infinitive" and j + 1 < last and words[j] in _BEGUN:
        j += 1
        wanted = _BEGIN
    elif j < last and tense in ("participle", "infinitive"):
        wanted = _AFTER_PARTICIPLE if tense == "participle" else _AFTER_INFINITIVE
    else:
        return None
    for then in verb_forms().get(words[j], ()):
        if then.verb in wanted and then.finite:
            return j + 1, then
    return None


def _be(words: list[str], j: int, last: int, verb: str = _PASSIVE_OF_BE) -> tuple[int, str] | None:
    if j < last:
        for reading in verb_forms().get(words[j], ()):
            if reading.verb == verb:
                return j + 1, reading.tense
    return None


def _verb(words: list[str], i: int, last: int, table: CueTable) -> Cue | None:
    word = words[i]
    entry = table.passives.get(word)
    if entry is not None:
        be = _be(words, i + 1, last)
        if be is not None:
            return Cue(i, be[0], entry, "passive", be[1], "3")
    for reading, entry in table.verbs.get(word, ()):
        ended = _finite_end(words, i + 1, last, reading.tense)
        if ended is not None:
            return Cue(i, ended[0], entry, "active", ended[1].tense, ended[1].person)
        if reading.tense == "infinitive" and i + 1 < last:
            return None
        return Cue(i, i + 1, entry, "active", reading.tense, reading.person)
    return None
