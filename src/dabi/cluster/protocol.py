"""What a worker and the process that reads for it say to each other: frames of msgpack over pipes."""

from __future__ import annotations

import struct
from typing import IO, Any

import msgspec

from ..reading.inputs import InputKind
from .shards import Piece

# A frame: what it is, and how many bytes of msgpack follow.
HEADER = struct.Struct("<BI")
ORDER, READY, STATE, RESULTS, DONE = range(5)  # READY says which version of dabi and of its rules reads

At = tuple[int, int]  # a piece of the order, and a record in it


class Stop(msgspec.Struct, frozen=True):
    """Where a piece ends before its end: after this record, with the reason."""

    record: int
    reason: str


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to read: pieces in order, going on after `after`, with the records to leave out, and why."""

    pieces: tuple[Piece, ...]
    kind: InputKind = "auto"
    published: str | None = None  # EDTF; wins over what the reports say
    folder: str = ""  # where relative paths begin
    after: At | None = None
    aside: dict[str, str] = {}  # "PIECE/RECORD": reason
    stops: dict[int, Stop] = {}  # by piece
    seconds: int = 0  # for one record; 0 is no limit
    memory: int = 0  # bytes for this process; 0 is no limit


class State(msgspec.Struct, frozen=True):
    """What is begun: a record, or, with `fetching`, finding the one after it."""

    piece: int
    record: int
    fetching: bool = False


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What was read up to and with `last`."""

    last: At
    articles: bytes | None = None  # an Arrow stream of rows with their day
    errors: list[dict[str, Any]] = []
    read: int = 0
    claims: int = 0
    days: dict[str, int] = {}  # bytes of text by day


def send(out: IO[bytes], frame: int, value: object = None) -> None:
    data = b"" if value is None else msgspec.msgpack.encode(value)
    out.write(HEADER.pack(frame, len(data)) + data)
    out.flush()
