"""Adding by people: what they paste or upload is read first, shown, and kept when they say so."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from ..ledger import ClaimRecord
from ..ledger.rows import claim_record, claim_rows
from ..model import Analysis
from ..reading.inputs import Failure, Report, kind_of, reports
from .reading import edtf, read_report

MOST_ARTICLES = 200  # of one upload


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was read and is not kept yet. `packed` brings it back."""

    report: Report
    analysis: Analysis
    claims: tuple[ClaimRecord, ...]
    packed: str


class TooMany(ValueError):
    """More articles in one upload than can be looked at."""


def pasted(
    text: str, *, published: str | None = None, outlet: str | None = None, address: str | None = None
) -> Candidate:
    """A pasted text. With an address (URL) it is a version of that page, else known by its own words.

    Browsers send line ends as CRLF, whatever was pasted: they are made LF again. Raises ValueError for a date that is
    none.
    """
    content = text.replace("\r\n", "\n")
    found = list(reports(["-"], "auto", stdin=io.BytesIO(content.encode("utf-8", "surrogatepass"))))
    kind = found[0].kind if len(found) == 1 and isinstance(found[0], Report) else "text"
    source = (address or "").strip()
    return candidate(
        Report(
            id=source or identity(content),
            source=source,
            kind=kind,
            content=content,
            published=edtf(published or None),
            outlet=(outlet or "").strip() or None,
            named=True,
        )
    )


def uploaded(files: Iterable[tuple[str, bytes]]) -> Iterator[Candidate | Failure]:
    """Uploaded files: plain text, HTML or JSON lines, each with its name. Raises TooMany."""
    count = 0
    for name, data in files:
        for report in reports(["-"], kind_of(name), stdin=io.BytesIO(data)):
            count += 1
            if count > MOST_ARTICLES:
                raise TooMany(str(MOST_ARTICLES))
            if isinstance(report, Failure):
                yield msgspec.structs.replace(report, source=name)
                continue
            known = report.id if report.named else identity(report.content)
            yield candidate(msgspec.structs.replace(report, id=known, source=name, named=True))


def identity(content: str) -> str:
    """What a text without an address or id is known by."""
    return "text:" + sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def candidate(report: Report) -> Candidate:
    analysis = read_report(report)
    return Candidate(report=report, analysis=analysis, claims=claims_of(analysis), packed=packed(report))


def claims_of(analysis: Analysis) -> tuple[ClaimRecord, ...]:
    """The claims of a reading as the ledger would hold them; their keys are only their places."""
    article = analysis.article
    head = {
        "report": 0,
        "article": analysis.id,
        "version": 1,
        "latest": True,
        "coded": False,
        "outlet": article.outlet,
        "headline": article.headline.text if article.headline else None,
        "published": article.published,
        "day": None,
    }
    rows = claim_rows(0, analysis, analysis.text or "")
    # databases give figures back as doubles
    doubles = ({end: row[end] if row[end] is None else float(row[end]) for end in ("low", "high")} for row in rows)
    return tuple(claim_record({**row, **head, **ends}) for row, ends in zip(rows, doubles, strict=True))


def packed(report: Report) -> str:
    """A report as one field of a form, exactly as it came in."""
    return base64.b64encode(msgspec.msgpack.encode(report)).decode()


def unpacked(text: str) -> Report:
    """Raises ValueError for what is no packed report."""
    try:
        return msgspec.msgpack.decode(base64.b64decode(text, validate=True), type=Report)
    except (ValueError, msgspec.MsgspecError) as error:
        raise ValueError("no packed report") from error
