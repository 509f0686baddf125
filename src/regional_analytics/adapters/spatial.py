"""Whether what is near is alike: Moran's I, Getis–Ord and join counts, computed by esda.

Permutations ask how often chance would give as much if the figures were dealt out to the regions anew. They hold for regions
that could have had each other's figures, which regions of very different size could not.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.adapters.borrowed import borrowed, left_no_trace
from regional_analytics.adapters.neighbours import Placed, Unknown, as_pysal, note_alone, read_placed
from regional_analytics.measures.change.shift_share_spatial import NotNeighbours
from regional_analytics.measures.inputs import Floats, Masked, RefusedInput, one_of
from regional_analytics.notes import Notes

Scaling = Literal["rows", "none"]
MaskedCodes: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int8]]"
PERMUTATIONS = 999


class Association(NamedTuple):
    """One figure for the whole map.

    value         Moran's I, or the general G
    expected      what it is on average if nothing depends on place
    z             (value − expected) / standard deviation, by the formula for figures that are dealt out anew
    p             part of the permutations at least as extreme on the same side, with the observed one counted in
    permutations, seed   how p was found
    """

    value: float
    expected: float
    z: float
    p: float
    permutations: int
    seed: int


class LocalAssociation(NamedTuple):
    """One figure for each region; masked where it is unknown, NaN where it has no neighbours.

    value         (regions,), the local I, or the z-score of the local G
    quadrant      (regions,), numbers of Quadrant; 0 where there is none
    p             (regions,), as in Association. Many regions are many tests: some are below 0.05 by chance
    permutations, seed   how p was found
    """

    value: Masked
    quadrant: MaskedCodes
    p: Masked
    permutations: int
    seed: int


class Quadrant(IntEnum):
    """A region, and those around it, above (high) or not above (low) the mean."""

    NONE = 0
    HIGH_AMONG_HIGH = 1
    LOW_AMONG_HIGH = 2
    LOW_AMONG_LOW = 3
    HIGH_AMONG_LOW = 4


class JoinCounts(NamedTuple):
    """Pairs of neighbours by who of the two has it.

    both, one, neither   how many pairs
    p_both, p_one        part of the permutations with as many or more, with the observed one counted in
    permutations, seed   how they were found
    """

    both: float
    one: float
    neither: float
    p_both: float
    p_one: float
    permutations: int
    seed: int


def morans_i(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    scaling: Scaling = "rows",
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> Association:
    """Whether neighbours are alike: near 1 they are, near 0 place tells nothing, below 0 they are unlike.

        I = n / Σ w[r, s] · Σ w[r, s] z[r] z[s] / Σ z[r]²         z = values − their mean

    values         (regions,), any figure
    weights        (regions, regions), from neighbour_matrix() or any weights of 0 or above, 0 on the diagonal
    seed           of the permutations
    scaling        "rows" (default): the weights of a region add up to 1. "none": as given
    unknown        "refuse" (default) masked figures, or "leave_out" their regions, with a note "left_out"
    A region without neighbours adds nothing to the sums (note "no_neighbours").
    Returns an Association.
    Raises NotInstalled; NotFinite, WrongShape, NotNeighbours, UnknownCell; RefusedInput for figures that are the same
    everywhere, fewer than four regions, or fewer than one permutation.
    Source: Moran (1950), Biometrika 37(1/2); Cliff & Ord (1981), Spatial Processes. Computed by esda.
    """
    placed, notes = _placed(values, weights, unknown, permutations, notes)
    one_of(scaling, "scaling", ("rows", "none"))
    esda = borrowed("esda.moran", "space")
    with left_no_trace(seed):
        found = esda.Moran(
            placed.values[:, 0],
            as_pysal(placed.weights),
            transformation="R" if scaling == "rows" else "O",
            permutations=permutations,
        )
    return Association(
        float(found.I), float(found.EI), float(found.z_rand), float(found.p_sim), permutations, seed
    )


def local_morans_i(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> LocalAssociation:
    """Where neighbours are alike: which regions lie among their like, and which stand out from those around them.

        I[r] = (n − 1) z[r] Σ w[r, s] z[s] / Σ z[s]²         weights of a region add up to 1

    values, weights, seed, permutations, unknown   as in morans_i
    Σ I[r] is (n − 1) times Moran's I if all regions have neighbours.
    Returns a LocalAssociation.
    Raises what morans_i raises.
    Source: Anselin (1995), Geographical Analysis 27(2). Computed by esda.
    """
    placed, notes = _placed(values, weights, unknown, permutations, notes)
    esda = borrowed("esda.moran", "space")
    with left_no_trace(seed):
        found = esda.Moran_Local(
            placed.values[:, 0],
            as_pysal(placed.weights),
            transformation="R",
            permutations=permutations,
            keep_simulations=True,
            seed=seed,
        )
    return _local(placed, found.Is, found.q, found.p_sim, permutations, seed)


def getis_ord(
    values: npt.ArrayLike,
    neighbours: npt.ArrayLike,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> Association:
    """Whether what is large lies together (above what is expected) or what is small does (below).

        G = Σ w[r, s] x[r] x[s] / Σ_{r ≠ s} x[r] x[s]         w is 1 for neighbours

    values       (regions,), 0 or above
    neighbours   (regions, regions); any weight above 0 makes a neighbour
    seed, permutations, unknown   as in morans_i
    z is by the formula for figures that are normally distributed: esda gives no other.
    Returns an Association.
    Raises what morans_i raises; RefusedInput for a negative figure.
    Source: Getis & Ord (1992), Geographical Analysis 24(3). Computed by esda.
    """
    placed, notes = _placed(values, neighbours, unknown, permutations, notes)
    _refuse_negative(placed)
    esda = borrowed("esda.getisord", "space")
    with left_no_trace(seed):
        found = esda.G(placed.values[:, 0], as_pysal(_binary(placed)), permutations=permutations)
    return Association(
        float(found.G), float(found.EG), float(found.z_norm), float(found.p_sim), permutations, seed
    )


def local_getis_ord(
    values: npt.ArrayLike,
    neighbours: npt.ArrayLike,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    itself: bool = True,
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> LocalAssociation:
    """Where what is large lies together (hot spots, above 0), and what is small (cold spots, below 0).

        G[r] = Σ w[r, s] x[s] / Σ x[s]         w is 1 for neighbours; returned as its z-score

    values, neighbours   as in getis_ord
    itself               true (default, G*): a region counts as one of its own neighbours, and in the sum. False (G)
    Returns a LocalAssociation, without quadrants.
    Raises what getis_ord raises.
    Source: Ord & Getis (1995), Geographical Analysis 27(4). Computed by esda.
    """
    placed, notes = _placed(values, neighbours, unknown, permutations, notes)
    _refuse_negative(placed)
    esda = borrowed("esda.getisord", "space")
    with left_no_trace(seed):
        found = esda.G_Local(
            placed.values[:, 0],
            as_pysal(_binary(placed)),
            transform="B",
            star=itself,
            permutations=permutations,
            n_jobs=1,
            seed=seed,
        )
    nothing = np.zeros(len(placed.values))
    return _local(placed, found.Zs, nothing, found.p_sim, permutations, seed)


def join_counts(
    presence: npt.ArrayLike,
    neighbours: npt.ArrayLike,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> JoinCounts:
    """Whether regions that have something lie side by side: pairs of neighbours of which both, one or none has it.

        both = ½ Σ w[r, s] m[r] m[s]     one = ½ Σ w[r, s] (m[r] − m[s])²     w is 1 for neighbours

    presence     (regions,), 0 and 1: one activity of presence()
    neighbours   (regions, regions), the same both ways; any weight above 0 makes a neighbour
    seed, permutations, unknown   as in morans_i
    Returns JoinCounts.
    Raises what morans_i raises; RefusedInput for other figures than 0 and 1, and where all or none have it;
    NotNeighbours where neighbours are not the same both ways.
    Source: Cliff & Ord (1981), Spatial Processes. Computed by esda.
    """
    placed, notes = _placed(presence, neighbours, unknown, permutations, notes)
    flags = placed.values[:, 0]
    if not np.isin(flags, (0.0, 1.0)).all():
        raise RefusedInput("A presence is 0 or 1", remedy="Make it from figures with presence().")
    around = _binary(placed)
    if not np.array_equal(around, around.T):
        raise NotNeighbours("Neighbours are not the same both ways", remedy="Add the way back.")
    joined = flags[around.any(axis=1)]
    if joined.min() == joined.max():
        raise RefusedInput(
            "All regions with neighbours have it, or none of them",
            remedy="There is nothing to count; take an activity that some have.",
        )
    esda = borrowed("esda.join_counts", "space")
    with left_no_trace(seed):
        found = esda.Join_Counts(flags, as_pysal(around), permutations=permutations)
    return JoinCounts(
        float(found.bb),
        float(found.bw),
        float(found.ww),
        float(found.p_sim_bb),
        float(found.p_sim_bw),
        permutations,
        seed,
    )


def _placed(
    values: npt.ArrayLike, weights: npt.ArrayLike, unknown: Unknown, permutations: int, notes: Notes | None
) -> tuple[Placed, Notes]:
    notes = Notes() if notes is None else notes
    if np.ndim(np.ma.getdata(values)) != 1:
        raise RefusedInput("One figure for each region is needed", remedy="Give (regions,).")
    if permutations < 1:
        raise RefusedInput(f"{permutations} permutations tell nothing", remedy="Give 99, 999 or more.")
    placed = read_placed(values, weights, "The figure", unknown, notes)
    note_alone(placed, notes)
    if np.ptp(placed.values) == 0:
        raise RefusedInput("The figure is the same everywhere", remedy="There is nothing to compare.")
    return placed, notes


def _refuse_negative(placed: Placed) -> None:
    negative = placed.values[:, 0] < 0
    if negative.any():
        places = np.flatnonzero(placed.kept)[negative]
        raise RefusedInput(
            "A figure is negative, and Getis–Ord compares sums",
            ("region",),
            [(int(position),) for position in places],
            "Take Moran's I, or a figure of 0 or above.",
        )


def _binary(placed: Placed) -> Floats:
    return (placed.weights > 0).astype(np.float64)


def _local(
    placed: Placed, value: Floats, quadrant: Floats, p: Floats, permutations: int, seed: int
) -> LocalAssociation:
    alone = ~placed.weights.any(axis=1)
    codes = placed.spread(np.where(alone, 0, quadrant))
    return LocalAssociation(
        placed.spread(np.where(alone, np.nan, value)),
        np.ma.MaskedArray(codes.filled(0).astype(np.int8), mask=~placed.kept),
        placed.spread(np.where(alone, np.nan, p)),
        permutations,
        seed,
    )
