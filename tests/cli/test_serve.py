"""`dabi serve` as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from dabi.ledger import open_ledger
from postgres import Server

DABI = [sys.executable, "-c", "from dabi.cli import main; main()", "serve"]


@contextmanager
def serving(*arguments: str, before: str = "", **settings: str) -> Iterator[str]:
    """The address at which it says it is; `before`: what it says first."""
    process = subprocess.Popen(
        [*DABI, "--port", "0", *arguments], stderr=subprocess.PIPE, env={**os.environ, **settings}, text=True
    )
    assert process.stderr is not None
    try:
        if before:
            assert before in process.stderr.readline()
        told = process.stderr.readline()
        found = re.search(r"http://\S+/", told)
        assert found is not None, told + process.stderr.read()
        yield found.group()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130, -signal.SIGINT)


def refused(*arguments: str, **settings: str) -> tuple[int, str]:
    done = subprocess.run(
        [*DABI, *arguments], capture_output=True, env={**os.environ, **settings}, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


def page(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
        return str(answer.read().decode())


def test_the_demonstration_is_filled_with_the_examples() -> None:
    with serving("--demo") as address:
        text = page(f"{address}?since=2025-09-01")
        assert "কর্ণফুলীর মোহনায় ফেরি ডুবি" in text
        assert 'class="demo"' in text


def test_a_ledger_is_opened_or_made(tmp_path: Path) -> None:
    with serving("--db", str(tmp_path / "new.db")) as address:
        assert '"articles":0' in page(f"{address}desk.json")
    assert (tmp_path / "new.db").exists()


def test_beyond_this_machine_a_token_is_demanded(tmp_path: Path) -> None:
    db = str(tmp_path / "l.db")
    for settings in ({}, {"DABI_READ_TOKEN": "short"}, {"DABI_READ_TOKEN": "x" * 20, "DABI_WRITE_TOKEN": "x" * 20}):
        status, told = refused("--db", db, "--host", "0.0.0.0", **settings)
        assert status == 2
        assert "token" in told
    with serving("--db", db, "--host", "0.0.0.0", DABI_READ_TOKEN="r" * 20) as address:
        local = address.replace("0.0.0.0", "127.0.0.1")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            page(f"{local}desk.json")
        assert '"articles":0' in page(f"{local}desk.json", Authorization="Bearer " + "r" * 20)


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    db = str(tmp_path / "l.db")
    with serving("--db", db) as address:
        status, told = refused("--db", db, "--port", address.rstrip("/").rpartition(":")[2])
        assert status == 1
        assert told.startswith("dabi: can't listen")
        assert told.count("\n") == 1


def test_the_demonstration_takes_no_ledger(tmp_path: Path) -> None:
    status, told = refused("--demo", "--db", str(tmp_path / "l.db"))
    assert status == 2
    assert "--db" in told


READ, WRITE = "r" * 20, "w" * 20
TOKENS = {"DABI_READ_TOKEN": READ, "DABI_WRITE_TOKEN": WRITE}
TEXT = "আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।"


@contextmanager
def visitor(address: str) -> Iterator[httpx.Client]:
    """A browser that has come in; each request goes over a connection of its own, to whichever process takes it."""
    with httpx.Client(base_url=address, headers={"Connection": "close"}, timeout=60) as client:
        assert client.post("/enter", data={"access": WRITE}).status_code == 303
        yield client


def token_on(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None, page
    return found[1]


def test_all_workers_know_a_visitor_and_the_forms_of_the_others(server: Server) -> None:
    url = server.create()
    with serving("--db", url, "--workers", "2", **TOKENS) as address, visitor(address) as client:
        forms = [client.get("/add") for _ in range(12)]
        assert [form.status_code for form in forms] == [200] * 12
        for form in forms:
            fields = {"token": token_on(form.text), "kind": "relabel", "a": "s", "label": "নাম", "who": "x"}
            assert client.post("/judge", data=fields).status_code == 303
    with open_ledger(url) as ledger:
        assert len(list(ledger.judgements)) == 12


def test_all_workers_count_a_visitors_writes_together(tmp_path: Path) -> None:
    """Two workers that each count for themselves would let 200 of these through."""
    with serving("--db", str(tmp_path / "l.db"), "--workers", "2", **TOKENS) as address, visitor(address) as client:
        begun = time.monotonic()
        answers = [client.post("/leave").status_code for _ in range(200)]
        refilled = (time.monotonic() - begun) * 2
    assert set(answers) == {303, 429}
    assert 119 <= answers.count(303) <= 120 + refilled


def test_all_workers_count_wrong_tokens_together(tmp_path: Path) -> None:
    with serving("--db", str(tmp_path / "l.db"), "--workers", "2", **TOKENS) as address, visitor(address) as client:
        begun = time.monotonic()
        answers = [client.post("/enter", data={"access": "wrong"}).status_code for _ in range(70)]
        refilled = (time.monotonic() - begun) / 6
    assert set(answers) == {403, 429}
    assert 10 <= answers.count(403) <= 10 + refilled + 1


def test_processes_and_restarts_with_one_secret_know_a_visitor(where: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    start = ("--db", where, "--secret-file", str(secret))
    with serving(*start, **TOKENS) as first, serving(*start, **TOKENS) as second:
        with visitor(first) as client:
            visit = dict(client.cookies)
        assert httpx.get(f"{second}desk.json", cookies=visit).status_code == 200
    assert secret.stat().st_mode & 0o777 == 0o600
    with serving(*start, **TOKENS) as again:
        assert httpx.get(f"{again}desk.json", cookies=visit).status_code == 200
    with serving(*start, DABI_READ_TOKEN=READ, DABI_WRITE_TOKEN="n" * 20) as other:
        assert httpx.get(f"{other}desk.json", cookies=visit).status_code == 401
    secret.chmod(0o644)
    assert refused(*start)[0] == 2
    assert "chmod 600" in refused(*start)[1]


def test_a_secret_that_could_be_guessed_is_refused(tmp_path: Path) -> None:
    status, told = refused("--db", str(tmp_path / "l.db"), DABI_SECRET="short")
    assert (status, "32 characters" in told) == (2, True)


def test_a_proxy_says_how_visitors_came_and_nobody_else_does(tmp_path: Path) -> None:
    start = ("--db", str(tmp_path / "l.db"), "--name", "desk.example.org")
    over_tls = {"X-Forwarded-Proto": "https", "Host": "desk.example.org", "Origin": "https://desk.example.org"}
    with serving(*start, "--behind-proxy", **TOKENS) as address:
        came = httpx.post(f"{address}enter", data={"access": READ}, headers=over_tls)
        assert "Secure" in came.headers["set-cookie"]
        assert httpx.get(f"{address}healthz", headers={"Host": "evil.example"}).status_code == 400
        assert httpx.get(f"{address}healthz").text == "ok"
    with serving(*start, "--behind-proxy", "--proxy", "192.0.2.0/24", **TOKENS) as address:
        assert "Secure" not in httpx.post(f"{address}enter", data={"access": READ}).headers["set-cookie"]
    with serving(*start, **TOKENS) as address:
        came = httpx.post(f"{address}enter", data={"access": READ}, headers=over_tls)
        assert "Secure" not in came.headers["set-cookie"]


def test_behind_a_proxy_a_token_is_demanded(tmp_path: Path) -> None:
    status, told = refused("--db", str(tmp_path / "l.db"), "--behind-proxy")
    assert (status, "--behind-proxy" in told) == (2, True)
    assert refused("--db", str(tmp_path / "l.db"), "--proxy", "192.0.2.1", **TOKENS)[0] == 2


def test_visitors_behind_a_proxy_have_each_their_own_rate(tmp_path: Path) -> None:
    start = ("--db", str(tmp_path / "l.db"), "--behind-proxy")
    with serving(*start, **TOKENS) as address, httpx.Client(base_url=address) as client:

        def leaves(visitor: str) -> int:
            return client.post("/leave", headers={"X-Forwarded-For": visitor}).status_code

        assert [leaves("192.0.2.7") for _ in range(125)].count(429) > 0
        assert leaves("192.0.2.8") == 303


def test_a_database_user_who_may_only_read_serves_readers(server: Server) -> None:
    url = server.create()
    database = url.rpartition("/")[2]
    with open_ledger(url):
        pass
    server.run(
        f"CREATE ROLE looks_{database} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO looks_{database}", database
    )
    reading = url.replace("dabi@", f"looks_{database}@")
    with serving("--db", reading, before="may only be read", **TOKENS) as address, visitor(address) as client:
        page = client.get("/", headers={"Accept-Language": "en"})
        assert page.status_code == 200
        assert 'href="/add"' not in page.text
        refusal = client.post("/api/v1/articles", json={"text": TEXT}, headers={"Authorization": f"Bearer {WRITE}"})
        assert refusal.status_code == 403
        assert refusal.json()["title"] == "The ledger may not be written"


def test_monitoring_is_told_when_the_database_is_gone(server: Server) -> None:
    url = server.create()
    with serving("--db", url, **TOKENS) as address:
        assert httpx.get(f"{address}healthz").text == "ok"
        server.run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")
        answer = httpx.get(f"{address}healthz")
        assert (answer.status_code, answer.text) == (503, "the ledger does not answer")


def test_monitoring_may_ask_for_heads_alone() -> None:
    """On one connection: what a server promised of a body must not be waited for."""
    with serving("--demo") as address, httpx.Client(base_url=address) as client:
        for path in ("", "healthz", "stories", "api/v1/claims/export", "static/desk.css") * 2:
            head, whole = client.head(path), client.get(path)
            assert (head.status_code, head.content) == (200, b""), path
            assert head.headers.get("content-length") == whole.headers.get("content-length"), path
