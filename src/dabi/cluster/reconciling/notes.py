"""Reports packed for travelling: msgpack, compressed, for their sentences repeat."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from ...reconciliation.statement import Report

if TYPE_CHECKING:
    import zstandard

_decoder = msgspec.msgpack.Decoder(Report)


@cache
def _compressor() -> zstandard.ZstdCompressor:
    import zstandard

    return zstandard.ZstdCompressor(level=1)


@cache
def _decompressor() -> zstandard.ZstdDecompressor:
    import zstandard

    return zstandard.ZstdDecompressor()


def packed(report: Report) -> bytes:
    return _compressor().compress(encoded(report))


def encoded(report: Report) -> bytes:
    """The report as a ledger notes it (`ResultStore.save`)."""
    return msgspec.msgpack.encode(report)


def unpacked(note: bytes) -> Report:
    return _decoder.decode(decompressed(note))


def decompressed(note: bytes) -> bytes:
    """A packed report as a ledger notes it."""
    return _decompressor().decompress(note)
