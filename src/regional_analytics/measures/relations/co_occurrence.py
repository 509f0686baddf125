"""How related activities are: counted together, next to what their sizes alone would make one expect.

Relatedness is (activities, activities). What stands at [q, p] says how much having q speaks for p; for most measures
that is the same both ways. 0 is no relation, and an activity that no region has is related to nothing, itself
included: its row and column are 0, so that it enters no sum of the others, and a note names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Flags,
    Floats,
    RefusedInput,
    WrongShape,
    one_of,
    positions_of,
    read_cells,
)
from regional_analytics.measures.presence import whole_presence
from regional_analytics.notes import Notes

Diagonal = Literal["kept", "zero"]
Method = Literal["association", "cosine", "jaccard", "probability"]
Totals = Literal["row_sums", "activity_counts"]

PAIR = ("activity", "activity")
ROWS_AT_ONCE = 128  # a block of rows that stays near the processor, whatever the number of activities
AS_GOOD_AS_EQUAL = 1e-9


class NotSymmetric(RefusedInput):
    """A relation is not the same both ways, where it has to be."""


class NegativeRelatedness(RefusedInput):
    """A figure of a pair is below 0 where that means nothing."""


def co_occurrence(
    presence: npt.ArrayLike, *, diagonal: Diagonal = "kept", notes: Notes | None = None
) -> Floats:
    """In how many regions two activities are found together.

        C[i, j] = Σ_r M[r, i] · M[r, j]

    presence   (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    diagonal   "kept" (default): C[i, i] is the ubiquity of i.  "zero": an activity does not meet itself
    Returns (activities, activities), whole numbers.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for another diagonal.
    Source: Teece, Rumelt, Dosi & Winter (1994), J. Economic Behavior & Organization 23(1).

    >>> co_occurrence([[1, 1, 0], [1, 0, 1], [1, 1, 0]]).tolist()    # wine, steel, glass
    [[3.0, 2.0, 1.0], [2.0, 2.0, 0.0], [1.0, 0.0, 1.0]]
    >>> co_occurrence([[1, 1, 0], [1, 0, 1]], diagonal="zero")[0].tolist()
    [0.0, 1.0, 1.0]
    """
    one_of(diagonal, "diagonal", ("kept", "zero"))
    there = whole_presence(presence, Notes() if notes is None else notes)
    together: Floats = there.T @ there
    if diagonal == "zero":
        np.fill_diagonal(together, 0.0)
    return together


def relatedness(
    co_occurrence: npt.ArrayLike,
    *,
    method: Method = "probability",
    totals: Totals = "row_sums",
    regions: int | None = None,
    notes: Notes | None = None,
) -> Floats:
    """How often two activities are found together, next to how often their sizes would bring them together by chance.

        "association"    C[i, j] · T / (S[i] · S[j])
        "cosine"         C[i, j] / √(S[i] · S[j])
        "jaccard"        C[i, j] / (S[i] + S[j] − C[i, j])
        "probability"    C[i, j] / (T/2 · (S[i]/T · S[j]/(T − S[i]) + S[j]/T · S[i]/(T − S[j])))

        "row_sums"           S[i] = Σ_{j≠i} C[i, j],  T = Σ S     pairs are drawn (the package EconGeo)
        "activity_counts"    S[i] = C[i, i],  T = regions         regions are drawn (the package econcomplex)

    co_occurrence   (activities, activities), symmetric, not negative, as co_occurrence() makes it
    method          1 is chance for "association" and "probability"; the others run from 0 to 1
    totals          the two give different numbers under the same name, and not in proportion
    regions         how many regions were counted; needed by "activity_counts" with "association" or "probability"
    Returns (activities, activities), 0 on the diagonal. An activity that meets no other is related to nothing (0, note
    "related_to_nothing"), and so, by "probability" on "activity_counts", is one that every region has.
    Raises NotSymmetric, NegativeRelatedness, NotFinite, WrongShape; RefusedInput for another name, a diagonal or a
    number of regions that is missing or too small.
    Source: van Eck & Waltman (2009), J. American Society for Information Science and Technology 60(8); the
    probability is Steijn's (2021), Quantitative Science Studies 2(2).

    >>> together = co_occurrence([[1, 1, 0], [1, 0, 1], [1, 1, 0]])
    >>> relatedness(together, method="association")[0].tolist()      # S = 3, 2, 1 and T = 6
    [0.0, 2.0, 2.0]
    >>> relatedness(together, method="jaccard", totals="activity_counts")[0].round(3).tolist()
    [0.0, 0.667, 0.333]
    """
    notes = Notes() if notes is None else notes
    one_of(method, "method", ("association", "cosine", "jaccard", "probability"))
    one_of(totals, "totals", ("row_sums", "activity_counts"))
    counts = read_relatedness(co_occurrence, "Co-occurrence", negative="refused", notes=notes).copy()
    own = counts.diagonal().copy()
    np.fill_diagonal(counts, 0.0)
    if totals == "row_sums":
        sizes, whole = counts.sum(axis=1), float(counts.sum())
    else:
        sizes, whole = own, _counted(own, counts, regions, needed=method in ("association", "probability"))

    note_unrelated(sizes == 0, "found nowhere, or never with another", notes)
    if method == "probability":
        everywhere = (sizes == whole) & (sizes > 0)
        note_unrelated(everywhere, "in every region, which leaves nothing to chance", notes)
        sizes = np.where(everywhere, 0.0, sizes)
    return over(counts, lambda rows: _expected(method, sizes, whole, counts, rows))


def z_score(presence: npt.ArrayLike, *, notes: Notes | None = None) -> Floats:
    """How far two activities are found together more often than chance, in standard deviations of chance.

        Z[i, j] = (C[i, j] − μ) / σ      μ = u[i] · u[j] / R
                                         σ² = μ · (1 − u[i]/R) · (R − u[j]) / (R − 1)

    presence   (regions, activities), 0 and 1; what is masked counts as absent (note "unknown_as_absent")
    The number of regions that have both, when each activity draws its u regions of R at random, is hypergeometric.
    Returns (activities, activities), below 0 where they avoid each other; 0 on the diagonal, and for an activity of no
    region or of every region, which chance cannot move (note "related_to_nothing").
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Teece, Rumelt, Dosi & Winter (1994), J. Economic Behavior & Organization 23(1).

    >>> z_score([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]])[0].round(3).tolist()      # (2 − 1) / √(1 · ½ · ⅔)
    [0.0, 1.732, -1.732]
    >>> z_score([[1, 1], [1, 0]]).tolist()      # wine is everywhere: no chance, no surprise
    [[0.0, 0.0], [0.0, 0.0]]
    """
    notes = Notes() if notes is None else notes
    there = whole_presence(presence, notes)
    regions = max(there.shape[0], 1)
    ubiquity = there.sum(axis=0)
    spread = np.sqrt(ubiquity * (regions - ubiquity) / regions)
    note_unrelated(spread == 0, "in no region or in every region, which chance cannot move", notes)
    beyond = there.T @ there
    for rows in blocks(len(ubiquity)):
        beyond[rows] -= ubiquity[rows, None] * (ubiquity / regions)
    z = over(beyond, lambda rows: spread[rows, None] * (spread / np.sqrt(max(regions - 1, 1))))
    np.fill_diagonal(z, 0.0)
    return z


def read_relatedness(
    given: npt.ArrayLike,
    what: str = "Relatedness",
    *,
    activities: int | None = None,
    symmetric: bool = True,
    negative: Literal["kept", "refused", "unrelated"] = "kept",
    notes: Notes,
) -> Floats:
    """Take a relatedness: square, finite, of so many activities, the same both ways unless said otherwise.

    Masked pairs are unknown and count as unrelated (note "unknown_as_unrelated"). negative="unrelated" does the same
    to pairs below 0 (note "negative_as_unrelated"). The array returned may be the one given: never write into it.
    """
    values, known = _plain_pairs(given, what)
    if values.shape[0] != values.shape[1]:
        raise WrongShape(
            f"{what} has the shape {values.shape} and is not square", remedy="Give it both ways."
        )
    if activities is not None and len(values) != activities:
        raise WrongShape(
            f"{what} is of {len(values)} activities instead of {activities}",
            remedy="Make it from the same activities, in the same order.",
        )
    if known is not None:
        notes.add("unknown_as_unrelated", "unknown, counted as unrelated", count=int((~known).sum()))
    if negative != "kept" and values.size and values.min() < 0:
        below = values < 0
        if negative == "refused":
            raise NegativeRelatedness(
                f"{what} cannot be negative: {values[below][0]:g}",
                PAIR,
                positions_of(below),
                "Correct the figure.",
            )
        notes.add("negative_as_unrelated", "below 0, counted as unrelated", count=int(below.sum()))
        values = np.maximum(values, 0.0)
    if symmetric:
        _refuse_one_way(values, what)
    return values


def blocks(length: int) -> Iterator[slice]:
    """Slices of rows small enough to work on one after the other."""
    for start in range(0, length, ROWS_AT_ONCE):
        yield slice(start, min(start + ROWS_AT_ONCE, length))


def over(counts: Floats, expected: Callable[[slice], Floats]) -> Floats:
    """counts / expected, in place and block by block; 0 where nothing is expected."""
    for rows in blocks(len(counts)):
        below = expected(rows)
        nothing = below == 0
        counts[rows] = np.where(nothing, 0.0, counts[rows] / np.where(nothing, 1.0, below))
    return counts


def note_unrelated(where: Flags, why: str, notes: Notes, axis: str = "activity") -> None:
    """Name what is related to nothing."""
    notes.add("related_to_nothing", why, axes=(axis,), positions=np.argwhere(where))


def _expected(method: Method, sizes: Floats, whole: float, counts: Floats, rows: slice) -> Floats:
    here, there = sizes[rows, None], sizes[None, :]
    if method == "cosine":
        return np.sqrt(here * there)
    if method == "jaccard":
        return here + there - counts[rows]
    if method == "association":
        return here * there / (whole or 1.0)
    rest = np.where(sizes == whole, 1.0, whole - sizes)
    by_chance: Floats = here * there / 2 * (1 / rest[rows, None] + 1 / rest)
    return by_chance


def _counted(own: Floats, others: Floats, regions: int | None, *, needed: bool) -> float:
    """How many regions were counted, once it is sure that they were and that the diagonal was kept."""
    lost = own < others.max(axis=1, initial=0.0)
    if lost.any():
        raise RefusedInput(
            "An activity is found with another more often than it is found",
            ("activity",),
            positions_of(lost),
            "Keep the diagonal of the co-occurrence, or choose totals=“row_sums”.",
        )
    if not needed:
        return 0.0
    if regions is None or regions < own.max(initial=0.0):
        raise RefusedInput(
            f"{regions} regions cannot have held {own.max(initial=0.0):g} of one activity"
            if regions is not None
            else "How many regions were counted is not given",
            remedy="Give regions=, the number of rows of the presence.",
        )
    return float(regions)


def _plain_pairs(given: npt.ArrayLike, what: str) -> tuple[Floats, Flags | None]:
    """The figures, without a copy where they are plain and finite, since a matrix of pairs may fill the memory."""
    if isinstance(given, np.ndarray) and given.dtype == np.float64 and given.ndim == 2:
        with np.errstate(invalid="ignore", over="ignore"):
            plain = np.ma.getmask(given) is np.ma.nomask and np.isfinite(given.sum())
        if plain:
            return np.asarray(given), None
    cells = read_cells(given, what, PAIR)
    return cells.values, None if cells.known.all() else cells.known


def _refuse_one_way(values: Floats, what: str) -> None:
    allowed = AS_GOOD_AS_EQUAL * max(1.0, float(np.abs(values).max(initial=0.0)))
    for rows in blocks(len(values)):
        odd = np.abs(values[rows] - values[:, rows].T) > allowed
        if odd.any():
            at, to = (int(x) for x in np.argwhere(odd)[0])
            at += rows.start
            raise NotSymmetric(
                f"{what} is {values[at, to]:g} one way and {values[to, at]:g} the other",
                PAIR,
                [(at, to)],
                "Give the mean of both ways, (A + A.T) / 2.",
            )
