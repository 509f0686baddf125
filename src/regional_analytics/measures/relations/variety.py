"""How varied a region's activities are, how much of that is within families of them, and how they hang together."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    WrongShape,
    masked,
    one_of,
    ratio,
    read_jobs,
)
from regional_analytics.measures.relations.co_occurrence import read_relatedness
from regional_analytics.notes import Notes

Unit = Literal["bits", "nats"]
NOBODY = "0/0: nobody works in the region"


def entropy(employment: npt.ArrayLike, *, unit: Unit = "bits", notes: Notes | None = None) -> Masked:
    """How varied a region is: how little one knows of a worker's activity before asking.

        H[r] = − Σ_a s[r, a] log s[r, a]        s[r, a] = E[r, a] / Σ_b E[r, b],  0 log 0 = 0

    employment   (regions, activities), people
    unit         "bits" (default, logarithm to base 2): the yes-or-no questions it takes.  "nats" (natural logarithm)
    Returns (regions,), from 0 (a single activity) to log n (n activities alike). Unknown cells are left out, so compare
    regions of similar coverage. Masked where no cell is known; NaN and a note "undefined" where nobody works in the
    region.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another unit.
    Source: Shannon (1948), Bell System Technical Journal 27(3).

    >>> entropy([[20.0, 20.0, 0.0, 0.0], [20.0, 10.0, 5.0, 5.0]]).tolist()     # one question; ½·1 + ¼·2 + ⅛·3 + ⅛·3
    [1.0, 1.75]
    >>> entropy([[20.0, 20.0]], unit="nats").round(3).tolist()
    [0.693]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    return _summed(cells, _surprise(_shares(cells), 1.0, unit), notes)


def unrelated_variety(
    employment: npt.ArrayLike, groups: npt.ArrayLike, *, unit: Unit = "bits", notes: Notes | None = None
) -> Masked:
    """How varied a region is across families of activities: what protects it when one of them is hit.

        UV[r] = − Σ_g P[r, g] log P[r, g]        P[r, g] = Σ_{a in g} s[r, a]

    employment   (regions, activities), people
    groups       (activities,), the family each activity belongs to: numbers or names, as NACE divisions
    unit         "bits" (default) or "nats"
    Returns (regions,), from 0 to log of the number of families; together with related_variety() it is entropy(). Masked
    and NaN as entropy().
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another unit, or a family that is missing.
    Source: Frenken, van Oort & Verburg (2007), Regional Studies 41(5).

    >>> unrelated_variety([[20.0, 10.0, 5.0, 5.0]], ["food", "food", "metal", "metal"]).round(3).tolist()    # ¾ and ¼
    [0.811]
    >>> unrelated_variety([[20.0, 20.0, 20.0, 20.0]], [1, 2, 3, 4]).tolist()      # families of one: all of entropy
    [2.0]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    family = _families(groups, cells.values.shape[1])
    return _summed(cells, _surprise(_by_family(_shares(cells), family), 1.0, unit), notes)


def related_variety(
    employment: npt.ArrayLike, groups: npt.ArrayLike, *, unit: Unit = "bits", notes: Notes | None = None
) -> Masked:
    """How varied a region is within families of activities: where people and ideas can move to the next bench.

        RV[r] = Σ_g P[r, g] H[r, g]        H[r, g] = − Σ_{a in g} s[r, a]/P[r, g] · log(s[r, a]/P[r, g])

    employment, groups, unit   as in unrelated_variety()
    Returns (regions,), from 0 (one activity in each family); together with unrelated_variety() it is entropy(). Masked
    and NaN as entropy().
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another unit, or a family that is missing.
    Source: Frenken, van Oort & Verburg (2007), Regional Studies 41(5).

    >>> related_variety([[20.0, 10.0, 5.0, 5.0]], ["food", "food", "metal", "metal"]).round(3).tolist()
    [0.939]
    >>> related_variety([[20.0, 20.0, 20.0, 20.0]], [1, 1, 2, 2]).tolist()        # one question within either family
    [1.0]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    family = _families(groups, cells.values.shape[1])
    shares = _shares(cells)
    return _summed(cells, _surprise(shares, _by_family(shares, family)[:, family], unit), notes)


def coherence(employment: npt.ArrayLike, relatedness: npt.ArrayLike, *, notes: Notes | None = None) -> Masked:
    """How related the activities of a region are on average, from the point of view of the people in them.

        WAR[r, i] = Σ_{j≠i} φ[i, j] E[r, j] / Σ_{j≠i} E[r, j]        COH[r] = Σ_i E[r, i] WAR[r, i] / Σ_i E[r, i]

    employment    (regions, activities), people; a presence makes every activity count alike
    relatedness   (activities, activities), symmetric, from z_score() as in the papers or any other; the diagonal plays
                  no part, and pairs below 0 count as they stand. Masked pairs count as unrelated (note
                  "unknown_as_unrelated")
    Returns (regions,), on the scale of the relatedness: with z-scores above 0 is more coherent than chance. Unknown
    cells are left out. Masked where no cell is known; NaN and a note "undefined" where nobody works, or everybody in
    one activity.
    Raises NegativeEmployment, NotSymmetric, NotFinite, WrongShape.
    Source: Teece, Rumelt, Dosi & Winter (1994), J. Economic Behavior & Organization 23(1); Nesta & Saviotti (2005),
    The Journal of Industrial Economics 53(1).

    >>> near = [[0.0, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.0]]
    >>> coherence([[10.0, 10.0, 0.0], [10.0, 0.0, 10.0], [20.0, 10.0, 10.0]], near).round(4).tolist()
    [0.5, 0.0, 0.2917]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    people = cells.values
    weights = read_relatedness(relatedness, activities=people.shape[1], notes=notes)
    others = people.sum(axis=1, keepdims=True) - people
    about = ratio(people @ weights - people * weights.diagonal(), np.where(people > 0, others, 1.0))
    average = ratio((people * about).sum(axis=1), people.sum(axis=1))
    known = cells.any_known(axis=1)
    notes.add(
        "undefined",
        "0/0: nobody works in the region, or everybody in one activity",
        axes=("region",),
        positions=np.argwhere(known & np.isnan(average)),
    )
    return masked(average, known)


def _shares(cells: Cells) -> Floats:
    return ratio(cells.values, cells.values.sum(axis=1, keepdims=True))


def _surprise(part: Floats, whole: Floats | float, unit: Unit) -> Floats:
    """− part · log(part / whole), 0 where there is nothing."""
    one_of(unit, "unit", ("bits", "nats"))
    there = part > 0
    share = np.where(there, part / np.where(there, whole, 1.0), 1.0)
    logarithm = np.log2(share) if unit == "bits" else np.log(share)
    surprise: Floats = -part * logarithm
    return surprise


def _summed(cells: Cells, terms: Floats, notes: Notes) -> Masked:
    variety = terms.sum(axis=1) + 0.0  # no minus before a zero
    known: Flags = cells.any_known(axis=1)
    notes.add("undefined", NOBODY, axes=("region",), positions=np.argwhere(known & np.isnan(variety)))
    return masked(variety, known)


def _families(groups: npt.ArrayLike, activities: int) -> npt.NDArray[np.intp]:
    """(activities,), the number of the family each belongs to, from 0."""
    given: np.ndarray[Any, np.dtype[Any]] = np.ma.asarray(groups)
    if given.shape != (activities,):
        raise WrongShape(
            f"The groups have the shape {given.shape} instead of ({activities},)",
            remedy="Give one for each activity, in the order of the employment.",
        )
    missing = [(at,) for at, name in enumerate(given.tolist()) if name is None or name != name or name == ""]
    if missing:
        raise RefusedInput(
            "An activity belongs to no group",
            ("activity",),
            missing,
            "Give each activity a group of its own or another's.",
        )
    _, number = np.unique(np.asarray(given), return_inverse=True)
    return number


def _by_family(shares: Floats, family: npt.NDArray[np.intp]) -> Floats:
    """(regions, families), the shares of each family's activities together."""
    order = np.argsort(family, kind="stable")
    begins = np.searchsorted(family[order], np.arange(family.max(initial=-1) + 1))
    together: Floats = np.add.reduceat(shares[:, order], begins, axis=1)
    return together
