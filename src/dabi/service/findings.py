"""What does not fit: inside one report, and between the reports of a series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..ledger import ClaimRecord, Ledger
from ..ledger.results import Finding
from ..ledger.schema import CLAIMS_PER_READING


def article_findings(ledger: Ledger, reading: int) -> list[Finding]:
    """The findings inside a reading, then those between it and others, whichever came first."""
    keys = [claim.key for claim in ledger.claims(reports=[reading])]
    held = ledger.results.series(claims=keys) if keys else []
    between = findings_between(ledger, [series.id for series in held])
    mine = [made for made in between if any(claim // CLAIMS_PER_READING == reading for claim in made.claims)]
    return [*ledger.results.findings([reading]), *mine]


def inside_and_between(ledger: Ledger, readings: Sequence[int], series: Sequence[str]) -> list[Finding]:
    """The findings inside these readings, then those between the reports of these series."""
    inside = ledger.results.findings(readings) if readings else []
    return [*inside, *(findings_between(ledger, series) if series else [])]


def claims_of(ledger: Ledger, findings: Iterable[Finding]) -> dict[int, ClaimRecord]:
    """The claims that findings are about, by key."""
    keys = {key for finding in findings for key in finding.claims}
    return {claim.key: claim for claim in ledger.claims(keys=keys)} if keys else {}


def findings_between(ledger: Ledger, series: Iterable[str]) -> list[Finding]:
    """The findings between the reports of these series. `claims` are the two figures, `report` the reading of the two
    that was added last."""
    return [
        Finding(
            report=max(pair.a, pair.b) // CLAIMS_PER_READING,
            kind=pair.detail["finding"]["kind"],
            claims=(pair.a, pair.b),
            what=pair.detail["finding"]["what"],
            detail={"rule": pair.detail["finding"]["rule"], "series": pair.series},
        )
        for pair in ledger.results.odd_relations(series)
    ]
