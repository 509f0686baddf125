"""What evidence is kept as: datasets and their versions, indicators, citations, comparisons, and the schemes of stars."""

from clusterpolisee.evidence.models.citation import Citation, CitationIsFrozen
from clusterpolisee.evidence.models.comparison import SavedComparison
from clusterpolisee.evidence.models.dataset import (
    TRANSITIONS,
    Dataset,
    DatasetVersion,
    Indicator,
    State,
    VersionIsImmutable,
)
from clusterpolisee.evidence.models.scheme import StarScheme

__all__ = [
    "TRANSITIONS",
    "Citation",
    "CitationIsFrozen",
    "Dataset",
    "DatasetVersion",
    "Indicator",
    "SavedComparison",
    "StarScheme",
    "State",
    "VersionIsImmutable",
]
