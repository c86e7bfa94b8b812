"""What people wait for at the desk: `python -m bench.desk [ARTICLES]`, 20000 by itself; or a ledger's file, kept.

The ledger is that of `bench.linking`. The desk runs as `dabi serve` in a process of its own. Printed: the time to each
page and its size; what Chromium says of the desk (first contentful paint); and 50 readers who open story pages, one
every second each, alone and while `dabi add` adds reports to the same ledger.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from dabi import service
from dabi.ledger import Submission, open_ledger
from dabi.reconciliation.keeping import update

from .linking import reports

READERS = 50
_SECONDS = 20.0
_ADDED = 6000  # reports that are offered meanwhile
_PAINT = """new Promise(done => new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') done(entry.startTime)
}).observe({type: 'paint', buffered: true}))"""
_DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]


def fill(path: Path, count: int) -> None:
    """A ledger with so many articles, linked."""
    start = time.perf_counter()
    with open_ledger(path) as ledger:
        for n, (id, text, day) in enumerate(reports(count), 1):
            analysis = service.analyse(text, published=day, id=id)
            ledger.add(Submission(article=id, text=text), analysis, extractor="bench")
            if n % 2000 == 0 or n == count:
                update(ledger)
                print(f"  {n:6} articles after {time.perf_counter() - start:.0f} s", flush=True)


@contextmanager
def served(path: Path) -> Iterator[str]:
    process = subprocess.Popen([*_DABI, "serve", "--db", str(path), "--port", "0"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        told = process.stderr.readline()
        found = re.search(r"http://\S+?(?=/ )", told)
        assert found is not None, told
        yield found.group()
    finally:
        process.terminate()
        process.wait()


def pages(url: str) -> None:
    """The median of five answers for each page, after one to warm up, and what is sent."""
    import httpx2

    with httpx2.Client(base_url=url, timeout=60) as client:
        stories = client.get("/stories.json").json()["items"]
        story, series = stories[0]["id"], stories[0]["leading"]["id"]
        article = client.get(f"/stories/{story}.json").json()["told"][0]["report"]["key"]
        print("\nPages: milliseconds, kB sent")
        for name, address in (
            ("desk", "/"),
            ("stories", "/stories"),
            ("story", f"/stories/{story}"),
            ("series", f"/series/{quote(series, safe='')}"),
            ("article", f"/articles/{article}"),
            ("sources", "/sources"),
            ("search, no words", "/search"),
            ("search, a common word", "/search?words=নিহত"),
            ("search, articles", "/search?show=articles&words=নিহত"),
        ):
            times = []
            for _ in range(6):
                start = time.perf_counter()
                size = client.get(address).raise_for_status().num_bytes_downloaded
                times.append(1000 * (time.perf_counter() - start))
            print(f"  {name:22} {statistics.median(times[1:]):7.1f}  {size / 1000:6.1f}")


def paint(url: str) -> None:
    """First contentful paint of the desk, cold cache, as Chromium measures it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("\nNo chromium here: first contentful paint is not measured")
        return
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        times = []
        for _ in range(5):
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.goto(url)
            times.append(float(page.evaluate(_PAINT)))
            page.context.close()
        browser.close()
    print(f"\nFirst contentful paint of the desk: {statistics.median(times):.0f} ms (five windows: {sorted(times)})")


async def _read(url: str, addresses: list[str]) -> tuple[list[float], int]:
    """Times of all answers in milliseconds, and how many failed."""
    import httpx2

    times: list[float] = []
    failed = 0
    until = time.perf_counter() + _SECONDS
    limits = httpx2.Limits(max_connections=READERS)

    async def reader(number: int) -> None:
        nonlocal failed
        chance = random.Random(number)
        await asyncio.sleep(chance.random())
        while time.perf_counter() < until:
            start = time.perf_counter()
            try:
                answer = await client.get(chance.choice(addresses))
                failed += answer.status_code != 200
            except httpx2.HTTPError:
                failed += 1
            times.append(1000 * (time.perf_counter() - start))
            await asyncio.sleep(2 * chance.random())

    async with httpx2.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await asyncio.gather(*map(reader, range(READERS)))
    return times, failed


def readers(url: str, path: Path) -> None:
    import httpx2

    stories = httpx2.get(f"{url}/stories.json?limit=100", timeout=60).json()["items"]
    addresses = [f"/stories/{story['id']}" for story in stories]
    print(f"\n{READERS} readers of story pages for {_SECONDS:.0f} s")
    idle = _told("alone", *asyncio.run(_read(url, addresses)))
    lines = [
        json.dumps({"id": f"later-{id}", "text": text, "published": day}, ensure_ascii=False)
        for id, text, day in islice(reports(50 + _ADDED, seed=29), 50, None)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        adding = subprocess.Popen(
            [*_DABI, "add", "--db", str(path), file.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        busy = _told("while reports are added", *asyncio.run(_read(url, addresses)))
        early = adding.poll() is not None
        adding.terminate()
        adding.wait()
    print(f"  p95 with an add is {busy / idle:.2f} times that without" + (" (the add ended early)" if early else ""))


def _told(name: str, times: list[float], failed: int) -> float:
    ordered = sorted(times)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"  {name:24} {len(times):5} pages  p50 {statistics.median(times):6.1f}  p95 {p95:6.1f} ms  failed {failed}")
    return p95


def measure(asked: str) -> None:
    if os.path.exists(asked):
        run(Path(asked))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        print(f"Making a ledger of {asked} articles")
        fill(path, int(asked))
        run(path)


def run(path: Path) -> None:
    with served(path) as url:
        pages(url)
        paint(url)
        readers(url, path)


if __name__ == "__main__":
    measure(sys.argv[1] if len(sys.argv) > 1 else "20000")
