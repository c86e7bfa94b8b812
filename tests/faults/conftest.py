from __future__ import annotations

from collections.abc import Iterator

import pytest

import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A server that writes as a real one does: every commit is synced."""
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    with postgres.running(settings={"recovery_init_sync_method": "syncfs"}) as running:
        yield running
