"""A desk over a ledger with a story in it, asked without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dabi.ledger import Ledger, open_ledger
from dabi.reading.inputs import Failure
from dabi.reconciliation.keeping import update
from dabi.service.ledger import add_reports
from dabi.web.app import create_app
from dabi.web.security import masked
from dabi.web.settings import Settings

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
HERE = "http://localhost"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the examples, made once and not written to."""
    path = tmp_path_factory.mktemp("desk") / "ledger.db"
    with open_ledger(path) as ledger:
        for added in add_reports(ledger, [EXAMPLES]):
            assert not isinstance(added, Failure), added
        update(ledger)
    return path


class Desk(msgspec.Struct):
    """A client of a desk and the ledger behind it."""

    ledger: Ledger
    client: TestClient

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, follow_redirects=False, **more)

    def post(self, address: str, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        """Sends a form as its page would: with the visit's token."""
        self.client.get("/add")
        visits = self.client.app.state.visits  # type: ignore[attr-defined]
        token = masked(visits.form_token(self.client.cookies.get("dabi-visit", "")))
        return self.client.post(address, data={"token": token, **(fields or {})}, follow_redirects=False, **more)


def desk_over(ledger: Ledger, settings: Settings | None = None, **client: Any) -> Desk:
    app = create_app(ledger, settings or Settings())
    return Desk(ledger, TestClient(app, base_url=HERE, raise_server_exceptions=False, **client))


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of the filled ledger: to be written to."""
    copy = tmp_path / "ledger.db"
    shutil.copy(filled, copy)
    with open_ledger(copy) as ledger:
        yield desk_over(ledger)


@pytest.fixture(scope="session")
def reading_desk(filled: Path) -> Iterator[Desk]:
    """A desk over the filled ledger, for tests that only read."""
    with open_ledger(filled) as ledger:
        yield desk_over(ledger)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    with open_ledger(tmp_path / "empty.db") as ledger:
        yield desk_over(ledger)


def story_of(desk: Desk) -> dict[str, Any]:
    """The story that most reports tell."""
    found: list[dict[str, Any]] = desk.get("/stories.json").json()["items"]
    return max(found, key=lambda story: story["reports"])


def series_of(desk: Desk) -> dict[str, Any]:
    """The series of that story with most figures."""
    series: dict[str, Any] = desk.get(f"/series/{story_of(desk)['leading']['id']}.json").json()
    return series
