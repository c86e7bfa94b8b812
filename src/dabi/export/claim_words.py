"""Claims of the ledger in words: how much, who says it, when it was reported, what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..bengali.script import fold_text
from ..bengali.source_names import points_back, source_name
from ..ledger.records import Change, ClaimRecord
from ..ledger.results import Series
from .marks import word_end
from .wording import Language, amount, digits, moment, word, word_or


def claim_amount(claim: ClaimRecord, language: Language) -> str:
    """The value of a claim with its hedge and unit: "more than 12,000"."""
    return amount(claim, language)


def claim_name(claim: ClaimRecord) -> str | None:
    """The name of the source, resolved where that was possible, in the nominative; None where none is named."""
    written = claim.speaker or claim.source
    return source_name(written) if written and not points_back(written) else None


def claim_source(claim: ClaimRecord, language: Language) -> str | None:
    """Who says it: the source, resolved where that was possible; None for the outlet's own voice."""
    if named := claim_name(claim):
        return named
    if claim.speaker or claim.source:
        return word("who.unresolved", language)
    return word("who.unnamed", language) if claim.act is not None else None


def claim_chain(claim: ClaimRecord, language: Language) -> str | None:
    """Who says it and through whom, nearest last: নৌ পুলিশ ← বাসস."""
    source = claim_source(claim, language)
    return " ← ".join([source, *claim.via]) if source is not None else None


def claim_voice(claim: ClaimRecord, language: Language) -> str:
    """Whose word the claim is: its source, else the outlet in its own voice."""
    return claim_source(claim, language) or claim.outlet or word("who.own_voice", language)


def claim_reported(claim: ClaimRecord, language: Language) -> str:
    """When the claim was published, or that nobody knows."""
    return moment(claim.published, language) if claim.published else word("label.undated", language)


def claim_subject(claim: ClaimRecord, language: Language) -> str:
    """What is counted and what befell it; empty when neither is known."""
    event = word_or(f"event.{claim.event}", language, claim.event.replace("_", " ")) if claim.event else None
    return " · ".join(dict.fromkeys(part for part in (claim.counted or claim.of, event) if part))


def claim_sentence(claim: ClaimRecord) -> tuple[str, str, str]:
    """The sentence that proves the claim, cut at its figure: before, figure to the end of its word, after.

    Coded claims have no figure: it and what follows are empty.
    """
    if claim.start is None or claim.end is None or claim.sentence_start is None:
        return claim.sentence, "", ""
    at, to = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    if not 0 <= at <= to <= len(claim.sentence):
        return claim.sentence, "", ""
    to = word_end(claim.sentence, to)
    return claim.sentence[:at], claim.sentence[at:to], claim.sentence[to:]


def claim_change(change: Change, claims: Mapping[int, ClaimRecord], language: Language) -> str:
    """What a new version of a page changed in a claim: "8 → 9 men". `claims`: before and after, by key; without them
    in the words that the ledger keeps, English ones."""
    named = [key for key in (change.before, change.after) if key is not None]
    sides = [claims[key] for key in named if key in claims]
    if not sides or len(sides) < len(named):
        return digits(change.what, language)
    amounts = list(dict.fromkeys(claim_amount(side, language) for side in sides))
    told = f"{' → '.join(amounts)} {claim_subject(sides[-1], language)}".strip()
    others = change_of_fields(sides[0], sides[-1], change.fields, language)
    return f"{told}: {others}" if others else told


def change_of_fields(before: ClaimRecord, after: ClaimRecord, fields: Sequence[str], language: Language) -> str:
    """How a claim differs besides its amount: "happened → denied"."""
    shown = []
    for field in fields:
        if field not in ("value", "hedge", "unit"):
            shown.append(" → ".join(_shown(claim, field, language) or "–" for claim in (before, after)))
    return "; ".join(dict.fromkeys(shown))


def _shown(claim: ClaimRecord, field: str, language: Language) -> str | None:
    if field in ("status", "event"):
        code = getattr(claim, field)
        return word_or(f"{field}.{code}", language, code.replace("_", " ")) if code else None
    if field == "time":
        return moment(claim.time, language) if claim.time else None
    return claim_chain(claim, language) if field == "source" else claim.of or claim.counted


def leading(claims: Sequence[ClaimRecord]) -> ClaimRecord:
    """Which of the claims of one report that say the same stands for them all: one that names its source, and not the
    headline, which says least."""
    return min(claims, key=lambda claim: (claim.in_headline, (claim.speaker or claim.source) is None))


def series_title(series: Series, language: Language, label: str | None = None) -> str:
    """What a series counts, in words: the label a person gave it, else what is counted, what befell it, and where."""
    parts = filter(None, (series.counted, series.event, series.place))
    return label_in_words(label or series.label or " · ".join(parts), language) or series.id


def label_in_words(label: str, language: Language) -> str:
    """The name of a series, its codes in words: নিহত · death → নিহত · মৃত্যু."""
    seen: dict[str, str] = {}
    for part in label.split(" · "):
        shown = word_or(f"event.{part}", language, part.replace("_", " ")) if part.isascii() else part
        seen.setdefault(fold_text(shown), shown)
    return " · ".join(seen.values())
