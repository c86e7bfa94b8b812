"""Reports for the tests of reconciliation, from a few sentences each."""

from __future__ import annotations

from dabi import service
from dabi.reconciliation.clues import reading_of
from dabi.reconciliation.statement import Clues, Report, Statement


def told(text: str, published: str = "2025-06-10", id: str = "a", outlet: str = "দৈনিক প্রভাতবার্তা") -> Report:
    """The report that a text makes; its first line is the headline."""
    analysis = service.analyse(text, published=published, id=id)
    assert analysis.text is not None
    report = reading_of(analysis.text, analysis)
    assert report.title == text.split("\n", 1)[0]
    return report


def figure(report: Report, text: str, n: int = 1) -> Statement:
    """The n-th figure of a report that is written so."""
    found = [s for s in report.statements if s.text == text]
    assert len(found) >= n, f"{text} among {[s.text for s in report.statements]}"
    return found[n - 1]


def stated(
    low: float | None,
    high: float | None = None,
    hedge: str = "exact",
    *,
    day: int = 739_000,
    article: str = "a",
    source: str | None = None,
    evidence: str = "",
    **clues: object,
) -> Statement:
    """A figure with just what a rule looks at. `high` is `low` unless the hedge leaves it open."""
    if high is None and hedge in ("exact", "about"):
        high = low
    return Statement(
        article=article,
        start=0 if article == "a" else 10,
        end=5 if article == "a" else 15,
        low=low,
        high=high,
        hedge=hedge,  # type: ignore[arg-type]
        asof=day,
        source=source,
        origin=(source,) if source else (),
        evidence=evidence,
        clues=Clues(**clues),  # type: ignore[arg-type]
    )
