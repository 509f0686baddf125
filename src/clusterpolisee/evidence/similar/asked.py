"""What a reader asked for: by which weights, among whom. Whatever is no answer to the question is taken for the first choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clusterpolisee.evidence.similar.weightings import MOST_WEIGHT, Dimension, Scheme, rules

PREFIX = "w_"
DIGITS = {str(digit): digit for digit in range(MOST_WEIGHT + 1)}


class Among(StrEnum):
    """Who may be named."""

    EVERYWHERE = "everywhere"
    OUTSIDE = "outside"
    INSIDE = "inside"


@dataclass(frozen=True)
class Asked:
    """A weighting, the weights of its dimensions as they were asked for, and who may be named."""

    scheme: Scheme
    among: Among
    weights: Mapping[str, int]

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        scheme = rules().scheme(given.get("by", ""))
        wanted = {
            key: DIGITS.get(given.get(PREFIX + key, ""), scheme.weights.get(key, 0))
            for key in rules().dimensions
        }
        among = given.get("among", "")
        return cls(
            scheme=scheme,
            among=Among(among) if among in list(Among) else Among.EVERYWHERE,
            weights=wanted if any(wanted.values()) else dict(scheme.weights),
        )

    @property
    def has_own_weights(self) -> bool:
        return any(weight != self.scheme.weights.get(key, 0) for key, weight in self.weights.items())

    @property
    def weighed(self) -> dict[str, int]:
        """The dimensions that count, with their weights."""
        return {key: weight for key, weight in self.weights.items() if weight}

    def choices(self) -> dict[str, str]:
        """What differs from the first choices, as parameters of an address."""
        said: dict[str, str] = {}
        if self.scheme != rules().weightings[0]:
            said["by"] = self.scheme.key
        if self.among is not Among.EVERYWHERE:
            said["among"] = self.among.value
        for key, weight in self.weights.items():
            if weight != self.scheme.weights.get(key, 0):
                said[PREFIX + key] = str(weight)
        return said

    @property
    def dimensions(self) -> list[tuple[str, Dimension, int]]:
        """Parameter, dimension and weight, for a form."""
        return [(PREFIX + key, one, self.weights.get(key, 0)) for key, one in rules().dimensions.items()]
