"""Who is meant: pronouns, short forms, titles alone, abbreviations and dropped subjects, resolved to a name.

Each draft gets a `speaker`, the fullest form of the name that the article uses, or none where the source is unnamed,
a document, or cannot be told. Everything found is written into the draft's steps.
"""

from __future__ import annotations

from itertools import pairwise

from ..beginnings import Beginning
from ..lexicon import rows, words_of
from ..names import Name, abbreviations, name_key, plain_name, plain_organisation, spelled_letters
from ..passage import Passage
from ..people import is_no_name, people
from ..phrases import (
    BEHALF,
    CASED_HEADS,
    GATHERINGS,
    GENITIVE_PRONOUNS,
    JOINS,
    ORGANISATIONS,
    PRONOUNS,
    TITLE_PARTS,
    TITLES,
    UNNAMED,
    documents,
    kind_of,
)
from ..source_names import source_name
from .units import Draft, Unit

_INDEFINITE = words_of("indefinites.tsv")
_SHARED_TITLES = frozenset(row["word"] for row in rows("titles.tsv") if row["shared"])
_MOST_BEARERS = 40  # people of one name that are kept apart
_MOST_PEOPLE = 400  # people among whom a title alone is looked for
_REACH = 3  # a pronoun or dropped subject looks back over at most so many sentences without a speaker


class _Person:
    """Somebody named in the article: the fullest name, the keys of its words, the titles seen with it."""

    __slots__ = ("number", "name", "keys", "titles", "seen")

    def __init__(self, number: int, name: str, keys: frozenset[str]) -> None:
        self.number = number  # in the order in which they are named
        self.name = name
        self.keys = keys
        self.titles: set[str] = set()
        self.seen = -1


def _keys(words: list[str]) -> frozenset[str]:
    return frozenset(name_key(w) for w in words if len(w) > 1)


class Cast:
    """The people and organisations of one article."""

    def __init__(self, units: list[Unit]) -> None:
        self.people: list[_Person] = []
        self.by_key: dict[str, list[_Person]] = {}
        self.mentions: list[list[tuple[Name, _Person]]] = []
        self.short: dict[str, str] = {}
        for unit in units:
            found = [name for first, last in _stretches(unit) for name in people(unit.p, first, last)]
            self.mentions.append([(name, self.add(name.text, name.titles)) for name in found])
            for short, full in abbreviations(unit.p, unit.first, unit.last):
                self.short.setdefault(name_key(short), full)

    def add(self, text: str, titles: tuple[str, ...] = ()) -> _Person:
        words = [w for w in text.replace(".", " ").split() if w]
        keys = _keys(words)
        person = self._match(keys)
        if person is None:
            person = _Person(len(self.people), text, keys)
            self.people.append(person)
            for key in keys:
                self._file(key, person)
        elif len(keys) > len(person.keys):
            for key in keys - person.keys:
                self._file(key, person)
            person.name, person.keys = text, keys
        person.titles.update(t for t in titles if t not in TITLE_PARTS)
        return person

    def _file(self, key: str, person: _Person) -> None:
        bearers = self.by_key.setdefault(key, [])
        if len(bearers) < _MOST_BEARERS:
            bearers.append(person)

    def _match(self, keys: frozenset[str]) -> _Person | None:
        """The one person whose name holds these words, or whose name these words hold."""
        if not keys:
            return None
        candidates: list[_Person] = []
        for key in keys:
            for person in self.by_key.get(key, ()):
                if person not in candidates and (keys <= person.keys or person.keys <= keys):
                    candidates.append(person)
        if len(candidates) > 1:
            candidates = [person for person in candidates if keys <= person.keys] or candidates
            candidates.sort(key=lambda person: (-person.seen, person.number))
        return candidates[0] if candidates else None

    def find(self, words: list[str]) -> _Person | None:
        return self._match(_keys(words))

    def titled(self, titles: set[str], shared: bool) -> _Person | None:
        """The person last seen with one of these titles; of a title that many bear, only if one person has it."""
        found = [person for person in self.people[:_MOST_PEOPLE] if person.titles & titles]
        if not found or (shared and len(found) > 1):
            return None
        seen = [person for person in found if person.seen >= 0]
        if not seen:
            return found[0] if len(found) == 1 else None
        return max(seen, key=lambda person: person.seen)


def _stretches(unit: Unit) -> list[tuple[int, int]]:
    """A sentence, cut where sources end: a name that begins in one goes no further."""
    ends = {draft.source[1] for draft in unit.drafts if draft.source is not None}
    return list(pairwise(sorted({unit.first, unit.last, *(at for at in ends if unit.first < at < unit.last)})))


def resolve(units: list[Unit]) -> None:
    """Give every draft its source type and speaker."""
    cast = Cast(units)
    focus: str | None = None  # whom তিনি means
    group: str | None = None  # whom তারা means
    age = 0  # sentences since the focus was set
    rival: str | None = None  # somebody named at the end of a sentence that may still be speech
    for at, unit in enumerate(units):
        enclosing: str | None = None
        for draft in sorted(unit.drafts, key=lambda d: (d.cue or d.source or (unit.first, 0))[0]):
            meant = focus if age <= _REACH else None
            if (
                rival is not None
                and draft.source is not None
                and "আরও" not in unit.p.words[draft.source[1] : draft.source[1] + 2]
            ):
                meant = rival
            speaker, why = _speaker_of(draft, cast, meant, group, enclosing, at)
            draft.source_type = draft.source_type or _type_of(draft, speaker)
            if draft.source is None and draft.continues is not None and speaker is not None:
                draft.source_type = draft.continues.source_type
            if speaker is not None:
                draft.speaker = speaker
            draft.steps.append("speaker: " + why)
            if draft.source is not None and not draft.quoted:
                last = unit.p.words[draft.source[1] - 1]
                if draft.source_type == "person":
                    if PRONOUNS.get(last, {}).get("number") != "many":
                        focus, age = draft.speaker, 0
                elif draft.source_type in ("organisation", "unnamed"):
                    group = draft.speaker
                    if draft.source_type == "unnamed" and kind_of(last) != "plural":
                        focus = None
            if draft.content:
                enclosing = draft.speaker or enclosing
        mentions = cast.mentions[at]
        for _, person in mentions:
            person.seen = at
        subject = _subject(unit, mentions) if mentions else None
        rival = None
        if subject is not None and unit.drafts and unit.drafts[-1].continues is not None and _ends_with(unit, mentions):
            rival = subject.name if subject.name != focus else None
        reported = any(
            draft.continues is not None or draft.source is not None or draft.found is not None for draft in unit.drafts
        )
        if reported:
            age = 0 if any(d.speaker for d in unit.drafts) else age + 1
        elif unit.role == "body":
            if subject is not None:
                focus, age = subject.name, 0
            elif _has_other_subject(unit):
                focus = None
            else:
                age += 1


def _subject(unit: Unit, mentions: list[tuple[Name, _Person]]) -> _Person | None:
    """The person a sentence is about: the one that ends it, or the first nominative one."""
    words = unit.p.words
    nominative = [(name, person) for name, person in mentions if _is_nominative(words[name.last - 1])]
    for name, person in nominative:
        if name.last == unit.end:
            return person
    return nominative[0][1] if nominative else None


def _ends_with(unit: Unit, mentions: list[tuple[Name, _Person]]) -> bool:
    """Whether a sentence ends with a name: … ত্রাণ নিতে আসেন আমেনা বেগম।"""
    return any(name.last == unit.end and _is_nominative(unit.p.words[name.last - 1]) for name, _ in mentions)


def _is_nominative(word: str) -> bool:
    return kind_of(word) == "bare" or plain_name(word) == word


_TITLE = Beginning(lambda word: word in TITLES and word not in TITLE_PARTS and kind_of(word) == "bare")


def _has_other_subject(unit: Unit) -> bool:
    """Whether a sentence is about somebody whom it gives a title but no name: তিনি may mean that one."""
    words = unit.p.words
    for i in unit.p.where(_TITLE, unit.first, unit.end):
        after = words[i + 1] if i + 1 < unit.last else "।"
        if kind_of(after) not in ("bare", "genitive") and after not in CASED_HEADS:
            return True
    return False


_POINTING = frozenset(PRONOUNS) | {"এতে", "তাতে", "যাতে"}


def _as_named(draft: Draft) -> str | None:
    """Who spoke, where no name is known, as the sentence calls them: the speech that runs on names nobody itself."""
    if draft.source is None:
        return None
    named = source_name(draft.unit.p.slice(*draft.source))
    return None if named in _POINTING else named


def _speaker_of(
    draft: Draft, cast: Cast, focus: str | None, group: str | None, enclosing: str | None, at: int
) -> tuple[str | None, str]:
    unit = draft.unit
    if draft.continues is not None:
        return draft.continues.speaker or _as_named(draft.continues), "that of the speech which runs on"
    if draft.source is None:
        return _dropped(draft, focus, enclosing)
    words = unit.p.words[draft.source[0] : draft.source[1]]
    last = words[-1]
    pronoun = PRONOUNS.get(last)
    if pronoun is not None and (len(words) == 1 or last not in GENITIVE_PRONOUNS):
        if pronoun["refers"] == "speaker":
            return enclosing or focus, f"{last} is whoever speaks here"
        if pronoun["number"] == "many":
            return (
                group,
                f"{last} is the group or organisation that spoke last"
                if group
                else f"{last}: no named group before it",
            )
        if draft.quoted:
            return None, f"{last} inside a quotation is somebody else"
        return focus, f"{last} is {focus}, who spoke or was named last" if focus else f"{last}: nobody named before it"
    if last in ("থেকে", "হতে") and len(words) > 1:
        if words[-2] in GATHERINGS:
            return None, "a gathering"
        if words[-2] in BEHALF and len(words) > 2:
            draft.source_type = None
            return _on_behalf(words[:-2], draft, cast, at, group)
    if draft.source_type == "document":
        return None, "a document or record"
    return _named(words, unit.p, draft, cast, at, group)


def _on_behalf(words: list[str], draft: Draft, cast: Cast, at: int, group: str | None) -> tuple[str | None, str]:
    """সমিতির পক্ষ থেকে: the body itself; what is said on behalf of a person is not that person's word."""
    speaker, why = _named(words, draft.unit.p, draft, cast, at, group)
    if speaker is None or (draft.source_type != "organisation" and speaker.split()[-1] not in ORGANISATIONS):
        return None, "on behalf of somebody who is no body"
    return speaker, why


def _dropped(draft: Draft, focus: str | None, enclosing: str | None) -> tuple[str | None, str]:
    cue = draft.found
    if cue is None or cue.voice != "active":
        return None, "no source is named"
    if cue.person == "1":
        return enclosing or focus, "first person without a subject: whoever speaks here"
    if draft.quoted:
        return None, "no source is named inside the quotation"
    if cue.person in ("3h", "") and focus is not None:
        return focus, f"the subject is left out: {focus}, who spoke or was named last"
    return None, "the subject is left out and nobody is named before"


def _named(
    words: list[str], p: Passage, draft: Draft, cast: Cast, at: int, group: str | None
) -> tuple[str | None, str]:
    assert draft.source is not None
    end = draft.source[0] + len(words)
    inside = [pair for pair in cast.mentions[at] if draft.source[0] <= pair[0].first < draft.source[1]]
    if any(w in _INDEFINITE for w in words) and not (inside and set(words[-2:]) & set(inside[-1][0].text.split())):
        return None, "an unnamed source stays unnamed"
    if _is_group(words[-1]):
        return None, "a group or record without a name"
    if inside and (owner := _owner(p, inside[-1][0], draft.source[1])) is not None:
        return _to_the_end(p, owner, end, draft), "somebody of whom only the relation is named"
    if inside:
        head = [pair for pair in inside if pair[0].last == draft.source[1] or p.words[pair[0].last] == "("] or inside[
            -1:
        ]
        person = head[-1][1]
        if draft.source[1] - head[-1][0].last in (1, 2) and all(
            kind_of(w) in ("bare", "genitive") and w not in TITLES and not is_no_name(w)
            for w in p.words[head[-1][0].last : draft.source[1]]
        ):
            return cast.add(_to_the_end(p, head[-1][0].first, end, draft)).name, "named in the source"
        if head[-1][0].last >= draft.source[1] - 1 or p.words[head[-1][0].last] in "(।":
            person.titles.update(w for w in words if w in TITLES and w not in TITLE_PARTS)
            if head[-1][0].titles:
                draft.source_type = "person"  # সভাপতি অরুণ সরকার is no government
            whole = p.slice(head[-1][0].first, head[-1][0].last)
            emphatic = whole[:-1] == person.name and whole[-1] in "ওই"
            if (
                _is_subject(draft)
                and head[-1][0].last == draft.source[1]
                and whole.startswith(person.name)
                and not emphatic
            ):
                person.name = whole  # আবু তাহের: what looked like a case ending is none in a subject
            return person.name, f"named in the source: {person.name}"
    plain = [w for w in words if kind_of(w) != "mark"]
    if not plain:
        return None, "no name in the source"
    if plain[-1] in ("থেকে", "হতে") and len(plain) > 1 and plain[-2] in documents():
        draft.source_type = "document"
        return None, "a document or record"
    if plain[-1] in ("থেকে", "হতে"):
        return None, "no name in the source"
    if words[-1] == ")" and "(" in words:
        bracket = words.index("(")
        plain = [w for w in words[:bracket] if kind_of(w) != "mark"] or plain
        if any(spelled_letters(w) for w in words[bracket + 1 :]) and kind_of(words[bracket - 1]) == "bare":
            draft.source_type = draft.source_type or "organisation"
            return " ".join(plain), "a body with its abbreviation"
    definite = plain[-1].rstrip("ওই").removesuffix("টি")
    if plain[-1] in CASED_HEADS:
        plain[-1] = plain_organisation(plain[-1])
    else:
        plain[-1] = definite if definite in ORGANISATIONS else plain_name(plain[-1])
    spelled = spelled_letters(plain[-1])
    if len(words) <= 3 or (spelled and kind_of(words[-2]) in ("genitive", "relative")):
        full = cast.short.get(name_key(plain[-1]))
        if full is not None and (len(plain) == 1 or spelled):
            draft.source_type = "organisation"
            return full, f"{plain[-1]} stands for {full}"
    if plain[-1] in ORGANISATIONS:
        if len(plain) == 1 and words[-1].rstrip("ওই") != plain[-1] and "টি" in words[-1]:
            return (
                group,
                f"{words[-1]} is the organisation that spoke last" if group else f"{words[-1]}: none named before",
            )
        return " ".join(plain), "an organisation"
    titles = {w for w in plain if w in TITLES and w not in TITLE_PARTS}
    if plain[-1] in TITLES:
        bearer = cast.titled(titles, bool(titles & _SHARED_TITLES)) if titles else None
        if bearer is not None:
            return bearer.name, f"the title {plain[-1]} belongs to {bearer.name}"
        return None, f"nobody in the article is named with the title {plain[-1]}"
    if words[-1] in documents():
        return None, "a group or record without a name"
    known = cast.find(plain if len(plain) == 1 else [w for w in plain if w not in TITLES and kind_of(w) == "bare"])
    if known is not None:
        return known.name, f"short for {known.name}"
    tail = [w for w in plain if w not in TITLES]
    while len(tail) > 1 and (
        kind_of(tail[0]) in ("genitive", "determiner", "number") or (is_no_name(tail[0]) and tail[0] not in JOINS)
    ):
        tail = tail[1:]
    while len(tail) > 1 and tail[-1] in PRONOUNS:
        tail = tail[:-1]
    if tail and not is_no_name(tail[-1]) and len(tail) <= 4 and all(kind_of(w) == "bare" for w in tail[:-1]):
        return cast.add(" ".join(tail), tuple(titles)).name, "the name as written"
    return None, "no name in the source"


def _to_the_end(p: Passage, first: int, end: int, draft: Draft) -> str:
    """The words first..end-1 of a source, the last without its case ending."""
    last = p.words[end - 1]
    return " ".join([p.slice(first, end - 1), last if _is_subject(draft) else plain_name(last)])


def _owner(p: Passage, name: Name, end: int) -> int | None:
    """Where a name in the genitive begins behind which the source goes on with a bare word: not জাহিদ হোসেন speaks but
    জাহিদ হোসেনের আইনজীবী, রহিম মিয়ার মা."""
    last = p.words[name.last - 1]
    rest = p.words[name.last : end]
    owns = last.endswith("র") and plain_name(last) != last
    if not owns or not rest or any(kind_of(word) in ("mark", "join") for word in rest):
        return None
    return None if rest[-1] in ORGANISATIONS or rest[-1] in documents() else name.first


def _is_a_body_in_case(word: str) -> bool:
    """পুলিশের, গোয়েন্দাদের."""
    return word in CASED_HEADS and plain_organisation(word) in ORGANISATIONS


def _is_group(word: str) -> bool:
    """আইনজীবীরা, পরিবারগুলো: more than one, also where one of them or whom they speak for has a name."""
    if _is_a_body_in_case(word):
        return False  # গোয়েন্দাদের
    return kind_of(word) in ("plural", "plural_objective") or word.endswith(("গুলো", "গুলি"))


def _is_subject(draft: Draft) -> bool:
    """Whether the source stands in the nominative, so that its last word has no case ending."""
    return (
        draft.found is not None
        and draft.found.voice == "active"
        and not draft.unit.p.words[draft.found.first - 1].endswith("ের")
    )


def _type_of(draft: Draft, speaker: str | None) -> str | None:
    if draft.source is None:
        return None
    words = draft.unit.p.words[draft.source[0] : draft.source[1]]
    last = words[-1]
    if last == ")" and "(" in words and words.index("(") > 0:
        last = words[words.index("(") - 1]
    if (
        last in documents()
        and kind_of(last) == "bare"
        and last not in ORGANISATIONS
        and last not in UNNAMED
        and not speaker
    ):
        return "document"
    if last in PRONOUNS:
        body = PRONOUNS[last]["number"] == "many" and speaker is not None and speaker.split()[-1] in ORGANISATIONS
        return "organisation" if body else "person"
    if last in documents() and kind_of(last) in ("locative", "genitive") and last not in CASED_HEADS:
        return "document"
    in_case = _is_a_body_in_case(last)
    if (any(w in _INDEFINITE for w in words) and speaker is None) or (
        kind_of(last) in ("plural", "plural_objective") and not (in_case and speaker is not None)
    ):
        return "unnamed"
    if last in ORGANISATIONS or in_case:
        return "organisation"
    if len(spelled_letters(last)) > 2 and last not in TITLES:
        return "organisation"  # বিআইডব্লিউটিসি: no name is written in letters alone
    if words[-1] in ("থেকে", "পক্ষে", "হতে"):
        return "organisation"
    return "person"
