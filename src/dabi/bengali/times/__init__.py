"""When: times in Bengali text, resolved to EDTF and ISO 8601."""

from .datelines import parse_date

__all__ = ["parse_date"]
