"""Ledgers in each of the two databases; and how Hypothesis looks for examples: the same ones each time, so that a run
tells of the change and not of chance.

`HYPOTHESIS_PROFILE=explore pytest tests/property` looks for new ones, many times longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text

import dabi.ledger.derived  # noqa: F401  # all tables, for emptying them
import postgres
from dabi.ledger import Ledger, open_ledger
from dabi.ledger.schema import metadata

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    # What survives a power cut is tested in tests/faults; here speed counts.
    with postgres.running(settings={"fsync": "off"}) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a ledger, without one, in each of the two databases."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: postgres.Server = request.getfixturevalue("server")
    return server.create()


@pytest.fixture(scope="session")
def shared(server: postgres.Server) -> Iterator[Ledger]:
    with open_ledger(server.create()) as ledger:
        yield ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger, in each of the two databases."""
    if request.param == "sqlite":
        with open_ledger(tmp_path / "ledger.db") as opened:
            yield opened
        return
    shared: Ledger = request.getfixturevalue("shared")
    tables = ", ".join([*metadata.tables, "article_words", "claim_words"])
    with shared.writing() as connection:
        # Only a superuser can set the triggers aside that forbid this.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    yield shared
