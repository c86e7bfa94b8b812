"""What reading hands on."""

from __future__ import annotations

import msgspec

from ..model import Article


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One report, read.

    `text` is what every span and region of `article` points into: a plain text exactly as it came in, or the text
    that dabi made of an HTML page. `warnings` say in words what was not understood or not taken.
    """

    text: str
    article: Article
    warnings: tuple[str, ...] = ()
