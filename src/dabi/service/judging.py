"""What people decide, and what follows from it: the series of the claims judged about are made anew."""

from __future__ import annotations

from collections.abc import Iterable

from ..ledger import ClaimRecord, Judgement, Ledger, LedgerMissing, LedgerRefused
from ..ledger.overview import keys_of
from ..ledger.records import JudgementKind
from ..reconciliation.keeping import regroup


def judge(
    ledger: Ledger,
    kind: JudgementKind,
    *,
    who: str,
    a: str | None = None,
    b: str | None = None,
    label: str | None = None,
    undoes: int | None = None,
    why: str | None = None,
) -> Judgement:
    """Write a judgement down and let the series follow it.

    Raises LedgerRefused when something it needs is missing, LedgerMissing when a claim named is not there,
    LedgerLocked when others link reports for too long: then nothing was written.
    """
    if kind == "relabel":
        if not a:
            raise LedgerRefused("say which claim, series or story")
        return ledger.judgements.relabel(a, label or "", who=who, why=why)
    with ledger.linking():
        return _judge(ledger, kind, who=who, a=a, b=b, undoes=undoes, why=why)


def _judge(
    ledger: Ledger, kind: JudgementKind, *, who: str, a: str | None, b: str | None, undoes: int | None, why: str | None
) -> Judgement:
    if kind == "undo":
        if undoes is None:
            raise LedgerRefused("to undo, say the number of a judgement")
        made = ledger.judgements.undo(undoes, who=who, why=why)
        taken = next((j for j in ledger.judgements if j.number == undoes), None)
        while taken is not None and taken.undoes is not None:
            taken = next((j for j in ledger.judgements if j.number == taken.undoes), None)
        if taken is not None:
            _follow(ledger, taken)
        return made
    if not a:
        raise LedgerRefused("say which claim, series or story")
    if not b:
        raise LedgerRefused("say which two claims")
    for one in (a, b):
        if not ledger.holds_claim(one):
            raise LedgerMissing(f"there is no claim {one}")
    made = (ledger.judgements.link if kind == "link" else ledger.judgements.split)(a, b, who=who, why=why)
    _follow(ledger, made)
    return made


def _follow(ledger: Ledger, judgement: Judgement) -> None:
    if judgement.kind in ("link", "split"):
        claims = keys_of(ledger, [one for one in (judgement.a, judgement.b) if one is not None])
        if claims:
            regroup(ledger, claims.values())


def claims_by_id(ledger: Ledger, ids: Iterable[str]) -> dict[str, ClaimRecord]:
    """Claims by their ids; of one that several readings hold, the newest."""
    keys = keys_of(ledger, ids)
    return {claim.id: claim for claim in ledger.claims(keys=keys.values())} if keys else {}
