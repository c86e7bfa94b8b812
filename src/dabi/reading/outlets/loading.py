"""Outlets by name, address or spelling, each with its file if it has one. A file is read when it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...bengali.outlets import DOMAINS, NAMES, SPELLINGS, country_of
from ...bengali.script import fold_text
from ..daily_address import check_daily, is_daily
from .description import Description, Outlet, zone_of
from .naming import outlet_of_line, outlet_of_url


class OutletError(ValueError):
    """A file of an outlet that cannot be used: names the file and the field."""


def slug_of(name: str) -> str:
    """The name of an outlet's file without its ending: Daily Star Bangla → daily-star-bangla."""
    return "-".join(name.lower().split())


@cache
def _slugs() -> dict[str, str]:
    return {slug_of(name): name for name in NAMES}


def outlet_named(text: str) -> Outlet | None:
    """The outlet that a person means: by its name, slug, Bengali spelling, domain or the address of a page of it."""
    asked = text.strip()
    name = _slugs().get(slug_of(asked)) or outlet_of_line(fold_text(asked))
    if name is None and "." in asked and " " not in asked:
        name = outlet_of_url(asked.lower())
    return outlet(name) if name is not None else None


def known_outlets() -> tuple[Outlet, ...]:
    """All outlets, in the order of the table: those with a file of their own and those that are known by name only."""
    return tuple(outlet(name) for name in NAMES)


@cache
def outlet(name: str) -> Outlet:
    """An outlet by the name dabi gives it. Raises KeyError for another name, OutletError for a file that is wrong."""
    slug = slug_of(name)
    if _slugs().get(slug) != name:
        raise KeyError(name)
    country = country_of(name)
    domains = tuple(domain for domain, owner in DOMAINS.items() if owner == name)
    said = _description(slug)
    if said is not None and said.name != name:
        raise OutletError(f"{slug}.toml, name: {said.name!r} is not the name that outlets.tsv gives it, {name!r}")
    own = said or Description(name=name)
    return Outlet(
        name=name,
        slug=slug,
        country=country,
        domains=domains,
        spellings=tuple(dict.fromkeys(spelling for spelling, owner in SPELLINGS if owner == name)),
        described=said is not None,
        home=own.home or (f"https://{domains[0]}/" if domains else None),
        zone=own.zone or zone_of(country),
        languages=own.languages,
        feeds=own.feeds,
        dates=own.dates,
        furniture=own.furniture,
        selectors=own.selectors,
        minimum=own.minimum,
    )


def outlet_if_described(name: str | None) -> Outlet | None:
    """An outlet by its name if it has a file of its own."""
    if name is None or _slugs().get(slug_of(name)) != name:
        return None
    found = outlet(name)
    return found if found.described else None


def _description(slug: str) -> Description | None:
    place = files(__package__) / f"{slug}.toml"
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        return None
    return parsed(data, f"{slug}.toml")


def parsed(data: bytes, file: str) -> Description:
    """The contents of a file of an outlet; `file` is its name, for what is said of errors. Raises OutletError."""
    import msgspec
    import msgspec.toml

    try:
        said = msgspec.toml.decode(data, type=Description)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OutletError(f"{file}: {error}") from None
    _check(said, file)
    return said


def _check(said: Description, file: str) -> None:
    """What a schema cannot say."""
    for n, feed in enumerate(said.feeds, 1):
        if not feed.url.startswith(("https://", "http://")):
            raise OutletError(f"{file}, feeds, {n}: the url must begin with https:// or http://: {feed.url}")
        try:
            check_daily(feed.url)
        except ValueError as error:
            raise OutletError(f"{file}, feeds, {n}: {error}: {feed.url}") from None
        if is_daily(feed.url) and feed.kind != "sitemap":
            raise OutletError(f'{file}, feeds, {n}: a list of a day is a sitemap, kind = "sitemap": {feed.url}')
    if said.home is not None and not said.home.startswith(("https://", "http://")):
        raise OutletError(f"{file}, home: it must begin with https:// or http://: {said.home}")
    if said.zone is not None:
        try:
            ZoneInfo(said.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise OutletError(f"{file}, zone: there is no time zone {said.zone}") from None
    for field in ("headline", "date", "byline"):
        share = getattr(said.minimum, field)
        if not 0 <= share <= 1:
            raise OutletError(f"{file}, minimum.{field}: a share is between 0 and 1: {share}")
