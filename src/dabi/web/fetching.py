"""Pages fetched for somebody at the desk: a few at a time, and what went wrong in the reader's language."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
from starlette.requests import Request

from ..reading.inputs import Failure, Report
from ..service.incoming import Web, fetched_page
from .problems import Problem
from .settings import Settings
from .texts import N_

if TYPE_CHECKING:
    from ..gathering.fetching import Why

SECONDS = 20.0  # that somebody waits for a page

_WORDS: dict[Why, str] = {
    "refused": N_("Only public http and https addresses are fetched, without a password in them."),
    "forbidden": N_("The site does not want programs to fetch this page."),
    "unknown_host": N_("There is no site of this name."),
    "unreachable": N_("The site can't be reached."),
    "too_slow": N_("The site takes too long."),
    "too_big": N_("The page is too large."),
    "redirects": N_("The site sends us round in a circle or to nowhere."),
    "status": N_("The site has no such page, or does not show it to us."),
    "media": N_("There is no page or text at this address."),
    "broken": N_("The site's answer is broken."),
}
BUSY = N_("Others are having pages fetched. Try again in a moment.")


class NotFetched(Exception):
    """A page that could not be fetched; `words` is a message id that says why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def fetch(request: Request, address: str) -> Report | Failure:
    """The page at an address, as the settings allow it; a Failure where it can't be read.

    Raises NotFetched, and Problem where too many are being fetched.
    """
    from ..gathering.fetching import FetchFailed
    from ..gathering.limits import PAGE

    settings: Settings = request.app.state.settings
    turns: threading.Semaphore = request.app.state.fetching
    limits = msgspec.structs.replace(PAGE, size=settings.largest_page, seconds=SECONDS)
    if not turns.acquire(blocking=False):
        raise Problem(503, N_("Too much at once"), BUSY, {"Retry-After": "5"})
    try:
        return fetched_page(
            address.strip(), Web(agent=settings.user_agent, allow_private=settings.allow_private, limits=limits)
        )
    except FetchFailed as failed:
        raise NotFetched(_WORDS[failed.why]) from None
    finally:
        turns.release()
