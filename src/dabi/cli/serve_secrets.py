"""What `dabi serve` must keep to itself: access tokens, and the secret that its processes share."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

import typer

READ_TOKEN, WRITE_TOKEN, SECRET = "DABI_READ_TOKEN", "DABI_WRITE_TOKEN", "DABI_SECRET"
_SHORTEST_TOKEN = 16
_SHORTEST_SECRET = 32


def access_tokens(*, demanded: str | None) -> tuple[str | None, str | None]:
    """The tokens for reading and for writing, from the environment. `demanded`: the option that asks for one."""
    read, write = (os.environ.get(name) or None for name in (READ_TOKEN, WRITE_TOKEN))
    if demanded is not None and read is None and write is None:
        raise typer.BadParameter(
            f"beyond this machine the desk needs an access token: set {READ_TOKEN} for reading,"
            f" {WRITE_TOKEN} for reading and writing, each to a secret of {_SHORTEST_TOKEN} characters or more.",
            param_hint=demanded,
        )
    for name, token in ((READ_TOKEN, read), (WRITE_TOKEN, write)):
        if token is not None and len(token) < _SHORTEST_TOKEN:
            raise typer.BadParameter(f"a token must have {_SHORTEST_TOKEN} characters or more.", param_hint=name)
    if read is not None and read == write:
        raise typer.BadParameter("the tokens for reading and for writing must differ.", param_hint=READ_TOKEN)
    return read, write


def shared_secret(file: Path | None) -> bytes | None:
    """What visits are signed with: from the environment, or from a file, which is made where it is not there yet."""
    given = os.environ.get(SECRET) or None
    if file is not None:
        given = _read_or_made(file)
    if given is None:
        return None
    if len(given) < _SHORTEST_SECRET:
        where = SECRET if file is None else "--secret-file"
        raise typer.BadParameter(f"a secret must have {_SHORTEST_SECRET} characters or more.", param_hint=where)
    return given.encode()


def _read_or_made(file: Path) -> str:
    try:
        if not file.exists():
            _make(file)
        if file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            raise typer.BadParameter(f"everybody can read {file}: chmod 600 {file}", param_hint="--secret-file")
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror or error}", param_hint="--secret-file") from None


def _make(file: Path) -> None:
    """Write a new secret. Of several processes that do this at once, one succeeds, and nobody sees half a file."""
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}-") as made:  # for the owner only
        made.write(secrets.token_hex(_SHORTEST_SECRET) + "\n")
        made.flush()
        with suppress(FileExistsError):
            os.link(made.name, file)
