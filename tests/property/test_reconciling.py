"""Stories and series do not depend on the way to them: all reports at once, one after the other in any order into a
ledger, or spread over tasks. Also where so many reports meet under one key that not all of them can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.ledger import Ledger, open_ledger
from dabi.reconciliation import lines, outcome, stories
from dabi.reconciliation.clues import reading_of
from dabi.reconciliation.keeping import report_of, update
from sinkings import Sinking

sinkings = st.lists(
    st.builds(
        Sinking,
        id=st.just(""),
        place=st.integers(0, 3),
        dead=st.sampled_from([7, 8, 9, 11, 12]),
        day=st.one_of(st.none(), st.integers(10, 14)),
    ),
    min_size=2,
    max_size=12,
).map(lambda told: [msgspec.structs.replace(one, id=f"r{n}") for n, one in enumerate(told)])
few = st.sampled_from([1, 2, 3, 48])
seeds = st.integers(0, 10_000)


@contextmanager
def at_most(neighbours: int) -> Iterator[None]:
    """As few reports compared as if all keys were crowded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "NEIGHBOURS", neighbours)
        yield


def found_at_once(told: list[Sinking]) -> dict[str, Any]:
    reports = []
    for one in told:
        submission, analysis = one.analysed()
        reports.append(reading_of(submission.text, analysis))
    made = outcome.reconcile(reports)
    shown = [outcome.line_of(found) for found in made.series if len(found.series.members) > 1 or found.sums]
    return {
        "stories": set(made.stories),
        "echoes": set(made.near_copies),
        "series": {line["series"]: without_order(line) for line in shown},
    }


def without_order(line: dict[str, Any]) -> dict[str, Any]:
    """A line of a series without its label and what does not fit; relations and sums in any order."""
    relations = sorted((tuple(r["a"]), tuple(r["b"]), r["relation"], r["rule"]) for r in line["relations"])
    sums = sorted((tuple(s["whole"]), tuple(map(tuple, s["parts"])), s["adds_up"]) for s in line["sums"])
    return {"members": line["members"], "relations": relations, "sums": sums}


def found_in(ledger: Ledger) -> dict[str, Any]:
    articles = {record.key: record.article for record in ledger.reports()}
    first = {key: report_of(record) for record in ledger.reports() for key in [record.key]}
    told = ledger.results.stories()
    return {
        "stories": {
            tuple(articles[r] for r in sorted(story.reports, key=lambda r: stories.canonical(first[r])))
            for story in told
        },
        "echoes": {tuple(sorted((articles[e.report], articles[e.of]))) for e in ledger.results.echoes()},
        "series": {
            line["series"]: without_order(line)
            for line in msgspec.json.decode(msgspec.json.encode(list(lines.series_lines(ledger))))
        },
    }


@given(sinkings, few, seeds)
@settings(max_examples=25, deadline=None)
def test_a_ledger_comes_to_the_same_in_any_order(told: list[Sinking], neighbours: int, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(told, len(told))
    with at_most(neighbours), TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.db") as ledger:
        for one in order:
            if chance.random() < 0.2:  # first as it read before it was changed
                before = msgspec.structs.replace(one, dead=one.dead + 20, place=one.place + 1)
                ledger.add(*before.analysed(), extractor="test")
                update(ledger)
            ledger.add(*one.analysed(), extractor="test")
            if chance.random() < 0.4:
                update(ledger, at_once=chance.choice([1, 2, 100]))
        update(ledger)
        assert found_in(ledger) == found_at_once(told)


@given(sinkings, few, seeds)
@settings(max_examples=25, deadline=None)
def test_tasks_come_to_the_same(told: list[Sinking], neighbours: int, seed: int) -> None:
    pytest.importorskip("pyarrow")
    from cluster.one_process import Reconciled

    with at_most(neighbours):
        made = Reconciled([one.analysed() for one in told], random.Random(seed))
        expected = found_at_once(told)
    rows = [msgspec.json.decode(line) for line in made.lines]
    assert {line["series"]: without_order(line) for line in rows} == expected["series"]
    assert {tuple(story["reports"]) for story in made.stories} == expected["stories"]
    copies = [row for row in made.comparisons if row["similarity"] is not None]
    assert {tuple(sorted((row["a_page"], row["b_page"]))) for row in copies} == expected["echoes"]
