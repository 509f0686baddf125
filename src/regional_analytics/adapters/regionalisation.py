"""Joining neighbours into larger regions that are alike inside: SKATER, AZP, Ward, k-means and Max-p, computed by spopt.

All but Ward and SKATER search by chance and stop at a good answer, not at the best: try several seeds, and take the one whose
differences within are least. Scale the variables first (scale_variables), or the largest unit decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from regional_analytics.adapters.borrowed import borrowed, left_no_trace
from regional_analytics.adapters.neighbours import Placed, Unknown, as_pysal, read_placed, refuse_parts
from regional_analytics.measures.inputs import Floats, RefusedInput, read_jobs
from regional_analytics.measures.similarity.candidates import MaskedPositions
from regional_analytics.notes import Notes

RegionalisationMethod = Literal["skater", "azp", "ward", "k_means", "max_p"]
Labels = npt.NDArray[np.int64]
NUDGE = (
    1e-9  # of the largest distance: SKATER takes a distance of 0 between neighbours for no neighbours at all
)


class Regionalisation(NamedTuple):
    """Larger regions, each of one piece.

    group     (regions,), numbered from 0 in the order in which they first appear; masked where a region is left out
    groups    how many there are
    within    Σ of the squared distances of regions from the mean of their group, over all variables: less is more alike
    method, seed   how they were found
    """

    group: MaskedPositions
    groups: int
    within: float
    method: RegionalisationMethod
    seed: int


def join_regions(
    variables: npt.ArrayLike,
    neighbours: npt.ArrayLike,
    groups: int,
    *,
    seed: int,
    method: Literal["skater", "azp", "ward", "k_means"] = "skater",
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> Regionalisation:
    """A given number of larger regions, each of one piece and as alike inside as the method finds.

        least Σ_g Σ_{r in g} |x[r] − mean of g|²         "ward", "k_means"
        least Σ_g Σ_{r in g} |x[r] − mean of g|          "skater", in absolute differences
        least Σ_g Σ_{r, s in g} |x[r] − x[s]|            "azp", over pairs, in absolute differences

    variables    (regions, variables), on one scale
    neighbours   (regions, regions), the same both ways and in one piece; any weight above 0 makes a neighbour
    groups       how many, from 2 to the number of regions
    seed         of "azp" and "k_means"; "skater" and "ward" draw nothing
    method       "skater" (default) cuts the tree that joins the most alike; "ward" joins step by step; "azp" moves regions from
                 group to group; "k_means" grows groups around regions drawn by chance, and moves them
    unknown      "refuse" (default) masked figures, or "leave_out" their regions, with a note "left_out"
    Returns a Regionalisation.
    Raises NotInstalled; NotFinite, WrongShape, NotNeighbours, UnknownCell; NotJoined where nothing joins parts of the map,
    which names the regions apart; RefusedInput for another method or number, or where the method found no such groups.
    Source: SKATER: Assunção, Neves, Câmara & Freitas (2006), Int. J. Geographical Information Science 20(7); AZP:
    Openshaw (1977), Transactions of the Institute of British Geographers 2(4); Ward (1963), J. American Statistical
    Association 58(301). Computed by spopt.
    """
    notes = Notes() if notes is None else notes
    if method not in _JOINED_BY:
        raise RefusedInput(f"There is no method “{method}”", remedy=f"Choose {', '.join(_JOINED_BY)}.")
    placed = _placed(variables, neighbours, unknown, notes)
    if not 2 <= groups <= len(placed.values):
        raise RefusedInput(
            f"{len(placed.values)} regions cannot be joined into {groups}",
            remedy="Give 2 or more, and no more than there are.",
        )
    join = _JOINED_BY[method]
    with left_no_trace(seed):
        labels = join(placed, groups, seed)
    found = _in_pieces(labels, placed, method, seed)
    if found.groups != groups:
        raise RefusedInput(
            f"“{method}” found {found.groups} groups instead of {groups}",
            remedy="Take another seed, method or number.",
        )
    return found


def max_p(
    variables: npt.ArrayLike,
    neighbours: npt.ArrayLike,
    size: npt.ArrayLike,
    least: float,
    *,
    seed: int,
    unknown: Unknown = "refuse",
    notes: Notes | None = None,
) -> Regionalisation:
    """As many larger regions as there can be, each of one piece and with enough people.

        most groups g  with  Σ_{r in g} size[r] ≥ least,  then least Σ_g Σ_{r, s in g} |x[r] − x[s]|

    variables, neighbours, seed, unknown   as in join_regions
    size    (regions,), 0 or above: people, jobs; or 1 everywhere for a least number of regions
    least   how much of it each group needs
    Returns a Regionalisation. The search is by chance: groups may be fewer than there could be.
    Raises what join_regions raises; RefusedInput where all together are too few.
    Source: Duque, Anselin & Rey (2012), J. Regional Science 52(3). Computed by spopt.
    """
    notes = Notes() if notes is None else notes
    placed = _placed(variables, neighbours, unknown, notes)
    sizes = read_jobs(size, "The size", ("region",), shape=placed.kept.shape)
    if not sizes.known[placed.kept].all():
        raise RefusedInput("A size is unknown", remedy="Fill it, or mask the region's variables too.")
    enough = sizes.values[placed.kept]
    if not 0 < least <= enough.sum():
        raise RefusedInput(
            f"All together have {enough.sum():g}, and each group needs {least:g}",
            remedy="Give a least size above 0 that one group can reach.",
        )
    with left_no_trace(seed):
        labels = _by_max_p(placed, enough, least)
    return _in_pieces(labels, placed, "max_p", seed)


def _placed(variables: npt.ArrayLike, neighbours: npt.ArrayLike, unknown: Unknown, notes: Notes) -> Placed:
    placed = read_placed(variables, neighbours, "The variable", unknown, notes)
    refuse_parts(placed)
    return placed._replace(weights=(placed.weights > 0).astype(np.float64))


def _in_pieces(
    labels: npt.ArrayLike, placed: Placed, method: RegionalisationMethod, seed: int
) -> Regionalisation:
    """Groups numbered as they appear, after a look whether each hangs together."""
    given = np.asarray(labels, dtype=np.int64)
    _, first, code = np.unique(given, return_index=True, return_inverse=True)
    group = np.argsort(np.argsort(first))[code]
    same = sp.csr_matrix(placed.weights * (group[:, None] == group))
    pieces = int(sp.csgraph.connected_components(same)[0])
    if pieces != first.size or (given < 0).any():
        raise RefusedInput(f"“{method}” left a group in pieces", remedy="Take another seed or method.")
    sizes = np.bincount(group).astype(np.float64)
    means = np.stack([np.bincount(group, weights=column) / sizes for column in placed.values.T], axis=1)
    within = float(((placed.values - means[group]) ** 2).sum())
    whole = np.full(placed.kept.shape, -1, dtype=np.int64)
    whole[placed.kept] = group
    return Regionalisation(np.ma.MaskedArray(whole, mask=~placed.kept), int(first.size), within, method, seed)


# One method each ----------------------------------------------------------------------------------------


def _by_skater(placed: Placed, groups: int, seed: int) -> Any:
    skater = borrowed("spopt.region.skater", "space")

    def apart(some: Floats, others: Floats | None) -> Floats:
        others = some if others is None else others
        distance = np.abs(some[:, None, :] - others[None, :, :]).sum(axis=2)
        nudged: Floats = distance + NUDGE * largest
        return nudged

    largest = float(np.ptp(placed.values, axis=0).sum()) or 1.0
    forest = skater.SpanningForest(dissimilarity=apart)
    forest.fit(groups, as_pysal(placed.weights), data=placed.values)
    return forest.current_labels_


def _by_azp(placed: Placed, groups: int, seed: int) -> Any:
    azp = borrowed("spopt.region.azp", "space")
    model = azp.AZPOrig(random_state=seed)
    model.fit_from_w(as_pysal(placed.weights), placed.values, groups)
    return model.labels_


def _by_ward(placed: Placed, groups: int, seed: int) -> Any:
    region, pandas = borrowed("spopt.region", "space"), borrowed("pandas", "space")
    names = _names(placed)
    model = region.WardSpatial(
        pandas.DataFrame(placed.values, columns=names), as_pysal(placed.weights), names, groups
    )
    model.solve()
    return model.labels_


def _by_k_means(placed: Placed, groups: int, seed: int) -> Any:
    region = borrowed("spopt.region", "space")
    model = region.RegionKMeansHeuristic(placed.values, groups, as_pysal(placed.weights), seed=seed)
    model.solve()
    return model.labels_


def _by_max_p(placed: Placed, sizes: Floats, least: float) -> Any:
    region, pandas = borrowed("spopt.region", "space"), borrowed("pandas", "space")
    names = _names(placed)
    table = pandas.DataFrame(placed.values, columns=names).assign(size=sizes)
    model = region.MaxPHeuristic(table, as_pysal(placed.weights), names, "size", least)
    model.solve()
    return model.labels_


def _names(placed: Placed) -> list[str]:
    return [f"variable {at}" for at in range(placed.values.shape[1])]


_JOINED_BY: Mapping[str, Callable[[Placed, int, int], Any]] = {
    "skater": _by_skater,
    "azp": _by_azp,
    "ward": _by_ward,
    "k_means": _by_k_means,
}
