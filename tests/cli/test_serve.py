"""`dabi serve` as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DABI = [sys.executable, "-c", "from dabi.cli import main; main()", "serve"]


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator[str]:
    """The address at which it says it is."""
    process = subprocess.Popen(
        [*DABI, "--port", "0", *arguments], stderr=subprocess.PIPE, env={**os.environ, **settings}, text=True
    )
    assert process.stderr is not None
    try:
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
