"""From an article to its claims: the recognisers of `dabi.bengali` run, and their mentions are put together."""

from .pipeline import MOST_COMPARED, Traces, analyse, analyse_traced

__all__ = ["MOST_COMPARED", "Traces", "analyse", "analyse_traced"]
