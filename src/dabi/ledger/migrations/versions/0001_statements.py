"""Statements: pages, reports, readings, mentions, claims, changes and judgements, with their full text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATEMENTS = ("pages", "reports", "articles", "mentions", "claims", "changes", "judgements")


def upgrade() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", KEY, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("a", TEXT, nullable=True),
        sa.Column("b", TEXT, nullable=True),
        sa.Column("label", TEXT, nullable=True),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("undoes", KEY, nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["judgements.number"], name="fk_judgements_undoes"),
        sa.PrimaryKeyConstraint("number", name="pk_judgements"),
    )
    op.create_table(
        "pages",
        sa.Column("key", KEY, nullable=False),
        sa.Column("article", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_pages"),
        sa.UniqueConstraint("article", name="uq_pages_article"),
    )
    op.create_table(
        "reports",
        sa.Column("key", KEY, nullable=False),
        sa.Column("page", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("media", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("fetched", TEXT, nullable=False),
        sa.Column("added", TEXT, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.key"], name="fk_reports_page"),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sa.UniqueConstraint("page", "version", name="uq_reports_page_version"),
    )
    op.create_index("ix_reports_sha256", "reports", ["sha256"], unique=False)
    op.create_table(
        "articles",
        sa.Column("key", KEY, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("extractor", TEXT, nullable=False),
        sa.Column("given", TEXT, nullable=False),
        sa.Column("added", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("headline", TEXT, nullable=True),
        sa.Column("published", TEXT, nullable=True),
        sa.Column("day", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("analysis", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.key"], name="fk_articles_report"),
        sa.PrimaryKeyConstraint("key", name="pk_articles"),
        sa.UniqueConstraint("report", "extractor", "given", name="uq_articles_report_extractor_given"),
    )
    op.create_index("ix_articles_day", "articles", ["day"], unique=False)
    op.create_index("ix_articles_outlet_day", "articles", ["outlet", "day"], unique=False)
    op.create_table(
        "claims",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_end", sa.Integer(), nullable=True),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("in_headline", sa.Boolean(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("hedge", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("of", TEXT, nullable=True),
        sa.Column("counted", TEXT, nullable=True),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("places", TEXT, nullable=False),
        sa.Column("actors", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("speaker", TEXT, nullable=True),
        sa.Column("source_type", TEXT, nullable=True),
        sa.Column("act", TEXT, nullable=True),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("time", TEXT, nullable=True),
        sa.Column("date_start", TEXT, nullable=True),
        sa.Column("date_end", TEXT, nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("coded_report", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_claims_article"),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
    )
    op.create_index("ix_claims_article", "claims", ["article"], unique=False)
    op.create_index("ix_claims_coded_report", "claims", ["coded_report"], unique=False)
    op.create_index("ix_claims_counted_date_start", "claims", ["counted", "date_start"], unique=False)
    op.create_index("ix_claims_event_date_start", "claims", ["event", "date_start"], unique=False)
    op.create_index("ix_claims_id", "claims", ["id"], unique=False)
    op.create_index("ix_claims_unit_low", "claims", ["unit", "low"], unique=False)
    op.create_table(
        "current",
        sa.Column("page", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_current_article"),
        sa.ForeignKeyConstraint(["page"], ["pages.key"], name="fk_current_page"),
        sa.PrimaryKeyConstraint("page", name="pk_current"),
        sa.UniqueConstraint("article", name="uq_current_article"),
    )
    op.create_table(
        "mentions",
        sa.Column("article", KEY, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=True),
        sa.Column("rule", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_mentions_article"),
        sa.PrimaryKeyConstraint("article", "kind", "n", name="pk_mentions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("key", KEY, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("before", KEY, nullable=True),
        sa.Column("after", KEY, nullable=True),
        sa.Column("fields", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["after"], ["claims.key"], name="fk_changes_after"),
        sa.ForeignKeyConstraint(["before"], ["claims.key"], name="fk_changes_before"),
        sa.ForeignKeyConstraint(["report"], ["reports.key"], name="fk_changes_report"),
        sa.PrimaryKeyConstraint("key", name="pk_changes"),
    )
    op.create_index("ix_changes_report", "changes", ["report"], unique=False)
    append_only()
    full_text()


def append_only() -> None:
    """Statements are added and never changed: the database itself refuses."""
    if op.get_bind().dialect.name == "sqlite":
        for table in STATEMENTS:
            for action in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION dabi_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in STATEMENTS:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION dabi_append_only()"
        )


def full_text() -> None:
    """An index of words over readings and one over claims; the words come cut and folded (`words.py`)."""
    for table in ("article_words", "claim_words"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(words, stems, people, places, sources, content='', "
                "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
            )
        else:
            op.execute(
                f"CREATE TABLE {table} (key bigint, part integer, words tsvector NOT NULL, "
                f"CONSTRAINT pk_{table} PRIMARY KEY (key, part))"
            )
            op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")
