"""Figures in, figures out: the statistics behind regional evidence, without web, network or clock.

sources     bytes of a statistical file → tidy observations
tables      tidy observations → Panel (year × region × activity)
measures    arrays → arrays; every formula with its meaning, its edges and its source
formulas    formulas that users write → values by region and year, with what is missing of each
codes       NUTS regions and NACE activities, their parents and their versions
adapters    what other libraries compute well; imported by name only, and brought by extras

>>> import regional_analytics as ra
>>> ra.growth_percent([200.0], [210.0]).tolist()
[5.0]
"""

from regional_analytics import codes, formulas, measures, sources, tables
from regional_analytics.measures import *  # noqa: F403 – the measures are the library's front page
from regional_analytics.measures import __all__ as _measures
from regional_analytics.notes import Note, Notes
from regional_analytics.tables import Panel

__all__ = ["Note", "Notes", "Panel", "codes", "formulas", "measures", "sources", "tables", *_measures]
