"""Classifications: fixed lists that other apps point to. NACE activities and the six themes.

Words: an *activity* is a position of NACE Rev. 2, spelt as Eurostat's tables spell it (C14); a *theme* is one of
the thematic priority areas. Seeds are in seeds/; the database is the truth, and edited rows are never overwritten.
"""
