"""What a page shows of many articles at once, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from dabi.ledger import Ledger, Query, overview
from dabi.ledger.overview import (
    article_facets,
    claims_found,
    claims_page,
    corrections,
    facets,
    heads,
    hits_page,
    keys_of,
    newest_claims,
    newest_day,
    newest_heads,
    running,
    series_of_reports,
    steps,
    tallies,
)
from dabi.ledger.results import Relation, Results, Series, Story
from dabi.ledger.search import Position
from reports import Figure, report

DAYS = ("2025-03-02", None, "2025-03-09", "2025-03-02", None)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Five articles, two of them undated, three figures in each; the first two figures are series of their own."""
    readings = []
    for n, day in enumerate(DAYS):
        figures = [
            Figure(value=n, source="করিম আলী", event="death"),
            Figure(value=n + 10, event="injury", source="ঢাকা ও তায়েব"),
            Figure(value=n + 20, event=None),
        ]
        outlet = "ভোর" if n % 2 else "সন্ধ্যা"
        given = report(f"a{n}", figures, published=day, outlet=outlet)
        readings.append(ledger.add(*given, extractor="1").key)
    keys = [claim.key for claim in ledger.claims()]
    ledger.results.save(
        Results(
            stories=(
                Story(id="one", last_day="2025-03-09", reports=(readings[2],)),
                Story(id="two", last_day="2025-03-02", reports=(readings[0], readings[3])),
                Story(id="undated", reports=(readings[1],)),
            ),
            series=(
                Series(id="dead", last_day="2025-03-09", claims=tuple(keys[0::3])),
                Series(id="hurt", last_day="2025-03-02", claims=(keys[1], keys[10])),
            ),
            relations=(
                Relation(series="dead", a=keys[0], b=keys[6], relation="moved", detail={"superseded": True}),
                Relation(series="dead", a=keys[0], b=keys[9], relation="conflicts"),
                Relation(series="hurt", a=keys[1], b=keys[10], relation="moved"),
            ),
        ),
        method="1",
    )
    return ledger


def walk(page: Callable[[Position | None], tuple[list[Any], Position | None]]) -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        items, after = page(after)
        found += items
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 4, 15, 100])
def test_pages_of_claims_hold_each_once_the_newest_first(filled: Ledger, limit: int) -> None:
    whole = [claim.key for claim in filled.claims(newest_first=True)]
    assert [c.key for c in walk(lambda after: claims_page(filled, Query(), after=after, limit=limit))] == whole
    days = [claim.day for claim in filled.claims(newest_first=True)]
    assert days[:3] == ["2025-03-09"] * 3
    assert days[-6:] == [None] * 6


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("words", [None, "শ্রমিক"])
def test_all_claims_found_are_those_of_all_pages(
    filled: Ledger, words: str | None, newest_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Query(words=words, low=3)
    paged = walk(lambda after: claims_page(filled, asked, after=after, limit=4, newest_first=newest_first))
    monkeypatch.setattr(overview, "_BATCH", 4)
    assert list(claims_found(filled, asked, newest_first=newest_first)) == paged
    assert len(paged) == 12


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_hits_hold_each_once(filled: Ledger, limit: int) -> None:
    found = walk(lambda after: hits_page(filled, Query(words="শ্রমিক"), after=after, limit=limit))
    assert [hit.article for hit in found] == ["a2", "a3", "a0", "a4", "a1"]


def test_filters_hold_on_every_page(filled: Ledger) -> None:
    asked = Query(event="injury", low=11, high=13)
    found = walk(lambda after: claims_page(filled, asked, after=after, limit=1))
    assert sorted(claim.low or 0 for claim in found) == [11, 12, 13]


def test_facets_count_what_is_found(filled: Ledger) -> None:
    counted, cut = facets(filled, Query())
    assert not cut
    found = {(facet.field, facet.value): facet.claims for facet in counted}
    assert found[("outlet", "সন্ধ্যা")] == 9
    assert found[("outlet", "ভোর")] == 6
    assert found[("event", "death")] == found[("event", "injury")] == 5
    counted, _ = facets(filled, Query(event="death", outlet="ভোর"))
    assert {(f.field, f.value, f.claims) for f in counted if f.field in ("outlet", "event")} == {
        ("outlet", "ভোর", 2),
        ("event", "death", 2),
    }


@pytest.mark.parametrize(
    "asked",
    [
        Query(),
        Query(words="শ্রমিক"),
        Query(event="injury"),
        Query(low=12, source="ঢাকা ও তায়েব"),
        Query(since="2025-03-05"),
    ],
)
def test_facets_of_articles_say_how_many_are_left(filled: Ledger, asked: Query) -> None:
    counted, cut = article_facets(filled, asked)
    assert not cut
    assert {facet.field for facet in counted} == {"outlet", "event", "kind", "status"}
    for facet in counted:
        narrowed = msgspec.structs.replace(asked, **{facet.field: facet.value})
        assert facet.articles == len(list(filled.search(narrowed))) > 0, facet
    assert sum(facet.articles for facet in counted if facet.field == "outlet") == len(list(filled.search(asked)))


def test_heads(filled: Ledger) -> None:
    newest = newest_heads(filled, 2)
    assert [(head.article, head.claims, head.latest, head.coded) for head in newest] == [
        ("a4", 3, True, False),
        ("a3", 3, True, False),
    ]
    assert heads(filled, [newest[0].key, 999]) == {newest[0].key: newest[0]}
    assert newest_day(filled) == "2025-03-09"


def test_a_story_told_by_several_comes_before_newer_ones(filled: Ledger) -> None:
    assert running(filled, since=None, limit=10) == ["two", "one", "undated"]
    assert running(filled, since="2025-03-03", limit=10) == ["one"]
    assert running(filled, since=None, limit=1) == ["two"]


def test_series_of_reports_and_their_newest_claims(filled: Ledger) -> None:
    keys = [record.key for record in filled.reports()]
    assert series_of_reports(filled, keys) == {
        keys[0]: {"dead", "hurt"},
        keys[1]: {"dead"},
        keys[2]: {"dead"},
        keys[3]: {"dead", "hurt"},
        keys[4]: {"dead"},
    }
    newest = newest_claims(filled, ["dead", "hurt", "none"])
    assert {name: claim.article for name, claim in newest.items()} == {"dead": "a2", "hurt": "a3"}
    found = tallies(filled, ["dead", "hurt", "none"])
    assert (found["dead"].claims, found["dead"].reports, found["dead"].outlets) == (5, 5, 2)
    assert found["dead"].relations == {"moved": 1, "conflicts": 1}
    assert "none" not in found


def test_steps_of_the_newest_series(filled: Ledger) -> None:
    assert {(s.series, s.superseded) for s in steps(filled, "moved", since=None, most=10)} == {
        ("dead", True),
        ("hurt", False),
    }
    assert [s.series for s in steps(filled, "moved", since=None, most=1)] == ["dead"]
    assert [s.series for s in steps(filled, "conflicts", since="2025-03-03", most=10)] == ["dead"]
    assert steps(filled, "conflicts", since="2025-04-01", most=10) == []


def test_corrections_and_keys(filled: Ledger) -> None:
    assert corrections(filled, since=None, limit=5) == []
    filled.add(*report("a0", [Figure(value=7, source="করিম আলী", event="death")]), extractor="1")
    found = corrections(filled, since=None, limit=1)
    assert len(found) == 1
    assert found[0].article == "a0"
    assert corrections(filled, since="2999-01-01", limit=5) == []
    claim = next(iter(filled.claims(Query(article="a3"))))
    assert keys_of(filled, [claim.id, "none"]) == {claim.id: claim.key}
