"""What is followed and visited, kept in each of the two databases."""

from __future__ import annotations

import msgspec
import pytest

from dabi import analyse
from dabi.ledger import Ledger, LedgerLocked, LedgerRefused, Submission, open_ledger
from dabi.ledger.follow_store import Fetch, Followed, FollowStore, Found, Host

NOW, LATER, LATEST = (f"2025-11-23T{hour}:00:00.000Z" for hour in ("04", "05", "06"))
FEED = "https://www.example.com/feed/"


def followed(name: str = "example.com", **more: object) -> Followed:
    values = {"name": name, "given": FEED, "domains": ("example.com",), "max_age": 172800.0, "since": NOW, **more}
    return Followed(**values)  # type: ignore[arg-type]


@pytest.fixture
def store(ledger: Ledger) -> FollowStore:
    ledger.following.add(followed(), [(FEED, "feed")], now=NOW)
    return ledger.following


def channel(**more: object) -> Fetch:
    return Fetch(url=FEED, kind="feed", followed="example.com", state="read", next=LATER, first=NOW, **more)  # type: ignore[arg-type]


def test_what_is_followed_is_due_at_once(store: FollowStore) -> None:
    assert store.followed() == [followed()]
    assert [(fetch.url, fetch.kind, fetch.state) for fetch in store.due(NOW)] == [(FEED, "feed", "waiting")]
    assert store.next_due() == NOW


def test_following_again_changes_the_options_and_adds_only_what_is_new(store: FollowStore) -> None:
    store.save(channel(step=900.0))
    new = store.add(followed(every=60.0, since=LATER), [(FEED, "feed"), (FEED + "2", "feed")], now=LATER)
    assert new == (FEED + "2",)
    assert store.followed() == [followed(every=60.0)]  # since the first time
    kept = store.fetch(FEED)
    assert kept is not None
    assert kept.step == 900.0


def test_what_is_followed_under_another_name_is_not_followed_twice(store: FollowStore) -> None:
    with pytest.raises(LedgerRefused, match=r"followed already, as example\.com"):
        store.add(followed("other"), [(FEED, "feed")], now=NOW)
    assert store.add(followed("other"), [(FEED, "feed"), (FEED + "2", "feed")], now=NOW) == (FEED + "2",)


def test_pages_of_a_list_come_with_its_own_state(store: FollowStore) -> None:
    pages = [Found(url=f"https://www.example.com/{n}", published="2025-11-23T09:00") for n in range(3)]
    old = Found(url="https://www.example.com/old", old=True)
    fresh = store.save_channel(channel(), [*pages, old], now=NOW)
    assert [page.url for page in fresh] == [page.url for page in pages]
    assert [page.url for page in store.due(NOW)] == [page.url for page in pages]
    assert store.save_channel(channel(), [*pages, old], now=NOW) == []
    assert store.known([old.url, "https://www.example.com/new"]) == {old.url}
    (state,) = store.states()
    assert state.pages == {"old": 1, "waiting": 3}
    assert [each.url for each in state.channels] == [FEED]


def test_feeds_come_before_pages_and_what_waits_longest_first(store: FollowStore) -> None:
    store.save_channel(channel(), [Found(url="https://www.example.com/1")], now=NOW)
    store.save(
        Fetch(url="https://www.example.com/2", kind="page", followed="example.com", state="read", next="2025-11-22")
    )
    store.save(channel())
    assert [fetch.url[-2:] for fetch in store.due(LATER)] == ["d/", "/2", "/1"]
    assert [fetch.url[-2:] for fetch in store.due(NOW)] == ["/2", "/1"]
    assert [fetch.url[-2:] for fetch in store.due("2020", everything=True)] == ["d/", "/2", "/1"]
    assert len(store.due(LATER, most=2)) == 2


def test_a_page_that_is_said_to_have_changed_is_due_again(store: FollowStore) -> None:
    url = "https://www.example.com/1"
    page = Fetch(url=url, kind="page", followed="example.com", state="read", visited=NOW, next=None)
    store.save(page)
    store.save_channel(channel(), [Found(url=url, updated="2025-11-23T03:59:00.000Z")], now=LATEST)
    assert store.fetch(url) == page
    store.save_channel(channel(), [Found(url=url, updated=LATER)], now=LATEST)
    again = store.fetch(url)
    assert again is not None
    assert again.next == LATEST
    gone = Fetch(url=url, kind="page", followed="example.com", state="gone", visited=NOW)
    store.save(gone)
    store.save_channel(channel(), [Found(url=url, updated=LATER)], now=LATEST)
    assert store.fetch(url) == gone


def page(url: str, **more: object) -> Fetch:
    given = {"state": "read", "visited": NOW, "published": "2025-11-22", **more}
    return Fetch(url=url, kind="page", followed="example.com", **given)  # type: ignore[arg-type]


def test_pages_that_are_read_no_more_are_forgotten_after_a_while(store: FollowStore) -> None:
    root = "https://www.example.com"
    over = [page(f"{root}/{state}", state=state) for state in ("read", "gone", "failed", "forbidden")]
    kept = [
        page(f"{root}/due", next=LATEST),
        page(f"{root}/recent", visited=LATER),
        page(f"{root}/undated", published=None),
        page(f"{root}/old", state="old", visited=None, published=None),
        msgspec.structs.replace(page(f"{root}/part.xml"), kind="part"),
        msgspec.structs.replace(page(f"{root}/elsewhere"), followed="other"),
        channel(visited=NOW),
    ]
    for fetch in (*over, *kept):
        store.save(fetch)
    assert store.forget("example.com", LATER) == 4
    assert store.known(fetch.url for fetch in (*over, *kept)) == {fetch.url for fetch in kept}
    assert store.forget("example.com", LATER) == 0


def test_what_the_ledger_holds_is_no_news_when_it_is_forgotten(store: FollowStore, ledger: Ledger) -> None:
    held, other = "https://www.example.com/held", "https://www.example.com/m/held"
    text = "বন্যায় ৭ জনের মৃত্যু হয়েছে।"
    submission = Submission(article=held, text=text, media="text", source=held, fetched=NOW)
    ledger.add(submission, analyse(text), extractor="test")
    for url in (held, other):
        store.save(page(url, published=None, article=held))
    assert store.forget("example.com", LATER) == 1
    assert store.fetch(held) is None
    assert store.fetch(other) is not None  # what leads to it by another address
    listed = [Found(url=held), Found(url=other)]
    assert store.known([held, other]) == {other}
    assert store.known([held, other], forgotten=LATER) == {held, other}
    assert store.save_channel(channel(), listed, now=LATEST, forgotten=LATER) == []
    again = [Found(url=held, updated=NOW), Found(url=held, updated=LATER)]
    assert store.save_channel(channel(), again[:1], now=LATEST, forgotten=LATER) == []
    assert [fetch.url for fetch in store.save_channel(channel(), again, now=LATEST, forgotten=LATER)] == [held]


def test_stopping_keeps_what_was_gathered_known(store: FollowStore) -> None:
    read = Fetch(url="https://www.example.com/1", kind="page", followed="example.com", state="read", next=NOW)
    store.save_channel(channel(), [Found(url="https://www.example.com/2")], parts=[read], now=NOW)
    assert store.stop("example.com")
    assert not store.stop("example.com")
    assert store.followed() == store.states() == store.due(LATEST, everything=True) == []
    assert store.known([FEED, "https://www.example.com/1", "https://www.example.com/2"]) == {
        "https://www.example.com/1"
    }
    store.add(followed(), [(FEED, "feed")], now=LATER)  # and from the beginning
    assert [fetch.url for fetch in store.due(LATER)] == [FEED]


def test_more_pages_than_one_statement_takes(store: FollowStore) -> None:
    pages = [Found(url=f"https://www.example.com/{n}") for n in range(2500)]
    assert len(store.save_channel(channel(), pages, now=NOW)) == 2500
    assert len(store.fetches(page.url for page in pages)) == 2500
    assert store.save_channel(channel(), pages, now=NOW) == []


def test_hosts(store: FollowStore) -> None:
    assert store.host("example.com") is None
    host = Host(host="example.com", robots="User-agent: *\nDisallow: /গোপন", robots_state="rules", robots_until=LATER)
    store.save_host(host)
    assert store.host("example.com") == host
    store.save_host(Host(host="example.com", failures=3, not_before=LATER, problem="it takes too long"))
    assert store.host("example.com") == Host(
        host="example.com", failures=3, not_before=LATER, problem="it takes too long"
    )


def test_characters_that_a_database_refuses(store: FollowStore) -> None:
    page = Fetch(url="https://www.example.com/1", kind="page", followed="example.com", problem="a\0b \ud800", next=NOW)
    store.save(page)
    (kept,) = store.due(NOW)[:1]
    assert kept.problem is not None or store.fetch(page.url) is not None
    store.save_host(Host(host="example.com", robots="\ud800"))
    assert store.host("example.com") is not None


def test_one_process_at_a_time_gathers(where: str) -> None:
    with open_ledger(where) as first, open_ledger(where) as second:
        with first.gathering():
            with pytest.raises(LedgerLocked, match="another process is gathering"), second.gathering():
                pass
            assert second.counts()["pages"] == 0  # all else goes on
        with second.gathering():
            pass
