"""The address by which a web page is known, however a reader came to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# What feeds, social networks and mailings add to an address to count who came from where.
_TRACKING = frozenset(
    ["fbclid", "gclid", "dclid", "igshid", "mc_cid", "mc_eid", "ref_src", "yclid", "_ga", "_gl", "cmpid"]
)
_TRACKING_START = ("utm_", "at_campaign", "at_medium")
_PORTS = {"http": 80, "https": 443}


def page_address(url: str) -> str:
    """A web address without credentials, fragment, default port and tracking parameters; scheme and host in lower case.

    Two addresses of one page that differ only in these become the same; anything else in the query may choose the page
    and stays, in its order. Addresses with other schemes come back as they are. Raises ValueError for what is no
    address.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        return url
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError(f"no host in this address: {url}")
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port in (None, _PORTS[scheme]) else f":{parts.port}"
    return urlunsplit((scheme, host + port, parts.path or "/", _without_tracking(parts.query), ""))


def is_web_address(name: str) -> bool:
    """Whether a name given beside files means a page of the web."""
    return name[:8].lower().startswith(("http://", "https://"))


def _without_tracking(query: str) -> str:
    """A query without tracking parameters, untouched where it has none."""
    fields = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in fields if not _is_tracking(name.lower())]
    return query if len(kept) == len(fields) else urlencode(kept)


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_START)
