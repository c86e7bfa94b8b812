"""Plain text: an article by itself, or a page as people copy it, with its menus and related headlines still in it.

A text in which no line shows that it is a page is an article from its first line to its last.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..bengali.calendar import Country
from ..bengali.outlets import country_of
from ..bengali.script import fold_text
from .article import assemble
from .credits import is_byline
from .decoding import legacy_font, mojibake
from .furniture import Table, furniture_of
from .lines import lines
from .outlets import outlet_of_line
from .page import Page, Role
from .result import Reading
from .seen import Seen, look


def read_plain(
    text: str,
    *,
    source: str | None = None,
    published: str | None = None,
    country: Country | None = None,
    outlet: str | None = None,
) -> Reading:
    """Read a text as people have it. `published` (EDTF), when the caller knows it, wins over the page's own date.

    Bangla dates are read by the calendar of `country`; where it is not given, by that of the outlet: of `outlet` where
    the caller knows it, else of what the address or the page says; so are lines that only the pages of that outlet
    have told from the article. Nothing is read out of a text in a legacy Bijoy
    font: it is all furniture, and a warning says why.
    """
    seen = [look(line, country=country or "BD") for line in lines(text)]
    if refusal := legacy_font(text):
        nothing: list[Role] = ["furniture"] * len(seen)
        return _told(assemble(text, seen, nothing, None, source, published), refusal)
    reading = _read(text, seen, source, published)
    name = (outlet_of_line(fold_text(outlet)) if outlet else None) or reading.article.outlet
    own = _furniture_of(name)
    if own is not None:
        seen = [look(s.line, own, country or country_of(name)) for s in seen]
        reading = _read(text, seen, source, published)
    elif country is None and country_of(name) == "IN" and any(s.date is not None for s in seen):
        seen = [look(s.line, country="IN") if s.date is not None else s for s in seen]
        reading = _read(text, seen, source, published)
    return _told(reading, mojibake(text))


def _furniture_of(outlet: str | None) -> Table | None:
    if outlet is None:
        return None
    from .outlets.loading import outlet_if_described  # reads the outlets' files, which few texts need

    described = outlet_if_described(outlet)
    return furniture_of(described) if described is not None else None


def _read(text: str, seen: Sequence[Seen], source: str | None, published: str | None) -> Reading:
    page = Page(seen) if _is_page(seen) else None
    roles = page.roles if page is not None else _clean(seen)
    return assemble(text, seen, roles, page, source, published)


def _told(reading: Reading, warning: str | None) -> Reading:
    return msgspec.structs.replace(reading, warnings=(warning, *reading.warnings)) if warning else reading


def _is_page(seen: Sequence[Seen]) -> bool:
    """Whether any line shows that this is a page, or at least that it has a date: then furniture is looked for."""
    return any((s.phrase is not None and s.phrase.strong) or s.date is not None for s in seen) or (
        sum(1 for s in seen if s.sections) >= 3
    )


def _clean(seen: Sequence[Seen]) -> list[Role]:
    """An article by itself: a first line that is no sentence is its headline, all else is its text."""
    roles: list[Role] = ["caption" if s.caption == "caption" else "body" for s in seen]
    if len(seen) > 1 and seen[0].line.is_title_like:
        roles[0] = "headline"
        second = seen[1].line
        if len(seen) > 2 and second.ends != "stop" and is_byline(second.text, second.words):
            roles[1] = "byline"
    return roles
