"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.concentration import herfindahl, share_of_area
from regional_analytics.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.entry_exit import (
    EventRates,
    Transitions,
    entries,
    event_rates,
    events_by_year,
    exits,
    transition_matrix,
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
from regional_analytics.measures.growth_matrix import GrowthMatrix, growth_matrix
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape
from regional_analytics.measures.portfolio import Portfolio, portfolio
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
from regional_analytics.measures.structural_change import lilien_index, structural_change
from regional_analytics.measures.survival import Survival, specialisation_survival

__all__ = [
    "AbsentFromArea",
    "BetaConvergence",
    "Core",
    "Coverage",
    "DynamicShiftShare",
    "EventRates",
    "GroupTotal",
    "GrowthMatrix",
    "NegativeEmployment",
    "NoBase",
    "NotAPresence",
    "NotFinite",
    "NotNeighbours",
    "NothingLeft",
    "NothingToCompare",
    "Portfolio",
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
    "Survival",
    "TooFewRegions",
    "Transitions",
    "UnknownValue",
    "WrongShape",
    "beta_convergence",
    "cluster_stars",
    "core",
    "coverage",
    "diversity",
    "dynamic_shift_share",
    "entries",
    "event_rates",
    "events_by_year",
    "exits",
    "group_total",
    "growth_matrix",
    "growth_over",
    "growth_percent",
    "herfindahl",
    "index_series",
    "krugman_specialisation",
    "lilien_index",
    "location_quotient",
    "longest_unbroken_span",
    "portfolio",
    "presence",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "shift_share_factors",
    "sigma_convergence",
    "spatial_shift_share",
    "specialisation_survival",
    "standing",
    "structural_change",
    "transition_matrix",
    "ubiquity",
]
