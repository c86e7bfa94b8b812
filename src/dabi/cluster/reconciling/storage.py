"""The tables of a run in the folder of analysed articles, wherever Spark and fsspec reach it.

A table is written beside its place and moved there when it is whole; then the manifest says so. What a killed run left
half-written is never read.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from ..layout import Folder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_BESIDE = "_writing-"


class Manifest(msgspec.Struct, kw_only=True):
    """What results were made from and by, and how far they have come."""

    format: int = 1
    method: str  # a hash of the rules and words, and of the stages
    source: str  # a hash of the names, sizes and times of the files of articles
    stages: list[str] = []  # those finished
    complete: bool = False
    counts: dict[str, int] = {}


class Tables:
    """The tables under a folder, each by the names that lead to it."""

    def __init__(self, spark: SparkSession, folder: Folder) -> None:
        self._spark = spark
        self._folder = folder

    def write(self, frame: DataFrame, *names: str) -> DataFrame:
        """Write a table, whole or not at all, and read it again."""
        beside = (*names[:-1], _BESIDE + names[-1])
        frame.write.mode("overwrite").option("compression", "zstd").parquet(self._folder.spark_url(*beside))
        self._folder.remove(*names)
        self._folder.move(beside, names)
        return self.read(*names)

    def read(self, *names: str) -> DataFrame:
        return self._spark.read.parquet(self._folder.spark_url(*names))


def files(folder: Folder, *names: str) -> list[tuple[str, ...]]:
    """The Parquet files of a table, in order, each by the names that lead to it."""
    return [(*names, name) for name in folder.names(*names) if name.endswith(".parquet")]


def source_of(folder: Folder, *names: str) -> str:
    """A hash of the files in a table that is partitioned: their names, sizes and times."""
    found: dict[str, Any] = folder.system.find(folder.path(*names), detail=True)
    root = folder.path(*names)
    digest = sha256()
    for path in sorted(found):
        if path.endswith(".parquet"):
            entry = found[path]
            when = next((entry[name] for name in ("mtime", "LastModified", "updated", "etag") if entry.get(name)), None)
            digest.update(f"{path.removeprefix(root)}\0{entry.get('size')}\0{when}\n".encode())
    return digest.hexdigest()[:16]
