"""Files come into the folder whole or not at all, on this machine and on a store that has no rename of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from dabi.cluster import layout
from dabi.cluster.layout import Folder, Manifest
from dabi.cluster.shards import Unreadable


@pytest.fixture(params=["local", "remote"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    if request.param == "local":
        return Folder(str(tmp_path / "out"))
    # The only file system of fsspec's that needs no server; here as if all workers reached it.
    monkeypatch.setattr(layout, "_protocols", lambda system: ("remote",))
    return Folder(f"memory://{uuid.uuid4().hex}/out/")


def test_values_come_back(folder: Folder) -> None:
    manifest = Manifest(reader="0.1.0+00000000", complete=True, articles=7)
    assert folder.read(Manifest, "_manifest.json") is None
    folder.make("_work")
    folder.write(manifest, "_manifest.json")
    assert folder.read(Manifest, "_manifest.json") == manifest
    folder.write(Manifest(reader="0.1.0+00000000", complete=False), "_manifest.json")  # in place of the one there
    assert folder.read(Manifest, "_manifest.json") != manifest


def test_a_writer_that_fails_leaves_nothing(folder: Folder) -> None:
    folder.make("day")

    def fail() -> None:
        with folder.writing("day", "a.parquet") as file:
            file.write(b"half")
            assert folder.names("day") == []  # not under its name before it is whole
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert folder.names("day") == []
    assert folder.system.ls(folder.path("day"), detail=False) == []


def test_what_a_killed_writer_left_is_swept_away(folder: Folder) -> None:
    folder.make("day")
    for name in (".unfinished-1-a.parquet", "b.parquet"):
        folder.system.pipe_file(folder.path("day", name), b"x")
    assert folder.names("day") == ["b.parquet"]
    folder.sweep("day")
    assert len(folder.system.ls(folder.path("day"), detail=False)) == 1


def test_files_are_moved_and_removed(folder: Folder) -> None:
    for name in ("from", "to"):
        folder.make(name)
    folder.system.pipe_file(folder.path("from", "a"), b"x")
    folder.move(("from", "a"), ("to", "b"))
    assert (folder.names("from"), folder.names("to")) == ([], ["b"])
    folder.remove("to")
    folder.remove("never", "there")
    assert not folder.exists("to")
    assert folder.names("to") == []


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (lambda tmp: str(tmp / "out"), lambda tmp: f"file://{tmp}/out/articles"),
        (lambda tmp: f"file://{tmp}/out", lambda tmp: f"file://{tmp}/out/articles"),
    ],
)
def test_spark_is_told_the_same_place(tmp_path: Path, place: Callable[[Path], str], url: Callable[[Path], str]) -> None:
    folder = Folder(place(tmp_path))
    assert folder.local
    assert folder.spark_url("articles") == url(tmp_path)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(
        Unreadable, match="s3://bucket/out: a package is missing that opens s3:// addresses: Install s3fs"
    ):
        Folder("s3://bucket/out")
