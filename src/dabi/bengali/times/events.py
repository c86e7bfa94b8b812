"""Events that a time is counted from: ভোট গ্রহণের দুই সপ্তাহ আগে, দাখিলের আগের দিন."""

from __future__ import annotations

from .lexer import EVENTS

_POINTERS = frozenset({"এর", "তার", "যার"})  # to what was named before
_GENITIVES = ("ের", "ওয়ার", "করার", "ানোর")


def points_back(words: list[str], i: int) -> bool:
    """Whether এর or তার before token i says that it is counted from what was named."""
    return i > 0 and words[i - 1] in _POINTERS


def after_event(words: list[str], i: int) -> bool:
    """Whether a noun in the genitive before token i says from which event it is counted."""
    if i == 0:
        return False
    before = words[i - 1]
    if before in EVENTS.single:
        return True
    return len(before) > 3 and before.endswith(_GENITIVES) and not before.endswith(("দের", "বারের"))
