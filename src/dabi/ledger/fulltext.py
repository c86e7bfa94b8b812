"""The full-text indexes over readings and claims: FTS5 in SQLite, tsvector with GIN in PostgreSQL.

Both get words that are already cut and folded (`words.py`). On PostgreSQL the vector is written out here, word by word
with its positions, so that the locale of the database has no say in what a Bengali word is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, text

from .rows import Fields
from .words import Term

ARTICLES = "article_words"
CLAIMS = "claim_words"

FIELDS = ("words", "people", "places", "sources")
# PostgreSQL knows four labels of a position; here each stands for a field.
_LABELS = dict(zip(FIELDS, "DABC", strict=True))
# A vector holds positions up to 16,383 and a word of up to 2,046 bytes: longer texts take several rows.
_POSITIONS = 16_000
_LONGEST_WORD = 500

_INTO_FTS5 = {
    table: text(
        f"INSERT INTO {table} (rowid, words, people, places, sources) VALUES (:key, :words, :people, :places, :sources)"
    )
    for table in (ARTICLES, CLAIMS)
}
_INTO_POSTGRES = {
    table: text(f"INSERT INTO {table} (key, part, words) VALUES (:key, :part, CAST(:words AS tsvector))")
    for table in (ARTICLES, CLAIMS)
}


def add(connection: Connection, table: str, entries: Sequence[tuple[int, Fields]]) -> None:
    """Index what was added, in its transaction."""
    if not entries:
        return
    if connection.dialect.name == "sqlite":
        rows: list[dict[str, Any]] = [
            {"key": key, **{field: " ".join(getattr(fields, field)) for field in FIELDS}} for key, fields in entries
        ]
        connection.execute(_INTO_FTS5[table], rows)
        return
    rows = [
        {"key": key, "part": part, "words": vector}
        for key, fields in entries
        for part, vector in enumerate(_vectors(fields))
    ]
    connection.execute(_INTO_POSTGRES[table], rows)


def _vectors(fields: Fields) -> Iterator[str]:
    position, places = 1, dict[str, list[str]]()
    for field in FIELDS:
        label = _LABELS[field].replace("D", "")
        for word in getattr(fields, field):
            places.setdefault(word[:_LONGEST_WORD], []).append(f"{position}{label}")
            position += 1
            if position > _POSITIONS:
                yield _vector(places)
                position, places = 1, {}
        position += 1  # no phrase across two fields
    if places or position == 1 + len(FIELDS):
        yield _vector(places)


def _vector(places: dict[str, list[str]]) -> str:
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def matching(dialect: str, table: str, terms: Iterable[Term]) -> Iterator[TextClause]:
    """Selects of the keys under which a term is found; all of them must hold."""
    for n, term in enumerate(terms):
        name = f"{table}_{n}"
        if dialect == "sqlite":
            clause = f"SELECT rowid FROM {table} WHERE {table} MATCH :{name}"
            yield text(clause).bindparams(**{name: _fts5(term)})
        else:
            clause = f"SELECT key FROM {table} WHERE words @@ CAST(:{name} AS tsquery)"
            yield text(clause).bindparams(**{name: _tsquery(term)})


def found(column: ColumnElement[int], dialect: str, table: str, terms: Iterable[Term]) -> list[ColumnElement[bool]]:
    """Conditions that hold where all the terms are found."""
    return [column.in_(select) for select in matching(dialect, table, terms)]


def _fts5(term: Term) -> str:
    phrases = " OR ".join(f'"{" ".join(phrase)}"{"*" if term.prefix else ""}' for phrase in term.phrases)
    return f"{{{' '.join(term.fields)}}} : ({phrases})"


def _tsquery(term: Term) -> str:
    labels = "".join(_LABELS[field] for field in term.fields)

    def phrase(parts: tuple[str, ...]) -> str:
        last = len(parts) - 1
        return " <-> ".join(
            f"'{word[:_LONGEST_WORD]}':{'*' if term.prefix and i == last else ''}{labels}"
            for i, word in enumerate(parts)
        )

    return " | ".join(f"({phrase(parts)})" for parts in term.phrases)
