"""The commands that gather: what is followed, and watching it."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from .commands import AllowPrivate, UserAgent, _opened, _web, app
from .ledger import Database, Form, _by_place, _ledger
from .listing import Column, list_records

if TYPE_CHECKING:
    from ..gathering.asking import Manners
    from ..ledger import Ledger
    from ..ledger.follow_store import FollowedState, Host
    from ..service.following import Channel, Following
    from ..service.gathering import Event, Tally
    from ..service.watching import Stop

Delay = Annotated[
    float,
    typer.Option(min=0.0, help="Seconds between two requests to one host, at least; what its robots.txt asks wins."),
]
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_SHORTEST = timedelta(minutes=1)


class FollowedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is followed, in a list. `every` and `max_age` in seconds, times in ISO 8601 UTC.

    `pages` and `gone` are those of the last months.
    """

    name: str
    outlet: str | None
    given: str
    addresses: tuple[str, ...]
    domains: tuple[str, ...]
    every: float | None
    max_age: float
    since: str
    visited: str | None
    changed: str | None
    next: str | None
    pages: int
    waiting: int
    gone: int
    problems: tuple[str, ...]


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or sitemap that something is followed by from now on. `new`: it was not before."""

    name: str
    outlet: str | None
    address: str
    kind: str
    title: str | None
    listed: int | None
    newest: str | None
    new: bool
    problem: str | None


@app.command(
    epilog="""\b
Examples:
  dabi follow "Prothom Alo" ittefaq.com.bd
  dabi follow https://example.org/feed/ --every 15m
  dabi follow https://example.org/ --name example --max-age 7d
  dabi follow 'https://example.org/sitemap-{year}-{month}-{day}.xml'
  dabi follow --list
  dabi follow --stop example
"""
)
def follow(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OUTLET|FEED|SITEMAP|PAGE",
            help="An outlet by name or domain, or the address of a feed, a sitemap or a page that names its feeds.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    listing: Annotated[bool, typer.Option("--list", help="Show what is followed, and how it goes.")] = False,
    stop: Annotated[
        list[str] | None,
        typer.Option(
            "--stop", metavar="NAME", help="Follow it no longer; what was gathered stays.", show_default=False
        ),
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="How often to look: 15m, 2h, 1d. Else as often as it changes, every 15 minutes to 6 hours.",
            show_default=False,
        ),
    ] = None,
    max_age: Annotated[
        str, typer.Option(metavar="TIME", help="How old an article may be to be taken at the first look.")
    ] = "2d",
    name: Annotated[
        str | None,
        typer.Option(help="What to call it; else the outlet's name or the host's.", show_default=False),
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option(help="Take articles of this domain, too, besides its own.", show_default=False),
    ] = None,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
    form: Form = None,
) -> None:
    """Say what `dabi watch` is to gather: outlets, feeds, sitemaps."""
    given = what or []
    if sum((bool(given), listing, bool(stop))) != 1:
        raise typer.BadParameter("give something to follow, or --list, or --stop NAME.")
    if name is not None and len(given) != 1:
        raise typer.BadParameter("a name is for one thing that is followed.", param_hint="--name")
    interval = _duration(every, "--every") if every is not None else None
    if interval is not None and interval < _SHORTEST:
        raise typer.BadParameter("no feed is looked at more than once a minute.", param_hint="--every")
    age = _duration(max_age, "--max-age")
    domains = _domains(domain or [])
    manners = _manners(user_agent, allow_private, delay)

    from ..service import Failure
    from ..service import following as service

    with _ledger(db, create=bool(given)) as ledger, _opened(None, []) as out:
        if listing:
            resting = service.resting_hosts(ledger)
            rows = (_followed_row(state, resting) for state in service.followed_states(ledger))
            list_records(rows, form or _by_place(out), out, _followed_columns(), FollowedRow.__struct_fields__)
            return
        if stop:
            for each in stop:
                typer.echo(f"dabi: {service.stop_following(ledger, each)} is followed no longer", err=True)
            return
        options = service.FollowOptions(every=interval, max_age=age, name=name, domains=domains, manners=manners)
        failed = 0

        def found() -> Iterator[ChannelRow]:
            nonlocal failed
            for each in service.follow(ledger, given, options):
                if isinstance(each, Failure):
                    failed += 1
                    typer.echo(f"dabi: {each}", err=True)
                else:
                    yield from (_channel_row(each, channel) for channel in each.channels)
                    _tell_following(each)

        list_records(found(), form or _by_place(out), out, _channel_columns(), ChannelRow.__struct_fields__)
    if failed:
        raise typer.Exit(1)


@app.command(
    short_help="Gather what is followed: new articles and changes.",
    epilog="""\b
Examples:
  dabi watch                                   # until Ctrl-C
  dabi watch --once --db news.db               # one round, for cron
  dabi watch --once --now                      # all that is followed, due or not
  dabi watch --db news.db --format jsonl >> gathered.jsonl
""",
)
def watch(
    db: Database = None,
    once: Annotated[bool, typer.Option("--once", help="Make one round of what is due, then end.")] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Begin with all that is followed, even what is not due yet.")
    ] = False,
    link: Annotated[
        bool, typer.Option("--link/--no-link", help="Find the stories and series of what is new, as it comes.")
    ] = True,
    delay: Delay = 1.0,
    hosts: Annotated[int, typer.Option(min=1, max=256, help="From how many hosts to fetch at once.")] = 16,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
    form: Form = None,
) -> None:
    """Gather what is followed: new articles, and changes of those that are known."""
    from ..ledger import Added
    from ..service.gathering import Tally, WatchOptions
    from ..service.watching import Stop
    from ..service.watching import watch as watching

    manners = msgspec.structs.replace(_manners(user_agent, allow_private, delay), hosts_at_once=hosts)
    options = WatchOptions(manners=manners, once=once, everything=now)
    tally, stop, ending = Tally(), Stop(), _Ending()
    with _ledger(db) as ledger:
        if not ledger.following.followed():
            typer.echo(f"dabi: nothing is followed in {ledger.place} yet: see `dabi follow --help`", err=True)
            raise typer.Exit(1)
        with _opened(None, []) as out, _ended_by_signals(stop, ending):
            chosen = form or _by_place(out)
            events = watching(ledger, options, tally=tally, stop=stop)
            try:
                shown = _told(events, tally, _linker(ledger, ending) if link else None)
                list_records(shown, chosen, out, _added_columns(), Added.__struct_fields__)
            except KeyboardInterrupt:
                typer.echo("dabi: ended at once", err=True)
            finally:
                events.close()  # type: ignore[attr-defined]
            _sum_up(tally, ledger)
    if once and tally.failed:
        raise typer.Exit(1)


def _manners(user_agent: str | None, allow_private: bool, delay: float) -> Manners:
    from ..gathering.asking import Manners

    web = _web(user_agent, allow_private)
    return Manners(agent=web.agent, allow_private=web.allow_private, delay=delay)


def _duration(text: str, option: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip().lower())
    try:
        if found is not None:
            return timedelta(seconds=float(found[1]) * _UNITS[found[2]])
    except OverflowError:
        pass
    raise typer.BadParameter(f"{text!r} is not a time like 90s, 15m, 6h or 2d.", param_hint=option)


def _domains(given: Iterable[str]) -> tuple[str, ...]:
    from ..gathering.addresses import AddressRefused, web_address
    from ..gathering.links import domain_of

    found = []
    for one in given:
        try:
            found.append(domain_of(str(web_address(one if "//" in one else f"https://{one}"))))
        except AddressRefused:
            raise typer.BadParameter(f"{one!r} is no domain like example.org.", param_hint="--domain") from None
    return tuple(found)


# Following


def _channel_row(followed: Following, channel: Channel) -> ChannelRow:
    return ChannelRow(
        name=followed.name,
        outlet=followed.outlet,
        address=channel.url,
        kind=channel.kind,
        title=channel.title,
        listed=channel.listed,
        newest=channel.newest,
        new=channel.url in followed.new,
        problem=channel.problem,
    )


def _channel_columns() -> list[Column[ChannelRow]]:
    return [
        Column("Name", 1.5, lambda row: row.name, "bold"),
        Column("Address", 3, lambda row: row.address),
        Column("", 0.8, lambda row: row.kind),
        Column("Lists", 0.6, lambda row: None if row.listed is None else str(row.listed)),
        Column("Newest", 1.5, lambda row: _short(row.newest)),
        Column("", 2, lambda row: row.problem or ("new" if row.new else "there already"), "yellow"),
    ]


def _tell_following(followed: Following) -> None:
    for domain, pages in sorted(followed.elsewhere.items(), key=lambda item: -item[1])[:5]:
        are = "is" if pages == 1 else "are"
        typer.echo(
            f"dabi: {followed.name}: {pages} of the pages listed {are} of {domain} and will be left out"
            f" (taken with --domain {domain})",
            err=True,
        )


def _followed_row(state: FollowedState, resting: dict[str, Host]) -> FollowedRow:
    from ..gathering.links import host_of

    hosts = dict.fromkeys(host_of(channel.url) for channel in state.channels)
    left_alone = [
        f"{resting[host].problem}; {host} is left alone until {_short(resting[host].not_before)}"
        for host in hosts
        if host in resting
    ]
    followed, channels, pages = state.followed, state.channels, state.pages
    return FollowedRow(
        name=followed.name,
        outlet=followed.outlet,
        given=followed.given,
        addresses=tuple(channel.url for channel in channels),
        domains=followed.domains,
        every=followed.every,
        max_age=followed.max_age,
        since=followed.since,
        visited=max((channel.visited for channel in channels if channel.visited), default=None),
        changed=max((channel.changed for channel in channels if channel.changed), default=None),
        next=min((channel.next for channel in channels if channel.next), default=None),
        pages=pages.get("read", 0) + pages.get("gone", 0),
        waiting=pages.get("waiting", 0),
        gone=pages.get("gone", 0),
        problems=(*(f"{channel.url}: {channel.problem}" for channel in channels if channel.problem), *left_alone),
    )


def _followed_columns() -> list[Column[FollowedRow]]:
    return [
        Column("Name", 1.5, lambda row: row.name, "bold"),
        Column("By", 3, lambda row: " ".join(row.addresses)),
        Column("Pages", 0.6, lambda row: str(row.pages)),
        Column("Due", 0.6, lambda row: str(row.waiting)),
        Column("Visited", 1.4, lambda row: _short(row.visited)),
        Column("News", 1.4, lambda row: _short(row.changed)),
        Column("Next", 1.4, lambda row: _short(row.next)),
        Column("Problem", 2, lambda row: "; ".join(row.problems) or None, "yellow"),
    ]


def _short(moment: str | None) -> str | None:
    """A moment in UTC as a person here reads it: the local time."""
    from datetime import datetime

    return None if moment is None else datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


# Watching


class _Ending:
    """What signals and linking must know of each other: linking is broken off, gathering is brought to an end."""

    def __init__(self) -> None:
        self.linking = False
        self.asked = False


@contextmanager
def _ended_by_signals(stop: Stop, ending: _Ending) -> Iterator[None]:
    """Ctrl-C, or the signal with which systems end services, ends the watch; a second one does so at once."""

    def end(number: int, frame: object) -> None:
        at_once = ending.asked or ending.linking
        ending.asked = True
        stop()  # in either case: what breaks linking off may be caught by what runs there
        if at_once:
            raise KeyboardInterrupt
        typer.echo("dabi: ending", err=True)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _linker(ledger: Ledger, ending: _Ending) -> Callable[[], None]:
    def link() -> None:
        from ..ledger import LedgerLocked
        from ..reconciliation.keeping import update

        ending.linking = True
        try:
            update(ledger)
        except LedgerLocked:
            pass  # another process is at it
        finally:
            ending.linking = False

    return link


def _told(events: Iterable[Event], tally: Tally, link: Callable[[], None] | None) -> Iterator[Any]:
    """What was added, to be listed; everything else is said on standard error."""
    from ..ledger import Added
    from ..service.gathering import Gone, Idle, Resting

    with _progress(tally) as advance:
        for event in events:
            if isinstance(event, Added):
                yield event
            elif isinstance(event, Idle):
                if link is not None:
                    link()
            elif isinstance(event, Gone):
                typer.echo(f"dabi: {event.url}: {event.reason}; what was read of it is kept", err=True)
            elif isinstance(event, Resting):
                typer.echo(
                    f"dabi: {event.host}: {event.reason}; it is left alone until {_short(event.until)}", err=True
                )
            else:
                typer.echo(f"dabi: {event}", err=True)
            advance()


@contextmanager
def _progress(tally: Tally) -> Iterator[Callable[[], None]]:
    """A line on standard error that counts along, on a terminal; where the articles are listed, those tell enough."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("watching")
        yield lambda: progress.update(task, description=_done(tally) or "watching")


def _added_columns() -> list[Column[Any]]:
    return [
        Column("Article", 3, lambda one: one.article),
        Column("", 1, lambda one: f"version {one.version}" if one.outcome == "version" else one.outcome, "bold"),
        Column("Claims", 0.8, lambda one: str(one.claims)),
        Column("Changed", 4, lambda one: "; ".join(f"{c.kind} {c.what}" for c in one.changes), "yellow"),
    ]


def _done(tally: Tally) -> str:
    lists = "feed or sitemap" if tally.lists == 1 else "feeds and sitemaps"
    counted = (
        (tally.lists, f"{lists} read"),
        (tally.pages, "page fetched" if tally.pages == 1 else "pages fetched"),
        (tally.added, "added"),
        (tally.versions, "new version" if tally.versions == 1 else "new versions"),
        (tally.unchanged, "unchanged"),
        (tally.gone, "gone"),
        (tally.failed, "failed"),
    )
    return ", ".join(f"{number} {words}" for number, words in counted if number)


def _sum_up(tally: Tally, ledger: Ledger) -> None:
    """What was done and what was left out, on standard error."""
    done = _done(tally)
    if not done:
        done = "nothing was due"
        if (following := ledger.following.next_due()) is not None:
            done += f" (next: {_short(following)}; --now does not wait for it)"
    typer.echo(f"dabi: {done}", err=True)
    left = (
        (tally.forbidden, "left out, forbidden by robots.txt"),
        (tally.elsewhere, "left out, leading to other sites"),
        (tally.unusable, "left out, without a usable address, or too many"),
        (tally.passed, "left out, not in Bengali or without article text"),
        (tally.left, "new, left for the next time because their list is so long"),
    )
    for counted, words in left:
        if counted:
            hosts = ", ".join(f"{host} {number}" for host, number in counted.most_common(5))
            more = f" and {len(counted) - 5} more hosts" if len(counted) > 5 else ""
            typer.echo(f"dabi: {words}: {counted.total()} ({hosts}{more})", err=True)
    if tally.old:
        typer.echo(f"dabi: left out, older than asked for: {tally.old}", err=True)
