"""What happens in the transaction that adds one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from ..model import Analysis
from . import fulltext
from .changes import differences
from .dates import days
from .errors import LedgerError
from .records import Added, Change, ClaimRecord, Outcome, Query, Submission
from .rows import Row, article_fields, claim_fields, claim_record, mention_rows, name, packed, packed_analysis, plain
from .schema import articles, changes, claims, current, mentions, pages, reports
from .search import claim_select

# An article id longer than this does not fit an index of PostgreSQL.
_LONGEST_ID = 2500


class Adding(msgspec.Struct, frozen=True):
    """One report about to be added: what came in, what was read, into which text the reading points, its claims."""

    submission: Submission
    analysis: Analysis
    extractor: str
    words: str
    claims_of: Callable[[int], list[Row]]

    def carry_out(self, connection: Connection) -> Added:
        submission, analysis, words = self.submission, self.analysis, self.words
        if not submission.article or len(submission.article.encode("utf-8", "replace")) > _LONGEST_ID:
            raise LedgerError(f"an article id must have 1 to {_LONGEST_ID} bytes: {submission.article[:80]!r}")
        if plain(submission.article) != submission.article:
            raise LedgerError(f"an article id must be plain text: {submission.article[:80]!r}")
        now = _now()
        page = _page(connection, submission.article)
        if (there := known(connection, submission, self.extractor)) is not None:
            return there
        report, version, before = _report(connection, page, submission, now)
        key = _insert(
            connection,
            articles,
            report=report,
            extractor=self.extractor,
            given=_given(submission),
            added=now,
            outlet=name(analysis.article.outlet),
            headline=name(analysis.article.headline.text) if analysis.article.headline else None,
            published=analysis.article.published,
            day=days(analysis.article.published)[0],
            language=analysis.article.language,
            text=packed(words) if words != submission.text else None,
            analysis=packed_analysis(analysis),
        )
        rows = self.claims_of(key)
        for table, batch in ((mentions, mention_rows(key, analysis)), (claims, rows)):
            if batch:
                connection.execute(insert(table), batch)
        fulltext.add(connection, fulltext.ARTICLES, [(key, article_fields(analysis, words, rows))])
        fulltext.add(connection, fulltext.CLAIMS, [(row["key"], claim_fields(row)) for row in rows])
        outcome: Outcome = "reading"
        brought: tuple[Change, ...] = ()
        if before is None:
            outcome = "added"
        elif before != report:
            outcome = "version"
            brought = _record_changes(connection, submission.article, report, version, before, key, now)
        _point(connection, page, version, key)
        return Added(
            article=submission.article, outcome=outcome, version=version, key=key, claims=len(rows), changes=brought
        )


def _versions(connection: Connection, page: Any) -> Sequence[Any]:
    """The versions of a page, oldest first."""
    return connection.execute(
        select(reports.c.key, reports.c.version, reports.c.sha256, reports.c.fetched)
        .where(reports.c.page == page)
        .order_by(reports.c.version)
    ).all()


@lru_cache(maxsize=4)
def content_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _given(submission: Submission) -> str:
    return msgspec.json.encode(submission.given, order="sorted").decode()


def _insert(connection: Connection, table: Any, **values: Any) -> int:
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _page(connection: Connection, article: str) -> int:
    """The page's number; the page is made where it is new, and held against other writers of it."""
    chosen = select(pages.c.key).where(pages.c.article == article)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_unless_there

        connection.execute(insert_unless_there(pages).values(article=article).on_conflict_do_nothing())
        return int(connection.execute(chosen.with_for_update()).scalar_one())
    found = connection.execute(chosen).scalar_one_or_none()
    return int(found) if found is not None else _insert(connection, pages, article=article)


def known(connection: Connection, submission: Submission, extractor: str) -> Added | None:
    """The reading that is there already, if adding would change nothing."""
    page = select(pages.c.key).where(pages.c.article == submission.article).scalar_subquery()
    at = _version_there(_versions(connection, page), submission)
    if at is None:
        return None
    found = connection.execute(
        select(articles.c.key).where(
            articles.c.report == at.key, articles.c.extractor == extractor, articles.c.given == _given(submission)
        )
    ).scalar_one_or_none()
    if found is None:
        return None
    return Added(article=submission.article, outcome="unchanged", version=at.version, key=found)


def _version_there(versions: Any, submission: Submission) -> Any:
    """The version that this text is, or None when it is a new one.

    A text that an older version had is that version, so that adding a folder twice changes nothing; unless it was
    fetched, as the caller knows, after the newest version: then the page went back to it, and that is news.
    """
    digest = content_hash(submission.text)
    if not versions or versions[-1].sha256 == digest:
        return versions[-1] if versions else None
    if submission.fetched is not None and _instant(submission.fetched) > _instant(versions[-1].fetched):
        return None
    return next((v for v in reversed(versions) if v.sha256 == digest), None)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise LedgerError(f"a report's time of fetching must be ISO 8601: {text}") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _report(connection: Connection, page: int, submission: Submission, now: str) -> tuple[int, int, int | None]:
    """The report's number and version, and the number of the version before it (itself when it was there)."""
    versions = _versions(connection, page)
    there = _version_there(versions, submission)
    if there is not None:
        return there.key, there.version, there.key
    version = versions[-1].version + 1 if versions else 1
    if submission.fetched is not None:
        _instant(submission.fetched)
    key = _insert(
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
    return key, version, versions[-1].key if versions else None


def _record_changes(
    connection: Connection, article: str, report: int, version: int, before: int, key: int, now: str
) -> tuple[Change, ...]:
    """Compare with the reading of the version before that the same extractor made, else with its newest."""
    extractor = select(articles.c.extractor).where(articles.c.key == key).scalar_subquery()
    earlier = connection.execute(
        select(articles.c.key)
        .where(articles.c.report == before)
        .order_by((articles.c.extractor == extractor).desc(), articles.c.key.desc())
        .limit(1)
    ).scalar_one()
    dialect = connection.dialect.name

    def claims_of(reading: int) -> list[ClaimRecord]:
        chosen = claim_select(Query(history=True), dialect, reports=[reading])
        return [claim_record(row) for row in connection.execute(chosen).mappings()]

    found = differences(claims_of(earlier), claims_of(key))
    rows = [
        {
            "report": report,
            "kind": d.kind,
            "before": d.before.key if d.before else None,
            "after": d.after.key if d.after else None,
            "fields": msgspec.json.encode(d.fields).decode(),
            "what": d.what,
        }
        for d in found
    ]
    if rows:
        connection.execute(insert(changes), rows)
    return tuple(
        Change(
            article=article,
            version=version,
            kind=d.kind,
            before=d.before.key if d.before else None,
            after=d.after.key if d.after else None,
            fields=d.fields,
            what=d.what,
            seen=now,
        )
        for d in found
    )


def _point(connection: Connection, page: int, version: int, key: int) -> None:
    """Let the page's current reading be this one, unless it is of an older version than the newest."""
    newest = connection.execute(select(func.max(reports.c.version)).where(reports.c.page == page)).scalar_one()
    if version != newest:
        return
    changed = connection.execute(current.update().where(current.c.page == page).values(article=key))
    if changed.rowcount == 0:
        connection.execute(insert(current).values(page=page, article=key))
