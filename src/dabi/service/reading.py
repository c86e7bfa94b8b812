"""Reading: articles in, analyses out. Nothing is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import msgspec

from ..extraction import Traces, analyse_traced
from ..extraction import analyse as analyse_article
from ..model import Analysis
from ..reading import Reading, read_plain
from ..reading.archive_counts import ArchiveCounts
from ..reading.dates import as_edtf
from ..reading.inputs import Failure, InputKind, Report
from .incoming import Web, incoming

__all__ = ["Failure", "ReadError", "analyse", "edtf", "explain_reports", "read", "read_report", "read_reports"]


class ReadError(ValueError):
    """A report that could not be read; the message says which and why."""


def analyse(text: str, *, published: str | date | None = None, id: str | None = None) -> Analysis:
    """Read a plain text, as copied off a page or clean.

    `published` is the day or moment of publication, in ISO 8601 or as a `date`; it wins over a date found in the
    text. Without an `id` the text's own hash is taken. Never raises for any text; ValueError for a date that is none.
    """
    name = id if id is not None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return read_report(Report(id=name, source="", kind="text", content=text), edtf(published))


def read(path_or_text: str | os.PathLike[str], *, published: str | date | None = None) -> Analysis:
    """Read one article: a file (plain text, HTML, or JSON with one article), a page by its address, or a text itself.

    A string is taken as a text when it holds a line break or a space and no file has that name; what begins with
    http:// or https:// is fetched. Raises `ReadError` when there is no such file or page or it cannot be read,
    ValueError for a date that is none.
    """
    if isinstance(path_or_text, str) and _is_text(path_or_text):
        return analyse(path_or_text, published=published)
    found = list(_first(incoming([path_or_text]), 2))
    if len(found) != 1:
        raise ReadError(f"{os.fspath(path_or_text)}: it holds several articles; read_reports() reads them all")
    (report,) = found
    if isinstance(report, Failure):
        raise ReadError(str(report))
    return read_report(report, edtf(published))


def read_reports(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: InputKind = "auto",
    published: str | date | None = None,
    web: Web | None = None,
    workers: int = 1,
    timeout: float | None = None,
    shard: tuple[int, int] | None = None,
    counts: ArchiveCounts | None = None,
) -> Iterator[Analysis | Failure]:
    """Read all reports of files, folders, addresses of the web and - (standard input), in order.

    `web` says how addresses are fetched. What cannot be read comes as a `Failure` in its place and costs the others
    nothing. `workers`, `timeout` and `shard` as for `dabi.service.workers.analysed`; `counts` is told what became of
    the records of web archives.
    """
    given = edtf(published)
    found = incoming(paths, kind, web=web, counts=counts)
    if workers == 1 and shard is None:
        for report in found:
            yield report if isinstance(report, Failure) else read_report(report, given)
        return
    from .workers import TIMEOUT, Read, analysed  # few runs need processes

    for one in analysed(found, workers, published=given, timeout=timeout or TIMEOUT, shard=shard):
        yield one.analysis() if isinstance(one, Read) else one


def explain_reports(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: InputKind = "auto",
    published: str | date | None = None,
    web: Web | None = None,
) -> Iterator[tuple[Analysis, Traces] | Failure]:
    """The same, with the trace of every mention."""
    given = edtf(published)
    for report in incoming(paths, kind, web=web):
        if isinstance(report, Failure):
            yield report
        else:
            reading = _reading(report, given)
            analysis, traces = analyse_traced(
                reading.text, reading.article, id=report.id, warnings=(*report.warnings, *reading.warnings)
            )
            yield msgspec.structs.replace(analysis, text=reading.text), traces


def edtf(moment: str | date | None) -> str | None:
    """A day or moment as EDTF, in the clock time it was given in. Raises ValueError for what is none."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    if isinstance(moment, date):
        return moment.isoformat()
    found = as_edtf(moment)
    if found is None:
        raise ValueError(f"{moment!r} is not a date like 2024-11-30 or 2024-11-30T09:30")
    return found


def read_report(report: Report, published: str | None = None) -> Analysis:
    """One report that was taken in already; `published` (EDTF) wins over what it says itself."""
    reading = _reading(report, published)
    warnings = (*report.warnings, *reading.warnings)
    analysis = analyse_article(reading.text, reading.article, id=report.id, warnings=warnings)
    return msgspec.structs.replace(analysis, text=reading.text)


def _reading(report: Report, published: str | None) -> Reading:
    """The article of a report. What the caller and then the report say of its date and outlet wins over the page."""
    source, given = report.source or None, published or report.published
    if report.kind == "html":
        from ..reading.html import read_html  # its libraries take long to load, and few runs need them

        reading = read_html(report.content, source=source, published=given, outlet=report.outlet)
    else:
        reading = read_plain(report.content, source=source, published=given, outlet=report.outlet)
    if report.outlet is None:
        return reading
    return msgspec.structs.replace(reading, article=msgspec.structs.replace(reading.article, outlet=report.outlet))


def _is_text(given: str) -> bool:
    if "\n" in given or len(given) > 1000 or "\0" in given:
        return True
    return " " in given and not os.path.exists(given)


def _first(found: Iterator[Report | Failure], count: int) -> Iterator[Report | Failure]:
    for _, report in zip(range(count), found, strict=False):
        yield report
