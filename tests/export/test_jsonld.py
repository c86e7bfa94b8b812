"""Linked data, expanded by a JSON-LD processor that may not use the network."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from pyld import jsonld

from claim_records import FERRY, FERRY_RELATIONS, claim, relation
from dabi.export.jsonld import claim_nodes, interpreter_of, is_address, write_jsonld
from dabi.ledger import ClaimRecord
from dabi.ledger.results import Relation

SCHEMA = "https://schema.org/"


def no_network(url: str, options: object) -> dict[str, Any]:
    raise AssertionError(f"the network was asked for {url}")


def expanded(claims: tuple[ClaimRecord, ...], relations: tuple[Relation, ...] = ()) -> dict[str, Any]:
    """The claims of the document by their identifier, as the processor sees them."""
    out = io.BytesIO()
    count = write_jsonld(claim_nodes(claims, relations, interpreter_of("dabi 1", "https://example.org/dabi")), out)
    document = json.loads(out.getvalue())
    nodes = jsonld.expand(document, {"documentLoader": no_network})
    found = {node[SCHEMA + "identifier"][0]["@value"]: node for node in nodes}
    assert len(found) == count == len(document["@graph"])
    assert all(node["@type"] == [SCHEMA + "Claim"] for node in nodes)
    return found


def value(node: dict[str, Any], *path: str) -> Any:
    for name in path:
        node = node[SCHEMA + name][0]
    return node.get("@value", node.get("@id"))


def test_every_claim_is_a_claim_with_its_sentence_and_where_it_appeared() -> None:
    nodes = expanded(FERRY)
    assert set(nodes) == {c.id for c in FERRY}
    for record in FERRY:
        node = nodes[record.id]
        assert value(node, "text") == record.sentence
        assert value(node, "appearance", "url") == record.article
        assert node[SCHEMA + "firstAppearance"][0]["@id"] == record.article
        assert value(node, "appearance", "hasPart", "text") == record.sentence
        assert value(node, "claimInterpreter", "name") == "dabi 1"
        assert SCHEMA + "reviewRating" not in node


def test_echoes_are_appearances_of_the_first() -> None:
    nodes = expanded(FERRY, FERRY_RELATIONS)
    assert set(nodes) == {c.id for c in FERRY} - {"c402"}
    assert len(nodes["c401"][SCHEMA + "appearance"]) == 2
    assert nodes["c401"][SCHEMA + "firstAppearance"][0]["@id"] == FERRY[3].article
    assert len(nodes["c101"][SCHEMA + "appearance"]) == 1


def test_echoes_of_echoes_are_one_claim() -> None:
    told = tuple(claim(key, f"2025-01-0{key}", 5) for key in (3, 1, 2))
    nodes = expanded(told, (relation(2, 3, "echo"), relation(1, 2, "echo")))
    assert set(nodes) == {"c1"}
    assert len(nodes["c1"][SCHEMA + "appearance"]) == 3


def test_quantities_keep_their_hedge_and_their_open_end() -> None:
    nodes = expanded((*FERRY, claim(1, "2025-01-01", 5e7, kind="money", unit="BDT")))
    exact = nodes["c101"][SCHEMA + "about"][0]
    assert exact["@type"] == [SCHEMA + "QuantitativeValue"]
    assert value(exact, "value") == 11
    least = nodes["c301"][SCHEMA + "about"][0]
    assert value(least, "minValue") == 12
    assert SCHEMA + "maxValue" not in least
    assert SCHEMA + "value" not in least
    hedges = {value(p, "name"): value(p, "value") for p in least[SCHEMA + "additionalProperty"]}
    assert hedges == {"hedge": "at_least", "kind": "count", "status": "happened"}
    assert value(nodes["c1"], "about", "unitText") == "BDT"


@pytest.mark.parametrize(
    ("more", "kind", "name"),
    [
        ({"source": "রহিম", "source_type": "person"}, "Person", "রহিম"),
        ({"source": "তিনি", "speaker": "রহিম", "source_type": "person"}, "Person", "রহিম"),
        ({"source": "পুলিশ", "source_type": "organisation"}, "Organization", "পুলিশ"),
        ({"source": "কেউ"}, None, "কেউ"),
        ({}, "NewsMediaOrganization", "ভোরের পাতা"),
    ],
)
def test_the_author_is_who_says_it(more: dict[str, Any], kind: str | None, name: str) -> None:
    (author,) = expanded((claim(1, "2025-01-01", 5, **more),))["c1"][SCHEMA + "author"]
    assert author.get("@type") == ([SCHEMA + kind] if kind else None)
    assert value(author, "name") == name


@pytest.mark.parametrize(
    "more",
    [{"source": "একজন কর্মকর্তা", "source_type": "unnamed"}, {"act": "state"}, {"outlet": None}],
)
def test_an_unnamed_source_stays_nobody(more: dict[str, Any]) -> None:
    assert SCHEMA + "author" not in expanded((claim(1, "2025-01-01", 5, **more),))["c1"]


def test_a_document_is_what_the_claim_rests_on() -> None:
    node = expanded((claim(1, "2025-01-01", 5, source="বার্ষিক প্রতিবেদন", source_type="document"),))["c1"]
    assert value(node, "isBasedOn", "name") == "বার্ষিক প্রতিবেদন"
    assert SCHEMA + "author" not in node


def test_chain_places_and_time() -> None:
    node = expanded((claim(1, "2025-01-01", 5, via=("এএফপি", "বাসস"), time="2024-10/..", actors=("জেলে",)),))["c1"]
    assert [value(one, "name") for one in node[SCHEMA + "contributor"]] == ["এএফপি", "বাসস"]
    assert value(node, "temporalCoverage") == "2024-10/.."
    assert value(node, "spatialCoverage", "name") == "চাঁদপুর"
    assert value(node, "mentions", "name") == "জেলে"


def test_coded_claims_have_no_interpreter_of_ours() -> None:
    node = expanded((claim(1, "2025-01-01", 5, coded=True, article="coded:1"),))["c1"]
    assert SCHEMA + "claimInterpreter" not in node
    assert node[SCHEMA + "appearance"][0]["@type"] == [SCHEMA + "CreativeWork"]


def test_dates_that_only_edtf_can_say_are_left_out() -> None:
    assert SCHEMA + "datePublished" not in expanded((claim(1, "2025-01~", 5),))["c1"]
    assert value(expanded((claim(1, "2025-01", 5),))["c1"], "datePublished") == "2025-01"


@pytest.mark.parametrize(
    ("article", "address"),
    [
        ("https://example.org/খবর/1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("/home/desk/report.txt", False),
        ('https://example.org/"><script>', False),
        ("https://example.org/a b", False),
        ("text:0123", False),
    ],
)
def test_only_addresses_are_addresses(article: str, address: bool) -> None:
    assert is_address(article) is address
    node = expanded((claim(1, "2025-01-01", 5, article=article),))["c1"]
    assert (SCHEMA + "url" in node[SCHEMA + "appearance"][0]) is address
    assert node[SCHEMA + "appearance"][0]["@id"].startswith("http" if address else "urn:dabi:article:")


def test_no_claims_are_an_empty_graph() -> None:
    assert expanded(()) == {}
