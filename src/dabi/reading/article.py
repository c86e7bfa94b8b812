"""From lines and their roles to the article."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Article, PublishedBy, Region, Span
from .outlets import looks_like_outlet, name_after_copyright, outlet_in, outlet_of_url, without_suffix
from .page import Page, Role
from .result import Reading
from .seen import Seen

_HEAD = 5  # lines at the top of a page among which its name stands


def assemble(
    text: str,
    seen: Sequence[Seen],
    roles: Sequence[Role],
    page: Page | None,
    source: str | None,
    published: str | None,
) -> Reading:
    """The reading of a text whose lines have their roles; `page` is None for a text that is no page."""
    headline: Span | None = None
    byline: Span | None = None
    body: list[Region] = []
    captions: list[Region] = []
    rest: list[Region] = []
    for s, role in zip(seen, roles, strict=True):
        start, end = s.line.start, s.line.end
        if role == "headline" and headline is None:
            kept = without_suffix(s.line.raw)
            headline = Span(start, start + len(kept), text[start : start + len(kept)])
        elif role == "byline":
            byline = Span(start, end, s.line.raw)
        elif role == "body":
            body.append(Region(start, end))
        elif role == "caption":
            captions.append(Region(start, end))
        elif page is not None and page.byline is not None and start <= page.byline[0] < end:
            byline = Span(*page.byline, text[page.byline[0] : page.byline[1]])
            rest += [
                r for r in (_trimmed(text, start, byline.start), _trimmed(text, byline.end, end)) if r.start < r.end
            ]
        else:
            rest.append(Region(start, end))
    warnings: list[str] = []
    if page is not None and page.published is None and page.clock is not None and published is None:
        warnings.append(
            f"the only date on the page ({page.clock}) stands in its head and may be the day it was copied: "
            "no publication date taken"
        )
    by: PublishedBy | None = "caller" if published else "page" if page is not None and page.published else None
    article = Article(
        source=source,
        outlet=_outlet(seen, roles, source) if page is not None else (outlet_of_url(source) if source else None),
        headline=headline,
        byline=byline,
        published=published or (page.published if page is not None else None),
        published_by=by,
        updated=page.updated if page is not None else None,
        body=tuple(body),
        captions=tuple(captions),
        furniture=tuple(rest),
    )
    return Reading(text=text, article=article, warnings=tuple(warnings))


def _trimmed(text: str, start: int, end: int) -> Region:
    part = text[start:end]
    return (
        Region(start + len(part) - len(part.lstrip()), start + len(part.rstrip())) if part.strip() else Region(end, end)
    )


def _outlet(seen: Sequence[Seen], roles: Sequence[Role], source: str | None) -> str | None:
    """By the web address, a line that is its name, the copyright line, or a line at the head that reads as a name."""
    if source and (found := outlet_of_url(source)):
        return found
    for s, role in zip(seen, roles, strict=True):
        if s.outlet is not None and role == "furniture":
            return s.outlet
    named: list[str] = []
    for s in seen:
        if s.phrase is not None and s.phrase.kind in ("copyright", "imprint"):
            if found := outlet_in(s.line.text):
                return found
            if name := name_after_copyright(s.line.text):
                named.append(name)
    for s, role in zip(seen[:_HEAD], roles[:_HEAD], strict=True):
        if role != "furniture":
            break
        if s.plain and (looks_like_outlet(s.line.text) or s.line.text in named):
            return s.line.raw
    return named[0] if named else None
