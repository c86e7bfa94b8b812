"""Files of any size: written beside the memory first, so that what fails is told as a problem, then sent piece by
piece with an ETag. No connection to the ledger waits for a slow client."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from .pages import unchanged

CSV = "text/csv; charset=utf-8"
_IN_MEMORY = 8 << 20  # bytes of a file; a larger one goes through the disk
_PIECE = 1 << 16


def download(request: Request, name: str, media_type: str, write: Callable[[BinaryIO], object]) -> Response:
    """What `write` writes, as a file of that name."""
    out = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when it is sent
    try:
        write(cast(BinaryIO, out))
        size = out.tell()
        out.seek(0)
        digest = hashlib.blake2b(digest_size=12)
        while piece := out.read(_PIECE):
            digest.update(piece)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    tag = f'"{digest.hexdigest()}"'
    if (known := unchanged(request, tag)) is not None:
        out.close()
        return known
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size), "ETag": tag}
    return StreamingResponse(_pieces(out), media_type=media_type, headers=headers)


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while piece := out.read(_PIECE):
            yield piece
