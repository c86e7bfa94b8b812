"""A full disk and a damaged file: a clear error, and the data as they were."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulk_add import nth
from dabi.ledger import Ledger, LedgerDamaged, LedgerFull, open_ledger
from postgres import Server


def fill(ledger: Ledger) -> int:
    """Add reports until the disk is full; how many were added."""
    for n in range(100_000):
        try:
            ledger.add(*nth(n), extractor="1")
        except LedgerFull:
            return n
    pytest.fail("the disk never filled")


def assert_holds_exactly(ledger: Ledger, count: int) -> None:
    assert ledger.counts()["reports"] == ledger.counts()["readings"] == count
    assert ledger.check() == []
    for n in range(max(0, count - 3), count):
        assert ledger.known(nth(n)[0], "1") is not None
    assert ledger.known(nth(count)[0], "1") is None


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of a few megabytes in memory, where the server's user may go too."""
    place = Path(tempfile.mkdtemp(prefix="dabi-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m,mode=777", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        place.rmdir()
        pytest.skip("only root may mount a small file system; the limit on file size is tested instead")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        place.rmdir()


def test_the_disk_fills(small_disk: Path) -> None:
    with open_ledger(small_disk / "ledger.db") as ledger:
        count = fill(ledger)
        assert count > 10
        assert_holds_exactly(ledger, count)
        with pytest.raises(LedgerFull, match="the disk is full"):
            ledger.add(*nth(count), extractor="1")
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    with open_ledger(small_disk / "ledger.db") as ledger:
        assert_holds_exactly(ledger, count)
        assert ledger.add(*nth(count), extractor="1").outcome != "unchanged"


def test_the_disk_of_the_server_fills(small_disk: Path, server: Server) -> None:
    space = small_disk / "space"
    space.mkdir()
    os.chown(space, *_owner(server))
    server.run(f"CREATE TABLESPACE small LOCATION '{space}'")
    try:
        subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
        server.run("CREATE DATABASE full_disk TABLESPACE small")
        with open_ledger(server.url("full_disk")) as ledger:
            count = fill(ledger)
            assert count > 10
            assert_holds_exactly(ledger, count)
            subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
            assert ledger.add(*nth(count), extractor="1").outcome != "unchanged"
    finally:
        server.run("DROP DATABASE IF EXISTS full_disk WITH (FORCE)")
        server.run("DROP TABLESPACE small")


def _owner(server: Server) -> tuple[int, int]:
    import pwd

    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return user.pw_uid, user.pw_gid


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, before[1]))
        try:
            count = fill(ledger)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert count > 10
        assert_holds_exactly(ledger, count)
        assert ledger.add(*nth(count), extractor="1").outcome != "unchanged"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A ledger in one closed file."""
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        for n in range(60):
            ledger.add(*nth(n), extractor="1")
    assert not path.with_name("ledger.db-wal").exists()
    return path


def read_all(path: Path) -> None:
    with open_ledger(path) as ledger:
        for _ in ledger.reports(history=True):
            pass
        for _ in ledger.claims():
            pass


def add_more(path: Path) -> None:
    with open_ledger(path) as ledger:
        for n in range(60, 70):
            ledger.add(*nth(n), extractor="1")


@pytest.mark.parametrize("damage", ["header", "half", "garbage", "text"])
def test_a_damaged_file_is_said_and_left_as_it_is(filled: Path, damage: str) -> None:
    data = bytearray(filled.read_bytes())
    if damage == "header":
        data[:100] = random.Random(1).randbytes(100)
    elif damage == "half":
        del data[len(data) // 2 :]
    elif damage == "garbage":
        for page in range(4096 * 3, len(data), 4096):
            data[page : page + 64] = random.Random(page).randbytes(64)
    else:
        data = bytearray("এটি কোনো তথ্যভাণ্ডার নয়, সাধারণ লেখা।\n".encode() * 50)
    filled.write_bytes(data)
    with pytest.raises(LedgerDamaged, match="damaged"):
        read_all(filled)
    with pytest.raises(LedgerDamaged):
        add_more(filled)
    assert filled.read_bytes() == data


def test_what_is_wrong_inside_can_be_asked(filled: Path) -> None:
    with open_ledger(filled) as ledger:
        assert ledger.check() == []
    data = bytearray(filled.read_bytes())
    data[-4096:] = bytes(4096)
    filled.write_bytes(data)
    with open_ledger(filled) as ledger:
        assert ledger.check() != []


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with open_ledger(path) as ledger:
        assert ledger.add(*nth(0), extractor="1").outcome == "added"
