"""The tables of reconciliation's results: rebuilt at will, never statements. `results.py` says what each one holds."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, LargeBinary, Table

from .schema import KEY, TEXT, metadata

stories = Table(
    "stories",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("title", TEXT),
    Column("first_day", TEXT),
    Column("last_day", TEXT),
    Column("detail", TEXT, nullable=False),  # JSON, here and below
    Index(None, "last_day"),
)

story_reports = Table(
    "story_reports",
    metadata,
    Column("story", TEXT, primary_key=True),
    Column("report", KEY, primary_key=True, autoincrement=False),
    Index(None, "report"),
)

echoes = Table(
    "echoes",
    metadata,
    Column("report", KEY, primary_key=True, autoincrement=False),
    Column("of", KEY, primary_key=True, autoincrement=False),
    Column("similarity", Double, nullable=False),
    Column("detail", TEXT, nullable=False),
    Index(None, "of"),
)

series = Table(
    "series",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("story", TEXT),
    Column("label", TEXT),
    Column("event", TEXT),
    Column("counted", TEXT),
    Column("place", TEXT),
    Column("unit", TEXT),
    Column("first_day", TEXT),
    Column("last_day", TEXT),
    Column("detail", TEXT, nullable=False),
    Index(None, "story"),
    Index(None, "last_day"),
)

series_claims = Table(
    "series_claims",
    metadata,
    Column("series", TEXT, primary_key=True),
    Column("claim", KEY, primary_key=True, autoincrement=False),
    Index(None, "claim"),
)

links = Table(
    "links",
    metadata,
    Column("a", KEY, primary_key=True, autoincrement=False),
    Column("b", KEY, primary_key=True, autoincrement=False),
    Column("weight", Double, nullable=False),
    Column("features", TEXT, nullable=False),
    Index(None, "b"),
)

relations = Table(
    "relations",
    metadata,
    Column("series", TEXT, primary_key=True),
    Column("a", KEY, primary_key=True, autoincrement=False),
    Column("b", KEY, primary_key=True, autoincrement=False),
    Column("relation", TEXT, nullable=False),
    Column("detail", TEXT, nullable=False),
    Index(None, "a"),
    Index(None, "b"),
)

sums = Table(
    "sums",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("report", KEY, nullable=False),
    Column("whole", KEY, nullable=False),
    Column("parts", TEXT, nullable=False),
    Column("adds_up", Boolean, nullable=False),
    Column("detail", TEXT, nullable=False),
    Index(None, "report"),
    Index(None, "whole"),
)

findings = Table(
    "findings",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("report", KEY, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("claims", TEXT, nullable=False),
    Column("what", TEXT, nullable=False),
    Column("detail", TEXT, nullable=False),
    Index(None, "report"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("block", TEXT, nullable=False),
    Column("day", TEXT),
    Column("report", KEY, nullable=False),
    Column("claim", KEY),
    Index(None, "block", "day"),
    Index(None, "report"),
)

# Which readings have been reconciled, and by which version of the method.
reconciled = Table(
    "reconciled",
    metadata,
    Column("report", KEY, primary_key=True, autoincrement=False),
    Column("method", TEXT, nullable=False),
    Column("record", LargeBinary),  # what the method noted of it, compressed
)

DERIVED = (
    stories,
    story_reports,
    echoes,
    series,
    series_claims,
    links,
    relations,
    sums,
    findings,
    blocks,
    reconciled,
)
