"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.attributes import (
    expy,
    inverse_normalised_ubiquity,
    normalised_ubiquity,
    product_emission_intensity_index,
    product_gini_index,
    prody,
    weighted_average,
)
from regional_analytics.measures.coagglomeration import coagglomeration, colocation, group_coagglomeration
from regional_analytics.measures.concentration import (
    herfindahl,
    hoover_index,
    krugman_concentration,
    share_of_area,
)
from regional_analytics.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.curves import Curve, hoover_curve, lorenz_curve
from regional_analytics.measures.grouping import GroupTotal, group_total
from regional_analytics.measures.growth import (
    NoBase,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures.inequality import Theil, atkinson, gini, theil, variation
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape
from regional_analytics.measures.localisation import gini_of_quotients, hoover_gini, locational_gini
from regional_analytics.measures.plants import (
    DartboardConcentration,
    cluster_index,
    ellison_glaeser,
    maurel_sedillot,
    plant_herfindahl,
)
from regional_analytics.measures.presence import (
    Core,
    NotAPresence,
    NothingLeft,
    core,
    diversity,
    presence,
    ubiquity,
)
from regional_analytics.measures.quotients import (
    average_quotient,
    hachman_index,
    normalised_advantage,
    per_head_quotient,
    symmetric_quotient,
)
from regional_analytics.measures.recombination import (
    average_complexity,
    ease_of_recombination,
    modular_complexity,
)
from regional_analytics.measures.reliance import CAREFUL, Mark, Reliance, RelianceScheme, Rule, reliance
from regional_analytics.measures.shift_share import AbsentFromArea, NothingToCompare, ShiftShare, shift_share
from regional_analytics.measures.shrinkage import ShrunkenQuotient, shrunken_quotient
from regional_analytics.measures.small_cells import QuotientInterval, quotient_interval
from regional_analytics.measures.specialisation import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
    specialisation_coefficient,
)
from regional_analytics.measures.standing import Standing, UnknownValue, standing
from regional_analytics.measures.stars import Stars, StarScheme, StarThresholds, cluster_stars
from regional_analytics.measures.suppressed_cells import (
    CellBounds,
    QuotientBounds,
    cell_bounds,
    quotient_bounds,
)

__all__ = [
    "CAREFUL",
    "AbsentFromArea",
    "BetaConvergence",
    "CellBounds",
    "Core",
    "Coverage",
    "Curve",
    "DartboardConcentration",
    "GroupTotal",
    "Mark",
    "NegativeEmployment",
    "NoBase",
    "NotAPresence",
    "NotFinite",
    "NothingLeft",
    "NothingToCompare",
    "QuotientBounds",
    "QuotientInterval",
    "RefusedInput",
    "Reliance",
    "RelianceScheme",
    "Rule",
    "ShiftShare",
    "ShrunkenQuotient",
    "SigmaConvergence",
    "Span",
    "Standing",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "Theil",
    "TooFewRegions",
    "UnknownValue",
    "WrongShape",
    "atkinson",
    "average_complexity",
    "average_quotient",
    "beta_convergence",
    "cell_bounds",
    "cluster_index",
    "cluster_stars",
    "coagglomeration",
    "colocation",
    "core",
    "coverage",
    "diversity",
    "ease_of_recombination",
    "ellison_glaeser",
    "expy",
    "gini",
    "gini_of_quotients",
    "group_coagglomeration",
    "group_total",
    "growth_over",
    "growth_percent",
    "hachman_index",
    "herfindahl",
    "hoover_curve",
    "hoover_gini",
    "hoover_index",
    "index_series",
    "inverse_normalised_ubiquity",
    "krugman_concentration",
    "krugman_specialisation",
    "location_quotient",
    "locational_gini",
    "longest_unbroken_span",
    "lorenz_curve",
    "maurel_sedillot",
    "modular_complexity",
    "normalised_advantage",
    "normalised_ubiquity",
    "per_head_quotient",
    "plant_herfindahl",
    "presence",
    "product_emission_intensity_index",
    "product_gini_index",
    "prody",
    "quotient_bounds",
    "quotient_interval",
    "reliance",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "shrunken_quotient",
    "sigma_convergence",
    "specialisation_coefficient",
    "standing",
    "symmetric_quotient",
    "theil",
    "ubiquity",
    "variation",
    "weighted_average",
]
