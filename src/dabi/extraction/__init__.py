"""From an article to its claims: the recognisers of `dabi.bengali` run, and their mentions are put together."""

from .pipeline import Traces, analyse, analyse_traced

__all__ = ["Traces", "analyse", "analyse_traced"]
