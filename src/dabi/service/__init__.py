"""What dabi can be asked to do: the use-cases that the command line, the web and Python callers share."""

from __future__ import annotations

from .incoming import Web
from .reading import Failure, ReadError, analyse, edtf, explain_reports, read, read_report, read_reports

__all__ = ["Failure", "ReadError", "Web", "analyse", "edtf", "explain_reports", "read", "read_report", "read_reports"]
