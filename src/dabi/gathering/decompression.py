"""Decompression in bounded steps, so that a small answer that swells is stopped before it fills the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

STEP = 1 << 16  # bytes that come out at a time
_ZSTD_SLICE = 64  # bytes that go in at a time: a block of 4 bytes may say 128 KB
_ZSTD_WINDOW = 1 << 23  # bytes; what RFC 9659 allows on the web
_IDENTITY = ("", "identity")
GZIP_MAGIC = b"\x1f\x8b"

ACCEPTED = "gzip, deflate, br, zstd"


class Damaged(ValueError):
    """A compressed stream that is broken, cut off or compressed in an unknown way; the message says so in words."""


class Decoder(Protocol):
    """One stream. `finish` after the last byte; both raise Damaged."""

    def decode(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


def decoder(encoding: str) -> Decoder:
    """The decoder of a Content-Encoding. Raises Damaged for one that was not asked for, or several."""
    named = [name for part in encoding.lower().split(",") if (name := part.strip()) not in _IDENTITY]
    if not named:
        return _Plain()
    if named in (["gzip"], ["x-gzip"]):
        return _Zlib("gzip", 16 + zlib.MAX_WBITS)
    if named == ["deflate"]:
        return _Deflate()
    if named == ["br"]:
        return _Brotli()
    if named == ["zstd"]:
        return _Zstd()
    raise Damaged(f"it is compressed in a way that was not asked for ({', '.join(named)[:60]})")


class _Plain:
    def decode(self, data: bytes) -> Iterator[bytes]:
        if data:
            yield data

    def finish(self) -> None:
        pass


class _Zlib:
    """gzip of one or several members, or one zlib stream; what follows its end is passed over, as browsers do."""

    def __init__(self, name: str, window: int) -> None:
        self._name, self._window = name, window
        self._stream = zlib.decompressobj(window)
        self._begun = self._done = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data and not self._done:
            self._begun = True
            try:
                out = self._stream.decompress(data, STEP)
            except zlib.error as error:
                raise Damaged(f"its {self._name} compression is broken") from error
            if out:
                yield out
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._stream.unused_data
                if self._window > zlib.MAX_WBITS and data[:2] == GZIP_MAGIC:
                    self._stream = zlib.decompressobj(self._window)
                else:
                    self._done = True

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise Damaged(f"its {self._name} compression ends too early")


class _Deflate:
    """Deflate as the standard says, in a zlib stream, or bare as some servers send it."""

    def __init__(self) -> None:
        self._inner: _Zlib | None = None
        self._first = b""

    def decode(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._first += data
            if len(self._first) < 2:
                return
            wrapped = self._first[0] & 15 == 8 and int.from_bytes(self._first[:2], "big") % 31 == 0
            self._inner = _Zlib("deflate", zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
            data = self._first
        yield from self._inner.decode(data)

    def finish(self) -> None:
        if self._inner is not None:
            self._inner.finish()
        elif self._first:
            raise Damaged("its deflate compression ends too early")


class _Brotli:
    def __init__(self) -> None:
        import brotli  # few servers of those that we ask use it where they may use gzip

        self._error: type[Exception] = brotli.error
        self._stream = brotli.Decompressor()
        self._begun = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while data or not self._stream.is_finished():
            try:
                out = self._stream.process(data, output_buffer_limit=STEP)  # about so much
            except self._error as error:
                raise Damaged("its br compression is broken") from error
            if out:
                yield out
            elif self._stream.can_accept_more_data():
                return
            data = b""

    def finish(self) -> None:
        if self._begun and not self._stream.is_finished():
            raise Damaged("its br compression ends too early")


class _Zstd:
    def __init__(self) -> None:
        import zstandard  # slow to load, and few servers use it

        self._error = zstandard.ZstdError
        self._maker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._stream = self._maker.decompressobj()
        self._begun = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        for at in range(0, len(data), _ZSTD_SLICE):
            piece = data[at : at + _ZSTD_SLICE]
            while piece:
                if self._stream.eof:
                    self._stream = self._maker.decompressobj()
                self._begun = True
                try:
                    out = self._stream.decompress(piece)
                except self._error as error:
                    raise Damaged("its zstd compression is broken") from error
                if out:
                    yield out
                piece = self._stream.unused_data if self._stream.eof else b""

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise Damaged("its zstd compression ends too early")
