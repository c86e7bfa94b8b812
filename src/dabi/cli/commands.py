"""The commands of `dabi`: what they are called, what they take, and what they exit with.

Data go to standard output, everything else to standard error. Exit status: 0 when all was read, 1 when something
could not be read (the rest still is), 2 when the command was used wrongly.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, TypeVar

import typer

from ..export.wording import Language
from .output import Format, format_for, refused, write

if TYPE_CHECKING:
    from ..service import Failure, Web

T = TypeVar("T")
InputKind = Literal["auto", "text", "html", "jsonl", "warc"]  # as dabi.reading.inputs has it, without loading that

app = typer.Typer(
    name="dabi",
    help="Read Bengali news: who says it, how many or how much, of what, when; with the sentence that proves it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH", help="Files, folders or web addresses to read; - is standard input.", show_default=False
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="When the article appeared, 2024-11-30 or 2024-11-30T09:30. Wins over the date on the page;"
        " relative times (গতকাল, গত মাসে) are resolved against it.",
        show_default=False,
    ),
]
Input = Annotated[InputKind, typer.Option("--input", help="What the input is, if it cannot be told by itself.")]
UserAgent = Annotated[
    str | None,
    typer.Option(
        "--user-agent",
        metavar="NAME",
        envvar="DABI_USER_AGENT",
        help="Who asks, as web servers see it; dabi and its version else.",
        show_default=False,
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", envvar="DABI_ALLOW_PRIVATE", help="Fetch from networks that are not public, too: intranets."
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        min=0,
        metavar="NUMBER",
        help="Read in so many processes; 0 is one for every processor. What comes out is the same.",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        metavar="SECONDS",
        help="Set a report aside that takes longer, where several processes read; 120 else.",
        show_default=False,
    ),
]
Lang = Annotated[Language, typer.Option(envvar="DABI_LANG", help="The language of tables and pages.")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"dabi {version_of('dabi')}")
        raise typer.Exit


@app.command(
    epilog="""\b
Examples:
  dabi read report.txt
  dabi read report.txt --published 2024-11-30 --lang bn
  dabi read saved-pages/ --format html --output claims.html
  dabi read https://example.org/news/flood
  pbpaste | dabi read -
  dabi read --input jsonl articles.jsonl > analyses.jsonl
  dabi read --workers 0 crawl/*.warc.gz > analyses.jsonl
  dabi read --shard 3/16 s3://bucket/news.jsonl.zst > analyses-3.jsonl
"""
)
def read(
    paths: Paths,
    published: Published = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="table on a terminal, else jsonl, unless the name given to --output says otherwise.",
            show_default=False,
        ),
    ] = None,
    input: Input = "auto",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead.", show_default=False)
    ] = None,
    lang: Lang = "en",
    workers: Workers = 1,
    timeout: Timeout = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="K/N",
            help="Only every N-th report, beginning with the K-th: for N jobs that share the work.",
            show_default=False,
        ),
    ] = None,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read articles and show their claims."""
    with _loading():
        from .. import service

    run, web = _Run(_published(published)), _web(user_agent, allow_private)
    part = _shard(shard)
    if form is None and output is not None and (why := refused(output)):
        raise typer.BadParameter(why, param_hint="--output")
    with _opened(output, paths) as out, _working(workers):
        chosen = form or _format_by_place(output, out)
        quiet = chosen == "table" and out.isatty()
        results = service.read_reports(
            paths,
            kind=input,
            published=run.published,
            web=web,
            workers=workers,
            timeout=timeout,
            shard=part,
            counts=run.counts,
        )
        write(run.succeeded(results, paths, quiet), chosen, out, lang)
    run.finish()


@app.command(
    epilog="""\b
Examples:
  dabi explain report.txt
  dabi explain report.txt --published 2024-11-30
"""
)
def explain(
    paths: Paths,
    published: Published = None,
    input: Input = "auto",
    lang: Lang = "en",
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Show the rule and the words behind every mention."""
    with _loading():
        from .. import service
        from .explain import explanation

    run, web = _Run(_published(published)), _web(user_agent, allow_private)
    with _opened(None, paths) as out:
        results = service.explain_reports(paths, kind=input, published=run.published, web=web)
        for analysis, traces in run.succeeded(results, paths, quiet=True):
            for line in explanation(analysis, traces, lang):
                out.write(line.encode("utf-8", "replace") + b"\n")
            out.flush()
    run.finish()


@contextmanager
def _loading() -> Iterator[None]:
    """Around the imports of what reads: their tables stay, so that the collector need not look through them again."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _published(date: str | None) -> str | None:
    """The date as EDTF."""
    from ..service import edtf

    try:
        return edtf(date)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--published") from None


def _web(user_agent: str | None, allow_private: bool) -> Web:
    """How addresses are to be fetched."""
    from ..service import Web

    if user_agent is not None:
        from ..gathering.identity import user_agent as sendable

        try:
            sendable(user_agent)
        except ValueError as error:
            raise typer.BadParameter(f"{error}.", param_hint="--user-agent") from None
    return Web(agent=user_agent, allow_private=allow_private)


def _shard(given: str | None) -> tuple[int, int] | None:
    """K/N as two numbers."""
    if given is None:
        return None
    number, _, count = given.partition("/")
    if not (number.isascii() and number.isdigit() and count.isascii() and count.isdigit()):
        raise typer.BadParameter(f"{given!r} is not like 3/16.", param_hint="--shard")
    if not 1 <= int(number) <= int(count):
        raise typer.BadParameter(f"{given!r}: the first number is one of 1 to the second.", param_hint="--shard")
    return int(number), int(count)


@contextmanager
def _working(workers: int) -> Iterator[None]:
    """Around reading in processes: that none can be started ends the command with a line on standard error."""
    if workers == 1:
        yield
        return
    from ..service.workers import WorkersFailed

    try:
        yield
    except WorkersFailed as error:
        typer.echo(f"dabi: {error}", err=True)
        raise typer.Exit(1) from None


def _format_by_place(output: str | None, out: BinaryIO) -> Format:
    if output is not None:
        return format_for(output) or "jsonl"
    return "table" if out.isatty() else "jsonl"


@contextmanager
def _opened(output: str | None, paths: list[str]) -> Iterator[BinaryIO]:
    """The place to write to. A reader that goes away (`| head`) ends the run without a complaint."""
    if output is None or output == "-":
        try:
            yield sys.stdout.buffer
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would try to flush what is left when it exits, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        return
    if any(os.path.exists(path) and os.path.exists(output) and os.path.samefile(path, output) for path in paths):
        raise typer.BadParameter(f"{output} is also what is read.", param_hint="--output")
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open(output, "wb"))
        except OSError as error:
            raise typer.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from None
        yield file


class _Run:
    """One run over many reports: what failed is told on standard error and counted."""

    def __init__(self, published: str | None) -> None:
        from ..reading.archive_counts import ArchiveCounts

        self.published = published
        self.counts = ArchiveCounts()
        self.read = 0
        self.failed = 0

    def succeeded(self, results: Iterable[T | Failure], paths: list[str], quiet: bool) -> Iterator[T]:
        """The results that are not failures, with progress on standard error while they come."""
        from ..service import Failure

        with _progress(paths, quiet) as advance:
            for result in results:
                if isinstance(result, Failure):
                    self.failed += 1
                    typer.echo(f"dabi: {result}", err=True)
                else:
                    self.read += 1
                    yield result
                advance(self.read, self.failed)

    def finish(self) -> None:
        if self.counts.archives:
            typer.echo(f"dabi: {self.counts}", err=True)
        if self.failed:
            if self.read:
                typer.echo(f"dabi: {self.read} read, {self.failed} could not be read", err=True)
            raise typer.Exit(1)


@contextmanager
def _progress(paths: list[str], quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that counts along; only on a terminal, and only when there is more than one file."""
    alone = len(paths) == 1 and os.path.isfile(paths[0]) and not paths[0].endswith((".jsonl", ".ndjson"))
    if quiet or alone or not sys.stderr.isatty():
        yield lambda read, failed: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("0 read")

        def advance(read: int, failed: int) -> None:
            progress.update(task, description=f"{read} read" + (f", {failed} failed" if failed else ""))

        yield advance
