"""How easily technologies combine, and how complex a patent is that combines them: Fleming and Sorenson.

An incidence is (patents, classes): 1 where a patent is filed in a class. It may be dense, or a sparse matrix or array of
scipy, which a million patents need.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from regional_analytics.measures.inputs import Floats, Masked, RefusedInput, masked, ratio, read_jobs
from regional_analytics.measures.presence import read_presence
from regional_analytics.notes import Notes

Ease = Literal["partner_classes", "shared_patents"]


def ease_of_recombination(
    incidence: Any, *, count: Ease = "partner_classes", notes: Notes | None = None
) -> Floats:
    """How easily a class of technology combines with others.

        "partner_classes"   E[c] = other classes it shares a patent with / its patents
        "shared_patents"    E[c] = its patents that are in another class too / its patents

    incidence   (patents, classes), 0 and 1, dense or sparse
    count       "partner_classes" is Fleming & Sorenson's: many partners in few patents is easy. "shared_patents" is what
                a well-known package computes by this name: a share, 0 to 1, and another ranking
    Returns (classes,). NaN and a note "undefined" where a class has no patent.
    Raises RefusedInput for another count, NotAPresence, NotFinite, WrongShape; unknown cells count as 0, noted
    "unknown_as_absent".
    Source: Fleming & Sorenson (2001), Research Policy 30(7).

    >>> patents = [[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0]]
    >>> ease_of_recombination(patents).tolist()      # two partners in four patents, one in two, one in one
    [0.5, 0.5, 1.0]
    >>> ease_of_recombination(patents, count="shared_patents").tolist()
    [0.75, 1.0, 1.0]
    """
    notes = Notes() if notes is None else notes
    if count not in ("partner_classes", "shared_patents"):
        raise RefusedInput(
            f"Ease cannot be counted as “{count}”", remedy="Choose partner_classes or shared_patents."
        )
    filed = _read_incidence(incidence, notes)
    patents = _sums(filed, 0)
    notes.add(
        "undefined", "0/0: no patent in the class", axes=("class",), positions=np.argwhere(patents == 0)
    )
    if count == "shared_patents":
        shared: Floats = filed.T @ (_sums(filed, 1) > 1).astype(np.float64)
        return ratio(shared, patents)
    together = (filed.T @ filed).tocsr()
    partners = np.diff(together.indptr).astype(np.float64) - (patents > 0)
    return ratio(partners, patents)


def modular_complexity(
    incidence: Any,
    *,
    ease: npt.ArrayLike | None = None,
    count: Ease = "partner_classes",
    notes: Notes | None = None,
) -> Floats:
    """How hard the classes of a patent are to combine: the more so, the more complex the patent.

        K[p] = number of classes of p / Σ_{c in p} E[c]

    incidence   (patents, classes), 0 and 1, dense or sparse
    ease        (classes,), E, when it was found on other, earlier patents, as in the original; by default on these
    count       as in ease_of_recombination, when ease is not given
    Returns (patents,). NaN for patents in no class (note "undefined") and for those whose classes were never combined
    with another (note "unbounded"; a well-known package gives these, the hardest, a 0).
    Raises RefusedInput for another count, NotAPresence, NegativeEmployment (an ease below 0), NotFinite, WrongShape.
    Source: Fleming & Sorenson (2001), Research Policy 30(7).

    >>> modular_complexity([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0]]).round(6).tolist()
    [2.0, 2.0, 1.333333, 2.0]
    """
    notes = Notes() if notes is None else notes
    filed = _read_incidence(incidence, notes)
    if ease is None:
        level = ease_of_recombination(filed, count=count)
        easy = np.nan_to_num(level)  # a class without a patent is in no patent
    else:
        given = read_jobs(ease, "Ease of recombination", ("class",), shape=(filed.shape[1],))
        easy = np.where(given.known, given.values, np.nan)
    classes = _sums(filed, 1)
    summed = filed @ np.nan_to_num(easy)
    unknown = (filed @ np.isnan(easy).astype(np.float64)) > 0
    axes = ("patent",)
    notes.add("undefined", "0/0: the patent is in no class", axes=axes, positions=np.argwhere(classes == 0))
    never = (classes > 0) & (summed == 0) & ~unknown
    notes.add("unbounded", "classes that were never combined", axes=axes, positions=np.argwhere(never))
    notes.add("left_out", "ease unknown for one of its classes", axes=axes, positions=np.argwhere(unknown))
    found: Floats = np.where(unknown, np.nan, ratio(classes, summed))
    return found


def average_complexity(complexity: npt.ArrayLike, *, members: Any, notes: Notes | None = None) -> Masked:
    """The average complexity of the patents of a region, of a class, or of whatever patents belong to.

        A[g] = Σ_p m[p, g] K[p] / Σ_p m[p, g]

    complexity   (patents,), from modular_complexity; NaN or masked is unknown and left out, with a note "left_out"
    members      (patents, groups), which patent belongs where, dense or sparse: 0 and 1, or parts of a patent with
                 inventors in several regions. The incidence itself gives averages of classes
    Returns (groups,). Masked where a group has no patent whose complexity is known.
    Raises NegativeEmployment (a part below 0), NotFinite, WrongShape.
    Source: Fleming & Sorenson (2001), Research Policy 30(7), for the complexity.

    >>> average_complexity([2.0, 2.0, 4.0], members=[[1, 0], [0.5, 0.5], [0, 1]]).round(6).tolist()
    [2.0, 3.333333]
    """
    notes = Notes() if notes is None else notes
    found = np.ma.masked_invalid(np.ma.asarray(complexity, dtype=np.float64))
    level = read_jobs(found, "Complexity", ("patent",))
    shares = _read_members(members, level.values.shape[0])
    notes.add("left_out", "complexity unknown", axes=("patent",), positions=np.argwhere(~level.known))
    known = level.known.astype(np.float64)
    weight: Floats = shares.T @ known
    total: Floats = shares.T @ level.values
    return masked(ratio(total, weight), weight > 0)


def _read_incidence(given: Any, notes: Notes) -> Any:
    """The incidence as a sparse array of floats without stored zeros."""
    axes = ("patent", "class")
    if sparse.issparse(given):
        filed = sparse.csr_array(given, dtype=np.float64, copy=True)
        filed.sum_duplicates()
        filed.eliminate_zeros()
        read_presence(filed.data, "An incidence", ("stored cell",))
        return filed
    cells = read_presence(given, "An incidence", axes)
    notes.add(
        "unknown_as_absent", "unknown, counted as absent", axes=axes, positions=np.argwhere(~cells.known)
    )
    return sparse.csr_array(cells.values)


def _read_members(given: Any, patents: int) -> Any:
    axes = ("patent", "group")
    if sparse.issparse(given):
        shares = sparse.csr_array(given, dtype=np.float64, copy=True)
        read_jobs(shares.data, "Membership", ("stored cell",))
    else:
        shares = sparse.csr_array(read_jobs(given, "Membership", axes).values)
    read_jobs(np.zeros(shares.shape[0]), "Membership", ("patent",), shape=(patents,))
    return shares


def _sums(filed: Any, axis: int) -> Floats:
    summed: Floats = np.asarray(filed.sum(axis=axis), dtype=np.float64).ravel()
    return summed
