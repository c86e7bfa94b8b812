"""An article as people look at it: its reading, its claims and where they belong, what does not fit, its versions."""

from __future__ import annotations

import difflib
from collections import defaultdict

import msgspec

from ..ledger import Change, ClaimRecord, Ledger, LedgerMissing, ReportRecord
from ..ledger.overview import Head, heads
from ..ledger.results import Finding, Story
from .findings import article_findings
from .series import SumLine, sum_lines

# Characters of two versions that are compared word by word; longer ones are compared line by line only.
_WORD_BY_WORD = 4000


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """One reading with all that is known of it. `series` names the series of a claim, by claim key."""

    record: ReportRecord
    claims: tuple[ClaimRecord, ...]
    series: dict[int, str]
    findings: tuple[Finding, ...]
    sums: tuple[SumLine, ...]
    stories: tuple[Story, ...]
    echo_of: tuple[Head, ...]
    versions: tuple[Head, ...]
    changes: tuple[Change, ...]
    changed: dict[int, ClaimRecord]  # the claims that `changes` name


class Edit(msgspec.Struct, frozen=True):
    """A stretch of two versions: kept, taken out or put in."""

    kind: str  # kept, out, in, gap
    text: str


def article_view(ledger: Ledger, key: int) -> ArticleView:
    """One reading by its number. Raises LedgerMissing when there is none."""
    record = next(ledger.reports(keys=[key], history=True), None)
    if record is None:
        raise LedgerMissing(f"there is no reading {key}")
    claims = tuple(sorted(ledger.claims(reports=[key]), key=lambda claim: claim.key))
    series = {
        claim: held.id
        for held in (ledger.results.series(claims=[claim.key for claim in claims]) if claims else [])
        for claim in held.claims
    }
    readings, changes = ledger.history(record.article)
    newest: dict[int, int] = {}
    for reading in readings:
        newest[reading.version] = reading.key
    known = heads(ledger, newest.values())
    originals = heads(ledger, [echo.of for echo in ledger.results.echoes([key])])
    named = {k for change in changes for k in (change.before, change.after) if k is not None}
    return ArticleView(
        record=record,
        claims=claims,
        series={claim.key: series[claim.key] for claim in claims if claim.key in series},
        findings=tuple(article_findings(ledger, key)),
        sums=tuple(sum_lines(ledger, ledger.results.sums([key]), {claim.key: claim for claim in claims})),
        stories=tuple(ledger.results.stories(reports=[key])),
        echo_of=tuple(originals.values()),
        versions=tuple(known[newest[version]] for version in sorted(newest)),
        changes=tuple(changes),
        changed={claim.key: claim for claim in ledger.claims(keys=named)} if named else {},
    )


def version_edits(ledger: Ledger, article: str, version: int) -> list[Edit]:
    """What differs between the text of a version and of the one before it, as it was read; unchanged parts cut."""
    texts: dict[int, str] = {}
    for record in ledger.reports(article=article, history=True):
        texts[record.version] = record.text
    if version not in texts or version - 1 not in texts:
        return []
    return edits(texts[version - 1], texts[version])


def edits(before: str, after: str, around: int = 1) -> list[Edit]:
    """Two texts line by line; changed lines word by word where they are not too long."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Edit] = []
    # autojunk would call frequent lines junk and miss moves; the texts are short
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 2000)
    for group in matcher.get_grouped_opcodes(around):
        if found:
            found.append(Edit("gap", ""))
        for tag, i, j, k, m in group:
            if tag == "equal":
                found += [Edit("kept", line + "\n") for line in old[i:j]]
            else:
                found += _words("\n".join(old[i:j]), "\n".join(new[k:m]))
    return found


def _words(before: str, after: str) -> list[Edit]:
    if not before or not after or len(before) + len(after) > _WORD_BY_WORD:
        parts = [Edit("out", before + "\n")] if before else []
        return parts + ([Edit("in", after + "\n")] if after else [])
    old, new = _split(before), _split(after)
    found: list[Edit] = []
    for equal, i, j, k, m in _stretches(old, new):
        if equal:
            found.append(Edit("kept", "".join(old[i:j])))
        else:
            found += [Edit("out", "".join(old[i:j]))] if i < j else []
            found += [Edit("in", "".join(new[k:m]))] if k < m else []
    found.append(Edit("kept", "\n"))
    return found


def _stretches(old: list[str], new: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Equal and changed stretches in turn: changes with only white space between them are one."""
    found: list[tuple[bool, int, int, int, int]] = []
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(codes):
        blank = 0 < at < len(codes) - 1 and not "".join(old[i:j]).strip()
        equal = tag == "equal" and not blank
        if found and not equal and not found[-1][0]:
            _, first, _, begin, _ = found.pop()
            i, k = first, begin
        found.append((equal, i, j, k, m))
    return found


def _split(text: str) -> list[str]:
    """Words and the white space between them."""
    parts: list[str] = []
    for char in text:
        if parts and parts[-1][-1].isspace() == char.isspace():
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def findings_by_claim(view: ArticleView) -> dict[int, list[Finding]]:
    """The findings that each claim is part of."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in view.findings:
        for claim in finding.claims:
            found[claim].append(finding)
    return found
