"""Texts to measure on: the plain-text articles of examples/, alone and joined to a wanted length."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

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
