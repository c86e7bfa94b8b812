"""The command `dabi` in processes that are forked from one which has loaded it already: each begins at once, shares
nothing with the others, and can be killed as any process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "dabi.cli.gather",
        "dabi.service.watching",
        "dabi.extraction",
        "dabi.reading.html",
        "alembic.command",
        "trafilatura",
    ]
)


class Command:
    """A running command, whose output goes to files in a folder."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._out, self._err = folder / "out", folder / "err"
        self._out.write_bytes(b"")
        # No daemon, which could have no children. None of them outlives the tests.
        self._process: BaseProcess = _CONTEXT.Process(target=_run, args=(arguments, str(self._out), str(self._err)))
        self._process.start()
        Finalize(None, _ended, (self._process,), exitpriority=100)

    def wait_for_a_line(self, seconds: float = 60.0) -> None:
        """Until it has written something, or has ended."""
        until = time.monotonic() + seconds
        while self._out.stat().st_size == 0 and self._process.is_alive():
            assert time.monotonic() < until, self.complaints
            time.sleep(0.002)

    def interrupt(self) -> None:
        """Ctrl-C."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGINT)

    def kill(self) -> int | None:
        """kill -9; the exit status."""
        self._process.kill()
        return self.wait()

    def wait(self, seconds: float = 120.0) -> int | None:
        self._process.join(seconds)
        return self._process.exitcode

    @property
    def lines(self) -> list[str]:
        """The whole lines of its output."""
        return [line for line in self._out.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]

    @property
    def output(self) -> str:
        return self._out.read_text(encoding="utf-8")

    @property
    def complaints(self) -> str:
        return self._err.read_text(encoding="utf-8")


def _ended(process: BaseProcess) -> None:
    if process.is_alive():
        process.kill()


def _run(arguments: tuple[str, ...], out: str, err: str) -> None:
    for place, number in ((out, 1), (err, 2)):
        os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    from dabi.cli import main

    sys.argv = ["dabi", *arguments]
    main()
