"""Near-copies: reports and sentences that are one text printed twice.

A text is cut into shingles of four words. One-permutation MinHash keeps, for each of 64 bins, the smallest hash that
falls into it (Li, Owen and Zhang 2012); empty bins borrow from the next full one (Shrivastava and Li 2014). The share
of equal bins estimates the Jaccard similarity of two texts; 16 bands of 4 bins find the pairs worth comparing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq
from zlib import crc32

BINS = 64
BAND = 4  # bins a band: pairs of similarity .7 meet in one of 16 bands with probability .99
NEAR_COPY = 0.5  # share of equal bins above which a report is called an echo of another
_SHINGLE = 4
_EMPTY = -1


def sketch_of(words: Sequence[str]) -> tuple[int, ...]:
    """The sketch of a text given as tokens: 64 hashes, or none for a text shorter than a shingle."""
    letters = [word for word in words if word[:1].isalnum()]
    if len(letters) < _SHINGLE:
        return ()
    bins = [_EMPTY] * BINS
    for shingle in zip(letters, letters[1:], letters[2:], letters[3:], strict=False):
        value = crc32(" ".join(shingle).encode())
        at = value % BINS
        if bins[at] == _EMPTY or value < bins[at]:
            bins[at] = value
    full = [i for i in range(BINS) if bins[i] != _EMPTY]
    if len(full) < BINS:
        following = full[0]
        for i in range(BINS - 1, -1, -1):
            if bins[i] == _EMPTY:
                bins[i] = bins[following]
            else:
                following = i
    return tuple(bins)


def bands(sketch: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The keys under which near-copies meet."""
    for i in range(0, len(sketch), BAND):
        yield i, tuple(sketch[i : i + BAND])


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two sketched texts, 0 to 1."""
    if not a or not b:
        return 0.0
    return float(sum(map(eq, a, b))) / BINS
