"""Ways of reading a report that end badly, for worker processes: what the report's text says is done."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from dabi.model import Analysis, Article
from dabi.reading.inputs import Report
from dabi.service.reading import read_report


def unruly(report: Report, published: str | None) -> Analysis:
    """Read it, but before that do what its first line says."""
    order, _, argument = report.content.partition("\n")[0].partition(" ")
    if order == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "crash":
        ctypes.string_at(0)
    elif order == "exit":
        os._exit(3)
    elif order == "raise":
        raise LookupError(argument)
    elif order == "sleep":
        time.sleep(float(argument))
    elif order == "kill-once":
        mark = Path(argument)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return read_report(report, published)


def slow(report: Report, published: str | None) -> Analysis:
    """Read it, and leave time to be killed meanwhile."""
    time.sleep(0.01)
    return read_report(report, published)


def unread(report: Report, published: str | None) -> Analysis:
    """Hand the text back as it is, however long."""
    return Analysis(id=report.id, article=Article(published=published), text=report.content)


def watch_once(where: str) -> None:
    """One round of gathering into a ledger by a reader that does what pages say."""
    from dabi.gathering.asking import Manners
    from dabi.ledger import open_ledger
    from dabi.service import ledger
    from dabi.service.gathering import WatchOptions
    from dabi.service.watching import watch

    ledger.read_report = unruly
    manners = Manners(allow_private=True, delay=0.02)
    with open_ledger(where) as opened:
        for _ in watch(opened, WatchOptions(manners=manners, once=True)):
            pass
