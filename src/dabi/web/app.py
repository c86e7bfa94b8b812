"""The application: its parts put together."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import Any, cast

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..ledger import Ledger
from ..service.drifted import Drifting
from ..service.sources import Voices
from . import problems
from .heads import HeadAsGet
from .rate import Rate
from .routes import ROUTERS
from .security import Guard, Visits
from .settings import Settings

DESCRIPTION = """\
The ledger of what Bengali news claims: who said it, how many or how much, of what, about when, with the sentence that \
proves it. Lists come in pages: give `next` as `cursor`. Answers carry an ETag. Errors are problems after RFC 9457.
"""


def create_app(ledger: Ledger, settings: Settings | None = None, *, closing: bool = False) -> FastAPI:
    """The desk and the API over an open ledger, which stays the caller's to close unless `closing`."""
    chosen = settings or Settings()
    visits = Visits(chosen.visits_key)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = chosen.threads
        yield
        if closing:
            ledger.close()

    app = FastAPI(
        title="dabi",
        version=version("dabi"),
        description=DESCRIPTION,
        lifespan=living,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.ledger = ledger
    app.state.settings = chosen
    app.state.visits = visits
    app.state.voices = Voices(ledger)
    app.state.drifting = Drifting(ledger)
    app.state.wrong_tokens = Rate(chosen.wrong_tokens_per_minute, chosen.counted_in, counted="wrong tokens")
    app.state.reconciling = threading.Lock()
    app.state.fetching = threading.BoundedSemaphore(chosen.most_fetches)
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    with as_file(files(__package__) / "static") as folder:
        app.mount("/static", _Lasting(StaticFiles(directory=folder)), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=1500)
    app.add_middleware(Guard, settings=chosen, visits=visits)
    app.add_middleware(HeadAsGet)
    return app


def openapi() -> dict[str, Any]:
    """The description of the API, without the version of dabi."""
    app = create_app(cast(Ledger, None))  # no route is run
    described: dict[str, Any] = app.openapi()
    described["info"].pop("version")
    return described


class _Lasting:
    """Files whose address changes with their content may be kept for a year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                versioned = b"v=" in scope["query_string"]
                lasting = b"public, max-age=31536000, immutable" if versioned else b"public, max-age=604800"
                message["headers"] = [*message["headers"], (b"cache-control", lasting)]
            await send(message)

        await self.app(scope, receive, sending)
