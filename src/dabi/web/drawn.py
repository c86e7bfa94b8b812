"""The chart of a series for a page: drawn once for each state of the series, in the reader's digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec
from markupsafe import Markup

from ..export.charts import series_spec, svg_of
from ..export.extras import MissingExtra
from ..export.wording import Language
from ..ledger import ClaimRecord
from ..ledger.results import Relation
from ..ledger.schema import CLAIMS_PER_READING
from ..service.series import SeriesView
from .reader import Reader

WIDE, NARROW = 1040, 300  # pixels of the plot, for a desktop and for a phone
_KEPT = 64
_WORDS = re.compile(r'(?<=>)[^<]+|(?<=aria-label=")[^"]*')


class _Drawing(msgspec.Struct, frozen=True, array_like=True):
    claims: tuple[ClaimRecord, ...]
    relations: tuple[Relation, ...]


def place_of(claim: ClaimRecord) -> str:
    """Where the sentence of a claim is shown: the figure in its article, or the row of a claim that people coded."""
    number = claim.key % CLAIMS_PER_READING
    return f"/articles/{claim.report}#{'c0' if claim.coded else f'm{number}'}"


class Chart(msgspec.Struct, frozen=True):
    """An svg element, every mark a link to its sentence, and what is to be said beside it."""

    svg: Markup
    notes: tuple[str, ...]


def chart(view: SeriesView, reader: Reader, width: int = WIDE) -> Chart | None:
    """The chart in the reader's words and digits; None where the renderer is not installed."""
    drawing = _Drawing(tuple(figure.claim for figure in view.figures), view.relations)
    try:
        svg, notes = _drawn(msgspec.json.encode(drawing), reader.language, width)
    except MissingExtra:
        return None
    # The renderer escapes what it writes.
    return Chart(Markup(in_digits(svg, reader.own)), tuple(map(reader.own, notes)))


@lru_cache(maxsize=_KEPT)
def _drawn(data: bytes, language: Language, width: int) -> tuple[str, tuple[str, ...]]:
    drawing = msgspec.json.decode(data, type=_Drawing)
    height = 340 if width == WIDE else 260
    spec = series_spec(drawing.claims, drawing.relations, language=language, width=width, height=height, link=place_of)
    return svg_of(spec, language), tuple(spec["usermeta"]["dabi"]["notes"])


def in_digits(svg: str, own: Callable[[str], str]) -> str:
    """The words of a drawing with their digits as the reader likes them; its numbers and addresses stay."""
    return _WORDS.sub(lambda found: own(found.group()), svg)
