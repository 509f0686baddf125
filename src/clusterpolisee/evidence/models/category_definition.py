"""What a cluster category meant when a figure of it was computed: its parts and weights at one revision.

A category can be edited; a figure carries the definition it was computed by, and a citation keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterpolisee.classifications.category_words import parts_text
from clusterpolisee.shell.languages import pick


@dataclass(frozen=True)
class CategoryDefinition:
    """One revision of a category. names and schemes are by language; weights by the code of the part."""

    code: str
    revision: int
    names: Mapping[str, str]
    schemes: Mapping[str, str]
    weights: Mapping[str, float]

    @property
    def name(self) -> str:
        return pick(self.names) or self.code

    @property
    def scheme(self) -> str:
        return pick(self.schemes)

    @property
    def parts(self) -> str:
        """I55, I56:0.5"""
        return parts_text(self.weights)

    def counts_like(self, other: CategoryDefinition) -> bool:
        """Whether both count the same parts with the same weights, whatever they are called."""
        return dict(self.weights) == dict(other.weights)

    def as_record(self) -> dict[str, Any]:
        """As a citation keeps it and a program reads it."""
        return {
            "code": self.code,
            "revision": self.revision,
            "names": dict(self.names),
            "scheme": dict(self.schemes),
            "weights": dict(self.weights),
        }

    @classmethod
    def from_record(cls, kept: Mapping[str, Any]) -> CategoryDefinition:
        # A database may give the weights back in another order; sums are made in the order of the codes.
        weights = dict(sorted(kept["weights"].items()))
        return cls(kept["code"], kept["revision"], kept["names"], kept["scheme"], weights)
