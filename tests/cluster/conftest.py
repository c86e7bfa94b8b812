from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading processes that this process starts obey the words in their texts: see poison/."""
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent / "poison"), *sys.path])
