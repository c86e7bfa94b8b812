"""How much memory: the peak of `dabi read` over streams of articles as JSON lines; flat, when it streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from .corpus import articles


def stream(count: int) -> tuple[float, int, float]:
    """Peak memory in MB, bytes read and seconds of one process that reads `count` articles from a pipe."""
    texts = articles()
    command = [sys.executable, "-c", "from dabi.cli import main; main()"]
    command += ["read", "--input", "jsonl", "--format", "jsonl", "-"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        amount = 0
        for number in range(count):
            text = texts[number % len(texts)]
            amount += len(text.encode())
            line = {"id": f"article-{number}", "text": text, "published": "2025-08-12"}
            process.stdin.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"dabi read exited with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere
    return usage.ru_maxrss * unit / 1e6, amount, time.perf_counter() - start


def flat(count: int) -> None:
    """The peak over a tenth of the stream and over all of it."""
    print("\nMemory of `dabi read --input jsonl`, streaming")
    peaks = []
    for articles_read in (count // 10, count):
        peak, amount, seconds = stream(articles_read)
        peaks.append(peak)
        speed = amount / seconds / 1e6
        print(f"  {articles_read:6} articles ({amount / 1e6:5.1f} MB)   peak {peak:6.1f} MB   {speed:5.2f} MB/s")
    print(f"  ratio of the peaks {peaks[1] / peaks[0]:.2f}")
