"""How much it hangs on the weights who is most alike: ranks of neighbours under many other sets of weights."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, masked
from regional_analytics.measures.similarity.candidates import (
    MaskedPositions,
    first_of_each_row,
    read_candidates,
)
from regional_analytics.measures.similarity.comparison import Comparison, DistanceMethod, read_comparison
from regional_analytics.measures.similarity.distance import LEAST_COVERAGE, structural_distance
from regional_analytics.measures.similarity.rank_counts import Counts, Singles, rank_counts
from regional_analytics.measures.similarity.weighting import Weighting
from regional_analytics.notes import Notes

Drawn = Literal["dimensions", "variables"]
MaskedRanks: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True, eq=False)
class NeighbourStability:
    """How firmly the neighbours of each region are its neighbours; (regions, neighbours) each, nearest first.

    neighbours      positions, in the order of the given weights; masked where there are no more
    distances       by the given weights
    lowest, median, highest   the ranks that 5 %, 50 % and 95 % of the draws reach or better; masked where that rank
                    lies beyond ranked_to
    share_in_top    the part of the draws in which it is among the first `top`
    share_unlisted  (regions,), the part of the first `top` places that went to others than those listed
    draws, seed, concentration, drawn, top, ranked_to, weighting   the conventions
    """

    neighbours: MaskedPositions
    distances: Masked
    lowest: MaskedRanks
    median: MaskedRanks
    highest: MaskedRanks
    share_in_top: Masked
    share_unlisted: Masked
    draws: int
    seed: int
    concentration: float
    drawn: Drawn
    top: int
    ranked_to: int
    weighting: Weighting


def neighbour_stability(
    table: npt.ArrayLike,
    *,
    seed: int,
    draws: int = 1000,
    concentration: float = 10.0,
    drawn: Drawn = "dimensions",
    neighbours: int = 50,
    top: int = 10,
    ranked_to: int = 100,
    weighting: Weighting | None = None,
    method: DistanceMethod = "squared_euclidean",
    least_coverage: float = LEAST_COVERAGE,
    blocks: Mapping[str, npt.ArrayLike] | None = None,
    candidates: npt.ArrayLike | None = None,
    workers: int = 1,
    notes: Notes | None = None,
) -> NeighbourStability:
    """Which neighbours stay neighbours whatever weights one takes, and which hang on ours.

        W ~ Dirichlet(α),   α[p] = concentration · parts · w[p]        around the given weights w, which are its mean
        rank[n, r, s] = 1 + #{ t nearer to r than s in draw n }        among the candidates of r

    table, weighting, method, least_coverage, blocks   as in structural_distance; which pairs have enough in common is
                    decided once, by the given weights
    seed            of the draws; the same seed gives the same result
    draws           how many sets of weights
    concentration   how near they stay: with equal weights each typically moves by 1/√concentration of itself, so by a
                    third at 10. At 1 all sets of weights are equally likely
    drawn           "dimensions": weights of dimensions and blocks move, those inside stay; "variables": each moves
    neighbours      how many are listed for each region, nearest by the given weights
    top             what counts as being among the first
    ranked_to       up to which place ranks are told apart
    candidates      (regions, regions), true where s may be named for r, as made by candidates(); by default all
    workers         threads; one matrix product each, so let BLAS have one thread
    Ranks up to ranked_to are exact counts over the draws among all candidates, with distances in single precision
    (two that differ by a millionth may change places); beyond it only that they are beyond. Ties go to the one
    nearer by the given weights.
    Returns NeighbourStability.
    Raises what structural_distance raises; RefusedInput where nothing can be drawn or an option makes no sense.
    Source: stochastic multicriteria acceptability analysis, Lahdelma, Hokkanen & Salminen (1998), European Journal of
    Operational Research 106(1); for composite indicators Saisana, Saltelli & Tarantola (2005), J. Royal Statistical
    Society A 168(2).

    >>> table = [[0.0, 0.0], [0.1, 0.1], [0.0, 0.15], [1.0, 1.0]]
    >>> scheme = Weighting(dimensions=("people", "economy"))
    >>> found = neighbour_stability(table, seed=1, weighting=scheme, top=1)
    >>> found.neighbours[0].tolist(), found.highest[0].tolist()     # 0.01 against 0.0225 · W
    ([1, 2, 3], [2, 2, 3])
    """
    _refuse_senseless(draws, concentration, drawn, neighbours, top, ranked_to, workers)
    weighting = weighting or Weighting()
    given = structural_distance(
        table,
        weighting=weighting,
        method=method,
        least_coverage=least_coverage,
        blocks=blocks,
        notes=notes,
    )
    compared = read_comparison(table, weighting, method, blocks)
    distance = given.distance.filled(np.nan)
    allowed = read_candidates(candidates, len(distance)) & ~np.isnan(distance)
    positions, distances = first_of_each_row(distance, allowed, max(neighbours, 1))
    parts = _drawn_parts(compared, drawn)
    weights = _draw(parts.weights, draws, concentration, seed)
    ranked_to = max(min(ranked_to, len(distance) - 1), 1)
    counts = _counts_of_all(
        compared, parts, weights, distance, allowed, positions.shape[1], ranked_to, workers
    )
    there = ~np.ma.getmaskarray(positions)
    up_to = counts.cumsum(axis=2) / draws
    in_top = up_to[:, :, min(top, ranked_to) - 1]
    places = np.minimum(allowed.sum(axis=1), top)
    unlisted = 1.0 - in_top.sum(axis=1) / np.maximum(places, 1)
    lowest, median, highest = (_rank_reached(up_to, share, there) for share in (0.05, 0.5, 0.95))
    return NeighbourStability(
        neighbours=positions,
        distances=distances,
        lowest=lowest,
        median=median,
        highest=highest,
        share_in_top=masked(in_top, there),
        share_unlisted=masked(np.clip(unlisted, 0.0, 1.0), places > 0),
        draws=draws,
        seed=seed,
        concentration=concentration,
        drawn=drawn,
        top=top,
        ranked_to=ranked_to,
        weighting=weighting,
    )


class _Parts(NamedTuple):
    """What is drawn: the weight of each part, and how variables add up to parts (None: each is one)."""

    weights: Floats
    within: Floats | None


def _drawn_parts(compared: Comparison, drawn: Drawn) -> _Parts:
    parts = compared.parts
    if drawn == "variables":
        chosen = _Parts(np.concatenate([parts.variables, parts.blocks]), None)
    else:
        within = np.zeros((int(parts.dimension.max()) + 1, parts.dimension.size))
        within[parts.dimension, np.arange(parts.dimension.size)] = parts.within
        chosen = _Parts(parts.across, within)
    if (chosen.weights > 0).sum() < 2:
        raise RefusedInput(
            f"There is one weight of {drawn}, and one weight cannot move",
            remedy="Name dimensions in the weighting, or draw the weights of variables.",
        )
    return chosen


def _draw(weights: Floats, draws: int, concentration: float, seed: int) -> Singles:
    """(draws, parts), around the given weights; what has no weight gets none."""
    drawn = np.zeros((draws, weights.size), dtype=np.float32)
    some = weights > 0
    alpha = concentration * some.sum() * weights[some]
    drawn[:, some] = np.random.default_rng(seed).dirichlet(alpha, draws)
    return drawn


def _counts_of_all(
    compared: Comparison,
    parts: _Parts,
    weights: Singles,
    distance: Floats,
    allowed: Flags,
    listed: int,
    ranked_to: int,
    workers: int,
) -> Counts:
    """(regions, listed, ranked_to), counts of draws."""
    counts = np.zeros((len(distance), listed, ranked_to), dtype=np.int64)
    whole = compared.is_whole

    def count(region: int) -> None:
        others = np.flatnonzero(allowed[region])
        if others.size:
            others = others[np.argsort(distance[region, others], kind="stable")]
            apart = _by_part(compared.differences(region), compared.blocks[:, region], parts, others)
            known = compared.known & compared.known[region]
            covered = None if whole else _by_part(known, compared.blocks_known[:, region], parts, others)
            counts[region] = rank_counts(apart, covered, weights, listed, ranked_to)

    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(count, range(len(distance))))
    return counts


def _by_part(
    variables: npt.NDArray[Any], blocks: npt.NDArray[Any], parts: _Parts, others: npt.NDArray[np.int64]
) -> Singles:
    """(parts, others), from (regions, variables) and (blocks, regions)."""
    chosen = variables[others].T
    summed = chosen if parts.within is None else parts.within @ chosen
    return np.concatenate([summed, blocks[:, others]], dtype=np.float32, casting="same_kind")


def _rank_reached(up_to: Floats, share: float, there: Flags) -> MaskedRanks:
    """The smallest rank that this share of the draws reaches or betters."""
    reached = up_to >= share - 1e-12
    rank = np.where(reached.any(axis=2), reached.argmax(axis=2) + 1, 0)
    return np.ma.MaskedArray(rank, mask=~there | (rank == 0))


def _refuse_senseless(
    draws: int, concentration: float, drawn: str, neighbours: int, top: int, ranked_to: int, workers: int
) -> None:
    if drawn not in ("dimensions", "variables"):
        raise RefusedInput(f"There is no drawing of “{drawn}”", remedy="Choose dimensions or variables.")
    if not 0 < concentration < np.inf:
        raise RefusedInput(f"A concentration of {concentration:g} draws nothing", remedy="Give one above 0.")
    least = {"draws": draws, "neighbours": neighbours, "top": top, "workers": workers}
    for name, number in least.items():
        if number < 1:
            raise RefusedInput(f"{name} is {number}", remedy="Give 1 or more.")
    if ranked_to < top:
        raise RefusedInput(
            f"Ranks to {ranked_to} do not tell the first {top}", remedy="Rank to `top` or farther."
        )
