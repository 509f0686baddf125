"""How near activities are to each other, and to what a region has: proximity, density, space, variety."""

from regional_analytics.measures.relations.co_occurrence import (
    NegativeRelatedness,
    NotSymmetric,
    co_occurrence,
    relatedness,
    z_score,
)
from regional_analytics.measures.relations.cross_relatedness import (
    assist,
    cross_proximity,
    cross_relatedness,
    export_similarity,
    taxonomy,
)
from regional_analytics.measures.relations.density import (
    average_density,
    distance,
    relatedness_density,
    relative_density,
)
from regional_analytics.measures.relations.flow_relatedness import (
    flow_relatedness,
    skill_relatedness,
)
from regional_analytics.measures.relations.industry_space import (
    IndustrySpace,
    industry_space,
)
from regional_analytics.measures.relations.leave_out import (
    leave_region_out_density,
)
from regional_analytics.measures.relations.proximity import (
    continuous_proximity,
    proximity,
    region_proximity,
)
from regional_analytics.measures.relations.space_layout import (
    space_layout,
)
from regional_analytics.measures.relations.variety import (
    coherence,
    entropy,
    related_variety,
    unrelated_variety,
)

__all__ = [
    "IndustrySpace",
    "NegativeRelatedness",
    "NotSymmetric",
    "assist",
    "average_density",
    "co_occurrence",
    "coherence",
    "continuous_proximity",
    "cross_proximity",
    "cross_relatedness",
    "distance",
    "entropy",
    "export_similarity",
    "flow_relatedness",
    "industry_space",
    "leave_region_out_density",
    "proximity",
    "region_proximity",
    "related_variety",
    "relatedness",
    "relatedness_density",
    "relative_density",
    "skill_relatedness",
    "space_layout",
    "taxonomy",
    "unrelated_variety",
    "z_score",
]
