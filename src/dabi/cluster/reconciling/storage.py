"""The folder in which a run keeps its tables: on this machine or wherever Spark can write.

A table is written beside its place and moved there when it is whole; then the manifest says so. What a killed run left
half-written is never read.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MANIFEST = "_manifest.json"
_WORK = "_work"


class Manifest(msgspec.Struct, kw_only=True):
    """What a folder of results was made from and by, and how far it has come."""

    format: int = 1
    method: str  # a hash of the rules and words, and of the stages
    source: str  # a hash of the names, sizes and times of the files of articles
    stages: list[str] = []  # those finished
    complete: bool = False
    counts: dict[str, int] = {}


class Storage:
    """A folder, as Spark's Java side sees it."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._jvm: Any = spark._jvm  # a gateway without types
        path = self._path_of(folder)
        self._files: Any = path.getFileSystem(spark._jsc.hadoopConfiguration())
        self.root = str(self._files.makeQualified(path).toString())

    def at(self, *names: str) -> str:
        return "/".join([self.root, *names])

    def _path(self, *names: str) -> Any:
        return self._path_of(self.at(*names))

    def _path_of(self, address: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(address)

    def exists(self, *names: str) -> bool:
        return bool(self._files.exists(self._path(*names)))

    def delete(self, *names: str) -> None:
        self._files.delete(self._path(*names), True)

    def text(self, *names: str) -> str:
        """The text of a small file. Py4J raises for one that is not there."""
        stream = self._files.open(self._path(*names))
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def put_text(self, text: str, *names: str) -> None:
        """Write a small file, whole or not at all."""
        beside = (*names[:-1], names[-1] + ".new")
        stream = self._files.create(self._path(*beside), True)
        stream.write(bytearray(text.encode()))
        stream.close()
        self._move(beside, names)

    def source(self, *names: str) -> str:
        """A hash of the files under a folder: their names, sizes and times."""
        digest = sha256()
        lines = []
        listed = self._files.listFiles(self._path(*names), True)
        while listed.hasNext():
            status = listed.next()
            name = status.getPath().toString().removeprefix(self.root)
            if name.endswith(".parquet"):
                lines.append(f"{name}\0{status.getLen()}\0{status.getModificationTime()}\n")
        for line in sorted(lines):
            digest.update(line.encode())
        return digest.hexdigest()[:16]

    def write(self, frame: DataFrame, *names: str) -> DataFrame:
        """Write a table, whole or not at all, and read it again."""
        beside = (*names[:-1], f"{_WORK}-{names[-1]}")
        frame.write.mode("overwrite").option("compression", "zstd").parquet(self.at(*beside))
        self._move(beside, names)
        return self.read(*names)

    def read(self, *names: str) -> DataFrame:
        return self._spark.read.parquet(self.at(*names))

    def files(self, *names: str) -> list[str]:
        """The Parquet files of a table, in order."""
        found = [str(status.getPath().toString()) for status in self._files.listStatus(self._path(*names))]
        return sorted(name for name in found if name.endswith(".parquet"))

    def _move(self, source: tuple[str, ...], target: tuple[str, ...]) -> None:
        self._files.delete(self._path(*target), True)
        if not self._files.rename(self._path(*source), self._path(*target)):
            raise OSError(f"{self.at(*source)} could not be moved to {self.at(*target)}")
