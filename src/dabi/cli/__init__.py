"""The command `dabi`."""

from __future__ import annotations


def main() -> None:
    """Run the command line. The commands are imported here so that `import dabi.cli` costs nothing."""
    # They add their commands.
    from . import backup, cluster, export, gather, judge, ledger, outlets, serve, stories  # noqa: F401
    from .commands import app

    app(prog_name="dabi")
