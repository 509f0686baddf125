"""How much each variable counts: weights inside dimensions, and weights of dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, RefusedInput

ONE_DIMENSION = "variables"


class PartWeights(NamedTuple):
    """A weighting worked out for a table: everything adds up to 1.

    names      dimensions, then blocks
    across     (dimensions + blocks,), weight of each
    within     (variables,), weight inside its dimension
    dimension  (variables,), which of the names it belongs to
    """

    names: tuple[str, ...]
    across: Floats
    within: Floats
    dimension: npt.NDArray[np.int64]

    @property
    def variables(self) -> Floats:
        """(variables,), the weight of each in the whole."""
        return self.across[self.dimension] * self.within

    @property
    def blocks(self) -> Floats:
        """(blocks,), the weight of each in the whole."""
        return self.across[self.dimension.max() + 1 :]


@dataclass(frozen=True)
class Weighting:
    """How much variables count, by name and version.

        w[k] = W[d] / Σ W  ·  v[k] / Σ v over the dimension d of k

    dimensions          the dimension of each variable: ("people", "people", "economy", …). By default they are one
    weights             v, of each variable inside its dimension, 0 or more; by default equal
    dimension_weights   W, by name, 0 or more, for each dimension and block; by default equal

    Equal weights of dimensions keep a dimension from counting more because it happens to have more variables.
    Raises RefusedInput for negative weights, weights that add up to nothing, or names that do not fit.

    >>> scheme = Weighting(dimensions=("people", "people", "economy"))
    >>> scheme.of(3).variables.tolist()
    [0.25, 0.25, 0.5]
    """

    dimensions: tuple[str, ...] | None = None
    weights: tuple[float, ...] | None = None
    dimension_weights: Mapping[str, float] | None = None
    name: str = "equal"
    version: str = "1"

    def of(self, variables: int, blocks: Sequence[str] = ()) -> PartWeights:
        """The weights for so many variables, and blocks with these names; each block is a dimension of its own."""
        dimensions = self.dimensions or (ONE_DIMENSION,) * variables
        weights = self.weights or (1.0,) * variables
        if not variables == len(dimensions) == len(weights) or variables == 0:
            raise RefusedInput(
                f"The weighting “{self.name}” has {len(dimensions)} dimensions and {len(weights)} weights "
                f"for {variables} variables",
                remedy="Give one of each for each variable.",
            )
        names = tuple(dict.fromkeys(dimensions))
        if clash := set(names) & set(blocks):
            raise RefusedInput(f"A block and a dimension are both named “{min(clash)}”", remedy="Rename one.")
        dimension = np.array([names.index(name) for name in dimensions], dtype=np.int64)
        given = self._checked(weights, "variables")
        sums = np.bincount(dimension, weights=given, minlength=len(names))
        if not sums.all():
            empty = names[int(np.argmin(sums))]
            raise RefusedInput(f"All weights in “{empty}” are 0", remedy="Give the dimension the weight 0.")
        across = self._checked(
            [self._across(name, (*names, *blocks)) for name in (*names, *blocks)], "dimensions"
        )
        return PartWeights((*names, *blocks), across / across.sum(), given / sums[dimension], dimension)

    def _across(self, name: str, names: Sequence[str]) -> float:
        if self.dimension_weights is None:
            return 1.0
        if unfit := set(names) ^ set(self.dimension_weights):
            raise RefusedInput(
                f"The weighting “{self.name}” and the table do not both have “{min(unfit)}”",
                remedy="Give each dimension and block a weight; 0 leaves it out.",
            )
        return self.dimension_weights[name]

    def _checked(self, weights: Sequence[float], what: str) -> Floats:
        checked: np.ndarray[Any, np.dtype[np.float64]] = np.asarray(weights, dtype=np.float64)
        if not (np.isfinite(checked).all() and (checked >= 0).all() and checked.sum() > 0):
            raise RefusedInput(
                f"The weights of {what} in “{self.name}” are not all 0 or more, with one above 0",
                remedy="0 leaves a part out; a weight cannot be negative.",
            )
        return checked
