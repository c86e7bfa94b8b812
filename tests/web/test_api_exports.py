"""What the API gives as files is what `dabi export` writes."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Any, get_args
from urllib.parse import quote

import pytest

from dabi.export.tables import TableFormat, TableName
from dabi.export.wording import Language
from dabi.ledger import Query
from dabi.service.exporting import ChartForm, ExportFormat, export_claims, export_table, series_chart, story_dossier
from web.conftest import Desk, series_of, story_of

CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("jsonl", "application/jsonl"),
        ("parquet", "application/vnd.apache.parquet"),
        ("jsonld", "application/ld+json"),
        ("ftm", "application/jsonl"),
    ],
)
def test_exports(reading_desk: Desk, form: str, media: str) -> None:
    answer = reading_desk.get(f"/api/v1/claims/export?form={form}&event=death")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert "attachment" in answer.headers["content-disposition"]
    wanted = len(reading_desk.get("/api/v1/claims?event=death&limit=500").json()["items"])
    if form in ("csv", "jsonl"):
        assert len(answer.text.strip().splitlines()) == wanted + (form == "csv")
    assert len(answer.content) > 1000


@pytest.mark.parametrize("form", get_args(ExportFormat))
def test_claims_are_those_of_the_command(reading_desk: Desk, form: ExportFormat) -> None:
    written = BytesIO()
    export_claims(reading_desk.ledger, Query(event="death"), form, written)
    assert reading_desk.get(f"/api/v1/claims/export?form={form}&event=death").content == written.getvalue()


@pytest.mark.parametrize(("form", "media"), [("csv", CSV), ("jsonl", "application/jsonl"), ("parquet", PARQUET)])
@pytest.mark.parametrize("table", ["relations", "reports", "series"])
def test_tables_are_those_of_the_command(reading_desk: Desk, table: TableName, form: TableFormat, media: str) -> None:
    written = BytesIO()
    assert export_table(reading_desk.ledger, table, form, written) >= 10
    answer = reading_desk.get(f"/api/v1/{table}/export?form={form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["content-disposition"] == f'attachment; filename="{table}.{form}"'
    assert answer.content == written.getvalue()


def test_all_that_stands_in_the_ledger_is_in_its_tables(reading_desk: Desk) -> None:
    def lines(table: str) -> int:
        return len(reading_desk.get(f"/api/v1/{table}/export?form=jsonl").text.splitlines())

    results = reading_desk.ledger.results
    assert lines("relations") == len(results.relations())
    assert lines("series") == len(results.series())
    assert lines("reports") == reading_desk.ledger.counts()["pages"]
    assert lines("claims") == len(list(reading_desk.ledger.claims()))


@pytest.mark.parametrize("lang", get_args(Language))
@pytest.mark.parametrize(
    ("form", "media", "beside"),
    [
        ("svg", "image/svg+xml", ".svg"),
        ("vl", "application/json", ".vl.json"),
        ("meta", "application/json", ".meta.json"),
    ],
)
def test_the_chart_of_a_series(reading_desk: Desk, form: ChartForm, media: str, beside: str, lang: Language) -> None:
    id = series_of(reading_desk)["line"]["id"]
    answer = reading_desk.get(f"/api/v1/series/{quote(id, safe='')}/chart?form={form}&lang={lang}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.text == series_chart(reading_desk.ledger, id, form, lang)
    cookie = {"Cookie": f"dabi-reader={lang}.latin.indian"}
    assert reading_desk.get(f"/series/{quote(id, safe='')}{beside}", headers=cookie).content == answer.content


@pytest.mark.parametrize("lang", get_args(Language))
def test_the_dossier_of_a_story(reading_desk: Desk, lang: Language) -> None:
    id = story_of(reading_desk)["id"]
    answer = reading_desk.get(f"/api/v1/stories/{id}/dossier?lang={lang}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="story-{id}.html"'
    assert answer.text == "".join(story_dossier(reading_desk.ledger, id, lang))


def exports(desk: Desk) -> list[str]:
    series, story = series_of(desk)["line"]["id"], story_of(desk)["id"]
    tables = [f"/api/v1/{table}/export" for table in get_args(TableName)]
    return [*tables, f"/api/v1/series/{series}/chart", f"/api/v1/stories/{story}/dossier"]


def test_what_has_not_changed_is_not_sent_again(reading_desk: Desk) -> None:
    for address in exports(reading_desk):
        first = reading_desk.get(address)
        again = reading_desk.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert reading_desk.get(address, headers={"If-None-Match": '"other"'}).content == first.content, address


def test_another_state_of_the_ledger_has_another_etag(desk: Desk) -> None:
    before = desk.get("/api/v1/claims/export").headers["etag"]
    text = "আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।"
    assert desk.client.post("/api/v1/articles", json={"text": text}).status_code == 200
    assert desk.get("/api/v1/claims/export", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/series/none/chart", 404),
        ("/api/v1/stories/none/dossier", 404),
        ("/api/v1/series/none/chart?form=png", 422),
        ("/api/v1/stories/none/dossier?lang=fr", 422),
        ("/api/v1/relations/export?form=jsonld", 422),
        ("/api/v1/claims/export?form=xlsx", 422),
    ],
)
def test_what_there_is_not_is_a_problem(reading_desk: Desk, address: str, status: int) -> None:
    answer = reading_desk.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_what_is_not_installed_is_a_problem(reading_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pyarrow", "vl_convert"):
        monkeypatch.setitem(sys.modules, library, None)
    series = series_of(reading_desk)["line"]["id"]
    for address in ("/api/v1/reports/export?form=parquet", f"/api/v1/series/{series}/chart"):
        answer = reading_desk.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (501, "application/problem+json")
        assert "pip install 'dabi[export]'" in answer.json()["detail"]


def test_the_description_lists_what_the_command_writes(reading_desk: Desk) -> None:
    paths: dict[str, Any] = reading_desk.get("/api/v1/openapi.json").json()["paths"]
    described = {path for path in paths if path.endswith(("/export", "/chart", "/dossier"))}
    assert described == {
        *(f"/api/v1/{table}/export" for table in get_args(TableName)),
        "/api/v1/series/{series}/chart",
        "/api/v1/stories/{story}/dossier",
    }
    for path in described:
        answers = paths[path]["get"]["responses"]
        assert "application/problem+json" in answers["404"]["content"]
        assert "application/problem+json" in answers["501"]["content"]
