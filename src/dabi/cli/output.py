"""Where analyses go: as JSON lines, one JSON array, a table, or a page, each written as the analyses come."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO, Literal, get_args

from ..export.wording import Language
from ..model import Analysis

Format = Literal["table", "json", "jsonl", "html"]

FORMATS: tuple[Format, ...] = get_args(Format)
_OF_OTHERS = frozenset({"csv", "tsv", "parquet", "xlsx", "xls", "ods", "docx", "doc", "odt", "pdf"})
_PLAIN_WIDTH = 100  # columns of a table that goes into a file


def format_for(file_name: str) -> Format | None:
    """The format that a file's name asks for, if it does."""
    ending = file_name.rpartition(".")[2].lower()
    by_ending: dict[str, Format] = {"json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "html": "html", "htm": "html"}
    return by_ending.get(ending)


def refused(file_name: str) -> str | None:
    """Why nothing here is written into a file of that name: a program that opens it would expect something else."""
    ending = file_name.rpartition(".")[2].lower()
    if ending not in _OF_OTHERS:
        return None
    return f"{file_name} ends like {ending}; here there are {', '.join(FORMATS)}; tables are written by `dabi export`."


def write(analyses: Iterable[Analysis], form: Format, out: BinaryIO, language: Language) -> None:
    """Write all analyses in the form asked for; each is flushed, so that a reader downstream need not wait."""
    if form == "jsonl":
        _json_lines(analyses, out)
    elif form == "json":
        _json_array(analyses, out)
    elif form == "html":
        _page(analyses, out, language)
    else:
        _table(analyses, out, language)


def _json_lines(analyses: Iterable[Analysis], out: BinaryIO) -> None:
    import msgspec

    encoder = msgspec.json.Encoder()
    line = bytearray()
    for analysis in analyses:
        encoder.encode_into(analysis, line)
        line += b"\n"
        out.write(line)
        out.flush()


def _json_array(analyses: Iterable[Analysis], out: BinaryIO) -> None:
    import msgspec

    before = b"[\n"
    for analysis in analyses:
        out.write(before + msgspec.json.format(msgspec.json.encode(analysis), indent=2))
        out.flush()
        before = b",\n"
    out.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def _page(analyses: Iterable[Analysis], out: BinaryIO, language: Language) -> None:
    from ..export.page import page

    for piece in page(analyses, language):
        out.write(piece.encode("utf-8", "replace"))
    out.flush()


def _table(analyses: Iterable[Analysis], out: BinaryIO, language: Language) -> None:
    from .layout import Terminal
    from .table import article_table

    terminal = out.isatty()
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    try:
        console = Terminal(
            file=text, width=None if terminal else _PLAIN_WIDTH, highlight=False, emoji=False, markup=False
        )
        for analysis in analyses:
            console.print(article_table(analysis, console, language))
            text.flush()
    finally:
        text.detach()
