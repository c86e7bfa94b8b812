"""Unpacking gzip and Zstandard piece by piece: within limits, and past what is damaged where that is asked for.

Archives of the web pack every record by itself, as one gzip member or Zstandard frame; where a frame begins a record
begins, which is how reading finds its way past damage.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing_extensions import Buffer
    from zstandard import ZstdCompressionDict

Packing = Literal["gzip", "zstd"]
_BY_ENDING: dict[str, Packing] = {"gz": "gzip", "gzip": "gzip", "zst": "zstd", "zstd": "zstd"}

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = frozenset(bytes([low, 0x2A, 0x4D, 0x18]) for low in range(0x50, 0x60))
DICTIONARY = b"\x5d\x2a\x4d\x18"  # a skippable frame with the dictionary, at the start of a .warc.zst
_LONGEST_DICTIONARY = 8 << 20
_PIECE = 1 << 18  # bytes unpacked at a time
_READ = 1 << 16
_ZSTD_FED = 256  # bytes; a block of 4 bytes may unpack to 128 KiB, and nothing but this bounds what comes at once
_KEPT = 1 << 20  # bytes of a frame that are kept until it has ended
_MOST_IN_TURN = 8  # damaged frames behind each of which the next is looked for in what was kept
_TOO_EARLY = "the packed data end too early"
_LARGEST_WINDOW = 1 << 27  # of a Zstandard frame, the default of its command
# A frame that has unpacked to more than this and to so many times its size is a bomb: records of archives shrink to a
# fifth, the most repetitive pages to a fiftieth.
BOMB_SIZE = 1 << 28
BOMB_RATIO = 200


class Damaged(OSError):
    """Packed data that cannot be unpacked; the message says why, in words."""


class Piece(NamedTuple):
    """A piece of what was packed.

    `frame`: where the packed frame that it begins starts in the file, None within a frame. `damage`: what was passed
    over before it.
    """

    data: bytes
    frame: int | None = None
    damage: Damage | None = None


class Damage(NamedTuple):
    """What was passed over: from where in the file on, and why; a frame after so many `unpacked` bytes of it, or None
    for bytes between frames."""

    at: int
    why: str
    unpacked: int | None = None


def packing_of(head: bytes) -> Packing | None:
    """How a file is packed, by its first bytes."""
    if head.startswith(_GZIP):
        return "gzip"
    return "zstd" if head.startswith(_ZSTD) or head[:4] in _SKIPPABLE else None


def packing_by_name(name: str) -> Packing | None:
    """How a file is packed, as its name says."""
    ending = name.lower().rpartition(".")[2]
    return _BY_ENDING.get(ending)


def without_packing(name: str) -> str:
    """A file's name as it would be unpacked: news.jsonl for news.jsonl.gz."""
    return name if packing_by_name(name) is None else name[: name.rindex(".")]


def first_unpacked(head: bytes) -> bytes:
    """What the first bytes of a file hold, unpacked as far as they go; themselves when they are not packed."""
    packing = packing_of(head)
    if packing is None:
        return head
    return next((piece.data for piece in Unpacking(io.BytesIO(head), packing) if piece.data), b"")


class _Codec(Protocol):
    def feed(self, data: memoryview) -> tuple[bytes, int, bool]:
        """What comes out, how much was taken in, and whether the frame has ended. Raises ValueError, zlib.error."""


class _GzipMember:
    def __init__(self) -> None:
        self._codec = zlib.decompressobj(31)

    def feed(self, data: memoryview) -> tuple[bytes, int, bool]:
        out = self._codec.decompress(data, _PIECE)
        left = self._codec.unused_data if self._codec.eof else self._codec.unconsumed_tail
        return out, len(data) - len(left), self._codec.eof


class _ZstdFrame:
    def __init__(self, dictionary: ZstdCompressionDict | None) -> None:
        from zstandard import ZstdDecompressor

        made = ZstdDecompressor(dict_data=dictionary, max_window_size=_LARGEST_WINDOW)
        self._codec = made.decompressobj()

    def feed(self, data: memoryview) -> tuple[bytes, int, bool]:
        from zstandard import ZstdError

        fed = data[:_ZSTD_FED]
        try:
            out = self._codec.decompress(fed)
        except ZstdError as error:
            raise ValueError(str(error)) from error
        return out, len(fed) - len(self._codec.unused_data), self._codec.eof


class Unpacking:
    """The pieces of a packed file, none longer than it may be, none reaching over the end of a frame.

    `position`: where in the file its next byte stands, or `head`, what was read of it already. Damage is told in the
    piece behind it.
    """

    def __init__(self, file: BinaryIO, packing: Packing, *, position: int = 0, head: bytes = b"") -> None:
        self._file = file
        self._packing = packing
        self._data = memoryview(head)
        self._at = position  # of the first byte of _data
        self._dictionary: ZstdCompressionDict | None = None
        self._given_up: str | None = None
        self._taken = bytearray()  # of the frame that is being unpacked, up to _KEPT bytes and what was taken with them
        self._failed_in_turn = 0

    def give_up_frame(self, why: str) -> None:
        """Unpack no more of the frame that is being unpacked, and look for the next."""
        self._given_up = why

    def __iter__(self) -> Iterator[Piece]:
        lost: Damage | None = None
        while True:
            before = self._at
            if (garbage := self._find_frame()) and lost is None:
                lost = Damage(before, f"{garbage} bytes that are no {self._packing} data")
            if not self._data:
                break
            start = self._at
            codec: _Codec = _GzipMember() if self._packing == "gzip" else _ZstdFrame(self._dictionary)
            begins, ended, unpacked, more = True, False, 0, False
            self._given_up = None
            self._taken.clear()
            try:
                while not ended and self._given_up is None:
                    if not self._data and not more and not self._read():
                        raise ValueError(_TOO_EARLY)
                    out, taken, ended = codec.feed(self._data)
                    self._take(taken, keep=True)
                    more = len(out) >= _PIECE  # some may be held back
                    if out or ended or lost:
                        yield Piece(out, start if begins else None, lost)
                        begins, lost = False, None
                    unpacked += len(out)
                    if unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * (self._at - start):
                        self._given_up = f"it unpacks to more than {BOMB_RATIO} times its size"
                if self._given_up is not None and not ended:
                    lost = Damage(start, self._given_up, unpacked)
                self._failed_in_turn = 0
            except (ValueError, zlib.error) as error:
                if lost is not None:
                    yield Piece(b"", None, lost)
                why = _TOO_EARLY if str(error) == _TOO_EARLY else f"the packed data are damaged: {_words(error)}"
                lost = Damage(start, why, unpacked)
                self._go_back(start)
        if lost is not None:
            yield Piece(b"", None, lost)

    def _go_back(self, start: int) -> None:
        """Look for the next frame right behind the beginning of the damaged one: its length may have been wrong, and
        others taken for a part of it. Not without end, where many in turn are damaged."""
        self._failed_in_turn += 1
        if self._failed_in_turn <= _MOST_IN_TURN and len(self._taken) <= _KEPT:
            self._data = memoryview(bytes(self._taken) + bytes(self._data))
            self._at = start
        if self._at == start:
            self._take(1)

    def _find_frame(self) -> int:
        """Go to the next frame, taking in a dictionary on the way. Returns how many bytes of garbage were passed."""
        garbage = 0
        while len(self._data) >= 4 or self._read():
            head = bytes(self._data[:4])
            if head[:3] == _GZIP if self._packing == "gzip" else head == _ZSTD:
                return garbage
            if self._packing == "zstd" and head in _SKIPPABLE:
                self._skip_frame(head)
                continue
            raw = bytes(self._data)
            magic = _GZIP if self._packing == "gzip" else _ZSTD
            found = raw.find(magic)
            passed = found if found >= 0 else max(1, len(raw) - 3)
            garbage += passed if raw[:passed].strip(b"\0\r\n") else 0  # padding is no damage
            self._take(passed)
        rest = bytes(self._data)
        self._take(len(rest))
        return garbage + (len(rest) if rest.strip(b"\0\r\n") else 0)

    def _skip_frame(self, head: bytes) -> None:
        while len(self._data) < 8 and self._read():
            pass
        length = struct.unpack("<I", self._data[4:8])[0] if len(self._data) >= 8 else 0
        self._take(min(8, len(self._data)))
        kept = bytearray()
        while length and (self._data or self._read()):
            part = self._data[:length]
            if head == DICTIONARY and len(kept) + len(part) <= _LONGEST_DICTIONARY:
                kept += part
            length -= len(part)
            self._take(len(part))
        if kept and self._dictionary is None:
            self._dictionary = _dictionary(bytes(kept))

    def _read(self) -> bool:
        more = self._file.read(_READ)
        if not more:
            return False
        self._data = memoryview(bytes(self._data) + more)
        return True

    def _take(self, count: int, *, keep: bool = False) -> None:
        if keep and len(self._taken) <= _KEPT:
            self._taken += self._data[:count]
        self._data = self._data[count:]
        self._at += count


def _dictionary(data: bytes) -> ZstdCompressionDict | None:
    from zstandard import ZstdCompressionDict, ZstdDecompressor, ZstdError

    try:
        if data.startswith(_ZSTD):
            data = ZstdDecompressor().decompress(data, max_output_size=_LONGEST_DICTIONARY)
        return ZstdCompressionDict(data)
    except ZstdError:
        return None


def _words(error: Exception) -> str:
    return str(error).removeprefix("Error ").partition(": ")[2] or str(error)


class Unpacked(io.RawIOBase):
    """A packed file as a stream. Reading raises `Damaged`, and for a line longer than `longest_line` too."""

    def __init__(self, file: BinaryIO, packing: Packing, *, longest_line: int) -> None:
        self._pieces = iter(Unpacking(file, packing))
        self._data = b""
        self._longest_line = longest_line
        self._since_line_end = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        into = memoryview(buffer)
        while not self._data:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            if piece.damage is not None:
                raise Damaged(piece.damage.why)
            self._data = piece.data
            end = piece.data.rfind(b"\n")
            self._since_line_end = self._since_line_end + len(piece.data) if end < 0 else len(piece.data) - end
            if self._since_line_end > self._longest_line:
                raise Damaged(f"a line unpacks to more than {self._longest_line >> 20} MB")
        count = min(len(into), len(self._data))
        into[:count] = self._data[:count]
        self._data = self._data[count:]
        return count
