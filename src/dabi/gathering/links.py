"""The addresses that feeds, sitemaps and pages name: made whole, cleaned, and only those that may be visited."""

from __future__ import annotations

import re
from string import punctuation
from urllib.parse import quote, urljoin, urlsplit

from ..reading.page_address import page_address

# An address longer than this names no page of a newspaper, and does not fit the ledger's index.
LONGEST = 2000

# Labels before a newspaper's own name, under which it serves the same pages or its feeds.
_FRONTS = frozenset(["www", "m", "mobile", "amp", "feeds", "feed", "rss", "sitemap"])
_PORTS = {"http": 80, "https": 443}
_BREAKS = re.compile(r"[\t\r\n]+[ \t\r\n]*")


def web_link(written: object, base: str) -> str | None:
    """An address as a list or page names it, made whole and cleaned (`page_address`); None for what is none.

    Only http and https; an address with a name and password in it is none.
    """
    if not isinstance(written, str):
        return None
    text = _BREAKS.sub("", written).strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        # As it is sent, so that an address is the same whether a list encodes its Bengali or not.
        url = quote(_with_ascii_host(urljoin(base, text)), safe=punctuation)
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
            return None
        found = page_address(url)
    except ValueError:
        return None
    return found if len(found) <= LONGEST else None


def _with_ascii_host(url: str) -> str:
    """An address with a host such as খবর.বাংলা as name servers know it. Raises ValueError for what can't be a host."""
    parts = urlsplit(url)
    if parts.netloc.isascii() or "@" in parts.netloc:
        return url
    port = "" if parts.port is None else f":{parts.port}"
    return parts._replace(netloc=(parts.hostname or "").encode("idna").decode() + port).geturl()


def host_of(url: str) -> str:
    """The host of an address, in lower case, with its port where that is not the scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port
    if ":" in host:
        host = f"[{host}]"
    return host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"


def home_of(url: str) -> str:
    """The address of the front page of the host of an address."""
    return f"{urlsplit(url).scheme}://{host_of(url)}/"


def domain_of(url: str) -> str:
    """The domain that an address belongs to: its host without www., m., feeds. and the like before it."""
    host = host_of(url)
    first, dot, rest = host.partition(".")
    if dot and first in _FRONTS and "." in rest and not _is_public_suffix(rest):
        return rest
    return host


def belongs(url: str, domains: tuple[str, ...]) -> bool:
    """Whether an address is of one of these domains or of a host below it. A domain may have a path after it."""
    host, path = host_of(url), urlsplit(url).path
    for domain in domains:
        name, slash, below = domain.partition("/")
        if host != name and not host.endswith(f".{name}"):
            continue
        below = below.strip("/")
        if not slash or not below or path.strip("/") == below or path.startswith(f"/{below}/"):
            return True
    return False


def _is_public_suffix(name: str) -> bool:
    """Whether a name is one under which anybody has domains: com.bd, co.in. Short names before a country's."""
    first, _, last = name.partition(".")
    return "." not in last and len(last) == 2 and len(first) <= 3
