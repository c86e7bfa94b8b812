"""What goes wrong, in one shape: RFC 9457 for programs, a page with the same words for people.

No message carries a path of the server or the words of the database.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..ledger import (
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    LedgerRefused,
    LedgerTooNew,
    LedgerTooSlow,
    LedgerUnreachable,
)
from .texts import N_

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger("dabi.web")

MEDIA_TYPE = "application/problem+json"


class Problem(HTTPException):
    """A problem to tell the client. `title` and `detail` are message ids: what they name is shown in the reader's
    language on pages, in English in the API. `parts` fill the braces of `detail`."""

    def __init__(self, status: int, title: str, detail: str = "", headers: dict[str, str] | None = None, **parts: str):
        super().__init__(status, detail, headers)
        self.title = title
        self.parts = parts


class ProblemBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """https://www.rfc-editor.org/rfc/rfc9457"""

    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: tuple[dict[str, str], ...] = ()


_OF_LEDGER: tuple[tuple[type[LedgerError], int, str, str], ...] = (
    (LedgerMissing, 404, N_("Not in the ledger"), N_("The ledger holds nothing under this name or number.")),
    (LedgerLocked, 503, N_("The ledger is busy"), N_("Another process is writing to it. Try again in a moment.")),
    (LedgerTooSlow, 503, N_("The question takes too long"), N_("Ask for less: more words, fewer days.")),
    (LedgerFull, 507, N_("The disk is full"), N_("Nothing was written.")),
    (LedgerReadOnly, 403, N_("The ledger may not be written"), N_("It can only be read here.")),
    (LedgerTooNew, 503, N_("The ledger is newer than this program"), N_("Update dabi, then try again.")),
    (LedgerUnreachable, 503, N_("The ledger can't be reached"), N_("The database does not answer.")),
    (LedgerDamaged, 500, N_("The ledger is damaged"), N_("Restore it from its newest copy.")),
    (LedgerError, 500, N_("The ledger failed"), N_("The server's log says more.")),
)
_TITLES = {
    400: N_("The request makes no sense"),
    401: N_("An access token is needed"),
    403: N_("Not allowed"),
    404: N_("There is no such page"),
    405: N_("This can't be done here"),
    413: N_("Too much at once"),
    415: N_("This kind of content can't be read here"),
    422: N_("Something in the request is not right"),
    429: N_("Too many changes at once"),
    500: N_("Something went wrong"),
}

# What the fields of a request are called where people fill them in.
_FIELDS = {
    "words": N_("Words"),
    "since": N_("Since"),
    "until": N_("Published until"),
    "min": N_("At least"),
    "max": N_("At most"),
    "kind": N_("Kind"),
    "status": N_("Status"),
}


def as_problem(error: Exception) -> Problem:
    """Any exception as a problem."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, LedgerRefused):
        return Problem(422, N_("The ledger refuses this"), "{reason}", reason=str(error))
    if isinstance(error, LedgerError):
        _, status, title, detail = next(row for row in _OF_LEDGER if isinstance(error, row[0]))
        if status >= 500:
            log.error("%s", error)
        headers = {"Retry-After": "2"} if isinstance(error, LedgerLocked) else None
        return Problem(status, title, detail, headers)
    if isinstance(error, HTTPException):
        title = _TITLES.get(error.status_code) or HTTPStatus(error.status_code).phrase
        return Problem(error.status_code, title, headers=dict(error.headers or {}))
    log.error("unexpected", exc_info=error)
    return Problem(500, _TITLES[500], N_("The server's log says more."))


def wants_page(request: Request) -> bool:
    """Whether a person is to be answered, not a program."""
    path = request.url.path
    if path.startswith("/api/") or path.endswith((".json", ".csv", ".svg", ".jsonl")):
        return False
    return "text/html" in request.headers.get("accept", "text/html") or "*/*" in request.headers.get("accept", "")


def respond(request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    if isinstance(error, RequestValidationError):
        return _invalid(request, error)
    problem = as_problem(error)
    if wants_page(request):
        from .pages import page
        from .reader import reader_of

        parts = dict(problem.parts)
        if "fields" in parts:
            called = reader_of(request).gettext
            parts["fields"] = ", ".join(called(_FIELDS.get(name, name)) for name in parts["fields"].split(", "))
        return page(
            request,
            "problem.html",
            status=problem.status_code,
            headers=dict(problem.headers or {}),
            title=problem.title,
            detail=problem.detail,
            parts=parts,
        )
    body = ProblemBody(
        title=problem.title,
        status=problem.status_code,
        detail=problem.detail.format(**problem.parts) if problem.parts else problem.detail,
        instance=request.url.path,
    )
    return _json(body, dict(problem.headers or {}))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    if wants_page(request):
        where = ", ".join(dict.fromkeys(str(e["loc"][-1]) for e in error.errors()))
        return respond(request, Problem(422, _TITLES[422], N_("Look again at: {fields}."), fields=where))
    errors = tuple({"at": "/".join(map(str, e["loc"])), "what": str(e["msg"])} for e in error.errors())
    return _json(ProblemBody(title=_TITLES[422], status=422, instance=request.url.path, errors=errors), {})


def _json(body: ProblemBody, headers: dict[str, str]) -> Response:
    content = msgspec.json.encode(body)
    return Response(content, status_code=body.status, media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Answer all failures of an application so."""

    async def handler(request: Request, error: Exception) -> Response:
        return respond(request, error)

    kinds: tuple[Any, ...] = (Problem, LedgerError, HTTPException, RequestValidationError)
    for kind in kinds:
        app.add_exception_handler(kind, handler)
