"""The command that opens a ledger in the browser."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from .commands import app
from .ledger import Database, _ledger

if TYPE_CHECKING:
    from ..ledger import Ledger

READ_TOKEN, WRITE_TOKEN = "DABI_READ_TOKEN", "DABI_WRITE_TOKEN"
_SHORTEST_TOKEN = 16
_BETWEEN = 20.0  # seconds between looks at what was added elsewhere

Host = Annotated[
    str, typer.Option(help="Where to listen. Beyond this machine an access token is demanded.", metavar="ADDRESS")
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")]
Demo = Annotated[bool, typer.Option("--demo", help="Open a ledger filled with the examples, forgotten at the end.")]


@app.command(
    epilog=f"""\b
Examples:
  dabi serve
  dabi serve --db news.db --port 8080
  dabi serve --demo
  {READ_TOKEN}=… {WRITE_TOKEN}=… dabi serve --host 0.0.0.0
"""
)
def serve(db: Database = None, host: Host = "127.0.0.1", port: Port = 8765, demo: Demo = False) -> None:
    """Open the ledger in a browser: the desk, and the HTTP API under /api/v1."""
    import uvicorn

    from ..web.app import create_app
    from ..web.settings import LOOPBACK, Settings, is_loopback

    local = is_loopback(host)
    tokens = _tokens(local)
    settings = Settings(
        hosts=(*LOOPBACK, host) if local else (),
        read_token=tokens[0],
        write_token=tokens[1],
        demo=demo,
    )
    with _listening(host, port) as listening, _demo(demo, db) as place, _ledger(place, create=True) as ledger:
        if demo:
            _fill(ledger)
        desk = create_app(ledger, settings)
        threading.Thread(target=_catch_up, args=(ledger, desk.state.reconciling), daemon=True).start()
        name = f"[{host}]" if ":" in host else host
        typer.echo(f"dabi: the desk is open at http://{name}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
        server = uvicorn.Server(uvicorn.Config(desk, log_level="warning", server_header=False, lifespan="off"))
        server.run(sockets=[listening])


def _tokens(local: bool) -> tuple[str | None, str | None]:
    read, write = (os.environ.get(name) or None for name in (READ_TOKEN, WRITE_TOKEN))
    if not local and read is None and write is None:
        raise typer.BadParameter(
            f"beyond this machine the desk needs an access token: set {READ_TOKEN} for reading,"
            f" {WRITE_TOKEN} for reading and writing, each to a secret of {_SHORTEST_TOKEN} characters or more.",
            param_hint="--host",
        )
    for name, token in ((READ_TOKEN, read), (WRITE_TOKEN, write)):
        if token is not None and len(token) < _SHORTEST_TOKEN:
            raise typer.BadParameter(f"a token must have {_SHORTEST_TOKEN} characters or more.", param_hint=name)
    if read is not None and read == write:
        raise typer.BadParameter("the tokens for reading and for writing must differ.", param_hint=READ_TOKEN)
    return read, write


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket at the address; what stands in the way is told in one line."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)  # who comes before the server is ready waits
    except OSError as error:
        typer.echo(f"dabi: can't listen at {host}, port {port}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from None
    with listening:
        yield listening


@contextmanager
def _demo(demo: bool, db: str | None) -> Iterator[str | None]:
    if not demo:
        yield db
        return
    if db is not None:
        raise typer.BadParameter("the demonstration has a ledger of its own.", param_hint="--db")
    with TemporaryDirectory(prefix="dabi-demo-") as folder:
        yield str(Path(folder, "ledger.db"))


def _fill(ledger: Ledger) -> None:
    from ..reading.inputs import Failure
    from ..reconciliation.keeping import update
    from ..service.ledger import add_reports

    for added in add_reports(ledger, [_examples()]):
        if isinstance(added, Failure):
            typer.echo(f"dabi: {added}", err=True)
    update(ledger)


def _examples() -> Path:
    """The examples, as they are in the package or in the checkout."""
    package = Path(__file__).resolve().parent.parent
    places = (package / "examples", package.parent.parent / "examples")
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        typer.echo("dabi: the examples are not installed with this package", err=True)
        raise typer.Exit(1)
    return found


def _catch_up(ledger: Ledger, busy: threading.Lock) -> None:
    """Reconcile what was added elsewhere; the desk is open meanwhile."""
    from ..ledger import LedgerError
    from ..reconciliation.keeping import update

    while True:
        try:
            with busy:
                update(ledger)
        except LedgerError as error:
            print(f"dabi: {error}", file=sys.stderr)  # noqa: T201  # not in the thread of the command
        time.sleep(_BETWEEN)
