"""Libraries that only some exports need: loaded when one is asked for, with a clear word when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtra(RuntimeError):
    """A library that this export is made with is not installed; the message says what to install."""


def needed(module: str, package: str) -> Any:
    """The module, or MissingExtra naming the package that brings it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        raise MissingExtra(f"this needs {package}: pip install 'dabi[export]'") from error
