"""The tables. Statements are only ever added; `current` and everything below `derived` may be rewritten.

Migrations make the tables (`migrations/`); a test fails when the two differ. Texts that are quoted back exactly
(`reports.text`, `articles.text`, `articles.analysis`) are zlib-compressed UTF-8: smaller by four to five, and able to
hold what a database's text type refuses (NUL). Columns of words for reading and searching are plain text.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# Compared byte by byte on PostgreSQL too, so that ISO dates and prefixes sort as they do in SQLite.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
KEY = BigInteger().with_variant(Integer(), "sqlite")

# claims.key = reading's key × CLAIMS_PER_READING + the claim's place in the analysis.
CLAIMS_PER_READING = 1 << 20

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

pages = Table(
    "pages",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("article", TEXT, nullable=False, unique=True),
)

reports = Table(
    "reports",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("page", KEY, ForeignKey("pages.key"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("media", TEXT, nullable=False),
    Column("source", TEXT),
    Column("fetched", TEXT, nullable=False),
    Column("added", TEXT, nullable=False),
    Column("text", LargeBinary, nullable=False),
    UniqueConstraint("page", "version"),
    Index(None, "sha256"),
)

articles = Table(
    "articles",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("report", KEY, ForeignKey("reports.key"), nullable=False),
    Column("extractor", TEXT, nullable=False),
    Column("given", TEXT, nullable=False),
    Column("added", TEXT, nullable=False),
    Column("outlet", TEXT),
    Column("headline", TEXT),
    Column("published", TEXT),
    Column("day", TEXT),
    Column("language", TEXT, nullable=False),
    Column("text", LargeBinary),  # None: the same as the report's
    Column("analysis", LargeBinary, nullable=False),
    UniqueConstraint("report", "extractor", "given"),
    Index(None, "day"),
    Index(None, "outlet", "day"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("article", KEY, ForeignKey("articles.key"), primary_key=True),
    Column("kind", TEXT, primary_key=True),  # quantity, time, attribution
    Column("n", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("value", TEXT),
    Column("rule", TEXT, nullable=False),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("article", KEY, ForeignKey("articles.key"), nullable=False),
    Column("id", TEXT, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("text", TEXT, nullable=False),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("sentence", TEXT, nullable=False),
    Column("in_headline", Boolean, nullable=False),
    Column("low", Double),
    Column("high", Double),
    Column("hedge", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("unit", TEXT),
    Column("of", TEXT),
    Column("counted", TEXT),
    Column("event", TEXT),
    Column("status", TEXT, nullable=False),
    Column("places", TEXT, nullable=False),  # JSON list
    Column("actors", TEXT, nullable=False),  # JSON list
    Column("source", TEXT),
    Column("speaker", TEXT),
    Column("source_type", TEXT),
    Column("act", TEXT),
    Column("via", TEXT, nullable=False),  # JSON list
    Column("time", TEXT),
    Column("date_start", TEXT),
    Column("date_end", TEXT),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("note", TEXT),
    Column("coded_report", TEXT),
    Index(None, "id"),
    Index(None, "article"),
    Index(None, "event", "date_start"),
    Index(None, "counted", "date_start"),
    Index(None, "unit", "low"),
    Index(None, "coded_report"),
)

changes = Table(
    "changes",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("report", KEY, ForeignKey("reports.key"), nullable=False),  # the version that brought the change
    Column("kind", TEXT, nullable=False),
    Column("before", KEY, ForeignKey("claims.key")),
    Column("after", KEY, ForeignKey("claims.key")),
    Column("fields", TEXT, nullable=False),  # JSON list
    Column("what", TEXT, nullable=False),
    Index(None, "report"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", KEY, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("a", TEXT),
    Column("b", TEXT),
    Column("label", TEXT),
    Column("who", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("why", TEXT),
    Column("undoes", KEY, ForeignKey("judgements.number")),
)

STATEMENTS = (pages, reports, articles, mentions, claims, changes, judgements)

# Which reading of which version counts now: the newest reading of the newest version.
current = Table(
    "current",
    metadata,
    Column("page", KEY, ForeignKey("pages.key"), primary_key=True, autoincrement=False),
    Column("article", KEY, ForeignKey("articles.key"), nullable=False, unique=True),
)
