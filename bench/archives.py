"""Reading web archives: records a second beside warcio, and what a page that is kept costs.

The archive is made here: pages as long as the web's (lognormal, about 60 kB on average), one in seventy Bengali.
warcio reads the same bodies and looks for nothing in them; dabi finds the Bengali pages too.
"""

from __future__ import annotations

import gzip
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dabi import service
from dabi.reading.archive_counts import ArchiveCounts
from dabi.reading.archives import iter_archive
from dabi.reading.inputs import Report

from .corpus import typical

PAGES = 4000
ONE_IN = 70  # pages of the web that are Bengali, as in Common Crawl's news
FIGURES = 30  # of the Bengali articles, see `typical`


def archive(path: Path, pages: int, seed: int = 7) -> None:
    """Write an archive of so many pages, packed record by record."""
    chance = random.Random(seed)
    words: list[str] = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(5000)
    ]
    articles = typical(FIGURES)
    with path.open("wb") as file:
        for number in range(pages):
            length = int(chance.lognormvariate(8.8, 1)) // 4
            boxes = " ".join(
                f'<div class="{chance.choice(words[:40])}">{w}</div>' for w in chance.choices(words, k=length)
            )
            article = articles[number // ONE_IN % len(articles)] if number % ONE_IN == 0 else ""
            body = (
                f"<!DOCTYPE html><html><head><title>{number}</title></head><body>{boxes}<p>{article}</p></body></html>"
            )
            file.write(gzip.compress(_record(number, body.encode()), 6, mtime=0))


def _record(number: int, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2025-06-24T05:30:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def speed(pages: int = PAGES) -> None:
    """Both in turn, three times each; the best of each, in processor time, counts."""
    print("\nWeb archives: records a second and core")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        archive(path, pages)
        ours, theirs = [], []
        for _ in range(3):
            ours.append(_seconds(lambda: _kept(path)))
            theirs.append(_seconds(lambda: _read_by_warcio(path)))
        kept = _kept(path)
        counts = ArchiveCounts()
        list(iter_archive(path, counts))
        reading = _seconds(lambda: [service.read_report(report) for report in kept[:20]]) / min(20, len(kept))
    print(f"  {path.name}: {pages:,} pages, {len(kept)} of them Bengali ({counts})")
    print(f"  dabi    {pages / min(ours):7,.0f}   finds the Bengali pages")
    print(f"  warcio  {pages / min(theirs):7,.0f}   reads the bodies")
    print(f"  ratio   {min(theirs) / min(ours):7.2f}")
    print(f"  a page that is kept: {1000 * min(ours) / len(kept):.1f} ms to find, {1000 * reading:.1f} ms to read")


def _kept(path: Path) -> list[Report]:
    return [found for found in iter_archive(path) if isinstance(found, Report)]


def _read_by_warcio(path: Path) -> int:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

    with path.open("rb") as file:
        return sum(len(record.content_stream().read()) for record in ArchiveIterator(file))


def _seconds(task: Callable[[], object]) -> float:
    began = time.process_time()
    task()
    return time.process_time() - began


if __name__ == "__main__":
    speed()
