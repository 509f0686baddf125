"""What the distance of two regions is made of, variable by variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Masked, RefusedInput, WrongShape, masked
from regional_analytics.measures.similarity.candidates import PAIRS
from regional_analytics.measures.similarity.comparison import ROUNDING, DistanceMethod, read_comparison
from regional_analytics.measures.similarity.weighting import Weighting


@dataclass(frozen=True, eq=False)
class DistanceExplained:
    """What the distance of two regions is made of; parts are the variables, then the blocks.

    contribution     (parts,), adds up to the distance; masked where one of the two is unknown
    difference       (parts,), the same before weights: d(z[r, k], z[s, k])
    by_dimension     contribution by name of dimension and block; adds up to the distance
    distance, coverage   as in structural_distance; no least coverage is asked for here
    most_different   positions of parts, largest contribution first
    most_alike       positions of parts, smallest difference first, the heavier first among equal ones
    """

    contribution: Masked
    difference: Masked
    by_dimension: Mapping[str, float]
    distance: float
    coverage: float
    most_different: tuple[int, ...]
    most_alike: tuple[int, ...]


def explain_distance(
    table: npt.ArrayLike,
    region: int,
    other: int,
    *,
    weighting: Weighting | None = None,
    method: DistanceMethod = "squared_euclidean",
    blocks: Mapping[str, npt.ArrayLike] | None = None,
) -> DistanceExplained:
    """Why two regions are near or far: what each variable adds to their distance.

        contribution[k] = w[k] · d(z[r, k], z[s, k]) / coverage[r, s]         Σ_k contribution[k] = distance[r, s]

    table, weighting, method, blocks   as given to structural_distance
    region, other                      positions
    Parts of weight 0 contribute 0 and are in neither list.
    Returns a DistanceExplained.
    Raises what structural_distance raises; RefusedInput where nothing is known of both, or a position does not exist.

    >>> why = explain_distance([[0.0, 0.0], [0.5, 1.0]], 0, 1)
    >>> why.contribution.tolist(), why.distance, why.most_different
    ([0.125, 0.5], 0.625, (1, 0))
    """
    compared = read_comparison(table, weighting or Weighting(), method, blocks)
    regions = len(compared.values)
    if not (0 <= region < regions and 0 <= other < regions):
        raise WrongShape(f"There are no regions {region} and {other} among {regions}", remedy="Count from 0.")
    parts = compared.parts
    weights = np.concatenate([parts.variables, parts.blocks])
    known = np.concatenate(
        [compared.known[region] & compared.known[other], compared.blocks_known[:, region, other]]
    )
    difference = np.concatenate([compared.differences(region)[other], compared.blocks[:, region, other]])
    coverage = float((weights * known).sum())
    if coverage < ROUNDING:
        raise RefusedInput(
            "Nothing is known of both regions",
            PAIRS,
            [(region, other)],
            "Choose regions with figures in common.",
        )
    contribution = weights * difference / coverage
    first_block = int(parts.dimension.max()) + 1
    of_part = np.concatenate([parts.dimension, np.arange(first_block, len(parts.names))])
    sums = np.bincount(of_part, weights=contribution, minlength=len(parts.names))
    counted = np.flatnonzero(known & (weights > 0))
    return DistanceExplained(
        contribution=masked(contribution, known),
        difference=masked(difference, known),
        by_dimension=dict(zip(parts.names, sums.tolist(), strict=True)),
        distance=float(contribution.sum()),
        coverage=coverage,
        most_different=tuple(counted[np.argsort(-contribution[counted], kind="stable")].tolist()),
        most_alike=tuple(counted[np.lexsort((-weights[counted], difference[counted]))].tolist()),
    )
