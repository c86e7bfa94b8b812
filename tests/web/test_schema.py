"""Whatever the description allows, the API answers as it describes, and never fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dabi.ledger import open_ledger
from dabi.web.app import create_app
from dabi.web.settings import Settings

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


DESCRIPTION = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.json"
OPERATIONS = [
    (path, method)
    for path, methods in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"].items()
    for method in methods
]


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are asked for have made-up addresses: none is looked up."""

    def look_up(*_: object, **__: object) -> list[Any]:
        raise OSError("no names here")

    monkeypatch.setattr("dabi.gathering.network.socket.getaddrinfo", look_up)


@pytest.fixture(scope="module")
def described(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    copy = tmp_path_factory.mktemp("schema") / "ledger.db"
    shutil.copy(filled, copy)
    with open_ledger(copy) as ledger:
        app = create_app(ledger, Settings(hosts=(), writes_per_minute=1_000_000))
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_api_answers_as_described(described: Any, path: str, method: str) -> None:
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method].as_strategy())
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    answers()
