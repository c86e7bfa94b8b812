"""Every series of a ledger as one line: its members, how they stand and its sums, each figure by article and span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..ledger import ClaimRecord, Ledger
    from ..ledger.results import Relation, Series, Sum


def series_lines(ledger: Ledger, held: Sequence[Series] | None = None) -> Iterator[dict[str, Any]]:
    """The lines of `dabi series --format jsonl`, of all series or of those given.

    {"series", "label", "members": [{"article", "start", "end"}], "relations": [{"a", "b", "relation", "rule"}],
    "sums": [{"whole", "parts", "adds_up"}]}; a figure in relations and sums is [article, start, end]. Claims coded
    elsewhere are {"claim": id} and [id]. Of all series, totals that stand in none come last, each alone.
    """
    everything = held is None
    series = ledger.results.series() if held is None else held
    sums: dict[int, list[Sum]] = defaultdict(list)
    for made in ledger.results.sums():
        sums[made.whole].append(made)
    wanted = {key for one in series for key in one.claims}
    shown = [made for whole, all_made in sums.items() for made in all_made if everything or whole in wanted]
    wanted |= {key for made in shown for key in (made.whole, *made.parts)}
    records = {record.key: record for record in ledger.claims(keys=sorted(wanted))} if wanted else {}
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in ledger.results.relations([one.id for one in series]):
        related[relation.series].append(relation)
    told: set[int] = set()
    for one in series:
        told |= set(one.claims)
        yield _line(one.id, one.label, one.claims, related[one.id], sums, records)
    if everything:
        for whole in sorted(sums.keys() - told):
            if whole in records:
                yield _line(records[whole].id, None, [whole], [], sums, records)


def _line(
    id: str,
    label: str | None,
    keys: Sequence[int],
    relations: Sequence[Relation],
    sums: dict[int, list[Sum]],
    records: dict[int, ClaimRecord],
) -> dict[str, Any]:
    members = sorted((records[key] for key in keys if key in records), key=_order)
    return {
        "series": id,
        "label": label,
        "members": [
            {"claim": m.id} if m.coded else {"article": m.article, "start": m.start, "end": m.end} for m in members
        ],
        "relations": [
            {"a": _place(records[r.a]), "b": _place(records[r.b]), "relation": r.relation, **r.detail}
            for r in relations
            if r.a in records and r.b in records
        ],
        "sums": [
            {
                "whole": _place(records[key]),
                "parts": [_place(records[part]) for part in made.parts],
                "adds_up": made.adds_up,
            }
            for key in keys
            for made in sums.get(key, ())
            if key in records and all(part in records for part in made.parts)
        ],
    }


def _place(record: ClaimRecord) -> list[Any]:
    return [record.id] if record.coded else [record.article, record.start, record.end]


def _order(record: ClaimRecord) -> tuple[str, str, int]:
    return record.published or "~", record.article, record.start or 0
