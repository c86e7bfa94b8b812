"""What happens in the transaction that adds one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from ..model import Analysis
from . import fulltext
from .changes import differences
from .dates import days
from .errors import LedgerRefused
from .records import Added, Change, ClaimRecord, Outcome, Query, Submission
from .rows import Row, article_fields, claim_fields, claim_record, mention_rows, name, packed, packed_analysis, plain
from .schema import articles, changes, claims, current, mentions, pages, reports
from .search import claim_select

# An article id longer than this does not fit an index of PostgreSQL.
_LONGEST_ID = 2500

# Statements are made once: making them costs more than carrying them out.
_PAGE = select(pages.c.key).where(pages.c.article == bindparam("article"))
_PAGE_HELD = _PAGE.with_for_update()
_PAGE_UNLESS_THERE = insert_unless_there(pages).on_conflict_do_nothing()
_VERSIONS = (
    select(reports.c.key, reports.c.version, reports.c.sha256, reports.c.fetched)
    .where(reports.c.page == bindparam("page"))
    .order_by(reports.c.version)
)
_READING = select(articles.c.key).where(
    articles.c.report == bindparam("report"),
    articles.c.extractor == bindparam("extractor"),
    articles.c.given == bindparam("given"),
)
_READINGS = (
    select(articles.c.key, articles.c.extractor)
    .where(articles.c.report == bindparam("report"))
    .order_by(articles.c.key.desc())
)
_POINT = current.update().where(current.c.page == bindparam("of_page"))
_INSERTS = {table: insert(table) for table in (pages, reports, articles, mentions, claims, changes, current)}


class Adding(msgspec.Struct, frozen=True):
    """One report about to be added: what came in, what was read, into which text the reading points, its claims."""

    submission: Submission
    analysis: Analysis
    extractor: str
    words: str
    claims_of: Callable[[int], list[Row]]

    def carry_out(self, connection: Connection) -> Added:
        """Add it. Raises LedgerRefused for what can't be kept; the transaction is to be rolled back then."""
        submission = self.submission
        _check(submission)
        now = _now()
        page = _page(connection, submission.article)
        versions = _versions(connection, page)
        there = _version_there(versions, submission)
        if there is not None and (reading := _reading(connection, there, submission, self.extractor)) is not None:
            return reading
        if there is not None:
            report, version = there.key, there.version
        else:
            version = 1 + max((v.version for v in versions), default=0)
            report = _insert_report(connection, page, version, submission, now)
        key, count = self._insert_reading(connection, report, now)
        at = _instant(submission.fetched or now)
        earlier = [v for v in versions if _instant(v.fetched) <= at]
        newest = len(earlier) == len(versions) if there is None else there is versions[-1]
        if newest:
            _point(connection, page, key, new=not versions)
        outcome: Outcome = "reading" if there is not None else "version" if versions else "added"
        brought: tuple[Change, ...] = ()
        if outcome == "version" and earlier:
            before = _comparable(connection, earlier[-1].key, self.extractor)
            brought = _record_changes(connection, submission.article, (report, version), (before, key), now)
        elif outcome == "version":  # older than all that were known: it says what the first of them changed
            after = _comparable(connection, versions[0].key, self.extractor)
            changed = (versions[0].key, versions[0].version)
            brought = _record_changes(connection, submission.article, changed, (key, after), now)
        return Added(
            article=submission.article, outcome=outcome, version=version, key=key, claims=count, changes=brought
        )

    def _insert_reading(self, connection: Connection, report: int, now: str) -> tuple[int, int]:
        """The new reading's number and how many claims it has."""
        analysis, article = self.analysis, self.analysis.article
        key = _insert(
            connection,
            articles,
            report=report,
            extractor=self.extractor,
            given=_given(self.submission),
            added=now,
            outlet=name(article.outlet),
            headline=name(article.headline.text) if article.headline else None,
            published=article.published,
            day=days(article.published)[0],
            language=article.language,
            text=packed(self.words) if self.words != self.submission.text else None,
            analysis=packed_analysis(analysis),
        )
        rows = self.claims_of(key)
        for table, batch in ((mentions, mention_rows(key, analysis)), (claims, rows)):
            if batch:
                connection.execute(_INSERTS[table], batch)
        fulltext.add(connection, fulltext.ARTICLES, [(key, article_fields(analysis, self.words, rows))])
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            fulltext.add(connection, fulltext.CLAIMS, [(row["key"], claim_fields(row)) for row in part])
        return key, len(rows)


_AT_ONCE = 500  # claims whose words are held at once


def known(connection: Connection, submission: Submission, extractor: str) -> Added | None:
    """The reading that is there already, if adding would change nothing."""
    page = connection.execute(_PAGE, {"article": submission.article}).scalar_one_or_none()
    if page is None:
        return None
    there = _version_there(_versions(connection, page), submission)
    return None if there is None else _reading(connection, there, submission, extractor)


@lru_cache(maxsize=4)
def content_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _check(submission: Submission) -> None:
    article = submission.article
    if not article or len(article.encode("utf-8", "replace")) > _LONGEST_ID:
        raise LedgerRefused(f"an article id must have 1 to {_LONGEST_ID} bytes: {article[:80]!r}")
    if plain(article) != article:
        raise LedgerRefused(f"an article id must be plain text: {article[:80]!r}")
    if submission.fetched is not None:
        _instant(submission.fetched)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _given(submission: Submission) -> str:
    return msgspec.json.encode(submission.given, order="sorted").decode()


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise LedgerRefused(f"a report's time of fetching must be ISO 8601: {text}") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _insert(connection: Connection, table: Any, **values: Any) -> int:
    key = connection.execute(_INSERTS[table], values).inserted_primary_key
    assert key is not None
    return int(key[0])


def _page(connection: Connection, article: str) -> int:
    """The page's number; the page is made where it is new, and held against other writers of it."""
    values = {"article": article}
    if connection.dialect.name == "postgresql":
        connection.execute(_PAGE_UNLESS_THERE, values)
        return int(connection.execute(_PAGE_HELD, values).scalar_one())
    found = connection.execute(_PAGE, values).scalar_one_or_none()
    return int(found) if found is not None else _insert(connection, pages, article=article)


def _versions(connection: Connection, page: int) -> Sequence[Any]:
    """The versions of a page by when they were fetched, oldest first; their numbers say in which order they came."""
    found = connection.execute(_VERSIONS, {"page": page}).all()
    return sorted(found, key=lambda version: _instant(version.fetched)) if len(found) > 1 else found


def _version_there(versions: Sequence[Any], submission: Submission) -> Any:
    """The version that this text is, or None when it is a new one.

    A text that an older version had is that version, so that adding a folder twice changes nothing; unless it was
    fetched, as the caller knows, after the newest version: then the page went back to it, and that is news.
    """
    digest = content_hash(submission.text)
    if not versions or versions[-1].sha256 == digest:
        return versions[-1] if versions else None
    if submission.fetched is not None and _instant(submission.fetched) > _instant(versions[-1].fetched):
        return None
    return next((version for version in reversed(versions) if version.sha256 == digest), None)


def _reading(connection: Connection, version: Any, submission: Submission, extractor: str) -> Added | None:
    """The reading of a version by this extractor with these data given, if there is one."""
    values = {"report": version.key, "extractor": extractor, "given": _given(submission)}
    key = connection.execute(_READING, values).scalar_one_or_none()
    if key is None:
        return None
    return Added(article=submission.article, outcome="unchanged", version=version.version, key=key)


def _insert_report(connection: Connection, page: int, version: int, submission: Submission, now: str) -> int:
    return _insert(
        connection,
        reports,
        page=page,
        version=version,
        sha256=content_hash(submission.text),
        media=submission.media,
        source=submission.source and plain(submission.source),
        fetched=submission.fetched or now,
        added=now,
        text=packed(submission.text),
    )


def _comparable(connection: Connection, report: int, extractor: str) -> int:
    """The reading of a version to compare with: the same extractor's, else the newest."""
    readings = connection.execute(_READINGS, {"report": report}).all()
    return int(next((r.key for r in readings if r.extractor == extractor), readings[0].key))


def _record_changes(
    connection: Connection, article: str, report: tuple[int, int], readings: tuple[int, int], now: str
) -> tuple[Change, ...]:
    """Write down how the claims of two readings differ; `report`: the later one's number and version."""
    dialect = connection.dialect.name

    def claims_of(reading: int) -> list[ClaimRecord]:
        chosen = claim_select(Query(history=True), dialect, reports=[reading])
        return [claim_record(row) for row in connection.execute(chosen).mappings()]

    found = differences(*map(claims_of, readings))
    brought = tuple(
        Change(
            article=article,
            version=report[1],
            kind=d.kind,
            before=d.before.key if d.before else None,
            after=d.after.key if d.after else None,
            fields=d.fields,
            what=plain(d.what),
            seen=now,
        )
        for d in found
    )
    rows = [
        {
            "report": report[0],
            "fields": msgspec.json.encode(change.fields).decode(),
            **{column: getattr(change, column) for column in ("kind", "before", "after", "what")},
        }
        for change in brought
    ]
    if rows:
        connection.execute(_INSERTS[changes], rows)
    return brought


def _point(connection: Connection, page: int, key: int, *, new: bool) -> None:
    """Let the page's current reading be this one."""
    if new:
        connection.execute(_INSERTS[current], {"page": page, "article": key})
    else:
        connection.execute(_POINT, {"of_page": page, "article": key})
