"""Which regions are alike, why, and how surely; how a region does among them."""

from regional_analytics.measures.similarity.candidates import (
    candidates,
)
from regional_analytics.measures.similarity.distance import (
    Nearest,
    StructuralDistance,
    nearest_regions,
    structural_distance,
)
from regional_analytics.measures.similarity.distance_parts import (
    DistanceExplained,
    explain_distance,
)
from regional_analytics.measures.similarity.mix_distance import (
    mix_distance,
)
from regional_analytics.measures.similarity.peer_group import (
    PeerPerformance,
    peer_performance,
)
from regional_analytics.measures.similarity.scaling import (
    scale_variables,
)
from regional_analytics.measures.similarity.stability import (
    NeighbourStability,
    neighbour_stability,
)
from regional_analytics.measures.similarity.weighting import (
    Weighting,
)

__all__ = [
    "DistanceExplained",
    "Nearest",
    "NeighbourStability",
    "PeerPerformance",
    "StructuralDistance",
    "Weighting",
    "candidates",
    "explain_distance",
    "mix_distance",
    "nearest_regions",
    "neighbour_stability",
    "peer_performance",
    "scale_variables",
    "structural_distance",
]
