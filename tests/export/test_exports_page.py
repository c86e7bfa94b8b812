"""What docs/exports.md and the README show of a ledger works as it stands there: the command, then the program."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("page", ["docs/exports.md", "README.md"])
def test_the_example_leads_from_a_ledger_to_a_frame_and_a_chart(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")
    command, example = re.findall(r"\n    (dabi add .*)\n\n```python\n(.*?)```", written, re.DOTALL)[-1]
    monkeypatch.chdir(tmp_path)
    Path("examples").symlink_to(ROOT / "examples")  # as in a checkout
    subprocess.run([sys.executable, "-m", *shlex.split(command)], check=True, stdout=subprocess.DEVNULL)
    exec(compile(example, page, "exec"), {})
    printed = capsys.readouterr().out
    assert "Empty DataFrame" not in printed
    assert re.search(r"^\w+ +9 +22 +9\.0 +22\.0$", printed, re.MULTILINE), printed  # of the ferry
    assert Path("deaths.svg").read_text(encoding="utf-8").startswith("<svg")
