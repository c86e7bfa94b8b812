"""What people have called claims, series and stories."""

from __future__ import annotations

from ..ledger import Ledger


def labels(ledger: Ledger) -> dict[str, str]:
    """The label that stands for each id that a person has relabelled; the last word counts."""
    return {j.a: j.label for j in ledger.judgements.standing() if j.kind == "relabel" and j.a and j.label}
