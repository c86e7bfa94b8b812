"""What an HTML page says of itself: JSON-LD first, then meta and time elements, then its headings."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml.html import HtmlElement

from ..bengali.calendar import Country
from .dates import as_edtf
from .outlets import canonical, country_of, outlet_of_url, without_suffix
from .visible import shown

_ARTICLE_TYPES = frozenset(
    [
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Article",
        "Report",
    ]
)
_JSON_LD = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,100}>(.*?)(?:</script|\Z)", re.I | re.S)
_STRING = r'"\s*:\s*"((?:[^"\\]|\\.){1,400})"'
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "datePublished", "pubdate", "publish-date",
    "publish_date", "publishdate", "DC.date.issued", "dc.date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "dateModified", "lastmod", "last-modified")
_HEADLINES = ("og:title", "twitter:title", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author")
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_NO_CAPTION = re.compile(
    r"relat|recommend|more-|most|popular|sidebar|trending|latest|promo|footer|navbar"
    r"|(?<!elementor-)widget(?!-image-caption)",
    re.I,
)
# Named as authors where a site does not say who wrote.
_NOBODY = frozenset(["admin", "desk", "web desk", "news desk", "online desk", "newsroom", "editor"])
_JSON_LD_HEADLINE_LIMIT = 100  # search engines ask for 110 characters, and some outlets cut there


class Metadata(msgspec.Struct, kw_only=True):
    """None or empty where the page does not say."""

    headline: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()  # authors that the page calls organisations, the outlet itself not among them
    published: str | None = None  # EDTF
    updated: str | None = None
    captions: tuple[str, ...] = ()
    body: str | None = None  # JSON-LD articleBody


def metadata(page: str, tree: HtmlElement, source: str | None, outlet: str | None = None) -> Metadata:
    """Read a page's own data. `page` is its source, `tree` the same parsed; `outlet` wins over what the page says."""
    linked = next(_articles(page), {})
    metas = _metas(tree)
    address = source if source and "://" in source else metas.get("og:url") or _canonical_link(tree)
    outlet = outlet or _outlet(linked, metas, address, source)
    country = country_of(outlet)
    published = _date(linked.get("datePublished"), country) or _first_date(metas, _PUBLISHED, country)
    updated = _date(linked.get("dateModified"), country) or _first_date(metas, _UPDATED, country)
    if published is None:
        published = _time_element(tree, country)
    return Metadata(
        headline=_headline(linked, metas, tree),
        outlet=outlet,
        authors=_authors(linked, metas, outlet),
        desks=_desks(linked, outlet),
        published=published,
        updated=updated if updated != published else None,
        captions=tuple(_captions(tree)),
        body=_text(linked.get("articleBody")),
    )


# JSON-LD


def _articles(page: str) -> Iterator[dict[str, Any]]:
    """The article objects of the page's JSON-LD, the page's own before lists of others."""
    broken: list[str] = []
    for found in _JSON_LD.finditer(page):
        written = found.group(1).strip()
        written = written.removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
        try:
            data = json.loads(written.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            broken.append(written)
            continue
        yield from _objects(data, 0)
    for written in broken:
        if "Article" in written or "datePublished" in written:
            yield _salvaged(written)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        kind = data.get("@type")
        if any(isinstance(k, str) and k in _ARTICLE_TYPES for k in (kind if isinstance(kind, list) else [kind])):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)


def _salvaged(written: str) -> dict[str, Any]:
    """The plain string values of JSON that does not parse (unescaped quotes, missing commas, cut off)."""
    values: dict[str, Any] = {}
    for key in ("headline", "datePublished", "dateModified"):
        found = re.search(f'"{key}{_STRING}', written)
        if found is not None:
            try:
                values[key] = json.loads(f'"{found.group(1)}"', strict=False)
            except ValueError:
                values[key] = found.group(1)
    for key in ("author", "publisher"):
        found = re.search(rf'"{key}"\s*:\s*\[?\s*\{{[^{{}}]{{0,300}}?"name{_STRING}', written)
        if found is not None:
            values[key] = {"name": found.group(1)}
    return values


# Single values


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    text = html.unescape(html.unescape(value)) if "&" in value else value
    return " ".join(text.split()) or None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
        return _name(value)
    return _text(value)


def _date(value: Any, country: Country) -> str | None:
    return as_edtf(value, country) if isinstance(value, str) else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Meta elements by property, name or itemprop; the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content"))
        if content:
            for attribute in ("property", "name", "itemprop"):
                key = element.get(attribute)
                if key:
                    found.setdefault(key, content)
    return found


def _first_date(metas: dict[str, str], keys: tuple[str, ...], country: Country) -> str | None:
    return next((date for key in keys if key in metas and (date := as_edtf(metas[key], country))), None)


def _time_element(tree: HtmlElement, country: Country) -> str | None:
    """The first date for machines that belongs to the article: not in a menu, an aside or a list of other articles.

    Blogs of older make (hAtom) have `abbr` of the class published in the place of `time`.
    """
    for element in tree.iter("time", "abbr"):
        if element.tag == "time":
            written = None if _is_apart(element) else element.get("datetime")
        else:
            written = element.get("title") if "published" in element.get("class", "").split() else None
        if written:
            date = as_edtf(written, country)
            if date is not None:
                return date
    return None


def _is_apart(element: HtmlElement) -> bool:
    for parent in element.iterancestors():
        if parent.tag in ("nav", "aside", "footer", "li"):
            return True
        if parent.tag in ("body", "article", "main"):
            return False
        if _NO_CAPTION.search(f"{parent.get('class', '')} {parent.get('id', '')}"):
            return True
    return False


def _canonical_link(tree: HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            return str(element.get("href"))
    return None


def _outlet(linked: dict[str, Any], metas: dict[str, str], address: str | None, source: str | None) -> str | None:
    if address and (known := outlet_of_url(address)):
        return known
    named = _name(linked.get("publisher")) or next((metas[key] for key in _OUTLETS if key in metas), None)
    return canonical(named) if named else None


def _headline(linked: dict[str, Any], metas: dict[str, str], tree: HtmlElement) -> str | None:
    heading = _entry_title(tree) or next((text for element in tree.iter("h1") if (text := _text(shown(element)))), None)
    said = _text(linked.get("headline")) or next((metas[key] for key in _HEADLINES if key in metas), None)
    if said is None:
        title = next((_text(element.text_content()) for element in tree.iter("title")), None)
        said = title if heading is None else None
    if said is None:
        return without_suffix(heading) if heading else None
    said = without_suffix(said)
    cut = said.rstrip(".… ")
    if heading and len(heading) > len(cut) and len(cut) >= _JSON_LD_HEADLINE_LIMIT * 0.6 and heading.startswith(cut):
        return without_suffix(heading)
    return said


def _entry_title(tree: HtmlElement) -> str | None:
    """The heading that blogs mark as the article's; their h1 may be the blog's own name. None if there are several."""
    found = [e for e in tree.iter("h1", "h2", "h3") if "entry-title" in e.get("class", "").split()]
    return _text(shown(found[0])) if len(found) == 1 else None


def _authors(linked: dict[str, Any], metas: dict[str, str], outlet: str | None) -> tuple[str, ...]:
    said = _listed(linked.get("author"))
    names = [_name(item) for item in said if not _is_organisation(item)]
    if not any(_name(item) for item in said):
        names = [next((metas[key] for key in _AUTHORS if key in metas), None)]
    return _signing(names, outlet)


def _desks(linked: dict[str, Any], outlet: str | None) -> tuple[str, ...]:
    return _signing([_name(item) for item in _listed(linked.get("author")) if _is_organisation(item)], outlet)


def _signing(names: list[str | None], outlet: str | None) -> tuple[str, ...]:
    """The names that may stand for who wrote: no addresses, not the outlet itself, each once."""
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if name
            and "://" not in name
            and canonical(name) != outlet
            and len(name) <= 90
            and name.lower() not in _NOBODY
        )
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_organisation(author: Any) -> bool:
    kind = author.get("@type") if isinstance(author, dict) else None
    return isinstance(kind, str) and kind.endswith("Organization")


def _captions(tree: HtmlElement) -> Iterator[str]:
    """Captions of the article's own pictures, each once."""
    seen: set[str] = set()
    for element in tree.iter("figcaption"):
        text = _text(element.text_content())
        if text and text not in seen and not _is_apart(element):
            seen.add(text)
            yield text
