"""Where stored observations meet the library: panels of a dataset version and what is computed from them.

Versions are immutable, so everything here is computed once per process and kept by version number; nothing
has to be forgotten when data change, since a new version has a new number.
"""

from clusterpolisee.evidence.structure.categories import (
    CategoryCell,
    CategoryTable,
    CategoryTrend,
    PartCell,
    category_table,
    category_trend,
)
from clusterpolisee.evidence.structure.change import (
    GrowthParts,
    breaks_between,
    change_between,
    change_over,
    growth,
    share_percent,
    shift_share_of,
    unbroken_span,
)
from clusterpolisee.evidence.structure.many import ManyRegions, activities_of, many_regions, together
from clusterpolisee.evidence.structure.peers import Peers, peers_of, standing_of
from clusterpolisee.evidence.structure.series import (
    WHOLE,
    Cell,
    Series,
    cell,
    has_region,
    same_territory,
    series_of,
    series_of_regions,
)
from clusterpolisee.evidence.structure.specialisation import (
    Specialisation,
    StarAward,
    lacks_countries,
    library_scheme,
    specialisation,
)

__all__ = [
    "WHOLE",
    "CategoryCell",
    "CategoryTable",
    "CategoryTrend",
    "Cell",
    "GrowthParts",
    "ManyRegions",
    "PartCell",
    "Peers",
    "Series",
    "Specialisation",
    "StarAward",
    "activities_of",
    "breaks_between",
    "category_table",
    "category_trend",
    "cell",
    "change_between",
    "change_over",
    "growth",
    "has_region",
    "lacks_countries",
    "library_scheme",
    "many_regions",
    "peers_of",
    "same_territory",
    "series_of",
    "series_of_regions",
    "share_percent",
    "shift_share_of",
    "specialisation",
    "standing_of",
    "together",
    "unbroken_span",
]
