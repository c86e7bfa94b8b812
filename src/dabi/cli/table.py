"""An analysis on the terminal: the article's head, then for each claim a row with its sentence below it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType

from ..export.evidence import evidence
from ..export.wording import Language, act_word, amount, digits, moment, when, who, word, word_or
from ..model import Analysis, Claim
from .layout import GAP, Cell, Row, Run

_SHARES = (1.3, 1.1, 1.2, 1.2)  # of the width: who says, how much, of what, when
_WIDEST = 132  # columns wider apart than this are hard to follow


def article_table(analysis: Analysis, console: Console, language: Language) -> RenderableType:
    """One article for the console's width. A figure is marked by «…» where the console shows no styles."""
    width = max(min(console.width, _WIDEST), 40)
    whole = [width - GAP]
    parts: list[RenderableType] = [Row(whole, [_head(analysis, language)])]
    if analysis.claims:
        widths = _widths(width, len(analysis.claims))
        columns = ("label.who", "label.how_much", "label.of_what", "label.when")
        parts.append(Row(widths, [[[]], *([[(word(column, language), "bold")]] for column in columns)]))
        for number, claim in enumerate(analysis.claims, 1):
            parts += _claim(analysis, claim, number, widths, console, language)
    else:
        parts.append(Row(whole, [[[(word("label.no_claims", language), "dim")]]]))
    parts += [Row(whole, [[[(f"! {warning}", "yellow")]]]) for warning in analysis.warnings]
    parts.append("")
    return Group(*parts)


def _head(analysis: Analysis, language: Language) -> Cell:
    article = analysis.article
    headline = article.headline.text if article.headline else word("label.no_headline", language)
    about = [article.outlet] if article.outlet else []
    about.append(moment(article.published, language) if article.published else word("label.undated", language))
    if article.byline:
        about.append(article.byline.text)
    if article.source:
        about.append(article.source)
    return [[(headline, "bold underline")], [(" · ".join(about), "dim")]]


def _widths(width: int, claims: int) -> list[int]:
    number = len(str(claims))
    left = width - number - GAP * (len(_SHARES) + 1)
    return [number, *(int(left * share / sum(_SHARES)) for share in _SHARES)]


def _claim(
    analysis: Analysis, claim: Claim, number: int, widths: list[int], console: Console, language: Language
) -> Iterator[RenderableType]:
    quantity = analysis.quantities[claim.quantity]
    whole = sum(widths[1:]) + GAP * (len(widths) - 2)
    yield Row([widths[0] + GAP + whole], [[[("─" * (widths[0] + GAP + whole), "dim")]]])
    yield Row(
        widths,
        [
            [[(digits(str(number), language), "dim")]],
            _who(analysis, claim, language),
            [[(amount(quantity, language), "bold")]],
            _of_what(analysis, claim, language),
            _when(analysis, claim, language),
        ],
    )
    yield Row([widths[0], whole], [[], [_sentence(analysis, claim, console)]])


def _who(analysis: Analysis, claim: Claim, language: Language) -> Cell:
    speaker = who(analysis, claim.attribution, language)
    if speaker.act is None:
        return [[(speaker.name, "dim")]]
    lines = [[(f"{speaker.name} ", "green"), (act_word(speaker.act, speaker.type, language), "dim")]]
    return lines + [[(word("who.via", language, name=name), "dim green")] for name in speaker.via]


def _of_what(analysis: Analysis, claim: Claim, language: Language) -> Cell:
    quantity = analysis.quantities[claim.quantity]
    counted = quantity.of.text if quantity.of else claim.counted
    notes = []
    if claim.event:
        notes.append(word_or(f"event.{claim.event}", language, claim.event))
    if claim.status != "happened":
        notes.append(word(f"status.{claim.status}", language))
    return [[(counted or "–", "")], [(" · ".join(notes), "dim")], [(", ".join(claim.places), "dim")]]


def _when(analysis: Analysis, claim: Claim, language: Language) -> Cell:
    if claim.time is None:
        return [[("–", "dim")]]
    time = analysis.times[claim.time]
    return [[(when(time, language), "yellow" if time.unresolved else "cyan")], [(time.text, "dim")]]


def _sentence(analysis: Analysis, claim: Claim, console: Console) -> list[Run]:
    before, figure, after = evidence(analysis, claim)
    marked = (figure, "bold underline") if console.is_terminal else (f"«{figure}»", "")
    return [(before, ""), marked, (after, "")]
