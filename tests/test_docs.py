"""What docs/ says is what the code does."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from dabi.model import Analysis
from sample import ANALYSIS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current(generate: ModuleType) -> None:
    stale = [str(path.relative_to(ROOT)) for path in generate.stale()]
    assert not stale, f"run `make docs` and commit what it writes: {stale}"


def test_every_table_explains_every_column(generate: ModuleType) -> None:
    for table in generate.tables():
        comment = "\n".join(table.comment)
        for column in table.header:
            assert re.search(rf"\b{re.escape(column)}\b", comment), f"{table.path.name} does not explain {column}"


def test_the_schema_describes_what_is_written() -> None:
    schema = json.loads((ROOT / "docs" / "analysis.schema.json").read_text(encoding="utf-8"))
    written = json.loads(msgspec.json.encode(ANALYSIS))
    fields = schema["$defs"]["Analysis"]["properties"]
    assert list(written) == list(fields)
    for name, plural in (("Quantity", "quantities"), ("Attribution", "attributions"), ("Claim", "claims")):
        assert set(written[plural][0]) == set(schema["$defs"][name]["properties"])
    assert msgspec.json.decode(json.dumps(written), type=Analysis) == ANALYSIS


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), f"{page} links to {target}"


def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example, _from_a_ledger = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "মরদেহ উদ্ধার" in printed
    assert "17 " in printed


def test_the_examples_of_the_grammar_run_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "grammar.md").read_text(encoding="utf-8")
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(example, "docs/grammar.md", "exec"), {})
    printed = capsys.readouterr().out
    for value in ("350000 None at_least", "125000000 None more_than money BDT", "2024-06", "T20:30", "জেলা প্রশাসক"):
        assert value in printed
