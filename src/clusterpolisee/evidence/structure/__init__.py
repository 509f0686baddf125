"""Where stored observations meet the library: panels of a dataset version and what is computed from them.

Versions are immutable, so everything here is computed once per process and kept by version number; nothing
has to be forgotten when data change, since a new version has a new number.
"""

from clusterpolisee.evidence.structure.change import (
    GrowthParts,
    growth,
    has_break,
    shift_share_of,
    unbroken_span,
)
from clusterpolisee.evidence.structure.peers import Peers, peers_of, standing_of
from clusterpolisee.evidence.structure.series import (
    WHOLE,
    Cell,
    Series,
    cell,
    same_territory,
    series_of,
    series_of_regions,
)
from clusterpolisee.evidence.structure.specialisation import (
    Specialisation,
    StarAward,
    library_scheme,
    specialisation,
)

__all__ = [
    "WHOLE",
    "Cell",
    "GrowthParts",
    "Peers",
    "Series",
    "Specialisation",
    "StarAward",
    "cell",
    "growth",
    "has_break",
    "library_scheme",
    "peers_of",
    "same_territory",
    "series_of",
    "series_of_regions",
    "shift_share_of",
    "specialisation",
    "standing_of",
    "unbroken_span",
]
