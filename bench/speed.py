"""How fast: MB of UTF-8 a second on one core, for each stage and beside dateparser; and how time grows with length.

Processor time is measured, since other work on a machine stretches the time on the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import dabi
from dabi.bengali import attributions, quantities, times
from dabi.bengali.passage import passage

from .corpus import articles, joined, size, typical

_SECONDS = 2.0  # spent on each measurement


def rate(work: Callable[[], None], amount: int) -> float:
    """MB a second: the best of as many runs as fit, so that a busy machine disturbs least."""
    work()
    best = float("inf")
    end = time.process_time() + _SECONDS
    while time.process_time() < end:
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return amount / best / 1e6


def once(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def stages() -> None:
    """From text to claims, and the recognisers alone, beside dateparser's search on the same texts."""
    dense = articles()
    figures = sum(len(dabi.analyse(text).quantities) for text in dense)
    _stages("plain-text articles of examples/, full of figures", dense)
    _stages("the same with prose, figures as thick as in newspapers", typical(figures))


def _stages(what: str, texts: list[str]) -> None:
    amount = sum(map(size, texts))
    print(f"\nSpeed on {len(texts)} texts: {what} ({amount / 1000:.0f} kB of UTF-8, one core)")

    def whole() -> None:
        for text in texts:
            dabi.analyse(text)

    def figures() -> None:
        for text in texts:
            here = passage(text)
            quantities.find(here, times.find(here, times.Anchors("2025-08-12")))

    def when() -> None:
        for text in texts:
            times.find(passage(text), times.Anchors("2025-08-12"))

    def said() -> None:
        for text in texts:
            attributions.find([(passage(text), "body")])

    speeds = {
        "text to claims (reading, recognisers, claims)": rate(whole, amount),
        "quantities and times": rate(figures, amount),
        "times": rate(when, amount),
        "attributions": rate(said, amount),
    }
    peer = _dateparser(texts, amount)
    for name, speed in speeds.items():
        print(f"  {name:48} {speed:6.2f} MB/s  {speed / peer:6.1f} × dateparser")
    print(f"  {'dateparser search_dates (dates only)':48} {peer:6.2f} MB/s")


def _dateparser(texts: list[str], amount: int) -> float:
    from dateparser.search import search_dates

    def search() -> None:
        for text in texts:
            search_dates(text, languages=["bn"])

    search()
    return amount / once(search) / 1e6


def growth() -> None:
    """Seconds a MB on one text of growing length: level, when the work is linear in it."""
    print("\nTime by length of one text")
    first = None
    for wanted in (10_000, 100_000, 1_000_000):
        text = joined(wanted)
        amount = size(text)
        repeats = max(1, 100_000 // wanted)

        def analyse(text: str = text) -> None:
            dabi.analyse(text)

        seconds = min(once(analyse) for _ in range(repeats + 1))
        per_mb = seconds / amount * 1e6
        first = first or per_mb
        print(f"  {amount / 1000:7.0f} kB   {per_mb:6.2f} s/MB   {per_mb / first:5.2f} × the shortest")
