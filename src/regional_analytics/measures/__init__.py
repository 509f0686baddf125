"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures.at_risk import (
    NothingToTest,
    OneYearOnly,
)
from regional_analytics.measures.attributes import (
    expy,
    inverse_normalised_ubiquity,
    normalised_ubiquity,
    product_emission_intensity_index,
    product_gini_index,
    prody,
    weighted_average,
)
from regional_analytics.measures.back_test import (
    BackTest,
    Factor,
    ListResult,
    back_test,
)
from regional_analytics.measures.calibration import (
    Calibration,
    Interval,
    calibration,
    wilson_interval,
)
from regional_analytics.measures.candidates import (
    candidates,
)
from regional_analytics.measures.coagglomeration import (
    coagglomeration,
    colocation,
    group_coagglomeration,
)
from regional_analytics.measures.complexity import (
    Complexity,
    Diagnostics,
    basket_complexity,
    economic_complexity,
    reflections,
)
from regional_analytics.measures.concentration import (
    herfindahl,
    hoover_index,
    krugman_concentration,
    share_of_area,
)
from regional_analytics.measures.conditional_convergence import (
    ConditionalConvergence,
    conditional_convergence,
)
from regional_analytics.measures.conventions import (
    CONVENTIONS,
    Convention,
)
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
from regional_analytics.measures.curves import (
    Curve,
    hoover_curve,
    lorenz_curve,
)
from regional_analytics.measures.density import (
    average_density,
    distance,
    relatedness_density,
    relative_density,
)
from regional_analytics.measures.distance_parts import (
    DistanceExplained,
    explain_distance,
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
from regional_analytics.measures.entry_probability import (
    EntryProbability,
    entry_probability,
)
from regional_analytics.measures.fitness import (
    Fitness,
    basket_fitness,
    fitness,
)
from regional_analytics.measures.flow_relatedness import (
    flow_relatedness,
    skill_relatedness,
)
from regional_analytics.measures.grouping import (
    GroupTotal,
    group_total,
)
from regional_analytics.measures.growth import (
    NoBase,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures.growth_matrix import (
    GrowthMatrix,
    growth_matrix,
)
from regional_analytics.measures.industry_space import (
    IndustrySpace,
    industry_space,
)
from regional_analytics.measures.inequality import (
    Theil,
    atkinson,
    gini,
    theil,
    variation,
)
from regional_analytics.measures.inputs import (
    NegativeEmployment,
    NotFinite,
    RefusedInput,
    WrongShape,
)
from regional_analytics.measures.leave_out import (
    leave_region_out_density,
)
from regional_analytics.measures.linkages import (
    PartnerExplained,
    explain_partner,
)
from regional_analytics.measures.localisation import (
    gini_of_quotients,
    hoover_gini,
    locational_gini,
)
from regional_analytics.measures.mix_distance import (
    mix_distance,
)
from regional_analytics.measures.nestedness import (
    Nestedness,
    Supermodularity,
    log_supermodularity,
    nestedness,
)
from regional_analytics.measures.outlook import (
    Outlook,
    outlook,
)
from regional_analytics.measures.partners import (
    BestPartners,
    Partners,
    best_partners,
    complementary_partners,
)
from regional_analytics.measures.peer_group import (
    PeerPerformance,
    peer_performance,
)
from regional_analytics.measures.plants import (
    DartboardConcentration,
    cluster_index,
    ellison_glaeser,
    maurel_sedillot,
    plant_herfindahl,
)
from regional_analytics.measures.portfolio import (
    Portfolio,
    portfolio,
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
from regional_analytics.measures.proximity import (
    continuous_proximity,
    proximity,
    region_proximity,
)
from regional_analytics.measures.quotients import (
    average_quotient,
    hachman_index,
    normalised_advantage,
    per_head_quotient,
    symmetric_quotient,
)
from regional_analytics.measures.ranking import (
    RankingQuality,
    ranking_quality,
)
from regional_analytics.measures.recombination import (
    average_complexity,
    ease_of_recombination,
    modular_complexity,
)
from regional_analytics.measures.relatedness import (
    NegativeRelatedness,
    NotSymmetric,
    co_occurrence,
    relatedness,
    z_score,
)
from regional_analytics.measures.reliance import (
    CAREFUL,
    Mark,
    Reliance,
    RelianceScheme,
    Rule,
    reliance,
)
from regional_analytics.measures.scaling import (
    scale_variables,
)
from regional_analytics.measures.shift_share import (
    AbsentFromArea,
    NothingToCompare,
    ShiftShare,
    shift_share,
)
from regional_analytics.measures.shift_share_dynamic import (
    DynamicShiftShare,
    dynamic_shift_share,
)
from regional_analytics.measures.shift_share_factors import (
    ShiftShareFactors,
    shift_share_factors,
)
from regional_analytics.measures.shift_share_spatial import (
    NotNeighbours,
    SpatialShiftShare,
    spatial_shift_share,
)
from regional_analytics.measures.shrinkage import (
    ShrunkenQuotient,
    shrunken_quotient,
)
from regional_analytics.measures.similarity import (
    Nearest,
    StructuralDistance,
    nearest_regions,
    structural_distance,
)
from regional_analytics.measures.small_cells import (
    QuotientInterval,
    quotient_interval,
)
from regional_analytics.measures.space_layout import (
    space_layout,
)
from regional_analytics.measures.specialisation import (
    Coverage,
    coverage,
    krugman_specialisation,
    location_quotient,
    share_in_region,
    specialisation_coefficient,
)
from regional_analytics.measures.stability import (
    NeighbourStability,
    neighbour_stability,
)
from regional_analytics.measures.standing import (
    Standing,
    UnknownValue,
    standing,
)
from regional_analytics.measures.stars import (
    Stars,
    StarScheme,
    StarThresholds,
    cluster_stars,
)
from regional_analytics.measures.structural_change import (
    lilien_index,
    structural_change,
)
from regional_analytics.measures.suppressed_cells import (
    CellBounds,
    QuotientBounds,
    cell_bounds,
    quotient_bounds,
)
from regional_analytics.measures.survival import (
    Survival,
    specialisation_survival,
)
from regional_analytics.measures.validation import (
    BestF1,
    NotAProbability,
    average_precision,
    best_f1,
    brier_score,
    roc_auc,
)
from regional_analytics.measures.variety import (
    coherence,
    entropy,
    related_variety,
    unrelated_variety,
)
from regional_analytics.measures.weighting import (
    Weighting,
)

__all__ = [
    "CAREFUL",
    "CONVENTIONS",
    "AbsentFromArea",
    "BackTest",
    "BestF1",
    "BestPartners",
    "BetaConvergence",
    "Calibration",
    "CellBounds",
    "Complexity",
    "ConditionalConvergence",
    "Convention",
    "Core",
    "Coverage",
    "Curve",
    "DartboardConcentration",
    "Diagnostics",
    "DistanceExplained",
    "DynamicShiftShare",
    "EntryProbability",
    "EventRates",
    "Factor",
    "Fitness",
    "GroupTotal",
    "GrowthMatrix",
    "IndustrySpace",
    "Interval",
    "ListResult",
    "Mark",
    "Nearest",
    "NegativeEmployment",
    "NegativeRelatedness",
    "NeighbourStability",
    "Nestedness",
    "NoBase",
    "NotAPresence",
    "NotAProbability",
    "NotFinite",
    "NotNeighbours",
    "NotSymmetric",
    "NothingLeft",
    "NothingToCompare",
    "NothingToTest",
    "OneYearOnly",
    "Outlook",
    "PartnerExplained",
    "Partners",
    "PeerPerformance",
    "Portfolio",
    "QuotientBounds",
    "QuotientInterval",
    "RankingQuality",
    "RefusedInput",
    "Reliance",
    "RelianceScheme",
    "Rule",
    "ShiftShare",
    "ShiftShareFactors",
    "ShrunkenQuotient",
    "SigmaConvergence",
    "Span",
    "SpatialShiftShare",
    "Standing",
    "StarScheme",
    "StarThresholds",
    "Stars",
    "StructuralDistance",
    "Supermodularity",
    "Survival",
    "Theil",
    "TooFewRegions",
    "Transitions",
    "UnknownValue",
    "Weighting",
    "WrongShape",
    "assist",
    "atkinson",
    "average_complexity",
    "average_density",
    "average_precision",
    "average_quotient",
    "back_test",
    "basket_complexity",
    "basket_fitness",
    "best_f1",
    "best_partners",
    "beta_convergence",
    "brier_score",
    "calibration",
    "candidates",
    "cell_bounds",
    "cluster_index",
    "cluster_stars",
    "co_occurrence",
    "coagglomeration",
    "coherence",
    "colocation",
    "complementary_partners",
    "conditional_convergence",
    "continuous_proximity",
    "core",
    "coverage",
    "cross_proximity",
    "cross_relatedness",
    "distance",
    "diversity",
    "dynamic_shift_share",
    "ease_of_recombination",
    "economic_complexity",
    "ellison_glaeser",
    "entries",
    "entropy",
    "entry_probability",
    "event_rates",
    "events_by_year",
    "exits",
    "explain_distance",
    "explain_partner",
    "export_similarity",
    "expy",
    "fitness",
    "flow_relatedness",
    "gini",
    "gini_of_quotients",
    "group_coagglomeration",
    "group_total",
    "growth_matrix",
    "growth_over",
    "growth_percent",
    "hachman_index",
    "herfindahl",
    "hoover_curve",
    "hoover_gini",
    "hoover_index",
    "index_series",
    "industry_space",
    "inverse_normalised_ubiquity",
    "krugman_concentration",
    "krugman_specialisation",
    "leave_region_out_density",
    "lilien_index",
    "location_quotient",
    "locational_gini",
    "log_supermodularity",
    "longest_unbroken_span",
    "lorenz_curve",
    "maurel_sedillot",
    "mix_distance",
    "modular_complexity",
    "nearest_regions",
    "neighbour_stability",
    "nestedness",
    "normalised_advantage",
    "normalised_ubiquity",
    "outlook",
    "peer_performance",
    "per_head_quotient",
    "plant_herfindahl",
    "portfolio",
    "presence",
    "product_emission_intensity_index",
    "product_gini_index",
    "prody",
    "proximity",
    "quotient_bounds",
    "quotient_interval",
    "ranking_quality",
    "reflections",
    "region_proximity",
    "related_variety",
    "relatedness",
    "relatedness_density",
    "relative_density",
    "reliance",
    "roc_auc",
    "scale_variables",
    "share_in_region",
    "share_of_area",
    "shift_share",
    "shift_share_factors",
    "shrunken_quotient",
    "sigma_convergence",
    "skill_relatedness",
    "space_layout",
    "spatial_shift_share",
    "specialisation_coefficient",
    "specialisation_survival",
    "standing",
    "structural_change",
    "structural_distance",
    "symmetric_quotient",
    "taxonomy",
    "theil",
    "transition_matrix",
    "ubiquity",
    "unrelated_variety",
    "variation",
    "weighted_average",
    "wilson_interval",
    "z_score",
]
