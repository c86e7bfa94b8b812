"""Who may come in, what they may send, and what every answer says to browsers."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem, respond, wants_page
from .rate import Rate
from .settings import Settings
from .texts import N_

log = logging.getLogger("dabi.web")

Role = Literal["read", "write"]
SAFE_METHODS = frozenset(["GET", "HEAD", "OPTIONS"])
VISIT = "dabi-visit"
FIELD = "token"  # of a form: what proves that the form came from here
_DAY = 24 * 3600
_LASTING = 14 * _DAY
_TOKEN = 40  # hexadecimal digits
_MASKED = re.compile(f"[0-9a-f]{{{2 * _TOKEN}}}")

# Scripts, styles, fonts and pictures come from this server or not at all; nothing inline runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
# Open without a token: what the door itself is made of.
_DOOR = re.compile(r"/(?:enter|leave|reader|static/.*|healthz)")


def masked(token: str) -> str:
    """A token in other letters each time: a compressed page whose length can be watched does not give it away."""
    pad = secrets.token_bytes(_TOKEN // 2)
    return pad.hex() + bytes(a ^ b for a, b in zip(pad, bytes.fromhex(token), strict=True)).hex()


class Visits:
    """Sessions without a store: a signed cookie says who the visitor is and what they may do.

    Processes that have the same key know each other's visitors; with another key they show their token again.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def open(self, role: Role) -> str:
        """A new visit's cookie."""
        body = f"{secrets.token_urlsafe(12)}.{role}.{int(time.time()) + _LASTING}"
        return f"{body}.{self._sign('visit', body)}"

    def role(self, cookie: str) -> Role | None:
        body, _, signature = cookie.rpartition(".")
        if not body or not hmac.compare_digest(signature.encode(), self._sign("visit", body).encode()):
            return None
        _, role, until = body.split(".")
        if int(until) < time.time():
            return None
        return "write" if role == "write" else "read"

    def form_token(self, cookie: str) -> str:
        """What shows that a form belongs to this visit; on pages it goes masked."""
        return self._sign("form", cookie)

    def is_form_token(self, cookie: str, masked: str) -> bool:
        """Whether a form carries this visit's token, masked."""
        if not cookie or not _MASKED.fullmatch(masked):
            return False
        pad, covered = bytes.fromhex(masked[:_TOKEN]), bytes.fromhex(masked[_TOKEN:])
        token = bytes(a ^ b for a, b in zip(pad, covered, strict=True)).hex()
        return hmac.compare_digest(self.form_token(cookie), token)

    def _sign(self, purpose: str, body: str) -> str:
        return hmac.new(self._key, f"{purpose}:{body}".encode(), hashlib.sha256).hexdigest()[:_TOKEN]


def role_of_token(settings: Settings, token: str) -> Role | None:
    """What an access token allows."""
    for known, role in ((settings.write_token, "write"), (settings.read_token, "read")):
        if known is not None and hmac.compare_digest(known.encode(), token.encode()):
            return "write" if role == "write" else "read"
    return None


class Guard:
    """Stands before the whole application: name asked for, access, origin, rate, size; and headers on every answer."""

    def __init__(self, app: ASGIApp, *, settings: Settings, visits: Visits) -> None:
        self.app = app
        self.settings = settings
        self.visits = visits
        self.rate = Rate(settings.writes_per_minute, settings.counted_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(_without_empty_fields(scope), receive)
        scope = request.scope
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message, private=not scope["path"].startswith("/static/"))
            await send(message)

        try:
            self._admit(request)
            await self.app(scope, _limited(receive, self.settings.largest_request), sending)
        except Exception as error:
            if started:
                raise
            await self._refusal(request, error)(scope, receive, sending)

    def _refusal(self, request: Request, error: Exception) -> Response:
        if isinstance(error, Problem) and error.status_code == 401 and request.method == "GET" and wants_page(request):
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/enter?{urlencode({'next': back})}", status_code=303)
        return respond(request, error)

    def _admit(self, request: Request) -> None:
        """Let the request in or raise a Problem; notes the visitor's role in the request's state."""
        request.state.role = None
        if b"%00" in request.scope["query_string"] or "\0" in request.url.path:
            raise Problem(400, N_("The request makes no sense"), N_("There is a character in it that no text has."))
        self._check_host(request)
        role = self._role(request)
        if role == "write" and self.settings.read_only:
            role = "read"
        request.state.role = role
        if role is None and _DOOR.fullmatch(request.url.path) is None:
            raise Problem(
                401,
                N_("An access token is needed"),
                N_("This desk is open to those who have a token."),
                {"WWW-Authenticate": "Bearer"},
            )
        if request.method in SAFE_METHODS:
            return
        if role != "write" and _DOOR.fullmatch(request.url.path) is None:
            if self.settings.read_only:
                raise Problem(403, N_("The ledger may not be written"), N_("It can only be read here."))
            raise Problem(403, N_("Not allowed"), N_("Your token allows reading, not writing."))
        self._check_origin(request)
        self._check_size(request)
        wait = self.rate.take(client_of(request))
        if wait:
            raise too_many(wait, N_("Too many changes at once"))

    def _check_host(self, request: Request) -> None:
        """A page elsewhere that has its own name point to this machine is not answered (DNS rebinding)."""
        hosts = self.settings.hosts
        if hosts and (urlsplit(f"//{request.headers.get('host', '')}").hostname or "") not in hosts:
            raise Problem(400, N_("The request makes no sense"), N_("This server is not known under that name."))

    def _role(self, request: Request) -> Role | None:
        if not self.settings.guarded:
            return "write"
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return role_of_token(self.settings, token.strip())
        return self.visits.role(request.cookies.get(VISIT, ""))

    def _check_origin(self, request: Request) -> None:
        """What another site's page sends in a visitor's name is refused."""
        origin = request.headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
        if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise Problem(403, N_("Not allowed"), N_("The request came from another site."))

    def _check_size(self, request: Request) -> None:
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.largest_request:
            raise too_large(self.settings.largest_request)


def _without_empty_fields(scope: Scope) -> Scope:
    """A form sends fields that were left empty too; on pages they are as if they had not been sent."""
    if scope["path"].startswith("/api/") or b"=" not in scope["query_string"]:
        return scope
    kept = [part for part in scope["query_string"].split(b"&") if part.partition(b"=")[2]]
    return {**scope, "query_string": b"&".join(kept)}


def client_of(request: Request) -> str:
    """The address that limits are counted for."""
    return request.client.host if request.client else ""


def too_many(wait: float, title: str) -> Problem:
    """What is told who must wait so many seconds."""
    return Problem(429, title, N_("Wait a moment, then try again."), {"Retry-After": str(int(wait) + 1)})


def too_large(most: int) -> Problem:
    return Problem(413, N_("Too much at once"), N_("At most {size} MB are taken."), size=f"{most / (1 << 20):g}")


def _limited(receive: Receive, most: int) -> Receive:
    """The same stream of the body, ended with a Problem where it grows too large."""
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > most:
                raise too_large(most)
        return message

    return limited


def _add_headers(message: MutableMapping[str, Any], *, private: bool) -> None:
    there = {name.lower() for name, _ in message["headers"]}
    extra = dict(HEADERS)
    if private:
        extra["Cache-Control"] = "private, no-cache"
    varying = [(b"vary", b"Cookie, Accept-Language, Accept")] if private else []
    message["headers"] = [
        *message["headers"],
        *varying,
        *((name.encode(), value.encode()) for name, value in extra.items() if name.lower().encode() not in there),
    ]


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form that came from a page of this visit. Raises Problem for any other."""
    form = await request.form(max_files=request.app.state.settings.most_files, max_fields=200)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    check_form(request, fields.get(FIELD, ""))
    return fields


def check_form(request: Request, token: str) -> None:
    visits: Visits = request.app.state.visits
    if not visits.is_form_token(request.cookies.get(VISIT, ""), token):
        raise Problem(
            403, N_("The form is too old"), N_("It was made before the server was started anew. Go back and reload it.")
        )
