"""Evidence: datasets and their versions, indicators, figures, region pages, citations.

Words: a *dataset* is a statistical table; a *dataset version* is one immutable reading of it; an
*observation* is one cell; a *figure* is a number as a page shows it, with its origin; a *citation* is a
figure frozen with its version and formula.
"""
