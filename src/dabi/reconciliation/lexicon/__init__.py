"""The tables of reconciliation, in the form of `dabi.bengali.lexicon`: tab-separated, explained at the top of each."""
