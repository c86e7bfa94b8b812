"""`bulk_add.py WHERE FIRST COUNT` adds reports to a ledger until it is killed, and prints what was added.

Each line is printed after `add` returned, so that a line is a promise.
"""

from __future__ import annotations

import sys

from dabi.ledger import Submission, open_ledger
from dabi.model import Analysis
from reports import Figure, report

FIGURES = 4


def nth(n: int) -> tuple[Submission, Analysis]:
    """The n-th report: every fifth is a new version of the page before it."""
    page = n - 1 if n % 5 == 4 else n
    figures = [Figure(value=1000 * n + i, places=("চর",), source="প্রশাসক", edtf="2025-03-01") for i in range(FIGURES)]
    return report(f"a{page}", figures, furniture="আরও পড়ুন " * 200)


def main() -> None:
    where, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open_ledger(where) as ledger:
        for n in range(first, first + count):
            added = ledger.add(*nth(n), extractor="1")
            sys.stdout.write(f"{n} {added.article} {added.version} {added.key}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
