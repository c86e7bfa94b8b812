"""The process that reads: `python -m dabi.cluster.reader`, started by a worker and fed by it.

What reads an article may take its process down with it: a library that crashes, a text that needs too much memory or
time. So the reading is done in a process of its own, which says before each record what it begins; its worker then
knows which record it died of. It takes one `Order` after the other from standard input, answers with frames on
standard output and ends when its worker is gone.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

import msgspec

from .protocol import DONE, HEADER, READY, Order, send


def main() -> None:
    source, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Ctrl-C reaches all processes of a terminal; it is the run that stops, and not this record that kills.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)  # nothing that a library prints may come between the frames
    gc.disable()
    from ..service.ledger import reader_version
    from .reading import Reading  # loads all rules and tables

    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
    try:
        send(out, READY, reader_version())
        while header := source.read(HEADER.size):
            _, size = HEADER.unpack(header)
            order = msgspec.msgpack.decode(source.read(size), type=Order)
            os.chdir(order.folder or ".")
            _limit(order.memory)
            Reading(order, lambda frame, value: send(out, frame, value)).carry_out()
            send(out, DONE)
    except BrokenPipeError:
        os._exit(0)  # the worker is gone; whoever takes its place begins again


def _limit(memory: int) -> None:
    if memory:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, most))


if __name__ == "__main__":
    main()
