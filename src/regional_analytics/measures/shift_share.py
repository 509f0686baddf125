"""Why employment changed: with the whole area, through the mix of activities, or through the region itself."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Masked, RefusedInput, masked, ratio, read_jobs
from regional_analytics.notes import Notes

Method = Literal["dunn", "esteban-marquillas"]
METHODS: tuple[Method, ...] = ("dunn", "esteban-marquillas")


class ShiftShare(NamedTuple):
    """The change of each activity, taken apart; the parts of an activity add up to its change.

    change       (activities,), people: end − start
    national     what the activity would have gained growing like the whole area
    mix          what it gained because the activity grew faster or slower than the whole area
    regional     what it gained because it did better or worse here than in the area
    allocation   Esteban-Marquillas only (0 with Dunn): what comes from being specialised in what one is good at
    used         how many activities were known in all four inputs
    out_of       how many there are
    """

    change: Masked
    national: Masked
    mix: Masked
    regional: Masked
    allocation: Masked
    used: int
    out_of: int


def shift_share(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    area_start: npt.ArrayLike,
    area_end: npt.ArrayLike,
    *,
    method: Method = "dunn",
    notes: Notes | None = None,
) -> ShiftShare:
    """Take the change of a region apart against an area (usually its country).

        dunn                 ΔE[a] = E[a]·g + E[a]·(g[a] − g) + E[a]·(gʳ[a] − g[a])
        esteban-marquillas   the last part becomes H[a]·(gʳ[a] − g[a]) + (E[a] − H[a])·(gʳ[a] − g[a])
                             with H[a] = E[·]·A[a]/A[·], the people the region would have with the area's mix

    start, end             (activities,), people in the region
    area_start, area_end   (activities,), people in the area, the region included
    Growth rates g (area), g[a] (activity in the area), gʳ[a] (activity here) are end/start − 1 over the
    activities known in all four inputs; the others are masked and counted in used and out_of, with a note
    "left_out". An activity nobody worked in at the start, here or in the area, has no growth rate: its whole
    change is regional, with a note "started_from_zero".
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for an unknown method or an empty area.
    Source: Dunn (1960), Papers of the Regional Science Association 6(1); Esteban-Marquillas (1972), Regional and
    Urban Economics 2(3).

    >>> parts = shift_share([100.0, 100.0], [120.0, 90.0], [1000.0, 1000.0], [1100.0, 1000.0])
    >>> parts.national.round(9).tolist(), parts.mix.round(9).tolist(), parts.regional.round(9).tolist()
    ([5.0, 5.0], [5.0, -5.0], [10.0, -10.0])
    """
    notes = Notes() if notes is None else notes
    if method not in METHODS:
        raise RefusedInput(f"There is no method “{method}”", remedy=f"Choose one of {', '.join(METHODS)}.")
    axes = ("activity",)
    here = read_jobs(start, "Employment at the start", axes)
    shape = here.values.shape
    later = read_jobs(end, "Employment at the end", axes, shape=shape)
    area = read_jobs(area_start, "The area at the start", axes, shape=shape)
    area_later = read_jobs(area_end, "The area at the end", axes, shape=shape)
    used = here.known & later.known & area.known & area_later.known
    notes.add("left_out", "unknown in one of the years", axes=axes, positions=np.argwhere(~used))
    jobs, jobs_later, all_jobs, all_later = (
        np.where(used, cells.values, 0.0) for cells in (here, later, area, area_later)
    )
    if all_jobs.sum() == 0:
        raise RefusedInput("Nobody works in the area at the start", remedy="Shift-share needs an area to compare with.")
    growth = all_later.sum() / all_jobs.sum() - 1
    change = jobs_later - jobs
    from_zero = used & ((jobs == 0) | (all_jobs == 0))
    notes.add(
        "started_from_zero", "a change from 0 is regional as a whole", axes=axes, positions=np.argwhere(from_zero & (change != 0))
    )
    growth_in_area = np.where(from_zero, 0.0, ratio(all_later, all_jobs) - 1)
    growth_here = np.where(from_zero, 0.0, ratio(jobs_later, jobs) - 1)
    national = np.where(from_zero, 0.0, jobs * growth)
    mix = np.where(from_zero, 0.0, jobs * (growth_in_area - growth))
    regional = change - national - mix
    allocation = np.zeros_like(change)
    if method == "esteban-marquillas":
        expected = jobs.sum() * all_jobs / all_jobs.sum()
        gap = growth_here - growth_in_area
        allocation = np.where(from_zero, 0.0, (jobs - expected) * gap)
        regional = regional - allocation
    parts = (masked(part, used) for part in (change, national, mix, regional, allocation))
    return ShiftShare(*parts, used=int(used.sum()), out_of=int(used.size))
