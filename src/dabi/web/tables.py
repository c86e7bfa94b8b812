"""CSV beside the pages, always whole: UTF-8 with a byte order mark, so that spreadsheets read the Bengali."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ..export.tables import write_table
from ..ledger import ClaimRecord, Ledger
from ..service.exporting import claim_table
from .downloads import CSV, download

# A cell that a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claims_csv(request: Request, name: str, ledger: Ledger, claims: Iterable[ClaimRecord]) -> Response:
    """Claims as the table that `dabi export` writes too."""

    def write(out: BinaryIO) -> None:
        write_table("claims", claim_table(ledger, claims), "csv", out)

    return download(request, f"{name}.csv", CSV, write)


def table(request: Request, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Rows under a head as a file of that name; they are written as they come."""

    def write(out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
        try:
            text.write("\ufeff")
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(head)
            writer.writerows([_cell(value) for value in row] for row in rows)
        finally:
            text.detach()

    return download(request, f"{name}.csv", CSV, write)


def _cell(value: Any) -> str | int | float:
    """Names separated by ;, anything deeper as JSON; a text that looks like a formula after an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        value = ";".join(value)
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if text.startswith(_FORMULA) else text
