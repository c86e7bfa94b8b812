"""Stories and series of a folder of analysed articles, as shuffled work: nothing that grows with the data is ever in
one process, and no two reports are compared that do not meet under a key.

Each stage is a pure function over a stream of Arrow batches, sorted so that what belongs together comes together; the
engine only moves and sorts rows between them. The answers are those of `dabi.reconciliation.outcome.reconcile`.
"""
