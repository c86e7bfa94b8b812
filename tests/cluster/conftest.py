"""One Spark session for all tests of the cluster: two cores, and texts that can kill (see poison/)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dabi.cluster.session import ClusterError, opened

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

POISON = Path(__file__).parent / "poison"
SMALL = {"spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "4", "spark.default.parallelism": "2"}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(POISON))
        session = opened("local[2,4]", settings=SMALL)
        try:
            started = session.__enter__()
        except ClusterError as error:
            pytest.skip(f"the tests of the cluster do not run: {error}")
    yield started
    session.__exit__(None, None, None)


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading processes that this process starts obey the words in their texts."""
    monkeypatch.setattr(sys, "path", [str(POISON), *sys.path])
