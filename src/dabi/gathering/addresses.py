"""Which web addresses may be asked for, and which network addresses may be connected to.

A page's author chooses where its links and redirects lead, and a name's owner chooses what it resolves to. So every
network address is judged before a connection is made to it, however the host was spelled: what lies in this machine,
in the network around it or in a cloud's own services is refused.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit, urlunsplit

import httpx

_LONGEST = 4000  # characters of an address; servers take 8000 at the most, and a person's are far shorter
_LONGEST_HOST = 253  # RFC 1035
_NAME = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.?"
)
_NUMBER = re.compile(r"(?:[0-9]+|0[xX][0-9A-Fa-f]*)")  # a last label that makes a host a number (WHATWG URL, 3.5)
_USER = re.compile(r"(?<=//)[^/?#]*@")

# What is not the public internet. IANA's registries of special-purpose addresses (RFC 6890 and later additions).
# network, what it is
_CLOSED_4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a cloud's metadata"),  # Azure's, in the midst of public addresses
        ("169.254.0.0/16", "link-local or a cloud's metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for measurements"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
# Of IPv6 only 2000::/3 is given out; these are what in it, or beyond it, deserves a word of its own.
_CLOSED_6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "unspecified"),
        ("::1/128", "this machine"),
        ("64:ff9b:1::/48", "private"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_GIVEN_OUT = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")
_ISATAP = (0x00005EFE, 0x02005EFE)  # the middle of an interface identifier that ends with an IPv4 address (RFC 5214)


class AddressRefused(ValueError):
    """An address that is not asked for; the message says why, in words, without the address."""


def web_address(url: str) -> httpx.URL:
    """An address as it is asked for: http or https, a host that can be one, no credentials, no fragment.

    Non-ASCII paths and host names are encoded. Raises AddressRefused.
    """
    written = url.strip()
    if len(written) > _LONGEST:
        raise AddressRefused(f"the address is longer than {_LONGEST} characters")
    try:
        found = httpx.URL(written)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise AddressRefused("this is no web address") from None
    if found.scheme not in ("http", "https"):
        raise AddressRefused(f"only http and https are read, not {found.scheme}" if found.scheme else "no web address")
    if found.userinfo:
        raise AddressRefused("the address carries a user name or password: dabi sends none and keeps none")
    host = found.raw_host.decode("ascii", "replace")
    if not host:
        raise AddressRefused("the address names no host")
    literal(host)
    if found.port is not None and not 0 < found.port < 65536:
        raise AddressRefused("the address names no port that there can be")
    return found.copy_with(fragment=None)


def without_credentials(url: str) -> str:
    """An address as it may be shown: without user name and password. Anything is taken."""
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        pass
    return _USER.sub("", url)


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The network address that a host is, in any spelling that systems take (127.1, 0x7f000001, 0177.0.0.1); None for
    a name. Raises AddressRefused for what is neither."""
    if ":" in host:
        try:
            found = IPv6Address(host.strip("[]"))
        except ValueError:
            raise AddressRefused("the host is no address") from None
        if found.scope_id is not None:
            raise AddressRefused("the host is an address of one network card")
        return found
    if len(host) > _LONGEST_HOST or _NAME.fullmatch(host) is None:
        raise AddressRefused("the host can't be a name")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is None:
        return None
    try:
        return IPv4Address(socket.inet_aton(host.rstrip(".")))
    except OSError:
        raise AddressRefused("the host is no address") from None


def closed(address: str | IPv4Address | IPv6Address) -> str | None:
    """What a network address is, in words, where it is not of the public internet; None where it is.

    IPv6 addresses that carry an IPv4 address (mapped, 6to4, NAT64, Teredo, ISATAP) are what that one is.
    """
    if isinstance(address, str):
        try:
            address = ipaddress.ip_address(address)
        except ValueError:
            return "no address"
    if isinstance(address, IPv4Address):
        return next((what for network, what in _CLOSED_4 if address in network), None)
    if address.scope_id is not None:
        return "link-local"
    carried = _carried(address)
    if carried:
        found = next((what for one in carried if (what := closed(one)) is not None), None)
        if found is not None or address in _NAT64 or address.ipv4_mapped is not None:
            return found
    for network, what in _CLOSED_6:
        if address in network and not (address in _TEREDO and network.prefixlen == 23):
            return what
    return None if address in _GIVEN_OUT else "reserved"


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside an IPv6 address, to which its packets may go."""
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64 or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return (last,)
    return ()
