"""Outlets: which one a page is of, and what is known of it.

`naming` tells the outlet of a page and is needed for every text. The rest, a file for each outlet (`*.toml`), is read
when somebody asks for that outlet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...bengali.outlets import country_of
from .naming import (
    canonical,
    looks_like_outlet,
    name_after_copyright,
    outlet_in,
    outlet_of_line,
    outlet_of_url,
    without_suffix,
)

if TYPE_CHECKING:
    from .description import Feed, Outlet
    from .loading import OutletError, known_outlets, outlet, outlet_named

__all__ = [
    "canonical",
    "country_of",
    "looks_like_outlet",
    "name_after_copyright",
    "outlet_in",
    "outlet_of_line",
    "outlet_of_url",
    "without_suffix",
    "Feed",
    "Outlet",
    "OutletError",
    "known_outlets",
    "outlet",
    "outlet_named",
]


def __getattr__(name: str) -> Any:
    if name in ("OutletError", "known_outlets", "outlet", "outlet_named"):
        from . import loading

        return getattr(loading, name)
    if name in ("Feed", "Outlet"):
        from . import description

        return getattr(description, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
