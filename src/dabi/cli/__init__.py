"""The command `dabi`."""

from __future__ import annotations

import errno
import os
import sys

# What a place that cannot be written to says: it is full, its quota is used up, the disk fails.
_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def main() -> None:
    """Run the command line. The commands are imported here so that `import dabi.cli` costs nothing."""
    try:
        # They add their commands.
        from . import backup, cluster, export, gather, judge, ledger, outlets, serve, stories  # noqa: F401
        from .commands import app

        app(prog_name="dabi")
    except KeyboardInterrupt:  # before the command itself began
        sys.exit(130)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        # Python would try to flush what is left when it exits, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr.write(f"dabi: what was found cannot be written: {error.strerror}\n")
        sys.exit(1)
