"""Shift-share with neighbours: how much of a region's growth it shares with the regions around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.shift_share import AbsentFromArea, NothingToCompare
from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Floats,
    Masked,
    RefusedInput,
    masked,
    positions_of,
    ratio,
    read_cells,
    read_jobs,
)
from regional_analytics.notes import Notes


class NotNeighbours(RefusedInput):
    """The weights cannot say who is a neighbour of whom."""


@dataclass(frozen=True, eq=False)
class SpatialShiftShare:
    """The terms of the change of regions, (regions, activities), in people; what is unknown is masked.

    change        end − start
    national      what it would have been at the area's overall rate
    mix           more or less because the activity grew unlike the whole area
    neighbours    more or less because the activity grew around the region unlike in the area
    regional      more or less because the region grew unlike its neighbours
    area_growth   the area's overall rate, as a share (0.02 is 2 %)
    """

    change: Masked
    national: Masked
    mix: Masked
    neighbours: Masked
    regional: Masked
    area_growth: float

    @property
    def neighbour_mix(self) -> Masked:
        """mix + neighbours: the middle term of the three of Nazara & Hewings, neighbours next to the whole area."""
        found: Masked = self.mix + self.neighbours
        return found


def spatial_shift_share(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    area_start: npt.ArrayLike | None = None,
    area_end: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> SpatialShiftShare:
    """Take the growth of all regions apart, next to the area and next to the regions around each.

        G the area's overall rate, g[a] the area's rate in activity a, and around region r

        n[r, a] = Σ_k w[r, k] · (e′[k, a] − e[k, a]) / Σ_k w[r, k] · e[k, a]

        national = e G     mix = e (g − G)     neighbours = e (n − g)     regional = e′ − e (1 + n)

        national + mix + neighbours + regional = change = e′ − e, for each region and activity

    Two regions of one coast may both gain from tourism; next to the area both look strong, next to each other
    neither. Nazara & Hewings put mix and neighbours into one term: neighbour_mix.

    start, end             (regions, activities), people
    weights                (regions, regions), 0 or above, 0 on the diagonal: how much k counts around r. Rows
                           need not add up to 1
    area_start, area_end   (activities,), people; by default sums of the cells known in both years
    A cell unknown at either end is masked, and does not count around others. Where nobody worked in the
    activity around a region at the start, n does not exist: the area stands in for the neighbours, and a note
    "no_neighbours" counts and names the cells. Where the region starts from nobody its whole change stays in
    the regional term.
    Returns a SpatialShiftShare.
    Raises NotNeighbours, AbsentFromArea, NothingToCompare, NegativeEmployment, NotFinite, WrongShape;
    RefusedInput where the area is given for one year only.
    Source: Nazara & Hewings (2004), Growth and Change 35(4).

    >>> start = [[100.0], [100.0], [200.0]]             # tourism on the coast, on the coast, inland
    >>> end = [[120.0], [120.0], [200.0]]
    >>> parts = spatial_shift_share(start, end, [[0, 1, 0], [1, 0, 0], [0, 1, 0]])
    >>> parts.national[:2, 0].tolist(), parts.neighbours[:2, 0].tolist(), parts.regional[:2, 0].tolist()
    ([10.0, 10.0], [10.0, 10.0], [0.0, 0.0])
    """
    notes = Notes() if notes is None else notes
    before = read_jobs(start, "The start", MATRIX)
    after = read_jobs(end, "The end", MATRIX, shape=before.values.shape)
    around = read_weights(weights, before.values.shape[0])
    known = before.known & after.known
    e, e_end = np.where(known, before.values, 0.0), np.where(known, after.values, 0.0)
    area, area_later = _area_of(area_start, area_end, e, e_end, known)
    known &= area.known & area_later.known
    _refuse_what_cannot_be_compared(e, area, known)
    a, a_end = (np.where(area.known & area_later.known, year.values, 0.0) for year in (area, area_later))
    overall = float((a_end.sum() - a.sum()) / a.sum())
    activity = np.nan_to_num(ratio(a_end - a, a))
    around_start = around @ e
    nearby = ratio(around @ (e_end - e), around_start)
    notes.add(
        "no_neighbours",
        "nobody worked in the activity around the region at the start; the area stands in",
        axes=MATRIX,
        positions=np.argwhere(known & (around_start == 0)),
    )
    nearby = np.where(around_start == 0, activity, nearby)
    return SpatialShiftShare(
        change=masked(e_end - e, known),
        national=masked(e * overall, known),
        mix=masked(e * (activity - overall), known),
        neighbours=masked(e * (nearby - activity), known),
        regional=masked(e_end - e - e * nearby, known),
        area_growth=overall,
    )


def read_weights(given: npt.ArrayLike, regions: int) -> Floats:
    """Take how much each region counts around each other: known, 0 or above, 0 on the diagonal."""
    cells = read_cells(given, "The weights", ("region", "neighbour"), shape=(regions, regions))
    for odd, problem, remedy in (
        (~cells.known, "A weight is unknown", "Give 0 for regions that are no neighbours."),
        (cells.values < 0, "A weight is below 0", "Give 0 for regions that are no neighbours."),
        (np.eye(regions) * cells.values != 0, "A region is no neighbour of itself", "Set the diagonal to 0."),
    ):
        if odd.any():
            raise NotNeighbours(problem, ("region", "neighbour"), positions_of(odd), remedy)
    return cells.values


def _area_of(
    start: npt.ArrayLike | None,
    end: npt.ArrayLike | None,
    e: Floats,
    e_end: Floats,
    known: npt.NDArray[np.bool_],
) -> tuple[Cells, Cells]:
    """The area at both ends: as given, or the sums of the cells known in both years."""
    if start is None and end is None:
        somewhere = np.logical_or.reduce(known, axis=0)
        return Cells(e.sum(axis=0), somewhere), Cells(e_end.sum(axis=0), somewhere)
    if start is None or end is None:
        raise RefusedInput(
            "The area is given for one year only", remedy="Give area_start and area_end, or neither."
        )
    shape = e.shape[1:]
    return (
        read_jobs(start, "The area's start", ("activity",), shape=shape),
        read_jobs(end, "The area's end", ("activity",), shape=shape),
    )


def _refuse_what_cannot_be_compared(e: Floats, area: Cells, known: npt.NDArray[np.bool_]) -> None:
    impossible = known & (area.values == 0) & (e > 0)
    if impossible.any():
        raise AbsentFromArea(
            "People work here in an activity the area has nobody in",
            MATRIX,
            positions_of(impossible),
            "Choose an area that contains the regions.",
        )
    if not area.values[np.logical_or.reduce(known, axis=0)].sum() > 0:
        raise NothingToCompare(
            "No activity is known at the start and the end, with people in it",
            remedy="Choose other years, or a coarser table.",
        )
