"""The outlets that drifted, at hand: checked once, beside those who ask."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dabi.ledger import Ledger, LedgerTooSlow, open_ledger
from dabi.service import drifted
from dabi.service.drift import OutletCheck
from dabi.service.drifted import Drifting

GONE = OutletCheck(outlet="Jugantor", status="drifted", pages=5, problems=("no headline",), example="https://a.example")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger.db")


def test_what_was_found_is_not_looked_for_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    checks = []

    def check(*_: object, **__: object) -> list[OutletCheck]:
        checks.append(1)
        return [GONE, OutletCheck(outlet="Samakal", status="hints", pages=5)]

    monkeypatch.setattr(drifted, "check_ledger", check)
    drifting = Drifting(ledger, patience=30)
    assert [(one.check, one.reading) for one in drifting.outlets()] == [(GONE, None)]
    assert drifting.outlets() == drifting.outlets()
    assert len(checks) == 1
    monkeypatch.setattr(drifted, "_FRESH", -1.0)
    drifting.outlets()
    assert len(checks) == 2


def test_nobody_waits_longer_than_patience_and_one_check_runs_at_a_time(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, checks = threading.Event(), []

    def check(*_: object, **__: object) -> list[OutletCheck]:
        checks.append(1)
        go_on.wait(30)
        return [GONE]

    monkeypatch.setattr(drifted, "check_ledger", check)
    drifting = Drifting(ledger, patience=0)
    assert drifting.outlets() == drifting.outlets() == ()
    go_on.set()
    drifting._patience = 30
    assert [one.check for one in drifting.outlets()] == [GONE]
    assert len(checks) == 1


def test_a_check_that_fails_takes_no_page_with_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object, **__: object) -> list[OutletCheck]:
        raise LedgerTooSlow("the question took longer than is allowed")

    monkeypatch.setattr(drifted, "check_ledger", check)
    assert Drifting(ledger, patience=30).outlets() == ()
