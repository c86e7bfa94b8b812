"""The folder that a run writes: what lies where in it, and how files come into it whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from ..reading.opening import NotOpened, file_system
from .shards import Unreadable

T = TypeVar("T")

FORMAT = 1
ARTICLES, ERRORS, MANIFEST = "articles", "errors", "_manifest.json"
# Names that begin with _ are passed over by Spark and pyarrow when they read a folder.
WORK = "_work"
_TEMPORARY = ".unfinished-"
# Hadoop's names of file systems, where they are not fsspec's.
_HADOOP = {"s3": "s3a", "gcs": "gs", "az": "abfs", "adl": "abfs"}


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What DIR holds, for those who read it."""

    format: int = FORMAT
    reader: str  # the version of dabi and of its rules that read the articles
    complete: bool
    articles: int = 0
    claims: int = 0
    errors: int = 0
    bytes: int = 0  # of the inputs


class Folder:
    """DIR, local or at any fsspec URL that all workers reach."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") if "://" in place else os.path.realpath(place)
        try:
            self.system, self._root = file_system(self.place)
        except NotOpened as error:
            raise Unreadable(f"{place}: {error}") from None
        if "file" in _protocols(self.system):
            self.place = self._root
        if "memory" in _protocols(self.system):
            raise Unreadable(f"{place}: workers cannot share what is in the memory of one process")

    def __reduce__(self) -> tuple[Any, ...]:
        return Folder, (self.place,)

    @property
    def local(self) -> bool:
        return "file" in _protocols(self.system)

    def path(self, *names: str) -> str:
        """A path inside, on its file system."""
        return "/".join([self._root, *names])

    def spark_url(self, *names: str) -> str:
        """The same as Spark calls it."""
        if self.local:
            return "file://" + self.path(*names)
        protocol, rest = self.place.split("://", 1)
        return "/".join([f"{_HADOOP.get(protocol, protocol)}://{rest}", *names])

    def exists(self, *names: str) -> bool:
        return bool(self.system.exists(self.path(*names)))

    def names(self, *names: str) -> list[str]:
        """The names in a folder, sorted, without unfinished files; none where there is no such folder."""
        try:
            found = self.system.ls(self.path(*names), detail=False)
        except FileNotFoundError:
            return []
        inside = sorted(path.rstrip("/").rsplit("/", 1)[-1] for path in found)
        return [name for name in inside if not name.startswith(_TEMPORARY)]

    def remove(self, *names: str) -> None:
        if self.exists(*names):
            self.system.rm(self.path(*names), recursive=True)

    def make(self, *names: str) -> None:
        self.system.makedirs(self.path(*names), exist_ok=True)

    def move(self, names: tuple[str, ...], to: tuple[str, ...]) -> None:
        self.system.mv(self.path(*names), self.path(*to))

    @contextmanager
    def writing(self, *names: str) -> Iterator[Any]:
        """A file that has its name only when it is whole."""
        *folders, name = names
        unfinished = [*folders, f"{_TEMPORARY}{uuid.uuid4().hex}-{name}"]
        try:
            with self.system.open(self.path(*unfinished), "wb") as file:
                yield file
            self._replace(unfinished, list(names))
        except BaseException:
            if self.exists(*unfinished):
                self.system.rm(self.path(*unfinished))
            raise

    def _replace(self, names: list[str], to: list[str]) -> None:
        if self.local:
            os.replace(self.path(*names), self.path(*to))
        else:
            self.system.mv(self.path(*names), self.path(*to))

    def write(self, value: Any, *names: str) -> None:
        """A value as JSON."""
        with self.writing(*names) as file:
            file.write(msgspec.json.encode(value))

    def read(self, kind: type[T], *names: str) -> T | None:
        """A value back, or None where there is no such file."""
        try:
            return msgspec.json.decode(self.system.cat_file(self.path(*names)), type=kind)
        except FileNotFoundError:
            return None

    def sweep(self, *names: str) -> None:
        """Remove what killed writers left unfinished."""
        try:
            found = self.system.ls(self.path(*names), detail=False)
        except FileNotFoundError:
            return
        for path in found:
            if path.rsplit("/", 1)[-1].startswith(_TEMPORARY):
                self.system.rm(path)


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)
