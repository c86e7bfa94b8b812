"""Keeping the results of reconciliation: a batch replaces what it names and touches no statement."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Select, Table, and_, delete, exists, func, insert, or_, select

from . import derived
from .results import Block, Echo, Finding, Link, Place, Relation, Results, Series, Story, Sum
from .rows import plain
from .schema import CLAIMS_PER_READING, articles, current

Access = Callable[[], AbstractContextManager[Connection]]
_BATCH = 500


class ResultStore:
    """The results in one ledger, as `Ledger.results`."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing

    # What is to be done

    def pending(self, method: str, among: Sequence[int] | None = None) -> list[int]:
        """Current readings that this method has not reconciled yet, by publication and then in the order they were
        added: so few of them come before others that are there already. `among`: of these only."""
        done = select(derived.reconciled.c.report).where(derived.reconciled.c.method == method)
        published = func.coalesce(articles.c.published, "~")
        chosen = select(current.c.article).join(articles, articles.c.key == current.c.article)
        chosen = chosen.where(current.c.article.not_in(done)).order_by(published, current.c.article)
        if among is not None:
            chosen = chosen.where(current.c.article.in_(among))
        with self._reading() as connection:
            return list(connection.execute(chosen).scalars())

    def stale(self) -> list[int]:
        """Readings that were reconciled and are no longer current: their results are to be dropped."""
        chosen = select(derived.reconciled.c.report).where(
            ~exists().where(current.c.article == derived.reconciled.c.report)
        )
        with self._reading() as connection:
            return list(connection.execute(chosen.order_by(derived.reconciled.c.report)).scalars())

    def record(self, reports: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """What the method noted of readings (`save`'s `done`), where it noted anything."""
        table = derived.reconciled
        with self._reading() as connection:
            for part in _parts(reports):
                for row in connection.execute(select(table.c.report, table.c.record).where(table.c.report.in_(part))):
                    if row.record is not None:
                        yield row.report, zlib.decompress(row.record)

    # Writing

    def clear(self) -> None:
        """Forget all results. Statements and judgements stay."""
        with self._writing() as connection:
            for table in derived.DERIVED:
                connection.execute(delete(table))

    def save(
        self,
        batch: Results,
        *,
        method: str,
        done: Iterable[int] | dict[int, bytes] = (),
        again: Mapping[int, bytes] | None = None,
        forget: Iterable[int] = (),
        apart: Iterable[tuple[int, int]] = (),
        drop_series: Iterable[str] = (),
        drop_stories: Iterable[str] = (),
    ) -> None:
        """Write a batch of results.

        `done`: readings now reconciled, with what the method wants to note of each (bytes, kept compressed).
        Everything earlier about the readings in `done` and `forget` goes: their blocks, echoes, sums, findings, and
        the links, relations and memberships of their claims. `again`: readings of which only the note is another now.
        `apart`: pairs of readings between which links and echoes go. Series and stories in the batch replace those of
        the same id with their members and relations; those in `drop_…` go.
        """
        notes = done if isinstance(done, dict) else dict.fromkeys(done)
        with self._writing() as connection:
            for part in _parts([*notes, *forget]):
                _forget(connection, part)
            for pair in apart:
                _part(connection, *pair)
            for ids in _parts([*drop_series, *(s.id for s in batch.series)]):
                for column in (derived.series.c.id, derived.series_claims.c.series, derived.relations.c.series):
                    _delete(connection, column, ids)
            for ids in _parts([*drop_stories, *(s.id for s in batch.stories)]):
                _delete(connection, derived.stories.c.id, ids)
                _delete(connection, derived.story_reports.c.story, ids)
            for table, rows in _rows(batch):
                _replace(connection, table, rows)
            _replace(
                connection,
                derived.reconciled,
                [
                    {"report": report, "method": method, "record": None if note is None else zlib.compress(note, 1)}
                    for report, note in {**notes, **(again or {})}.items()
                ],
            )

    # Reading

    def candidates(
        self, keys: Sequence[str], *, since: str | None = None, until: str | None = None, most: int | None = None
    ) -> Iterator[Block]:
        """Blocks under any of these keys, their day unknown or within the days given.

        `most` leaves out keys under which there are more than that many: they tell nothing apart.
        """
        table = derived.blocks
        within: list[Any] = []
        if since is not None:
            within.append(or_(table.c.day.is_(None), table.c.day >= since))
        if until is not None:
            within.append(or_(table.c.day.is_(None), table.c.day <= until))
        with self._reading() as connection:
            for part in _parts(keys):
                asked: Sequence[str] = part
                if most is not None:
                    asked = [
                        key
                        for key in part
                        if connection.execute(
                            select(func.count()).select_from(
                                select(table.c.key).where(table.c.block == key, *within).limit(most + 1).subquery()
                            )
                        ).scalar_one()
                        <= most
                    ]
                chosen = select(table.c.block, table.c.report, table.c.claim, table.c.day).where(
                    table.c.block.in_(asked), *within
                )
                for row in connection.execute(chosen.order_by(table.c.key)):
                    yield Block(key=row.block, report=row.report, claim=row.claim, day=row.day)

    def stories(
        self,
        ids: Iterable[str] | None = None,
        *,
        reports: Iterable[int] | None = None,
        since: str | None = None,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Story]:
        """Stories by id, by a report in them, or whose last day is not before `since`; the newest first. `after`:
        those behind this place in that order."""
        table, members = derived.stories, derived.story_reports
        with self._reading() as connection:
            if reports is not None:
                ids = _ids(connection, members.c.story, members.c.report, reports)
            rows = _headed(connection, table, ids, since, after, limit)
            inside = _members(connection, members.c.story, members.c.report, [row["id"] for row in rows])
        return [Story(**_decoded(row), reports=inside.get(row["id"], ())) for row in rows]

    def series(
        self,
        ids: Iterable[str] | None = None,
        *,
        claims: Iterable[int] | None = None,
        stories: Iterable[str] | None = None,
        since: str | None = None,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Series]:
        """Series by id, by a claim in them, by story, or whose last day is not before `since`; the newest first.
        `after`: those behind this place in that order."""
        table, members = derived.series, derived.series_claims
        with self._reading() as connection:
            if claims is not None:
                ids = _ids(connection, members.c.series, members.c.claim, claims)
            elif stories is not None:
                ids = _ids(connection, table.c.id, table.c.story, stories)
            rows = _headed(connection, table, ids, since, after, limit)
            inside = _members(connection, members.c.series, members.c.claim, [row["id"] for row in rows])
        return [Series(**_decoded(row), claims=inside.get(row["id"], ())) for row in rows]

    def relations(self, series: Iterable[str] | None = None) -> list[Relation]:
        return [Relation(**row) for row in self._all(derived.relations, derived.relations.c.series, series)]

    def odd_relations(self, series: Iterable[str]) -> list[Relation]:
        """The relations between whose figures something does not fit: `detail["finding"]` says what."""
        table = derived.relations
        found: list[Relation] = []
        with self._reading() as connection:
            for part in _parts(series):
                # A plain search in the JSON, as both databases can do.
                chosen = select(table).where(table.c.series.in_(part), table.c.detail.like('%"finding":%'))
                rows = connection.execute(chosen.order_by(*table.primary_key.columns)).mappings()
                found += [Relation(**_decoded(row)) for row in rows]
        return found

    def links(self, claims: Iterable[int] | None = None) -> list[Link]:
        """Links with one end, or both, among these claims."""
        table = derived.links
        found = {(row["a"], row["b"]): row for row in self._all(table, table.c.a, claims)}
        if claims is not None:
            found.update({(row["a"], row["b"]): row for row in self._all(table, table.c.b, claims)})
        return [Link(**found[pair]) for pair in sorted(found)]

    def echoes(self, reports: Iterable[int] | None = None) -> list[Echo]:
        return [Echo(**row) for row in self._all(derived.echoes, derived.echoes.c.report, reports)]

    def sums(self, reports: Iterable[int] | None = None) -> list[Sum]:
        return [Sum(**row) for row in self._all(derived.sums, derived.sums.c.report, reports)]

    def findings(self, reports: Iterable[int] | None = None) -> list[Finding]:
        return [Finding(**row) for row in self._all(derived.findings, derived.findings.c.report, reports)]

    def _all(self, table: Table, column: Column[Any], values: Iterable[Any] | None) -> list[dict[str, Any]]:
        columns = [c for c in table.c if c.name != "key"]
        order = list(table.primary_key.columns)
        found: list[dict[str, Any]] = []
        with self._reading() as connection:
            for part in [None] if values is None else list(_parts(values)):
                chosen: Select[Any] = select(*columns).order_by(*order)
                if part is not None:
                    chosen = chosen.where(column.in_(part))
                found += [_decoded(row) for row in connection.execute(chosen).mappings()]
        return found


_JSON = ("detail", "features", "parts", "claims")


def _decoded(row: Any) -> dict[str, Any]:
    values = dict(row)
    for column in _JSON:
        if column in values:
            value = msgspec.json.decode(values[column])
            values[column] = tuple(value) if isinstance(value, list) else value
    return values


def _json(value: object) -> str:
    return plain(msgspec.json.encode(value).decode())


def _rows(batch: Results) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    def encoded(items: Iterable[msgspec.Struct], without: str = "") -> list[dict[str, Any]]:
        return [
            {
                field: _json(value) if field in _JSON else plain(value) if isinstance(value, str) else value
                for field in item.__struct_fields__
                if field != without
                for value in (getattr(item, field),)
            }
            for item in items
        ]

    yield derived.stories, encoded(batch.stories, "reports")
    yield derived.story_reports, [{"story": s.id, "report": r} for s in batch.stories for r in s.reports]
    yield derived.echoes, encoded(batch.echoes)
    yield derived.series, encoded(batch.series, "claims")
    yield derived.series_claims, [{"series": s.id, "claim": c} for s in batch.series for c in s.claims]
    yield derived.links, encoded(batch.links)
    yield derived.relations, encoded(batch.relations)
    yield derived.sums, encoded(batch.sums)
    yield derived.findings, encoded(batch.findings)
    yield (
        derived.blocks,
        [{"block": b.key, "report": b.report, "claim": b.claim, "day": b.day} for b in batch.blocks],
    )


def _replace(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; where one with the same primary key is there, the new one takes its place."""
    if not rows:
        return
    keys = [c.name for c in table.primary_key.columns]
    if keys == ["key"]:
        connection.execute(insert(table), rows)
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement = upsert(table)
    rest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    if rest:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, rows)


def _forget(connection: Connection, readings: list[int]) -> None:
    for column in (
        derived.blocks.c.report,
        derived.echoes.c.report,
        derived.echoes.c.of,
        derived.sums.c.report,
        derived.findings.c.report,
        derived.story_reports.c.report,
        derived.reconciled.c.report,
    ):
        _delete(connection, column, readings)
    for column in (
        derived.series_claims.c.claim,
        derived.links.c.a,
        derived.links.c.b,
        derived.relations.c.a,
        derived.relations.c.b,
    ):
        for reading in readings:
            first = reading * CLAIMS_PER_READING
            connection.execute(delete(column.table).where(column.between(first, first + CLAIMS_PER_READING - 1)))


def _part(connection: Connection, one: int, other: int) -> None:
    """Remove what lies between two readings."""
    links, echoes = derived.links, derived.echoes
    for a, b in ((one, other), (other, one)):
        first, second = a * CLAIMS_PER_READING, b * CLAIMS_PER_READING
        inside = links.c.a.between(first, first + CLAIMS_PER_READING - 1)
        connection.execute(delete(links).where(inside, links.c.b.between(second, second + CLAIMS_PER_READING - 1)))
        connection.execute(delete(echoes).where(echoes.c.report == a, echoes.c.of == b))


def _delete(connection: Connection, column: Column[Any], values: Sequence[Any]) -> None:
    connection.execute(delete(column.table).where(column.in_(values)))


def _headed(
    connection: Connection,
    table: Table,
    ids: Iterable[str] | None,
    since: str | None,
    after: Place | None,
    limit: int | None,
) -> list[Any]:
    last_day = func.coalesce(table.c.last_day, "")
    rows: list[Any] = []
    for part in [None] if ids is None else list(_parts(ids)):
        chosen = select(table)
        if part is not None:
            chosen = chosen.where(table.c.id.in_(part))
        if since is not None:
            chosen = chosen.where(table.c.last_day >= since)
        if after is not None:
            chosen = chosen.where(or_(last_day < after.day, and_(last_day == after.day, table.c.id > after.id)))
        chosen = chosen.order_by(last_day.desc(), table.c.id).limit(limit)
        rows += connection.execute(chosen).mappings().all()
    return rows[:limit]


def _ids(connection: Connection, out: Column[Any], column: Column[Any], values: Iterable[Any]) -> list[str]:
    found: dict[str, None] = {}
    for part in _parts(values):
        found.update(dict.fromkeys(connection.execute(select(out).where(column.in_(part)).order_by(out)).scalars()))
    return list(found)


def _members(
    connection: Connection, group: Column[Any], member: Column[Any], ids: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    inside: dict[str, list[int]] = {}
    for part in _parts(ids):
        chosen = select(group, member).where(group.in_(part)).order_by(group, member)
        for of, key in connection.execute(chosen):
            inside.setdefault(of, []).append(key)
    return {of: tuple(keys) for of, keys in inside.items()}


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(dict.fromkeys(values))
    for at in range(0, len(listed), _BATCH):
        yield listed[at : at + _BATCH]
