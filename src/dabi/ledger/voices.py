"""Who says something: the claims of a ledger by the name of their source.

A claim has its source as written. What name that is follows from rules of the language, so the database counts what is
written and the names are made of that; and of one name the claims are found by all that is written for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, func, select

from ..bengali.source_names import points_back, source_name
from . import fulltext
from .overview import claims_found, claims_page
from .records import ClaimRecord, Query
from .schema import articles, claims, current
from .search import Position
from .words import Term, stem, stems, words

if TYPE_CHECKING:
    from .store import Ledger

# Letters that papers write as one code point or as two: one name, however it is spelt.
_SPELT = (("\u09af\u09bc", "\u09df"), ("\u09a1\u09bc", "\u09dc"), ("\u09a2\u09bc", "\u09dd"))
_BATCH = 5000
_ENDING = 2  # letters of a stem that an ending may change


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who says something: by how many claims, in how many articles, until when. `written`: how the claims
    have it."""

    name: str
    type: str | None
    claims: int
    articles: int
    last_day: str | None
    written: tuple[str, ...] = ()


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """`listed`: those with a name, who says most first; `unresolved`: claims of sources that a word only points back
    to."""

    listed: tuple[Voice, ...] = ()
    unresolved: int = 0


def listed_name(written: str) -> str:
    """The name under which a source is listed."""
    for apart, one in _SPELT:
        written = written.replace(apart, one)
    return source_name(written)


def voices(ledger: Ledger, *, since: str | None = None) -> Heard:
    """Who says most in articles of these days."""
    chosen = _counted()
    if since is not None:
        chosen = chosen.where(articles.c.day >= since)
    with ledger.reading() as connection:
        rows = connection.execute(chosen).all()
    unresolved = sum(row.claims for row in rows if points_back(listed_name(row.written)))
    return Heard(listed=tuple(_merged(ledger, rows, since)), unresolved=unresolved)


def voices_around(ledger: Ledger, name: str) -> tuple[Voice | None, list[Voice]]:
    """The one of this name; and others in whose names it stands, in whatever ending, who says most first."""
    name = listed_name(name)
    with ledger.reading() as connection:
        chosen = _counted().where(*_worded(name, connection.dialect.name))
        rows = connection.execute(chosen).all()
    found = _merged(ledger, rows, None)
    inner = stems([name])
    others = [voice for voice in found if voice.name != name and _stands_in(inner, stems([voice.name]))]
    return next((voice for voice in found if voice.name == name), None), others


def claims_by(
    ledger: Ledger, name: str, voices: Iterable[Voice], *, after: Position | None = None, limit: int
) -> tuple[list[ClaimRecord], Position | None]:
    """The claims of voices found around a name, the newest first."""
    return claims_page(ledger, Query(), after=after, limit=limit, among=_among(ledger, name, voices))


def all_claims_by(ledger: Ledger, voice: Voice) -> Iterator[ClaimRecord]:
    """All claims of a voice, the newest first."""
    return claims_found(ledger, Query(), among=_among(ledger, voice.name, [voice]))


def _among(ledger: Ledger, name: str, voices: Iterable[Voice]) -> Select[tuple[int]]:
    written = [one for voice in voices for one in voice.written]
    with ledger.reading() as connection:
        dialect = connection.dialect.name
    return select(claims.c.key).where(*_worded(listed_name(name), dialect), _written().in_(written))


def _written() -> ColumnElement[str]:
    written: ColumnElement[str] = func.coalesce(claims.c.speaker, claims.c.source)
    for apart, one in _SPELT:
        written = func.replace(written, apart, one)
    return written


def _counted() -> Select[str, Any, int, int, Any]:
    written = _written()
    return (
        select(
            written.label("written"),
            func.max(claims.c.source_type).label("type"),
            func.count().label("claims"),
            func.count(claims.c.article.distinct()).label("articles"),
            func.max(articles.c.day).label("last_day"),
        )
        .join_from(articles, current, current.c.article == articles.c.key)
        .join(claims, claims.c.article == articles.c.key)
        .where(written.is_not(None))
        .group_by(written)
    )


def _merged(ledger: Ledger, rows: Sequence[Row[Any]], since: str | None) -> list[Voice]:
    """What is written for one name counted together, who says most first."""
    by_name: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_name[listed_name(row.written)].append(row)
    by_name = {name: held for name, held in by_name.items() if name and not points_back(name)}
    articles_of = _articles(ledger, [row.written for held in by_name.values() if len(held) > 1 for row in held], since)
    found = [
        Voice(
            name=name,
            type=max((row.type for row in held if row.type is not None), default=None),
            claims=sum(row.claims for row in held),
            articles=len(set[int]().union(*(articles_of[row.written] for row in held))) or held[0].articles,
            last_day=max((row.last_day for row in held if row.last_day is not None), default=None),
            written=tuple(row.written for row in held),
        )
        for name, held in by_name.items()
    ]
    return sorted(found, key=lambda voice: (-voice.articles, -voice.claims, voice.name))


def _articles(ledger: Ledger, written: Sequence[str], since: str | None) -> dict[str, set[int]]:
    """In which articles each of these stands."""
    found: dict[str, set[int]] = defaultdict(set)
    with ledger.reading() as connection:
        for part in _parts(written):
            said = _written()
            chosen = (
                select(said, claims.c.article)
                .join_from(articles, current, current.c.article == articles.c.key)
                .join(claims, claims.c.article == articles.c.key)
                .where(said.in_(part))
                .distinct()
            )
            if since is not None:
                chosen = chosen.where(articles.c.day >= since)
            for one, article in connection.execute(chosen):
                found[one].add(article)
    return found


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _BATCH):
        yield values[at : at + _BATCH]


def _worded(name: str, dialect: str) -> list[ColumnElement[bool]]:
    """Conditions that hold for all that may be written for a name or around it: its words, of the last the beginning,
    because that word may stand in another ending."""
    asked = words(name)
    if not asked:
        return [_written() == name]
    *before, last = asked
    beginning = stem(last)
    beginning = beginning[: max(2, len(beginning) - _ENDING)]
    return fulltext.found(
        claims.c.key, dialect, fulltext.CLAIMS, [Term((*map(stem, before), beginning), "sources", prefix=True)]
    )


def _stands_in(inner: Sequence[str], outer: Sequence[str]) -> bool:
    size = len(inner)
    return size > 0 and any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))
