"""The commands that work on many cores or machines: `dabi cluster …`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .commands import InputKind, Published, _opened, _published, _Run, app
from .ledger import Database, Form, _added, _ledger

if TYPE_CHECKING:
    from ..cluster.analyse import Progress, Summary
    from ..cluster.reconciling.run import Summary as Reconciled

cluster = typer.Typer(
    name="cluster",
    help="Read and reconcile more than one process can, with Apache Spark: on this machine or on a cluster.",
    short_help="Do the same on many cores or machines, with Spark.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(cluster)

# Seconds between two lines of progress where there is no terminal.
_EVERY = 30
# Errors that are told one by one.
_TOLD = 10

Master = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        envvar="DABI_MASTER",
        help="A Spark master: spark://host:7077, yarn, k8s://… . Without one, the cores of this machine.",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Cores of this machine to use; all without it.", show_default=False)
]
Setting = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A setting of Spark: spark.executor.memory=4g.", show_default=False
    ),
]
Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="A folder that dabi cluster analyse wrote.", show_default=False)
]
SummaryFormat = Literal["table", "jsonl"]


@cluster.command(
    epilog="""\b
Examples:
  dabi cluster analyse articles.jsonl --output analysed/
  dabi cluster analyse news/*.parquet crawl/*.warc.gz --output analysed/ --workers 8
  dabi cluster analyse hdfs://h/news.jsonl --output hdfs://h/analysed --master yarn
"""
)
def analyse(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="JSON lines, Parquet, archives, texts, pages, or folders of them; paths or URLs.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="DIR", help="Where the tables go; all workers must reach it."),
    ],
    published: Published = None,
    input: Annotated[InputKind, typer.Option("--input", help="What the inputs are, if it cannot be told.")] = "auto",
    master: Master = None,
    workers: Workers = None,
    setting: Setting = None,
    again: Annotated[bool, typer.Option("--again", help="Forget what DIR holds and read everything anew.")] = False,
    seconds: Annotated[int, typer.Option(min=0, help="What one article may take; 0 is no limit.")] = 300,
    memory: Annotated[int, typer.Option(min=0, help="MB that one reading process may use; 0 is no limit.")] = 2048,
    shard: Annotated[
        int | None,
        typer.Option(
            "--shard-bytes",
            min=1,
            metavar="BYTES",
            help="Of one shard, which is what a lost worker has to read again; else by the inputs and cores.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        SummaryFormat | None,
        typer.Option("--format", help="Of the summary: table on a terminal, else jsonl.", show_default=False),
    ] = None,
) -> None:
    """Read all articles into Parquet tables, by day. Started again, it goes on where it stopped."""
    from ..cluster.analyse import analyse as run
    from ..cluster.session import interruptible, opened

    given = _published(published)
    settings = _settings(setting)
    with _failing_clearly(), _watching() as progress:
        summary = interruptible(
            lambda: run(
                inputs,
                output,
                lambda: opened(master, workers, settings=settings, light=True),
                kind=input,
                published=given,
                again=again,
                seconds=seconds,
                memory=memory << 20,
                shard_bytes=shard,
                progress=progress,
            )
        )
    _summarise(summary, form)
    if summary.errors:
        _tell_errors(summary)
        raise typer.Exit(1)


@cluster.command(
    epilog="""\b
Examples:
  dabi cluster load analysed/ --db news.db
  dabi cluster load analysed/ --db postgresql://me@localhost/news
"""
)
def load(folder: Folder, db: Database = None, form: Form = None) -> None:
    """Add the articles that cluster analyse read to a ledger, without reading them again."""
    from ..cluster.load import analysed_folder
    from ..cluster.load import load as loaded
    from ..cluster.load_results import load_results

    run = _Run(None)
    with _failing_clearly():
        analysed_folder(folder)  # before a ledger is made
        with _ledger(db, create=True) as ledger, _opened(None, []) as out:
            _added(run.succeeded(loaded(ledger, folder), [folder], quiet=form == "table"), form, out)
            if load_results(ledger, folder):
                typer.echo(f"dabi: stories and series as they stand in {folder}/reconciled", err=True)
    run.finish()


@cluster.command(
    epilog="""\b
Examples:
  dabi cluster reconcile analysed/
  dabi cluster reconcile analysed/ --format jsonl > series.jsonl
  dabi cluster reconcile hdfs://h/analysed --master yarn
"""
)
def reconcile(
    folder: Folder,
    master: Master = None,
    workers: Workers = None,
    setting: Setting = None,
    form: Annotated[
        Literal["table", "json", "jsonl"] | None,
        typer.Option(
            "--format",
            help="table or json: what was found, in numbers. jsonl: every series, as dabi series writes them.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Find the stories and series of articles that cluster analyse read. Started again, it goes on where it stopped."""
    import msgspec

    from ..cluster.load import analysed_folder
    from ..cluster.reconciling.lines import series_lines
    from ..cluster.reconciling.run import finished
    from ..cluster.reconciling.run import reconcile as run
    from ..cluster.session import interruptible, opened

    settings = _settings(setting)
    with _failing_clearly():
        analysed_folder(folder)  # before Spark is started
        summary = finished(folder)
        if summary is None:

            def work() -> Reconciled:
                with opened(master, workers, settings=settings) as spark:
                    return run(spark, folder, _tell_stage)

            summary = interruptible(work)
        chosen = form or ("table" if sys.stdout.isatty() else "json")
        with _opened(None, []) as out:
            if chosen == "jsonl":
                for line in series_lines(folder):
                    out.write(line.encode() + b"\n")
            elif chosen == "json":
                out.write(msgspec.json.encode(summary) + b"\n")
            else:
                told = (
                    f"{summary.reports:,} reports in {summary.stories:,} stories",
                    f"{summary.series:,} series with {summary.relations:,} relations; {summary.sums:,} sums",
                    f"{summary.compared:,} pairs of reports compared, {summary.echoes:,} of them near-copies",
                )
                out.write("".join(f"{line}\n" for line in told).encode())
            out.flush()
    if summary.failed:
        typer.echo(f"dabi: {summary.failed:,} could not be read, all in {folder}/reconciled/errors", err=True)
        raise typer.Exit(1)


def _tell_stage(name: str, number: int, of: int, seconds: float) -> None:
    """A line on standard error for each finished stage of reconciling."""
    took = f"{seconds:,.1f} s" if seconds else "there from an earlier run"
    typer.echo(f"dabi: {number} of {of}, {name}: {took}", err=True)


def _settings(given: list[str] | None) -> dict[str, str]:
    settings = {}
    for one in given or []:
        name, equals, value = one.partition("=")
        if not equals or not name.startswith("spark."):
            raise typer.BadParameter(f"{one!r} is not like spark.executor.memory=4g.", param_hint="--set")
        settings[name] = value
    return settings


@contextmanager
def _failing_clearly() -> Iterator[None]:
    """Errors of the engine end the command with a line on standard error."""
    from ..cluster.analyse import Refused
    from ..cluster.session import ClusterError

    try:
        yield
    except ClusterError as error:
        typer.echo(f"dabi: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, Refused) else 1) from None
    except KeyboardInterrupt:
        typer.echo("dabi: stopped; started again, it goes on here", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _watching() -> Iterator[Callable[[Progress], None]]:
    """Progress on standard error: a line that changes on a terminal, else one every half minute."""
    begun = time.monotonic()
    if not sys.stderr.isatty():
        last = begun

        def tell(progress: Progress) -> None:
            nonlocal last
            if time.monotonic() - last >= _EVERY:
                last = time.monotonic()
                typer.echo(f"dabi: {_in_words(progress, last - begun)}", err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def show(progress: Progress) -> None:
            words = _in_words(progress, time.monotonic() - begun)
            bar.update(task, description=words, completed=progress.bytes, total=progress.total or None)

        yield show


def _in_words(progress: Progress, seconds: float) -> str:
    if progress.stage == "looking":
        return "looking at the inputs"
    if progress.stage == "sorting":
        return f"{progress.articles:,} articles read; putting them under their days"
    amount = f"{progress.bytes / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB"
    failed = f", {progress.errors:,} could not be read" if progress.errors else ""
    return f"{progress.articles:,} articles{failed}; {amount}, {progress.bytes / 1e6 / max(seconds, 1):.2f} MB/s"


def _summarise(summary: Summary, form: SummaryFormat | None) -> None:
    if (form or ("table" if sys.stdout.isatty() else "jsonl")) == "jsonl":
        import msgspec

        typer.echo(msgspec.json.encode(summary).decode())
        return
    typer.echo(
        f"{summary.articles:,} articles with {summary.claims:,} claims under {summary.days:,} days in {summary.output}"
    )
    if summary.resumed:
        typer.echo(f"{summary.resumed:,} of {summary.shards:,} shards were there from an earlier run")
    speed = summary.bytes / 1e6 / max(summary.seconds, 0.01)
    typer.echo(f"{summary.bytes / 1e6:,.1f} MB in {summary.seconds:,.0f} s, {speed:.2f} MB/s")


def _tell_errors(summary: Summary) -> None:
    """The first errors on standard error, as other commands tell them, and where the rest stands."""
    from ..cluster.load import first_errors

    for error in first_errors(summary.output, _TOLD):
        where = error["source"] if error["line"] is None else f"{error['source']}, line {error['line']}"
        typer.echo(f"dabi: {where}: {error['reason']}", err=True)
    typer.echo(f"dabi: {summary.errors:,} could not be read, all in {summary.output}/errors", err=True)
