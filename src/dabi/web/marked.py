"""An article's text as markup: figures, times, sources, cues and contents marked in place, furniture greyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from markupsafe import Markup, escape

from ..export.marks import Closed, Mark, Opened, by_region, marks, pieces
from ..model import Analysis, Region
from .reader import Reader

Role = Literal["headline", "body", "caption", "furniture"]
_CLASS = {"quantity": "q", "time": "t", "source": "s", "cue": "k", "content": "c"}
_PREVIEW = 60  # characters of long furniture that are shown


class Block(msgspec.Struct, frozen=True):
    """A part of the text in order. Long furniture has a `summary` and is folded."""

    role: Role
    markup: Markup
    summary: str = ""
    lines: int = 0


def blocks(analysis: Analysis, reader: Reader, key: str = "") -> list[Block]:
    """All of the text, part by part. The figure of claim n has the id m{n}, its place in the list is c{n}; `key` goes
    before the ids, where several articles stand on one page."""
    text = analysis.text or ""
    shown = _shown(analysis)
    claim_of = {claim.quantity: number for number, claim in enumerate(analysis.claims)}
    found = by_region(marks(analysis), [region for region, _ in shown])
    made: list[Block] = []
    at = 0
    for (region, role), here in zip(shown, found, strict=True):
        made += _furniture(text[at : region.start])
        made.append(Block(role, _marked(text, region, here, claim_of, reader, key)))
        at = max(at, region.end)
    made += _furniture(text[at:])
    return made


def _shown(analysis: Analysis) -> list[tuple[Region, Role]]:
    article = analysis.article
    shown: list[tuple[Region, Role]] = [(region, "body") for region in article.body]
    shown += [(region, "caption") for region in article.captions]
    if article.headline and article.headline.end > article.headline.start:
        shown.append((Region(article.headline.start, article.headline.end), "headline"))
    ordered: list[tuple[Region, Role]] = []
    for region, role in sorted(shown, key=lambda item: (item[0].start, item[0].end)):
        if not ordered or region.start >= ordered[-1][0].end:
            ordered.append((region, role))
    return ordered


def _furniture(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return
    words = "\n".join(lines)
    summary = ""
    if len(lines) > 3 or len(words) > 4 * _PREVIEW:
        summary = words.replace("\n", " · ")[:_PREVIEW].rstrip() + "…"
    yield Block("furniture", escape(words), summary, len(lines))


def _marked(
    text: str, region: Region, found: Sequence[Mark], claim_of: dict[int, int], reader: Reader, key: str
) -> Markup:
    out: list[str] = []
    for piece in pieces(text, region, found):
        if isinstance(piece, str):
            out.append(str(escape(piece)))
        elif isinstance(piece, Opened):
            out.append(_opened(piece, claim_of, key))
        else:
            out.append(_closed(piece, claim_of, reader, key))
    return Markup("".join(out))  # made of escaped pieces and tags of this module


def _opened(piece: Opened, claim_of: dict[int, int], key: str) -> str:
    mark = piece.mark
    if mark.kind == "quantity":
        number = claim_of.get(mark.mention)
        identity = f' id="{key}m{number}"' if piece.first and number is not None else ""
        return f'<mark class="q"{identity}>'
    opens = " opens" if mark.kind == "content" and piece.first else ""
    return f'<span class="{_CLASS[mark.kind]}{opens}">'


def _closed(piece: Closed, claim_of: dict[int, int], reader: Reader, key: str) -> str:
    mark = piece.mark
    if mark.kind == "quantity":
        number = claim_of.get(mark.mention)
        if not piece.last or number is None:
            return "</mark>"
        written = reader.number(number + 1)
        label = escape(reader.gettext("Claim {n}").replace("{n}", written))
        return f'<a class="ref" href="#{key}c{number}" aria-label="{label}">{written}</a></mark>'
    return '<i class="closes"></i></span>' if mark.kind == "content" and piece.last else "</span>"
