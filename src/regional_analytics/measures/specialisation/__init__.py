"""What a region does more of than others: shares, quotients, stars."""

from regional_analytics.measures.specialisation.location_quotient import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
    specialisation_coefficient,
)
from regional_analytics.measures.specialisation.quotients import (
    average_quotient,
    hachman_index,
    normalised_advantage,
    per_head_quotient,
    symmetric_quotient,
)
from regional_analytics.measures.specialisation.stars import (
    Stars,
    StarScheme,
    StarThresholds,
    cluster_stars,
)

__all__ = [
    "Coverage",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "average_quotient",
    "cluster_stars",
    "coverage",
    "hachman_index",
    "krugman_specialisation",
    "location_quotient",
    "normalised_advantage",
    "per_head_quotient",
    "share_in_region",
    "specialisation_coefficient",
    "symmetric_quotient",
]
