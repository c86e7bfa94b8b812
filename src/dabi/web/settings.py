"""What the one who serves decides: who may come in, and how much may be sent."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets

import msgspec

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MEGABYTE = 1 << 20


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Without tokens everybody who can reach the server may read and write: for the loopback interface only.

    `hosts`: the names under which requests may ask for the server; empty for any. `secret`: what visits are signed
    with; without one each process makes its own, and knows the visitors of no other. Sizes are in bytes.
    """

    hosts: tuple[str, ...] = LOOPBACK
    read_token: str | None = None
    write_token: str | None = None
    secret: bytes | None = None
    read_only: bool = False  # nobody may write, whatever their token
    largest_text: int = 2 * _MEGABYTE  # of one pasted text or uploaded file
    largest_request: int = 12 * _MEGABYTE
    most_files: int = 20  # in one upload
    writes_per_minute: int = 120  # by one client
    wrong_tokens_per_minute: int = 10  # by one client, at the door; right ones don't count
    counted_in: str | None = None  # the file in which processes count both together
    allow_private: bool = False  # fetch pages from networks that are not public, too
    user_agent: str | None = None  # as which pages are fetched; None is dabi's own
    largest_page: int = 5 * _MEGABYTE  # of one fetched page; it travels as a field of the form that keeps it
    most_fetches: int = 4  # pages being fetched at a time, by one process
    threads: int = 40  # requests worked on at once
    demo: bool = False  # says so on every page

    @property
    def guarded(self) -> bool:
        return self.read_token is not None or self.write_token is not None

    @property
    def visits_key(self) -> bytes:
        """The key of this process for visits. With other tokens it is another one: who came in by a token that was
        withdrawn is out."""
        if self.secret is None:
            return secrets.token_bytes(32)
        tokens = f"visits\0{self.read_token or ''}\0{self.write_token or ''}"
        return hmac.new(self.secret, tokens.encode(), hashlib.sha256).digest()


def is_loopback(host: str) -> bool:
    """Whether an address or name means this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
