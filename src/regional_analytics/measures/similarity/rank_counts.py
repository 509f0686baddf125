"""How often each neighbour comes first, second, third … when weights are drawn: the kernel behind stability.

For one region, distances to all others under all draws are one matrix product. Full rankings of them would cost
minutes for a continent, and nobody reads the 900th place. So only what can be among the first `ranked_to` is sorted,
and that exactly: in each draw, the `ranked_to`-th smallest distance among some others bounds the one among all, and
whoever is farther than this bound is left out.

Distances are in single precision: two others nearer to each other than about a millionth may change places.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Singles: TypeAlias = npt.NDArray[np.float32]
Counts: TypeAlias = npt.NDArray[np.int64]

_SPARE = 1.5  # the bound is sought among this many times ranked_to: more make it tighter, and cost more
_AT_ONCE = 250  # draws; their distances then stay near the processor
_ROUNDING = np.float32(1.00001)  # of sums of weights in single precision
_NOBODY = np.iinfo(np.int64).max
_LOW_HALF = np.int64(0xFFFFFFFF)


def rank_counts(
    parts: Singles, covered: Singles | None, draws: Singles, listed: int, ranked_to: int
) -> Counts:
    """In how many draws each of the first `listed` others has each rank from 1 to `ranked_to`.

        distance[n, s] = Σ_p draws[n, p] · parts[p, s] / Σ_p draws[n, p] · covered[p, s]

    parts     (parts, others), what each part of the distance is before its weight; others stand in an order of their
              own, which decides ties
    covered   (parts, others), how much of each part is known, or None where everything is
    draws     (draws, parts), weights
    Returns (listed, ranked_to), counts; what is missing from the number of draws came after ranked_to.
    """
    counts = np.zeros((listed + 1) * ranked_to, dtype=np.int64)
    for start in range(0, len(draws), _AT_ONCE):
        order = _first_of_each_draw(parts, covered, draws[start : start + _AT_ONCE], ranked_to)
        codes = np.minimum(order, listed) * ranked_to + np.arange(order.shape[1])
        counts += np.bincount(codes.ravel(), minlength=counts.size)
    return counts.reshape(listed + 1, ranked_to)[:listed]


def _first_of_each_draw(parts: Singles, covered: Singles | None, draws: Singles, ranked_to: int) -> Counts:
    """(draws, at most ranked_to), the nearest others of each draw in order; a huge number where there are no more."""
    apart = draws @ parts
    some = np.arange(min(int(_SPARE * ranked_to), apart.shape[1]))
    near = _distances(apart, covered, draws, some)
    keys = _keys(near, some)
    if some.size < apart.shape[1]:
        bound = np.sort(near, axis=1)[:, ranked_to - 1 : ranked_to]
        # No distance is below the sum it is made from, since no more than all weight is covered.
        beyond = np.logical_and.reduce(apart[:, some.size :] > bound * _ROUNDING, axis=0)
        rest = some.size + np.flatnonzero(~beyond)
        keys = np.concatenate(
            [keys, _keys_within(_distances(apart, covered, draws, rest), rest, bound)], axis=1
        )
    keys.sort(axis=1)
    found: Counts = keys[:, :ranked_to] & _LOW_HALF
    return found


def _distances(apart: Singles, covered: Singles | None, draws: Singles, others: Counts) -> Singles:
    """(draws, others), of these others only."""
    chosen: Singles = apart[:, others]
    if covered is not None:
        with np.errstate(invalid="ignore"):  # all drawn weight on what is unknown: NaN, which comes last
            chosen /= draws @ covered[:, others]
    return chosen


def _keys_within(distances: Singles, others: Counts, bound: Singles) -> Counts:
    """(draws, as many as need be), the keys of those of these others that are within the bound of their draw."""
    near = np.flatnonzero(~(distances > bound))
    draw, column = np.divmod(near, max(others.size, 1))
    in_draw = np.bincount(draw, minlength=len(distances))
    before = np.repeat(np.cumsum(in_draw) - in_draw, in_draw)
    keys = np.full((len(distances), int(in_draw.max())), _NOBODY)
    keys[draw, np.arange(near.size) - before] = _keys(distances.ravel()[near], others[column])
    return keys


def _keys(distances: Singles, other: npt.NDArray[Any]) -> Counts:
    """Distance and position in one whole number: the bits of a single that is 0 or more sort like the number."""
    bits = (
        distances.view(np.int32).astype(np.int64) & 0x7FFFFFFF
    )  # a NaN may carry a sign, and comes last without
    packed: Counts = (bits << 32) | other
    return packed
