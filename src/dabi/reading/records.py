"""The records of a WARC file one by one, found again behind damage.

fastwarc reads sound archives faster and stops at the first thing wrong; this reads the stretches it stops at. A record
is broken when less than it declares is there, when its declared end is not followed by a record's end, or when its
packed data are damaged. In an archive packed record by record, no record reaches beyond its own frame, and after damage
reading goes on at the next frame; in any other at the next line that begins a record.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from .packing import Damage, Piece, Unpacking

_BEGIN = b"WARC/"
_LONGEST_HEADER = 64 << 10
_HEADER = re.compile(rb"[^\r\n]*(?:\r\n(?:.*?\r\n)??\r\n|\n(?:.*?\n)??\r?\n)", re.S)  # all its lines end as its first
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_NEXT = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z][A-Za-z-]{1,40}:")
_BEGINNING = 32 << 10  # bytes of a block that is too large: enough for its HTTP header
_BEHIND = 16  # bytes behind a record that show whether it ends there: two line ends, and how the next begins
_BLANK = re.compile(rb"[\r\n]*")
_LONGEST_NEXT = 64  # bytes that a match of _NEXT can have


class Sound(NamedTuple):
    """A whole record: its header and its block. `at`: where in the file it begins (in what was unpacked, where the
    file is not packed record by record)."""

    at: int
    header: bytes
    block: bytes


class Broken(NamedTuple):
    """A stretch that is no sound record; or one that is too large, with how it begins."""

    at: int
    why: str
    too_large: bool = False
    header: bytes = b""
    beginning: bytes = b""  # of the block


class Records:
    """What stands in the pieces of a file: see the module. `limit`: bytes of the largest record that is kept.

    Blocks beyond the limit are passed over without keeping them.
    """

    def __init__(
        self,
        pieces: Iterator[Piece],
        *,
        limit: int,
        unpacking: Unpacking | None = None,
        at: int = 0,
        framed: bool = False,
    ) -> None:
        self._pieces = pieces
        self._unpacking = unpacking
        self._limit = limit
        self._held = bytearray()
        self._start = at  # offset of _held[0] in what was unpacked
        self._frames: dict[int, int] = {}  # frames that begin at or after _start: offset → place in the file, in order
        self._unseen: deque[int] = deque()  # of these the ones of which it is not known whether a record begins them
        self._begun: deque[int] = deque()  # and the ones that a record begins
        self._damage: deque[tuple[int, Damage]] = deque()  # with the offset of what comes behind it
        self._framed = framed  # the last record filled its frame exactly

    def resume(self) -> int | None:
        """Where in the file the next record begins, if that place can be gone to; to be asked behind a sound record."""
        self._skip_blank()
        if self._damage or not self._held:
            return None
        if self._unpacking is None:
            return self._start
        return self._frames.get(self._start)

    def __iter__(self) -> Iterator[Sound | Broken]:
        while True:
            self._skip_blank()
            yield from self._lost_before(self._start)
            if not self._held:
                return
            yield self._record()

    def _record(self) -> Sound | Broken:
        start, at = self._start, self._place()
        if not self._starts(start):
            self._resync(start)
            return Broken(at, "something that is no record")
        header = self._header(start)
        length = _LENGTH.search(header) if header is not None else None
        if header is None or length is None:
            self._resync(start + 1)
            return Broken(at, "a record without an end of its header" if header is None else "a record without length")
        end = start + len(header) + int(length[1])
        if int(length[1]) > self._limit:
            return self._passed_over(start, end, at, header)
        beyond = self._fill(start, end)
        if beyond < end:
            there = max(0, beyond - start - len(header))
            why = self._damaged_within(start, beyond) or f"a record cut short: {there} of {int(length[1])} bytes"
            self._resync(start + 1)
            return Broken(at, why)
        if damage := self._damaged_within(start, end):
            self._resync(start + 1)
            return Broken(at, damage)
        if not self._closed(end):
            self._resync(start + 1)
            return Broken(at, "a record whose declared length is wrong")
        block = bytes(self._held[len(header) : end - start])
        self._drop(end)
        self._skip_blank()
        self._framed = self._start in self._frames
        return Sound(at, header, block)

    def _passed_over(self, start: int, end: int, at: int, header: bytes) -> Broken:
        """Drop a record that is too large; a frame of its own is not even unpacked to its end."""
        size = end - start
        cut = Broken(at, f"a record cut short, of {size} declared bytes")
        self._fill(start, min(end, start + len(header) + _BEGINNING))
        beginning = bytes(self._held[len(header) : len(header) + _BEGINNING])
        given_up = False
        while self._start < end:
            following = self._boundary(start)
            if following is None and not self._framed:
                following = self._find_next(start + 1)
            if following is not None and following < end:
                self._drop(following)
                self._forget_damage()
                if given_up:
                    break
                return cut
            self._drop(min(end, max(self._start, self._tail())))
            if self._start < end and not self._more():
                self._drop(min(end, self._start + len(self._held)))
                self._forget_damage()
                if self._start < end and not given_up:
                    return cut
                break
            if self._framed and self._unpacking is not None and not given_up and self._start - start > self._limit:
                self._unpacking.give_up_frame("too large")
                given_up = True
        why = f"a record of {size >> 20} MB, larger than {self._limit >> 20} MB"
        return Broken(at, why, True, header, beginning)

    def _header(self, start: int) -> bytes | None:
        while True:
            found = _HEADER.match(self._held, 0, _LONGEST_HEADER)
            if found is not None:
                return found.group()
            if len(self._held) >= _LONGEST_HEADER or self._boundary(start) is not None or not self._more():
                return None

    def _fill(self, start: int, end: int) -> int:
        """Hold all up to `end` and a little more. Returns where what there is ends, if that is before `end`."""
        while True:
            boundary = self._boundary(start)
            if boundary is not None and boundary <= end:
                return boundary
            if len(self._held) > end - self._start + _BEHIND or not self._more():
                return min(end, self._start + len(self._held))

    def _closed(self, end: int) -> bool:
        """Whether a record's end, another record or nothing stands at an offset."""
        if end in self._frames:
            return True
        rest = bytes(self._held[end - self._start : end - self._start + _BEHIND])
        blank = rest.lstrip(b"\r\n")
        return rest.startswith((b"\r\n\r\n", b"\n\n")) or not blank or blank.startswith(_BEGIN)

    def _resync(self, behind: int) -> None:
        """Go to the next record at or behind an offset, or to the end."""
        framed = self._framed or self._start in self._frames
        while True:
            following = self._boundary(behind - 1)
            if not framed and (found := self._find_next(behind)) is not None:
                following = found if following is None else min(found, following)
            if following is not None:
                self._drop(following)
                break
            self._drop(max(self._start, self._tail()))
            if not self._more():
                self._drop(self._start + len(self._held))
                break
        self._forget_damage()

    def _find_next(self, behind: int) -> int | None:
        """The first line at or behind an offset that begins a record."""
        found = _NEXT.search(self._held, max(0, behind - self._start))
        return None if found is None else self._start + found.start()

    def _tail(self) -> int:
        """From here on a line that begins a record may be held in part."""
        return self._start + len(self._held) - _LONGEST_NEXT

    def _boundary(self, start: int) -> int | None:
        """The first frame behind an offset that a record begins."""
        while self._unseen:
            if self._starts(self._unseen[0]):
                self._begun.append(self._unseen[0])
            self._unseen.popleft()
        return next((offset for offset in self._begun if offset > start), None)

    def _starts(self, offset: int) -> bool:
        at = offset - self._start
        while len(self._held) < at + len(_BEGIN) and self._more():
            pass
        return self._held.startswith(_BEGIN, at)

    def _place(self) -> int:
        """Where in the file what is held begins, or in what was unpacked."""
        return self._frames.get(self._start, self._start)

    def _damaged_within(self, start: int, end: int) -> str | None:
        """Why packed data between two offsets are damaged; a wrong checksum is told behind the record's end."""
        for offset, damage in self._damage:
            if damage.unpacked is not None and start < offset <= end + 4 and offset - damage.unpacked < end:
                return damage.why
        return None

    def _lost_before(self, offset: int) -> Iterator[Broken]:
        """Damage that no record was said to be broken by."""
        while self._damage and self._damage[0][0] <= offset:
            _, damage = self._damage.popleft()
            yield Broken(damage.at, damage.why)

    def _forget_damage(self) -> None:
        """Damage up to here has been told."""
        while self._damage and self._damage[0][0] <= self._start:
            self._damage.popleft()

    def _skip_blank(self) -> None:
        while True:
            blank = len(_BLANK.match(self._held).group())  # type: ignore[union-attr]  # it matches anything
            if blank:
                self._drop(self._start + blank)
            if self._held or not self._more():
                return

    def _drop(self, upto: int) -> None:
        if upto <= self._start:
            return
        del self._held[: upto - self._start]
        self._start = upto
        while self._frames and (first := next(iter(self._frames))) < upto:
            del self._frames[first]
        for offsets in (self._unseen, self._begun):
            while offsets and offsets[0] < upto:
                offsets.popleft()

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        offset = self._start + len(self._held)
        if piece.damage is not None:
            self._damage.append((offset, piece.damage))
        if piece.frame is not None:
            if offset not in self._frames:
                self._unseen.append(offset)
            self._frames[offset] = piece.frame
        self._held += piece.data
        return True
