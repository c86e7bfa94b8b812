"""Web archives (WARC, and WET as Common Crawl makes it from them): the Bengali pages in them, one at a time.

Plain, or packed with gzip or Zstandard, record by record or as a whole. What is broken, too large or no Bengali page
is passed over and counted; of the first broken ones it is told where they stand.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Generator, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from .archive_counts import ArchiveCounts
from .captures import Limits, Skipped, capture, record_of
from .inputs import Failure, Report
from .opening import NotOpened, opened
from .packing import DICTIONARY, Packing, Piece, Unpacking, first_unpacked, packing_by_name, packing_of
from .records import Broken, Records, Sound

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_TOLD = 5  # broken records of one archive that are told one by one
_READ = 1 << 18
_SKIPPED_FAST = 64 << 20  # a larger record is not unpacked to its end


class _Met(NamedTuple):
    """What a record came to, and where in the file it stands."""

    at: int
    what: Report | Skipped | None


def iter_archive(
    path: str | os.PathLike[str], counts: ArchiveCounts | None = None, *, limits: Limits | None = None
) -> Iterator[Report | Failure]:
    """The Bengali pages of one archive, in its order: a file, or an address that fsspec opens (s3://, gs://, …).

    `counts` is added to as the archive is read. A `Failure` comes for an archive that cannot be opened, for the first
    few broken or too large records, and one for all others. Never raises for an input.
    """
    name = os.fspath(path)
    try:
        with opened(name) as file:
            yield from read_archive(file, name, counts, limits=limits)
    except NotOpened as error:
        yield Failure(source=name, reason=str(error))
    except OSError as error:
        yield Failure(source=name, reason=f"it cannot be read: {error.strerror or error}")


def read_archive(
    file: BinaryIO, source: str, counts: ArchiveCounts | None = None, *, limits: Limits | None = None
) -> Iterator[Report | Failure]:
    """The same of a file that is open, from where it stands; `source` is its name. Raises OSError of the file."""
    counts = ArchiveCounts() if counts is None else counts
    counts.archives += 1
    found = told = untold = 0
    for at, what in _records(file, source, Limits() if limits is None else limits):
        found += 1
        if isinstance(what, Report):
            counts.count("kept")
            yield what
        elif what is not None:
            counts.count(what.counted)
            if what.why and told < _TOLD:
                told += 1
                yield Failure(source=source, reason=f"the record at byte {at:,}: {what.why}")
            elif what.why:
                untold += 1
    if untold:
        yield Failure(source=source, reason=f"{untold:,} more records are broken or too large")
    if not found:
        yield Failure(source=source, reason="it is empty: there is no record in it")


def _records(file: BinaryIO, source: str, limits: Limits) -> Iterator[_Met]:
    """Fast as long as all is sound; from the last sound record on with care where something is not."""
    seekable = file.seekable()
    position: int | None = file.tell() if seekable else 0
    head = file.read(8)
    packing = packing_of(head)
    if packing is None and not head.startswith(b"WARC/"):
        packing = packing_by_name(source)  # its beginning may be damaged
    if not seekable or head.startswith(DICTIONARY):  # which fastwarc looks for at the beginning alone
        yield from _carefully(_pieces(file, packing, head), packing, limits, 0, afterwards=False)
        return
    troubled, known = False, 0
    while position is not None:
        file.seek(position)
        pieces = _pieces(file, packing, b"", position)
        position = yield from _carefully(pieces, packing, limits, position, known=known, troubled=troubled)
        if position is not None:
            file.seek(position)
            position, known = yield from _fast(file, packing, limits, position)
            troubled = True


def _fast(
    file: BinaryIO, packing: Packing | None, limits: Limits, position: int
) -> Generator[_Met, None, tuple[int, int]]:
    """What fastwarc reads, but for the last record before something wrong or the end.

    Returns where to go on, and how many records from there on have been told already.
    """
    from fastwarc.warc import ArchiveIterator

    places = array("q")
    held: _Met | None = None
    try:
        for record in ArchiveIterator(file, parse_http=False, fsspec_args=False):
            if held is not None:
                yield held
            places.append(record.stream_pos)
            held = _Met(record.stream_pos, None)  # what cannot be read is not taken for the record before
            size = record.content_length
            if size > _SKIPPED_FAST or (not size and not _declares_length(record)):
                break
            too_large = _too_large(size, limits) if size > limits.record else None
            held = _Met(record.stream_pos, capture(record, limits, too_large=too_large))
    except (OSError, ValueError):  # it stops at all that is not as it should be
        pass
    told = 0
    # Where several records are packed as one, places within are those of what was read last: not to be gone to.
    for number in range(len(places) - 1, -1, -1):
        if (number == 0 or places[number - 1] < places[number]) and _begins(file, places[number], packing):
            return places[number], told
        told += 1
    return position, max(0, told - 1)


def _declares_length(record: WarcRecord) -> bool:
    return (record.headers.get("Content-Length") or "").strip().isdecimal()


def _begins(file: BinaryIO, position: int, packing: Packing | None) -> bool:
    file.seek(position)
    head = file.read(_READ)
    return packing_of(head) == packing and first_unpacked(head).startswith(b"WARC/")


def _carefully(
    pieces: tuple[Iterator[Piece], Unpacking | None],
    packing: Packing | None,
    limits: Limits,
    position: int,
    *,
    known: int = 0,
    troubled: bool = False,
    afterwards: bool = True,
) -> Generator[_Met, None, int | None]:
    """What stands from a position on; the first `known` records have been told already.

    Returns where reading can go on fast `afterwards`: behind the first sound record, or behind the first that follows
    on the trouble known to come; None at the end.
    """
    records = Records(
        pieces[0],
        limit=limits.record,
        unpacking=pieces[1],
        at=position if packing is None else 0,
        framed=packing is not None and troubled and not known,
    )
    for number, record in enumerate(records):
        if number < known:
            continue
        if isinstance(record, Broken):
            troubled = False
            yield _Met(record.at, _broken(record, limits))
            continue
        yield _Met(record.at, _sound(record, limits))
        if afterwards and not troubled and (after := records.resume()) is not None:
            return after
    return None


def _sound(record: Sound, limits: Limits) -> Report | Skipped | None:
    try:
        return capture(record_of(record.header, record.block), limits)
    except (OSError, ValueError):
        return Skipped("broken", "a record whose header cannot be read")


def _broken(record: Broken, limits: Limits) -> Skipped | None:
    if not record.too_large:
        return Skipped("broken", record.why)
    try:
        found = capture(record_of(record.header, record.beginning), limits, too_large=record.why)
    except (OSError, ValueError):
        return Skipped("broken", "a record whose header cannot be read")
    return None if isinstance(found, Report) else found


def _too_large(size: int, limits: Limits) -> str:
    return f"a record of {size >> 20} MB, larger than {limits.record >> 20} MB"


def _pieces(
    file: BinaryIO, packing: Packing | None, head: bytes, position: int = 0
) -> tuple[Iterator[Piece], Unpacking | None]:
    """The rest of a file, of which `head` was read already, unpacked."""
    if packing is not None:
        unpacking = Unpacking(file, packing, position=position, head=head)
        return iter(unpacking), unpacking
    return (Piece(data) for data in chain([head] if head else [], iter(lambda: file.read(_READ), b""))), None
