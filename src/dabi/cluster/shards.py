"""What there is to read, cut into shards: pieces of files that one task reads, in the order of the inputs.

A JSONL file is cut by bytes at line ends, a Parquet file by its row groups; every other file is one piece, and small
files go together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, Literal

import msgspec

from ..ledger.rows import plain
from ..reading.inputs import STDIN, Failure, InputKind, Place, holds_lines, places
from ..reading.opening import NotOpened, file_system, opened, shown
from ..reading.page_address import is_web_address

PieceKind = Literal["file", "lines", "rows"]

# Bytes of one shard: what is lost at most when a worker dies, and enough that starting one does not count.
SMALLEST_SHARD, LARGEST_SHARD = 1 << 20, 32 << 20
# Shards for each core, so that all cores end at about the same time.
_SHARDS_PER_CORE = 8
# Files of one shard: each costs an opening.
_MOST_FILES = 2000
# Bytes at the beginning of a file of which the hash tells whether it is still the same.
_HEAD = 1 << 16
# Bytes of a first line that are looked at to know whether the file is JSONL.
_LONGEST_LINE = 1 << 26
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")  # gzip, zstd, bzip2, xz
_PARQUET = ".parquet"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the inputs, as it was when the run began."""

    input: int  # number of the argument
    file: int  # number within it
    path: str
    id: str  # what a report is called that is all of the file
    size: int | None = None  # bytes; None when it could not be looked at
    changed: str | None = None  # when, or the version that its store gives it
    head: str | None = None  # SHA-256 of its first bytes
    lines: bool = False  # uncompressed lines of JSON, which may be cut at any line end
    problem: str | None = None  # of a folder without articles


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a source: all of it, or the lines that begin in [start, end), or the row groups [start, end).

    `before`: newlines before `start`, or rows before the first row group.
    """

    input: int
    file: int
    path: str
    id: str
    kind: PieceKind = "file"
    start: int = 0
    end: int = 0
    before: int = 0
    size: int = 0  # bytes, about
    problem: str | None = None


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """What one task reads."""

    number: int
    pieces: tuple[Piece, ...]


class Block(msgspec.Struct, frozen=True):
    """Bytes of a file of which the newlines are to be counted."""

    path: str
    start: int
    end: int


class Unreadable(ValueError):
    """An input that cannot be divided; the message says why."""


def sources(paths: Sequence[str], kind: InputKind = "auto") -> list[Source]:
    """The files of the inputs in order; `kind` is what they were said to hold.

    Raises Unreadable for what cannot be shared out: standard input, pages of the web, addresses with a password.
    """
    if STDIN in paths:
        raise Unreadable("standard input cannot be divided among workers: give files or folders")
    for path in paths:
        if is_web_address(path):
            raise Unreadable(f"{path}: pages of the web are not fetched here: dabi add, or download it first")
        if shown(path) != path:
            raise Unreadable(f"{shown(path)}: leave the password out, all workers must find it in their settings")
    found = []
    # Together, because what a report is called depends on the names of all inputs.
    known = iter(list(places(paths)))
    for number, argument in enumerate(paths):
        here = list(islice(known, sum(1 for _ in places([argument]))))
        for file, place in enumerate(_with_tables(argument, here)):
            name = place.source if isinstance(place, Failure) else place.path
            if plain(name) != name:
                found.append(Source(input=number, file=file, path=plain(name), id="", problem="its name is no text"))
            elif isinstance(place, Failure):
                found.append(Source(input=number, file=file, path=place.source, id="", problem=place.reason))
            else:
                found.append(_looked_at(Source(input=number, file=file, path=place.path, id=place.id), kind))
    return found


def _with_tables(argument: str, known: list[Place | Failure]) -> list[Place | Failure]:
    """What reading knows of an argument, and the tables below a folder, of which it takes nothing else."""
    tables = sorted(_tables(argument))
    if not tables:
        return known
    articles = [place for place in known if isinstance(place, Place)]
    return [*articles, *(Place(table, os.path.splitext(os.path.basename(table))[0]) for table in tables)]


def _tables(path: str) -> Iterator[str]:
    if "://" in path or not os.path.isdir(path):
        return
    for here, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        yield from (os.path.join(here, f) for f in files if f.endswith(_PARQUET) and not f.startswith((".", "_")))


def _looked_at(source: Source, kind: InputKind) -> Source:
    changed: str | None
    try:
        if "://" not in source.path:
            status = os.stat(source.path)
            size, changed = status.st_size, str(status.st_mtime_ns)
        else:
            system, inside = file_system(source.path)
            info = system.info(inside)
            size = info.get("size")
            versions = ("ETag", "etag", "LastModified", "last_modified", "mtime", "updated", "created")
            changed = next((str(info[key]) for key in versions if info.get(key) is not None), None)
        with opened(source.path) as file:
            head = file.read(_HEAD)
            first, newline, _ = head.partition(b"\n")
            if not newline and len(head) == _HEAD:
                first += file.readline(_LONGEST_LINE)
    except (OSError, NotOpened):
        return source  # reading it will say what is wrong
    lines = not head.startswith((*_UTF16, *_PACKED)) and holds_lines(source.path, first, kind)
    known: dict[str, Any] = {"size": size, "changed": changed, "head": sha256(head).hexdigest(), "lines": lines}
    return msgspec.structs.replace(source, **known)


def shard_size(total: int, cores: int) -> int:
    """Bytes of a shard for so many bytes on so many cores."""
    return min(max(total // (_SHARDS_PER_CORE * cores), SMALLEST_SHARD), LARGEST_SHARD)


def blocks(found: Iterable[Source], size: int) -> list[Block]:
    """The blocks whose newlines must be known to cut the large JSONL files."""
    return [
        Block(source.path, start, min(start + size, source.size))
        for source in found
        if source.size is not None and source.lines and source.size > size
        for start in range(0, source.size, size)
    ]


def newlines(block: Block) -> int:
    """How many there are in a block."""
    count, left = 0, block.end - block.start
    with opened(block.path) as file:
        file.seek(block.start)
        while left > 0 and (data := file.read(min(left, 1 << 20))):
            count += data.count(b"\n")
            left -= len(data)
    return count


def cut(found: Iterable[Source], counted: dict[Block, int], size: int) -> Iterator[Shard]:
    """The sources as shards of about `size` bytes; `counted` are the newlines of `blocks`."""
    lines: dict[str, list[Block]] = {}
    for block in counted:
        lines.setdefault(block.path, []).append(block)
    held: list[Piece] = []
    number = weight = 0
    for piece in (piece for source in found for piece in _pieces(source, lines, counted, size)):
        if held and (weight + piece.size > size or len(held) >= _MOST_FILES):
            yield Shard(number=number, pieces=tuple(held))
            number, weight, held = number + 1, 0, []
        held.append(piece)
        weight += piece.size
    if held:
        yield Shard(number=number, pieces=tuple(held))


def _pieces(source: Source, lines: dict[str, list[Block]], counted: dict[Block, int], size: int) -> Iterator[Piece]:
    whole = Piece(
        input=source.input,
        file=source.file,
        path=source.path,
        id=source.id,
        size=source.size or 0,
        problem=source.problem,
    )
    if source.path in lines and source.size is not None:
        before = 0
        for block in sorted(lines[source.path], key=lambda block: block.start):
            span = {"start": block.start, "end": block.end, "size": block.end - block.start}
            yield msgspec.structs.replace(whole, kind="lines", before=before, **span)
            before += counted[block]
    elif source.lines:
        yield msgspec.structs.replace(whole, kind="lines", end=whole.size)
    elif source.size is not None and source.path.endswith(_PARQUET):
        yield from _row_groups(whole, size)
    else:
        yield whole


def _row_groups(whole: Piece, size: int) -> Iterator[Piece]:
    """A table in pieces of about `size` bytes; one that is none stays whole, and reading it says what is wrong."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with opened(whole.path) as file:
            metadata = parquet.ParquetFile(file).metadata
    except (OSError, pa.ArrowException, NotOpened):
        yield msgspec.structs.replace(whole, kind="rows")
        return
    start = before = rows = weight = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        rows += group.num_rows
        weight += group.total_byte_size
        if weight >= size or number + 1 == metadata.num_row_groups:
            span = {"start": start, "end": number + 1, "before": before, "size": weight}
            yield msgspec.structs.replace(whole, kind="rows", **span)
            start, before, weight = number + 1, before + rows, 0
            rows = 0
