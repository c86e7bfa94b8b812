"""The words that a search asked for, marked in what it found."""

from __future__ import annotations

from markupsafe import Markup, escape

from ..ledger.excerpt import places
from ..ledger.words import terms


def found(text: str, words: str | None) -> Markup:
    """The text, escaped, with the words asked for in `mark` elements."""
    made, at = Markup(), 0
    for start, end in places(text, terms(words) if words else []):
        made += escape(text[at:start]) + Markup('<mark class="found-word">%s</mark>') % text[start:end]
        at = end
    return made + escape(text[at:])
