"""What people decide about links and labels: written down beside the machine's results, taken back by a new record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from .errors import LedgerMissing, LedgerRefused
from .records import Judgement, JudgementKind
from .rows import plain
from .schema import judgements

Access = Callable[[], AbstractContextManager[Connection]]


class Judgements:
    """The judgements of one ledger, as `Ledger.judgements`."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing

    def __iter__(self) -> Iterator[Judgement]:
        """All of them, in order, with whether each still stands."""
        with self._reading() as connection:
            return iter(_all(connection))

    def standing(self) -> list[Judgement]:
        """Those that were not taken back, without the records of taking back."""
        return [j for j in self if j.stands and j.kind != "undo"]

    def link(self, a: str, b: str, *, who: str, why: str | None = None) -> Judgement:
        """Claims a and b count the same thing."""
        return self._pair("link", a, b, who, why)

    def split(self, a: str, b: str, *, who: str, why: str | None = None) -> Judgement:
        """Claims a and b do not count the same thing."""
        return self._pair("split", a, b, who, why)

    def relabel(self, a: str, label: str, *, who: str, why: str | None = None) -> Judgement:
        """A claim, series or story is to be called `label`."""
        if not label.strip():
            raise LedgerRefused("a label must have words in it")
        return self._write("relabel", a, None, label.strip(), who, why, None)

    def undo(self, number: int, *, who: str, why: str | None = None) -> Judgement:
        """Take back a judgement; taking back an undo lets the first stand again."""
        return self._write("undo", None, None, None, who, why, number)

    def _pair(self, kind: JudgementKind, a: str, b: str, who: str, why: str | None) -> Judgement:
        if a == b:
            raise LedgerRefused(f"{a} can't be judged against itself")
        return self._write(kind, a, b, None, who, why, None)

    def _write(
        self,
        kind: JudgementKind,
        a: str | None,
        b: str | None,
        label: str | None,
        who: str,
        why: str | None,
        undoes: int | None,
    ) -> Judgement:
        if not who.strip():
            raise LedgerRefused("a judgement needs the name of who makes it")
        with self._writing() as connection:
            if undoes is not None:
                before = {j.number: j for j in _all(connection)}
                if undoes not in before:
                    raise LedgerMissing(f"there is no judgement {undoes}")
                if not before[undoes].stands:
                    raise LedgerRefused(f"judgement {undoes} was taken back already")
            values = {"a": a, "b": b, "label": label, "who": who.strip(), "why": why}
            written = connection.execute(
                insert(judgements).values(
                    kind=kind,
                    at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                    undoes=undoes,
                    **{column: text and plain(text) for column, text in values.items()},
                )
            ).inserted_primary_key
            assert written is not None
            return next(j for j in _all(connection) if j.number == written[0])


def _all(connection: Connection) -> list[Judgement]:
    rows = connection.execute(select(judgements).order_by(judgements.c.number)).mappings().all()
    stands: dict[int, bool] = {}
    taken: set[int] = set()
    for row in reversed(rows):  # a later record decides whether an earlier one stands
        stands[row["number"]] = row["number"] not in taken
        if stands[row["number"]] and row["undoes"] is not None:
            taken.add(row["undoes"])
    return [Judgement(**row, stands=stands[row["number"]]) for row in rows]
