"""Who dabi says that it is."""

from __future__ import annotations

import re
from importlib.metadata import metadata

NAME = "dabi"
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, 5.6.2
_SENDABLE = re.compile(r"[\x20-\x7e]{1,300}")


def user_agent(given: str | None = None) -> str:
    """The user agent that is sent: the one given, else dabi's with its version and, if it has one, its home page.

    Raises ValueError for what can't be sent.
    """
    if given is not None and given.strip():
        if _SENDABLE.fullmatch(given) is None or _TOKEN.match(given.strip()) is None:
            raise ValueError("a user agent is a name in ASCII, like gatherer/1.0 (+https://example.org/about)")
        return given.strip()
    about = metadata("dabi")
    pages = [line.partition(",")[2].strip() for line in about.get_all("Project-URL") or []]
    return f"{NAME}/{about['Version']}" + (f" (+{pages[0]})" if pages else "")


def product(agent: str) -> str:
    """The name by which robots.txt calls a user agent: what stands before its version."""
    found = _TOKEN.match(agent)
    return found.group() if found else NAME
