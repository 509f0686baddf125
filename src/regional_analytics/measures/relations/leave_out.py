"""Density from everybody else's relatedness: what the other regions alone would have said about this one."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, Masked, masked, one_of, ratio
from regional_analytics.measures.presence import note_unknown, read_presence
from regional_analytics.measures.relations.density import Among, Counting, asked_for
from regional_analytics.measures.relations.proximity import wholes
from regional_analytics.notes import Notes


def leave_region_out_density(
    presence: npt.ArrayLike,
    *,
    normalise: Literal["max", "sqrt", "min"] = "max",
    counting: Counting = "with_itself",
    among: Among = "all",
    notes: Notes | None = None,
) -> Masked:
    """What part of the related activities a region has, where the other regions alone decide what is related.

        ω[r, p] = Σ_q M[r, q] φ⁽ʳ⁾[q, p] / Σ_q φ⁽ʳ⁾[q, p]        φ⁽ʳ⁾ the proximity without region r

    A region's own basket makes its activities look related; with few regions a density tells it what it knows already.
    Use this where density is to predict, and to see how much of a density is the region's own doing.
    presence    (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    normalise   "max" (default), "sqrt" or "min", as in proximity()
    counting    "with_itself" (default; the diagonal is 1 where another region has the activity) or "without_itself"
    among       "all" (default), "inside" or "outside", as in relatedness_density()
    Returns (regions, activities), a share from 0 to 1, masked as there. NaN and a note "undefined" where the other
    regions show nothing related: always for what only this region has.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another name.
    Source: the option “leaveout” of ecomplexity for Stata, which takes correlations; here for common presence, Hidalgo,
    Klinger, Barabási & Hausmann (2007), Science 317(5837).

    >>> has = [[1, 1, 0], [1, 1, 0], [0, 1, 1]]
    >>> leave_region_out_density(has)[0].round(3).tolist()     # φ of the others: ½ between 0 and 1 and between 1 and 2
    [1.0, 0.75, 0.333]
    """
    notes = Notes() if notes is None else notes
    one_of(normalise, "normaliser", ("max", "sqrt", "min"))
    one_of(counting, "counting", ("with_itself", "without_itself"))
    cells = read_presence(presence)
    note_unknown(cells, notes)
    there = np.ascontiguousarray(cells.values)
    together, ubiquity = there.T @ there, there.sum(axis=0)
    if counting == "without_itself":
        np.fill_diagonal(together, 0.0)
    outside = _not_in_basket(there, together, ubiquity, normalise)
    share = np.empty_like(there)
    for region, basket in enumerate(there > 0):
        near = _near_to_basket(
            together, ubiquity - there[region], np.flatnonzero(basket), normalise, counting
        )
        inside = near.sum(axis=0)
        related = inside + outside[region]
        related[basket] = near.sum(axis=1)  # φ is the same both ways: the row of the basket is the column
        share[region] = ratio(inside, related)
    share = np.minimum(share, 1.0)
    shown = asked_for(cells, among)
    notes.add(
        "undefined",
        "0/0: the other regions show nothing related to the activity",
        axes=("region", "activity"),
        positions=np.argwhere(np.isnan(share) & shown),
    )
    return masked(share, shown)


def _not_in_basket(
    there: Floats, together: Floats, ubiquity: Floats, normalise: Literal["max", "sqrt", "min"]
) -> Floats:
    """Σ of φ[q, p] over q outside each basket; for p outside it too the region has no part in it."""
    near = together / np.maximum(wholes(normalise, ubiquity[:, None], ubiquity), 1.0)
    sums: Floats = (1.0 - there) @ near
    return sums


def _near_to_basket(
    together: Floats,
    others: Floats,
    basket: npt.NDArray[np.intp],
    normalise: Literal["max", "sqrt", "min"],
    counting: Counting,
) -> Floats:
    """φ without the region, for the rows of its basket: where both are in it, one region less has both."""
    common = together[basket]
    common[:, basket] -= 1.0
    if counting == "without_itself":
        common[np.arange(len(basket)), basket] = 0.0
    common /= np.maximum(wholes(normalise, others[basket, None], others), 1.0)
    return common
