"""Texts that are bad for the process that reads them: what a crashing library would do, done for real.

On the path of the workers, this makes their reading processes obey words in a text: die of a signal, die once, never
end, eat memory, raise.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

READER, MODULE = "dabi.cluster.reader", "dabi.reading.plain"


def obey(text: str) -> None:
    if "DIE-ONCE:" in text:
        mark = text.split("DIE-ONCE:")[1].split()[0]
        if not os.path.exists(mark):
            open(mark, "x").close()
            os.kill(os.getpid(), signal.SIGKILL)
    if "DIE-NOW" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "NEVER-END" in text:
        while True:
            pass
    if "EAT-MEMORY" in text:
        bytearray(1 << 40)
    if "RAISE" in text:
        raise RuntimeError("no luck")


class Poisoned(Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        read = module.read_plain

        def read_plain(text: str, **given: Any) -> Any:
            obey(text)
            return read(text, **given)

        module.read_plain = read_plain


class Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None:
            spec.loader = Poisoned(spec.loader)
        return spec


if READER in sys.orig_argv:
    sys.meta_path.insert(0, Finder())
