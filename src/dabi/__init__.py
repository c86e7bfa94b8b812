"""দাবি: read Bengali news and keep the ledger of what is claimed.

>>> import dabi
>>> analysis = dabi.analyse("বন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে।")
>>> [(q.text, q.low, q.high, q.hedge) for q in analysis.quantities]
[('অন্তত ২৩ জন', 23, None, 'at_least')]

`read` takes a file or a text, `analyse` a text, `read_reports` many files, folders and streams; all give `Analysis`
values (`dabi.model`). The parts load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Analysis as Analysis
    from .model import Article as Article
    from .model import Attribution as Attribution
    from .model import Claim as Claim
    from .model import Quantity as Quantity
    from .model import Span as Span
    from .model import TimeExpression as TimeExpression
    from .service import Failure as Failure
    from .service import ReadError as ReadError
    from .service import analyse as analyse
    from .service import read as read
    from .service import read_reports as read_reports

_HOMES = {
    **dict.fromkeys(("read", "analyse", "read_reports", "Failure", "ReadError"), "service"),
    **dict.fromkeys(("Analysis", "Article", "Attribution", "Claim", "Quantity", "Span", "TimeExpression"), "model"),
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
