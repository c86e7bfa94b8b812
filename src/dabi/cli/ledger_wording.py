"""Articles of the ledger and their history, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import msgspec

from ..ledger import Change, ReportRecord


def short_article(article: str) -> str:
    """An article id as a person would name it from here: a path below this folder without the folder."""
    here = os.getcwd() + os.sep
    return article.removeprefix(here)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an article: it came, was read, or a claim of it changed."""

    article: str
    version: int
    at: str  # ISO 8601
    kind: str  # fetched read appeared went changed
    what: str
    before: int | None = None  # keys of claims
    after: int | None = None


def steps(readings: Sequence[ReportRecord], changes: Sequence[Change]) -> Iterator[Step]:
    """The history of one article: for each version how it came, how it was read, and what changed in it."""
    for version in dict.fromkeys(record.version for record in readings):
        ours = [record for record in readings if record.version == version]
        first = ours[0]
        came = f"{first.source or '–'} (sha256 {first.sha256[:12]}…)"
        yield Step(article=first.article, version=version, at=first.fetched, kind="fetched", what=came)
        for record in ours:
            claims = len(record.analysis.claims) or int(record.coded is not None)
            now = ", stands now" if record.latest else ""
            yield Step(
                article=record.article,
                version=version,
                at=record.read,
                kind="read",
                what=f"by {record.extractor}: {claims} claims{now}",
            )
        for change in changes:
            if change.version == version:
                yield Step(
                    article=change.article,
                    version=version,
                    at=change.seen,
                    kind=change.kind,
                    what=change.what,
                    before=change.before,
                    after=change.after,
                )
