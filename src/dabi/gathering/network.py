"""Connections only to where dabi may go.

The name is resolved here, once; every address it has is judged, and the connection goes to an address that was judged,
not to the name: a second answer of the name's owner is never asked for. TLS still verifies the name.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpcore

from .addresses import AddressRefused, closed, literal

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name in ASCII and a port to all addresses of the name. Raises OSError when it has none."""

_LOOKUPS = 32  # at a time: names of dead servers take up to half a minute, and keep no others waiting
_TRIED = 4  # addresses of one name


@cache
def _lookups() -> ThreadPoolExecutor:
    """Threads of their own: lookups that hang must not take up those that others need."""
    return ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="dabi-lookup")


async def system_addresses(host: str, port: int) -> Sequence[str]:
    """What the system says that a name's addresses are."""

    def look_up() -> Sequence[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise OSError(str(error)) from error
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    return await asyncio.get_running_loop().run_in_executor(_lookups(), look_up)


class UnknownHost(OSError):
    """A name without an address, for now or for good; the message says which."""

    def __init__(self, error: OSError | None = None) -> None:
        for_now = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        super().__init__("the host's name can't be looked up now" if for_now else "there is no such host")


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """The network as `httpcore` asks for it, with every address judged before it is connected to."""

    def __init__(self, resolve: Resolve = system_addresses, *, allow_private: bool = False) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the host's addresses. Raises AddressRefused when any of them is not public, UnknownHost
        when there is none, and what `httpcore` raises."""
        until = None if timeout is None else time.monotonic() + timeout
        addresses = await self._judged(host, port, timeout)
        for place, address in enumerate(addresses, 1):
            left = None if until is None else max(0.1, (until - time.monotonic()) / (len(addresses) - place + 1))
            try:
                return await self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise UnknownHost

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused("sockets of this machine are not read")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _judged(self, host: str, port: int, timeout: float | None) -> list[str]:
        written = literal(host)
        if written is not None:
            found: Sequence[str] = [str(written)]
        else:
            try:
                async with asyncio.timeout(timeout):
                    found = await self._resolve(host, port)
            except TimeoutError:
                raise httpcore.ConnectTimeout("the name's server does not answer") from None
            except OSError as error:
                raise UnknownHost(error) from error
        if not found:
            raise UnknownHost
        if not self._allow_private:
            for address in found:
                if (what := closed(address)) is not None:
                    raise AddressRefused(
                        f"the host lies in a network that is not public ({what}); --allow-private opens those"
                    )
        return list(found)[:_TRIED]
