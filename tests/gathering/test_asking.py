"""Asking hosts that forbid, that fail, and that ask to be left alone; on a server of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

import news_site
from dabi.gathering.asking import Elsewhere, HostResting, Manners, PoliteFetcher, is_trouble
from dabi.gathering.fetching import FetchFailed
from dabi.ledger.follow_store import Host
from news_site import Answer, Site

MANNERS = Manners(allow_private=True, delay=0.0, patience=0.5)


class Scripted(news_site.Host):
    """A host that answers what a test says."""

    pages = 0
    answers: dict[str, Callable[[], Answer]]

    def answer(self, path: str) -> Answer:
        said = self.answers.get(path)
        return said() if said is not None else Answer(b"none", 404, "text/plain")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(news_site, "HOSTS", (Scripted,))
    with news_site.running((Scripted,)) as site:
        yield site


class Memory:
    """A store of hosts in memory."""

    def __init__(self, *hosts: Host) -> None:
        self.hosts = {host.host: host for host in hosts}

    async def load(self, host: str) -> Host | None:
        return self.hosts.get(host)

    async def save(self, host: Host) -> None:
        self.hosts[host.host] = host


def asks(
    site: Site,
    *paths: str,
    store: Memory | None = None,
    manners: Manners = MANNERS,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    **more: Any,
) -> list[str]:
    """Ask for these one after the other: the bodies, or why there are none."""

    async def work() -> list[str]:
        results = []
        async with PoliteFetcher(store or Memory(), manners, now=now, chance=lambda: 0.5) as fetcher:
            for path in paths:
                try:
                    results.append((await fetcher.get(site.hosts[0].root + path, **more)).body.decode())
                except FetchFailed as failure:
                    results.append(failure.why)
                except HostResting as resting:
                    results.append(f"rests: {resting.reason}")
        return results

    return asyncio.run(work())


def script(site: Site, **answers: Any) -> None:
    site.hosts[0].answers = {  # type: ignore[attr-defined]
        f"/{name.replace('_txt', '.txt')}": said if callable(said) else lambda said=said: said
        for name, said in answers.items()
    }


def paths(site: Site) -> list[str]:
    return [request.path for request in site.requests]


def text(words: str, status: int = 200, **headers: str) -> Answer:
    return Answer(words.encode(), status, "text/plain", tuple((n.replace("_", "-"), v) for n, v in headers.items()))


def test_robots_txt_is_asked_for_once_and_obeyed(site: Site) -> None:
    script(site, robots_txt=text("User-agent: dabi\nDisallow: /no"), yes=text("হ্যাঁ"), no=text("না"))
    assert asks(site, "/yes", "/no", "/yes") == ["হ্যাঁ", "forbidden", "হ্যাঁ"]
    assert paths(site) == ["/robots.txt", "/yes", "/yes"]
    assert site.requests[0].agent.startswith("dabi/")


def test_robots_txt_goes_by_our_own_name(site: Site) -> None:
    script(site, robots_txt=text("User-agent: gatherer\nDisallow: /"), yes=text("হ্যাঁ"))
    agent = Manners(allow_private=True, delay=0.0, agent="Gatherer/2.0 (+https://example.org)")
    assert asks(site, "/yes", manners=agent) == ["forbidden"]
    assert asks(site, "/yes") == ["হ্যাঁ"]


def test_a_redirect_to_what_is_forbidden_is_not_followed(site: Site) -> None:
    script(site, robots_txt=text("User-agent: *\nDisallow: /no"), go=text("", 302, Location="/no"), no=text("না"))
    assert asks(site, "/go") == ["forbidden"]
    assert "/no" not in paths(site)


def test_a_redirect_to_another_site_is_not_followed(site: Site) -> None:
    script(site, go=text("", 302, Location="http://127.0.0.1:1/"), yes=text("হ্যাঁ"))
    (said,) = asks(site, "/go")  # without domains it is followed, and nobody is there
    assert said.startswith("rests: its robots.txt can't be had (no connection")
    assert asks(site, "/go", "/yes", domains=(site.hosts[0].name,)) == ["refused", "হ্যাঁ"]
    assert asks(site, "/yes", domains=("example.com",)) == ["refused"]


def test_a_robots_txt_that_is_there_again_on_the_second_try(site: Site) -> None:
    tries = iter([text("", 503), text("User-agent: *\nDisallow: /no")])
    script(site, robots_txt=lambda: next(tries), yes=text("হ্যাঁ"))
    assert asks(site, "/yes", "/no") == ["হ্যাঁ", "forbidden"]


def test_without_a_robots_txt_for_now_nothing_is_asked_for(site: Site) -> None:
    script(site, robots_txt=text("", 500), yes=text("হ্যাঁ"))
    store = Memory()
    (first,) = asks(site, "/yes", store=store)
    assert first.startswith("rests: its robots.txt can't be had (the server failed (status 500))")
    site.forget_requests()
    assert asks(site, "/yes", store=store) == [first]  # another run does not ask at once again
    assert paths(site) == []
    script(site, robots_txt=text("", 404), yes=text("হ্যাঁ"))
    assert asks(site, "/yes", store=store, manners=Manners(allow_private=True, delay=0.0, afresh=True)) == ["হ্যাঁ"]


def test_robots_txt_is_fetched_again_after_a_day(site: Site) -> None:
    script(site, robots_txt=text("User-agent: *\nDisallow: /no"), yes=text("হ্যাঁ"))
    store = Memory()
    start = datetime.now(UTC)
    for hours, asked in ((0, 1), (23, 0), (25, 1)):
        site.forget_requests()
        at = start + timedelta(hours=hours)
        assert asks(site, "/yes", store=store, now=lambda at=at: at) == ["হ্যাঁ"]
        assert paths(site).count("/robots.txt") == asked


def test_retry_after_is_obeyed(site: Site) -> None:
    script(site, yes=text("হ্যাঁ"), busy=text("", 429, Retry_After="3600"))
    store = Memory()
    assert asks(site, "/busy", "/yes", store=store) == [
        "status",
        "rests: the server asks to be left alone for a while (status 429)",
    ]
    assert paths(site) == ["/robots.txt", "/busy"]
    later = datetime.now(UTC) + timedelta(seconds=3605)
    assert asks(site, "/yes", store=store, now=lambda: later) == ["হ্যাঁ"]
    assert store.hosts[site.hosts[0].name].failures == 0


def test_a_short_retry_after_is_waited_for(site: Site) -> None:
    busy = iter([text("", 503, Retry_After="0"), text("এখন")])
    script(site, busy=lambda: next(busy))
    assert asks(site, "/busy", "/busy") == ["status", "এখন"]


def test_a_host_that_fails_again_and_again_is_left_alone(site: Site) -> None:
    script(site, bad=text("", 500), yes=text("হ্যাঁ"))
    store = Memory()
    assert asks(site, *["/bad"] * 4, "/yes", *["/bad"] * 6, store=store) == [
        *["status"] * 4,
        "হ্যাঁ",  # it is forgiven
        *["status"] * 5,
        "rests: the server failed (status 500)",
    ]
    assert store.hosts[site.hosts[0].name].failures == 5


@pytest.mark.parametrize("answer", [text("", 404), text("", 403), Answer(b"\x89PNG", media="image/png")])
def test_what_is_a_pages_own_fault_is_not_the_hosts(site: Site, answer: Answer) -> None:
    script(site, bad=answer, yes=text("হ্যাঁ"))
    store = Memory()
    assert asks(site, *["/bad"] * 8, "/yes", store=store)[-1] == "হ্যাঁ"
    assert store.hosts[site.hosts[0].name].failures == 0


def test_a_host_is_given_its_pause_from_run_to_run(site: Site) -> None:
    script(site, robots_txt=text("User-agent: *\nCrawl-delay: 0.3"), yes=text("হ্যাঁ"))
    store = Memory()
    asks(site, "/yes", store=store)
    asks(site, "/yes", "/yes", store=store)
    pauses = [after.begun - before.answered for before, after in pairwise(site.requests)]
    assert len(pauses) == 3
    assert min(pauses) >= 0.3


def test_what_passes_by_itself() -> None:
    def failure(why: Any, status: int | None = None) -> FetchFailed:
        return FetchFailed("", "https://example.com/", why, status=status)

    assert all(is_trouble(failure("status", status)) for status in (429, 500, 502, 503, 504))
    assert all(is_trouble(failure(why)) for why in ("unreachable", "too_slow", "unknown_host", "broken"))
    assert not any(is_trouble(failure("status", status)) for status in (401, 403, 404, 410, 501))
    assert not any(is_trouble(failure(why)) for why in ("refused", "forbidden", "too_big", "redirects", "media"))
    assert not is_trouble(Elsewhere("", "https://example.com/", "refused"))
