"""Claims as linked data: schema.org `Claim`, in JSON-LD that needs no network to be read.

A claim that several reports only repeat is one `Claim` with several `appearance`s and the earliest as
`firstAppearance`. It is not a `ClaimReview`: nothing here says whether a claim is true. `claimInterpreter` is who read
the claim out of the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from ..ledger.records import ClaimRecord
from ..ledger.results import Relation
from .claim_words import claim_name

SCHEMA = "https://schema.org/"
# Written out instead of named by its address, so that a reader need not fetch it.
CONTEXT: dict[str, Any] = {
    "@vocab": SCHEMA,
    "url": {"@type": "@id"},
}

_TYPES = {"person": "Person", "organisation": "Organization"}


def interpreter_of(name: str, url: str | None = None) -> dict[str, Any]:
    """Who read the claims out of the reports, as an Organization."""
    return {"@type": "Organization", "name": name, **({"url": url} if url else {})}


def claim_nodes(
    claims: Iterable[ClaimRecord], relations: Iterable[Relation], interpreter: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """A node for each claim, echoes folded into the claim they repeat. Only those with echoes are held back."""
    first = _folded(relations)
    held: dict[int, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        if claim.key in first:
            held[first[claim.key]].append(claim)
        else:
            yield _node([claim], interpreter)
    for told in held.values():
        yield _node(sorted(told, key=lambda claim: (claim.published or "~", claim.key)), interpreter)


def _folded(relations: Iterable[Relation]) -> dict[int, int]:
    """The claims that echoes hold together: each with the least key among them."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for relation in relations:
        if relation.relation == "echo":
            one, other = sorted((root(relation.a), root(relation.b)))
            parent[other] = one
    return {key: root(key) for key in list(parent)}


def write_jsonld(nodes: Iterable[Mapping[str, Any]], out: BinaryIO) -> int:
    """One JSON-LD document with all nodes, written as they come; returns how many."""
    encoder = msgspec.json.Encoder()
    out.write(b'{"@context":' + encoder.encode(CONTEXT) + b',"@graph":[')
    count = 0
    for node in nodes:
        out.write((b",\n" if count else b"\n") + encoder.encode(node))
        count += 1
    out.write(b"\n]}\n")
    out.flush()
    return count


def _node(told: list[ClaimRecord], interpreter: Mapping[str, Any]) -> dict[str, Any]:
    claim = told[0]
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:dabi:claim:{quote(claim.id, safe='')}",
        "identifier": claim.id,
        "text": claim.sentence or None,
        "name": claim.text,
        "datePublished": _date(claim.published),
        "temporalCoverage": claim.time,
        "author": _author(claim),
        "isBasedOn": _document(claim),
        "contributor": [{"@type": "Organization", "name": name} for name in claim.via],
        "about": [_quantity(claim), *_event(claim)],
        "spatialCoverage": [_place(claim, name) for name in claim.places],
        "mentions": [{"@type": "Thing", "name": name} for name in claim.actors],
        "claimInterpreter": dict(interpreter) if not claim.coded else None,
        "appearance": [_work(one) for one in told],
        "firstAppearance": {name: value for name, value in _work(claim).items() if name in ("@type", "@id", "url")},
    }
    return {name: value for name, value in node.items() if value not in (None, [])}


def _author(claim: ClaimRecord) -> dict[str, Any] | None:
    """Who makes the claim: the source, or the outlet in its own voice. An unnamed source stays nobody."""
    if claim.source_type in ("unnamed", "document"):
        return None
    if (name := claim_name(claim)) is not None:
        kind = _TYPES.get(claim.source_type or "")
        return {"@type": kind, "name": name} if kind else {"name": name}
    if claim.act is not None or claim.outlet is None:
        return None
    return {"@type": "NewsMediaOrganization", "name": claim.outlet}


def _document(claim: ClaimRecord) -> dict[str, Any] | None:
    """The paper that says it, where a paper does."""
    name = claim_name(claim)
    return {"@type": "CreativeWork", "name": name} if claim.source_type == "document" and name else None


def _quantity(claim: ClaimRecord) -> dict[str, Any]:
    """The figure. An open end is left out; `hedge` says which words stood around it."""
    exact = claim.hedge == "exact" and claim.low == claim.high
    ends = {"value": claim.low} if exact else {"minValue": claim.low, "maxValue": claim.high}
    quantity: dict[str, Any] = {
        "@type": "QuantitativeValue",
        "name": claim.of or claim.counted,
        **ends,
        "unitText": claim.unit,
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": getattr(claim, name)}
            for name in ("hedge", "kind", "status")
        ],
    }
    return {name: value for name, value in quantity.items() if value is not None}


def _event(claim: ClaimRecord) -> list[dict[str, Any]]:
    return [{"@type": "Event", "name": claim.event}] if claim.event else []


def _place(claim: ClaimRecord, name: str) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": name}
    if claim.latitude is not None and claim.longitude is not None and len(claim.places) == 1:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": claim.latitude, "longitude": claim.longitude}
    return place


def _work(claim: ClaimRecord) -> dict[str, Any]:
    """The report, with the sentence it has the claim in."""
    address = is_address(claim.article)
    work: dict[str, Any] = {
        "@type": "CreativeWork" if claim.coded else "NewsArticle",
        "@id": claim.article if address else f"urn:dabi:article:{quote(claim.article, safe='')}",
        "url": claim.article if address else None,
        "headline": claim.headline,
        "datePublished": _date(claim.published),
        "publisher": {"@type": "NewsMediaOrganization", "name": claim.outlet} if claim.outlet else None,
        "version": claim.version,
        "hasPart": {"@type": "Quotation", "text": claim.sentence} if claim.sentence else None,
    }
    return {name: value for name, value in work.items() if value is not None}


def is_address(article: str) -> bool:
    """Whether an article's id is an address that a reader may follow."""
    return article.startswith(("https://", "http://")) and not any(c.isspace() or c in '<>"' for c in article)


def _date(published: str | None) -> str | None:
    """ISO 8601 of a date without doubts; what EDTF alone can say is left out."""
    return published if published and not set(published) & set("~?%X/") else None
