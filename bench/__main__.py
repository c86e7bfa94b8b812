"""`python -m bench [ARTICLES]`: all measurements; ARTICLES is the length of the stream for memory, 10000 by itself."""

from __future__ import annotations

import platform
import sys

from . import archives, memory, speed, workers

if __name__ == "__main__":
    print(f"Python {platform.python_version()}, {platform.machine()}")
    speed.stages()
    speed.growth()
    memory.flat(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    archives.speed()
    workers.several()
