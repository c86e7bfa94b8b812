"""Reading: what in a report is the article, what is furniture, and when it was published."""

from __future__ import annotations

from .html import read_html
from .plain import read_plain
from .result import Reading

__all__ = ["Reading", "read_html", "read_plain"]
