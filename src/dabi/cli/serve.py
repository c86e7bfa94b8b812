"""The command that opens a ledger in the browser."""

from __future__ import annotations

import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .commands import AllowPrivate, UserAgent, _web, app
from .ledger import Database, _ledger
from .serve_secrets import READ_TOKEN, WRITE_TOKEN, access_tokens, shared_secret

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..ledger.engine import Pooling
    from ..web.settings import Settings

_BETWEEN = 20.0  # seconds between looks at what was added elsewhere
_ANSWERS = 60  # seconds after which a worker that does not answer its parent is replaced
_LAST_WORDS = 20  # seconds that requests get to end when the server is stopped

Host = Annotated[
    str, typer.Option(help="Where to listen. Beyond this machine an access token is demanded.", metavar="ADDRESS")
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")]
Demo = Annotated[bool, typer.Option("--demo", help="Open a ledger filled with the examples, forgotten at the end.")]
_MANY = "For many people"
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.", rich_help_panel=_MANY)]
Proxy = Annotated[
    bool,
    typer.Option(
        "--behind-proxy",
        help="Believe the proxy what it says of visitors (X-Forwarded-For, -Proto). An access token is demanded.",
        rich_help_panel=_MANY,
    ),
]
Proxies = Annotated[
    list[str] | None,
    typer.Option(
        "--proxy",
        metavar="ADDRESS",
        help="Where the proxy asks from, an address or a network; else this machine.",
        show_default=False,
        rich_help_panel=_MANY,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="NAME",
        help="A name under which visitors know the desk; requests for others are refused.",
        show_default=False,
        rich_help_panel=_MANY,
    ),
]
SecretFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Visitors stay known across restarts and machines with the same secret; made if not there. "
        "Or set DABI_SECRET.",
        show_default=False,
        rich_help_panel=_MANY,
    ),
]
Connections = Annotated[
    int, typer.Option(min=2, max=500, help="At most so many to the database, of each process.", rich_help_panel=_MANY)
]
Recycle = Annotated[
    int,
    typer.Option(min=1, metavar="SECONDS", help="PostgreSQL: the age of a connection.", rich_help_panel=_MANY),
]
Slowest = Annotated[
    float,
    typer.Option(
        min=0,
        metavar="SECONDS",
        help="PostgreSQL: a question that takes longer is ended; 0 for no limit.",
        rich_help_panel=_MANY,
    ),
]


@app.command(
    short_help="Open the ledger in a browser, with its HTTP API.",
    epilog=f"""\b
Examples:
  dabi serve
  dabi serve --db news.db --port 8080
  dabi serve --demo
  {READ_TOKEN}=… {WRITE_TOKEN}=… dabi serve --host 0.0.0.0
  {READ_TOKEN}=… dabi serve --db postgresql://desk@localhost/news --workers 4 --behind-proxy --name desk.example.org
""",
)
def serve(
    db: Database = None,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    demo: Demo = False,
    workers: Workers = 1,
    behind_proxy: Proxy = False,
    proxy: Proxies = None,
    name: Names = None,
    secret_file: SecretFile = None,
    connections: Connections = 15,
    recycle: Recycle = 1800,
    slowest: Slowest = 30.0,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Open the ledger in a browser: the desk, and the HTTP API under /api/v1."""
    from ..ledger.engine import Pooling
    from ..web.settings import Settings, is_loopback

    if proxy and not behind_proxy:
        raise typer.BadParameter("say --behind-proxy, too.", param_hint="--proxy")
    local = is_loopback(host)
    read, write = access_tokens(demanded="--host" if not local else "--behind-proxy" if behind_proxy else None)
    pooling = Pooling.of(connections, recycle=recycle, reading=slowest)
    settings = Settings(
        hosts=_hosts(host, name or [], local=local and not behind_proxy),
        read_token=read,
        write_token=write,
        secret=shared_secret(secret_file) or secrets.token_bytes(32),
        threads=pooling.overflow,
        demo=demo,
        user_agent=_web(user_agent, allow_private).agent,
        allow_private=allow_private,
    )
    forwarded = (proxy or ["127.0.0.1", "::1"]) if behind_proxy else None
    with (
        _listening(host, port) as listening,
        _demo(demo, db) as place,
        _ledger(place, create=True, pooling=pooling) as ledger,
    ):
        if demo:
            _fill(ledger)
        if not ledger.writable:
            settings = _for_reading(settings, ledger)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"dabi: the desk is open at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
        if workers == 1:
            _alone(ledger, settings, listening, forwarded)
        else:
            _together(ledger, settings, pooling, listening, forwarded, workers)


def _hosts(host: str, names: list[str], *, local: bool) -> tuple[str, ...]:
    """The names under which the desk may be asked for. Beyond this machine tokens guard it, and any will do."""
    from ..web.settings import LOOPBACK

    return (*LOOPBACK, host, *names) if local or names else ()


def _for_reading(settings: Settings, ledger: Ledger) -> Settings:
    import msgspec

    typer.echo(f"dabi: the ledger {ledger.place} may only be read here: nobody can add or judge", err=True)
    return msgspec.structs.replace(settings, read_only=True)


def _server_options(forwarded: list[str] | None) -> dict[str, Any]:
    return {
        "log_level": "warning",
        "server_header": False,
        "lifespan": "on",
        "proxy_headers": forwarded is not None,
        "forwarded_allow_ips": forwarded or [],
        "timeout_graceful_shutdown": _LAST_WORDS,
    }


def _alone(ledger: Ledger, settings: Settings, listening: socket.socket, forwarded: list[str] | None) -> None:
    import uvicorn

    from ..web.app import create_app

    desk = create_app(ledger, settings)
    _keep_up(ledger, desk.state.reconciling)
    uvicorn.Server(uvicorn.Config(desk, **_server_options(forwarded))).run(sockets=[listening])


def _together(
    ledger: Ledger,
    settings: Settings,
    pooling: Pooling,
    listening: socket.socket,
    forwarded: list[str] | None,
    workers: int,
) -> None:
    """Several processes at one socket. This one looks after them, and after what was added elsewhere."""
    import msgspec
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from ..web import serving

    config = uvicorn.Config(
        "dabi.web.serving:worker",
        factory=True,
        workers=workers,
        timeout_worker_healthcheck=_ANSWERS,
        **_server_options(forwarded),
    )
    with _counted_together() as place:
        together = msgspec.structs.replace(
            settings, counted_in=place, most_fetches=max(1, settings.most_fetches // workers)
        )
        serving.announce(serving.Serving(ledger=ledger.whole_place, settings=together, pooling=pooling))
        _keep_up(ledger, threading.Lock())
        Multiprocess(config, sockets=[listening]).run()


@contextmanager
def _counted_together() -> Iterator[str | None]:
    """Where the processes count writes and wrong tokens together; None where there is no place for it."""
    from ..web.rate import Rate

    try:
        folder = TemporaryDirectory(prefix="dabi-serve-")
    except OSError as error:
        typer.echo(f"dabi: each process counts writes and wrong tokens for itself: {error.strerror or error}", err=True)
        yield None
        return
    with folder as name:
        place = str(Path(name, "writes.db"))
        Rate(1, place)  # made before several open it at once
        yield place


def _keep_up(ledger: Ledger, busy: threading.Lock) -> None:
    if ledger.writable:
        threading.Thread(target=_catch_up, args=(ledger, busy), daemon=True).start()


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
