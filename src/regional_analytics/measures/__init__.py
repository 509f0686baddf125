"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.candidates import candidates
from regional_analytics.measures.concentration import herfindahl, share_of_area
from regional_analytics.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.distance_parts import DistanceExplained, explain_distance
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
from regional_analytics.measures.linkages import PartnerExplained, explain_partner
from regional_analytics.measures.mix_distance import mix_distance
from regional_analytics.measures.partners import BestPartners, Partners, best_partners, complementary_partners
from regional_analytics.measures.peer_group import PeerPerformance, peer_performance
from regional_analytics.measures.presence import (
    Core,
    NotAPresence,
    NothingLeft,
    core,
    diversity,
    presence,
    ubiquity,
)
from regional_analytics.measures.scaling import scale_variables
from regional_analytics.measures.shift_share import AbsentFromArea, NothingToCompare, ShiftShare, shift_share
from regional_analytics.measures.similarity import (
    Nearest,
    StructuralDistance,
    nearest_regions,
    structural_distance,
)
from regional_analytics.measures.specialisation import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
)
from regional_analytics.measures.stability import NeighbourStability, neighbour_stability
from regional_analytics.measures.standing import Standing, UnknownValue, standing
from regional_analytics.measures.stars import Stars, StarScheme, StarThresholds, cluster_stars
from regional_analytics.measures.weighting import Weighting

__all__ = [
    "AbsentFromArea",
    "BestPartners",
    "BetaConvergence",
    "Core",
    "Coverage",
    "DistanceExplained",
    "GroupTotal",
    "Nearest",
    "NegativeEmployment",
    "NeighbourStability",
    "NoBase",
    "NotAPresence",
    "NotFinite",
    "NothingLeft",
    "NothingToCompare",
    "PartnerExplained",
    "Partners",
    "PeerPerformance",
    "RefusedInput",
    "ShiftShare",
    "SigmaConvergence",
    "Span",
    "Standing",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "StructuralDistance",
    "TooFewRegions",
    "UnknownValue",
    "Weighting",
    "WrongShape",
    "best_partners",
    "beta_convergence",
    "candidates",
    "cluster_stars",
    "complementary_partners",
    "core",
    "coverage",
    "diversity",
    "explain_distance",
    "explain_partner",
    "group_total",
    "growth_over",
    "growth_percent",
    "herfindahl",
    "index_series",
    "krugman_specialisation",
    "location_quotient",
    "longest_unbroken_span",
    "mix_distance",
    "nearest_regions",
    "neighbour_stability",
    "peer_performance",
    "presence",
    "scale_variables",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "sigma_convergence",
    "standing",
    "structural_distance",
    "ubiquity",
]
