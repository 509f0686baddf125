"""How far a figure carries: intervals, shrinkage, bounds of what is unknown, and marks."""

from regional_analytics.measures.uncertainty.complexity_stability import (
    ComplexityStability,
    complexity_stability,
)
from regional_analytics.measures.uncertainty.reliance import (
    CAREFUL,
    Mark,
    Reliance,
    RelianceScheme,
    Rule,
    reliance,
)
from regional_analytics.measures.uncertainty.shrinkage import (
    ShrunkenQuotient,
    shrunken_quotient,
)
from regional_analytics.measures.uncertainty.small_cells import (
    QuotientInterval,
    quotient_interval,
)
from regional_analytics.measures.uncertainty.stability_schemes import (
    STEADY,
    StabilityScheme,
)
from regional_analytics.measures.uncertainty.suppressed_cells import (
    CellBounds,
    QuotientBounds,
    cell_bounds,
    quotient_bounds,
)

__all__ = [
    "CAREFUL",
    "STEADY",
    "CellBounds",
    "ComplexityStability",
    "Mark",
    "QuotientBounds",
    "QuotientInterval",
    "Reliance",
    "RelianceScheme",
    "Rule",
    "ShrunkenQuotient",
    "StabilityScheme",
    "cell_bounds",
    "complexity_stability",
    "quotient_bounds",
    "quotient_interval",
    "reliance",
    "shrunken_quotient",
]
