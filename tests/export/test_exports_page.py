"""What docs/exports.md and the README show of a ledger works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ferry_story
from dabi.ledger import open_ledger
from dabi.reconciliation.keeping import update
from dabi.service.ledger import add_reports

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("page", ["docs/exports.md", "README.md"])
def test_the_example_leads_from_a_ledger_to_a_frame_and_a_chart(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports.jsonl").write_text(ferry_story.LINES, encoding="utf-8")
    with open_ledger("news.db") as ledger:
        assert len(list(add_reports(ledger, ["reports.jsonl"], kind="jsonl"))) == 4
        update(ledger)
    *_, example = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, page, "exec"), {})
    assert "22" in capsys.readouterr().out
    assert Path("deaths.svg").read_text(encoding="utf-8").startswith("<svg")
