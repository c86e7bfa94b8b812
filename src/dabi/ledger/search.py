"""Queries to SQL: the same conditions on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from . import fulltext
from .excerpt import excerpt
from .records import Hit, Query
from .rows import unpacked
from .schema import articles, claims, current, pages, reports
from .words import Term, name_terms, terms

# Under another name where a function has a parameter of that one.
_reports = reports
_CLAIM_COLUMNS = [column for column in claims.c if column.name != "article"]
# Unknown days come last on both databases. In these words SQLite takes the order from the index on days.
NEWEST_FIRST = (articles.c.day.desc().nulls_last(), articles.c.key.desc())
_LATEST = case((current.c.article.is_not(None), True), else_=False).label("latest")


def claim_select(
    query: Query,
    dialect: str,
    *,
    keys: Sequence[int] | None = None,
    reports: Sequence[int] | None = None,
    newest_first: bool = False,
) -> Select[Any]:
    """The columns of `ClaimRecord`."""
    chosen = (
        select(
            *_CLAIM_COLUMNS,
            claims.c.article.label("report"),
            *_report_columns(),
            (_reports.c.media == "coded").label("coded"),
        )
        .join_from(claims, articles, articles.c.key == claims.c.article)
        .join(_reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=query.history)
        .where(*_on_claims(query, dialect), *_on_articles(query))
    )
    if keys is not None:
        chosen = chosen.where(claims.c.key.in_(keys))
    if reports is not None:
        chosen = chosen.where(claims.c.article.in_(reports))
    chosen = chosen.order_by(*NEWEST_FIRST, claims.c.key) if newest_first else chosen.order_by(claims.c.key)
    return chosen.limit(query.limit)


def newest_claims(query: Query, dialect: str) -> Select[Any]:
    """The same, the newest first. Where only some are asked for, these are chosen before their columns are fetched:
    sorting whole rows would cost ten times as much."""
    chosen = claim_select(query, dialect, newest_first=True)
    if query.limit is None:
        return chosen
    some = chosen.with_only_columns(claims.c.key, maintain_column_froms=True).subquery()
    return claim_select(Query(history=True), dialect, newest_first=True).where(claims.c.key.in_(select(some.c.key)))


def report_select(
    *,
    article: str | None,
    keys: Sequence[int] | None,
    since: str | None,
    until: str | None,
    coded: bool | None,
    history: bool,
) -> Select[Any]:
    """The columns of `ReportRecord`, the texts as they are stored: `raw` and `own`."""
    chosen = (
        select(
            articles.c.key,
            *_report_columns(),
            _reports.c.media,
            _reports.c.source,
            _reports.c.fetched,
            _reports.c.added,
            _reports.c.sha256,
            articles.c.extractor,
            articles.c.added.label("read"),
            articles.c.language,
            articles.c.given,
            _reports.c.text.label("raw"),
            articles.c.text.label("own"),
            articles.c.analysis,
        )
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=history or keys is not None)
        .where(*_on_articles(Query(article=article, since=since, until=until, coded=coded)))
        .order_by(articles.c.key)
    )
    return chosen if keys is None else chosen.where(articles.c.key.in_(keys))


def hits(connection: Connection, query: Query, *, after: tuple[str, int] | None = None) -> Iterator[Hit]:
    """Articles, the newest first, with an excerpt around the first word found; `after`: those behind this day and
    reading."""
    dialect = connection.dialect.name
    asked = _claim_terms(query)
    count = select(func.count()).where(claims.c.article == articles.c.key).scalar_subquery()
    some = (
        select(articles.c.key)
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .join(current, current.c.article == articles.c.key, isouter=query.history)
        .where(*_on_articles(query), *fulltext.found(articles.c.key, dialect, fulltext.ARTICLES, asked))
        .order_by(*NEWEST_FIRST)
        .limit(query.limit)
    )
    if after is not None:
        some = some.where(behind(*after))
    if conditions := _on_values(query):
        some = some.where(exists().where(claims.c.article == articles.c.key, *conditions))
    chosen = (
        select(
            articles.c.key,
            pages.c.article,
            _reports.c.version,
            articles.c.outlet,
            articles.c.headline,
            articles.c.published,
            _reports.c.text.label("raw"),
            articles.c.text.label("own"),
            count.label("claims"),
        )
        .join_from(articles, _reports, _reports.c.key == articles.c.report)
        .join(pages, pages.c.key == _reports.c.page)
        .where(articles.c.key.in_(select(some.subquery().c.key)))
        .order_by(*NEWEST_FIRST)
    )
    for row in connection.execution_options(yield_per=100).execute(chosen):
        text = unpacked(row.own if row.own is not None else row.raw)
        yield Hit(
            key=row.key,
            article=row.article,
            version=row.version,
            outlet=row.outlet,
            headline=row.headline,
            published=row.published,
            excerpt=excerpt(text, asked),
            claims=row.claims,
        )


def _report_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        pages.c.article.label("article"),
        _reports.c.version,
        _LATEST,
        articles.c.outlet,
        articles.c.headline,
        articles.c.published,
        articles.c.day,
    )


def behind(day: str, reading: int) -> ColumnElement[bool]:
    """Readings that come after this one with the newest first; "" is an unknown day."""
    undated = articles.c.day.is_(None)
    if not day:
        return and_(undated, articles.c.key < reading)
    return or_(articles.c.day < day, and_(articles.c.day == day, articles.c.key < reading), undated)


def _claim_terms(query: Query) -> list[Term]:
    return [
        *(terms(query.words) if query.words else ()),
        *(name_terms(query.person, "people") if query.person else ()),
        *(name_terms(query.place, "places") if query.place else ()),
        *(name_terms(query.source, "sources") if query.source else ()),
    ]


def _on_claims(query: Query, dialect: str) -> list[ColumnElement[bool]]:
    return [
        *_on_values(query),
        *fulltext.found(claims.c.key, dialect, fulltext.CLAIMS, _claim_terms(query)),
    ]


def _on_values(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        claims.c[field] == value
        for field in ("event", "counted", "unit", "kind", "status")
        if (value := getattr(query, field)) is not None
    ]
    if query.claim is not None:
        conditions.append(claims.c.id == query.claim)
    if query.low is not None:
        conditions.append(or_(claims.c.high.is_(None), claims.c.high >= query.low))
    if query.high is not None:
        conditions.append(or_(claims.c.low.is_(None), claims.c.low <= query.high))
    if query.about_since is not None:
        conditions.append(claims.c.date_start.is_not(None) | claims.c.date_end.is_not(None))
        conditions.append(or_(claims.c.date_end.is_(None), claims.c.date_end >= query.about_since))
    if query.about_until is not None:
        conditions.append(claims.c.date_start.is_not(None) | claims.c.date_end.is_not(None))
        conditions.append(or_(claims.c.date_start.is_(None), claims.c.date_start <= query.about_until))
    return conditions


def _on_articles(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.outlet is not None:
        conditions.append(articles.c.outlet == query.outlet)
    if query.article is not None:
        conditions.append(pages.c.article == query.article)
    if query.since is not None:
        conditions.append(articles.c.day >= query.since)
    if query.until is not None:
        conditions.append(articles.c.day <= query.until)
    if query.coded is not None:
        conditions.append((_reports.c.media == "coded") == query.coded)
    return [and_(*conditions)] if conditions else []
