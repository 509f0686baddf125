"""Classifications: fixed lists that other apps point to. NACE activities, the six themes, cluster categories.

Words: an *activity* is a position of NACE Rev. 2, spelt as Eurostat's tables spell it (C14); a *theme* is one of
the thematic priority areas; a *cluster category* is a named grouping of activities, each *part* with the weight of
what belongs to it, inside a *category scheme*. Seeds are in seeds/; the database is the truth, and edited rows are
never overwritten.
"""
