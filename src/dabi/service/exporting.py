"""What leaves the ledger: tables, linked data, charts and dossiers, gathered and handed to `dabi.export`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from typing import BinaryIO, Literal

import msgspec

from ..export.chart_metadata import series_metadata
from ..export.charts import series_spec, series_svg
from ..export.claim_words import series_title
from ..export.dossier import Dossier, DossierSeries, dossier
from ..export.followthemoney import write_entities
from ..export.jsonld import claim_nodes, interpreter_of, write_jsonld
from ..export.tables import (
    Row,
    TableFormat,
    TableName,
    claim_rows,
    relation_rows,
    report_rows,
    series_rows,
    write_table,
)
from ..export.wording import Language
from ..ledger import ClaimRecord, Ledger, LedgerMissing, Query
from ..ledger.overview import current_heads, heads, series_of_reports
from ..ledger.results import Series
from ..reconciliation.keeping import update
from .findings import inside_and_between
from .labels import labels
from .paging import all_pages, page_of

ExportFormat = Literal["csv", "jsonl", "parquet", "jsonld", "ftm"]
ChartForm = Literal["svg", "vl", "meta"]
MOST_SERIES = 40  # in a dossier: those that most reports carry
_BATCH = 400


@cache
def made_by() -> str:
    return f"dabi {version('dabi')}"


def export_claims(ledger: Ledger, query: Query, form: ExportFormat, out: BinaryIO) -> int:
    """Write the claims that a query finds, in a form of `ExportFormat`; returns how many rows or entities."""
    if form == "ftm":
        return write_entities(ledger.claims(query), out)
    if form == "jsonld":
        keys = {claim.key for claim in ledger.claims(query)}
        echoes = (r for r in ledger.results.relations() if r.relation == "echo" and r.a in keys and r.b in keys)
        return write_jsonld(claim_nodes(ledger.claims(query), echoes, interpreter_of(made_by())), out)
    return write_table("claims", claim_table(ledger, ledger.claims(query)), form, out)


def rows_of_claims(ledger: Ledger, query: Query) -> Iterator[Row]:
    """The claims that a query finds as rows of the table of claims, each with its series: ready for a data frame.
    What was added since series were last made is linked first, as every command does."""
    update(ledger)
    return claim_table(ledger, ledger.claims(query))


def claim_table(ledger: Ledger, claims: Iterable[ClaimRecord]) -> Iterator[Row]:
    """Claims as rows of the table of claims, each with its series."""
    called = labels(ledger)
    for part in _parts(claims):
        series_of = {
            key: _called(s, called) for s in ledger.results.series(claims=[c.key for c in part]) for key in s.claims
        }
        yield from claim_rows(part, series_of)


def export_table(ledger: Ledger, table: TableName, form: TableFormat, out: BinaryIO) -> int:
    """Write one whole table of the ledger; returns how many rows."""
    if table == "claims":
        return export_claims(ledger, Query(), form, out)
    if table == "relations":
        rows = _relations(ledger)
    elif table == "series":
        called = labels(ledger)
        rows = series_rows(_called(series, called) for held in _all_series(ledger) for series in held)
    else:
        rows = report_rows(current_heads(ledger))
    return write_table(table, rows, form, out)


def _all_series(ledger: Ledger) -> Iterator[list[Series]]:
    """All series, the newest first, in parts."""
    return all_pages(lambda after: page_of(ledger.results.series(after=after, limit=_BATCH + 1), _BATCH))


def _relations(ledger: Ledger) -> Iterator[Row]:
    """How the claims that stand now are related, series by series."""
    for held in _all_series(ledger):
        relations = ledger.results.relations([series.id for series in held])
        keys = {key for relation in relations for key in (relation.a, relation.b)}
        claims = ledger.claims(keys=keys) if keys else ()
        yield from relation_rows(relations, {claim.key: claim.id for claim in claims if claim.latest})


def series_parts(ledger: Ledger, id: str) -> DossierSeries:
    """A series with all that its chart needs. Raises LedgerMissing when there is none of that id."""
    found = ledger.results.series([id])
    if not found:
        raise LedgerMissing(f"there is no series {id}")
    return _parts_of(ledger, found, labels(ledger))[0]


def series_chart(ledger: Ledger, id: str, form: ChartForm, language: Language) -> str:
    """The chart of a series: as SVG, as its Vega-Lite specification, or the metadata that go with it."""
    held = series_parts(ledger, id)
    title = series_title(held.series, language, held.label)
    if form == "svg":
        return series_svg(held.claims, held.relations, language=language, title=title)
    if form == "vl":
        made = series_spec(held.claims, held.relations, language=language, title=title)
    else:
        made = series_metadata(
            held.series, held.claims, held.relations, language=language, title=title, made_by=made_by()
        )
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode()


def story_dossier(ledger: Ledger, id: str, language: Language, *, made: str | None = None) -> Iterator[str]:
    """The page of a story, in pieces. `made`: when, EDTF. Raises LedgerMissing when there is no story of that id."""
    found = ledger.results.stories([id])
    if not found:
        raise LedgerMissing(f"there is no story {id}")
    (story,) = found
    called = labels(ledger)
    known = heads(ledger, story.reports)
    inside = series_of_reports(ledger, story.reports)
    carried: dict[str, int] = {}
    for names in inside.values():
        for name in names:
            carried[name] = carried.get(name, 0) + 1
    heaviest = sorted(carried, key=lambda name: (-carried[name], name))[:MOST_SERIES]
    parts = _parts_of(ledger, ledger.results.series(heaviest) if heaviest else [], called)
    parts.sort(key=lambda p: (-carried[p.series.id], -sum(r.relation == "conflicts" for r in p.relations), p.series.id))
    articles = {head.article for head in known.values()}
    changes = [change for article in sorted(articles) for change in ledger.changes(article=article)]
    named = {key for change in changes for key in (change.before, change.after) if key is not None}
    return dossier(
        Dossier(
            story=story,
            title=called.get(story.id, story.title),
            reports=tuple(known.values()),
            echo_of={e.report: e.of for e in ledger.results.echoes(story.reports) if e.of in known},
            series=tuple(parts),
            findings=tuple(inside_and_between(ledger, story.reports, [part.series.id for part in parts])),
            changes=tuple(changes),
            changed={claim.key: claim for claim in ledger.claims(keys=named)} if named else {},
            made=made,
            made_by=made_by(),
        ),
        language,
    )


def _parts_of(ledger: Ledger, held: list[Series], called: dict[str, str]) -> list[DossierSeries]:
    keys = [key for series in held for key in series.claims]
    claims = {claim.key: claim for claim in ledger.claims(keys=keys)} if keys else {}
    relations = ledger.results.relations([series.id for series in held]) if held else []
    return [
        DossierSeries(
            series=series,
            claims=tuple(claims[key] for key in series.claims if key in claims),
            relations=tuple(r for r in relations if r.series == series.id),
            label=called.get(series.id),
        )
        for series in held
    ]


def _called(series: Series, called: dict[str, str]) -> Series:
    label = called.get(series.id)
    return msgspec.structs.replace(series, label=label) if label else series


def _parts(claims: Iterable[ClaimRecord]) -> Iterator[list[ClaimRecord]]:
    part: list[ClaimRecord] = []
    for claim in claims:
        part.append(claim)
        if len(part) == _BATCH:
            yield part
            part = []
    if part:
        yield part
