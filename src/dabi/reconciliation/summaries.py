"""What a series or a story is shown by: its label, its voices, what its figures have in common, its days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

import msgspec

from .checks import Finding
from .origins import named
from .relations import Relation
from .statement import Statement


def story_id(article: str) -> str:
    """The id of the story that begins with an article."""
    return sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:10]


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What a series is listed by. `origins`: how many voices it has."""

    label: str
    event: str | None
    counted: str | None
    place: str | None
    unit: str | None
    origins: int


def described(members: Sequence[Statement]) -> Description:
    """The description of a series; figures in canonical order."""
    return Description(
        label=label_of(members),
        event=common(s.clues.happening for s in members),
        counted=common(thing for s in members for thing in s.clues.things[:1]),
        place=common(place for s in members for place in s.clues.places[:1] or s.clues.scene[:1]),
        unit=members[0].unit,
        origins=origins_of(members),
    )


def label_of(members: Sequence[Statement]) -> str:
    """What a series counts, in the words of its figures: what is counted and what befell it."""
    counted = common(s.counted for s in members) or common(thing for s in members for thing in s.clues.things[:1])
    place = common(place for s in members for place in s.clues.places[:1])
    happened = common(s.clues.happening for s in members) or common(s.event for s in members)
    return " · ".join(dict.fromkeys(word for word in (counted, happened, place) if word)) or members[0].text


def origins_of(members: Sequence[Statement]) -> int:
    """How many voices a series has: figures that name one origin are one voice, the outlets' own words one for each
    outlet."""
    voices: list[set[str]] = []
    own: set[str] = set()
    for member in members:
        words = named(member.origin)
        if not words:
            own.add(member.outlet or member.article)
            continue
        met = [voice for voice in voices if voice & words]
        voices = [voice for voice in voices if not voice & words]
        voices.append(words.union(*met))
    return len(voices) + len(own)


def common(values: Iterable[str | None]) -> str | None:
    """The value given most often; of several, the first in order. None if none is given."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def iso(day: int) -> str:
    """A proleptic Gregorian ordinal as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


def detail_of(relation: Relation, odd: Finding | None) -> dict[str, object]:
    """What a ledger and a line tell of a relation beside its label; `odd`: what does not fit between the two."""
    detail: dict[str, object] = {"rule": relation.rule}
    if relation.superseded:
        detail["superseded"] = True
    if odd is not None:
        detail["finding"] = {"kind": odd.kind, "what": odd.what, "rule": odd.rule}
    return detail
