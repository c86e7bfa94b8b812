"""Results of reconciliation: stories, series, links, relations, sums and findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("key", KEY, nullable=False),
        sa.Column("block", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=True),
        sa.Column("report", KEY, nullable=False),
        sa.Column("claim", KEY, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_blocks"),
    )
    op.create_index("ix_blocks_block_day", "blocks", ["block", "day"], unique=False)
    op.create_index("ix_blocks_report", "blocks", ["report"], unique=False)
    op.create_table(
        "echoes",
        sa.Column("report", KEY, autoincrement=False, nullable=False),
        sa.Column("of", KEY, autoincrement=False, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("report", "of", name="pk_echoes"),
    )
    op.create_index("ix_echoes_of", "echoes", ["of"], unique=False)
    op.create_table(
        "findings",
        sa.Column("key", KEY, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("claims", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_findings"),
    )
    op.create_index("ix_findings_report", "findings", ["report"], unique=False)
    op.create_table(
        "links",
        sa.Column("a", KEY, autoincrement=False, nullable=False),
        sa.Column("b", KEY, autoincrement=False, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("features", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name="pk_links"),
    )
    op.create_index("ix_links_b", "links", ["b"], unique=False)
    op.create_table(
        "reconciled",
        sa.Column("report", KEY, autoincrement=False, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("report", name="pk_reconciled"),
    )
    op.create_table(
        "relations",
        sa.Column("series", TEXT, nullable=False),
        sa.Column("a", KEY, autoincrement=False, nullable=False),
        sa.Column("b", KEY, autoincrement=False, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("series", "a", "b", name="pk_relations"),
    )
    op.create_index("ix_relations_a", "relations", ["a"], unique=False)
    op.create_index("ix_relations_b", "relations", ["b"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("story", TEXT, nullable=True),
        sa.Column("label", TEXT, nullable=True),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("counted", TEXT, nullable=True),
        sa.Column("place", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("first_day", TEXT, nullable=True),
        sa.Column("last_day", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_last_day", "series", ["last_day"], unique=False)
    op.create_index("ix_series_story", "series", ["story"], unique=False)
    op.create_table(
        "series_claims",
        sa.Column("series", TEXT, nullable=False),
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("series", "claim", name="pk_series_claims"),
    )
    op.create_index("ix_series_claims_claim", "series_claims", ["claim"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("first_day", TEXT, nullable=True),
        sa.Column("last_day", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_last_day", "stories", ["last_day"], unique=False)
    op.create_table(
        "story_reports",
        sa.Column("story", TEXT, nullable=False),
        sa.Column("report", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("story", "report", name="pk_story_reports"),
    )
    op.create_index("ix_story_reports_report", "story_reports", ["report"], unique=False)
    op.create_table(
        "sums",
        sa.Column("key", KEY, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("whole", KEY, nullable=False),
        sa.Column("parts", TEXT, nullable=False),
        sa.Column("adds_up", sa.Boolean(), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sums"),
    )
    op.create_index("ix_sums_report", "sums", ["report"], unique=False)
    op.create_index("ix_sums_whole", "sums", ["whole"], unique=False)
