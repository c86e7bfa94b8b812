"""What keeping costs: `python -m bench.ledger [ARTICLES] [URL]`, 20000 articles into a new SQLite file by itself.

The articles are those of examples/ with other figures in each. Printed for every tenth of them: how many a second are
read and added, how many a second would be added if reading cost nothing, the size of the file, and what people wait for
meanwhile: a search for a common and for a rare word, and a page of claims. A steady rate is one whose last tenth is as
fast as its first.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dabi import service
from dabi.ledger import Ledger, Query, Submission, open_ledger

from .corpus import articles, size

_DIGITS = "০১২৩৪৫৬৭৮৯"
_FIGURE = re.compile(f"[{_DIGITS}]+(?=(?:টি|জন|টা)| (?:জন|হাজার|লাখ|কোটি|টাকা|পরিবার))")


def varied(count: int, seed: int = 7) -> Iterator[str]:
    """`count` articles, no two the same: the examples with other figures, and a word of its own in each."""
    chance = random.Random(seed)

    def other(found: re.Match[str]) -> str:
        return chance.choice(_DIGITS[1:]) + "".join(chance.choice(_DIGITS) for _ in found.group()[1:])

    texts = articles()
    for n in range(count):
        yield _FIGURE.sub(other, texts[n % len(texts)]).replace("।", f" (ক{n}ক)।", 1)


def adding(where: str | Path, count: int) -> None:
    """Add, and print a line for every tenth."""
    print(f"\nAdding {count:,} articles to {'SQLite' if isinstance(where, Path) else 'PostgreSQL'}")
    print("articles   a second   adding alone   MB/s   file MB   search common/rare, claims: ms")
    step = max(1, count // 10)
    rates = []
    with open_ledger(where) as ledger:
        reading = writing = 0.0
        written = 0
        for n, text in enumerate(varied(count)):
            began = time.perf_counter()
            analysis = service.analyse(text, id=f"a{n}")
            read = time.perf_counter()
            ledger.add(Submission(article=f"a{n}", text=text), analysis, extractor="bench")
            writing += time.perf_counter() - read
            reading += read - began
            written += size(text)
            if (done := n + 1) % step == 0:
                rates.append(step / writing)
                print(
                    f"{done:8,}  {step / (reading + writing):9,.0f}  {step / writing:13,.0f}"
                    f"  {written / (reading + writing) / 1e6:5.2f}  {_megabytes(where):8,.0f}   {_waits(ledger, n)}"
                )
                reading = writing = 0.0
                written = 0
    print(f"last tenth against first: {rates[-1] / rates[0]:.2f}")


def _megabytes(where: str | Path) -> float:
    if not isinstance(where, Path):
        return float("nan")
    return sum(path.stat().st_size for path in where.parent.iterdir()) / 1e6


def _waits(ledger: Ledger, n: int) -> str:
    asked: list[Callable[[], Iterable[object]]] = [
        lambda: ledger.search(Query(words="বন্যা", limit=20)),
        lambda: ledger.search(Query(words=f"ক{n}ক", limit=20)),
        lambda: ledger.claims(Query(event="death", low=10, limit=50), newest_first=True),
    ]
    times = []
    for ask in asked:
        began = time.perf_counter()
        found = sum(1 for _ in ask())
        assert found, "the question finds nothing"
        times.append(f"{1000 * (time.perf_counter() - began):.0f}")
    return "  ".join(times)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:
        adding(sys.argv[2], count)
        return
    with tempfile.TemporaryDirectory() as folder:
        adding(Path(folder) / "ledger.db", count)


if __name__ == "__main__":
    main()
