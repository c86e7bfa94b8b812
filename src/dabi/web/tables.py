"""CSV beside the pages: UTF-8 with a byte order mark, so that spreadsheets read the Bengali."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ..export.tables import claim_rows, write_table
from ..ledger import ClaimRecord, Ledger
from .pages import tagged

# A cell that a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claims_csv(request: Request, name: str, ledger: Ledger, claims: Sequence[ClaimRecord]) -> Response:
    """Claims as the table that `dabi export` writes too."""
    held = ledger.results.series(claims=[claim.key for claim in claims]) if claims else []
    series_of = {key: series for series in held for key in series.claims}
    out = io.BytesIO()
    write_table("claims", claim_rows(claims, series_of), "csv", out)
    return _file(request, name, out.getvalue())


def table(request: Request, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Rows under a head as a file of that name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _file(request, name, ("\ufeff" + out.getvalue()).encode("utf-8", "replace"))


def _file(request: Request, name: str, content: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return tagged(request, Response(content, media_type="text/csv; charset=utf-8", headers=headers))


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
