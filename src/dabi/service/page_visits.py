"""A visit of a page: kept when it is new or has changed, noted when it is gone, tried again when it may come back."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from ..gathering.asking import Elsewhere, is_trouble
from ..gathering.entry_dates import iso
from ..gathering.fetching import Fetched, FetchFailed
from ..gathering.links import host_of
from ..gathering.schedule import TRIES, page_again, revisit
from ..ledger import Added, Ledger, LedgerError
from ..ledger.follow_store import Fetch
from ..reading.inputs import Failure
from .gathering import Gone, Run, TryAgain, asks_for_patience
from .incoming import page_report
from .ledger import add_fetched
from .reading import read_report
from .worth_keeping import NotKept

_GONE = frozenset([404, 410])
# robots.txt is looked at again so long after it forbade a page, so often; that costs no request to the page.
_FORBIDDEN_AGAIN, _FORBIDDEN_TRIES = timedelta(days=1), 3
# What is noted before a page is read; it stays where the process ends meanwhile.
_BEGUN = "reading it was begun and did not end"
# So often a page is begun: a process may also be killed for another reason, and be killed again.
_MOST_BEGUN = 8


async def visit_page(run: Run, page: Fetch) -> None:
    """Fetch a page and keep what it says. Raises HostResting and TryAgain."""
    if _begun(page) >= _MOST_BEGUN:
        reason = f"reading it was begun {_begun(page)} times and did not end"
        await run.in_order(
            run.following.save, _given_up(msgspec.structs.replace(page, visited=run.moment), page, reason)
        )
        run.fail(page.url, reason)
        return
    followed = run.followed[page.followed]
    held = page.state == "read"
    try:
        fetched = await run.fetcher.get(
            page.url,
            etag=page.etag if held else None,
            modified=page.modified if held else None,
            domains=followed.domains,
        )
    except FetchFailed as failure:
        if asks_for_patience(failure):
            raise TryAgain from None
        await run.surely(_not_had(run, page, failure))
        return
    run.tally.pages += 1
    if fetched.unchanged:
        run.tally.unchanged += 1
        await run.in_order(run.following.save, _visited(run, page, fetched))
        return
    if _is_front_page(fetched.url) and not _is_front_page(page.url):
        lost = FetchFailed("it leads to the front page", page.url, "status", status=404)
        await run.surely(_not_had(run, page, lost))
        return
    await run.surely(_keep(run, page, fetched))


async def _keep(run: Run, page: Fetch, fetched: Fetched) -> None:
    begun = _begun(page) + 1
    later = iso(run.now() + (page_again(min(begun, TRIES - 1)) or timedelta()))
    await run.in_order(run.following.save, msgspec.structs.replace(page, failures=begun, problem=_BEGUN, next=later))
    visited = _visited(run, page, fetched)
    if begun > 1 and (failure := await run.aside(_tried, fetched)) is not None:
        await run.in_order(run.following.save, _given_up(visited, page, failure.reason))
        run.fail(page.url, failure.reason)
        return
    added = await run.in_order(_kept, run.ledger, page, fetched, visited)
    if isinstance(added, Failure):
        run.fail(added.source, added.reason)
    elif isinstance(added, NotKept):
        run.tally.passed[host_of(page.url)] += 1
    elif added.outcome == "unchanged":
        run.tally.unchanged += 1
    else:
        if added.outcome == "added":
            run.tally.added += 1
        elif added.outcome == "version":
            run.tally.versions += 1
        run.tell(added)


def _begun(page: Fetch) -> int:
    """How often in a row a process ended while it read a page."""
    return page.failures if page.problem == _BEGUN else 0


def _tried(fetched: Fetched) -> Failure | None:
    """Read a page that may have killed who read it, in a process of its own; why it can't be read so."""
    from .workers import WorkersFailed, analysed

    report = page_report(fetched)
    if isinstance(report, Failure):
        return report
    try:
        (read,) = analysed([report], 2, read=read_report)
    except WorkersFailed:
        return None
    return read if isinstance(read, Failure) else None


def _kept(ledger: Ledger, page: Fetch, fetched: Fetched, visited: Fetch) -> Added | Failure | NotKept:
    """Add a page to the ledger, and then note its state: stopped between the two, it is seen to be there already."""
    try:
        report = page_report(fetched)
        added = report if isinstance(report, Failure) else add_fetched(ledger, report, listed=page.published)
    except LedgerError:
        with suppress(LedgerError):  # the page is not to blame
            ledger.following.save(page)
        raise
    except NotKept as why:
        ledger.following.save(_given_up(visited, page, str(why), state="passed"))
        return why
    except Exception as error:  # one page must not end a run of weeks
        added = Failure(source=page.url, reason=f"it could not be read ({type(error).__name__}: {error})")
    if isinstance(added, Failure):
        ledger.following.save(_given_up(visited, page, added.reason))
        return Failure(source=page.url, reason=added.reason)
    changed = fetched.when if added.outcome in ("added", "version") else page.changed
    digest = sha256(fetched.body).hexdigest()
    ledger.following.save(msgspec.structs.replace(visited, article=added.article, changed=changed, sha256=digest))
    return added


def _visited(run: Run, page: Fetch, fetched: Fetched) -> Fetch:
    """The state after a page answered. A visit before its time does not count as one of its revisits."""
    step, following = _after(run, page)
    return msgspec.structs.replace(
        page,
        state="read",
        etag=fetched.etag or (page.etag if fetched.unchanged else None),
        modified=fetched.modified or (page.modified if fetched.unchanged else None),
        first=page.first or fetched.when,
        visited=fetched.when,
        next=following,
        step=step,
        failures=0,
        problem=None,
    )


def _after(run: Run, page: Fetch) -> tuple[float, str | None]:
    """How many revisits were made, and when the next one is."""
    if page.state == "read" and page.next is not None and page.next > run.moment:
        return page.step, page.next
    step = page.step + 1 if page.state == "read" else 0
    pause = revisit(int(step))
    return step, None if pause is None else iso(run.now() + pause)


async def _not_had(run: Run, page: Fetch, failure: FetchFailed) -> None:
    """Note why a page could not be had, and tell it."""
    host = host_of(page.url)
    noted = msgspec.structs.replace(page, visited=run.moment, problem=failure.reason, failures=page.failures + 1)
    if failure.status in _GONE and page.state == "read":
        await run.in_order(run.following.save, msgspec.structs.replace(noted, state="gone", next=None))
        run.tally.gone += 1
        run.tell(Gone(article=page.article or page.url, url=page.url, reason=failure.reason))
    elif failure.why == "forbidden":
        later = iso(run.now() + _FORBIDDEN_AGAIN) if noted.failures < _FORBIDDEN_TRIES else None
        state = page.state if page.state == "read" else "forbidden"
        await run.in_order(run.following.save, msgspec.structs.replace(noted, state=state, next=later))
        run.tally.forbidden[host] += 1
    elif is_trouble(failure):
        pause = page_again(noted.failures)
        if pause is None:
            noted = _given_up(noted, page, failure.reason)
        else:
            noted = msgspec.structs.replace(noted, next=iso(run.now() + pause))
        await run.in_order(run.following.save, noted)
        run.fail(page.url, failure.reason)
    else:
        await run.in_order(run.following.save, _given_up(noted, page, failure.reason))
        if isinstance(failure, Elsewhere):
            run.tally.elsewhere[host] += 1
        else:
            run.fail(page.url, failure.reason)


def _given_up(noted: Fetch, page: Fetch, reason: str, state: Literal["failed", "passed"] = "failed") -> Fetch:
    """A page is not tried any more; one that the ledger holds is looked at again as if it had answered."""
    if page.state != "read":
        return msgspec.structs.replace(noted, state=state, next=None, problem=reason)
    pause = revisit(int(page.step) + 1)
    moment = datetime.fromisoformat(noted.visited or page.visited or "")
    later = None if pause is None else iso(moment + pause)
    return msgspec.structs.replace(noted, step=page.step + 1, next=later, problem=reason)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
