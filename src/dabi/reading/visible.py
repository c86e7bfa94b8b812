"""The lines of a page, or of a part of it, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from .lines import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "title", "tr", "ul",
])  # fmt: skip
_UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "head", "iframe", "object", "button"])


def visible_lines(root: HtmlElement, without: Set[HtmlElement] = frozenset()) -> Iterator[str]:
    """The text of an element line by line, as it stands when all of it is copied; some are empty.

    Elements of `without` are passed over with all they hold.
    """
    from lxml.etree import iterwalk

    pieces: list[str] = []
    hidden = 0
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag
        unseen = tag in _UNSEEN or element in without
        if event == "start":
            if unseen:
                hidden += 1
            if tag in _BLOCKS and pieces:
                yield one_line("".join(pieces))
                pieces.clear()
            if not hidden and element.text:
                pieces.append(element.text)
        else:
            if unseen:
                hidden -= 1
            if tag in _BLOCKS and pieces:
                yield one_line("".join(pieces))
                pieces.clear()
            if not hidden and element.tail and element is not root:
                pieces.append(element.tail)
    if pieces:
        yield one_line("".join(pieces))


def shown(element: HtmlElement) -> str:
    """The text of an element on one line, as a reader sees it."""
    return one_line(" ".join(visible_lines(element)))
