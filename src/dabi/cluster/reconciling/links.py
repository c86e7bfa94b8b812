"""Links between the figures of two reports, packed: for each its places among the figures of either, and its weight."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@cache
def row() -> np.dtype[Any]:
    """One packed link: i-th figure of the earlier report, j-th of the later one."""
    import numpy as np

    return np.dtype([("i", "<i4"), ("j", "<i4"), ("weight", "<f8")])


def packed(found: Iterable[tuple[int, int, float]]) -> bytes:
    import numpy as np

    return np.array(list(found), dtype=row()).tobytes()


def unpacked(data: bytes) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.frombuffer(data, dtype=row())
