"""What dabi can be asked to do with a ledger: add, read again, import. The command line and the web share it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from ..ledger import Added, Ledger, LedgerMissing, LedgerRefused, ReportRecord, Submission
from ..ledger.coded import coded_claims
from ..model import Analysis
from ..reading.archive_counts import ArchiveCounts
from ..reading.inputs import STDIN, Failure, InputKind, Kind, Report, stem_of
from ..reading.opening import is_address
from ..reading.packing import without_packing
from ..reading.page_address import is_web_address
from .incoming import Web, incoming
from .reading import edtf, read_report
from .versions import same_version
from .worth_keeping import NotKept, check_article, check_page

# What decides how an article is read. When anything in it changes, articles are read anew and both readings kept.
_READERS = ("model.py", "bengali", "reading", "extraction")

_NUMBERED = re.compile(r"(.+)-(\d+)", re.S)


@cache
def reader_version() -> str:
    """The version of dabi with a hash of its rules and lexicon, which people edit: 0.1.0+3f2a90c1."""
    digest = sha256()
    package = files("dabi")
    for name in _READERS:
        for path, data in _contents(package / name):
            digest.update(f"{path}\0{len(data)}\0".encode())
            digest.update(data)
    return f"{version('dabi')}+{digest.hexdigest()[:8]}"


def _contents(place: Traversable) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield place.name, place.read_bytes()
        return
    for inside in sorted(place.iterdir(), key=lambda p: p.name):
        if (inside.is_dir() and inside.name != "__pycache__") or inside.name.endswith((".py", ".tsv", ".toml")):
            yield from _contents(inside)


def add_reports(
    ledger: Ledger,
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: InputKind = "auto",
    published: str | None = None,
    web: Web | None = None,
    workers: int = 1,
    timeout: float | None = None,
    counts: ArchiveCounts | None = None,
) -> Iterator[Added | Failure]:
    """Read and add all reports of files, folders, addresses of the web and - (standard input), in order, each in its
    own transaction. `web` says how addresses are fetched.

    What was yielded is kept. What can't be read or kept comes as a `Failure` and costs the others nothing; errors of
    the ledger itself (LedgerFull, LedgerLocked …) end the run. A page of the web that is not Bengali, or holds no
    article, is such a failure (see `service.worth_keeping`). `published` as for `service.read`. With several
    `workers` (see `dabi.service.workers.analysed`, for `timeout` too) reports are read in processes and added by this
    one, in the same order: the ledger is the same. `counts` is told what became of the records of web archives.
    """
    given = edtf(published)
    found = incoming(paths, kind, web=web, counts=counts)
    if workers != 1:
        yield from _added_by_workers(ledger, found, given, workers, timeout)
        return
    for report in found:
        yield report if isinstance(report, Failure) else _add_named(ledger, report, given)


def _add_named(ledger: Ledger, report: Report, published: str | None) -> Added | Failure:
    try:
        return _add(ledger, report, published, checked=report.page)
    except NotKept as why:
        return Failure(source=report.source, reason=f"{why}; nothing of it was kept")


def _added_by_workers(
    ledger: Ledger, found: Iterator[Report | Failure], published: str | None, workers: int, timeout: float | None
) -> Iterator[Added | Failure]:
    from .workers import TIMEOUT, Read, analysed

    extractor = reader_version()

    def unread() -> Iterator[Report | Failure | _There]:
        for one in found:
            known = isinstance(one, Report) and _is_known(ledger, submission_for(one, published), extractor)
            yield _There(one) if isinstance(one, Report) and known else one

    for one in analysed(unread(), workers, published=published, timeout=timeout or TIMEOUT):
        if isinstance(one, Read) and one.report.page:  # few are named, and each is looked at by itself
            yield _add_named(ledger, one.report, published)
        elif isinstance(one, Read):
            yield add_analysed(ledger, submission_for(one.report, published), one.analysis, extractor)
        elif isinstance(one, _There):  # it may be news again, behind what was added since
            yield add_report(ledger, one.report, published)
        elif isinstance(one, Failure):
            yield one


class _There(NamedTuple):
    """A report that the ledger holds as it is."""

    report: Report


def _is_known(ledger: Ledger, submission: Submission, extractor: str) -> bool:
    try:
        return ledger.known(submission, extractor) is not None
    except LedgerRefused:
        return False


def add_report(ledger: Ledger, report: Report, published: str | None = None) -> Added | Failure:
    """Read and add one report. `published` (EDTF) wins over what the report says itself.

    A report that says when it was fetched is a version only if its article reads otherwise than the one before it:
    see `service.versions`.
    """
    return _add(ledger, report, published)


def add_fetched(ledger: Ledger, report: Report, *, listed: str | None = None) -> Added | Failure:
    """Read and add a page that was fetched. `listed` (EDTF) is the date under which a feed lists it: it is taken only
    where neither the report nor the page says one, and stays when the feed says another later.

    Raises NotKept for a page that is not Bengali or holds no article.
    """
    if listed is not None:
        with suppress(LedgerMissing):
            listed = ledger.report(identity_of(report)).given.get("published", listed)
    return _add(ledger, report, None, listed, checked=True)


def _add(
    ledger: Ledger, report: Report, published: str | None, listed: str | None = None, *, checked: bool = False
) -> Added | Failure:
    extractor = reader_version()
    if checked:
        check_page(report)
    try:
        for date in dict.fromkeys((published, published or listed)):
            if (known := ledger.known(submission_for(report, date), extractor)) is not None:
                return known
        _catch_up(ledger, identity_of(report), extractor)
        analysis = read_report(report, published)
        if checked:
            check_article(analysis)
        if listed is not None and published is None and analysis.article.published is None:
            published = listed
            analysis = read_report(report, published)
        submission = submission_for(report, published)
        if (same := same_version(ledger, submission, analysis, extractor)) is not None:
            return same
        return ledger.add(submission, analysis, extractor=extractor, text=analysis.text)
    except LedgerRefused as error:
        return Failure(source=report.source, reason=str(error))


def add_analysed(
    ledger: Ledger, submission: Submission, analysis: Callable[[], Analysis], extractor: str
) -> Added | Failure:
    """Add a report that was read elsewhere by `extractor`, with its analysis; that is only asked for where it is new.

    What is kept is what `add_report` would keep.
    """
    try:
        if (known := ledger.known(submission, extractor)) is not None:
            return known
        if extractor == reader_version():  # nobody else can read what stands there in the same way
            _catch_up(ledger, submission.article, extractor)
        read = analysis()
        if (same := same_version(ledger, submission, read, extractor)) is not None:
            return same
        return ledger.add(submission, read, extractor=extractor, text=read.text)
    except LedgerRefused as error:
        return Failure(source=submission.source or submission.article, reason=str(error))


def read_again(ledger: Ledger) -> Iterator[Added | Failure]:
    """Read anew what stands in the ledger as an older dabi, or one with other words and rules, read it."""
    outdated = [r.key for r in ledger.reports(coded=False) if r.extractor != reader_version()]
    for record in ledger.reports(keys=outdated):
        yield _read_record_again(ledger, record, reader_version())


def import_table(ledger: Ledger, path: str | os.PathLike[str], *, prefix: str = "") -> Iterator[Added | Failure]:
    """Add claims that people coded elsewhere; see `dabi.ledger.coded` for the columns.

    Raises LedgerRefused when the file is no such table.
    """
    for row in coded_claims(Path(path), prefix=prefix):
        if row.claim is None:
            yield Failure(source=os.fspath(path), line=row.line, reason=row.problem or "not understood")
            continue
        try:
            yield ledger.add_coded(row.claim)
        except LedgerRefused as error:
            yield Failure(source=os.fspath(path), line=row.line, reason=str(error))


def submission_for(report: Report, published: str | None) -> Submission:
    """What the ledger keeps of a report as it came in. `published` (EDTF) wins over what the report says itself."""
    given = {"published": published or report.published, "outlet": report.outlet}
    return Submission(
        article=identity_of(report),
        text=report.content,
        media=report.kind,
        source=report.source or None,
        fetched=report.fetched,
        given={name: value for name, value in given.items() if value is not None},
    )


def identity_of(report: Report) -> str:
    """The page's identity: the id it brings, else its URL or path, else its own text."""
    if report.named:
        return report.id
    if is_web_address(report.source):
        return report.source
    if is_address(report.source):
        return f"{report.source}{_place_in_file(report)}"
    if report.source in ("", STDIN) or not os.path.exists(report.source):
        return "text:" + sha256(report.content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{os.path.abspath(report.source)}{_place_in_file(report)}"


def _place_in_file(report: Report) -> str:
    """Of several articles in one file, the place in it tells them apart: FILE#7."""
    beyond = _NUMBERED.fullmatch(report.id)
    name = Path(report.source).name
    several = beyond is not None and Path(beyond[1]).name in (stem_of(report.source), name, without_packing(name))
    return f"#{beyond[2]}" if beyond is not None and several else ""


def _catch_up(ledger: Ledger, article: str, extractor: str) -> None:
    """Read the version that a new one will be compared with as the new one will be read.

    Otherwise what a newer dabi reads differently would pass for a change of the page.
    """
    try:
        before = ledger.report(article)
    except LedgerMissing:
        return
    if before.extractor != extractor:
        _read_record_again(ledger, before, extractor)


def _read_record_again(ledger: Ledger, record: ReportRecord, extractor: str) -> Added:
    text = ledger.text(record.article, version=record.version)
    kind: Kind = "html" if record.media == "html" else "text"
    report = Report(
        id=record.article,
        source=record.source or "",
        kind=kind,
        content=text,
        published=record.given.get("published"),
        outlet=record.given.get("outlet"),
        named=True,
    )
    analysis = read_report(report)
    submission = Submission(article=record.article, text=text, media=kind, source=record.source, given=record.given)
    return ledger.add(submission, analysis, extractor=extractor, text=analysis.text)
