"""The ledger: adding reports with what was read out of them, and getting them back.

One report is one transaction. What `add` returned is kept, whatever happens afterwards; adding the same again changes
nothing. One process writes at a time, any number read meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from sqlalchemy import Connection, func, or_, select, text

from ..model import Analysis, Article
from .adding import Adding, known
from .coded import CodedClaim
from .engine import PATIENCE, Pooling, connect, failing_clearly, location, shown
from .errors import LedgerDamaged, LedgerError, LedgerMissing
from .exclusive import exclusively, gathering_alone
from .follow_store import FollowStore
from .judgements import Judgements
from .migrate import ensure
from .records import Added, Change, ClaimRecord, Hit, Query, ReportRecord, Submission
from .result_store import ResultStore
from .rows import (
    claim_record,
    claim_rows,
    coded_row,
    unpacked,
    unpacked_analysis,
)
from .schema import articles, changes, claims, current, pages, reports
from .search import claim_select, hits, newest_claims, report_select

# Rows fetched at a time while iterating.
_BATCH = 500


def open_ledger(
    where: str | Path, *, create: bool = True, patience: float = PATIENCE, pooling: Pooling | None = None
) -> Ledger:
    """Open the ledger in a file, or in PostgreSQL by URL; made, or brought up to date, where needed.

    `patience`: seconds to wait for another writer; `pooling`: how many connections are kept. Raises LedgerMissing when
    there is none and `create` is false, and the other errors of `dabi.ledger.errors`.
    """
    url = location(where)
    engine = connect(url, create=create, patience=patience, pooling=pooling)
    ledger = Ledger(engine, url, patience)
    with failing_clearly(url):
        ensure(engine)
    return ledger


class Ledger:
    """See `open_ledger`. Safe to use from several threads."""

    def __init__(self, engine: Any, url: Any, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._url = url
        self._patience = patience
        self.judgements = Judgements(self.reading, self.writing)
        self.results = ResultStore(self.reading, self.writing)
        self.following = FollowStore(self.reading, self.writing)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    @property
    def place(self) -> str:
        """Where it is: a path, or a URL without its password."""
        return shown(self._url)

    @property
    def whole_place(self) -> str:
        """What opens the same ledger in another process; with the password, so not to be shown."""
        return self.place if self._url.drivername == "sqlite" else self._url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that sees one state of the ledger; errors come in the ledger's words."""
        with failing_clearly(self._url), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The same for writing: all that happens inside happens, or nothing."""
        with (
            failing_clearly(self._url),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def linking(self) -> Iterator[None]:
        """Alone among all processes that link the reports of this ledger: what one of them links, the next one sees.

        Not to be entered twice by one thread. Raises LedgerLocked when others keep it too long.
        """
        with failing_clearly(self._url), exclusively(self._engine, self._url, self._patience):
            yield

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Alone among all processes that gather into this ledger. Raises LedgerLocked at once when another one does."""
        with failing_clearly(self._url), gathering_alone(self._engine, self._url):
            yield

    @cached_property
    def writable(self) -> bool:
        """Whether this user may add to the ledger. One who may not can still read all of it."""
        if self._engine.dialect.name == "sqlite":
            return os.access(self._url.database, os.W_OK)
        allowed = text(
            "SELECT has_table_privilege('pages', 'INSERT') AND NOT pg_is_in_recovery() "
            "AND current_setting('transaction_read_only') = 'off'"
        )
        with self.reading() as connection:
            return bool(connection.execute(allowed).scalar_one())

    def ping(self) -> None:
        """Ask the database something small. Raises as everything else does when it does not answer."""
        with self.reading() as connection:
            connection.execute(select(pages.c.key).limit(1)).first()

    # Adding

    def known(self, submission: Submission, extractor: str) -> Added | None:
        """What `add` would answer if it would change nothing, else None: no need to read the report again."""
        with self.reading() as connection:
            return known(connection, submission, extractor)

    def add(self, submission: Submission, analysis: Analysis, *, extractor: str, text: str | None = None) -> Added:
        """Add one report with what was read out of it.

        `extractor` names the version of the reader: another one makes another reading, kept beside the older ones.
        `text` is what the analysis points into where that is not the submission's text. The article id of the ledger
        is the submission's.
        """
        words = submission.text if text is None else text
        return self._add(Adding(submission, analysis, extractor, words, lambda key: claim_rows(key, analysis, words)))

    def add_coded(self, claim: CodedClaim) -> Added:
        """Add a claim that people coded: a report without text, one version for every content of its row."""
        submission = Submission(
            article=claim.article,
            text=msgspec.json.encode(claim).decode(),
            media="coded",
            source=claim.report,
        )
        analysis = Analysis(
            id=claim.article,
            article=Article(source=claim.report, published=claim.reported, language="und"),
        )
        return self._add(Adding(submission, analysis, "coded", "", lambda key: [coded_row(key, claim)]))

    def _add(self, adding: Adding) -> Added:
        with self.writing() as connection:
            return adding.carry_out(connection)

    # Getting back

    def reports(
        self,
        *,
        article: str | None = None,
        keys: Iterable[int] | None = None,
        since: str | None = None,
        until: str | None = None,
        coded: bool | None = None,
        history: bool = False,
    ) -> Iterator[ReportRecord]:
        """Readings in the order they were added: of each page the current one, or with `history` all of them.

        `since`/`until`: published on these days or between (YYYY-MM-DD). `keys`: only these readings.
        """
        for part in _parts(keys):
            chosen = report_select(article=article, keys=part, since=since, until=until, coded=coded, history=history)
            with self.reading() as connection:
                for row in connection.execution_options(yield_per=_BATCH).execute(chosen).mappings():
                    yield _report_record(row)

    def report(self, article: str, *, version: int | None = None) -> ReportRecord:
        """The current reading of an article, or the last one of one of its versions. Raises LedgerMissing."""
        found = None
        for record in self.reports(article=article, history=version is not None):
            if version in (None, record.version):
                found = record
        if found is None:
            which = article if version is None else f"version {version} of {article}"
            raise LedgerMissing(f"the ledger {self.place} does not hold {which}")
        return found

    def claims(
        self,
        query: Query | None = None,
        *,
        reports: Iterable[int] | None = None,
        keys: Iterable[int] | None = None,
        newest_first: bool = False,
    ) -> Iterator[ClaimRecord]:
        """Claims that a query finds (all of them without one), in the order they were added or the newest first.

        `reports` and `keys` keep to the claims of these readings, or to these claims, older ones too.
        """
        asked = query or Query()
        if reports is not None or keys is not None:
            asked = msgspec.structs.replace(asked, history=True)
        dialect = self._engine.dialect.name
        for part in _parts(keys):
            for readings in _parts(reports):
                if newest_first and part is None and readings is None:
                    chosen = newest_claims(asked, dialect)
                else:
                    chosen = claim_select(asked, dialect, keys=part, reports=readings, newest_first=newest_first)
                with self.reading() as connection:
                    for row in connection.execution_options(yield_per=_BATCH).execute(chosen).mappings():
                        yield claim_record(row)

    def holds_claim(self, claim: str) -> bool:
        """Whether there is a claim of this id, in any version."""
        with self.reading() as connection:
            return connection.execute(select(claims.c.key).where(claims.c.id == claim).limit(1)).first() is not None

    def search(self, query: Query, *, newest_first: bool = False) -> Iterator[Hit]:
        """Articles that hold the words and at least one claim as asked: those that fit the words best first, the newest
        first where there are no words or where so asked."""
        with self.reading() as connection:
            yield from hits(connection, query, newest_first=newest_first)

    def history(self, article: str) -> tuple[list[ReportRecord], list[Change]]:
        """All readings of all versions of an article, and what changed from version to version."""
        readings = list(self.reports(article=article, history=True))
        if not readings:
            raise LedgerMissing(f"the ledger {self.place} does not hold {article}")
        return readings, list(self.changes(article=article))

    def changes(self, *, article: str | None = None, since: str | None = None) -> Iterator[Change]:
        """What changed in which article, in order; `since`: in versions added at or after this time (ISO 8601 UTC)."""
        chosen = (
            select(
                pages.c.article,
                reports.c.version,
                reports.c.added.label("seen"),
                *(changes.c[n] for n in ("kind", "before", "after", "fields", "what")),
            )
            .join(reports, reports.c.key == changes.c.report)
            .join(pages, pages.c.key == reports.c.page)
            .order_by(changes.c.key)
        )
        if article is not None:
            chosen = chosen.where(pages.c.article == article)
        if since is not None:
            chosen = chosen.where(reports.c.added >= since)
        with self.reading() as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(chosen).mappings():
                yield Change(**{**row, "fields": tuple(msgspec.json.decode(row["fields"]))})

    def article(self, name: str) -> str:
        """The article id that a name means: itself, or the only id that ends with it as a path (with or without the
        file's ending). Raises LedgerMissing, or LedgerError when several do."""
        last = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        ends = [pages.c.article.like(pattern, escape="\\") for pattern in (f"%/{last}", f"%/{last}.%")]
        with self.reading() as connection:
            if connection.execute(select(pages.c.key).where(pages.c.article == name)).first() is not None:
                return name
            found = connection.execute(select(pages.c.article).where(or_(*ends)).limit(6)).scalars().all()
        found = [article for article in found if "/" not in article[article.rindex(name) + len(name) :]]
        if not found:
            raise LedgerMissing(f"the ledger {self.place} does not hold {name}")
        if len(found) > 1:
            raise LedgerError(f"{name} may be any of {', '.join(sorted(found))}")
        return str(found[0])

    def text(self, article: str, *, version: int | None = None) -> str:
        """What came in, exactly: of the version that stands now or of the one asked for."""
        chosen = select(reports.c.text).join(pages, pages.c.key == reports.c.page).where(pages.c.article == article)
        if version is not None:
            chosen = chosen.where(reports.c.version == version)
        else:
            chosen = chosen.join(articles, articles.c.report == reports.c.key).join(
                current, current.c.article == articles.c.key
            )
        with self.reading() as connection:
            found = connection.execute(chosen).scalar_one_or_none()
        if found is None:
            raise LedgerMissing(f"the ledger {self.place} does not hold {article}")
        return unpacked(found)

    def counts(self) -> dict[str, int]:
        """How much there is: pages, reports (versions), readings, claims, judgements."""
        tables = {"pages": pages, "reports": reports, "readings": articles, "claims": claims}
        with self.reading() as connection:
            return {
                label: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for label, table in tables.items()
            }

    def check(self) -> list[str]:
        """What is wrong with the stored data, in words; empty when all is well. Reads everything."""
        if self._engine.dialect.name != "sqlite":
            return []
        try:
            with self.reading() as connection:
                lines = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
                lines += [f"broken reference: {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        except LedgerDamaged as error:
            return [str(error)]
        return [line for line in lines if line != "ok"]


def _parts(keys: Iterable[int] | None) -> Iterator[list[int] | None]:
    """Keys in lists that a statement can take; a single None for all."""
    if keys is None:
        yield None
        return
    listed = list(dict.fromkeys(keys))
    for at in range(0, len(listed), _BATCH):
        yield listed[at : at + _BATCH]


def _report_record(row: Any) -> ReportRecord:
    values = dict(row)
    raw, own = unpacked(values.pop("raw")), values.pop("own")
    coded = values["media"] == "coded"
    values["coded"] = msgspec.json.decode(raw, type=CodedClaim) if coded else None
    values["text"] = raw if own is None else unpacked(own)
    values["given"] = msgspec.json.decode(values["given"], type=dict[str, str])
    values["analysis"] = unpacked_analysis(values["analysis"])
    return ReportRecord(**values)
