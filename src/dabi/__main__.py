"""`python -m dabi` is the command `dabi`."""

from __future__ import annotations

from .cli import main

if __name__ == "__main__":
    main()
