"""What evidence is kept as: datasets and their versions, indicators, citations, and the schemes of stars."""

from clusterpolisee.evidence.models.citation import Citation, CitationIsFrozen
from clusterpolisee.evidence.models.data_gap import GAP_TRANSITIONS, DataGap, GapState
from clusterpolisee.evidence.models.dataset import (
    RESERVED_CODES,
    TRANSITIONS,
    Dataset,
    DatasetVersion,
    Indicator,
    State,
    VersionIsImmutable,
)
from clusterpolisee.evidence.models.mapping import CodeDecision, ColumnMapping
from clusterpolisee.evidence.models.scheme import StarScheme
from clusterpolisee.evidence.models.upload import Upload

__all__ = [
    "GAP_TRANSITIONS",
    "RESERVED_CODES",
    "TRANSITIONS",
    "Citation",
    "CitationIsFrozen",
    "CodeDecision",
    "ColumnMapping",
    "DataGap",
    "Dataset",
    "DatasetVersion",
    "GapState",
    "Indicator",
    "StarScheme",
    "State",
    "Upload",
    "VersionIsImmutable",
]
