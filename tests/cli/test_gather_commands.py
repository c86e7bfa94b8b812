"""`dabi follow` and `dabi watch` as people run them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import news_site
from answering import server, told
from dabi.ledger import open_ledger
from dabi.reconciliation.keeping import method
from forked import Command
from news_site import Site

POLITELY = ("--allow-private", "--delay", "0.01")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with news_site.running((news_site.Plain, news_site.Mapped, news_site.Redirecting)) as site:
        yield site


class Gatherer:
    """Somebody with a ledger of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told = ""

    def start(self, *arguments: str, politely: tuple[str, ...] = POLITELY) -> Command:
        more = politely if arguments[0] in ("follow", "watch") else ()
        return Command(self.folder, *arguments, *more, "--db", str(self.folder / "news.db"))

    def run(self, *arguments: str, fails: int = 0, politely: tuple[str, ...] = POLITELY) -> str:
        command = self.start(*arguments, politely=politely)
        status = command.wait()
        self.told = command.complaints
        assert status == fails, self.told
        assert "Traceback" not in self.told
        return command.output

    def lines(self, *arguments: str, fails: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, fails=fails).splitlines()]


@pytest.fixture
def gatherer(tmp_path: Path) -> Gatherer:
    return Gatherer(tmp_path)


def test_a_desk_follows_a_page_and_gathers(site: Site, gatherer: Gatherer) -> None:
    plain, mapped = site.hosts[:2]
    feed, sitemap = gatherer.lines("follow", f"{plain.root}/", f"{mapped.root}/")
    assert (feed["address"], feed["kind"], feed["listed"], feed["new"]) == (plain.feed, "feed", 30, True)
    assert (sitemap["address"], sitemap["kind"]) == (mapped.feed, "sitemap")  # that its robots.txt names

    added = gatherer.lines("watch", "--once")
    assert sorted(line["article"] for line in added) == sorted({**plain.gathered(), **mapped.gathered()})
    assert {line["outcome"] for line in added} == {"added"}
    assert "55 added" in gatherer.told

    assert gatherer.lines("watch", "--once") == []
    assert "nothing was due (next: 20" in gatherer.told

    site.round = 1
    table = gatherer.run("watch", "--once", "--now", "--format", "table")
    assert table.count("version 2") == 15
    assert "11 → 13" in table
    assert f"{plain.url(7)}: it is gone (status 410); what was read of it is kept" in gatherer.told

    with open_ledger(gatherer.folder / "news.db") as ledger:
        assert ledger.results.pending(method()) == []  # the watch has found stories and series, too
    series = gatherer.run("series", "--format", "csv")
    assert "বরিশাল" in series
    site.round = 0


class Few(news_site.Host):
    """Two pages, one of them in English."""

    pages = 2

    def article_answer(self, n: int) -> news_site.Answer:
        english = f"<html><h1>Flood</h1><p>{'The river rose by a metre at noon. ' * 20}</p></html>"
        return news_site.Answer(english.encode()) if n == 1 else super().article_answer(n)


def test_a_watch_sums_up_what_it_did_and_left_out(gatherer: Gatherer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_site, "HOSTS", (Few, *news_site.HOSTS))
    with news_site.running((Few,)) as site:
        (host,) = site.hosts
        gatherer.run("follow", host.feed)
        gatherer.run("watch", "--once")
        assert gatherer.told.splitlines() == [
            "dabi: 1 feed or sitemap read, 2 pages fetched, 1 added",
            f"dabi: left out, not in Bengali or without article text: 1 ({host.name} 1)",
        ]
        site.round = 1
        gatherer.run("watch", "--once", "--now")
        assert gatherer.told == "dabi: 1 feed or sitemap read, 1 page fetched, 1 new version\n"


def test_what_is_followed_is_listed_and_stopped(site: Site, gatherer: Gatherer) -> None:
    host = site.hosts[0]
    gatherer.run("follow", host.feed, "--every", "15m", "--name", "নদীপাড়", "--domain", "www.example.org")
    (row,) = gatherer.lines("follow", "--list")
    assert (row["name"], row["every"], row["max_age"]) == ("নদীপাড়", 900.0, 172800.0)
    assert row["domains"] == ["example.org", host.name]
    assert "নদীপাড়" in gatherer.run("follow", "--list", "--format", "table")
    gatherer.run("follow", host.feed)  # changes nothing but the options
    (row,) = gatherer.lines("follow", "--list")
    assert (row["name"], row["every"]) == ("নদীপাড়", None)
    gatherer.run("follow", host.feed, "--name", "other", fails=1)
    assert "followed already, as নদীপাড়" in gatherer.told
    gatherer.run("follow", "--stop", "নদীপাড়")
    assert gatherer.lines("follow", "--list") == []
    gatherer.run("follow", "--stop", "নদীপাড়", fails=1)
    gatherer.run("watch", "--once", fails=1)
    assert "nothing is followed" in gatherer.told


def test_what_can_not_be_followed_is_said_and_costs_the_others_nothing(site: Site, gatherer: Gatherer) -> None:
    redirecting = site.hosts[2]
    (found,) = gatherer.lines("follow", "অজানা পত্রিকা", f"{redirecting.root}/news/3", redirecting.feed, fails=1)
    assert found["address"] == redirecting.feed
    assert "অজানা পত্রিকা: neither an outlet that dabi knows nor a web address" in gatherer.told
    assert f"/news/3: it is a page that names no feed, and there is none at {redirecting.root}/feed/" in gatherer.told
    gatherer.lines("watch", "--once", fails=1)
    assert "its redirects lead round in a circle" in gatherer.told
    assert "forbidden by robots.txt: 1" in gatherer.told
    assert "leading to other sites: 2" in gatherer.told


def test_a_host_that_is_left_alone_is_told_with_until_when(gatherer: Gatherer) -> None:
    with server() as host:
        closed = told("", "text/html", status="503 Closed", Retry_After="7200")
        host.routes = {
            "/feed.xml": told("<rss version='2.0'><channel><title>খবর</title></channel></rss>", "application/rss+xml")
        }
        gatherer.run("follow", host.address("/feed.xml"))
        host.routes["/feed.xml"] = closed
        gatherer.run("watch", "--once")
        until = r"20\d\d-\d\d-\d\d \d\d:\d\d"
        assert re.search(f"the server is busy or closed for a while .*left alone until {until}", gatherer.told)
        (row,) = gatherer.lines("follow", "--list")
        assert re.search(rf"{host.address('')[7:]} is left alone until {until}", row["problems"][0])
        gatherer.run("follow", host.address("/other.xml"), fails=1)
        assert re.search(f"closed for a while .*; it is left alone until {until}", gatherer.told)


def test_private_networks_are_refused_unless_allowed(site: Site, gatherer: Gatherer) -> None:
    before = len(site.requests)
    gatherer.run("follow", site.hosts[0].feed, politely=(), fails=1)
    assert "this machine" in gatherer.told
    assert "--allow-private" in gatherer.told
    assert len(site.requests) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["follow"], "give something to follow"),
        (["follow", "x", "--list"], "give something to follow"),
        (["follow", "x", "--every", "soon"], "not a time"),
        (["follow", "x", "--every", "1s"], "once a minute"),
        (["follow", "x", "y", "--name", "z"], "one thing"),
        (["follow", "x", "--domain", "no domain"], "no domain like"),
        (["follow", "x", "--max-age", "9" * 400 + "d"], "not a time"),
        (["watch", "--delay", "-1"], "--delay"),
        (["watch", "--user-agent", "খবর"], "user agent"),
    ],
)
def test_wrong_use(arguments: list[str], says: str, gatherer: Gatherer) -> None:
    gatherer.run(*arguments, politely=(), fails=2)
    assert says in " ".join(gatherer.told.split())
    assert not (gatherer.folder / "news.db").exists()


def test_ctrl_c_ends_a_watch_cleanly(site: Site, gatherer: Gatherer) -> None:
    gatherer.run("follow", site.hosts[0].feed)
    command = gatherer.start("watch", politely=("--allow-private", "--delay", "0.3"))
    command.wait_for_a_line()
    command.interrupt()
    assert command.wait() == 0, command.complaints
    assert "Traceback" not in command.complaints
    promised = [json.loads(line)["article"] for line in command.lines]
    assert f"{len(promised)} added" in command.complaints
    assert {line["article"] for line in gatherer.lines("claims", "--format", "jsonl")} == set(promised)
    assert 1 <= len(promised) < 30
