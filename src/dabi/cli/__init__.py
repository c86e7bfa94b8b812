"""The command `dabi`."""

from __future__ import annotations


def main() -> None:
    """Run the command line. The commands are imported here so that `import dabi.cli` costs nothing."""
    from . import backup, cluster, export, gather, judge, ledger, serve, stories  # noqa: F401  # they add their commands
    from .commands import app

    app(prog_name="dabi")
