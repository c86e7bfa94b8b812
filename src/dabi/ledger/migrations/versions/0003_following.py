"""What is followed, every address visited or to be visited, and what each host asks for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "followed",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("given", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=False),
        sa.Column("domains", TEXT, nullable=False),
        sa.Column("every", sa.Double(), nullable=True),
        sa.Column("max_age", sa.Double(), nullable=False),
        sa.Column("since", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_followed"),
    )
    op.create_table(
        "fetches",
        sa.Column("url", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("followed", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("modified", TEXT, nullable=True),
        sa.Column("sha256", TEXT, nullable=True),
        sa.Column("published", TEXT, nullable=True),
        sa.Column("article", TEXT, nullable=True),
        sa.Column("first", TEXT, nullable=True),
        sa.Column("visited", TEXT, nullable=True),
        sa.Column("changed", TEXT, nullable=True),
        sa.Column("next", TEXT, nullable=True),
        sa.Column("step", sa.Double(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("url", name="pk_fetches"),
    )
    op.create_index("ix_fetches_next", "fetches", ["next"], unique=False)
    op.create_index("ix_fetches_followed_kind", "fetches", ["followed", "kind"], unique=False)
    op.create_table(
        "hosts",
        sa.Column("host", TEXT, nullable=False),
        sa.Column("robots", sa.LargeBinary(), nullable=True),
        sa.Column("robots_state", TEXT, nullable=True),
        sa.Column("robots_until", TEXT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("not_before", TEXT, nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
