"""`python -m bench.fuzz [--minutes 10]`: odd texts for the recognisers and the whole pipeline, until time is up.

Two things are looked for. A crash or a broken span: Hypothesis makes texts of the words of the lexicon, of marks and
digits, and of any characters, and shrinks what fails. An input that costs more than linear time: a short piece is
repeated until the text is long, doubled twice, and the times are compared. Every finding is printed with the text that
shows it; the exit status is 1 where there was one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

import dabi
from dabi.bengali import attributions, lexicon, quantities, times
from dabi.model import Analysis, Attribution, Quantity, Span, TimeExpression

PUBLISHED = "2025-07-13"
ROUND = 400  # examples of one target before the next has its turn
LONG = 6_000  # code points of the text that is doubled
TIMES_DOUBLED = 2
# Twice the text may cost so many times as much: 2 is linear, 4 is quadratic; between them lies noise.
STEEP = 3.0
SHORTEST = 0.02  # seconds: below this a ratio is noise
TRIES = 3  # a steep piece is timed again before it is believed

_MARKS = [
    "।",
    ",",
    "(",
    ")",
    "‘",
    "’",
    "“",
    "”",
    "'",
    '"',
    ":",
    ";",
    "-",
    "–",
    "—",
    "/",
    "?",
    "!",
    "…",
    "%",
    "$",
    "৳",
    "\n",
    "\n\n",
]
_DIGITS = [
    "১",
    "১২",
    "২০-২৫",
    "১,২০,০০০",
    "১২.৫",
    "৫জন",
    "৩টি",
    "২০২৪",
    "৯/১১",
    "45",
    "৭টা",
    "(৪৫)",
    "৩-১",
    "১০০তম",
    "৭৫",
]
_ODD = ["\u200c", "\u200d", "\u00a0", "\ufeff", "\u09bc", "\u09cd", "\u0985", "😀", "A", "abc", "\x00", "\u2028", "é"]


def words() -> list[str]:
    """Every first cell of the Bengali lexicon's tables: what the rules look for."""
    found: set[str] = set()
    for table in files(lexicon).iterdir():
        if table.name.endswith(".tsv"):
            found.update(next(iter(row.values())) for row in lexicon.rows(table.name))
    return sorted(found)


PIECES = [*words(), *_MARKS * 12, *_DIGITS * 25, *_ODD * 3]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "  "])), max_size=40).map(
        lambda pairs: "".join(word + space for word, space in pairs)
    ),
    st.text(max_size=200),
)

Mention = Quantity | TimeExpression | Attribution


def analyse(text: str) -> Analysis:
    return dabi.analyse(text, published=PUBLISHED)


def mentions(text: str) -> list[Mention]:
    found = analyse(text)
    return [*found.quantities, *found.times, *found.attributions]


# What is called, by name; each gives the mentions whose spans are checked.
TARGETS: dict[str, Callable[[str], Iterable[Mention]]] = {
    "quantities": quantities.read,
    "times": lambda text: times.read(text, PUBLISHED),
    "attributions": attributions.read,
    "pipeline": mentions,
}


def spans(mention: Mention) -> Iterator[Span | Quantity | TimeExpression]:
    """Every stretch of the text that a mention names."""
    if isinstance(mention, Attribution):
        parts = (mention.source, mention.cue, mention.to, *mention.content, *mention.via)
        yield from (part for part in parts if part is not None)
        return
    yield mention
    if isinstance(mention, Quantity) and mention.of is not None:
        yield mention.of


def check(read: Callable[[str], Iterable[Mention]], text: str) -> None:
    """Read a text; every span must lie inside it and say what stands there."""
    for mention in read(text):
        for span in spans(mention):
            assert 0 <= span.start < span.end <= len(text), span
            assert text[span.start : span.end] == span.text, span


def crash(name: str, seed: int) -> str | None:
    """One round of one target: the report of a failure, or None."""
    read = TARGETS[name]

    @seeded(seed)
    @settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def run(text: str) -> None:
        check(read, text)

    try:
        run()
    except Exception as error:
        notes = " ".join(getattr(error, "__notes__", []))
        return f"{name}: {type(error).__name__}: {error} {notes}"
    return None


def seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


def steep(name: str, chance: random.Random) -> str | None:
    """One random piece, repeated and doubled: the piece if its cost grows faster than its length, else None."""
    space = chance.choice(["", " ", " ", "\n"])
    piece = space.join(chance.choices(PIECES, k=chance.randint(1, 6))) + space
    text = piece * (LONG // max(1, len(piece)) + 1)
    read = TARGETS[name]
    return f"{name}: steep: {piece!r}" if all(_is_steep(read, text) for _ in range(TRIES)) else None


def _is_steep(read: Callable[[str], object], text: str) -> bool:
    took = [seconds(read, text * 2**k) for k in range(TIMES_DOUBLED + 1)]
    return took[-1] > SHORTEST and took[-1] > STEEP**TIMES_DOUBLED * max(took[0], SHORTEST / 8)


def main(minutes: float, seed: int) -> int:
    """Take turns until the time is up; print what was found and how much was tried."""
    chance = random.Random(seed)
    end = time.monotonic() + 60 * minutes
    found: list[str] = []
    examples = pieces = 0
    while time.monotonic() < end:
        for name in TARGETS:
            report = crash(name, chance.randrange(2**32))
            examples += ROUND
            if report is not None:
                found.append(report)
                print(report, flush=True)
            until = min(end, time.monotonic() + 4)
            while time.monotonic() < until:
                report = steep(name, chance)
                pieces += 1
                if report is not None:
                    found.append(report)
                    print(report, flush=True)
    print(f"seed {seed}: {examples:,} texts, {pieces:,} pieces doubled, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to go on (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=None, help="that of an earlier run, to see it again")
    asked = parser.parse_args()
    sys.exit(main(asked.minutes, random.randrange(2**32) if asked.seed is None else asked.seed))
