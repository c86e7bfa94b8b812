"""A desk served on a port of its own, and Debian's Chromium to look at it.

Needs chromium and a Bengali font (`apt-get install chromium fonts-noto-core`; `make test` installs them where it may).
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from dabi.ledger import Ledger, open_ledger
from dabi.reading.inputs import Failure
from dabi.reconciliation.keeping import update
from dabi.service.ledger import add_reports
from dabi.web.app import create_app
from dabi.web.settings import Settings

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
READERS = {"bn": "bn.bengali.indian", "en": "en.latin.international"}
PHONE, DESKTOP = 390, 1280


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: apt-get install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "ledger.db"
    with open_ledger(path) as ledger:
        for added in add_reports(ledger, [EXAMPLES]):
            assert not isinstance(added, Failure), added
        update(ledger)
    return path


class Site(msgspec.Struct):
    """A served desk."""

    url: str
    ledger: Ledger

    def story(self) -> str:
        """The story that most reports tell."""
        return max(self.ledger.results.stories(), key=lambda story: len(story.reports)).id

    def series(self) -> str:
        """The series with most figures."""
        return max(self.ledger.results.series(), key=lambda series: len(series.claims)).id

    def pages(self) -> dict[str, str]:
        """One address of every kind of page."""
        held = self.ledger.results.series([self.series()])[0]
        claims = sorted(self.ledger.claims(keys=held.claims), key=lambda claim: claim.published or "")
        corrected = next(iter(self.ledger.changes())).article
        return {
            "desk": "/?since=2025-01-01",
            "stories": "/stories",
            "story": f"/stories/{self.story()}",
            "series list": "/series",
            "series": f"/series/{quote(self.series(), safe='')}",
            "article": f"/articles/{claims[0].report}",
            "versions": f"/articles/{self.ledger.report(corrected).key}?changes=true",
            "sources": "/sources",
            "source": f"/sources/{quote('ফারহানা ইয়াসমিন')}",
            "source around": f"/sources/{quote('অধিদপ্তর')}?limit=3",
            "no source": f"/sources/{quote('ফার')}",
            "search": "/search?words=" + quote("মৃত"),
            "search articles": "/search?show=articles&words=" + quote("লঞ্চ"),
            "nothing found": "/search?words=" + quote("নেইনেই"),
            "compare": f"/compare?a={claims[0].report}&b={claims[-1].report}",
            "add": "/add",
            "judge": f"/judge?a={quote(claims[0].id)}",
            "judge two": f"/judge?a={quote(claims[0].id)}&b={quote(claims[-1].id)}&words=" + quote("ফেরি"),
            "enter": "/enter",
            "not found": "/nothing",
        }


@contextmanager
def served(path: Path) -> Iterator[Site]:
    with open_ledger(path) as ledger, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(ledger, Settings(writes_per_minute=10_000, allow_private=True))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", ledger)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def site(filled: Path) -> Iterator[Site]:
    """A desk that is only read."""
    with served(filled) as made:
        yield made


@pytest.fixture
def own_site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A desk to write to."""
    copy = tmp_path / "ledger.db"
    shutil.copy(filled, copy)
    with served(copy) as made:
        yield made


class Looking(msgspec.Struct):
    """A page in a window, and what went wrong in it."""

    page: Page
    site: Site
    complaints: list[str]
    requests: list[str]

    def go(self, address: str) -> None:
        self.page.goto(self.site.url + address)


@contextmanager
def looking(browser: Browser, site: Site, language: str, width: int, **more: Any) -> Iterator[Looking]:
    """A window on the desk in a language and width; everything that a browser complains of is gathered."""
    height = 800 if width > 800 else 844
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    context.add_cookies([{"name": "dabi-reader", "value": READERS[language], "url": site.url}])
    page = context.new_page()
    seen = Looking(page, site, [], [])
    page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("request", lambda request: seen.requests.append(request.url))
    yield seen
    context.close()
