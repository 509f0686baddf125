"""What evidence is kept as: datasets and their versions, indicators, citations and their baskets, comparisons,
derived indicators, and the schemes of stars."""

from clusterpolisee.evidence.models.basket import Basket, BasketItem
from clusterpolisee.evidence.models.citation import Citation, CitationIsFrozen, CitedSource
from clusterpolisee.evidence.models.comparison import SavedComparison
from clusterpolisee.evidence.models.dataset import (
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
from clusterpolisee.evidence.models.scheme import StarScheme

__all__ = [
    "TRANSITIONS",
    "Basket",
    "BasketItem",
    "Citation",
    "CitationIsFrozen",
    "CitedSource",
    "Dataset",
    "DatasetVersion",
    "DefinitionIsPublished",
    "DerivedIndicator",
    "DerivedPart",
    "DerivedVersion",
    "Indicator",
    "SavedComparison",
    "SourceState",
    "StarScheme",
    "State",
    "VersionIsImmutable",
]
