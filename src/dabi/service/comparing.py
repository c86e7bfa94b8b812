"""Two articles of a ledger side by side."""

from __future__ import annotations

import msgspec

from ..ledger import ClaimRecord, Ledger, LedgerMissing
from ..ledger.overview import Head, heads
from ..ledger.results import Finding
from ..ledger.schema import CLAIMS_PER_READING
from ..reconciliation.across import between
from ..reconciliation.comparison import Row, Standing, compare
from ..reconciliation.keeping import report_of
from ..reconciliation.statement import Statement, order


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One thing counted: the figure of either article, and how they stand. `slip`: a factor between two scales.

    `more_a`, `more_b`: what else the articles say of it, other numbers, hedges and sources. `odd`: what does not fit
    between the two figures, more than that they differ.
    """

    standing: Standing
    a: ClaimRecord | None
    b: ClaimRecord | None
    relation: str | None
    slip: int | None
    more_a: tuple[ClaimRecord, ...] = ()
    more_b: tuple[ClaimRecord, ...] = ()
    odd: Finding | None = None


class ComparisonView(msgspec.Struct, frozen=True, kw_only=True):
    a: Head
    b: Head
    rows: tuple[Compared, ...]


def comparison(ledger: Ledger, a: int, b: int) -> ComparisonView:
    """The figures of two readings matched. Raises LedgerMissing when one of them is not there."""
    records = {record.key: record for record in ledger.reports(keys=[a, b], history=True)}
    for key in (a, b):
        if key not in records:
            raise LedgerMissing(f"there is no reading {key}")
    claims = {claim.key: claim for claim in ledger.claims(reports=[a, b])}
    known = heads(ledger, [a, b])

    def claim(key: int, statement: Statement | None) -> ClaimRecord | None:
        return None if statement is None else claims.get(key * CLAIMS_PER_READING + statement.number)

    rows = compare(report_of(records[a]), report_of(records[b]))
    return ComparisonView(
        a=known[a],
        b=known[b],
        rows=tuple(
            Compared(
                standing=row.standing,
                a=claim(a, row.a),
                b=claim(b, row.b),
                relation=row.relation.relation if row.relation is not None else None,
                slip=row.slip,
                more_a=tuple(c for s in row.more_a if (c := claim(a, s)) is not None),
                more_b=tuple(c for s in row.more_b if (c := claim(b, s)) is not None),
                odd=_odd(row, claim(a, row.a), claim(b, row.b)),
            )
            for row in rows
        ),
    )


def _odd(row: Row, a: ClaimRecord | None, b: ClaimRecord | None) -> Finding | None:
    if row.a is None or row.b is None or a is None or b is None:
        return None
    found = between(*sorted((row.a, row.b), key=order))
    if found is None:
        return None
    earlier, later = (a, b) if found.figures[0] == row.a.key else (b, a)
    return Finding(
        report=later.report,
        kind=found.kind,
        claims=(earlier.key, later.key),
        what=found.what,
        detail={"rule": found.rule},
    )
