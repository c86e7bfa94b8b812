"""CSV beside the pages: UTF-8 with a byte order mark, so that spreadsheets read the Bengali."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ..ledger import ClaimRecord
from .pages import tagged

CLAIM_FIELDS = (
    "id", "article", "version", "outlet", "published", "headline", "low", "high", "hedge", "unit", "kind", "counted",
    "event", "status", "places", "actors", "source", "speaker", "source_type", "act", "via", "time", "date_start",
    "date_end", "text", "sentence", "start", "end",
)  # fmt: skip
# A cell that a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claims_csv(request: Request, name: str, claims: Iterable[ClaimRecord], **columns: Sequence[Any]) -> Response:
    """Claims as a table; further columns go before theirs."""
    rows = [[*extra, *(getattr(claim, field) for field in CLAIM_FIELDS)] for claim, extra in _beside(claims, columns)]
    return table(request, name, [*columns, *CLAIM_FIELDS], rows)


def _beside(
    claims: Iterable[ClaimRecord], columns: dict[str, Sequence[Any]]
) -> Iterable[tuple[ClaimRecord, list[Any]]]:
    for at, claim in enumerate(claims):
        yield claim, [values[at] for values in columns.values()]


def table(request: Request, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """Rows under a head as a file of that name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    response = Response(
        ("\ufeff" + out.getvalue()).encode("utf-8", "replace"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    return tagged(request, response)


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
