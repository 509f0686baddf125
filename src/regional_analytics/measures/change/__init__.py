"""Structure over time: growth and its parts, entry and exit, structural change, convergence."""

from regional_analytics.measures.change.conditional_convergence import (
    ConditionalConvergence,
    conditional_convergence,
)
from regional_analytics.measures.change.convergence import (
    BetaConvergence,
    SigmaConvergence,
    TooFewRegions,
    beta_convergence,
    sigma_convergence,
)
from regional_analytics.measures.change.demand import activity_growth
from regional_analytics.measures.change.entry_exit import (
    EventRates,
    Transitions,
    entries,
    event_rates,
    events_by_year,
    exits,
    transition_matrix,
)
from regional_analytics.measures.change.growth import (
    NoBase,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures.change.growth_matrix import (
    GrowthMatrix,
    growth_matrix,
)
from regional_analytics.measures.change.portfolio import (
    Portfolio,
    portfolio,
)
from regional_analytics.measures.change.shift_share import (
    AbsentFromArea,
    NothingToCompare,
    ShiftShare,
    shift_share,
)
from regional_analytics.measures.change.shift_share_dynamic import (
    DynamicShiftShare,
    dynamic_shift_share,
)
from regional_analytics.measures.change.shift_share_factors import (
    ShiftShareFactors,
    shift_share_factors,
)
from regional_analytics.measures.change.shift_share_spatial import (
    NotNeighbours,
    SpatialShiftShare,
    spatial_shift_share,
)
from regional_analytics.measures.change.structural_change import (
    lilien_index,
    structural_change,
)
from regional_analytics.measures.change.survival import (
    Survival,
    specialisation_survival,
)

__all__ = [
    "AbsentFromArea",
    "BetaConvergence",
    "ConditionalConvergence",
    "DynamicShiftShare",
    "EventRates",
    "GrowthMatrix",
    "NoBase",
    "NotNeighbours",
    "NothingToCompare",
    "Portfolio",
    "ShiftShare",
    "ShiftShareFactors",
    "SigmaConvergence",
    "Span",
    "SpatialShiftShare",
    "Survival",
    "TooFewRegions",
    "Transitions",
    "activity_growth",
    "beta_convergence",
    "conditional_convergence",
    "dynamic_shift_share",
    "entries",
    "event_rates",
    "events_by_year",
    "exits",
    "growth_matrix",
    "growth_over",
    "growth_percent",
    "index_series",
    "lilien_index",
    "longest_unbroken_span",
    "portfolio",
    "shift_share",
    "shift_share_factors",
    "sigma_convergence",
    "spatial_shift_share",
    "specialisation_survival",
    "structural_change",
    "transition_matrix",
]
