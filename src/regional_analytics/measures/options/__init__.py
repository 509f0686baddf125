"""What a region could become good at: options weighed by named schemes, and how surely."""

from regional_analytics.measures.options.frontier import (
    Frontier,
    opportunity_frontier,
)
from regional_analytics.measures.options.parsimony import (
    PARSIMONIOUS,
    Path,
    PathScheme,
    parsimonious_path,
)
from regional_analytics.measures.options.schemes import (
    BALANCED,
    LONG_JUMPS,
    LOW_HANGING_FRUIT,
    OptionScheme,
)
from regional_analytics.measures.options.weighing import (
    WeighedOptions,
    weigh_options,
)

__all__ = [
    "BALANCED",
    "LONG_JUMPS",
    "LOW_HANGING_FRUIT",
    "PARSIMONIOUS",
    "Frontier",
    "OptionScheme",
    "Path",
    "PathScheme",
    "WeighedOptions",
    "opportunity_frontier",
    "parsimonious_path",
    "weigh_options",
]
