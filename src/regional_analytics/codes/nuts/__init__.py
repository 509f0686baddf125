"""NUTS regions and the statistical regions coded like them, vintages 2010 to 2024.

A vintage is an edition of the list. The same code may mean another territory in another vintage, so a figure for
a region is a figure for a code and a vintage.

>>> parent("BG31", 2024), children("BG3", 2024)
('BG3', ('BG31', 'BG32', 'BG33', 'BG34'))
>>> [flow.code for flow in successors("HR04", to=2024)]
['HR02', 'HR05', 'HR06']
>>> normalise("GR52")
'EL52'
"""

from regional_analytics.codes.nuts.changes import (
    KINDS,
    WEIGHTS,
    Flow,
    boundaries_changed,
    kind_of_change,
    predecessors,
    successors,
)
from regional_analytics.codes.nuts.conversion import Conversion, convert, convert_table
from regional_analytics.codes.nuts.errors import UnknownRegion, UnknownVintage
from regional_analytics.codes.nuts.lists import (
    CURRENT,
    VINTAGES,
    ancestors,
    children,
    codes,
    countries,
    country,
    exists,
    is_aggregate,
    is_extra_regio,
    level,
    name,
    normalise,
    parent,
    vintages_of,
)
from regional_analytics.codes.nuts.vintages import VintageGuess, vintage_of

__all__ = [
    "CURRENT",
    "KINDS",
    "VINTAGES",
    "WEIGHTS",
    "Conversion",
    "Flow",
    "UnknownRegion",
    "UnknownVintage",
    "VintageGuess",
    "ancestors",
    "boundaries_changed",
    "children",
    "codes",
    "convert",
    "convert_table",
    "countries",
    "country",
    "exists",
    "is_aggregate",
    "is_extra_regio",
    "kind_of_change",
    "level",
    "name",
    "normalise",
    "parent",
    "predecessors",
    "successors",
    "vintage_of",
    "vintages_of",
]
