"""What is followed and how far gathering has come, in one ledger: `Ledger.following`.

Every method is one transaction. What a feed listed is written together with the feed's own state, so that whatever
stops a run, the next one finds either both or neither.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Table, case, delete, exists, func, insert, not_, or_, select, update

from . import following as tables
from .errors import LedgerRefused
from .rows import plain
from .schema import pages, reports

Access = Callable[[], AbstractContextManager[Connection]]
FetchKind = Literal["feed", "sitemap", "part", "page"]
FetchState = Literal["waiting", "read", "gone", "forbidden", "failed", "old", "passed"]
RobotsState = Literal["rules", "none", "unreachable"]

# An address longer than this does not fit an index of PostgreSQL in any script.
LONGEST_ADDRESS = 2000
_BATCH = 400


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet, feed, sitemap or page that is followed. `every` and `max_age` in seconds, `since` ISO 8601 UTC."""

    name: str
    given: str
    outlet: str | None = None
    country: Literal["BD", "IN"] = "BD"
    domains: tuple[str, ...]
    every: float | None = None
    max_age: float
    since: str


class Fetch(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is visited, as its last visit left it; the columns are explained in `following.py`."""

    url: str
    kind: FetchKind
    followed: str
    state: FetchState = "waiting"
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    published: str | None = None
    article: str | None = None
    first: str | None = None
    visited: str | None = None
    changed: str | None = None
    next: str | None = None
    step: float = 0
    failures: int = 0
    problem: str | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page that a feed or sitemap lists. `updated`: when the page last changed, as the list says (ISO 8601 UTC)."""

    url: str
    published: str | None = None
    updated: str | None = None
    old: bool = False  # not to be fetched: only known from now on


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a host: its robots.txt and how it answered lately."""

    host: str
    robots: str | None = None
    robots_state: RobotsState | None = None
    robots_until: str | None = None
    failures: int = 0
    not_before: str | None = None
    problem: str | None = None


class FollowedState(msgspec.Struct, frozen=True, kw_only=True):
    """How it goes with something that is followed: its feeds and sitemaps, and its pages counted by state."""

    followed: Followed
    channels: tuple[Fetch, ...]
    pages: dict[str, int]


class FollowStore:
    """The state of gathering in one ledger, as `Ledger.following`."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing

    # What is followed

    def add(self, followed: Followed, channels: Iterable[tuple[str, FetchKind]], *, now: str) -> tuple[str, ...]:
        """Follow something by its feeds and sitemaps, due at once; which of them were not followed before.

        A name that is followed already keeps what it has, with the options given now. Raises LedgerRefused when
        nothing is left to visit: all of it is followed under other names.
        """
        wanted = dict(channels)
        with self._writing() as connection:
            there = {row.url: row for row in _rows_by_url(connection, wanted)}
            held = {row.followed for url, row in there.items() if wanted[url] == row.kind}
            new = tuple(url for url in wanted if url not in there)
            mine = [url for url, row in there.items() if row.followed == followed.name and row.kind == wanted[url]]
            if not new and not mine:
                others = ", ".join(sorted(held)) or "another name"
                raise LedgerRefused(f"{followed.given}: it is followed already, as {others}")
            values = {**msgspec.structs.asdict(followed), "domains": _json(followed.domains)}
            known = select(tables.followed.c.name).where(tables.followed.c.name == followed.name)
            if connection.execute(known).first() is None:
                connection.execute(insert(tables.followed), values)
            else:
                kept = {key: value for key, value in values.items() if key not in ("name", "since")}
                connection.execute(
                    update(tables.followed).where(tables.followed.c.name == followed.name).values(**kept)
                )
            if new:
                rows = [Fetch(url=url, kind=wanted[url], followed=followed.name, next=now) for url in new]
                connection.execute(insert(tables.fetches), [_fetch_row(row) for row in rows])
        return new

    def followed(self) -> list[Followed]:
        """All that is followed, by name."""
        with self._reading() as connection:
            rows = connection.execute(select(tables.followed).order_by(tables.followed.c.name)).mappings()
            return [_followed(row) for row in rows]

    def states(self) -> list[FollowedState]:
        """All that is followed and how it goes, by name."""
        table = tables.fetches
        with self._reading() as connection:
            in_order = select(tables.followed).order_by(tables.followed.c.name)
            everything = [_followed(each) for each in connection.execute(in_order).mappings()]
            channels: dict[str, list[Fetch]] = {}
            chosen = select(table).where(table.c.kind.in_(("feed", "sitemap"))).order_by(table.c.url)
            for row in connection.execute(chosen).mappings():
                channels.setdefault(row["followed"], []).append(Fetch(**row))
            counted: dict[str, dict[str, int]] = {}
            grouped = (
                select(table.c.followed, table.c.state, func.count().label("pages"))
                .where(table.c.kind == "page")
                .group_by(table.c.followed, table.c.state)
                .order_by(table.c.followed, table.c.state)
            )
            for group in connection.execute(grouped):
                counted.setdefault(group.followed, {})[group.state] = group.pages
        return [
            FollowedState(followed=f, channels=tuple(channels.get(f.name, ())), pages=counted.get(f.name, {}))
            for f in everything
        ]

    def stop(self, name: str) -> bool:
        """Follow it no longer. What was gathered stays, and stays known; False when nothing has that name."""
        table = tables.fetches
        ours = table.c.followed == name
        with self._writing() as connection:
            gone = connection.execute(delete(tables.followed).where(tables.followed.c.name == name)).rowcount
            connection.execute(delete(table).where(ours, or_(table.c.kind != "page", table.c.state == "waiting")))
            connection.execute(update(table).where(ours).values(next=None))
        return bool(gone)

    # Visits

    def due(self, now: str, *, everything: bool = False, most: int | None = None) -> list[Fetch]:
        """Addresses to visit by now, feeds and sitemaps first, then in the order in which they came due.

        `everything`: all feeds and sitemaps, and all pages that are still to be visited some time, whatever their time.
        """
        table = tables.fetches
        chosen = select(table).where(table.c.followed.in_(select(tables.followed.c.name)))
        chosen = chosen.where(table.c.next.is_not(None) if everything else table.c.next <= now)
        channels_first = case((table.c.kind == "page", 1), else_=0)
        chosen = chosen.order_by(channels_first, table.c.next, table.c.published.desc(), table.c.url).limit(most)
        with self._reading() as connection:
            return [Fetch(**row) for row in connection.execute(chosen).mappings()]

    def next_due(self) -> str | None:
        """When the next visit of anything followed is due."""
        table = tables.fetches
        chosen = select(func.min(table.c.next)).where(table.c.followed.in_(select(tables.followed.c.name)))
        with self._reading() as connection:
            found: str | None = connection.execute(chosen).scalar_one_or_none()
            return found

    def fetch(self, url: str) -> Fetch | None:
        """What is known of an address."""
        with self._reading() as connection:
            row = connection.execute(select(tables.fetches).where(tables.fetches.c.url == url)).mappings().first()
            return None if row is None else Fetch(**row)

    def fetches(self, urls: Iterable[str]) -> dict[str, Fetch]:
        """What is known of these addresses, of those that are known."""
        table = tables.fetches
        with self._reading() as connection:
            return {
                row["url"]: Fetch(**row)
                for part in _parts(dict.fromkeys(urls))
                for row in connection.execute(select(table).where(table.c.url.in_(part))).mappings()
            }

    def known(self, urls: Iterable[str], *, forgotten: str | None = None) -> set[str]:
        """Which of these addresses are known already; with `forgotten` (see `forget`), also by the ledger alone."""
        asked = set(urls)
        with self._reading() as connection:
            known = {row.url for row in _rows_by_url(connection, asked)}
            return known | _long_held(connection, asked - known, forgotten)

    def save(self, fetch: Fetch) -> None:
        """Write down how a visit went."""
        with self._writing() as connection:
            _put(connection, tables.fetches, [_fetch_row(fetch)])

    def forget(self, followed: str, before: str) -> int:
        """Drop what is known of pages that are read no more and were last visited before a time; how many they were.

        What the ledger holds of them stays. A page for which its list gave no date of publication is kept, unless the
        ledger holds a page of this very address: lists may name it for ever, and nothing else tells that it is not new.
        """
        table = tables.fetches
        held = exists().where(pages.c.article == table.c.url)
        over = (table.c.kind == "page", table.c.next.is_(None), table.c.visited < before)
        with self._writing() as connection:
            dropped = delete(table).where(
                table.c.followed == followed, *over, or_(table.c.published.is_not(None), held)
            )
            return int(connection.execute(dropped).rowcount)

    def save_channel(
        self,
        channel: Fetch,
        found: Iterable[Found],
        *,
        parts: Iterable[Fetch] = (),
        now: str,
        forgotten: str | None = None,
    ) -> list[Fetch]:
        """Write down how a visit of a feed or sitemap went, with the pages that it lists; the new ones come back.

        A page known already is due at once when the list says that it changed after its last visit. So is one that was
        forgotten (`forgotten`: what was last visited before may have been, see `forget`).
        """
        listed = {page.url: page for page in found}
        fresh: list[Fetch] = []
        with self._writing() as connection:
            _put(connection, tables.fetches, [_fetch_row(channel), *map(_fetch_row, parts)])
            there = {row.url: row for row in _rows_by_url(connection, listed)}
            again = [
                url
                for url, row in there.items()
                if row.kind == "page"
                and row.state in ("read", "passed")
                and (updated := listed[url].updated) is not None
                and row.visited is not None
                and row.visited < updated <= now
            ]
            for part in _parts(again):
                rows = tables.fetches.c.url.in_(part)
                connection.execute(update(tables.fetches).where(rows).values(next=now, followed=channel.followed))
            held = _long_held(connection, listed.keys() - there.keys(), forgotten)
            for url, page in listed.items():
                changed = page.updated is not None and forgotten is not None and page.updated >= forgotten
                if url not in there and (url not in held or changed):
                    state: FetchState = "old" if page.old else "waiting"
                    fresh.append(
                        Fetch(
                            url=url,
                            kind="page",
                            followed=channel.followed,
                            state=state,
                            published=page.published,
                            next=None if page.old else now,
                        )
                    )
            for part in _parts(fresh):
                connection.execute(insert(tables.fetches), [_fetch_row(page) for page in part])
        return [page for page in fresh if page.state == "waiting"]

    # Hosts

    def host(self, name: str) -> Host | None:
        with self._reading() as connection:
            row = connection.execute(select(tables.hosts).where(tables.hosts.c.host == name)).mappings().first()
        return None if row is None else _host(row)

    def resting(self, now: str) -> list[Host]:
        """The hosts that are to be left alone for now, by name."""
        table = tables.hosts
        with self._reading() as connection:
            rows = connection.execute(select(table).where(table.c.not_before > now).order_by(table.c.host)).mappings()
            return [_host(row) for row in rows]

    def save_host(self, host: Host) -> None:
        values = msgspec.structs.asdict(host)
        if host.robots is not None:
            values["robots"] = zlib.compress(host.robots.encode("utf-8", "replace"), 1)
        with self._writing() as connection:
            _put(connection, tables.hosts, [_storable(values)])


def _followed(row: Any) -> Followed:
    return Followed(**{**row, "domains": tuple(msgspec.json.decode(row["domains"]))})


def _host(row: Any) -> Host:
    robots = row["robots"]
    return Host(**{**row, "robots": None if robots is None else zlib.decompress(robots).decode()})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _fetch_row(fetch: Fetch) -> dict[str, Any]:
    return _storable(msgspec.structs.asdict(fetch))


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    return {key: plain(value) if isinstance(value, str) else value for key, value in values.items()}


def _rows_by_url(connection: Connection, urls: Iterable[str]) -> list[Any]:
    table = tables.fetches
    columns = (table.c.url, table.c.kind, table.c.followed, table.c.state, table.c.visited)
    return [
        row
        for part in _parts(dict.fromkeys(urls))
        for row in connection.execute(select(*columns).where(table.c.url.in_(part)))
    ]


def _long_held(connection: Connection, urls: Iterable[str], before: str | None) -> set[str]:
    """Which of these addresses are pages of the ledger of which no version was fetched since a time."""
    if before is None:
        return set()
    since = exists().where(reports.c.page == pages.c.key, reports.c.fetched >= before)
    return {
        article
        for part in _parts(urls)
        for article in connection.execute(
            select(pages.c.article).where(pages.c.article.in_(part), not_(since))
        ).scalars()
    }


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or replace those with the same key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    keys = [column.name for column in table.primary_key.columns]
    statement = upsert(table)
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    for part in _parts(rows):
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), part)


def _parts(values: Iterable[Any]) -> list[list[Any]]:
    listed = list(values)
    return [listed[at : at + _BATCH] for at in range(0, len(listed), _BATCH)]
