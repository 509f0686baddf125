"""Regions: places, their names and boundaries, and what became of their codes.

Words: a *region* is a code in one NUTS *vintage*; the same place in another vintage is another region. A
*boundary* is how a region is drawn, with the source that drew it. Names and codes follow Eurostat and the
national statistical offices.
"""
