"""A visit of a feed or sitemap: what it lists that is not known yet, and when to come again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import msgspec

from ..gathering.asking import Elsewhere, is_trouble
from ..gathering.discovery import read_list
from ..gathering.entry_dates import EntryDate, iso, local_day
from ..gathering.feed_bounds import FeedRefused
from ..gathering.feeds import Entry, Feed
from ..gathering.fetching import Fetched, FetchFailed
from ..gathering.links import belongs, domain_of, host_of
from ..gathering.schedule import FORGOTTEN, PAST, between_visits, channel_again
from ..gathering.sitemaps import Part, Sitemap
from ..ledger.follow_store import Fetch, Followed, Found
from ..reading.daily_address import is_daily, on_day
from .gathering import Run, TryAgain, asks_for_patience

# Sitemaps inside an index that are read in one visit: the newest; outlets keep one for each day or thousand pages.
MOST_PARTS = 50
DEEPEST = 2  # indexes inside indexes; the protocol knows none, some outlets have one
MOST_NEW = 5000  # pages out of one list in one visit that were not known; the others are new the next time
# A list that says that a page changed a moment ago, says so of all pages always.
_SETTLED = timedelta(minutes=10)
_DAY = timedelta(days=1)
# Of sitemaps for each day, how far back those are read that were missed.
_MOST_DAYS = timedelta(days=31)


class _Taken(NamedTuple):
    """What is taken out of a list. `new`: something in it was not known; `cut`: some of that is left for another
    visit."""

    pages: list[Found]
    new: bool
    cut: bool


async def visit_channel(run: Run, channel: Fetch) -> list[Fetch]:
    """Read a feed or sitemap and note what is new in it; the new pages come back. Raises HostResting and TryAgain."""
    followed = run.followed[channel.followed]
    if channel.visited is not None and channel.visited[:10] != run.moment[:10]:  # once a day
        await run.in_order(run.following.forget, followed.name, _forgotten(run))
    if is_daily(channel.url):
        return await _visit_days(run, channel, followed)
    try:
        fetched = await run.fetcher.get(
            channel.url, etag=channel.etag, modified=channel.modified, domains=_domains(followed, channel.url)
        )
    except FetchFailed as failure:
        if asks_for_patience(failure):
            raise TryAgain from None
        await run.surely(_put_off(run, channel, followed, failure.reason, passes=is_trouble(failure)))
        return []
    digest = sha256(fetched.body).hexdigest()
    if fetched.unchanged or digest == channel.sha256:
        run.tally.lists += 1
        await _save(run, _visited(run, channel, fetched, followed), [])
        return []
    try:
        found = await run.aside(_read, fetched, followed)
    except FeedRefused as refused:
        await run.surely(_put_off(run, channel, followed, str(refused)))
        return []
    if found is None:
        await run.surely(_put_off(run, channel, followed, "it is no feed and no sitemap"))
        return []
    run.tally.lists += 1
    if isinstance(found, Sitemap) and found.kind == "index":
        fresh, _ = await _visit_parts(run, channel, found, followed, depth=1)
        # Its parts may change while the index does not, so it is always asked for whole.
        await _save(run, _unread(_visited(run, channel, fetched, followed, news=bool(fresh))), [])
        return fresh
    listed = _listed(run, found, followed, channel, undated=isinstance(found, Feed) or channel.first is not None)
    pause = found.pause if isinstance(found, Feed) else None
    taken = await run.in_order(_taken, run, channel.url, listed)
    visited = _visited(run, channel, fetched, followed, news=taken.new, pause=pause)
    visited = _unread(visited) if taken.cut else msgspec.structs.replace(visited, sha256=digest)
    return await _save(run, visited, taken.pages)


def _taken(run: Run, url: str, listed: list[Found]) -> _Taken:
    """All that was known, and of the rest what is not to be fetched and so much else as one visit may bring."""
    known = run.following.known((page.url for page in listed), forgotten=_forgotten(run))
    coming = [page.url for page in listed if page.url not in known and not page.old]
    left = set(coming[MOST_NEW:])
    if left:
        run.tally.left[host_of(url)] += len(left)
    pages = [page for page in listed if page.url not in left]
    return _Taken(pages, new=any(page.url not in known for page in listed), cut=bool(left))


def _unread(visited: Fetch) -> Fetch:
    """A list that was not read to its end: the next time it is asked for and read as if it had changed."""
    return msgspec.structs.replace(visited, sha256=None, etag=None, modified=None)


async def _visit_parts(
    run: Run, index: Fetch, found: Sitemap, followed: Followed, *, depth: int, seen_before: bool | None = None
) -> tuple[list[Fetch], bool]:
    """Read the sitemaps of an index that may hold something new; and whether any was cut."""
    known_index = index.first is not None if seen_before is None else seen_before
    domains = _domains(followed, index.url)
    inside = [part for part in found.parts if _ours(run, part.url, domains)]
    _count_unusable(run, index.url, found)
    known = await run.in_order(run.following.fetches, [part.url for part in inside])
    cutoff = _cutoff(run, index, followed)
    wanted = [part for part in inside if _worth_reading(part, known.get(part.url), cutoff)]
    wanted.sort(key=_newest_first)
    now = {part.url for part in wanted[:MOST_PARTS]}
    left = [part for part in inside if part.url not in known and part.url not in now]
    if left:  # known from now on, so that what is in them later passes for old only where it is
        rows = [Fetch(url=part.url, kind="part", followed=followed.name, state="old") for part in left]
        await run.in_order(run.following.save_channel, index, (), parts=rows, now=run.moment)
    fresh: list[Fetch] = []
    cut = False
    for part in wanted[:MOST_PARTS]:
        was = known.get(part.url)
        if was is not None and was.kind != "part":
            continue  # followed by itself, too
        # In a sitemap that came after our first look at the index, all is new; in others only what came since.
        undated = known_index if was is None else was.first is not None
        state = was or Fetch(url=part.url, kind="part", followed=followed.name)
        new, more = await _visit_part(
            run, state, followed, index, undated=undated, depth=depth, known_index=known_index
        )
        fresh += new
        cut = cut or more
    return fresh, cut


async def _visit_part(
    run: Run, part: Fetch, followed: Followed, index: Fetch, *, undated: bool, depth: int, known_index: bool
) -> tuple[list[Fetch], bool]:
    try:
        visited, found = await _read_part(run, part, followed, index)
    except FetchFailed as failure:
        _tell_failure(run, part.url, failure)
        return [], False
    if found is None:
        await _save(run, visited, [])
        return [], False
    if found.kind == "index":
        if depth >= DEEPEST:
            run.fail(part.url, "an index inside an index inside an index")
            return [], False
        fresh, cut = await _visit_parts(run, index, found, followed, depth=depth + 1, seen_before=known_index)
        await _save(run, _more_to_come(visited) if cut else _unread(visited), [])
        return fresh, cut
    return await _save_part(run, visited, _listed(run, found, followed, index, undated=undated))


async def _save_part(run: Run, visited: Fetch, listed: list[Found]) -> tuple[list[Fetch], bool]:
    taken = await run.in_order(_taken, run, visited.url, listed)
    fresh = await _save(run, _more_to_come(visited) if taken.cut else visited, taken.pages)
    return fresh, taken.cut


def _more_to_come(part: Fetch) -> Fetch:
    """A sitemap inside another that is to be read again, whatever the other says of its date."""
    return msgspec.structs.replace(_unread(part), state="waiting")


async def _read_part(run: Run, part: Fetch, followed: Followed, index: Fetch) -> tuple[Fetch, Sitemap | None]:
    """A sitemap inside another, and its state afterwards; None where nothing in it has changed.

    Raises FetchFailed, TryAgain and HostResting.
    """
    try:
        fetched = await run.fetcher.get(
            part.url, etag=part.etag, modified=part.modified, domains=_domains(followed, index.url)
        )
    except FetchFailed as failure:
        if asks_for_patience(failure):
            raise TryAgain from None
        raise
    digest = sha256(fetched.body).hexdigest()
    visited = msgspec.structs.replace(_visited(run, part, fetched, followed), next=None, state="read")
    if fetched.unchanged or digest == part.sha256:
        return visited, None
    try:
        found = await run.aside(_read, fetched, followed)
    except FeedRefused as refused:
        raise FetchFailed(str(refused), part.url, "media") from None
    if not isinstance(found, Sitemap):
        raise FetchFailed("it is no sitemap", part.url, "media")
    run.tally.lists += 1
    return msgspec.structs.replace(visited, sha256=digest), found


# A sitemap for each day


async def _visit_days(run: Run, channel: Fetch, followed: Followed) -> list[Fetch]:
    """Read the sitemaps of today and yesterday, and of days before that were not read to their end."""
    today = local_day(run.now(), followed.country)
    earliest = max(local_day(_cutoff(run, channel, followed), followed.country), today - _MOST_DAYS)
    days = [today - n * _DAY for n in range((today - earliest).days + 1)] or [today]
    known = await run.in_order(run.following.fetches, [on_day(channel.url, day) for day in days])
    fresh: list[Fetch] = []
    failures: dict[str, FetchFailed] = {}
    for day in days:
        url = on_day(channel.url, day)
        part = known.get(url) or Fetch(url=url, kind="part", followed=followed.name)
        if _was_read_to_its_end(part, day, followed):
            continue
        try:
            visited, found = await _read_part(run, part, followed, channel)
        except FetchFailed as failure:
            failures[url] = failure
            if not is_trouble(failure):  # there is none of this day, or not yet
                missing = msgspec.structs.replace(part, visited=run.moment, state="failed", problem=failure.reason)
                await _save(run, missing, [])
            continue
        # Of whatever time an article without a date is, it is of that day.
        listed = [] if found is None else _listed(run, found, followed, channel, undated=True)
        new, _ = await _save_part(run, visited, listed)
        fresh += new
    newest = [failures.get(on_day(channel.url, day)) for day in days[:2]]
    if newest[0] is not None and None not in newest:  # neither today's nor yesterday's
        reason = f"{newest[0].url}: {newest[0].reason}"
        await run.surely(_put_off(run, channel, followed, reason, passes=is_trouble(newest[0])))
        return fresh
    for url, passing in failures.items():
        if is_trouble(passing):
            _tell_failure(run, url, passing)
    await _save(run, _seen(run, channel, followed, news=bool(fresh)), [])
    return fresh


def _was_read_to_its_end(part: Fetch, day: date, followed: Followed) -> bool:
    """Whether a day's sitemap was last asked for when the day after it was over, too: late articles come into it."""
    if part.state == "waiting":
        return False
    return part.visited is not None and local_day(datetime.fromisoformat(part.visited), followed.country) > day + _DAY


def _read(fetched: Fetched, followed: Followed) -> Feed | Sitemap | None:
    seen = datetime.fromisoformat(fetched.when)
    return read_list(fetched.body, fetched.url, country=followed.country, media=fetched.media, seen=seen)


async def _save(run: Run, channel: Fetch, listed: list[Found]) -> list[Fetch]:
    fresh = await run.in_order(run.following.save_channel, channel, listed, now=run.moment, forgotten=_forgotten(run))
    run.tally.listed += len(fresh)
    return fresh


def _forgotten(run: Run) -> str:
    """Pages that were last visited before this may have been forgotten."""
    return iso(run.now() - FORGOTTEN)


async def _put_off(run: Run, channel: Fetch, followed: Followed, reason: str, *, passes: bool = False) -> None:
    """Note that a feed could not be read, and come again ever later."""
    failures = channel.failures + 1
    pause = channel_again(followed.every or channel.step, failures, passes=passes)
    later = iso(run.now() + timedelta(seconds=pause))
    noted = msgspec.structs.replace(
        channel, visited=run.moment, failures=failures, problem=reason, next=later, state="failed"
    )
    await run.in_order(run.following.save, noted)
    run.fail(channel.url, reason)


def _tell_failure(run: Run, url: str, failure: FetchFailed) -> None:
    if failure.why == "forbidden":
        run.tally.forbidden[host_of(url)] += 1
    elif isinstance(failure, Elsewhere):
        run.tally.elsewhere[host_of(url)] += 1
    else:
        run.fail(url, failure.reason)


def _visited(
    run: Run, channel: Fetch, fetched: Fetched, followed: Followed, *, news: bool = False, pause: float | None = None
) -> Fetch:
    return msgspec.structs.replace(
        _seen(run, channel, followed, news=news, pause=pause),
        etag=fetched.etag or (channel.etag if fetched.unchanged else None),
        modified=fetched.modified or (channel.modified if fetched.unchanged else None),
    )


def _seen(run: Run, channel: Fetch, followed: Followed, *, news: bool = False, pause: float | None = None) -> Fetch:
    """The state of a list that was read, and when to come again."""
    step = between_visits(channel.step, news=news, asked=pause, fixed=followed.every)
    return msgspec.structs.replace(
        channel,
        state="read",
        first=channel.first or run.moment,
        visited=run.moment,
        changed=run.moment if news else channel.changed,
        next=iso(run.now() + timedelta(seconds=step)),
        step=step,
        failures=0,
        problem=None,
    )


# What of a list is taken


def _listed(run: Run, found: Feed | Sitemap, followed: Followed, channel: Fetch, *, undated: bool) -> list[Found]:
    """The pages of a list that are followed and not too old; with `undated`, those without a date, too.

    Undated ones of a sitemap's first look are any age: they are only known from then on.
    """
    _count_unusable(run, channel.url, found)
    cutoff = _cutoff(run, channel, followed)
    past = _past(channel)
    listed: list[Found] = []
    for entry in found.entries:
        date = entry.published or entry.updated
        if not _ours(run, entry.url, followed.domains):
            continue
        if date is not None and (_end(date) < cutoff or _newest(entry) < past):
            run.tally.old += 1
            continue
        old = date is None and not undated
        run.tally.old += old
        published = None if entry.published is None else entry.published.edtf
        listed.append(Found(url=entry.url, published=published, updated=_updated(run, entry), old=old))
    return listed


def _cutoff(run: Run, channel: Fetch, followed: Followed) -> datetime:
    """What was published before this is left out: so long before the first visit."""
    first = run.now() if channel.first is None else datetime.fromisoformat(channel.first)
    return first - timedelta(seconds=followed.max_age)


def _past(channel: Fetch) -> datetime:
    """What appeared and changed before this is not new, even where nothing is known of it any more."""
    if channel.visited is None or channel.state != "read":  # or since when it could not be read
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromisoformat(channel.visited) - PAST


def _newest(entry: Entry) -> datetime:
    """The last moment at which an entry with a date says that its page appeared or changed."""
    return max(_end(date) for date in (entry.published, entry.updated) if date is not None)


def _end(date: EntryDate) -> datetime:
    """The last moment that a date may mean."""
    return date.instant if len(date.edtf) > 10 else date.instant + _DAY


def _updated(run: Run, entry: Entry) -> str | None:
    date = entry.updated
    if date is None or len(date.edtf) <= 10 or date.instant > run.now() - _SETTLED:
        return None
    return iso(date.instant)


def _worth_reading(part: Part, known: Fetch | None, cutoff: datetime) -> bool:
    if part.updated is None or (known is not None and known.state == "waiting"):
        return True
    last = _end(part.updated)
    return last >= cutoff and (known is None or known.visited is None or iso(last) >= known.visited)


def _newest_first(part: Part) -> tuple[bool, float, bool]:
    """Dated sitemaps first, the newest of them before the others; then those that call themselves news."""
    dated = part.updated is not None
    return not dated, -part.updated.instant.timestamp() if part.updated else 0.0, "news" not in part.url


def _domains(followed: Followed, url: str) -> tuple[str, ...]:
    """Where a list may be: on the followed domains, or where a person said that it is."""
    return (*followed.domains, domain_of(url))


def _ours(run: Run, url: str, domains: Iterable[str]) -> bool:
    if belongs(url, tuple(domains)):
        return True
    run.tally.elsewhere[host_of(url)] += 1
    return False


def _count_unusable(run: Run, url: str, found: Feed | Sitemap) -> None:
    if found.bad or found.left_out:
        run.tally.unusable[host_of(url)] += found.bad + found.left_out
