"""Results of reconciliation are replaced and dropped without touching a statement."""

from __future__ import annotations

from dabi.ledger import Ledger
from dabi.ledger.results import Block, Echo, Finding, Link, Relation, Results, Series, Story, Sum
from reports import Figure, report

METHOD = "1"


def three_reports(ledger: Ledger) -> tuple[list[int], list[int]]:
    """Their keys, and those of their claims: two in each."""
    keys = [
        ledger.add(*report(name, [Figure(value=n), Figure(value=n + 10)]), extractor="1").key
        for n, name in enumerate(("a", "b", "c"))
    ]
    return keys, [claim.key for claim in ledger.claims()]


def everything(keys: list[int], claims: list[int]) -> Results:
    return Results(
        stories=(Story(id="st1", title="কারখানা", last_day="2025-03-04", reports=(keys[0], keys[1]), detail={"n": 2}),),
        echoes=(Echo(report=keys[1], of=keys[0], similarity=0.9),),
        series=(
            Series(id="se1", story="st1", counted="শ্রমিক", last_day="2025-03-04", claims=(claims[0], claims[2])),
            Series(id="se2", last_day="2025-03-01", claims=(claims[1],)),
        ),
        links=(Link(a=claims[0], b=claims[2], weight=2.5, features={"day": 1.0, "বস্তু": 1.5}),),
        relations=(Relation(series="se1", a=claims[0], b=claims[2], relation="agrees", detail={"why": "০ = ০"}),),
        sums=(Sum(report=keys[0], whole=claims[1], parts=(claims[0],), adds_up=False),),
        findings=(Finding(report=keys[0], kind="headline", claims=(claims[0],), what="hedge dropped"),),
        blocks=(
            Block(key="w:কারখানা", report=keys[0], claim=claims[0], day="2025-03-04"),
            Block(key="w:কারখানা", report=keys[1], claim=claims[2], day="2025-03-09"),
            Block(key="w:শ্রমিক", report=keys[1]),
        ),
    )


def test_results_come_back(ledger: Ledger) -> None:
    keys, claims = three_reports(ledger)
    batch = everything(keys, claims)
    results = ledger.results
    results.save(batch, method=METHOD, done={keys[0]: "কথা".encode(), keys[1]: b""})
    assert results.stories() == results.stories(["st1"]) == results.stories(reports=[keys[1]]) == list(batch.stories)
    assert results.series() == list(batch.series)
    assert results.series(claims=[claims[2]]) == results.series(stories=["st1"]) == [batch.series[0]]
    assert results.series(since="2025-03-04") == [batch.series[0]]
    assert results.series(limit=1) == [batch.series[0]]
    assert results.links() == results.links([claims[2]]) == list(batch.links)
    assert results.relations(["se1"]) == list(batch.relations)
    assert results.echoes([keys[1]]) == list(batch.echoes)
    assert results.sums() == list(batch.sums)
    assert results.findings([keys[0]]) == list(batch.findings)
    assert results.findings([keys[1]]) == results.relations(["se2"]) == results.links([claims[5]]) == []
    assert dict(results.record(keys)) == {keys[0]: "কথা".encode(), keys[1]: b""}


def test_what_is_to_be_done_and_what_is_out_of_date(ledger: Ledger) -> None:
    keys, _ = three_reports(ledger)
    results = ledger.results
    assert results.pending(METHOD) == keys
    results.save(Results(), method=METHOD, done=keys[:2])
    assert results.pending(METHOD) == keys[2:]
    assert results.pending("2") == keys
    assert results.stale() == []
    newer = ledger.add(*report("a", [Figure(value=5)]), extractor="1").key
    assert results.stale() == keys[:1]
    assert results.pending(METHOD) == [keys[2], newer]
    results.save(Results(), method=METHOD, done=[keys[2], newer], forget=keys[:1])
    assert results.stale() == results.pending(METHOD) == []


def test_saving_again_replaces(ledger: Ledger) -> None:
    keys, claims = three_reports(ledger)
    results, batch = ledger.results, everything(keys, claims)
    for _ in range(2):
        results.save(batch, method=METHOD, done=keys)
    assert results.series() == list(batch.series)
    assert results.sums() == list(batch.sums)
    assert len(list(results.candidates(["w:কারখানা"]))) == 2
    smaller = Series(id="se1", last_day="2025-03-05", claims=(claims[4],))
    results.save(Results(series=(smaller,)), method=METHOD, drop_series=["se2"], drop_stories=["st1"])
    assert results.series() == [smaller]
    assert results.relations() == results.stories() == []


def test_forgetting_a_reading_drops_what_is_about_it(ledger: Ledger) -> None:
    keys, claims = three_reports(ledger)
    results = ledger.results
    results.save(everything(keys, claims), method=METHOD, done=keys)
    results.save(Results(), method=METHOD, forget=[keys[0]])
    assert results.sums() == results.findings() == results.echoes() == results.links() == results.relations() == []
    assert [s.claims for s in results.series()] == [(claims[2],), ()]
    assert [s.reports for s in results.stories()] == [(keys[1],)]
    assert [b.report for b in results.candidates(["w:কারখানা"])] == [keys[1]]


def test_clearing_leaves_statements_and_judgements(ledger: Ledger) -> None:
    keys, claims = three_reports(ledger)
    ledger.judgements.link("x", "y", who="রুমা")
    ledger.results.save(everything(keys, claims), method=METHOD, done=keys)
    ledger.results.clear()
    assert ledger.results.series() == ledger.results.sums() == []
    assert ledger.results.pending(METHOD) == keys
    assert len(list(ledger.claims())) == 6
    assert len(ledger.judgements.standing()) == 1


def test_candidates_by_key_and_day(ledger: Ledger) -> None:
    keys, claims = three_reports(ledger)
    results, batch = ledger.results, everything(keys, claims)
    results.save(batch, method=METHOD, done=keys)
    assert list(results.candidates(["w:কারখানা", "w:শ্রমিক", "w:নেই"])) == list(batch.blocks)
    assert list(results.candidates(["w:কারখানা"], since="2025-03-05")) == [batch.blocks[1]]
    assert list(results.candidates(["w:কারখানা"], until="2025-03-04")) == [batch.blocks[0]]
    assert list(results.candidates(["w:শ্রমিক"], since="2030-01-01")) == [batch.blocks[2]]
    assert list(results.candidates(["w:কারখানা", "w:শ্রমিক"], most=1)) == [batch.blocks[2]]
    assert list(results.candidates([])) == []
