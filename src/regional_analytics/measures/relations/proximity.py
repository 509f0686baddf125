"""How near activities are: the chance that a region with one has the other too, or that the two move together."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Cells, Flags, Floats, one_of, read_cells
from regional_analytics.measures.presence import whole_presence
from regional_analytics.measures.relations.co_occurrence import note_unrelated, over
from regional_analytics.notes import Notes

Normalise = Literal["max", "sqrt", "min", "asymmetric"]
NORMALISERS = ("max", "sqrt", "min", "asymmetric")
AS_GOOD_AS_LEVEL = 1e-12  # of the largest figure
AS_GOOD_AS_CONSTANT = 1e-13  # of the variance of the whole column, where a part of it stays the same


def proximity(
    presence: npt.ArrayLike,
    *,
    normalise: Normalise = "max",
    diagonal: float = 1.0,
    notes: Notes | None = None,
) -> Floats:
    """How near two activities are: the chance that a region with one of them has the other too.

        φ[i, j] = C[i, j] / max(u[i], u[j])        C = Mᵀ M,  u[i] = Σ_r M[r, i]

    presence    (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    normalise   "max" (default): the smaller of the two chances.  "min": the larger.  "sqrt": √(u[i] u[j]), their
                geometric mean.  "asymmetric": u[i], so that φ[i, j] is the chance of j where i is
    diagonal    1 (default, as in the Atlas, Stata and R): an activity is nearest to itself.  0 (as in the packages
                econcomplex and economic-complexity): it is not counted among those near to it
    Returns (activities, activities), from 0 to 1. An activity of no region is near to nothing, itself included (0, note
    "related_to_nothing").
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another name or diagonal.
    Source: Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837).

    >>> proximity([[1, 1, 0], [1, 0, 1], [1, 1, 0]])[0].round(3).tolist()    # wine in 3, steel in 2, glass in 1
    [1.0, 0.667, 0.333]
    >>> proximity([[1, 1, 0], [1, 0, 1], [1, 1, 0]], normalise="asymmetric")[:, 0].tolist()    # where they are is wine
    [1.0, 1.0, 1.0]
    """
    notes = Notes() if notes is None else notes
    return _nearness(whole_presence(presence, notes), normalise, diagonal, "activity", notes)


def region_proximity(
    presence: npt.ArrayLike,
    *,
    normalise: Normalise = "max",
    diagonal: float = 1.0,
    notes: Notes | None = None,
) -> Floats:
    """How near two regions are: the chance that an activity of one of them is in the other too.

        φ[r, s] = Σ_a M[r, a] · M[s, a] / max(d[r], d[s])        d[r] = Σ_a M[r, a]

    presence    (regions, activities); this, normalise and diagonal as in proximity(), with regions for activities
    Returns (regions, regions), from 0 to 1. A region with nothing is near to nothing (0, note "related_to_nothing").
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another name or diagonal.
    Source: Hausmann, Hidalgo et al. (2014), The Atlas of Economic Complexity; the proximity is that of activities.

    >>> region_proximity([[1, 1, 0], [1, 0, 1], [1, 1, 0]])[0].tolist()
    [1.0, 0.5, 1.0]
    >>> region_proximity([[1, 1], [0, 0]]).tolist()     # a region with nothing
    [[1.0, 0.0], [0.0, 0.0]]
    """
    notes = Notes() if notes is None else notes
    return _nearness(whole_presence(presence, notes).T, normalise, diagonal, "region", notes)


def continuous_proximity(
    figures: npt.ArrayLike,
    *,
    method: Literal["correlation", "cosine"] = "correlation",
    diagonal: float = 1.0,
    notes: Notes | None = None,
) -> Floats:
    """How near two activities are when it counts how much there is of each, and not whether there is any.

        "correlation"   φ[i, j] = (1 + corr(x[·, i], x[·, j])) / 2
        "cosine"        φ[i, j] = Σ_r x[r, i] x[r, j] / √(Σ_r x[r, i]² · Σ_r x[r, j]²)

    figures     (regions, activities): location quotients in most of the literature; employment is legal too, but then
                large regions decide
    diagonal    1 (default) or 0, as in proximity()
    Each pair is compared over the regions where both are known.
    Returns (activities, activities); "correlation" from 0 (one is where the other is not) over ½ (nothing to do with
    each other) to 1. Where one of the two is the same everywhere ("cosine": 0 everywhere), or known nowhere together
    with the other, they are unrelated: 0; a note "related_to_nothing" names activities that are so with all.
    Raises NotFinite, WrongShape; RefusedInput for another method or diagonal.
    Source: the option “continuous” of ecomplexity for Stata; Hidalgo et al. (2007), Science 317(5837), for the idea.

    >>> continuous_proximity([[2.0, 1.0, 0.0], [0.0, 0.0, 2.0], [1.0, 0.5, 1.0]])[0].round(9).tolist()
    [1.0, 1.0, 0.0]
    >>> continuous_proximity([[2.0, 1.0], [0.0, 1.0]], diagonal=0.0).tolist()    # the same everywhere: near to nothing
    [[0.0, 0.0], [0.0, 0.0]]
    """
    notes = Notes() if notes is None else notes
    one_of(method, "method", ("correlation", "cosine"))
    one_of(diagonal, "diagonal", (1.0, 0.0))
    cells = read_cells(figures, "Figures", MATRIX)
    if method == "correlation":
        near, defined = correlations(cells)
        near = np.where(defined, (1 + near) / 2, 0.0)
    else:
        near, defined = _cosines(cells)
    related = defined.diagonal()
    note_unrelated(~related, "the same everywhere, or known nowhere", notes)
    np.fill_diagonal(near, diagonal * related)
    return near


def correlations(cells: Cells) -> tuple[Floats, Flags]:
    """Pearson's correlation of each two columns over the rows known in both, and where there is one."""
    values, known = cells
    seen = known.sum(axis=0)
    centred = np.where(known, values - values.sum(axis=0) / np.maximum(seen, 1), 0.0)
    highest = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    lowest = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    level = highest - lowest <= AS_GOOD_AS_LEVEL * np.maximum(np.abs(highest), np.abs(lowest))
    centred[:, level] = (
        0.0  # figures and means are rounded, and what is the same everywhere should not vary by that
    )
    together = centred.T @ centred
    whole = together.diagonal().copy()
    if known.all():
        return _bounded(together, np.multiply.outer(whole, whole))
    both = known.astype(np.float64)
    rows = np.maximum(both.T @ both, 1.0)
    sums = centred.T @ both  # [i, j]: of i, over the rows where j is known too
    variances = (centred**2).T @ both - sums**2 / rows
    variances[variances <= AS_GOOD_AS_CONSTANT * whole[:, None]] = 0.0
    return _bounded(together - sums * sums.T / rows, variances * variances.T)


def _cosines(cells: Cells) -> tuple[Floats, Flags]:
    together = cells.values.T @ cells.values
    squares = (cells.values**2).T @ cells.known.astype(np.float64)
    return _bounded(together, squares * squares.T)


def _bounded(together: Floats, squared: Floats) -> tuple[Floats, Flags]:
    """together / √squared, kept within what rounding may push it out of, and where that is no 0/0."""
    defined = squared > 0
    ratio = together / np.sqrt(np.where(defined, squared, 1.0))
    return np.where(defined, np.clip(ratio, -1.0, 1.0), 0.0), defined


def _nearness(there: Floats, normalise: Normalise, diagonal: float, axis: str, notes: Notes) -> Floats:
    one_of(normalise, "normaliser", NORMALISERS)
    one_of(diagonal, "diagonal", (1.0, 0.0))
    there = np.ascontiguousarray(there)
    counts = there.sum(axis=0)
    note_unrelated(counts == 0, f"in no {'region' if axis == 'activity' else 'activity'}", notes, axis)
    near = over(there.T @ there, lambda rows: wholes(normalise, counts[rows, None], counts))
    np.fill_diagonal(near, diagonal * (counts > 0))
    return near


def wholes(normalise: Normalise, here: Floats, there: Floats) -> Floats:
    """What a number of common regions is divided by."""
    if normalise == "max":
        return np.maximum(here, there)
    if normalise == "sqrt":
        return np.sqrt(here * there)
    if normalise == "min":
        return np.minimum(here, there)
    return np.broadcast_to(here, np.broadcast_shapes(here.shape, there.shape))
