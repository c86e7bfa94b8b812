"""Which pages that were fetched are kept: those in Bengali that hold an article."""

from __future__ import annotations

from ..model import Analysis
from ..reading.inputs import Report
from ..reading.script_ratio import FEWEST_OF_A_PAGE, is_bengali, visible_text


class NotKept(ValueError):
    """A page that is left out; the message says why, in words."""


def check_page(report: Report) -> None:
    """Raises NotKept for a page that is not Bengali."""
    text = visible_text(report.content) if report.kind == "html" else report.content
    if not is_bengali(text, FEWEST_OF_A_PAGE):
        raise NotKept("it is not a page in Bengali")


def check_article(analysis: Analysis) -> None:
    """Raises NotKept for a page that holds none."""
    if not analysis.article.body:
        raise NotKept("there is no article text on it")
