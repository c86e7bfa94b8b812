from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from dabi.ledger import Ledger, open_ledger


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    # What survives a power cut is tested in tests/faults; here speed counts.
    with postgres.running(settings={"fsync": "off"}) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for an empty ledger, in each of the two databases."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: postgres.Server = request.getfixturevalue("server")
    return server.create()


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    with open_ledger(where) as opened:
        yield opened
