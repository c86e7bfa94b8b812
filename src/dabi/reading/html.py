"""HTML pages: the page's own data, trafilatura's main text, and the furniture lexicon behind it.

trafilatura normalises what it extracts, so spans point into the text dabi makes of the page: the headline, the byline,
the captions, and the paragraphs, with a blank line between them. Never into the HTML.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from ..bengali.outlets import country_of
from ..bengali.script import fold_text
from ..model import PublishedBy
from .dates import without_zone
from .decoding import decode
from .furniture import furniture, furniture_of
from .lines import lines, one_line
from .phrases import words_of
from .plain import read_plain
from .result import Reading
from .visible import visible_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_STOPS = "।.?!’”\"'"  # with which a paragraph ends
_LONGEST_ROW = 600  # code points of a row in a table of figures
_NO_TEXT = "no article text was found on the page"


def read_html(
    data: bytes | str, *, source: str | None = None, published: str | None = None, outlet: str | None = None
) -> Reading:
    """Read one page. `published` (EDTF) and `outlet`, when the caller knows them, win over what the page says.

    Raises `dabi.reading.decoding.Unreadable` for bytes that are no text; never for a page, however broken.
    """
    warnings: tuple[str, ...] = ()
    if isinstance(data, bytes):
        decoded = decode(data, html=True)
        data, warnings = decoded.text, decoded.warnings
    page = _without_declaration(data)
    tree = parsed_page(page)
    if tree is None:
        reading = read_plain("", source=source, published=published)
        return msgspec.structs.replace(reading, warnings=(*warnings, _NO_TEXT))
    reading = _read(page, tree, source, published, outlet)
    return msgspec.structs.replace(reading, warnings=(*warnings, *reading.warnings))


def parsed_page(page: str) -> HtmlElement | None:
    """The tree of a page; None where there is nothing on it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    page = _without_declaration(page)
    if not page.strip():
        return None
    try:
        return document_fromstring(page, parser=HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        return None


def _without_declaration(page: str) -> str:
    """A page without what lxml refuses in a text: a declaration of its encoding, NUL."""
    return _DECLARATION.sub("", page).replace("\0", "")


def _read(page: str, tree: HtmlElement, source: str | None, published: str | None, outlet_given: str | None) -> Reading:
    from .article import assemble
    from .metadata import metadata
    from .outlets.loading import outlet_if_described
    from .outlets.selecting import Selected, selected
    from .page import Page, Role
    from .seen import look

    said = metadata(page, tree, source, outlet_given)
    visible = "\n".join(visible_lines(tree))
    # the page as a person would copy it
    pasted = read_plain(visible, source=source, country=country_of(said.outlet) if said.outlet else None)
    outlet = outlet_if_described(said.outlet or pasted.article.outlet)
    hinted = selected(tree, outlet) if outlet is not None else Selected()
    paragraphs = _paragraphs(tree, hinted.body, outlet.minimum.paragraphs if outlet is not None else 0)
    if not paragraphs:
        paragraphs = said.body.split("\n") if said.body else []
    if not paragraphs:
        paragraphs = [visible[region.start : region.end] for region in pasted.article.body]
    headline = hinted.headline or said.headline or (pasted.article.headline.text if pasted.article.headline else None)
    byline = hinted.byline or ", ".join(said.authors)
    if not byline:
        byline = pasted.article.byline.text if pasted.article.byline else ", ".join(said.desks)

    given: list[tuple[str, Role]] = []
    if headline:
        given.append((headline, "headline"))
    if byline:
        given.append((byline, "byline"))
    given += [(caption, "caption") for caption in said.captions]
    given = [(line, role) for text, role in given if (line := one_line(text))]
    known = {_key(text) for text, _ in given}
    rest = [text for paragraph in paragraphs if (text := one_line(paragraph)) and _key(text) not in known]
    rest = _without_headlines_of_others(rest, pasted, visible)
    text = "\n\n".join([*(text for text, _ in given), *rest])
    own_furniture = furniture_of(outlet) if outlet is not None else None
    country = country_of(said.outlet or pasted.article.outlet)
    seen = [look(line, own_furniture, country) for line in lines(text)]
    roles: list[Role] = [role for _, role in given]
    parts = Page(seen, roles)
    reading = assemble(text, seen, parts.roles, parts, source, None)

    warnings: list[str] = list(reading.warnings)
    own = hinted.published or reading.article.published or pasted.article.published
    if own is not None and "T" in own and without_zone(said.published, country) == own:
        # the data give the outlet's own clock and call it UTC
        said.published, said.updated = own, without_zone(said.updated, country)
    trusted, other = said.published, own
    if outlet is not None and outlet.dates.trust == "page":
        trusted, other = own, said.published
    known_date = _with_time(trusted, other)
    visible_updated = hinted.updated or reading.article.updated or pasted.article.updated
    if said.published and own and _days_apart(said.published, own) > 1:
        taken = "the data are taken" if trusted == said.published else "the dateline is taken"
        warnings.append(f"the page's data say {said.published}, its visible dateline {own}: {taken}")
    if not rest:
        warnings.append(_NO_TEXT)
    by: PublishedBy | None = "caller" if published else "page" if known_date else None
    article = msgspec.structs.replace(
        reading.article,
        outlet=said.outlet or reading.article.outlet or pasted.article.outlet,
        published=published or known_date,
        published_by=by,
        updated=said.updated or (visible_updated if visible_updated != known_date else None),
    )
    return Reading(text=text, article=article, warnings=tuple(dict.fromkeys(warnings)))


def _with_time(trusted: str | None, other: str | None) -> str | None:
    """The date that is trusted, or the other one if it says the time of the same day."""
    if trusted is None or other is None:
        return trusted or other
    return other if other.startswith(f"{trusted}T") else trusted


def _paragraphs(tree: HtmlElement, hinted: tuple[str, ...], fewest: int) -> list[str]:
    """The paragraphs where the outlet's file says they stand; of the page's main text where too few stand there."""
    if len(hinted) >= max(fewest, 1):
        return list(hinted)
    found = _main_text(tree)
    if any(line.startswith("|") and len(line) > _LONGEST_ROW for line in found):
        found = []  # a table that lays out the page, with all of it in its cells
    return found if sum(map(len, found)) > sum(map(len, hinted)) else list(hinted)


def _without_headlines_of_others(paragraphs: list[str], pasted: Reading, visible: str) -> list[str]:
    """Paragraphs without the lines that, seen in the whole page, are headlines below “আরও পড়ুন” and the like.

    What an outlet's selectors find may lack the line that says so.
    """
    titles = {text: text.removeprefix("- ") for text in paragraphs if text[-1] not in _STOPS}
    if not titles:
        return paragraphs
    article = pasted.article
    others = {(region.start, region.end) for region in article.furniture}
    apart: set[str] = set()
    below = False  # such a line, with nothing but titles between
    for start, end in sorted([*others, *((region.start, region.end) for region in article.body)]):
        text = visible[start:end]
        phrase = furniture(fold_text(text), words_of(text))
        if phrase is not None and phrase.scope == "list":
            below = True
        elif (start, end) not in others or text[-1] in _STOPS:
            below = False
        elif below:
            apart.add(text)
    return [text for text in paragraphs if titles.get(text) not in apart]


def _main_text(tree: HtmlElement) -> list[str]:
    """The paragraphs of the page's main text; empty when none is found."""
    from trafilatura import bare_extraction  # slow to import

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is reported by us
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    except Exception:  # whatever it meets in a broken page must not cost the other reports
        return []
    text = getattr(found, "text", None)
    return [line for line in text.split("\n") if line.strip()] if isinstance(text, str) else []


def _key(text: str) -> str:
    """A text without its signs and spaces, to know a repeated one by."""
    return "".join(words_of(text))


def _days_apart(one: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:  # a month or year alone
        return 0
