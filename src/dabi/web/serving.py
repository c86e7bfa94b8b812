"""The desk in several processes: each opens the ledger anew and shares nothing with the others but the secret."""

from __future__ import annotations

import os

import msgspec
from fastapi import FastAPI

from ..ledger import open_ledger
from ..ledger.engine import Pooling
from .app import create_app
from .settings import Settings

# What the parent tells its workers; never on a command line, which everybody on the machine can read.
VARIABLE = "DABI_SERVING"


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    ledger: str
    settings: Settings
    pooling: Pooling = Pooling()


def announce(serving: Serving) -> None:
    """Tell it to the workers that are started from now on."""
    os.environ[VARIABLE] = msgspec.json.encode(serving).decode()


def worker() -> FastAPI:
    """The application of one worker. Raises the errors of `open_ledger`, and KeyError where nothing was announced."""
    serving = msgspec.json.decode(os.environ.pop(VARIABLE), type=Serving)
    ledger = open_ledger(serving.ledger, pooling=serving.pooling)
    return create_app(ledger, serving.settings, closing=True)
