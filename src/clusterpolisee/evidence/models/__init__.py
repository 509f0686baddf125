"""What evidence is kept as: datasets and their versions, indicators, citations and their baskets, comparisons,
derived indicators, and the schemes of stars."""

from clusterpolisee.evidence.models.basket import Basket, BasketItem
from clusterpolisee.evidence.models.category_definition import CategoryDefinition
from clusterpolisee.evidence.models.citation import Citation, CitationIsFrozen, CitedSource
from clusterpolisee.evidence.models.comparison import SavedComparison
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
from clusterpolisee.evidence.models.derived import (
    DefinitionIsPublished,
    DerivedIndicator,
    DerivedPart,
    DerivedVersion,
)
from clusterpolisee.evidence.models.fetch import SourceState
from clusterpolisee.evidence.models.mapping import CodeDecision, ColumnMapping
from clusterpolisee.evidence.models.scheme import StarScheme
from clusterpolisee.evidence.models.upload import Upload

__all__ = [
    "GAP_TRANSITIONS",
    "RESERVED_CODES",
    "TRANSITIONS",
    "Basket",
    "BasketItem",
    "CategoryDefinition",
    "Citation",
    "CitationIsFrozen",
    "CitedSource",
    "CodeDecision",
    "ColumnMapping",
    "DataGap",
    "Dataset",
    "DatasetVersion",
    "DefinitionIsPublished",
    "DerivedIndicator",
    "DerivedPart",
    "DerivedVersion",
    "GapState",
    "Indicator",
    "SavedComparison",
    "SourceState",
    "StarScheme",
    "State",
    "Upload",
    "VersionIsImmutable",
]
