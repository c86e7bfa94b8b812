"""The attributions that cues, quotations and headlines make, unit by unit, before speech that runs on."""

from __future__ import annotations

from .headlines import headline
from .shapes import drafts_of
from .units import Unit


def draft_units(units: list[Unit]) -> None:
    """Fill the drafts of every unit."""
    before: Unit | None = None
    for unit in units:
        if unit.role == "headline":
            draft = headline(unit)
            unit.drafts = [draft] if draft else drafts_of(unit, None)
        elif unit.cues:
            unit.drafts = drafts_of(unit, before if before is not None and before.role == "body" else None)
        before = unit
