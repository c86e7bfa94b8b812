"""Texts to measure on: the plain-text articles of examples/, alone and joined to a wanted length."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

PROSE = Path(__file__).resolve().with_name("prose.txt")
FIGURES_PER_KB = 0.9  # quantities a kB of UTF-8 in newspapers' pages: 705 in 814 kB of 155 articles of three of them
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def articles() -> list[str]:
    """The plain-text articles."""
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode())


def joined(wanted: int) -> str:
    """Running text of about `wanted` bytes: the paragraphs of the articles, over and over."""
    paragraphs = [line for text in articles() for line in text.splitlines() if line.endswith("।")]
    taken: list[str] = []
    length = 0
    for paragraph in cycle(paragraphs):
        taken.append(paragraph)
        length += size(paragraph) + 1
        if length >= wanted:
            return "\n".join(taken)
    raise AssertionError("the examples hold no paragraphs")


def typical(figures: int) -> list[str]:
    """The articles with prose behind them, so that `figures` quantities in all stand as thick as in newspapers.

    The examples are made to try things out and hold about five times as many.
    """
    texts = articles()
    prose = PROSE.read_text("utf-8").splitlines()
    wanted = (figures / FIGURES_PER_KB * 1000 - sum(map(size, texts))) / len(texts)
    longer = []
    for text in texts:
        added: list[str] = []
        while sum(map(size, added)) < wanted:
            added.append(prose[len(added) % len(prose)])
        longer.append("\n".join([text.rstrip("\n"), *added, ""]))
    return longer
