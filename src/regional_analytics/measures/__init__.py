"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.concentration import herfindahl, share_of_area
from regional_analytics.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.grouping import GroupTotal, group_total
from regional_analytics.measures.growth import (
    NoBase,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape
from regional_analytics.measures.presence import (
    Core,
    NotAPresence,
    NothingLeft,
    core,
    diversity,
    presence,
    ubiquity,
)
from regional_analytics.measures.shift_share import AbsentFromArea, NothingToCompare, ShiftShare, shift_share
from regional_analytics.measures.shift_share_dynamic import DynamicShiftShare, dynamic_shift_share
from regional_analytics.measures.shift_share_factors import ShiftShareFactors, shift_share_factors
from regional_analytics.measures.shift_share_spatial import (
    NotNeighbours,
    SpatialShiftShare,
    spatial_shift_share,
)
from regional_analytics.measures.specialisation import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
)
from regional_analytics.measures.standing import Standing, UnknownValue, standing
from regional_analytics.measures.stars import Stars, StarScheme, StarThresholds, cluster_stars

__all__ = [
    "AbsentFromArea",
    "BetaConvergence",
    "Core",
    "Coverage",
    "DynamicShiftShare",
    "GroupTotal",
    "NegativeEmployment",
    "NoBase",
    "NotAPresence",
    "NotFinite",
    "NotNeighbours",
    "NothingLeft",
    "NothingToCompare",
    "RefusedInput",
    "ShiftShare",
    "ShiftShareFactors",
    "SigmaConvergence",
    "Span",
    "SpatialShiftShare",
    "Standing",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "TooFewRegions",
    "UnknownValue",
    "WrongShape",
    "beta_convergence",
    "cluster_stars",
    "core",
    "coverage",
    "diversity",
    "dynamic_shift_share",
    "group_total",
    "growth_over",
    "growth_percent",
    "herfindahl",
    "index_series",
    "krugman_specialisation",
    "location_quotient",
    "longest_unbroken_span",
    "presence",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "shift_share_factors",
    "sigma_convergence",
    "spatial_shift_share",
    "standing",
    "ubiquity",
]
