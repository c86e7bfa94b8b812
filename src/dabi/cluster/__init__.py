"""The same reading and reconciling on many machines, with Apache Spark (`pip install dabi[cluster]`)."""
