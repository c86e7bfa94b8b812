"""A ledger's series and stories follow its reports and what people say of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dabi import service
from dabi.ledger import Ledger, Submission, open_ledger
from dabi.ledger.coded import CodedClaim
from dabi.reconciliation import keeping
from dabi.reconciliation.keeping import regroup, report_of, update
from dabi.reconciliation.lines import series_lines
from dabi.reconciliation.outcome import line_of, reconcile
from dabi.service.findings import article_findings, findings_between
from dabi.service.stories import story_view

TEXTS = {
    "a": (
        "2025-06-10",
        """চাঁদপুরে লঞ্চডুবি, নিহত ৭
চাঁদপুরের মতলবে মেঘনা নদীতে একটি লঞ্চ ডুবে অন্তত ৭ জন নিহত হয়েছেন। আহত হয়েছেন ২২ জন।
নৌ পুলিশ জানায়, লঞ্চটিতে প্রায় ১২০ জন যাত্রী ছিলেন।""",
    ),
    "b": (
        "2025-06-11",
        """মতলবে লঞ্চডুবি: মৃতের সংখ্যা বেড়ে ১১
চাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় আরও চারজনের লাশ উদ্ধার করা হয়েছে। এ নিয়ে মৃতের সংখ্যা বেড়ে ১১ জনে দাঁড়াল।
লঞ্চটিতে ১২০ জন যাত্রী ছিলেন।""",
    ),
    "c": (
        "2025-06-12",
        """লঞ্চডুবিতে মৃত্যু বেড়ে ১৪
চাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় মৃতের সংখ্যা বেড়ে ১৪ জনে দাঁড়িয়েছে। নৌ পুলিশ জানায়, লঞ্চটিতে ১২৬ জন যাত্রী ছিলেন।""",
    ),
    "d": (
        "2025-06-11",
        """বইমেলায় বিক্রি ২ কোটি টাকা
বরিশালের বইমেলায় প্রথম সপ্তাহে ২ কোটি টাকার বই বিক্রি হয়েছে। এর মধ্যে শিশুদের বই বিক্রি হয়েছে ৬০ লাখ টাকার।""",
    ),
}


def add(ledger: Ledger, *names: str, **texts: str) -> None:
    for name in names:
        day, text = TEXTS[name]
        text = texts.get(name, text)
        analysis = service.analyse(text, published=day, id=name)
        ledger.add(Submission(article=name, text=text), analysis, extractor="test")


def members(ledger: Ledger) -> set[frozenset[tuple[str, str]]]:
    claims = {claim.key: claim for claim in ledger.claims()}
    return {
        frozenset((claims[key].article, claims[key].text) for key in series.claims)
        for series in ledger.results.series()
    }


def test_the_ledger_holds_what_all_reports_at_once_give(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    assert update(ledger) == len(TEXTS)
    at_once = reconcile([report_of(record) for record in ledger.reports()])
    texts = {(s.article, s.start): s.text for r in ledger.reports() for s in report_of(r).statements}
    expected = {
        frozenset((m.article, texts[m.article, m.start]) for m in found.series.members)
        for found in at_once.series
        if len(found.series.members) > 1
    }
    assert members(ledger) == expected
    assert any({("a", "অন্তত ৭ জন"), ("b", "১১"), ("c", "১৪")} <= group for group in expected)
    assert [set(story.reports) for story in ledger.results.stories()] == [{1, 2, 3}, {4}]


@pytest.mark.parametrize("seed", range(4))
def test_adding_in_any_order_and_in_any_steps_gives_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    names = list(TEXTS)
    chance.shuffle(names)
    with open_ledger(tmp_path / "whole.db") as whole, open_ledger(tmp_path / "steps.db") as steps:
        add(whole, *TEXTS)
        update(whole)
        for name in names:
            add(steps, name)
            if chance.random() < 0.6:
                update(steps, at_once=1)
        update(steps)
        assert members(steps) == members(whole)
        assert {s.id for s in steps.results.series()} == {s.id for s in whole.results.series()}
        assert [sorted(map(str, line["relations"])) for line in series_lines(steps)] == [
            sorted(map(str, line["relations"])) for line in series_lines(whole)
        ]


def test_a_second_run_finds_nothing_to_do(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    before = members(ledger)
    assert update(ledger) == 0
    assert members(ledger) == before


def test_a_new_version_takes_the_place_of_the_old_one(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    add(ledger, "c", c=TEXTS["c"][1].replace("১৪", "১৫"))
    update(ledger)
    assert not any(("c", "১৪") in group for group in members(ledger))
    assert any({("b", "১১"), ("c", "১৫")} <= group for group in members(ledger))
    assert len(ledger.results.stories()) == 2


def test_judgements_split_and_link(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    claims = {(claim.article, claim.text): claim for claim in ledger.claims()}
    one, other = claims["a", "অন্তত ৭ জন"], claims["c", "১৪"]
    ledger.judgements.split(one.id, other.id, who="রুবা")
    regroup(ledger, [one.key, other.key])
    assert not any({("a", "অন্তত ৭ জন"), ("c", "১৪")} <= group for group in members(ledger))
    lone, alone = claims["d", "৬০ লাখ টাকা"], claims["a", "২২ জন"]
    made = ledger.judgements.link(lone.id, alone.id, who="রুবা")
    regroup(ledger, [lone.key, alone.key])
    assert frozenset({("d", "৬০ লাখ টাকা"), ("a", "২২ জন")}) in members(ledger)
    ledger.judgements.undo(made.number, who="রুবা")
    regroup(ledger, [lone.key, alone.key])
    assert not any(
        ("d", "৬০ লাখ টাকা") in group and len(group) == 2 for group in members(ledger) if ("a", "২২ জন") in group
    )
    before = members(ledger)
    add(ledger, "b")
    update(ledger)
    assert members(ledger) == before


DEAD, ABOARD = ("a", "অন্তত ৭ জন"), ("a", "প্রায় ১২০ জন")


def linked(ledger: Ledger) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]], int]:
    """The dead and the passengers of the sunken launch, told to be one: what they were, and the number of that word."""
    dead, aboard = (next(group for group in members(ledger) if one in group) for one in (DEAD, ABOARD))
    claims = {(claim.article, claim.text): claim for claim in ledger.claims()}
    made = ledger.judgements.link(claims[DEAD].id, claims[ABOARD].id, who="রুবা")
    regroup(ledger, [claims[DEAD].key, claims[ABOARD].key])
    return dead, aboard, made.number


def test_two_series_that_a_person_links_become_one_as_wholes_until_it_is_taken_back(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    before = members(ledger)
    dead, aboard, number = linked(ledger)
    assert min(len(dead), len(aboard)) > 1
    assert members(ledger) == before - {dead, aboard} | {dead | aboard}
    ledger.judgements.undo(number, who="রুবা")
    regroup(ledger, [claim.key for claim in ledger.claims() if (claim.article, claim.text) in (DEAD, ABOARD)])
    assert members(ledger) == before


def test_series_that_a_person_linked_stay_one_when_reports_come_and_all_is_made_anew(ledger: Ledger) -> None:
    add(ledger, "a", "b")
    update(ledger)
    dead, aboard, _ = linked(ledger)
    add(ledger, "c")
    update(ledger)
    (held,) = (group for group in members(ledger) if DEAD in group)
    assert held > dead | aboard
    ledger.results.clear()
    update(ledger, at_once=1)
    assert held in members(ledger)
    text = "লঞ্চডুবিতে মৃত্যু বেড়ে ১৫\nচাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় মৃতের সংখ্যা বেড়ে ১৫ জনে দাঁড়িয়েছে।"
    add(ledger, "b", b=text)
    update(ledger)
    (held,) = (group for group in members(ledger) if DEAD in group)
    assert {ABOARD, ("c", "১৪"), ("c", "১২৬ জন"), ("b", "১৫")} <= held


def test_what_a_person_split_stays_apart_when_their_series_are_linked(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    claims = {(claim.article, claim.text): claim for claim in ledger.claims()}
    last = ("c", "১২৬ জন")
    ledger.judgements.split(claims[DEAD].id, claims[last].id, who="রুবা")
    linked(ledger)
    (held,) = (group for group in members(ledger) if DEAD in group)
    assert ABOARD in held
    assert last not in held


def test_the_last_word_about_a_pair_counts(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    before = members(ledger)
    linked(ledger)
    claims = {(claim.article, claim.text): claim for claim in ledger.claims()}
    ledger.judgements.split(claims[ABOARD].id, claims[DEAD].id, who="কামাল")
    regroup(ledger, [claims[DEAD].key, claims[ABOARD].key])
    assert members(ledger) == before


def test_lines_name_figures_by_article_and_span_and_coded_claims_by_id(ledger: Ledger) -> None:
    add(ledger, "d")
    for id, day in (("x", "2021-03-04"), ("y", "2021-03-05")):
        ledger.add_coded(
            CodedClaim(
                id=id,
                date_start=day,
                place="Mirabad",
                actors=("army",),
                event="clash",
                counted="killed",
                low=14,
                high=14,
            )
        )
    update(ledger)
    lines = {line["series"]: line for line in series_lines(ledger)}
    (coded,) = (line for line in lines.values() if line["members"][0].get("claim"))
    assert coded["members"] == [{"claim": "x"}, {"claim": "y"}]
    (alone,) = (line for line in lines.values() if line["sums"])
    text = TEXTS["d"][1]
    (made,) = alone["sums"]
    assert made["adds_up"] is False
    assert [text[start:end] for _, start, end in [made["whole"], *made["parts"]]] == ["২ কোটি টাকা", "৬০ লাখ টাকা"]


def test_lines_agree_with_those_of_reports_in_memory(ledger: Ledger) -> None:
    add(ledger, *TEXTS)
    update(ledger)
    at_once = reconcile([report_of(record) for record in ledger.reports()])
    expected = {line["series"]: line for line in map(line_of, at_once.series) if len(line["members"]) > 1}
    for line in series_lines(ledger):
        if len(line["members"]) > 1:
            wanted = expected[line["series"]]
            assert line["members"] == wanted["members"]
            assert sorted(map(str, [(r["a"], r["b"], r["relation"]) for r in line["relations"]])) == sorted(
                map(str, [(r["a"], r["b"], r["relation"]) for r in wanted["relations"]])
            )
            assert line["sums"] == wanted["sums"]


def test_findings_are_kept_with_their_claims(ledger: Ledger) -> None:
    add(ledger, "a")
    update(ledger)
    (finding,) = ledger.results.findings()
    claims = {claim.key: claim.text for claim in ledger.claims()}
    assert finding.kind == "headline_hedge"
    assert [claims[key] for key in finding.claims] == ["৭", "অন্তত ৭ জন"]


def test_with_other_rules_all_results_are_made_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, *TEXTS)
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "method", lambda: "older rules")
        update(ledger)
    before, judged = members(ledger), list(ledger.judgements)
    assert update(ledger) == len(TEXTS)
    assert members(ledger) == before
    assert list(ledger.judgements) == judged
    assert update(ledger) == 0


def test_what_does_not_fit_between_reports_is_noted_once_where_it_first_shows(ledger: Ledger) -> None:
    told = {
        "e": ("2025-06-13", "লঞ্চডুবি: মোট ১২ জনের মৃত্যু\nচাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় মোট ১২ জনের মৃত্যু হয়েছে।"),
        "f": ("2025-06-14", "লঞ্চডুবির তদন্ত\nচাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় মোট ১২ জনের মৃত্যু হয়েছে।"),
    }
    add(ledger, "a", "b", "c")
    for name, (day, text) in told.items():
        ledger.add(Submission(article=name, text=text), service.analyse(text, published=day, id=name), extractor="test")
    update(ledger)
    found = findings_between(ledger, [series.id for series in ledger.results.series()])
    claims = {claim.key: claim for claim in ledger.claims()}
    assert [(made.kind, {(claims[c].article, claims[c].low) for c in made.claims}) for made in found] == [
        ("fell", {("c", 14), ("e", 12)})
    ]
    assert [made.kind for made in article_findings(ledger, 4)] == ["fell"]
    assert article_findings(ledger, 2) == []
    (story,) = ledger.results.stories()
    assert [made.kind for made in story_view(ledger, story.id).findings] == ["headline_hedge", "fell"]
