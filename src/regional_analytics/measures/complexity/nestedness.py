"""Whether those with little have a part of what those with much have, which is what makes complexity one ladder."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, WrongShape, one_of, read_jobs
from regional_analytics.measures.presence import whole_presence
from regional_analytics.notes import Notes


class Nestedness(NamedTuple):
    """Mean overlaps, 0 (none) to 1 (each is contained in the next).

    regions, activities   over pairs of regions, over pairs of activities
    whole                 over both
    """

    regions: float
    activities: float
    whole: float


def nestedness(
    presence: npt.ArrayLike, *, ties: Literal["zero", "counted"] = "zero", notes: Notes | None = None
) -> Nestedness:
    """How far what one region has is a part of what a more diverse one has, and the same for activities.

        overlap of a pair = |both| / |the smaller|   where their sizes differ;   NODF = its mean over all pairs

    presence   (regions, activities), 0 and 1; masked counts as absent
    ties       a pair of equal size counts "zero" (default, as first defined: two equal regions are not nested) or is
               "counted" like others (the stable form, in which one more activity does not turn 0 into 1)
    A region with nothing is contained in all, which says nothing: pairs with it count zero.
    Returns a Nestedness of parts of 1; NaN and a note "undefined" where there is no pair.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Almeida-Neto, Guimarães, Guimarães Jr, Loyola & Ulrich (2008), Oikos 117(8); stable form: Mariani, Ren,
    Bascompte & Tessone (2019), Physics Reports 813.

    >>> nestedness([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    Nestedness(regions=1.0, activities=1.0, whole=1.0)
    """
    notes = Notes() if notes is None else notes
    whole = whole_presence(presence, notes)
    one_of(ties, "way to count ties", ("zero", "counted"))
    sums, pairs = zip(*(_overlaps(side, ties == "counted") for side in (whole, whole.T)), strict=True)
    means = [total / count if count else float("nan") for total, count in zip(sums, pairs, strict=True)]
    notes.add("undefined", "nestedness of one alone has no pair", count=sum(count == 0 for count in pairs))
    return Nestedness(means[0], means[1], sum(sums) / sum(pairs) if sum(pairs) else float("nan"))


def _overlaps(rows: Floats, counts_ties: bool) -> tuple[float, int]:
    size = rows.sum(axis=1)
    smaller = np.minimum.outer(size, size)
    counted = (smaller > 0) & (counts_ties | (np.not_equal.outer(size, size)))
    overlap = np.where(counted, (rows @ rows.T) / np.maximum(smaller, 1.0), 0.0)
    np.fill_diagonal(overlap, 0.0)
    return float(overlap.sum()) / 2, len(size) * (len(size) - 1) // 2


class Supermodularity(NamedTuple):
    """share of the two-by-two comparisons that hold, out of so many that could be made."""

    share: float
    compared: int


def log_supermodularity(
    employment: npt.ArrayLike,
    region_order: npt.ArrayLike,
    activity_order: npt.ArrayLike,
    *,
    samples: int = 100_000,
    seed: int = 0,
    notes: Notes | None = None,
) -> Supermodularity:
    """How often the more complex region is better at the more complex activity: what complexity takes for granted.

        share = how often  E[r′, a′] · E[r, a]  >  E[r, a′] · E[r′, a]      r′ more complex than r, a′ than a

    employment       (regions, activities), counts
    region_order     (regions,), complexity of regions; activity_order (activities,), complexity of activities; NaN or
                     masked: unknown
    samples          comparisons drawn, from all quadruples of four known cells; all of them where there are no more
    seed             of the draw: the same seed, the same answer
    Quadruples in which both products are 0, or an order is tied or unknown, decide nothing and are not counted.
    Returns a Supermodularity; a share of 0.5 is what a coin would give. NaN and a note "undefined" where nothing could
    be compared.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Schetter (2019), A Structural Ranking of Economic Complexity, CID Research Fellow and Graduate Student
    Working Paper 119, Harvard University.

    >>> log_supermodularity([[4.0, 1.0], [2.0, 3.0]], [0.0, 1.0], [0.0, 1.0])     # 3 · 4 > 1 · 2
    Supermodularity(share=1.0, compared=1)
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    rows, columns = (
        np.ma.asarray(order, dtype=np.float64).filled(np.nan) for order in (region_order, activity_order)
    )
    if (rows.shape, columns.shape) != (cells.values.shape[:1], cells.values.shape[1:]):
        raise WrongShape(
            "The orders do not fit the employment", remedy="Give one for each region and activity."
        )
    known = np.where(cells.known, cells.values, np.nan)
    low, high = (_pairs(order, samples, seed + place) for place, order in enumerate((rows, columns)))
    if len(low) * len(high) <= samples:
        first, second = (grid.ravel() for grid in np.meshgrid(np.arange(len(low)), np.arange(len(high))))
    else:
        random = np.random.default_rng(seed)
        first, second = (random.integers(len(side), size=samples) for side in (low, high))
    r, better_r = low[first].T
    a, better_a = high[second].T
    with_it, against = known[better_r, better_a] * known[r, a], known[r, better_a] * known[better_r, a]
    decided = ~np.isnan(with_it) & ~np.isnan(against) & (with_it + against > 0)
    compared = int(decided.sum())
    notes.add("undefined", "no two regions and activities could be compared", count=int(compared == 0))
    share = float((with_it > against)[decided].mean()) if compared else float("nan")
    return Supermodularity(share, compared)


def _pairs(order: Floats, most: int, seed: int) -> npt.NDArray[np.int64]:
    """Pairs of positions (lower, higher): all of them, or as many as asked, drawn."""
    known = np.flatnonzero(~np.isnan(order))
    if known.size < 2:
        return np.empty((0, 2), dtype=np.int64)
    if known.size * (known.size - 1) // 2 <= most:
        pairs = known[np.stack(np.triu_indices(known.size, 1), axis=1)]
    else:
        pairs = np.random.default_rng(seed).choice(known, size=(most, 2))
    one, other = order[pairs].T
    rising: npt.NDArray[np.int64] = np.where((one < other)[:, None], pairs, pairs[:, ::-1])[one != other]
    return rising
