"""What people decide is written down, taken back by a new record, and never rewritten."""

from __future__ import annotations

import pytest

from dabi.ledger import Ledger, LedgerError, LedgerMissing


def test_judgements_say_who_when_and_why(ledger: Ledger) -> None:
    link = ledger.judgements.link("c1", "c2", who=" রুমা ", why="একই সেতু")
    split = ledger.judgements.split("c1", "c3", who="রুমা")
    label = ledger.judgements.relabel("s1", " সেতুধসে মৃত্যু ", who="অনি")
    assert list(ledger.judgements) == [link, split, label]
    assert (link.kind, link.a, link.b, link.who, link.why, link.stands) == ("link", "c1", "c2", "রুমা", "একই সেতু", True)
    assert (label.a, label.b, label.label) == ("s1", None, "সেতুধসে মৃত্যু")
    assert link.at.endswith("Z")
    assert ledger.judgements.standing() == [link, split, label]


def test_taking_back_is_a_record_and_can_be_taken_back(ledger: Ledger) -> None:
    link = ledger.judgements.link("c1", "c2", who="রুমা")
    undo = ledger.judgements.undo(link.number, who="অনি", why="অন্য সেতু")
    assert ledger.judgements.standing() == []
    assert [(j.number, j.stands) for j in ledger.judgements] == [(link.number, False), (undo.number, True)]
    ledger.judgements.undo(undo.number, who="রুমা")
    assert ledger.judgements.standing() == [link]


def test_judgements_that_make_no_sense_are_refused(ledger: Ledger) -> None:
    link = ledger.judgements.link("c1", "c2", who="রুমা")
    ledger.judgements.undo(link.number, who="রুমা")
    before = list(ledger.judgements)
    with pytest.raises(LedgerError, match="taken back already"):
        ledger.judgements.undo(link.number, who="রুমা")
    with pytest.raises(LedgerMissing, match="no judgement 99"):
        ledger.judgements.undo(99, who="রুমা")
    with pytest.raises(LedgerError, match="against itself"):
        ledger.judgements.link("c1", "c1", who="রুমা")
    with pytest.raises(LedgerError, match="who makes it"):
        ledger.judgements.link("c1", "c2", who=" ")
    with pytest.raises(LedgerError, match="words in it"):
        ledger.judgements.relabel("c1", "", who="রুমা")
    assert list(ledger.judgements) == before
