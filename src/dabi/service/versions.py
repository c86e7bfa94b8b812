"""Whether a page that was fetched again says anything new.

Pages change at every request without a word changed in the article: advertisements, counters, tokens, related
headlines, and the time at which they say that they were last changed. Such a page is no new version. One is: any other
headline, byline, date of publication, text or caption.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ..ledger import Added, Ledger, LedgerMissing, ReportRecord, Submission
from ..model import Analysis, Region, Span


def same_version(ledger: Ledger, submission: Submission, analysis: Analysis, extractor: str) -> Added | None:
    """What adding a fetched page answers where the version that stood when it was fetched reads the same; None where
    it is news.

    The version must have been read by the same extractor, with the same data given: see `service.ledger.add_report`.
    """
    if submission.fetched is None:
        return None
    before = _standing(ledger, submission.article, submission.fetched)
    if before is None or before.coded is not None or before.given != submission.given or before.extractor != extractor:
        return None
    if article_words(analysis, analysis.text or submission.text) != article_words(before.analysis, before.text):
        return None
    return Added(article=submission.article, outcome="unchanged", version=before.version, key=before.key)


def article_words(analysis: Analysis, text: str) -> tuple[object, ...]:
    """What a reading says the article is: headline, byline, date of publication, paragraphs, captions; spaces apart.

    Not when it was last changed: many sites write the time of the request there.
    """
    article = analysis.article

    def words(parts: Iterable[Region | Span | None]) -> tuple[str, ...]:
        return tuple(" ".join(text[part.start : part.end].split()) for part in parts if part is not None)

    return (
        words([article.headline]),
        words([article.byline]),
        article.published,
        words(article.body),
        words(article.captions),
    )


def _standing(ledger: Ledger, article: str, fetched: str) -> ReportRecord | None:
    """The newest reading of the version that stood at a time; before the first, that of the first."""
    try:
        newest = ledger.report(article)
    except LedgerMissing:
        return None
    try:
        at = _instant(fetched)
    except ValueError:  # the ledger refuses such a time itself
        return None
    if _instant(newest.fetched) <= at:
        return newest
    readings = sorted(ledger.reports(article=article, history=True), key=lambda r: (_instant(r.fetched), r.key))
    return next((reading for reading in reversed(readings) if _instant(reading.fetched) <= at), readings[0])


def _instant(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
