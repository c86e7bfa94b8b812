"""Which processes a process has started, for tests that kill some of them."""

from __future__ import annotations

from pathlib import Path


def below(pid: int) -> dict[int, tuple[int, str]]:
    """The processes that a process has started, and theirs: each with its parent and its command line."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found: dict[int, tuple[int, str]] = {}
    for one in parents:
        above = one
        while above in parents and above != pid:
            above = parents[above]
        if above == pid and one != pid:
            try:
                found[one] = parents[one], Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def is_python_worker(parent: int, command: str, known: dict[int, tuple[int, str]]) -> bool:
    """A Python process that works on a task of Spark; it is forked from one that does not."""
    return "pyspark.daemon" in command and "pyspark.daemon" in known.get(parent, (0, ""))[1]
