"""The full-text indexes over readings and claims: FTS5 in SQLite, tsvector with GIN in PostgreSQL.

Both get words that are already cut and folded (`words.py`). On PostgreSQL the vector is written out here, word by word
with its positions, so that the locale of the database has no say in what a Bengali word is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Double,
    TextClause,
    bindparam,
    cast,
    column,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from .rows import Fields
from .words import Term, stem

ARTICLES = "article_words"
CLAIMS = "claim_words"

_NAMES = ("people", "places", "sources")
# PostgreSQL knows four labels of a position; here each stands for a field.
_LABELS = {"words": "D", "stems": "D", "people": "A", "places": "B", "sources": "C"}
# Sets a stem apart from the word at the same position. A private-use letter.
_STEM = "\ue001"
# A vector holds positions up to 16,383, a word of up to 2,046 bytes, and a megabyte: longer texts take several rows.
_POSITIONS = 16_000
_LETTERS = 150_000  # of its words, up to four bytes each, and as many of their stems
_LONGEST_WORD = 500
# What `ts_rank` is divided by: 1 + the logarithm of the vector's length.
_BY_LENGTH = 1

_INTO_FTS5 = {
    table: text(
        f"INSERT INTO {table} (rowid, words, stems, people, places, sources) "
        "VALUES (:key, :words, :stems, :people, :places, :sources)"
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
            {
                "key": key,
                "words": " ".join(fields.words),
                "stems": " ".join(map(stem, fields.words)),
                **{name: " ".join(getattr(fields, name)) for name in _NAMES},
            }
            for key, fields in entries
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
    position, letters, places = 1, 0, dict[str, list[str]]()
    for field in ("words", *_NAMES):
        label = _LABELS[field].replace("D", "")
        for word in getattr(fields, field):
            at = f"{position}{label}"
            places.setdefault(word[:_LONGEST_WORD], []).append(at)
            if field == "words":
                places.setdefault(_STEM + stem(word)[:_LONGEST_WORD], []).append(at)
            position += 1
            letters += len(word[:_LONGEST_WORD])
            if position > _POSITIONS or letters > _LETTERS:
                yield _vector(places)
                position, letters, places = 1, 0, {}
        position += 1  # no phrase across two fields
    if places or position == 2 + len(_NAMES):
        yield _vector(places)


def _vector(places: dict[str, list[str]]) -> str:
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def matching(dialect: str, index: str, terms: Iterable[Term]) -> Iterator[TextClause]:
    """Selects of the keys under which a term is found; all of them must hold."""
    for term in terms:
        if dialect == "sqlite":
            clause, asked = f"SELECT rowid FROM {index} WHERE {index} MATCH :term", _fts5(term)
        else:
            clause, asked = f"SELECT key FROM {index} WHERE words @@ CAST(:term AS tsquery)", _tsquery(term)
        yield text(clause).bindparams(bindparam("term", asked, unique=True))


def found(keys: ColumnElement[int], dialect: str, index: str, terms: Iterable[Term]) -> list[ColumnElement[bool]]:
    """Conditions that hold where all the terms are found."""
    return [keys.in_(one) for one in matching(dialect, index, terms)]


def ranked(dialect: str, index: str, terms: Sequence[Term]) -> CTE:
    """The `key`s under which all the terms are found, each with its `weight`: the larger, the better it fits.

    In SQLite that is BM25: a word weighs more the oftener it stands in a text, the shorter the text and the fewer texts
    have it. In PostgreSQL it is `ts_rank`, to which all words are equally common.
    """
    if dialect == "sqlite":
        weighed = text(f"SELECT rowid AS key, -bm25({index}) AS weight FROM {index} WHERE {index} MATCH :terms")
        weighed = weighed.bindparams(bindparam("terms", " AND ".join(map(_fts5, terms)), unique=True))
        weights = weighed.columns(column("key", BigInteger), column("weight", Double)).cte("ranked")
    else:
        rows = table(index, column("key", BigInteger), column("words"))
        asked = cast(" | ".join(f"({_tsquery(term)})" for term in terms), TSQUERY)
        weight = func.max(func.ts_rank(rows.c.words, asked, _BY_LENGTH), type_=Double)
        # A long text has several rows, and its terms need not all be in one of them.
        weights = (
            select(rows.c.key, weight.label("weight"))
            .where(rows.c.words.bool_op("@@")(asked), *found(rows.c.key, dialect, index, terms))
            .group_by(rows.c.key)
            .cte("ranked")
        )
    # Never worked into the question around it: bm25 is known only where its index is searched.
    return weights.prefix_with("MATERIALIZED")


def _fts5(term: Term) -> str:
    return f'{term.field} : "{" ".join(term.phrase)}"{"*" if term.prefix else ""}'


def _tsquery(term: Term) -> str:
    mark = _STEM if term.field == "stems" else ""
    label, last = _LABELS[term.field], len(term.phrase) - 1
    return " <-> ".join(
        f"'{mark}{word[:_LONGEST_WORD]}':{'*' if term.prefix and i == last else ''}{label}"
        for i, word in enumerate(term.phrase)
    )
