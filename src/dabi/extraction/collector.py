"""Python's collector of cycles stands still while an article is analysed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Around what makes many values and no cycles: the collector would look through all of them and find nothing.

    What has no cycle is freed when it is last used, as ever. A collector that was off stays off; of several threads the
    last that found it on turns it on again.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
