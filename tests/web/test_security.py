"""Who may come in, what they may send, and what no answer gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from dabi.ledger import Ledger, LedgerLocked, open_ledger
from dabi.web.security import HEADERS
from dabi.web.settings import Settings, is_loopback
from web.conftest import Desk, desk_over

READ, WRITE = "r" * 20, "w" * 20
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>\'"&{{ 7 * 7 }}'
TEXT = "আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।"


@pytest.fixture
def guarded(filled: Path) -> Iterator[Desk]:
    with open_ledger(filled) as ledger:
        yield desk_over(ledger, Settings(hosts=(), read_token=READ, write_token=WRITE))


def forms(desk: Desk) -> list[str]:
    """The addresses that take a form and may change the ledger."""
    app: Any = desk.client.app
    found = {
        route.path
        for router in app.routes
        for route in getattr(getattr(router, "original_router", None), "routes", [router])
        if isinstance(route, APIRoute) and "POST" in route.methods and not route.path.startswith("/api/")
    }
    return sorted(found - {"/enter", "/leave", "/reader"})


def test_every_answer_carries_the_headers(desk: Desk) -> None:
    answers = [
        desk.get("/"),
        desk.get("/nothing"),
        desk.get("/desk.json"),
        desk.get("/api/v1/series/none"),
        desk.get("/static/desk.css"),
        desk.get("/", headers={"Host": "evil.example"}),
        desk.client.post("/judge", data={}),
        desk.get("/?since=x"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 404, 200, 400, 403, 422]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers).items() or all(
            answer.headers[name] == value for name, value in HEADERS.items()
        )


def test_the_policy_lets_nothing_inline_run() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert {"script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(
        policy.split("; ")
    )


def test_no_page_has_anything_inline(reading_desk: Desk) -> None:
    series = reading_desk.get("/series.json").json()["items"][0]["id"]
    for address in ["/", "/stories", f"/series/{series}", "/articles/1", "/search", "/add", "/judge", "/compare"]:
        text = reading_desk.get(address).text
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), address


def test_what_an_article_says_is_never_markup(desk: Desk) -> None:
    given = {"text": f"{HOSTILE} ১২ জন নিহত\n\n{HOSTILE} বলেন, “{HOSTILE} ১২ জন নিহত হয়েছেন।”", "outlet": HOSTILE}
    given |= {"published": "2025-10-01", "address": f"https://example.org/{HOSTILE}"}
    page = desk.post("/add", given)
    assert page.status_code == 200
    added = desk.client.post("/api/v1/articles", json=given).json()
    pages = [page.text] + [
        desk.get(address).text
        for address in (f"/articles/{added['key']}", "/", "/stories", "/search?words=alert", "/compare", "/sources")
    ]
    claim = desk.get(f"/articles/{added['key']}.json").json()["claims"][0]["id"]
    written = {"kind": "relabel", "a": claim, "label": HOSTILE, "who": HOSTILE, "why": HOSTILE}
    assert desk.post("/judge", written).status_code == 303
    pages += [desk.get("/judge").text, desk.get("/nothing?x=" + HOSTILE).text]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49" not in re.findall(r"'&#34;&amp;(\w+)", text)
    assert "&lt;script&gt;alert(" in pages[0]
    assert "&lt;script&gt;alert(" in pages[-2]


def test_a_link_leads_to_the_web_and_nowhere_else(desk: Desk) -> None:
    given = {"text": TEXT, "address": "javascript:alert(1)"}
    added = desk.client.post("/api/v1/articles", json=given).json()
    assert "javascript:" not in re.findall(r'href="([^"]*)"', desk.get(f"/articles/{added['key']}").text)
    assert 'href="javascript:' not in desk.get(f"/articles/{added['key']}").text


def test_tables_hold_no_formulas(desk: Desk) -> None:
    text = "=HYPERLINK(“x”) ১২ জন নিহত হয়েছেন।"
    added = desk.client.post("/api/v1/articles", json={"text": text, "outlet": "=cmd()"}).json()
    table = desk.get(f"/articles/{added['key']}.csv").text
    assert not re.search(r'(^|,)"?[=+@]', table, re.M)
    assert "'=cmd()" in table


def test_every_form_must_come_from_a_page_of_this_visit(desk: Desk) -> None:
    assert forms(desk) == ["/add", "/add/keep", "/add/page", "/judge"]
    before = desk.ledger.counts()
    for address in forms(desk):
        for token in ("", "0" * 80, "ü" * 80, "0" * 40):
            fields = {"token": token, "text": TEXT, "kind": "relabel", "a": "x", "label": "y", "who": "z"}
            assert desk.client.post(address, data=fields).status_code == 403, address
    other = desk_over(desk.ledger)
    other.client.get("/add")
    stolen = re.findall(r'name="token" value="(\w+)"', other.client.get("/add").text)[0]
    assert other.client.post("/judge", data={"token": stolen, "kind": "undo", "who": "z"}).status_code == 422
    desk.client.get("/add")
    assert desk.client.post("/judge", data={"token": stolen, "kind": "undo", "who": "z"}).status_code == 403
    assert desk.ledger.counts() == before


def test_the_token_is_never_written_the_same_way_twice(desk: Desk) -> None:
    """And yet a page that has not changed is not sent again."""
    first, second = desk.get("/add"), desk.get("/add")
    tokens = [re.findall(r'name="token" value="(\w+)"', page.text)[0] for page in (first, second)]
    assert tokens[0] != tokens[1]
    assert first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_nothing_is_written_for_another_site(desk: Desk, headers: dict[str, str]) -> None:
    answer = desk.client.post("/api/v1/articles", json={"text": TEXT}, headers=headers)
    assert answer.status_code == 403
    same = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert desk.client.post("/api/v1/readings", json={"text": TEXT}, headers=same).status_code == 200


def test_the_api_takes_only_json(desk: Desk) -> None:
    """A form of another site could be sent without asking first; JSON could not."""
    for media in ("text/plain", "application/x-www-form-urlencoded"):
        answer = desk.client.post("/api/v1/articles", content=f'{{"text": "{TEXT}"}}', headers={"Content-Type": media})
        assert answer.status_code in (415, 422), media


def test_another_name_for_this_machine_is_not_answered(desk: Desk) -> None:
    for host, status in (("localhost:8765", 200), ("127.0.0.1", 200), ("[::1]:80", 200), ("evil.example", 400)):
        assert desk.get("/desk.json", headers={"Host": host}).status_code == status, host


def test_beyond_this_machine_a_token_opens_the_door(guarded: Desk) -> None:
    answer = guarded.get("/stories?since=2025-01-01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/enter?next=%2Fstories%3Fsince%3D2025-01-01")
    assert guarded.get("/api/v1/desk").status_code == 401
    assert guarded.get("/api/v1/desk").headers["www-authenticate"] == "Bearer"
    assert guarded.get("/desk.csv").status_code == 401
    assert guarded.get("/static/desk.css").status_code == 200
    assert guarded.client.post("/enter", data={"access": "wrong"}).status_code == 403
    entered = guarded.client.post("/enter", data={"access": READ, "next": "/stories"}, follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, "/stories")
    assert guarded.get("/stories").status_code == 200
    guarded.client.post("/leave")
    assert guarded.get("/stories").status_code == 303


def test_reading_and_writing_have_their_own_tokens(guarded: Desk) -> None:
    reader, writer = ({"Authorization": f"Bearer {token}"} for token in (READ, WRITE))
    assert guarded.get("/api/v1/desk", headers=reader).status_code == 200
    refused = guarded.client.post("/api/v1/readings", json={"text": TEXT}, headers=reader)
    assert (refused.status_code, refused.json()["title"]) == (403, "Not allowed")
    assert guarded.client.post("/api/v1/readings", json={"text": TEXT}, headers=writer).status_code == 200
    guarded.client.post("/enter", data={"access": READ})
    assert 'href="/add"' not in guarded.get("/").text
    assert guarded.client.post("/judge", data={}).status_code == 403


def with_another_last_sign(cookie: str) -> str:
    return cookie[:-1] + ("1" if cookie.endswith("0") else "0")


@pytest.mark.parametrize("change", [with_another_last_sign, lambda c: c.replace(".read.", ".write."), lambda c: "..."])
def test_a_visit_can_not_be_made_up(guarded: Desk, change: Any) -> None:
    guarded.client.post("/enter", data={"access": READ})
    cookie = guarded.client.cookies["dabi-visit"]
    guarded.client.cookies.clear()
    changed = change(cookie)
    assert changed != cookie
    assert guarded.get("/desk.json", headers={"Cookie": f"dabi-visit={changed}"}).status_code == 401
    assert guarded.get("/desk.json", headers={"Cookie": f"dabi-visit={cookie}"}).status_code == 200


def test_cookies_are_kept_from_scripts_and_other_sites(desk: Desk, guarded: Desk) -> None:
    answers = [desk.get("/"), desk.post("/reader", {"language": "en", "digits": "latin", "grouping": "indian"})]
    answers.append(guarded.client.post("/enter", data={"access": READ}, follow_redirects=False))
    for answer in answers:
        cookies = answer.headers.get_list("set-cookie")
        assert cookies
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie


def test_too_much_is_refused(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        desk = desk_over(ledger, Settings(largest_text=2000, largest_request=8000))
        long = "ক" * 1000  # 3,000 bytes
        assert desk.post("/add", {"text": long}).status_code == 413
        assert desk.post("/add", files={"files": ("a.txt", long.encode())}).status_code == 413
        assert desk.client.post("/api/v1/articles", json={"text": long}).status_code == 413
        assert desk.post("/add", {"text": "ক" * 9000}).status_code == 413
        assert desk.client.post("/api/v1/articles", content=(b"x" * 1000 for _ in range(9))).status_code == 413
        assert ledger.counts()["pages"] == 0


def test_many_files_are_refused(empty_desk: Desk) -> None:
    files = [("files", (f"{i}.txt", TEXT.encode())) for i in range(30)]
    answer = empty_desk.post("/add", files=files)
    assert answer.status_code == 400
    lines = "\n".join(f'{{"id": "n{i}", "text": "{i} জন নিহত"}}' for i in range(250))
    assert empty_desk.post("/add", files={"files": ("a.jsonl", lines.encode())}).status_code == 413


def test_writing_is_slowed_down_reading_is_not(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        desk = desk_over(ledger, Settings(writes_per_minute=5))
        answers = [desk.client.post("/api/v1/readings", json={"text": TEXT}) for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert desk.get("/").status_code == 200


def test_wrong_tokens_are_slowed_down_much_sooner(guarded: Desk) -> None:
    def entering(access: str) -> Any:
        return guarded.client.post("/enter", data={"access": access}, follow_redirects=False)

    assert [entering(READ).status_code for _ in range(20)] == [303] * 20  # right ones don't count
    assert [entering(f"wrong {n}").status_code for n in range(12)] == [403] * 10 + [429] * 2
    refused = entering(READ)  # nor can the right one be found out by going on
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 7
    assert "অনেকবার ভুল টোকেন দেওয়া হয়েছে" in refused.text
    assert guarded.get("/api/v1/desk", headers={"Authorization": f"Bearer {READ}"}).status_code == 200


def test_no_error_tells_where_the_ledger_lies(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = desk.ledger.place
    for failure in (LedgerLocked(f"the ledger {place}: locked"), OSError(f"{place} is gone"), ValueError(place)):

        def fail(*_: object, failure: Exception = failure, **__: object) -> Any:
            raise failure

        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "counts", fail)
            for address in ("/", "/desk.json"):
                answer = desk.get(address)
                assert answer.status_code >= 500
                assert place not in answer.text
                assert "ledger.db" not in answer.text
                assert "Traceback" not in answer.text
    assert place not in desk.get("/articles/99999").text
    assert place not in desk.get("/api/v1/series/none").text


def test_characters_that_no_text_has_are_refused(reading_desk: Desk) -> None:
    for address in ("/search?words=%00", "/search?outlet=a%00b", "/api/v1/claims?outlet=%00", "/sources/a%00b"):
        assert reading_desk.get(address).status_code == 400, address


def test_what_loopback_is() -> None:
    assert all(map(is_loopback, ["127.0.0.1", "127.8.8.8", "::1", "localhost"]))
    assert not any(map(is_loopback, ["0.0.0.0", "::", "192.168.1.2", "example.org", ""]))
