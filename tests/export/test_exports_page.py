"""What docs/exports.md shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ferry_story
from dabi.ledger import open_ledger
from dabi.reconciliation.keeping import update
from dabi.service.ledger import add_reports

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "exports.md"


def test_the_example_leads_from_a_ledger_to_a_frame_and_a_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports.jsonl").write_text(ferry_story.LINES, encoding="utf-8")
    with open_ledger("news.db") as ledger:
        assert len(list(add_reports(ledger, ["reports.jsonl"], kind="jsonl"))) == 4
        update(ledger)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, "exports.md", "exec"), {})
    assert "22" in capsys.readouterr().out
    assert Path("deaths.svg").read_text(encoding="utf-8").startswith("<svg")
