"""A figure while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import Hedge, Kind
from ..numerals import Value


@dataclass(slots=True)
class Draft:
    """What is known so far of one figure: tokens first..last-1, folded offsets start..end, and its value.

    `core` is where the number itself begins, `case` the case ending behind the figure, `bare` says that nothing but
    digits or a number word has been read.
    """

    first: int
    last: int
    start: int
    end: int
    low: Value | None
    high: Value | None
    core: int
    core_last: int
    hedge: Hedge = "exact"
    kind: Kind = "count"
    unit: str | None = None
    classifier: str = ""
    case: str = ""
    bare: bool = True
    form: str = "digits"  # digits, word, scale, several
    settled: bool = False  # the kind is decided; no unit is looked for
    floor: int = 0  # first token that is not of an earlier quantity
    named: tuple[int, int] | None = None  # tokens of what is counted, where a rule has already read them
    index: int = 0  # its place among the figures of the passage
    left: int = 0  # first token of the group of figures that say the same
    right: int = 0  # token behind that group
    counted: tuple[int, int] | None = None  # tokens of what is counted, once found
    rule: str = ""
    entries: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    @property
    def oblique(self) -> bool:
        """Whether a classifier bears a case that makes the figure stand for the counted: ১৪ জনের, দুটিকে."""
        return bool(self.classifier) and self.case in ("genitive", "objective", "with")
