"""Claims as FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions' tools and whatever reads them.

FollowTheMoney has no entity for a claim. Each becomes an `Event` that its report documents: `Article`, `Documentation`
(the report has it), `UnknownLink` with the act as role (who says it), and `LegalEntity` for who is involved. What the
schema has no property for (hedge, bounds, chain) stands in `notes` as "name: value". The language is left out, for
FollowTheMoney does not know Bengali.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha1
from typing import Any, BinaryIO

import msgspec

from ..ledger.records import ClaimRecord
from .claim_words import claim_name
from .jsonld import is_address

Entity = dict[str, Any]

_SCHEMATA = {"person": "Person", "organisation": "Organization"}
_NOTED = ("low", "high", "hedge", "kind", "unit", "status", "counted", "event", "time", "article")
_KEPT = 10_000  # reports and names whose entity is not written again


def entities(claims: Iterable[ClaimRecord]) -> Iterator[Entity]:
    """The entities of claims; a report or a name comes before the first claim that needs it, and as a rule once."""
    known: dict[str, None] = {}
    for claim in claims:
        for entity in _of(claim):
            if entity["id"] in known:
                continue
            yield entity
            if entity["schema"] not in ("Event", "Documentation", "UnknownLink"):
                known[entity["id"]] = None
                if len(known) > _KEPT:
                    del known[next(iter(known))]


def write_entities(claims: Iterable[ClaimRecord], out: BinaryIO) -> int:
    """Write them, one a line; returns how many."""
    encoder = msgspec.json.Encoder()
    count = 0
    for entity in entities(claims):
        out.write(encoder.encode(entity) + b"\n")
        count += 1
    out.flush()
    return count


def _of(claim: ClaimRecord) -> Iterator[Entity]:
    address = [claim.article] if is_address(claim.article) else []
    article = _entity(
        "Article",
        ("report", claim.article),
        title=[claim.headline or claim.article],
        publisher=[claim.outlet],
        publishedAt=[_date(claim.day)],
        sourceUrl=address,
    )
    yield article
    involved = [_entity("LegalEntity", ("name", name), name=[name]) for name in claim.actors]
    yield from involved
    event = _entity(
        "Event",
        ("claim", claim.id),
        name=[" ".join(part for part in (claim.text, claim.of or claim.counted) if part) or claim.id],
        summary=[claim.sentence],
        startDate=[_date(claim.date_start)],
        endDate=[_date(claim.date_end)],
        location=list(claim.places),
        involved=[entity["id"] for entity in involved],
        keywords=[claim.event],
        notes=[*_notes(claim)],
        recordId=[claim.id],
        publisher=[claim.outlet],
        sourceUrl=address,
        proof=[article["id"]],
    )
    yield event
    yield _entity(
        "Documentation",
        ("documentation", claim.id),
        document=[article["id"]],
        entity=[event["id"]],
        role=["claim"],
        date=[_date(claim.day)],
    )
    name = claim_name(claim)
    if name is not None and claim.source_type in _SCHEMATA:
        who = _entity(_SCHEMATA[claim.source_type], ("source", claim.source_type, name), name=[name])
        yield who
        yield _entity(
            "UnknownLink",
            ("says", claim.id),
            subject=[who["id"]],
            object=[event["id"]],
            role=[claim.act or "state"],
            date=[_date(claim.day)],
        )


def _notes(claim: ClaimRecord) -> Iterator[str]:
    for name in _NOTED:
        if (value := getattr(claim, name)) is not None:
            yield f"{name}: {value}"
    if (source := claim_name(claim)) is not None:
        yield f"source: {source}"
    for through in claim.via:
        yield f"via: {through}"


def _entity(schema: str, identity: tuple[str, ...], **properties: Sequence[str | None]) -> Entity:
    held = {name: [value for value in dict.fromkeys(values) if value] for name, values in properties.items()}
    return {
        "id": "dabi-" + sha1("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest(),
        "schema": schema,
        "properties": {name: values for name, values in held.items() if values},
    }


def _date(day: str | None) -> str | None:
    return day if day and day[:4] != "0001" else None
