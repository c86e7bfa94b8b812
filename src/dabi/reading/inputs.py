"""Reports from files, folders, standard input, JSONL and web archives, one at a time; packed or not.

One report that cannot be read becomes a `Failure` and costs the others nothing. JSONL is read line by line and archives
record by record, so that memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import msgspec

from .archive_counts import ArchiveCounts
from .dates import as_edtf
from .decoding import Unreadable, decode, legacy_font, mojibake
from .opening import NotOpened, files_below, is_address, opened, shown
from .packing import Damaged, Unpacked, first_unpacked, packing_by_name, packing_of, without_packing
from .page_address import is_web_address

Kind = Literal["text", "html"]
InputKind = Literal["auto", "text", "html", "jsonl", "warc"]

STDIN = "-"
_BY_SUFFIX: dict[str, InputKind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
}
LARGEST_UNPACKED = 64 << 20  # bytes of a packed file that is one report, and of a line of a packed one
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.I | re.S,
)
_SNIFFED = 4096


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One page or text as it came in, decoded and not yet read.

    `id` is the JSONL line's own, or the file's name without its ending (below a folder: with the folders between).
    `outlet`, `headline` and `published` (EDTF) are what a JSONL line said beside its text. `fetched` (ISO 8601, UTC) is
    when the page was fetched, where that is known.
    """

    id: str
    source: str
    kind: Kind
    content: str
    published: str | None = None
    outlet: str | None = None
    headline: str | None = None
    fetched: str | None = None
    warnings: tuple[str, ...] = ()
    named: bool = False  # the id is the line's own, not made from the file's name
    page: bool = False  # of the web, fetched by its address


class Place(msgspec.Struct, frozen=True):
    """A file to be read, and the id of a report that is all of it."""

    path: str  # `-` is standard input
    id: str


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A report, line or file that could not be read, and why, in words."""

    source: str
    reason: str
    line: int | None = None  # of a JSONL file, 1-based

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{where}: {self.reason}"


def reports(
    paths: Iterable[str | os.PathLike[str]],
    kind: InputKind = "auto",
    *,
    stdin: BinaryIO | None = None,
    counts: ArchiveCounts | None = None,
) -> Iterator[Report | Failure]:
    """Every report of the files and folders named, in order; `-` is standard input. Never raises for an input.

    Files may be packed (gzip, Zstandard) and may lie behind any address that fsspec opens (s3://, gs://, memory:// …).
    `counts` is told what became of the records of archives.
    """
    for place in places(paths):
        if isinstance(place, Failure):
            yield place
        elif place.path == STDIN:
            yield from _guarded(_stream(stdin or sys.stdin.buffer, "-", place.id, kind, counts), "-")
        else:
            yield from file_reports(place, kind, counts)


def places(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Place | Failure]:
    """The files that `reports` reads, in its order: folders are looked through, nothing is opened.

    Addresses of the web come as they are: they are not read here, but fetched by `dabi.service.incoming`.
    """
    names = [os.fspath(path) for path in paths]
    stems = Counter(stem_of(name) for name in names if not is_web_address(name))
    for name in names:
        if name == STDIN:
            yield Place(STDIN, "stdin")
        elif is_web_address(name):
            yield Place(name, name)
        elif is_address(name):
            yield from _address(name, alone=stems[stem_of(name)] == 1)
        elif os.path.isdir(name):
            yield from _folder(Path(name))
        else:
            yield Place(str(Path(name)), stem_of(name) if stems[stem_of(name)] == 1 else name)


def kind_of(name: str) -> InputKind:
    """What a file's name says it holds, packed or not; auto where it says nothing."""
    return _BY_SUFFIX.get(_suffix(name), "auto")


def stem_of(name: str) -> str:
    """A file's name without its folders and endings: news for crawl/news.jsonl.gz."""
    return Path(without_packing(_inner(name))).stem


def _suffix(name: str) -> str:
    return Path(without_packing(_inner(name))).suffix.lower()


def _inner(name: str) -> str:
    """Of an address through several file systems, the part that names the file: a.html of zip://a.html::x.zip."""
    return name.partition("::")[0] if is_address(name) else name


def _address(name: str, *, alone: bool) -> Iterator[Place | Failure]:
    """The file behind an address, or those of a folder or pattern that hold articles."""
    try:
        below = files_below(name)
    except NotOpened as error:
        yield Failure(source=shown(name), reason=str(error))
        return
    if below is None:
        yield Place(name, stem_of(name) if alone else shown(name))
        return
    taken = [file for file in below if _suffix(file) in _BY_SUFFIX]
    yield from (Place(file, shown(file)) for file in taken)
    if not taken:
        yield Failure(source=shown(name), reason=f"no articles there (files ending in {' '.join(_BY_SUFFIX)})")


def _folder(folder: Path) -> Iterator[Place | Failure]:
    """The articles below a folder, sorted by name; files of other kinds and hidden ones are passed over."""
    empty = True
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        taken = sorted(name for name in files if not name.startswith(".") and _suffix(name) in _BY_SUFFIX)
        stems = Counter(stem_of(name) for name in taken)
        for name in taken:
            empty = False
            path = Path(here, name)
            below = path.relative_to(folder)
            alone = stems[stem_of(name)] == 1
            yield Place(str(path), (below.with_name(stem_of(name)) if alone else below).as_posix())
    if empty:
        endings = " ".join(_BY_SUFFIX)
        reason = f"no articles in this folder (files ending in {endings}, also .gz and .zst)"
        yield Failure(source=str(folder), reason=reason)


def file_reports(
    place: Place, kind: InputKind = "auto", counts: ArchiveCounts | None = None
) -> Iterator[Report | Failure]:
    """Every report of one file. Never raises for an input."""
    name = shown(place.path)
    try:
        with opened(place.path) as file:
            yield from _guarded(_stream(file, name, place.id, kind, counts), name)
    except NotOpened as error:
        yield Failure(source=name, reason=str(error))


def _guarded(found: Iterator[Report | Failure], source: str) -> Iterator[Report | Failure]:
    """What is found up to where the file can be read no further."""
    try:
        yield from found
    except Damaged as error:
        yield Failure(source=source, reason=f"it cannot be unpacked: {error}")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield Failure(source=source, reason=f"it cannot be read: {reason}")


def holds_lines(name: str, first: bytes, kind: InputKind) -> bool:
    """Whether a file is read line by line as JSONL: `first` is its first line, `kind` what it was said to be."""
    by_name = kind_of(name) if kind == "auto" else kind
    if _suffix(name) == ".json" and by_name == "jsonl":
        return _is_object(first)
    return by_name == "jsonl" or (by_name == "auto" and _is_object(first))


def _stream(
    file: BinaryIO, source: str, report_id: str, kind: InputKind, counts: ArchiveCounts | None
) -> Iterator[Report | Failure]:
    file = _peekable(file)
    head = file.peek()
    if kind == "auto":
        kind = kind_of(source)
    if kind == "warc" or (kind == "auto" and first_unpacked(head).startswith(b"WARC/")):
        from .archives import read_archive  # its libraries are for archives alone

        yield from read_archive(cast(BinaryIO, file), source, counts)
        return
    packing = packing_of(head) or (packing_by_name(source) if not head else None)
    longest = -1
    if packing is not None:
        longest = LARGEST_UNPACKED
        file = io.BufferedReader(Unpacked(cast(BinaryIO, file), packing, longest_line=longest))
    first = file.readline()
    if holds_lines(source, first, kind):
        yield from line_reports(chain([first], file), source, report_id)
        return
    data = first + file.read(longest)
    if packing is not None and len(data) >= longest and file.read(1):
        yield Failure(source=source, reason=f"it unpacks to more than {longest >> 20} MB")
    elif kind == "jsonl":
        yield from _json(data, source, report_id)
    else:
        yield _whole(data, source, report_id, kind)


def _peekable(file: BinaryIO) -> io.BufferedReader:
    return file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))


def _whole(data: bytes, source: str, report_id: str, kind: InputKind) -> Report | Failure:
    """A file that is one report."""
    try:
        decoded = decode(data, html=kind != "text")
    except Unreadable as error:
        return Failure(source=source, reason=str(error))
    if kind == "auto":
        kind = "html" if _HTML.match(decoded.text[:_SNIFFED]) else "text"
    return Report(id=report_id, source=source, kind=cast(Kind, kind), content=decoded.text, warnings=decoded.warnings)


def _is_object(line: bytes) -> bool:
    """Whether a first line is a JSON object of its own with a text in it."""
    if not line.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        found = msgspec.json.decode(line.lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return False
    return isinstance(found, dict) and ("text" in found or "html" in found)


def _json(data: bytes, source: str, report_id: str) -> Iterator[Report | Failure]:
    """A JSON file over several lines: one object like a line of JSONL, or a list of them."""
    try:
        found = msgspec.json.decode(decode(data).text)
    except Unreadable as error:
        yield Failure(source=source, reason=str(error))
        return
    except (msgspec.DecodeError, RecursionError) as error:
        yield Failure(source=source, reason=f"it is not valid JSON: {error}")
        return
    if isinstance(found, list):
        for number, item in enumerate(found, 1):
            yield object_report(item, source, f"{report_id}-{number}", None)
    else:
        yield object_report(found, source, report_id, None)


def line_reports(lines: Iterable[bytes], source: str, stem: str, *, first: int = 1) -> Iterator[Report | Failure]:
    """The reports of lines of JSON, from the line numbered `first` on; without an id one is called `stem-NUMBER`."""
    found_any = False
    for number, line in enumerate(_as_utf8(lines), first):
        line = line.strip(b"\xef\xbb\xbf \t\r\n")
        if not line:
            continue
        found_any = True
        try:
            item = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            yield Failure(source=source, line=number, reason=f"it is not valid JSON: {error}")
            continue
        yield object_report(item, source, f"{stem}-{number}", number)
    if not found_any:
        yield Failure(source=source, reason="it is empty")


def _as_utf8(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines as UTF-8; a file that begins with the mark of UTF-16 is turned piece by piece."""
    source = iter(lines)
    first = next(source, b"")
    if first[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield first
        yield from source
        return
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    open_line = ""
    for piece in chain([first], source):
        *complete, open_line = (open_line + decoder.decode(piece)).split("\n")
        for line in complete:
            yield line.encode("utf-8")
    yield open_line.encode("utf-8")


def object_report(item: Any, source: str, default_id: str, line: int | None) -> Report | Failure:
    """A JSON object as a report: `text` or `html`, and if given `id`, `published`, `outlet`, `headline`, `source`."""
    if not isinstance(item, dict):
        return Failure(source=source, line=line, reason="it is not a JSON object")
    kind: Kind = "text" if isinstance(item.get("text"), str) else "html"
    content = item.get(kind)
    if not isinstance(content, str):
        return Failure(source=source, line=line, reason='the object has no "text" (or "html") that is a string')
    if not content.strip():
        return Failure(source=source, line=line, reason=f'"{kind}" is empty')
    if refusal := legacy_font(content):
        return Failure(source=source, line=line, reason=refusal)
    warnings = [warning] if (warning := mojibake(content)) and kind == "html" else []
    published, given = None, item.get("published")
    if isinstance(given, str) and given.strip():
        published = as_edtf(given)
        if published is None:
            warnings.append(f'"published" is no date and is not taken: {given[:40]}')
    report_id = item.get("id")
    named = isinstance(report_id, str | int) and str(report_id) != ""
    return Report(
        id=str(report_id) if named else default_id,
        named=named,
        source=_string(item.get("source")) or _string(item.get("url")) or source,
        kind=kind,
        content=content,
        published=published,
        outlet=_string(item.get("outlet")),
        headline=_string(item.get("headline")),
        warnings=tuple(warnings),
    )


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
