"""Shift-share: how much of a region's growth came with the area, with its mix of activities, and from itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_jobs,
)
from regional_analytics.notes import Notes

Method = Literal["dunn", "esteban-marquillas"]


class AbsentFromArea(RefusedInput):
    """The region has people at the start in an activity the area has none in: it cannot be part of that area."""


class NothingToCompare(RefusedInput):
    """No activity is known in the region and the area, at the start and the end."""


@dataclass(frozen=True, eq=False)
class ShiftShare:
    """The terms of a region's change, in people; activities left out are masked.

    change       (activities,), end − start
    national     (activities,), what it would have been at the area's overall rate
    mix          (activities,), more or less because these activities grew unlike the whole area
    regional     (activities,), more or less because the region grew unlike its activities elsewhere
    allocation   (activities,), Esteban-Marquillas: the part of that which comes with being specialised; else 0
    …_total      their sums over the activities compared
    area_growth  the area's overall rate, as a share (0.02 is 2 %)
    left_out     positions of the activities that are unknown in one of the four inputs
    coverage     part of the area's known people at the start who work in the activities compared
    method       the convention
    """

    change: Masked
    national: Masked
    mix: Masked
    regional: Masked
    allocation: Masked
    area_growth: float
    left_out: tuple[int, ...]
    coverage: float
    method: Method

    @property
    def change_total(self) -> float:
        return float(self.change.sum())

    @property
    def national_total(self) -> float:
        return float(self.national.sum())

    @property
    def mix_total(self) -> float:
        return float(self.mix.sum())

    @property
    def regional_total(self) -> float:
        return float(self.regional.sum())

    @property
    def allocation_total(self) -> float:
        return float(self.allocation.sum())


def shift_share(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    area_start: npt.ArrayLike,
    area_end: npt.ArrayLike,
    *,
    area_totals: tuple[float, float] | None = None,
    method: Method = "dunn",
    notes: Notes | None = None,
) -> ShiftShare:
    """Take a region's growth apart, activity by activity.

        e, e′ the region at start and end;  G the area's overall rate;  g[a] the area's and r[a] the region's
        rate in activity a;  h[a] = Σe · area[a]/Σarea, what the region would have with the area's mix

        national[a] = e[a] G       mix[a] = e[a] (g[a] − G)
        "dunn"                     regional[a] = e[a] (r[a] − g[a])
        "esteban-marquillas"       regional[a] = h[a] (r[a] − g[a])    allocation[a] = (e[a] − h[a]) (r[a] − g[a])

        national + mix + regional + allocation = change = e′ − e, for each activity and in sum

    start, end, area_start, area_end   (activities,), people, the area with the region in it
    area_totals                        people in the area at start and end, for G; by default the sums over the
                                       activities compared, so that the area's mix effects add up to 0
    An activity unknown in one of the four is left out of everything and named in left_out; note "left_out".
    Where the region starts from nobody r[a] does not exist: its whole shift stays in the regional term, and
    Esteban-Marquillas says so in a note "no_regional_rate".
    Raises AbsentFromArea, NegativeEmployment, NotFinite, WrongShape; NothingToCompare.
    Source: Dunn (1960), Papers and Proceedings of the Regional Science Association 6; Esteban-Marquillas (1972),
    Regional and Urban Economics 2(3).

    >>> parts = shift_share([100.0, 100.0], [130.0, 80.0], [500.0, 500.0], [600.0, 500.0])
    >>> parts.national_total, parts.mix_total, parts.regional_total     # 20 with the area, −10 through itself
    (20.0, 0.0, -10.0)
    >>> parts.regional.tolist()
    [10.0, -20.0]
    """
    notes = Notes() if notes is None else notes
    e, e_end, a, a_end, compared, coverage = compare(start, end, area_start, area_end, notes)
    change = e_end - e
    area_growth = _overall_rate(a.sum(), a_end.sum(), area_totals)
    # Where the area had nobody, neither had the region: any rate gives 0, and 0 keeps the sums whole.
    activity_growth = np.nan_to_num(ratio(a_end - a, a))
    national = e * area_growth
    mix = e * (activity_growth - area_growth)
    shift = change - e * activity_growth
    regional, allocation = _split(shift, e, a, method, compared, notes)
    return ShiftShare(
        change=masked(change, compared),
        national=masked(national, compared),
        mix=masked(mix, compared),
        regional=masked(regional, compared),
        allocation=masked(allocation, compared),
        area_growth=area_growth,
        left_out=tuple(int(at) for at in np.flatnonzero(~compared)),
        coverage=coverage,
        method=method,
    )


class Compared(NamedTuple):
    """A region and its area, over the activities known in both at both ends; 0 in those that are left out.

    start, end, area_start, area_end   (activities,), people
    kept                               (activities,), what is compared
    coverage                           part of the area's known people at the start who work in what is compared
    """

    start: Floats
    end: Floats
    area_start: Floats
    area_end: Floats
    kept: Flags
    coverage: float


def compare(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    area_start: npt.ArrayLike,
    area_end: npt.ArrayLike,
    notes: Notes,
) -> Compared:
    """Read the four years that every shift-share needs, and refuse an area that cannot contain the region."""
    before = read_jobs(start, "The region's start", ("activity",))
    shape = before.values.shape
    after = read_jobs(end, "The region's end", ("activity",), shape=shape)
    area_before = read_jobs(area_start, "The area's start", ("activity",), shape=shape)
    area_after = read_jobs(area_end, "The area's end", ("activity",), shape=shape)
    kept = before.known & after.known & area_before.known & area_after.known
    _refuse_what_cannot_be_compared(before, area_before, kept)
    notes.add(
        "left_out",
        "unknown in the region or the area, at the start or the end",
        axes=("activity",),
        positions=np.argwhere(~kept),
    )
    four = [np.where(kept, year.values, 0.0) for year in (before, after, area_before, area_after)]
    coverage = float(four[2].sum() / area_before.values.sum())
    return Compared(four[0], four[1], four[2], four[3], kept, coverage)


def _refuse_what_cannot_be_compared(before: Cells, area_before: Cells, compared: Flags) -> None:
    impossible = compared & (area_before.values == 0) & (before.values > 0)
    if impossible.any():
        raise AbsentFromArea(
            "People work here in an activity the area has nobody in",
            ("activity",),
            [(int(at),) for at in np.flatnonzero(impossible)],
            "Choose an area that contains the region.",
        )
    if not area_before.values[compared].sum() > 0:
        raise NothingToCompare(
            "No activity is known in the region and the area, at the start and the end, with people in it",
            remedy="Choose other years, or a coarser table.",
        )


def _overall_rate(start: float, end: float, totals: tuple[float, float] | None) -> float:
    if totals is not None:
        given = read_jobs(np.asarray(totals), "The area's totals", ("time",), shape=(2,))
        start, end = float(given.values[0]), float(given.values[1])
        if not (given.known.all() and start > 0):
            raise RefusedInput("The area's totals must be known, and above 0 at the start")
    return float((end - start) / start)


def _split(
    shift: Floats, e: Floats, a: Floats, method: Method, compared: Flags, notes: Notes
) -> tuple[Floats, Floats]:
    """The regional term, and what of the shift belongs to being specialised."""
    if method == "dunn":
        return shift, np.zeros_like(shift)
    if method != "esteban-marquillas":
        raise RefusedInput(
            f"There is no method “{method}” of shift-share", remedy="Choose “dunn” or “esteban-marquillas”."
        )
    from_nobody = compared & (e == 0)
    notes.add(
        "no_regional_rate",
        "the region starts from nobody, its shift is not split",
        axes=("activity",),
        positions=np.argwhere(from_nobody & (shift != 0)),
    )
    homothetic = e.sum() * a / a.sum()
    regional = np.where(from_nobody, shift, homothetic * np.nan_to_num(ratio(shift, e)))
    return regional, shift - regional
