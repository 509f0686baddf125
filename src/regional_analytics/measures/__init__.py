"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.complexity import (
    Complexity,
    Diagnostics,
    basket_complexity,
    economic_complexity,
    reflections,
)
from regional_analytics.measures.concentration import herfindahl, share_of_area
from regional_analytics.measures.conventions import CONVENTIONS, Convention
from regional_analytics.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.cross_relatedness import (
    assist,
    cross_proximity,
    cross_relatedness,
    export_similarity,
    taxonomy,
)
from regional_analytics.measures.density import (
    average_density,
    distance,
    relatedness_density,
    relative_density,
)
from regional_analytics.measures.fitness import Fitness, basket_fitness, fitness
from regional_analytics.measures.flow_relatedness import flow_relatedness, skill_relatedness
from regional_analytics.measures.grouping import GroupTotal, group_total
from regional_analytics.measures.growth import (
    NoBase,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures.industry_space import IndustrySpace, industry_space
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape
from regional_analytics.measures.leave_out import leave_region_out_density
from regional_analytics.measures.nestedness import (
    Nestedness,
    Supermodularity,
    log_supermodularity,
    nestedness,
)
from regional_analytics.measures.outlook import Outlook, outlook
from regional_analytics.measures.presence import (
    Core,
    NotAPresence,
    NothingLeft,
    core,
    diversity,
    presence,
    ubiquity,
)
from regional_analytics.measures.proximity import continuous_proximity, proximity, region_proximity
from regional_analytics.measures.relatedness import (
    NegativeRelatedness,
    NotSymmetric,
    co_occurrence,
    relatedness,
    z_score,
)
from regional_analytics.measures.shift_share import AbsentFromArea, NothingToCompare, ShiftShare, shift_share
from regional_analytics.measures.space_layout import space_layout
from regional_analytics.measures.specialisation import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
)
from regional_analytics.measures.standing import Standing, UnknownValue, standing
from regional_analytics.measures.stars import Stars, StarScheme, StarThresholds, cluster_stars
from regional_analytics.measures.variety import coherence, entropy, related_variety, unrelated_variety

__all__ = [
    "CONVENTIONS",
    "AbsentFromArea",
    "BetaConvergence",
    "Complexity",
    "Convention",
    "Core",
    "Coverage",
    "Diagnostics",
    "Fitness",
    "GroupTotal",
    "IndustrySpace",
    "NegativeEmployment",
    "NegativeRelatedness",
    "Nestedness",
    "NoBase",
    "NotAPresence",
    "NotFinite",
    "NotSymmetric",
    "NothingLeft",
    "NothingToCompare",
    "Outlook",
    "RefusedInput",
    "ShiftShare",
    "SigmaConvergence",
    "Span",
    "Standing",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "Supermodularity",
    "TooFewRegions",
    "UnknownValue",
    "WrongShape",
    "assist",
    "average_density",
    "basket_complexity",
    "basket_fitness",
    "beta_convergence",
    "cluster_stars",
    "co_occurrence",
    "coherence",
    "continuous_proximity",
    "core",
    "coverage",
    "cross_proximity",
    "cross_relatedness",
    "distance",
    "diversity",
    "economic_complexity",
    "entropy",
    "export_similarity",
    "fitness",
    "flow_relatedness",
    "group_total",
    "growth_over",
    "growth_percent",
    "herfindahl",
    "index_series",
    "industry_space",
    "krugman_specialisation",
    "leave_region_out_density",
    "location_quotient",
    "log_supermodularity",
    "longest_unbroken_span",
    "nestedness",
    "outlook",
    "presence",
    "proximity",
    "reflections",
    "region_proximity",
    "related_variety",
    "relatedness",
    "relatedness_density",
    "relative_density",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "sigma_convergence",
    "skill_relatedness",
    "space_layout",
    "standing",
    "taxonomy",
    "ubiquity",
    "unrelated_variety",
    "z_score",
]
