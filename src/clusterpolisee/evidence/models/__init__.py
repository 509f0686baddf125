"""What evidence is kept as: datasets and their versions, indicators, citations, and the schemes of stars."""

from clusterpolisee.evidence.models.citation import Citation, CitationIsFrozen
from clusterpolisee.evidence.models.dataset import (
    TRANSITIONS,
    Dataset,
    DatasetVersion,
    Indicator,
    State,
    VersionIsImmutable,
)
from clusterpolisee.evidence.models.fetch import SourceState
from clusterpolisee.evidence.models.scheme import StarScheme

__all__ = [
    "TRANSITIONS",
    "Citation",
    "CitationIsFrozen",
    "Dataset",
    "DatasetVersion",
    "Indicator",
    "SourceState",
    "StarScheme",
    "State",
    "VersionIsImmutable",
]
