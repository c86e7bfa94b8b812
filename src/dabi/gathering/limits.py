"""How much of an answer is taken, and how long it may take."""

from __future__ import annotations

import msgspec

MEGABYTE = 1 << 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The bounds of one request with its redirects."""

    size: int = 10 * MEGABYTE  # bytes after decompression; a news page has 0.1 to 1 MB, the longest feeds 5
    ratio: int = 200  # bytes out of one compressed byte; markup comes to 20, lists of one line to 100, bombs to 1000
    seconds: float = 30.0  # from the first connection to the last byte, over all redirects; waiting for permits apart
    connect: float = 10.0  # seconds for a name and a connection
    redirects: int = 5  # as many as any outlet needs: http to https, bare to www, old path to new


PAGE = Limits()
ARCHIVE = Limits(size=4096 * MEGABYTE, ratio=1000, seconds=6 * 3600.0)  # a WARC file of CC-NEWS has 1 GB
