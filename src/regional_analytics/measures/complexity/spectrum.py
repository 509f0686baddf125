"""The second eigenvector that complexity is read from, found without the others.

    S = D^-½ M U^-1 Mᵀ D^-½     or, where there are fewer activities than regions,     T = U^-½ Mᵀ D^-1 M U^-½

Both are symmetric and share their eigenvalues, of which the first is 1 and known by its vector (√d or √u). It is taken away, and
the largest of what is left is λ₂. Large ones are found by Lanczos from a start that is always the same, small ones directly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh
from scipy.sparse.linalg import ArpackError, eigsh

from regional_analytics.measures.complexity.proximity_sums import Real
from regional_analytics.measures.inputs import Floats

_DIRECT = 150  # up to this size all of it is found as fast as a part
_NO_LESS = 1e-12


class Spectrum(NamedTuple):
    """What the second vector says, before signs and scales.

    regions      (regions,), k with D⁻¹ M U⁻¹ Mᵀ k = λ₂ k
    activities   (activities,), q with k = D⁻¹ M q: the mean over what a region has
    second, third   λ₂ and λ₃; λ₃ is 0 where there are only two
    """

    regions: Floats
    activities: Floats
    second: float
    third: float


def second_vector(presence: Real) -> Spectrum:
    """presence is (regions, activities), 0 and 1, no row or column empty, at least two of each, not all of it 1."""
    diversity = presence.sum(axis=1, dtype=np.float64)
    ubiquity = presence.sum(axis=0, dtype=np.float64)
    by_region = len(diversity) <= len(ubiquity)
    own, other = (diversity, ubiquity) if by_region else (ubiquity, diversity)
    rows = presence if by_region else presence.T
    scaled = rows * (1.0 / np.sqrt(other)).astype(presence.dtype)
    scaled *= (1.0 / np.sqrt(own)).astype(presence.dtype)[:, None]
    matrix = (scaled @ scaled.T).astype(np.float64, copy=False)
    first = np.sqrt(own / own.sum())
    matrix -= np.outer(first, first)
    values, vectors = _largest(matrix)
    vector = vectors[:, 0] / np.sqrt(own)
    second = min(max(float(values[0]), _NO_LESS), 1.0)
    there = presence.astype(np.float64, copy=False)
    if by_region:
        regions = vector
        activities = (there.T @ regions) / ubiquity / second
    else:
        activities = vector / np.sqrt(second)
        regions = (there @ activities) / diversity
    return Spectrum(regions, activities, second, min(float(values[1]), second))


def _largest(matrix: Floats) -> tuple[Floats, Floats]:
    """The two largest eigenvalues, falling, and their vectors."""
    size = len(matrix)
    if size > _DIRECT:
        try:
            start = np.cos(np.arange(size, dtype=np.float64))
            values, vectors = eigsh(matrix, k=2, which="LA", v0=start, tol=0)
            falling = np.argsort(values)[::-1]
            return values[falling], vectors[:, falling]
        except ArpackError:
            pass  # close neighbours among the eigenvalues: the direct way is slower, and finds them
    values, vectors = eigh(matrix, subset_by_index=[size - 2, size - 1])
    return values[::-1], vectors[:, ::-1]
