"""The wholes that shares are shares of: a region's total, an activity's total in the area, the area's total."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Cells, Floats, read_jobs, read_total
from regional_analytics.notes import Notes


class Area(NamedTuple):
    """The reference area: people per activity, what is known of them, and people in all."""

    activities: Cells
    total: float


def region_totals_of(cells: Cells, given: npt.ArrayLike | None, notes: Notes) -> Cells:
    """People in each region: as given, or the sum of its known cells (unknown where no cell is known)."""
    if given is not None:
        return read_jobs(given, "The total of a region", ("region",), shape=cells.values.shape[:1])
    partly = cells.any_known(axis=1) & ~cells.known.all(axis=1)
    notes.add(
        "partial_total",
        "left out of the totals of regions, which are sums of their known cells",
        count=int((~cells.known[partly]).sum()),
        axes=("region",),
        positions=np.argwhere(partly),
    )
    return Cells(cells.values.sum(axis=1), cells.any_known(axis=1))


def area_of(cells: Cells, given: npt.ArrayLike | None, given_total: float | None, notes: Notes) -> Area:
    """People per activity in the reference area: as given, or the sum of the known cells of all regions."""
    if given is not None:
        activities = read_jobs(given, "The area", ("activity",), shape=cells.values.shape[1:])
    else:
        partly = cells.any_known(axis=0) & ~cells.known.all(axis=0)
        notes.add(
            "partial_area",
            "left out of the area, which is the sum of the known cells of all regions",
            count=int((~cells.known[:, partly]).sum()),
            axes=("activity",),
            positions=np.argwhere(partly),
        )
        activities = Cells(cells.values.sum(axis=0), cells.any_known(axis=0))
    if given_total is not None:
        return Area(activities, read_total(given_total, "The area's total"))
    return Area(activities, float(activities.values.sum()))


def note_empty_regions(
    cells: Cells, totals: Cells, notes: Notes, why: str = "nobody works in the region"
) -> None:
    """Name the regions whose total is 0: a share of nobody is 0/0."""
    empty = totals.known & (totals.values == 0)
    _note_cells(cells, empty[:, None] & cells.known, empty, "region", why, notes)


def note_absent_activities(cells: Cells, area: Area, totals: Cells, notes: Notes) -> None:
    """Name the activities nobody in the area works in, and the regions where somebody nevertheless does."""
    absent = area.activities.known & (area.activities.values == 0)
    filled = cells.known & totals.known[:, None] & (totals.values > 0)[:, None] & absent
    idle = filled & (cells.values == 0)
    _note_cells(cells, idle, idle.any(axis=0), "activity", "nobody in the area works in the activity", notes)
    against_area = filled & (cells.values > 0)
    notes.add(
        "unbounded",
        "a share next to an area's share of 0 has no bound",
        axes=("region", "activity"),
        positions=np.argwhere(against_area),
    )


def note_parts_above_whole(cells: Cells, wholes: Floats, whole: str, notes: Notes) -> None:
    """Name the cells larger than the total they are part of; published tables have them through rounding."""
    notes.add(
        "part_above_whole",
        f"larger than the total of the {whole}",
        axes=("region", "activity"),
        positions=np.argwhere(cells.known & (cells.values > wholes)),
    )


def _note_cells(
    cells: Cells,
    touched: npt.NDArray[np.bool_],
    lines: npt.NDArray[np.bool_],
    axis: str,
    why: str,
    notes: Notes,
) -> None:
    notes.add(
        "undefined", f"0/0: {why}", count=int(touched.sum()), axes=(axis,), positions=np.argwhere(lines)
    )
