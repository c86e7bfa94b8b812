"""Connected components of a graph too large for one process: alternating large stars and small stars.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected Components in MapReduce and Beyond" (2014). Each
step is one shuffle of edges; their number falls quickly, and some ten steps end it for graphs of any shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MOST_STEPS = 60  # far more than a graph of 10¹² edges takes; a bound against a loop without end

Keep = Callable[["DataFrame", str], "DataFrame"]


def components(edges: DataFrame, keep: Keep) -> DataFrame:
    """(u, v) of whole numbers → (node, component), the component being its smallest node.

    Nodes without edges are not told of. `keep(frame, name)` writes a frame down and reads it again, so that a step is
    not made anew by the next one. Raises RuntimeError if it does not end.
    """
    from pyspark.sql import functions as f

    current = edges.where("u <> v").select(f.greatest("u", "v").alias("u"), f.least("u", "v").alias("v")).distinct()
    current = keep(current, "edges-0")
    before = _print_of(current)
    for step in range(1, _MOST_STEPS):
        current = keep(_small_star(_large_star(current)), f"edges-{step}")
        now = _print_of(current)
        if now == before:
            roots = current.select(f.col("v").alias("node"), f.col("v").alias("component")).distinct()
            return current.select(f.col("u").alias("node"), f.col("v").alias("component")).union(roots)
        before = now
    raise RuntimeError(f"the components of the links did not settle in {_MOST_STEPS} steps")


def _large_star(edges: DataFrame) -> DataFrame:
    """Each node hangs its larger neighbours onto its smallest one. Edges are (larger, smaller), before and after."""
    from pyspark.sql import functions as f

    both = edges.union(edges.select(f.col("v").alias("u"), f.col("u").alias("v")))
    return _hung(both).where("v > u").select(f.col("v").alias("u"), f.col("least").alias("v")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Each node hangs itself and its smaller neighbours onto the smallest of them."""
    from pyspark.sql import functions as f

    hung = _hung(edges)
    others = hung.where("v <> least").select(f.col("v").alias("u"), f.col("least").alias("v"))
    return hung.select("u", f.col("least").alias("v")).union(others).distinct()


def _hung(edges: DataFrame) -> DataFrame:
    """Edges with the smallest of u and its neighbours beside them, as `least`."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    least = f.least(f.col("u"), f.min("v").over(Window.partitionBy("u")))
    return edges.withColumn("least", least)


def _print_of(edges: DataFrame) -> tuple[int, int]:
    """The number of edges and a sum of their hashes: the same for the same set."""
    from pyspark.sql import functions as f

    hashed = f.xxhash64("u", "v").cast("decimal(38,0)")
    row = edges.select(f.count("*").alias("edges"), f.sum(hashed).alias("hashes")).first()
    assert row is not None
    return int(row["edges"]), int(row["hashes"] or 0)
