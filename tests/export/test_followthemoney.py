"""FollowTheMoney entities, checked and cleaned by the followthemoney package itself."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy

from claim_records import FERRY, claim
from dabi.export.followthemoney import entities, write_entities
from dabi.ledger import ClaimRecord


def read(claims: tuple[ClaimRecord, ...]) -> list[EntityProxy]:
    """The entities as the package reads them, none of whose values it may drop."""
    out = io.BytesIO()
    count = write_entities(claims, out)
    proxies = []
    for line in out.getvalue().splitlines():
        data: dict[str, Any] = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        proxy.schema.validate(data)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in data["properties"].items()}
        proxies.append(proxy)
    assert len(proxies) == count
    return proxies


def of(proxies: list[EntityProxy], schema: str) -> list[EntityProxy]:
    return [proxy for proxy in proxies if proxy.schema.name == schema]


def test_every_claim_is_an_event_that_its_article_documents() -> None:
    proxies = read(FERRY)
    by_id = {proxy.id: proxy for proxy in proxies}
    events = of(proxies, "Event")
    assert [proxy.first("recordId") for proxy in events] == [c.id for c in FERRY]
    for event, record in zip(events, FERRY, strict=True):
        assert event.get("summary") == [record.sentence]
        assert f"hedge: {record.hedge}" in event.get("notes")
        article = by_id[event.first("proof")]
        assert article.schema.is_a("Document")
        assert article.first("sourceUrl") == record.article
        assert article.first("publisher") == record.outlet
    assert {(d.first("document"), d.first("entity")) for d in of(proxies, "Documentation")} == {
        (event.first("proof"), event.id) for event in events
    }


def test_who_says_it_is_linked_with_the_act() -> None:
    told = (
        claim(1, "2025-01-01", 5, source="তিনি", speaker="রহিম উদ্দিন", source_type="person", act="accuse"),
        claim(2, "2025-01-01", 6, source="নৌ পুলিশ", source_type="organisation", act="state"),
        claim(3, "2025-01-01", 7, source="একজন কর্মকর্তা", source_type="unnamed", act="claim"),
        claim(4, "2025-01-01", 8),
    )
    proxies = read(told)
    by_id = {proxy.id: proxy for proxy in proxies}
    links = of(proxies, "UnknownLink")
    said = [(by_id[link.first("subject")], link.first("role"), by_id[link.first("object")]) for link in links]
    assert [(who.schema.name, who.caption, role, event.first("recordId")) for who, role, event in said] == [
        ("Person", "রহিম উদ্দিন", "accuse", "c1"),
        ("Organization", "নৌ পুলিশ", "state", "c2"),
    ]


def test_a_report_and_a_name_are_written_once_and_before_they_are_needed() -> None:
    seen: set[str] = set()
    for entity in entities((*FERRY, *FERRY)):
        if entity["schema"] in ("Article", "Person", "Organization", "LegalEntity"):
            assert entity["id"] not in seen
        seen.add(entity["id"])
        for name in ("proof", "document", "entity", "subject", "object", "involved"):
            assert seen.issuperset(entity["properties"].get(name, []))


def test_who_is_involved_and_where() -> None:
    proxies = read((claim(1, "2025-01-01", 5, actors=("জেলে", "কোস্ট গার্ড"), date_start="2024-12-30"),))
    (event,) = of(proxies, "Event")
    assert event.get("location") == ["চাঁদপুর"]
    assert event.first("startDate") == "2024-12-30"
    assert {p.caption for p in of(proxies, "LegalEntity") if p.id in event.get("involved")} == {"জেলে", "কোস্ট গার্ড"}


def test_ids_are_the_same_every_time() -> None:
    assert [e["id"] for e in entities(FERRY)] == [e["id"] for e in entities(FERRY)]
    assert len({e["id"] for e in entities(FERRY)}) == len(list(entities(FERRY)))


@pytest.mark.parametrize(
    "more",
    [
        {"article": "/desk/report.txt", "outlet": None, "headline": None},
        {"coded": True, "article": "coded:7", "of": None, "counted": None},
        {"published": None},
    ],
)
def test_what_is_unknown_is_left_out(more: dict[str, Any]) -> None:
    published = more.pop("published", "2025-01-01")
    (event,) = of(read((claim(1, published, 5, **more),)), "Event")
    assert event.first("recordId") == "c1"
    assert event.has("sourceUrl") is ("article" not in more)
