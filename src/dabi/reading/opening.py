"""Opening a file by its path, or by an address that fsspec knows: s3://, gs://, memory://, zip://a.html::pages.zip …"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from typing_extensions import Buffer

_USER = re.compile(r"(?<=://)[^/@\s]*@")
_WEB = re.compile(r"(?:^|::)https?://", re.I)


class NotOpened(Exception):
    """Something that cannot be opened; the message says why, in words, without its name."""


def is_address(name: str) -> bool:
    """Whether a name is an address and not a path."""
    return "://" in name


def shown(address: str) -> str:
    """An address without the user and password in it."""
    return _USER.sub("", address)


@contextmanager
def opened(name: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to read, at its beginning. Raises NotOpened; reading raises OSError, whatever lies behind an address."""
    name = os.fspath(name)
    if not is_address(name):
        with _local(name) as file:
            yield file
        return
    system, path = file_system(name)
    with _failing_clearly(name):
        inner = system.open(path, "rb")
    with io.BufferedReader(cast(io.RawIOBase, _Remote(inner, name))) as file:
        yield cast(BinaryIO, file)


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address (or a path), and the path in it. Raises NotOpened."""
    if _WEB.search(address):
        raise NotOpened("addresses of the web are not opened as files: `dabi add ADDRESS` fetches a page")
    from fsspec.core import url_to_fs  # few runs need it

    with _failing_clearly(address):
        system, path = url_to_fs(address)
    return system, path


def files_below(address: str) -> list[str] | None:
    """The addresses of the files in a folder, or of those that a pattern (*.warc.gz) names, sorted; None for a file.

    Raises NotOpened.
    """
    system, path = file_system(address)
    with _failing_clearly(address):
        if any(sign in path for sign in "*?["):
            found = system.glob(path)
        elif system.isdir(path):
            found = system.find(path)
        else:
            return None
        outer = address.partition("::")[2]
        scheme = address.partition("://")[0]
        return [
            f"{scheme}://{inside}::{outer}" if outer else system.unstrip_protocol(inside)
            for inside in sorted(found)
            if not system.isdir(inside)
        ]


def _local(path: str) -> BinaryIO:
    try:
        return open(path, "rb")
    except FileNotFoundError:
        raise NotOpened("there is no such file or folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotOpened(f"it cannot be opened: {reason}") from error


@contextmanager
def _failing_clearly(address: str) -> Iterator[None]:
    """What file systems raise is theirs to choose; it is said in words."""
    try:
        yield
    except FileNotFoundError:
        raise NotOpened("there is no such file or folder") from None
    except ImportError as error:
        scheme = address.partition("://")[0]
        raise NotOpened(f"a package is missing that opens {scheme}:// addresses: {error}") from error
    except Exception as error:
        raise NotOpened(f"it cannot be opened: {_words(error, address)}") from error


def _words(error: Exception, address: str) -> str:
    return shown(str(error).replace(address, shown(address))).strip().partition("\n")[0] or type(error).__name__


class _Remote(io.RawIOBase):
    """A file of a file system whose errors are OSErrors."""

    def __init__(self, inner: Any, address: str) -> None:
        self._inner = inner
        self._address = address

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._inner.seekable())

    def readinto(self, buffer: Buffer) -> int:
        into = memoryview(buffer)
        try:
            data: bytes = self._inner.read(len(into))
        except OSError:
            raise
        except Exception as error:
            raise OSError(_words(error, self._address)) from error
        into[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()
