"""The stages of `dabi cluster reconcile`, one after the other; a run that was stopped goes on after the last one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property, reduce
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from ...reconciliation.keeping import method as rules
from ..layout import ARTICLES, MANIFEST, Folder
from ..load import analysed_folder
from ..session import ClusterError
from . import comparing, current, joining, meeting, reading, shapes, telling
from .components import components
from .storage import Manifest, Tables, source_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession

FOLDER = "reconciled"
_WORK = "_work"
_REPORTS_PER_TASK = 4_000  # about so many reports are one task's
_BYTES_PER_TASK = 8 << 20  # of a table, packed: what it unpacks to is read and compared for minutes

Told = Callable[[str, int, int, float], None]
"""Told after each stage: its name, its number from 1, how many there are, and seconds (0 if it was done before)."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What reconciling came to. `compared`: pairs of reports; `failed`: articles that could not be read."""

    reports: int
    failed: int
    compared: int
    links: int
    echoes: int
    stories: int
    series: int
    relations: int
    sums: int
    findings: int


@cache
def method() -> str:
    """What results were made by: a hash of the rules and words, and of the stages."""
    digest = sha256(rules().encode())
    for file in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".py"):
            digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return f"reconciling {digest.hexdigest()[:12]}"


def reconcile(spark: SparkSession, place: str, told: Told = lambda *_: None) -> Summary:
    """Reconcile the articles in a folder that `cluster analyse` wrote; the results go into `reconciled/` in it.

    Begun again, it goes on after the last finished stage. Other articles, rules or words make everything anew. Raises
    ClusterError when there is nothing to reconcile, or not all has been analysed.
    """
    folder, _ = analysed_folder(place)
    run = _Run(spark, folder, told)
    with _settings(spark, {"spark.sql.files.maxPartitionBytes": str(_BYTES_PER_TASK)}):
        return run.carry_out()


def finished(place: str) -> Summary | None:
    """What reconciling a folder came to, if it has been reconciled as it is now by these rules and words."""
    folder, _ = analysed_folder(place)
    known = folder.read(Manifest, FOLDER, MANIFEST)
    if known is None or not known.complete:
        return None
    same = (known.method, known.source) == (method(), source_of(folder, ARTICLES))
    return Summary(**known.counts) if same else None


def results_of(place: str) -> tuple[Folder, Manifest]:
    """A folder that has been reconciled to the end. Raises ClusterError when it has not."""
    folder, _ = analysed_folder(place)
    manifest = folder.read(Manifest, FOLDER, MANIFEST)
    if manifest is None or not manifest.complete:
        raise ClusterError(f"{place} has not been reconciled: dabi cluster reconcile {place}")
    return folder, manifest


class _Run:
    def __init__(self, spark: SparkSession, folder: Folder, told: Told) -> None:
        self.spark = spark
        self.told = told
        self.folder = folder
        self.tables = Tables(spark, folder)
        self.stages: tuple[tuple[str, Callable[[], DataFrame]], ...] = (
            ("read", self.read),
            ("ranks", self.ranks),
            ("meetings", self.meetings),
            ("reports", self.reports),
            ("comparisons", self.comparisons),
            ("components", self.components),
            ("joined", self.joined),
            ("stories", self.stories),
            ("series", self.series),
            ("members", self.members),
            ("relations", self.relations),
            ("links", self.links),
            ("echoes", self.echoes),
            ("sums", self.sums),
            ("findings", self.findings),
            ("errors", self.errors),
            ("lines", self.lines),
        )
        self.manifest = Manifest(method=method(), source="")

    def carry_out(self) -> Summary:
        wanted = Manifest(method=method(), source=source_of(self.folder, ARTICLES))
        known = self.folder.read(Manifest, FOLDER, MANIFEST)
        if known is None or (known.method, known.source) != (wanted.method, wanted.source):
            self.folder.remove(FOLDER)
            known = wanted
        self.manifest = known
        if not known.complete:
            self._note()
            for number, (name, make) in enumerate(self.stages, 1):
                self._stage(number, name, make)
            known.counts = self._counts()
            known.complete = True
            self._note()
        self.folder.remove(FOLDER, _WORK)
        return Summary(**known.counts)

    def _stage(self, number: int, name: str, make: Callable[[], DataFrame]) -> None:
        seconds = 0.0
        if name not in self.manifest.stages:
            begun = time.monotonic()
            self.tables.write(make(), *_where(name))
            self.manifest.stages.append(name)
            self._note()
            seconds = time.monotonic() - begun
        self.told(name, number, len(self.stages), seconds)

    def _note(self) -> None:
        self.folder.make(FOLDER)
        self.folder.write(self.manifest, FOLDER, MANIFEST)

    def _counts(self) -> dict[str, int]:
        from pyspark.sql import DataFrame as Frame
        from pyspark.sql import functions as f

        kept = ("reports", "links", "echoes", "stories", "series", "relations", "sums", "findings")
        counted = {**{name: self.made(name) for name in kept}, "failed": self.made("errors")}
        counted["compared"] = self.made("comparisons").where("a <> b")
        one_by_one = (frame.select(f.lit(name).alias("name"), f.count("*")) for name, frame in counted.items())
        return {row[0]: row[1] for row in reduce(Frame.union, one_by_one).collect()}

    # Tables

    def made(self, name: str) -> DataFrame:
        """The table of a stage that is finished."""
        return self.tables.read(*_where(name))

    @cached_property
    def parts(self) -> int:
        """Into how many pieces work is cut that each report takes a like share of."""
        cores = self.spark.sparkContext.defaultParallelism
        return max(2 * cores, self.made("ranks").count() // _REPORTS_PER_TASK)

    # Stages

    def read(self) -> DataFrame:
        from pyspark.sql import functions as f

        articles = self.tables.read(ARTICLES)
        digest = f.sha2(f.coalesce("content", "text").cast("binary"), 256).alias("digest")
        place = ("input", "file", "record")
        pages = articles.select("page", *place, digest, "given_published", "given_outlet", "fetched")
        pages = pages.repartition("page").sortWithinPartitions("page", *place)
        gone = self.tables.write(_mapped(pages, current.overtaken, _places()), FOLDER, _WORK, "overtaken")
        standing = articles.join(gone, list(place), "left_anti")
        wanted = [
            column for column in articles.columns if column not in ("content", "source", "media", "fetched", "day")
        ]
        return _mapped(standing.select(*wanted), reading.read, shapes.reading())

    def ranks(self) -> DataFrame:
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        ordered = self.made("read").where("error is null").select("turn", "page").orderBy("turn", "page")
        # Written down in parts that follow on each other: each begins where those before it end.
        parts = self.tables.write(ordered.withColumn("part", f.spark_partition_id()), FOLDER, _WORK, "ordered")
        before, begins = 0, []
        for row in sorted(parts.groupBy("part").count().collect()):
            begins.append((row["part"], before))
            before += row["count"]
        offsets = self.spark.createDataFrame(begins, "part int, before long")
        within = f.row_number().over(Window.partitionBy("part").orderBy("turn", "page")) - 1
        numbered = parts.withColumn("within", within).join(f.broadcast(offsets), "part")
        return numbered.select((f.col("before") + f.col("within")).alias("rank"), "page")

    def reports(self) -> DataFrame:
        met = self.made("meetings").selectExpr("later AS rank", "earlier AS met")
        return self.made("ranks").join(self.made("read").drop("keys", "error"), "page").join(met, "rank")

    def meetings(self) -> DataFrame:
        from pyspark.sql import functions as f

        ranks = self.made("ranks")
        keys = self.made("read").select("page", "keys").join(ranks, "page")
        keys = keys.select(f.explode("keys").alias("key"), "rank").repartition(self.parts, "key")
        windows = _mapped(keys.sortWithinPartitions("key", "rank"), meeting.windows, shapes.window())
        alone = ranks.select(f.col("rank").alias("later"), f.array().cast("array<bigint>").alias("earlier"))
        block = f.floor(f.col("later") / meeting.BLOCK)
        everything = windows.union(alone).repartition(self.parts, block)
        return _mapped(everything.sortWithinPartitions("later"), meeting.nearest, shapes.meeting())

    def comparisons(self) -> DataFrame:
        from pyspark.sql import functions as f

        meetings = self.made("meetings")
        reports = self.made("reports").select("rank", "note")
        needed = meetings.select("block", f.explode(f.concat("earlier", f.array("later"))).alias("rank")).distinct()
        nothing = f.lit(None)
        carried = needed.join(reports, "rank").select(
            "block",
            f.lit(comparing.NOTE).alias("kind"),
            "rank",
            "note",
            nothing.cast("array<bigint>").alias("earlier"),
        )
        asked = meetings.select(
            "block",
            f.lit(comparing.MEETING).alias("kind"),
            f.col("later").alias("rank"),
            nothing.cast("binary").alias("note"),
            "earlier",
        )
        blocks = carried.union(asked).repartition(self.parts, "block").sortWithinPartitions("block", "kind", "rank")
        return _mapped(blocks, comparing.compare, shapes.comparison())

    def components(self) -> DataFrame:
        from pyspark.sql import functions as f

        joins = self.made("comparisons").select("joins").where(f.size("joins") > 0)
        numbers = f.transform(
            f.sequence(f.lit(0), f.size("joins") - 2, f.lit(2)),
            lambda i: f.struct(f.get("joins", i).alias("u"), f.get("joins", i + 1).alias("v")),
        )
        edges = joins.select(f.inline(numbers))

        def keep(frame: DataFrame, name: str) -> DataFrame:
            return self.tables.write(frame, FOLDER, _WORK, "steps", name)

        return components(edges, keep)

    def joined(self) -> DataFrame:
        from pyspark.sql import functions as f

        known = self.made("components").where(~_is_story("node"))
        held = known.select(
            _rank("node").alias("rank"), f.struct(_place("node").alias("place"), "component").alias("one")
        )
        places = (
            held.groupBy("rank")
            .agg(f.sort_array(f.collect_list("one")).alias("held"))
            .select("rank", f.col("held.place").alias("places"), f.col("held.component").alias("components"))
        )
        places = self.tables.write(places, FOLDER, _WORK, "places")
        reports = self.made("reports").select("rank", "input", "file", "record", "note", "sums")
        figures = _mapped(reports.join(places, "rank", "left"), joining.shares, shapes.share())
        links = self.made("comparisons").where(f.length("packed") > 0).select("a", "b", "packed")
        for end in ("a", "b"):
            links = links.join(places.toDF(end, f"{end}_places", f"{end}_components"), end)
        order = ("a", "b", "packed", "a_places", "a_components", "b_places", "b_components")
        between = _mapped(links.select(*order), joining.bundles, shapes.share())
        shares = figures.union(between).repartition(self.parts, "component")
        return _mapped(shares.sortWithinPartitions("component", "kind", "rank"), joining.join_series, shapes.series())

    def stories(self) -> DataFrame:
        from pyspark.sql import functions as f

        told = self.made("components").where(_is_story("node")).select(_rank("node").alias("rank"), "component")
        shown = ("published", "page", "outlet", "title", "day", "words")
        reports = self.made("reports").select("rank", *shown).join(told, "rank", "left")
        itself = f.lit(shapes.telling(0)) + f.col("rank") * shapes.PLACES
        reports = reports.select(f.coalesce("component", itself).alias("component"), *shown)
        ordered = reports.repartition(self.parts, "component").sortWithinPartitions("component", "published", "page")
        return _mapped(ordered, telling.tell_stories, shapes.story())

    def series(self) -> DataFrame:
        columns = ("id", "label", "event", "counted", "place", "unit", "first_day", "last_day", "origins", "members")
        return self.made("joined").where("not alone").select(*columns)

    def members(self) -> DataFrame:
        from pyspark.sql import functions as f

        members = self.made("joined").where("not alone").select(f.col("id").alias("series"), f.inline("members"))
        return members

    def relations(self) -> DataFrame:
        from pyspark.sql import functions as f

        return self.made("joined").where("not alone").select(f.col("id").alias("series"), f.inline("relations"))

    def links(self) -> DataFrame:
        from pyspark.sql import functions as f

        found = self.made("comparisons").select("a_page", "b_page", f.explode("links").alias("link"))
        return found.select(
            "a_page",
            f.col("link.a").alias("a_number"),
            "b_page",
            f.col("link.b").alias("b_number"),
            "link.weight",
            "link.features",
        )

    def echoes(self) -> DataFrame:
        from pyspark.sql import functions as f

        found = self.made("comparisons").where("similarity is not null")
        ends = [f.when(f.col("repeats"), f.col(one)).otherwise(f.col(other)) for one, other in _EITHER]
        return found.select(ends[0].alias("page"), ends[1].alias("of"), "similarity")

    def sums(self) -> DataFrame:
        from pyspark.sql import functions as f

        return self.made("reports").select("page", f.inline("sums"))

    def findings(self) -> DataFrame:
        from pyspark.sql import functions as f

        return self.made("reports").select("page", f.inline("findings"))

    def errors(self) -> DataFrame:
        from pyspark.sql import functions as f

        failed = self.made("read").where("error is not null")
        return failed.select("input", "file", "record", "page", f.col("error").alias("reason"))

    def lines(self) -> DataFrame:
        from pyspark.sql import functions as f

        newest = f.coalesce("last_day", f.lit("")).desc()
        place = [f.when(f.col("alone"), f.col(name)) for name in ("input", "file", "record", "number")]
        ordered = self.made("joined").orderBy("alone", newest, *place, "id")
        return ordered.select("id", "last_day", "line")


_EITHER = (("b_page", "a_page"), ("a_page", "b_page"))
_KEPT = frozenset(
    ["reports", "stories", "series", "members", "relations", "links", "echoes", "sums", "findings", "errors", "lines"]
)


def _where(stage: str) -> tuple[str, ...]:
    """Where the table of a stage stands: what is only of use to later ones goes at the end."""
    return (FOLDER, stage) if stage in _KEPT else (FOLDER, _WORK, stage)


def _rank(node: str) -> Column:
    from pyspark.sql import functions as f

    return f.shiftright(node, shapes.PLACES.bit_length() - 1)


def _place(node: str) -> Column:
    from pyspark.sql import functions as f

    return f.col(node).bitwiseAND(shapes.PLACES - 1)


def _is_story(node: str) -> Column:
    return _place(node) == shapes.telling(0)


def _mapped(frame: DataFrame, function: Any, schema: pa.Schema) -> DataFrame:
    from pyspark.sql.pandas.types import from_arrow_schema

    return frame.mapInArrow(function, from_arrow_schema(schema))


@cache
def _places() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("input", pa.int32()), ("file", pa.int64()), ("record", pa.int64())])


@contextmanager
def _settings(spark: SparkSession, wanted: dict[str, str]) -> Iterator[None]:
    """Spark's settings, for a while."""
    before = {name: spark.conf.get(name, None) for name in wanted}
    for name, value in wanted.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, old in before.items():
            if old is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, old)
