"""robots.txt: which addresses of a host may be asked for, and how often (RFC 9309)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from ..ledger.follow_store import Host
from .entry_dates import iso
from .limits import Limits
from .links import host_of

if TYPE_CHECKING:
    from protego import Protego

# RFC 9309, 2.5: at least 500 KiB are parsed; 2.4: no copy is used for more than 24 hours; 2.3.1.2: five redirects.
LARGEST = 500 * 1024
KEPT = timedelta(hours=24)
LIMITS = Limits(size=4 * LARGEST, seconds=20.0)
# How soon a robots.txt that could not be had is asked for again.
AGAIN = timedelta(minutes=15)
# A host that asks for longer pauses than this between requests is not gathered from in any useful time; we wait so
# long and no longer.
LONGEST_DELAY = 300.0

# Behind the name on a line that begins a group: a version, as it stands in logs, is no part of it (RFC 9309, 2.2.1).
_BEHIND_AGENT = re.compile(r"(?<![^\r\n])([ \t]*user[- ]?agent[ \t]*:[ \t]*[^/#\s]+)[/ \t][^#\r\n]*", re.I)


class Rules(msgspec.Struct, frozen=True):
    """What a robots.txt says to one user agent. `delay`: seconds from one request to the next that it asks for."""

    host: str
    allowed_at_all: bool = True  # False: robots.txt could not be had, so that for now nothing may be asked for
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    product: str = "dabi"
    parsed: object = None

    def allow(self, url: str) -> bool:
        """Whether an address may be asked for. /robots.txt always may."""
        if urlsplit(url).path == "/robots.txt":
            return True
        if not self.allowed_at_all:
            return False
        if self.parsed is None:
            return True
        parsed: Protego = self.parsed  # type: ignore[assignment]
        return bool(parsed.can_fetch(url, self.product))


def rules_of(host: Host, product: str) -> Rules:
    """The rules for a user agent by its product name, out of what is kept of a host. Never raises."""
    if host.robots_state == "unreachable":
        return Rules(host.host, allowed_at_all=False, product=product)
    if host.robots_state != "rules" or host.robots is None:
        return Rules(host.host, product=product)
    from protego import Protego

    try:
        parsed = Protego.parse(_BEHIND_AGENT.sub(r"\1", host.robots))
        delay = parsed.crawl_delay(product) or 0.0
        rate = parsed.request_rate(product)
        sitemaps = tuple(parsed.sitemaps)
    except Exception:  # of any kind: a file that can't be parsed forbids nothing (RFC 9309, 2.3.1.5)
        return Rules(host.host, product=product)
    if rate is not None:
        delay = max(delay, rate.seconds / rate.requests)
    return Rules(host.host, True, min(delay, LONGEST_DELAY), sitemaps, product, parsed)


def answered(host: Host, body: bytes, now: datetime) -> Host:
    """What is kept of a host whose robots.txt was fetched. Beyond the limit it is cut at a line's end."""
    cut = body[:LARGEST]
    if len(body) > LARGEST:
        cut = cut[: cut.rfind(b"\n") + 1]
    text = cut.decode("utf-8-sig", "replace").replace("\0", "\ufffd")
    return msgspec.structs.replace(host, robots=text, robots_state="rules", robots_until=iso(now + KEPT))


def refused(host: Host, status: int | None, now: datetime) -> Host:
    """The same for one that could not be: with a status of 4xx there is none and all is allowed (RFC 9309, 2.3.1.3);
    with 429, another status or without an answer nothing is allowed until it can be had (2.3.1.4)."""
    if status is not None and 400 <= status < 500 and status != 429:
        return msgspec.structs.replace(host, robots=None, robots_state="none", robots_until=iso(now + KEPT))
    return msgspec.structs.replace(host, robots=None, robots_state="unreachable", robots_until=iso(now + AGAIN))


def is_current(host: Host, now: datetime) -> bool:
    """Whether what is kept of the host's robots.txt may still be gone by."""
    return host.robots_state is not None and host.robots_until is not None and iso(now) < host.robots_until


def robots_address(url: str) -> str:
    """Where the robots.txt is that an address goes by."""
    return f"{urlsplit(url).scheme}://{host_of(url)}/robots.txt"
