"""What stands beside a chart in a file of its own: what it shows, by which method, from which reports and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..ledger.records import ClaimRecord
from ..ledger.results import Relation, Series
from .chart_points import drawing
from .charts import COLOURS, SHAPES, series_spec
from .jsonld import is_address
from .wording import Language

FORMAT = 1

# The method in English, for whoever checks or cites the chart.
METHOD = {
    "marks": "One mark for each claim: one figure of one report in its sentence. Nothing is averaged or filled in.",
    "x": "When the report was published, to the minute where the report says so, else at noon of its day.",
    "y": "The figure in the unit of the chart. Units of one dimension are converted, currencies never.",
    "hedges": (
        "exact: filled; about: hollow; more_than and at_least: arrow up from the bound; less_than and up_to: arrow down"
        " from the bound; range: bar between its ends; several: hollow with an arrow."
    ),
    "colour_and_shape": "Whose word it is: the source, one for one origin, else the outlet in its own voice.",
    "conflicts": (
        "A dashed line joins two figures that cannot both hold for one time, once however often they were told; where"
        " very many conflict, each with the nearest."
    ),
    "echoes": "A smaller mark repeats a figure of the same origin.",
    "series": "Claims are joined by rules and explained weights; people's judgements come before them.",
    "truth": "Whether a claim is true is not said.",
}


def series_metadata(
    series: Series,
    claims: Iterable[ClaimRecord],
    relations: Iterable[Relation] = (),
    *,
    language: Language = "bn",
    title: str | None = None,
    made_by: str = "dabi",
) -> dict[str, Any]:
    """The metadata of the chart that `charts.series_spec` makes of the same claims and relations, ready for JSON."""
    held, related = sorted(claims, key=lambda c: (c.published or "~", c.key)), list(relations)
    made = drawing(held, related, language, None)
    id_of = {claim.key: claim.id for claim in held}
    source_of = {point.claim: point.source for point in made.points}
    spec = series_spec(held, related, language=language, title=title)
    return {
        "format": FORMAT,
        "title": title or series.label,
        "description": spec["description"],
        "language": language,
        "made_by": made_by,
        "series": {
            "id": series.id,
            "label": series.label,
            "counted": series.counted,
            "event": series.event,
            "place": series.place,
            "first_day": series.first_day,
            "last_day": series.last_day,
            "origins": series.detail.get("origins"),
        },
        "kind": made.kind,
        "unit": made.unit,
        "method": METHOD,
        "notes": spec["usermeta"]["dabi"]["notes"],
        "left_out": {reason: [id_of[key] for key in keys] for reason, keys in sorted(made.undrawn.items())},
        "sources": [
            {
                "name": name,
                "colour": COLOURS[i % len(COLOURS)],
                "shape": SHAPES[i % len(SHAPES)],
                "claims": [id_of[p.claim] for p in made.points if p.source == name],
            }
            for i, name in enumerate(made.sources)
        ],
        "reports": _reports(held),
        "claims": [_claim(claim, source_of.get(claim.key)) for claim in held],
        "relations": [
            {"a": id_of[r.a], "b": id_of[r.b], "relation": r.relation, "rule": r.detail.get("rule")}
            for r in related
            if r.a in id_of and r.b in id_of
        ],
    }


def _reports(claims: list[ClaimRecord]) -> list[dict[str, Any]]:
    first = {claim.article: claim for claim in reversed(claims)}
    return [
        {
            "article": claim.article,
            "url": claim.article if is_address(claim.article) else None,
            "outlet": claim.outlet,
            "headline": claim.headline,
            "published": claim.published,
        }
        for claim in sorted(first.values(), key=lambda c: (c.published or "~", c.article))
    ]


def _claim(claim: ClaimRecord, drawn_as: str | None) -> dict[str, Any]:
    return {
        "id": claim.id,
        "article": claim.article,
        "version": claim.version,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "low": claim.low,
        "high": claim.high,
        "hedge": claim.hedge,
        "unit": claim.unit,
        "source": claim.source,
        "speaker": claim.speaker,
        "via": claim.via,
        "drawn_as": drawn_as,
        "sentence": claim.sentence,
    }
