"""One order, read: the reports of its pieces through the same function as on one machine, into rows."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from ..ledger.rows import plain
from ..reading.inputs import Failure, Report
from ..service.ledger import submission_for
from ..service.reading import read_report
from .columns import Position, day_of, row, schema
from .protocol import RESULTS, STATE, At, Order, Results, State
from .records import numbered
from .shards import Piece

# What is gathered before it is sent: records, bytes of text.
_RECORDS, _BYTES = 256, 4 << 20
_BEGINNING = 200  # characters of a record in the table of errors
_DAY = "day"

Send = Callable[[int, object], None]


def staged_schema() -> pa.Schema:
    """The columns of a shard's table: those of the articles, and the day that they will be put under."""
    return schema().append(pa.field(_DAY, pa.string(), nullable=False))


class Clock:
    """Ends this process when one record takes longer than so many seconds: nothing else interrupts a library."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds if hasattr(signal, "alarm") else 0

    def __enter__(self) -> None:
        if self._seconds:
            signal.alarm(self._seconds)

    def __exit__(self, *_: object) -> None:
        if self._seconds:
            signal.alarm(0)


class Reading:
    """Carries out one order and sends what it read, and before each step what it begins."""

    def __init__(self, order: Order, send: Send) -> None:
        self._order = order
        self._send = send
        self._clock = Clock(order.seconds)
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._errors: list[dict[str, Any]] = []
        self._days: dict[str, int] = {}
        self._records = self._size = self._claims = 0

    def carry_out(self) -> None:
        after = self._order.after or (-1, -1)
        last: At | None = None
        for index, piece in enumerate(self._order.pieces):
            if index < after[0]:
                continue
            # Finding a record may be what kills us, or what never ends, as reading it may.
            found = numbered(piece, self._order.kind)
            reached = after[1] if index == after[0] else -1
            stop = self._order.stops.get(index)
            self._send(STATE, State(index, reached, fetching=True))
            while True:
                if stop is not None and reached >= stop.record:
                    last = (index, reached + 1)
                    self._fail(piece, max(last[1], 1), Failure(source=piece.path, reason=stop.reason), None)
                    break
                with self._clock:
                    number, report = next(found, (None, None))
                if number is None or report is None:
                    break
                if index == after[0] and number <= after[1]:
                    continue
                reached = number
                self._send(STATE, State(index, number))
                with self._clock:
                    self._take(piece, index, number, report)
                last = (index, number)
                if self._records >= _RECORDS or self._size >= _BYTES:
                    self._flush(last)
                self._send(STATE, State(index, number, fetching=True))
        if last is not None:
            self._flush(last)

    def _take(self, piece: Piece, index: int, number: int, report: Report | Failure) -> None:
        self._records += 1
        if isinstance(report, Failure):
            return self._fail(piece, number, report, None)
        if (reason := self._order.aside.get(f"{index}/{number}")) is not None:
            return self._fail(piece, number, Failure(source=report.source, reason=reason), report)
        published = self._order.published
        try:
            analysis = read_report(report, published)
            made = row(Position(piece.input, piece.file, number), submission_for(report, published), analysis)
        except MemoryError:
            reason = f"reading it needs more than {self._order.memory >> 20:,} MB of memory"
        except Exception as error:  # one report costs the others nothing, whatever is wrong with it
            reason = f"it could not be read: {type(error).__name__}: {error}"
        else:
            made[_DAY] = day_of(made)
            size = len(made["text"].encode()) + len((made["content"] or "").encode())
            self._rows.append(made)
            self._size += size
            self._claims += len(analysis.claims)
            self._days[made[_DAY]] = self._days.get(made[_DAY], 0) + size
            return None
        return self._fail(piece, number, Failure(source=report.source, reason=reason), report)

    def _fail(self, piece: Piece, number: int, failure: Failure, report: Report | None) -> None:
        self._errors.append(
            {
                **Position(piece.input, piece.file, number)._asdict(),
                "source": plain(failure.source or piece.path),
                "line": failure.line if report is None else (number if piece.kind == "lines" else None),
                "id": plain(report.id) if report is not None else None,
                "reason": plain(failure.reason),
                "beginning": plain(report.content[:_BEGINNING]) if report is not None else None,
            }
        )

    def _flush(self, last: At) -> None:
        articles = None
        if self._rows:
            sink = pa.BufferOutputStream()
            batch = pa.RecordBatch.from_pylist(self._rows, schema=staged_schema())
            with pa.ipc.new_stream(sink, batch.schema) as stream:
                stream.write_batch(batch)
            articles = sink.getvalue().to_pybytes()
        results = Results(
            last=last,
            articles=articles,
            errors=self._errors,
            read=len(self._rows),
            claims=self._claims,
            days=self._days,
        )
        self._send(RESULTS, results)
        self._begin_anew()
