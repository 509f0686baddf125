"""Which regions are alike: their distance over many variables, and who is nearest.

Tables are (regions, variables) and already on one scale (scaling.py); masked and NaN cells cannot be compared. A block
is a distance of its own, (regions, regions), such as that of two mixes of industries (mix_distance.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, WrongShape, masked, ratio
from regional_analytics.measures.similarity.candidates import (
    PAIRS,
    MaskedPositions,
    first_of_each_row,
    read_candidates,
)
from regional_analytics.measures.similarity.comparison import ROUNDING, DistanceMethod, read_comparison
from regional_analytics.measures.similarity.scaling import read_variables
from regional_analytics.measures.similarity.weighting import Weighting
from regional_analytics.notes import Notes

LEAST_COVERAGE = 0.6


@dataclass(frozen=True, eq=False)
class StructuralDistance:
    """How unlike regions are, pair by pair.

    distance         (regions, regions), 0 is alike; masked where too little is known of both
    coverage         (regions, regions), the weight of what is known of both, 0 to 1
    weights          (variables,), how much each variable counts in the whole
    block_weights    (blocks,), the same of the blocks, in the order given
    method, least_coverage, weighting   the conventions
    """

    distance: Masked
    coverage: Floats
    weights: Floats
    block_weights: Floats
    method: DistanceMethod
    least_coverage: float
    weighting: Weighting


def structural_distance(
    table: npt.ArrayLike,
    *,
    weighting: Weighting | None = None,
    method: DistanceMethod = "squared_euclidean",
    least_coverage: float = LEAST_COVERAGE,
    blocks: Mapping[str, npt.ArrayLike] | None = None,
    notes: Notes | None = None,
) -> StructuralDistance:
    """How unlike regions are in what is hard to change: people, economy, industries, knowledge.

        coverage[r, s] = Σ_k w[k]                                 over what is known of both, blocks included
        distance[r, s] = Σ_k w[k] · d(z[r, k], z[s, k]) / coverage[r, s]

        "squared_euclidean"   d = (z[r, k] − z[s, k])²            the default, after Navarro et al.
        "manhattan"           d = |z[r, k] − z[s, k]|
        "gower"               d = |z[r, k] − z[s, k]| / (highest − lowest of k): needs no scaling before

    table            (regions, variables), on one scale: from scale_variables()
    weighting        how much variables and dimensions count; by default all variables the same
    least_coverage   below this part of the weight a pair is masked, with a note "too_little_in_common". 0.6 is our
                     convention: a pair that shares less is compared by what happens to be published
    blocks           further distances by name, (regions, regions) each, from 0 to about 1, weighted like a dimension
    Dividing by what is covered takes the unknown part to be like the known one: neither alike nor unlike.
    Returns a StructuralDistance, symmetric, 0 on the diagonal. NaN and a note "undefined" where nothing is known of
    both and least_coverage is 0.
    Raises WrongShape, NotFinite; RefusedInput for infinite cells, names that do not exist, a negative or lopsided block,
    weights that do not fit, a least coverage outside 0 to 1.
    Source: Navarro et al. (2014), JRC S3 Working Paper 03/2014; Gower (1971), Biometrics 27(4), who also divides by
    the weight of what can be compared.

    >>> table = np.ma.masked_invalid([[0.0, 0.0], [0.5, 1.0], [0.5, np.nan]])
    >>> found = structural_distance(table, least_coverage=0.5)
    >>> found.distance[0].tolist(), found.coverage[0].tolist()     # ½ · 0.25 + ½ · 1, and 0.25 over half the weight
    ([0.0, 0.625, 0.25], [1.0, 1.0, 0.5])
    """
    notes = Notes() if notes is None else notes
    if not 0 <= least_coverage <= 1:
        raise RefusedInput(f"A least coverage of {least_coverage:g} makes no sense", remedy="Give 0 to 1.")
    weighting = weighting or Weighting()
    compared = read_comparison(table, weighting, method, blocks)
    weights = compared.parts.variables
    known = compared.known.astype(np.float64)
    coverage = (known * weights) @ known.T
    apart = np.zeros_like(coverage)
    for region in range(len(apart)):
        apart[region, region:] = compared.differences(region, region) @ weights
        apart[region:, region] = apart[region, region:]
    for weight, block, there in zip(
        compared.parts.blocks, compared.blocks, compared.blocks_known, strict=True
    ):
        apart += weight * block
        coverage += weight * there
    enough = coverage >= least_coverage - ROUNDING
    distance = ratio(apart, np.where(coverage < ROUNDING, 0.0, coverage))
    note_pairs("too_little_in_common", "too little is known of both regions", ~enough, notes)
    note_pairs("undefined", "0/0: nothing is known of both regions", enough & np.isnan(distance), notes)
    return StructuralDistance(
        masked(distance, enough), coverage, weights, compared.parts.blocks, method, least_coverage, weighting
    )


class Nearest(NamedTuple):
    """The nearest regions of each region, nearest first; masked where there are no more.

    positions   (regions, wanted), which regions
    distances   (regions, wanted), how far
    """

    positions: MaskedPositions
    distances: Masked


def nearest_regions(
    distance: npt.ArrayLike, wanted: int = 20, *, candidates: npt.ArrayLike | None = None
) -> Nearest:
    """The regions each region is most like.

        N[r] = the s ≠ r with the smallest distance[r, s], among the candidates of r

    distance     (regions, regions), from structural_distance() or mix_distance(); masked and NaN pairs do not compete
    wanted       how many; fewer come back masked
    candidates   (regions, regions), true where s may be named for r, as made by candidates(); by default all
    Equal distances come in the order of their positions.
    Returns Nearest.
    Raises WrongShape, RefusedInput for fewer than 1.
    Source: the tool “Benchmarking regional structure” of Orkestra and the S3 Platform, which can leave out the region's own
    country.

    >>> distance = [[0.0, 0.3, 0.1], [0.3, 0.0, 0.2], [0.1, 0.2, 0.0]]
    >>> nearest_regions(distance, 2).positions.tolist()
    [[2, 1], [2, 0], [0, 1]]
    """
    read = read_variables(distance, "The distance", PAIRS)
    regions = read.values.shape[0]
    if read.values.shape != (regions, regions):
        raise WrongShape(f"The distance has the shape {read.values.shape}", remedy="Give (regions, regions).")
    allowed = read_candidates(candidates, regions) & read.known
    return Nearest(*first_of_each_row(read.values, allowed, wanted))


def note_pairs(kind: str, meaning: str, touched: Flags, notes: Notes) -> None:
    """Each pair once, and a region of which too little is known to compare it with itself."""
    notes.add(kind, meaning, axes=PAIRS, positions=np.argwhere(np.triu(touched)))
