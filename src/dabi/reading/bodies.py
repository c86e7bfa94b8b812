"""The body of an HTTP response as it stands in an archive: out of its chunks and its content encodings, within limits.

Crawlers differ: some keep the body as it came over the wire, some decode it and leave the headers as they were. So
a body that does not look encoded is taken as it is.
"""

from __future__ import annotations

import io
import re
import zlib

_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")


class BodyBroken(ValueError):
    """A body that cannot be decoded; the message says why, in words."""


class BodyTooLarge(ValueError):
    """A body that unpacks to more than it may; the message says how much that is."""


def without_chunks(body: bytes) -> bytes:
    """A chunked body (RFC 9112, 7.1) in one piece; a body that does not begin with a chunk as it is.

    Raises BodyBroken when it breaks off or a chunk is none.
    """
    at = 0
    parts: list[bytes] = []
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        start = size.end()
        if start + length > len(body):
            raise BodyBroken("its chunks break off")
        parts.append(body[start : start + length])
        at = start + length
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts:
        return body
    raise BodyBroken("its chunks break off" if at >= len(body) else "a chunk has no length")


def decoded(body: bytes, encodings: list[str], limit: int) -> bytes:
    """A body without its content encodings (gzip, deflate, br, zstd), named in the order in which they were applied.

    Raises BodyBroken, and BodyTooLarge as soon as more than `limit` bytes came out.
    """
    for encoding in reversed(encodings):
        name = encoding.strip().lower()
        if name not in ("", "identity", "none", "utf-8"):  # the last two stand there by mistake
            body = _decoded(body, name, limit)
    return body


def _decoded(body: bytes, encoding: str, limit: int) -> bytes:
    if not body:
        return body
    if encoding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":
        if _MARKUP.match(body):
            return body
        zlib_header = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflated(body, 15 if zlib_header else -15, limit)
    if encoding == "zstd":
        return _read(body, "zstd", limit) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    if encoding == "br":
        return body if _MARKUP.match(body) else _read(body, "br", limit)
    raise BodyBroken(f"its content encoding is unknown: {encoding[:30]}")


def _inflated(body: bytes, kind: int, limit: int) -> bytes:
    codec = zlib.decompressobj(kind)
    try:
        out = codec.decompress(body, limit + 1)
    except zlib.error as error:
        raise BodyBroken("its packed body is damaged") from error
    if len(out) > limit:
        raise BodyTooLarge(_too_large(limit))
    if not codec.eof:
        raise BodyBroken("its packed body ends too early")
    return out


def _read(body: bytes, encoding: str, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(body))
    parts: list[bytes] = []
    size = 0
    try:
        while part := reader.read(1 << 18):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise BodyTooLarge(_too_large(limit))
    except OSError as error:
        raise BodyBroken("its packed body is damaged") from error
    return b"".join(parts)


def _too_large(limit: int) -> str:
    return f"its body unpacks to more than {limit >> 20} MB"
