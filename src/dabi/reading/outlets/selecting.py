"""An outlet's XPath on one of its pages: hints to where the article's parts stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from ...bengali.script import fold_text
from ..dates import as_edtf, read_dateline
from ..lines import one_line
from ..visible import shown, visible_lines
from .description import Outlet
from .loading import OutletError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FIELDS = ("headline", "byline", "date", "body")
_LONGEST_LINE = 300  # code points of a headline, byline or dateline; a selector that catches more has lost its mark
_MOST_LINES = 20  # elements in which a headline, names or dates are looked for
_MOST_DATES = 4  # elements that a date may be spread over


class Selected(msgspec.Struct, kw_only=True):
    """What the selectors found. `missed`: the fields that have selectors of which none found anything."""

    headline: str | None = None
    byline: str | None = None
    published: str | None = None  # EDTF
    updated: str | None = None
    body: tuple[str, ...] = ()  # paragraphs
    missed: tuple[str, ...] = ()


def selected(tree: HtmlElement, outlet: Outlet) -> Selected:
    """Apply an outlet's selectors. The tree stays as it is. Raises OutletError for a selector that is no XPath."""
    found = Selected()
    paths = outlet.selectors
    missed: list[str] = []
    if paths.headline:
        found.headline = next(_texts(_first(tree, paths.headline, outlet, "headline")), None)
    if paths.byline:
        names = dict.fromkeys(_texts(_first(tree, paths.byline, outlet, "byline")))
        found.byline = ", ".join(name for name in names if read_dateline(fold_text(name)) is None) or None
    if paths.date:
        _read_dates(found, _first(tree, paths.date, outlet, "date"), outlet)
    if paths.body:
        found.body = tuple(_paragraphs(tree, outlet))
    for field in FIELDS:
        value = (found.published or found.updated) if field == "date" else getattr(found, field)
        if getattr(paths, field) and not value:
            missed.append(field)
    found.missed = tuple(missed)
    return found


def _first(tree: HtmlElement, paths: Iterable[str], outlet: Outlet, field: str) -> list[Any]:
    """What the first of some paths finds that finds anything with text in it: elements, or strings of attributes."""
    for path in paths:
        found = [item for item in _matches(tree, path, outlet, field)[:_MOST_LINES] if _text(item)]
        if found:
            return found
    return []


def _matches(tree: HtmlElement, path: str, outlet: Outlet, field: str) -> list[Any]:
    from lxml.etree import XPathError

    try:
        found = _compiled(path)(tree)
    except XPathError as error:
        raise OutletError(f"{outlet.slug}.toml, selectors.{field}: {path}: {error}") from None
    if not isinstance(found, list):
        raise OutletError(f"{outlet.slug}.toml, selectors.{field}: {path} selects no part of a page")
    return found


@lru_cache(maxsize=256)
def _compiled(path: str) -> Any:
    from lxml.etree import XPath

    return XPath(path)


def _text(item: Any) -> str:
    return one_line(item) if isinstance(item, str) else shown(item)


def _texts(items: Iterable[Any]) -> Iterator[str]:
    return (text for item in items if (text := _text(item)) and len(text) <= _LONGEST_LINE)


def _read_dates(found: Selected, items: list[Any], outlet: Outlet) -> None:
    """The dates of the elements found: the machine's where an element has one, else the reader's."""
    for item in items[:_MOST_DATES]:
        line = fold_text(_text(item))
        written = "" if isinstance(item, str) else (item.get("datetime") or item.get("content") or "")
        said = read_dateline(line, outlet.country)
        published = as_edtf(written, outlet.country) if written else None
        if said is None:
            published = published or as_edtf(line, outlet.country)
            updated = None
        elif published is not None and said.published is None:  # “আপডেট: …” with a datetime of its own
            published, updated = None, published
        else:
            published, updated = published or said.published, said.updated
        found.published = found.published or published
        found.updated = found.updated or updated


def _paragraphs(tree: HtmlElement, outlet: Outlet) -> list[str]:
    dropped = {
        element
        for path in outlet.selectors.drop
        for element in _matches(tree, path, outlet, "drop")
        if not isinstance(element, str)
    }
    for path in outlet.selectors.body:
        found = {item for item in _matches(tree, path, outlet, "body") if not isinstance(item, str)}
        outer = _outermost(tree, found, dropped) if found else []
        paragraphs = [line for element in outer for line in visible_lines(element, dropped) if line]
        if paragraphs:
            return paragraphs
    return []


def _outermost(tree: HtmlElement, found: set[HtmlElement], dropped: set[HtmlElement]) -> list[HtmlElement]:
    """The elements found that stand in no other one and in nothing that is dropped, in the page's order."""
    from lxml.etree import iterwalk

    outer: list[HtmlElement] = []
    inside = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        if element not in found and element not in dropped:
            continue
        if event == "end":
            inside -= 1
            continue
        if not inside and element not in dropped:
            outer.append(element)
        inside += 1
    return outer
