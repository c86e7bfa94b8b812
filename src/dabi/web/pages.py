"""Pages out of templates: everything escaped, in the reader's language, with an ETag."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import Response

from ..export.claim_words import claim_sentence
from ..export.marks import word_end
from ..export.wording import Language
from ..ledger import ClaimRecord
from .found import found
from .reader import Reader, reader_of
from .security import VISIT, Visits, masked
from .settings import Settings

_REACH = 600  # characters of a sentence shown on either side of its figure
_LASTING = 14 * 24 * 3600


@cache
def _environment(language: Language) -> Environment:
    """One for each language: the messages are bound to an environment."""
    made = Environment(
        loader=PackageLoader("dabi.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters["part"] = lambda text: quote(str(text), safe="")
    made.globals["static"] = static
    made.globals["query"] = query
    made.globals["filled"] = filled
    made.globals["evidence"] = evidence
    made.globals["found"] = found
    reader = Reader(language)
    made.install_gettext_callables(reader.gettext, reader.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def static(name: str) -> str:
    """The address of a file under static/, which changes with its content."""
    content = (files(__package__) / "static").joinpath(*name.split("/")).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def evidence(claim: ClaimRecord) -> tuple[str, str, str]:
    """The sentence of a claim, cut at its figure with the word's ending: before, figure, after. What lies far from the
    figure is left out: a page without sentence ends would be repeated whole."""
    before, figure, after = claim_sentence(claim)
    end = word_end(figure + after, len(figure)) if figure else 0
    before, figure, after = before, (figure + after)[:end] if figure else "", after[end - len(figure) :]
    if not figure and len(before) > 2 * _REACH:
        before = before[: 2 * _REACH] + "…"
    return (
        before if len(before) <= _REACH or not figure else "…" + before[-_REACH:],
        figure,
        after if len(after) <= _REACH else after[:_REACH] + "…",
    )


def filled(words: str, parts: dict[str, str]) -> str:
    """Words with their braces filled in."""
    for name, value in parts.items():
        words = words.replace(f"{{{name}}}", value)
    return words


def query(given: dict[str, str], **changed: Any) -> str:
    """A query string: the fields given with some changed, or taken out where None."""
    fields = {**given, **changed}
    return urlencode([(name, str(value)) for name, value in fields.items() if value is not None and value != ""])


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """A page. What it shows of the reader and the visit is added here."""
    settings: Settings = request.app.state.settings
    visits: Visits = request.app.state.visits
    reader = reader_of(request)
    cookie = request.cookies.get(VISIT, "")
    fresh = visits.role(cookie) is None and not settings.guarded
    if fresh:
        cookie = visits.open("write")
    role = getattr(request.state, "role", None)
    token = visits.form_token(cookie) if role == "write" else ""
    body = (
        _environment(reader.language)
        .get_template(template)
        .render(
            r=reader,
            path=request.url.path,
            address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            form_token=token,
            may_write=role == "write",
            entered=settings.guarded and role is not None,
            settings=settings,
            status=status,
            **values,
        )
        .encode("utf-8", "replace")
    )
    response = tagged(request, Response(body, status, headers, media_type="text/html"))
    if fresh:
        keep_visit(request, response, cookie)
    if token and response.body:  # after the ETag was made: the mask says nothing new
        response.body = bytes(response.body).replace(token.encode(), masked(token).encode())
        response.headers["content-length"] = str(len(response.body))
    return response


def keep_visit(request: Request, response: Response, cookie: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(VISIT, cookie, max_age=_LASTING, httponly=True, samesite="lax", secure=secure)


def tagged(request: Request, response: Response) -> Response:
    """The response with an ETag of its content; 304 where the client has that already."""
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    tag = f'"{hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
    response.headers["ETag"] = tag
    return unchanged(request, tag) or response


def unchanged(request: Request, tag: str) -> Response | None:
    """304 where the client has already what this ETag names."""
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"ETag": tag}) if tag in asked or "*" in asked else None
