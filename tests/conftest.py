"""Ledgers in each of the two databases; one Spark session for all tests; and how Hypothesis looks for examples: the
same ones each time, so that a run tells of the change and not of chance.

`HYPOTHESIS_PROFILE=explore pytest tests/property` looks for new ones, many times longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import text

import dabi.ledger.derived  # noqa: F401  # all tables, for emptying them
import postgres
from dabi.ledger import Ledger, open_ledger
from dabi.ledger.schema import metadata

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: Playwright keeps a loop of asyncio running in the main thread, and no other can run beside it."""
    items.sort(key=lambda item: "browser" in item.path.parts)


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


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Two cores of this machine; there can be only one session in a process. Texts can kill: see cluster/poison/."""
    from dabi.cluster.session import ClusterError, opened

    small = {
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "4",
        "spark.default.parallelism": "2",
        # The Java process does not live long enough for its second compiler to be worth the work.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    session = opened("local[2,4]", settings=small)
    with pytest.MonkeyPatch.context() as patch:
        poison = str(Path(__file__).parent / "cluster" / "poison")
        patch.setenv("PYTHONPATH", os.pathsep.join([poison, *filter(None, [os.environ.get("PYTHONPATH")])]))
        try:
            started = session.__enter__()
        except ClusterError as error:
            pytest.skip(f"Spark did NOT START, so the tests of the cluster do not run: {error}")
    yield started
    session.__exit__(None, None, None)
