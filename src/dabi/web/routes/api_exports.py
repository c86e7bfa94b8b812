"""The API for what leaves the ledger as files: all that `dabi export` writes, by the same functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Request
from fastapi import Query as Field
from starlette.responses import Response

from ...export.extras import MissingExtra
from ...export.tables import TableFormat, TableName
from ...export.wording import Language
from ...ledger import Ledger
from ...service.exporting import ChartForm, ExportFormat, export_claims, export_table, series_chart, story_dossier
from ..downloads import CSV, download
from ..filters import Filters, LedgerHere
from ..pages import tagged
from ..problems import Problem
from ..texts import N_
from .api import _FAILURES, Id

_FORMS: dict[ExportFormat, tuple[str, str]] = {
    "csv": (CSV, "csv"),
    "jsonl": ("application/jsonl", "jsonl"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
    "jsonld": ("application/ld+json", "jsonld"),
    "ftm": ("application/jsonl", "ftm.json"),
}
_CHARTS: dict[ChartForm, str] = {"svg": "image/svg+xml", "vl": "application/json", "meta": "application/json"}
_FORM = (N_("This form is not installed here"), N_("It needs: pip install 'dabi[export]'"))
_CHART = (N_("Charts are not installed here"), N_("They need: pip install 'dabi[export]'"))


def _file(*media: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "A file", "content": {one.partition(";")[0]: {} for one in media}}}


_OF_TABLE = _file(*(_FORMS[form][0] for form in ("csv", "jsonl", "parquet")))
_FAILING = {**_FAILURES, 501: {**_FAILURES[422], "description": "Not installed on this server"}}
router = APIRouter(prefix="/api/v1", responses=_FAILING, default_response_class=Response)

Form = Annotated[TableFormat, Field(description="CSV, JSON lines or Parquet.")]
Lang = Annotated[Language, Field(description="The language of the words in it.")]


@router.get("/claims/export", responses=_file(*(media for media, _ in _FORMS.values())))
def claims(request: Request, ledger: LedgerHere, asked: Filters, form: ExportFormat = "csv") -> Response:
    """All claims that the filters find, as a file: CSV, JSON lines, Parquet, schema.org Claims (JSON-LD) or
    FollowTheMoney entities."""
    media_type, ending = _FORMS[form]

    def write(out: BinaryIO) -> None:
        with _installed(_FORM):
            export_claims(ledger, asked, form, out)

    return download(request, f"claims.{ending}", media_type, write)


@router.get("/relations/export", responses=_OF_TABLE)
def relations(request: Request, ledger: LedgerHere, form: Form = "csv") -> Response:
    """How all claims stand to each other, as a file: agrees, refines, moved, conflicts, echo."""
    return _table(request, ledger, "relations", form)


@router.get("/reports/export", responses=_OF_TABLE)
def reports(request: Request, ledger: LedgerHere, form: Form = "csv") -> Response:
    """The list of all reports without their texts, as a file."""
    return _table(request, ledger, "reports", form)


@router.get("/series/export", responses=_OF_TABLE)
def series(request: Request, ledger: LedgerHere, form: Form = "csv") -> Response:
    """The list of all series, as a file: what is counted, where, from when to when."""
    return _table(request, ledger, "series", form)


@router.get("/series/{series:path}/chart", responses=_file(*_CHARTS.values()))
def chart(
    request: Request,
    ledger: LedgerHere,
    series: Id,
    form: Annotated[ChartForm, Field(description="SVG, its Vega-Lite specification, or method and sources.")] = "svg",
    lang: Lang = "en",
) -> Response:
    """The chart of a series: one mark for each claim, at the moment its report was published."""
    with _installed(_CHART):
        content = series_chart(ledger, series, form, lang)
    return tagged(request, Response(content.encode("utf-8", "replace"), media_type=_CHARTS[form]))


@router.get("/stories/{story}/dossier", responses=_file("text/html"))
def dossier(request: Request, ledger: LedgerHere, story: Id, lang: Lang = "en") -> Response:
    """The story as one page to mail or print, with its charts, claims and reports. It has its styles in it, so it is
    saved and not shown from here."""
    content = "".join(story_dossier(ledger, story, lang)).encode("utf-8", "replace")
    headers = {"Content-Disposition": f'attachment; filename="story-{story}.html"'}
    return tagged(request, Response(content, media_type="text/html", headers=headers))


@contextmanager
def _installed(words: tuple[str, str]) -> Iterator[None]:
    try:
        yield
    except MissingExtra:
        raise Problem(501, *words) from None


def _table(request: Request, ledger: Ledger, table: TableName, form: TableFormat) -> Response:
    media_type, ending = _FORMS[form]

    def write(out: BinaryIO) -> None:
        with _installed(_FORM):
            export_table(ledger, table, form, out)

    return download(request, f"{table}.{ending}", media_type, write)
