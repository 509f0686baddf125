"""Growth of everything at once: cells, regions, activities and the area, over the same known cells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.growth import growth_percent
from regional_analytics.measures.inputs import MATRIX, Masked, masked, read_jobs
from regional_analytics.notes import Notes


class GrowthMatrix(NamedTuple):
    """Growth in per cent of the start.

    cells        (regions, activities)
    regions      (regions,), all activities of a region together
    activities   (activities,), all regions together
    area         (1,), everything together
    """

    cells: Masked
    regions: Masked
    activities: Masked
    area: Masked


def growth_matrix(start: npt.ArrayLike, end: npt.ArrayLike, *, notes: Notes | None = None) -> GrowthMatrix:
    """How much each cell grew, each region, each activity and the area.

        g = 100 (end − start) / start        of cells, and of their sums over the cells known in both years

    start, end   (regions, activities), people
    A cell unknown in one of the years is left out of all sums, in both years: a region that falls silent is
    no loss of jobs. Note "left_out" counts and names them.
    Returns a GrowthMatrix. Masked where nothing is known in both years; NaN with the notes of growth_percent
    where something starts from 0: "undefined", "unbounded".
    Raises NegativeEmployment, NotFinite, WrongShape.

    >>> found = growth_matrix([[10.0, 30.0], [40.0, 10.0]], [[15.0, 30.0], [40.0, 15.0]])
    >>> found.cells.tolist(), found.regions.tolist()
    ([[50.0, 0.0], [0.0, 50.0]], [12.5, 10.0])
    >>> found.activities.tolist(), found.area.tolist()
    ([10.0, 12.5], [11.11111111111111])
    """
    notes = Notes() if notes is None else notes
    before = read_jobs(start, "The start", MATRIX)
    after = read_jobs(end, "The end", MATRIX, shape=before.values.shape)
    kept = before.known & after.known
    notes.add("left_out", "unknown at the start or the end", axes=MATRIX, positions=np.argwhere(~kept))
    years = np.where(kept, before.values, 0.0), np.where(kept, after.values, 0.0)

    def along(axes: tuple[str, ...], summed: int | None) -> Masked:
        ends = [year if axes == MATRIX else np.atleast_1d(year.sum(axis=summed)) for year in years]
        known = kept if axes == MATRIX else np.atleast_1d(np.logical_or.reduce(kept, axis=summed))
        within = Notes()
        grown = growth_percent(masked(ends[0], known), masked(ends[1], known), notes=within)
        for note in within:
            notes.add(
                note.kind, note.meaning, count=note.count, axes=axes, positions=note.positions if axes else ()
            )
        return grown

    return GrowthMatrix(along(MATRIX, None), along(("region",), 1), along(("activity",), 0), along((), None))
