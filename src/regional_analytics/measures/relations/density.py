"""How near a region's own activities are to each activity: the part of what is related to it that the region has.

What stands in a relatedness at [q, p] says how much having q speaks for p, so that a matrix that is not the same both
ways is read down its columns. Shares run from 0 to 1 and never in per cent.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    one_of,
    ratio,
)
from regional_analytics.measures.presence import note_unknown, read_presence
from regional_analytics.measures.relations.co_occurrence import read_relatedness
from regional_analytics.notes import Notes

Counting = Literal["with_itself", "without_itself"]
Among = Literal["all", "inside", "outside"]


def relatedness_density(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    *,
    counting: Counting = "with_itself",
    among: Among = "all",
    nearest: int | None = None,
    notes: Notes | None = None,
) -> Masked:
    """What part of the activities related to one, weighed by how related they are, a region has.

        ω[r, p] = Σ_q M[r, q] φ[q, p] / Σ_q φ[q, p]

    presence      (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    relatedness   (activities, activities), from proximity(), relatedness(), taxonomy(), assist(), flow_relatedness(),
                  skill_relatedness() or elsewhere. Masked pairs, and pairs below 0, count as unrelated (notes
                  "unknown_as_unrelated", "negative_as_unrelated")
    counting      "with_itself" (default): the diagonal counts as it stands; where it is 1, having an activity speaks
                  for it.  "without_itself": over q ≠ p only
    among         "all" (default) cells, those "inside" a region's basket, or those "outside", its options
    nearest       only the k activities most related to p, itself among them if it counts; those tied with the k-th all
                  count, so that their order does not matter. None (default) is all of them
    Returns (regions, activities), a share from 0 to 1. Masked where not asked for, and, inside and outside, where the
    presence is unknown. NaN and a note "undefined" for an activity that nothing is related to.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another name or a k below 1.
    Source: Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837); inside and outside Balland, Boschma,
    Crespo & Rigby (2019), Regional Studies 53(9); the nearest k as in ecomplexity for Stata.

    >>> near = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]      # wine, glass, steel
    >>> relatedness_density([[1, 0, 0]], near).round(3).tolist()         # 1/1.5, 0.5/2 and 0
    [[0.667, 0.25, 0.0]]
    >>> relatedness_density([[1, 0, 0]], near, counting="without_itself", among="outside").tolist()
    [[None, 0.5, 0.0]]
    """
    notes = Notes() if notes is None else notes
    cells, weights = _read(presence, relatedness, counting, nearest, notes)
    share = share_of_related(cells.values, weights, notes)
    return masked(share, asked_for(cells, among))


def average_density(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    *,
    counting: Counting = "with_itself",
    among: Among = "all",
    nearest: int | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How near what a region has is to the activities in its basket, or to its options, on average.

        ω̄[r] = mean of ω[r, p] over p in the basket ("inside"), outside it, or both ("all")

    All arguments as in relatedness_density(). "inside" tells how coherent a region is, "outside" how flexible: how much
    lies within its reach.
    Returns (regions,), a share. Activities that nothing is related to are left out. NaN and a note "undefined" for a
    region without any activity to take the mean over: one that has nothing (inside) or everything (outside).
    Raises as relatedness_density().
    Source: Boschma, Balland & Kogler (2015), Industrial and Corporate Change 24(1), inside; Balland, Rigby & Boschma
    (2015), Cambridge J. of Regions, Economy and Society 8(2), outside.

    >>> near = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    >>> average_density([[1, 0, 0]], near, among="outside").tolist()     # (0.25 + 0) / 2
    [0.125]
    """
    notes = Notes() if notes is None else notes
    density = relatedness_density(
        presence, relatedness, counting=counting, among=among, nearest=nearest, notes=notes
    )
    told = ~np.ma.getmaskarray(density) & ~np.isnan(density.data)
    mean = ratio(np.where(told, density.data, 0.0).sum(axis=1), told.sum(axis=1).astype(np.float64))
    notes.add(
        "undefined",
        f"0/0: no activity {'with relations' if among == 'all' else among} to take the mean over",
        axes=("region",),
        positions=np.argwhere(np.isnan(mean)),
    )
    return masked(mean, np.ones(mean.shape, dtype=np.bool_))


def distance(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    *,
    counting: Counting = "with_itself",
    among: Among = "all",
    nearest: int | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How far a region is from an activity: the part of what is related to it that the region lacks.

        δ[r, p] = 1 − ω[r, p]

    All arguments as in relatedness_density().
    Returns (regions, activities), from 0 (has all that is related) to 1; masked and NaN where the density is.
    Raises as relatedness_density().
    Source: Hausmann, Hidalgo et al. (2014), The Atlas of Economic Complexity.

    >>> distance([[1, 0, 0]], [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]])[0, 1].tolist()
    0.75
    >>> distance([[1, 0]], np.eye(2)).tolist()     # related to themselves alone: one has them or not
    [[0.0, 1.0]]
    """
    density = relatedness_density(
        presence, relatedness, counting=counting, among=among, nearest=nearest, notes=notes
    )
    return masked(1.0 - density.data, ~np.ma.getmaskarray(density))


def relative_density(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    *,
    counting: Counting = "with_itself",
    among: Literal["outside", "all"] = "outside",
    ddof: int = 0,
    nearest: int | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How near an activity is to a region, next to the other options that the region has.

        ω̃[r, p] = (ω[r, p] − mean of r's options) / (standard deviation of r's options)

    An option is an activity outside the basket. Above 0 is the nearer, below 0 the more unrelated part of them.
    presence, relatedness, counting, nearest   as in relatedness_density()
    among   "outside" (default, as in econcomplex): options only.  "all" (as in economic-complexity): what a region
            has is placed on the scale of its options too
    ddof    the deviation divides by n − ddof: 0 (default, econcomplex) or 1 (economic-complexity)
    Returns (regions, activities), in standard deviations. Masked, for "outside", inside the basket and where the
    presence is unknown. NaN and a note "undefined" for an activity nothing is related to, and for a region whose
    options are none, one, or all equally near.
    Raises as relatedness_density(); RefusedInput for another ddof.
    Source: Pinheiro, Hartmann, Boschma & Hidalgo (2022), Research Policy 51(8).

    >>> near = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    >>> relative_density([[1, 0, 0]], near).tolist()       # 0.25 and 0 are one deviation above and below 0.125
    [[None, 1.0, -1.0]]
    """
    notes = Notes() if notes is None else notes
    one_of(among, "choice of cells", ("outside", "all"))
    one_of(ddof, "ddof", (0, 1))
    cells, weights = _read(presence, relatedness, counting, nearest, notes)
    density = share_of_related(cells.values, weights, notes)
    options = asked_for(cells, "outside") & ~np.isnan(density)
    many = options.sum(axis=1, keepdims=True).astype(np.float64)
    centre = ratio(np.where(options, density, 0.0).sum(axis=1, keepdims=True), many)
    squares = np.where(options, (density - centre) ** 2, 0.0).sum(axis=1, keepdims=True)
    spread = np.sqrt(ratio(squares, np.maximum(many - ddof, 0.0)))
    level = spread <= 1e-12  # options equally near differ by rounding only
    spread[level] = np.nan
    notes.add(
        "undefined",
        "0/0: the region's options are none, one, or all equally near",
        axes=("region",),
        positions=np.argwhere(np.isnan(spread[:, 0])),
    )
    return masked((density - centre) / spread, asked_for(cells, among))


def share_of_related(there: Floats, weights: Floats, notes: Notes) -> Floats:
    """M φ / 1ᵀφ for matrices that were read before; NaN and a note where nothing is related."""
    wholes = weights.sum(axis=0)
    notes.add(
        "undefined",
        "0/0: nothing is related to the activity",
        count=len(there) * int((wholes == 0).sum()),
        axes=("activity",),
        positions=np.argwhere(wholes == 0),
    )
    share: Floats = ratio(there @ weights, wholes)
    return np.minimum(share, 1.0)  # a share of everything may be above 1 by rounding


def _read(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    counting: Counting,
    nearest: int | None,
    notes: Notes,
) -> tuple[Cells, Floats]:
    one_of(counting, "counting", ("with_itself", "without_itself"))
    cells = read_presence(presence)
    note_unknown(cells, notes)
    weights = read_relatedness(
        relatedness,
        activities=cells.values.shape[1],
        symmetric=False,
        negative="unrelated",
        notes=notes,
    )
    if counting == "without_itself" and weights.diagonal().any():
        weights = weights.copy()
        np.fill_diagonal(weights, 0.0)
    return cells, weights if nearest is None else _nearest_only(weights, nearest)


def _nearest_only(weights: Floats, nearest: int) -> Floats:
    """The k largest of each column, with those tied with the k-th, and 0 elsewhere."""
    if not (isinstance(nearest, int | np.integer) and nearest >= 1):
        raise RefusedInput(f"There are no nearest {nearest}", remedy="Ask for a whole number, at least 1.")
    if nearest >= len(weights):
        return weights
    last = np.partition(weights, len(weights) - nearest, axis=0)[len(weights) - nearest]
    return np.where(weights >= last, weights, 0.0)


def asked_for(cells: Cells, among: Among) -> Flags:
    one_of(among, "choice of cells", ("all", "inside", "outside"))
    if among == "all":
        return np.ones(cells.values.shape, dtype=np.bool_)
    shown: Flags = cells.known & (cells.values == (among == "inside"))
    return shown
