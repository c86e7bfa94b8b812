"""A web server on loopback that answers exactly the bytes it is told to, however wrong they are."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from anyio.from_thread import start_blocking_portal

Handler = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


class Asked:
    """A request: its path, and its headers by their names in lower case."""

    def __init__(self, head: bytes) -> None:
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        self.path = first.split()[1]
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


class Server:
    """`routes` are answers by path: bytes, or a coroutine that writes. `asked` are the requests so far."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.routes: dict[str, bytes | Handler] = {}
        self.asked: list[Asked] = []
        self.open = self.most_open = 0
        self.kept = False  # connections, after a coroutine has answered

    def address(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                asked = Asked(await reader.readuntil(b"\r\n\r\n"))
                self.asked.append(asked)
                answer = self.routes.get(asked.path.partition("?")[0], told(b"no", status="404 Not Found"))
                self.open += 1
                self.most_open = max(self.open, self.most_open)
                try:
                    if isinstance(answer, bytes):
                        writer.write(answer)
                        await writer.drain()
                        await asyncio.sleep(0)
                    else:
                        await answer(asked, writer)
                finally:
                    self.open -= 1
                ends = b"onnection: close" in answer[:2000] if isinstance(answer, bytes) else not self.kept
                if ends:
                    break
        writer.close()


@contextmanager
def server(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server in a thread of its own, at a free port."""
    with start_blocking_portal() as portal:
        made = Server(0)
        listening = portal.call(lambda: asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls))
        made.port = listening.sockets[0].getsockname()[1]
        yield made
        portal.call(listening.close)


def told(
    body: bytes | str, media: str = "text/html; charset=utf-8", *, status: str = "200 OK", **headers: str
) -> bytes:
    """An answer with its length; `headers` with _ for -."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}"]
    lines += [f"Content-Type: {media}"] if media else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


def redirect(to: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
