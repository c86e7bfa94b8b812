"""The rows of finished shards put under their days: a shuffle, in files of a good size, each in the order of the input.

A batch of shards is gathered at a time, and either all of it stands in DIR/articles or nothing that counts: what a
killed run moved there is removed before the batch is gathered anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .columns import UNKNOWN_DAY, error_schema
from .layout import ARTICLES, ERRORS, WORK, Folder
from .supervision import SHARDS, Done, stem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_STAGING = (WORK, "days")
_POSITION = ("input", "file", "record")
# Bytes of text in one file of a day; as Parquet about a quarter of it.
_FILE = 512 << 20
# Bytes of text that one task sorts and writes.
_TASK = 16 << 20
_ROW_GROUP = 32 << 20


def gather(spark: SparkSession, folder: Folder, batch: int, shards: Sequence[Done]) -> None:
    """Put the rows and errors of a batch of shards in their places."""
    _withdraw(folder, batch)
    full = [done for done in shards if done.articles]
    if full:
        _sort(spark, folder, full)
        _place(folder, batch)
    _errors(folder, batch, shards)


def _withdraw(folder: Folder, batch: int) -> None:
    """Remove what a run that was killed had put in place of this batch."""
    folder.remove(*_STAGING)
    for day in folder.names(ARTICLES):
        for name in folder.names(ARTICLES, day):
            if name.startswith(_prefix(batch)):
                folder.remove(ARTICLES, day, name)


def _sort(spark: SparkSession, folder: Folder, shards: Sequence[Done]) -> None:
    from pyspark.sql import functions as f

    days: Counter[str] = Counter()
    for done in shards:
        days.update(done.days)
    files = {day: -(-size // _FILE) for day, size in days.items()}
    # Of the size of what is sorted alone, so that the same files come out on any number of cores.
    tasks = max(1, min(sum(files.values()), -(-days.total() // _TASK)))
    rows = spark.read.parquet(*(folder.spark_url(*SHARDS, f"{stem(done.shard)}.parquet") for done in shards))
    several: list[Any] = [f.lit(part) for day, count in files.items() if count > 1 for part in (day, count)]
    count = f.coalesce(f.element_at(f.create_map(*several), f.col("day")), f.lit(1)) if several else f.lit(1)
    (
        # What may be null, Spark would sort again by the day alone.
        rows.withColumn("day", f.coalesce(f.col("day"), f.lit(UNKNOWN_DAY)))
        .withColumn("_file", f.pmod(f.xxhash64(*_POSITION), count))
        .repartition(tasks, "day", "_file")
        .sortWithinPartitions("day", *_POSITION)
        .drop("_file")
        .write.partitionBy("day")
        .option("compression", "zstd")
        .option("parquet.block.size", _ROW_GROUP)
        .parquet(folder.spark_url(*_STAGING))
    )


def _place(folder: Folder, batch: int) -> None:
    for day in folder.names(*_STAGING):
        if not day.startswith("day="):
            continue
        folder.make(ARTICLES, day)
        written = [name for name in folder.names(*_STAGING, day) if name.endswith(".parquet")]
        for number, name in enumerate(written):
            folder.move((*_STAGING, day, name), (ARTICLES, day, f"{_prefix(batch)}{number:03}.parquet"))
    folder.remove(*_STAGING)


def _errors(folder: Folder, batch: int, shards: Sequence[Done]) -> None:
    from pyarrow import parquet

    failed = [done for done in shards if done.errors]
    if not failed:
        return
    folder.make(ERRORS)
    with (
        folder.writing(ERRORS, f"{_prefix(batch)}000.parquet") as file,
        parquet.ParquetWriter(file, error_schema(), compression="zstd") as writer,
    ):
        for done in failed:
            with folder.system.open(folder.path(*SHARDS, f"{stem(done.shard)}.errors.parquet"), "rb") as shard:
                writer.write_table(parquet.read_table(shard))


def _prefix(batch: int) -> str:
    return f"{batch:05}-"
