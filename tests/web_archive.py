"""Web archives of our own: records, and the ways in which archives pack them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from hashlib import sha256

import zstandard

BENGALI = (
    "নদীর পানি বিপৎসীমার ওপরে উঠে যাওয়ায় চরের ২৩০টি পরিবার বাঁধে আশ্রয় নিয়েছে। জেলা প্রশাসক বলেন, তাদের জন্য ১২ টন চাল "
    "দেওয়া হয়েছে এবং আরও নৌকা পাঠানো হবে। স্থানীয় লোকজন জানান, গত তিন দিন ধরে এই এলাকায় বিদ্যুৎ নেই, কোনো কোনো ঘরে কোমরপানি।"
)
ENGLISH = "The river rose again on Tuesday, and two hundred families moved to the embankment, officials said. "

Packing = Callable[[Sequence[bytes]], bytes]


def plain(records: Sequence[bytes]) -> bytes:
    return b"".join(records)


def gzipped(records: Sequence[bytes]) -> bytes:
    """Record by record, as crawlers do."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def gzipped_whole(records: Sequence[bytes]) -> bytes:
    """As `gzip crawl.warc` does."""
    return gzip.compress(b"".join(records), mtime=0)


def blocks(records: Sequence[bytes], size: int = 700) -> bytes:
    """As bgzip does: members of one size, wherever records begin."""
    data = b"".join(records)
    return b"".join(gzip.compress(data[at : at + size], mtime=0) for at in range(0, len(data), size))


def zstd(records: Sequence[bytes]) -> bytes:
    codec = zstandard.ZstdCompressor(write_checksum=True)
    return b"".join(codec.compress(record) for record in records)


def zstd_with_dictionary(records: Sequence[bytes]) -> bytes:
    """As the Internet Archive does: a skippable frame with the dictionary goes first."""
    trained = zstandard.train_dictionary(4096, [page(f"sample {n} {n * 7919}").encode() for n in range(300)])
    held = trained.as_bytes()
    codec = zstandard.ZstdCompressor(dict_data=trained)
    frame = b"\x5d\x2a\x4d\x18" + len(held).to_bytes(4, "little") + held
    return frame + b"".join(codec.compress(record) for record in records)


def page(title: str, body: str = BENGALI, *, menu: str = "") -> str:
    items = "".join(f"<li><a href='/{n}'>{item}</a></li>" for n, item in enumerate(menu.split("|")) if item)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title><style>p {{}}</style></head>"
        f"<body><ul>{items}</ul><h1>{title}</h1><p>{body}</p></body></html>"
    )


def http(
    body: bytes, *, status: str = "200 OK", media: str | None = "text/html; charset=utf-8", **headers: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}"]
    if media is not None:
        lines.append(f"Content-Type: {media}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    address: str,
    block: bytes,
    *,
    kind: str = "response",
    date: str = "2025-06-24T05:30:00Z",
    media: str = "application/http; msgtype=response",
    length: int | str | None = None,
    end: bytes = b"\r\n\r\n",
    more: str = "",
) -> bytes:
    """A record; `length` is what it declares where that is not its own, `end` what follows it."""
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{address}>\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Date: {date}\r\nContent-Type: {media}\r\n{more}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return lines.encode() + block + end


def capture(number: int, body: str = BENGALI, *, date: str = "2025-06-24T05:30:00Z", **changed: object) -> bytes:
    """A Bengali page, https://news.example/NUMBER, with noise in it, so that no packing makes it a copy of another."""
    noise = "".join(sha256(f"{number} {n}".encode()).hexdigest() for n in range(8))
    block = http(page(f"পাতা {number}", f"{body}</p><img src='/{noise}.png'><p>").encode())
    return record(f"https://news.example/{number}", block, date=date, **changed)  # type: ignore[arg-type]


def info() -> bytes:
    block = b"software: our own\r\nformat: WARC File Format 1.0\r\n"
    return record("urn:info", block, kind="warcinfo", media="application/warc-fields")


def wet(address: str, text: str, *, date: str = "2025-06-24T05:30:00Z") -> bytes:
    return record(address, text.encode(), kind="conversion", media="text/plain", date=date)
