"""Where an activity sits, and how unevenly: spread, inequality, plants."""

from regional_analytics.measures.concentration.coagglomeration import (
    coagglomeration,
    colocation,
    group_coagglomeration,
)
from regional_analytics.measures.concentration.curves import (
    Curve,
    hoover_curve,
    lorenz_curve,
)
from regional_analytics.measures.concentration.inequality import (
    Theil,
    atkinson,
    gini,
    theil,
    variation,
)
from regional_analytics.measures.concentration.localisation import (
    gini_of_quotients,
    hoover_gini,
    locational_gini,
)
from regional_analytics.measures.concentration.plants import (
    DartboardConcentration,
    cluster_index,
    ellison_glaeser,
    maurel_sedillot,
    plant_herfindahl,
)
from regional_analytics.measures.concentration.spread import (
    herfindahl,
    hoover_index,
    krugman_concentration,
    share_of_area,
)

__all__ = [
    "Curve",
    "DartboardConcentration",
    "Theil",
    "atkinson",
    "cluster_index",
    "coagglomeration",
    "colocation",
    "ellison_glaeser",
    "gini",
    "gini_of_quotients",
    "group_coagglomeration",
    "herfindahl",
    "hoover_curve",
    "hoover_gini",
    "hoover_index",
    "krugman_concentration",
    "locational_gini",
    "lorenz_curve",
    "maurel_sedillot",
    "plant_herfindahl",
    "share_of_area",
    "theil",
    "variation",
]
