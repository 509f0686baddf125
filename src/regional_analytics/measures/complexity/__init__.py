"""How complex regions and activities are, and what they could bring nearer: complexity, fitness, outlook."""

from regional_analytics.measures.complexity.attributes import (
    expy,
    inverse_normalised_ubiquity,
    normalised_ubiquity,
    product_emission_intensity_index,
    product_gini_index,
    prody,
    weighted_average,
)
from regional_analytics.measures.complexity.conventions import (
    CONVENTIONS,
    Convention,
)
from regional_analytics.measures.complexity.economic_complexity import (
    Complexity,
    Diagnostics,
    basket_complexity,
    economic_complexity,
    reflections,
)
from regional_analytics.measures.complexity.fitness import (
    Fitness,
    basket_fitness,
    fitness,
)
from regional_analytics.measures.complexity.nestedness import (
    Nestedness,
    Supermodularity,
    log_supermodularity,
    nestedness,
)
from regional_analytics.measures.complexity.outlook import (
    Outlook,
    outlook,
)
from regional_analytics.measures.complexity.recombination import (
    average_complexity,
    ease_of_recombination,
    modular_complexity,
)

__all__ = [
    "CONVENTIONS",
    "Complexity",
    "Convention",
    "Diagnostics",
    "Fitness",
    "Nestedness",
    "Outlook",
    "Supermodularity",
    "average_complexity",
    "basket_complexity",
    "basket_fitness",
    "ease_of_recombination",
    "economic_complexity",
    "expy",
    "fitness",
    "inverse_normalised_ubiquity",
    "log_supermodularity",
    "modular_complexity",
    "nestedness",
    "normalised_ubiquity",
    "outlook",
    "product_emission_intensity_index",
    "product_gini_index",
    "prody",
    "reflections",
    "weighted_average",
]
