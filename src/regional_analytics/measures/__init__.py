"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.at_risk import NothingToTest, OneYearOnly
from regional_analytics.measures.back_test import BackTest, Factor, ListResult, back_test
from regional_analytics.measures.calibration import Calibration, Interval, calibration, wilson_interval
from regional_analytics.measures.concentration import herfindahl, share_of_area
from regional_analytics.measures.conditional_convergence import (
    ConditionalConvergence,
    conditional_convergence,
)
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
from regional_analytics.measures.entry_probability import EntryProbability, entry_probability
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
from regional_analytics.measures.ranking import RankingQuality, ranking_quality
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
from regional_analytics.measures.validation import (
    BestF1,
    NotAProbability,
    average_precision,
    best_f1,
    brier_score,
    roc_auc,
)

__all__ = [
    "AbsentFromArea",
    "BackTest",
    "BestF1",
    "BetaConvergence",
    "Calibration",
    "ConditionalConvergence",
    "Core",
    "Coverage",
    "DynamicShiftShare",
    "EntryProbability",
    "EventRates",
    "Factor",
    "GroupTotal",
    "GrowthMatrix",
    "Interval",
    "ListResult",
    "NegativeEmployment",
    "NoBase",
    "NotAPresence",
    "NotAProbability",
    "NotFinite",
    "NotNeighbours",
    "NothingLeft",
    "NothingToCompare",
    "NothingToTest",
    "OneYearOnly",
    "Portfolio",
    "RankingQuality",
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
    "average_precision",
    "back_test",
    "best_f1",
    "beta_convergence",
    "brier_score",
    "calibration",
    "cluster_stars",
    "conditional_convergence",
    "core",
    "coverage",
    "diversity",
    "dynamic_shift_share",
    "entries",
    "entry_probability",
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
    "ranking_quality",
    "roc_auc",
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
    "wilson_interval",
]
