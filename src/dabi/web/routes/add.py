"""Adding: paste, upload or have a page fetched, see the reading, keep it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from ...reading.inputs import Failure
from ...service.adding import MOST_ARTICLES, Candidate, TooMany, candidate, pasted, unpacked, uploaded
from ..fetching import NotFetched, fetch
from ..filters import LedgerHere
from ..marked import blocks
from ..pages import page
from ..problems import Problem
from ..reader import reader_of
from ..security import FIELD, check_form, form_of, too_large
from ..texts import N_
from .api_writes import keep

router = APIRouter(include_in_schema=False)
_KEPT = 10  # candidates whose text is shown; of more, only what each holds


@router.get("/add")
def show(request: Request) -> Response:
    return page(request, "add.html", given={}, wrong="", unfetched="")


async def sent(request: Request) -> dict[str, Any]:
    """The fields of the form and the files in it, under `files`; checked for where they came from and their size."""
    settings = request.app.state.settings
    form = await request.form(
        max_files=settings.most_files, max_fields=4 * MOST_ARTICLES, max_part_size=settings.largest_request
    )
    check_form(request, str(form.get(FIELD, "")))
    fields: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
    fields["reports"] = [value for value in form.getlist("report") if isinstance(value, str)]
    files = []
    for value in form.getlist("files"):
        if isinstance(value, UploadFile) and value.filename:
            data = await value.read(settings.largest_text + 1)
            if len(data) > settings.largest_text:
                raise too_large(settings.largest_text)
            files.append((value.filename.replace("\\", "/").rsplit("/", 1)[-1], data))
    fields["files"] = files
    return fields


Sent = Annotated[dict[str, Any], Depends(sent)]
Form = Annotated[dict[str, str], Depends(form_of)]


@router.post("/add")
def read(request: Request, given: Sent) -> Response:
    """What was pasted or uploaded, read and not kept."""
    text = given.get("text", "")
    if len(text.encode("utf-8", "surrogatepass")) > request.app.state.settings.largest_text:
        raise too_large(request.app.state.settings.largest_text)
    found: list[Candidate] = []
    failures: list[Failure] = []
    try:
        if text.strip():
            given_too = {name: given.get(name) for name in ("published", "outlet", "address")}
            found.append(pasted(text, **given_too))
        for one in uploaded(given["files"]):
            if isinstance(one, Failure):
                failures.append(one)
            else:
                found.append(one)
    except TooMany:
        raise Problem(
            413, N_("Too much at once"), N_("At most {n} articles are taken at once."), n=str(MOST_ARTICLES)
        ) from None
    except ValueError:
        return page(request, "add.html", status=422, given=given, wrong="published", unfetched="")
    if not found and not failures:
        return page(request, "add.html", status=422, given=given, wrong="text", unfetched="")
    return _shown(request, found, failures)


def _shown(request: Request, found: list[Candidate], failures: list[Failure]) -> Response:
    reader = reader_of(request)
    shown = [(one, blocks(one.analysis, reader, f"a{i}-")) for i, one in enumerate(found[:_KEPT])]
    return page(request, "reading.html", found=found, shown=shown, failures=failures)


@router.post("/add/page")
def fetch_page(request: Request, given: Form) -> Response:
    """A page of the web, fetched, read and not kept."""
    address = given.get("address", "")
    if not address.strip():
        return page(request, "add.html", status=422, given={}, wrong="page", unfetched="")
    try:
        fetched = fetch(request, address)
    except NotFetched as failed:
        return page(request, "add.html", status=422, given={"page": address}, wrong="", unfetched=failed.words)
    if isinstance(fetched, Failure):
        return page(request, "reading.html", found=[], shown=[], failures=[fetched])
    return _shown(request, [candidate(fetched)], [])


@router.post("/add/keep")
def keep_them(request: Request, ledger: LedgerHere, given: Sent) -> Response:
    try:
        reports = [unpacked(text) for text in given["reports"]]
    except ValueError:
        raise Problem(422, N_("Something in the request is not right"), N_("Start again from the text.")) from None
    if not reports:
        return RedirectResponse("/add", status_code=303)
    added = keep(request, ledger, reports)
    failures = [one for one in added if isinstance(one, Failure)]
    if failures:
        raise Problem(422, N_("The ledger refuses this"), "{reason}", reason=failures[0].reason)
    kept = [one for one in added if not isinstance(one, Failure)]
    if len(kept) == 1:
        return RedirectResponse(f"/articles/{kept[0].key}?kept={kept[0].outcome}", status_code=303)
    return page(request, "kept.html", kept=kept)
