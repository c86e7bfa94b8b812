"""A PostgreSQL server of our own on loopback, as an ordinary user, for as long as a test session needs it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

MISSING = "PostgreSQL is NOT INSTALLED, so half of the ledger's tests do not run: apt-get install postgresql"


def binaries() -> Path | None:
    """Where initdb and postgres are: on the PATH, or where Debian puts them."""
    places = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


class Server:
    """A running server: `create()` makes an empty database and says its URL."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0

    def url(self, database: str) -> str:
        return f"postgresql://dabi@127.0.0.1:{self.port}/{database}"

    def create(self) -> str:
        self._made += 1
        name = f"ledger_{os.getpid()}_{self._made}"
        self.run(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
        return self.url(name)

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(*, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """Start a server in a folder of its own and stop it at the end. Raises when PostgreSQL is not installed."""
    place = binaries()
    if place is None:
        raise RuntimeError(MISSING)
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="dabi-postgres-"))
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    command = [place / "initdb", "-D", data, "-U", "dabi", "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder)
    port = _free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "shared_buffers": "64MB",
        "max_wal_size": "256MB",
        **(settings or {}),
    }
    arguments = [part for option, value in options.items() for part in ("-c", f"{option}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [place / "postgres", "-D", data, *arguments], stdout=log, stderr=log, user=user, cwd=folder
        )
    try:
        server = Server(port)
        _wait(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: the data are thrown away
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
        try:
            server.run("SELECT 1")
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not answer:\n{log.read_text(errors='replace')}")
