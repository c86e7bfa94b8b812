"""A Spark session as dabi needs it: quiet, on loopback when it is local, with this Python.

Spark's own messages go into a file; what the user has to know is said in our words by `ClusterError`.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..service.workers import cores as all_cores

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")

_PACKAGES = ("pyspark", "pyarrow", "pandas")
# How often a task is tried before the run ends: `local[N]` without it would end at the first killed worker.
_TRIES = 4
_OLDEST_JAVA = 17  # of Spark 4
# Memory of the local JVM in MB, and for each of its cores: it sorts rows and writes Parquet.
_MEMORY, _MEMORY_PER_CORE = 768, 384
_PATIENCE = 20  # seconds for what runs to end, after it was cancelled
_JAVA_VERSION = re.compile(r'version "(\d+)')


class ClusterError(Exception):
    """The engine is not installed, did not start, or could not do the work; the message says which and why."""


@contextmanager
def opened(
    master: str | None = None,
    workers: int | None = None,
    *,
    settings: Mapping[str, str] | None = None,
    light: bool = False,
) -> Iterator[SparkSession]:
    """A session on this machine with `workers` cores (all by default), or on the cluster at `master`, a Spark URL.

    `settings` are Spark's own (`spark.executor.memory` …) and win over ours. `light`: nearly all of the work is done in
    Python, so that compiling Java twice would cost a local run more than it gains.
    Raises ClusterError, also for what Spark raises inside.
    """
    need(*_PACKAGES)
    _need_java()
    cores = workers or all_cores()
    chosen = master or f"local[{cores},{_TRIES}]"
    local = chosen.startswith("local")
    handle, name = tempfile.mkstemp(prefix="dabi-spark-", suffix=".log")
    log = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            ours = {"spark.master": chosen, **_settings(local, cores)}
            if light and local:
                ours["spark.driver.extraJavaOptions"] = "-XX:TieredStopAtLevel=1"
            session = _started({**ours, **(settings or {})}, local, file)
        try:
            with translated(log):
                yield session
        finally:
            _stop(session)
    except ClusterError:
        raise
    except BaseException:
        log.unlink(missing_ok=True)
        raise
    log.unlink(missing_ok=True)


@contextmanager
def translated(log: Path | None = None) -> Iterator[None]:
    """Turn what Spark raises into ClusterError: its own reason in one line, and where the whole of it stands."""
    from py4j.protocol import Py4JError, Py4JNetworkError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    where = f"; all that Spark said is in {log}" if log is not None else ""
    try:
        yield
    except (Py4JNetworkError, ConnectionError) as error:
        raise ClusterError(f"Spark's process ended while it was working{where}") from error
    except (Py4JError, PySparkException) as error:
        raise ClusterError(f"Spark could not do the work: {_reason(str(error))}{where}") from error


def interruptible(work: Callable[[], T]) -> T:
    """Do work with a session so that Ctrl-C ends it in good order: its jobs are cancelled, the session is stopped.

    A call of Spark that is interrupted itself leaves a connection that answers no more.
    """
    future: Future[T] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    try:
        return future.result()
    except KeyboardInterrupt:
        ends = time.monotonic() + _PATIENCE
        while thread.is_alive() and time.monotonic() < ends:
            _cancel()  # again and again: it may be between two jobs
            thread.join(0.5)
        raise


def _cancel() -> None:
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if context is not None:
        with suppress(Py4JError, OSError, AttributeError):  # it may be ending already
            context.cancelAllJobs()


def need(*packages: str) -> None:
    """Raises ClusterError where one of our optional packages is not installed."""
    try:
        for package in packages:
            import_module(package)
    except ImportError as error:
        raise ClusterError(f"the package {error.name} is missing: pip install 'dabi[cluster]'") from None


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=os.path.join(home, "bin") if home else None)
    install = f"install Java {_OLDEST_JAVA} or newer (Debian, Ubuntu: apt-get install openjdk-17-jre-headless)"
    if java is None:
        where = f" in JAVA_HOME ({home})" if home else ""
        raise ClusterError(f"Spark runs on Java, and there is none{where}: {install}")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = _JAVA_VERSION.search(said)
    if found is not None and int(found[1]) < _OLDEST_JAVA:
        raise ClusterError(f"{java} is Java {found[1]}: {install}")


def _settings(local: bool, cores: int) -> dict[str, str]:
    common = {
        "spark.app.name": "dabi",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.parquet.compression.codec": "zstd",
        # A day is text everywhere, whether or not all of them are dates.
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.task.maxFailures": str(_TRIES),
    }
    if not local:
        return common
    return {
        **common,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": f"{_MEMORY + _MEMORY_PER_CORE * cores}m",
        "spark.sql.shuffle.partitions": str(4 * cores),
        "spark.sql.warehouse.dir": os.path.join(tempfile.gettempdir(), "dabi-spark-warehouse"),
    }


def _started(settings: Mapping[str, str], local: bool, log: Any) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    # pandas is only asked for, never used; Spark warns of every version that it has not been tried with.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    if local:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    else:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    try:
        # Started by hand, because only so its messages can be sent elsewhere.
        gateway = launch_gateway(conf, popen_kwargs={"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
        # py4j logs every broken connection with its trace, and then raises.
        logging.getLogger().addFilter(_not_of_py4j)
        with translated():
            return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except PySparkException as error:
        raise ClusterError(f"Spark did not start: {_reason(str(error))}") from error


def _not_of_py4j(record: logging.LogRecord) -> bool:
    return "py4j" not in record.pathname


def _stop(session: SparkSession) -> None:
    """End the session and the process that it ran in, so that another one may start with other settings."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    try:
        with suppress(Py4JError, OSError):  # it may be gone already
            session.stop()
    finally:
        SparkContext._gateway = SparkContext._jvm = None
        if gateway is not None:
            gateway.shutdown()
            process = getattr(gateway, "proc", None)
            if process is not None:
                process.stdin.close()
                process.wait(timeout=30)


_TRACE = re.compile(r"\s*(?:at |File |\.\.\. |Traceback)")
_RAISED = re.compile(r"(?:[\w.$]+\.)?(\w*(?:Error|Exception|Failed)\w*): (.+)")


def _reason(said: str) -> str:
    """The line of a stack trace that says what happened: of several, the innermost that Python raised."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not _TRACE.match(line)]
    raised = [found for line in lines if (found := _RAISED.match(line))]
    chosen = raised[-1] if raised else None
    text = f"{chosen[1]}: {chosen[2]}" if chosen else (lines[0] if lines else "it gave no reason")
    return text[:400]
