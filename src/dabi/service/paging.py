"""Lists that are read page by page: where a page ends, where the next begins, and all of them in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from ..ledger.results import Place


class Listed(Protocol):
    """What a list of the ledger's results holds: series and stories, the newest first."""

    @property
    def id(self) -> str: ...
    @property
    def last_day(self) -> str | None: ...


AnyListed = TypeVar("AnyListed", bound=Listed)
Line = TypeVar("Line")
Page = tuple[list[Line], Place | None]


def page_of(held: list[AnyListed], limit: int) -> Page[AnyListed]:
    """The first `limit` of what is held, and the place where the list goes on, if more is held."""
    if len(held) <= limit:
        return held, None
    last = held[limit - 1]
    return held[:limit], Place(last.last_day or "", last.id)


def all_pages(page: Callable[[Place | None], Page[Line]]) -> Iterator[list[Line]]:
    """The pages of a list, one in memory at a time, none empty. `page` gives the one after a place, or the first."""
    lines, following = page(None)
    while lines:
        yield lines
        lines, following = page(following) if following is not None else ([], None)
